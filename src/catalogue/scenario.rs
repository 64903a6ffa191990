//! A scenario file: `strategies/scenarios/*.toml`, checked like an edition.

use std::path::Path;

use toml::Spanned;

use crate::catalogue::check::Check;
use crate::catalogue::scenario_reader::{Reader, Timed};
use crate::catalogue::scenario_text::{
    EditionText, HeadText, IncomeText, LeaveOutText, MergeText, MoveText, PeersText, PolicyText, PublicationsText,
    ReclassifyText, RecoverText, ShiftText, SplitText, StaffText, StudentsText,
};
use crate::catalogue::shape::Shape;
use crate::catalogue::source::{self, Source};
use crate::diagnostic::{Checked, Finding};
use crate::model::edition::Edition;
use crate::model::money::MoneyUnit;
use crate::model::scenario::{Amount, LeftOut, PublicationProfile, Scenario, Shift, StaffProfile, Thing, UnitChange};
use crate::model::tables::{FinanceItem, Level};
use crate::model::unit::Units;

/// Words of levels of study.
const LEVELS: [(&str, Level); 5] = [
    ("bachelor", Level::Bachelor),
    ("master", Level::Master),
    ("professional", Level::Professional),
    ("residency", Level::Residency),
    ("doctorate", Level::Doctorate),
];

/// Words of money.
const ITEMS: [(&str, FinanceItem); 3] = [
    ("institutional_income", FinanceItem::InstitutionalIncome),
    ("research_income", FinanceItem::ResearchIncome),
    ("industry_income", FinanceItem::IndustryIncome),
];

/// What the ids of a scenario may name.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The assessment's units.
    pub units: &'a Units,
    /// The editions that are scored.
    pub scored: &'a [Edition],
    /// All editions.
    pub editions: &'a [Edition],
}

/// Reads the scenario file at `path`, shown in findings as `shown`. With any fault its scenario is empty and the faults
/// are errors with line and column.
pub fn file(path: &Path, shown: &str, known: Known) -> Checked<Scenario> {
    let mut findings = Vec::new();
    let scenario = source::file(path, shown, &mut findings).and_then(|source| read(&source, known, &mut findings));
    Checked { value: scenario.unwrap_or_default(), findings }
}

/// Reads a scenario from its text.
pub fn text(shown: &str, text: &str, known: Known) -> Checked<Scenario> {
    let mut findings = Vec::new();
    let (folder, name) = shown.rsplit_once('/').unwrap_or(("", shown));
    let scenario = read(&Source::new(folder, name, text), known, &mut findings);
    Checked { value: scenario.unwrap_or_default(), findings }
}

fn read(source: &Source, known: Known, findings: &mut Vec<Finding>) -> Option<Scenario> {
    let before = findings.len();
    let mut shape = Shape::parse(source, findings)?;
    if shape.is_empty("a scenario", findings) {
        return None;
    }
    let lists = Lists {
        hire: shape.list("hire", findings),
        retire: shape.list("retire", findings),
        reclassify: shape.list("reclassify", findings),
        students: shape.list("students", findings),
        degrees: shape.list("degrees", findings),
        income: shape.list("income", findings),
        publications: shape.list("publications", findings),
        shift: shape.list("shift", findings),
        recover: shape.list("recover", findings),
        leave_out: shape.list("leave_out", findings),
        policy: shape.list("policy", findings),
        moves: shape.list("move", findings),
        merge: shape.list("merge", findings),
        split: shape.list("split", findings),
        edition: shape.list("edition", findings),
        peers: shape.list("peers", findings),
    };
    let head: Option<HeadText> = shape.rest(findings);
    let head = head.filter(|_| findings.len() == before)?;

    let new_units = lists.split.iter().map(|split| split.get_ref().new.get_ref().clone()).collect();
    let mut reader = Reader { check: Check::new(source), known, new_units, changes: Vec::new() };
    let name = reader.check.names(&head.name);
    let lag: Vec<f64> =
        head.citation_lag.iter().map(|share| reader.check.number(share, "a share of citations", 0.0..1.0)).collect();
    if let (false, Some(fault)) = (lag.is_sorted(), head.citation_lag.first()) {
        reader.check.fault(fault.span(), "bad-number", "the shares of citation_lag must not fall");
    }
    reader.lists(&lists);
    let Reader { check, changes, .. } = reader;
    let clean = check.faults.is_empty();
    findings.extend(check.faults);
    let note = head.note.unwrap_or_default();
    clean.then(|| Scenario { note, citation_lag: lag, ..Scenario::of(name, changes) })
}

struct Lists {
    hire: Vec<Spanned<StaffText>>,
    retire: Vec<Spanned<StaffText>>,
    reclassify: Vec<Spanned<ReclassifyText>>,
    students: Vec<Spanned<StudentsText>>,
    degrees: Vec<Spanned<StudentsText>>,
    income: Vec<Spanned<IncomeText>>,
    publications: Vec<Spanned<PublicationsText>>,
    shift: Vec<Spanned<ShiftText>>,
    recover: Vec<Spanned<RecoverText>>,
    leave_out: Vec<Spanned<LeaveOutText>>,
    policy: Vec<Spanned<PolicyText>>,
    moves: Vec<Spanned<MoveText>>,
    merge: Vec<Spanned<MergeText>>,
    split: Vec<Spanned<SplitText>>,
    edition: Vec<Spanned<EditionText>>,
    peers: Vec<Spanned<PeersText>>,
}

impl Reader<'_> {
    fn lists(&mut self, lists: &Lists) {
        for (texts, sign) in [(&lists.hire, 1.0), (&lists.retire, -1.0)] {
            for text in texts {
                self.staff(text, sign);
            }
        }
        lists.reclassify.iter().for_each(|text| self.reclassify(text));
        for (texts, degrees) in [(&lists.students, false), (&lists.degrees, true)] {
            for text in texts {
                self.students(text, degrees);
            }
        }
        lists.income.iter().for_each(|text| self.income(text));
        lists.publications.iter().for_each(|text| self.publications(text));
        lists.shift.iter().for_each(|text| self.shift(text));
        for text in &lists.recover {
            let unit = self.unit(&text.get_ref().unit);
            let share = self.number(text.get_ref().share.as_ref(), "a share", 0.0..1.0).unwrap_or(1.0);
            self.push(text.span(), Thing::Recover { unit }, vec![(None, Amount::relative(share))]);
        }
        self.settings(lists);
    }

    fn staff(&mut self, text: &Spanned<StaffText>, sign: f64) {
        let own = text.get_ref();
        let profile = StaffProfile {
            unit: self.unit(&own.unit),
            category: self.category(own.category.as_ref()),
            international: own.international,
            female: own.female,
            doctorate: own.doctorate,
        };
        let timed = Timed { key: "fte", amount: own.fte.as_ref(), from: own.from.as_ref(), phases: &own.phases };
        let hint = "[[hire]] adds and [[retire]] takes away; both state what they move as a number above 0";
        let phases = self.positive(&text.span(), &timed, "negative-staff", hint);
        let phases = phases.into_iter().map(|(year, amount)| (year, amount.times(sign))).collect();
        self.push(text.span(), Thing::Staff(profile), phases);
    }

    fn reclassify(&mut self, text: &Spanned<ReclassifyText>) {
        let own = text.get_ref();
        let from = StaffProfile {
            unit: self.unit(&own.unit),
            category: self.category(own.category.as_ref()),
            international: own.international,
            female: None,
            doctorate: own.doctorate,
        };
        let category = own.to_category.as_ref().map_or(from.category, |text| self.category(Some(text)));
        let to = StaffProfile {
            category,
            international: own.to_international.or(from.international),
            doctorate: own.to_doctorate.or(from.doctorate),
            ..from.clone()
        };
        if from == to {
            let message = "nothing about the staff changes".to_owned();
            let hint = "say what they become: to_category, to_international or to_doctorate";
            self.check.fault_with(text.span(), "missing-key", message, hint);
        }
        let timed = Timed { key: "fte", amount: own.fte.as_ref(), from: own.from.as_ref(), phases: &own.phases };
        let phases =
            self.positive(&text.span(), &timed, "negative-staff", "write the other way round with to_category");
        self.push(text.span(), Thing::Reclassify(from, to), phases);
    }

    fn students(&mut self, text: &Spanned<StudentsText>, degrees: bool) {
        let own = text.get_ref();
        let unit = self.unit(&own.unit);
        let level = own.level.as_ref().map(|level| self.word(level, "level", &LEVELS));
        let timed = Timed { key: "change", amount: own.change.as_ref(), from: own.from.as_ref(), phases: &own.phases };
        let phases = self.phases(&text.span(), &timed);
        let thing = match (degrees, level) {
            (false, level) => Thing::Students { unit, level, international: own.international },
            (true, Some(level)) => Thing::Degrees { unit, level },
            (true, None) => {
                let hint = LEVELS.map(|(word, _)| word).join(", ");
                let message = "degrees need a level".to_owned();
                return self.check.fault_with(text.span(), "missing-key", message, format!("level is one of {hint}"));
            }
        };
        self.push(text.span(), thing, phases);
    }

    fn income(&mut self, text: &Spanned<IncomeText>) {
        let own = text.get_ref();
        let unit = self.unit(&own.unit);
        let item = self.word(&own.item, "item", &ITEMS);
        let timed = Timed { key: "change", amount: own.change.as_ref(), from: own.from.as_ref(), phases: &own.phases };
        let phases = self.phases(&text.span(), &timed);
        let hint = "write currency = \"million rial\", \"toman\", \"international dollar\" …";
        match &own.currency {
            None if phases.iter().any(|(_, amount)| amount.absolute != 0.0 || amount.per_fte != 0.0) => {
                let message = "a sum of money needs its currency".to_owned();
                self.check.fault_with(text.span(), "no-currency", message, hint);
            }
            Some(currency) if MoneyUnit::parse(currency.get_ref()).is_none() => {
                let message = format!("no money unit is known as \"{}\"", currency.get_ref());
                self.check.fault_with(currency.span(), "no-currency", message, hint);
            }
            _ => {}
        }
        let currency = own.currency.as_ref().map(|text| text.get_ref().clone()).unwrap_or_default();
        self.push(text.span(), Thing::Income { unit, item, currency }, phases);
    }

    fn publications(&mut self, text: &Spanned<PublicationsText>) {
        let own = text.get_ref();
        let profile = PublicationProfile {
            unit: self.unit(&own.unit),
            like: own.like,
            document_type: own.document_type.clone(),
            quartile: self.count(own.quartile.as_ref(), "a quartile", 1.0..4.0).map(|quartile| quartile as u8),
            citations: self.number(own.citations.as_ref(), "citations", 0.0..1e6),
            fwci: self.number(own.fwci.as_ref(), "fwci", 0.0..1e6),
            percentile: self.number(own.percentile.as_ref(), "a percentile", 0.0..100.0),
            partner: self.partner(own.partner.as_ref()),
            authors: self.count(own.authors.as_ref(), "the number of authors", 1.0..1e5),
            own_authors: self.count(own.own_authors.as_ref(), "the number of our authors", 1.0..1e5),
        };
        if let (Some(all), Some(ours), Some(at)) = (profile.authors, profile.own_authors, &own.own_authors)
            && ours > all
        {
            self.check.fault(at.span(), "subset-above-total", format!("{ours} of {all} authors cannot be ours"));
        }
        let timed = Timed { key: "count", amount: own.count.as_ref(), from: own.from.as_ref(), phases: &own.phases };
        let hint = "papers that are there can be left out with [[leave_out]], not taken away";
        let phases = self.positive(&text.span(), &timed, "negative-publications", hint);
        self.push(text.span(), Thing::Publications(profile), phases);
    }

    fn shift(&mut self, text: &Spanned<ShiftText>) {
        let own = text.get_ref();
        let shift = Shift {
            unit: self.unit(&own.unit),
            partner: self.partner(own.partner.as_ref()),
            quartile: self.count(own.quartile.as_ref(), "a quartile", 1.0..4.0).map(|quartile| quartile as u8),
            percentile: self.number(own.percentile.as_ref(), "a percentile", 0.0..100.0),
        };
        if shift.partner.is_none() && shift.quartile.is_none() && shift.percentile.is_none() {
            let hint = "add partner, quartile or percentile";
            let message = "nothing about the papers changes".to_owned();
            self.check.fault_with(text.span(), "missing-key", message, hint);
        }
        let timed = Timed { key: "papers", amount: own.papers.as_ref(), from: own.from.as_ref(), phases: &own.phases };
        let phases = self.positive(&text.span(), &timed, "negative-publications", "state a number or share above 0");
        self.push(text.span(), Thing::Shift(shift), phases);
    }

    fn settings(&mut self, lists: &Lists) {
        for text in &lists.leave_out {
            let own = text.get_ref();
            if own.self_citations {
                self.set(text.span(), Thing::LeaveOut(LeftOut::SelfCitations));
            }
            if let Some(above) = self.count(own.authors_above.as_ref(), "authors_above", 1.0..1e6) {
                self.set(text.span(), Thing::LeaveOut(LeftOut::AuthorsAbove(above)));
            }
            if !own.self_citations && own.authors_above.is_none() {
                let message = "nothing is left out".to_owned();
                let hint = "write self_citations = true or authors_above = 1000";
                self.check.fault_with(text.span(), "missing-key", message, hint);
            }
        }
        for text in &lists.policy {
            let own = text.get_ref();
            let (key, value) = (own.key.get_ref().clone(), own.value.to_string());
            self.set(text.span(), Thing::Policy { key, value });
        }
        for text in &lists.moves {
            let own = text.get_ref();
            let (unit, from, to) = (self.unit(&own.unit), self.unit(&own.from), self.unit(&own.to));
            self.set(text.span(), Thing::Unit(UnitChange::Move { unit, from, to }));
        }
        for text in &lists.merge {
            let own = text.get_ref();
            let (unit, into) = (self.unit(&own.unit), self.unit(&own.into));
            if unit == into {
                self.check.fault(own.into.span(), "unknown-unit", "a unit cannot be merged into itself");
            }
            self.set(text.span(), Thing::Unit(UnitChange::Merge { unit, into }));
        }
        for text in &lists.split {
            let own = text.get_ref();
            let (unit, name) = (self.unit(&own.unit), self.check.names(&own.name));
            let (new, staff) = (own.new.get_ref().clone(), own.staff.get_ref().clone());
            if self.known.units.find(&new).is_some() {
                self.check.fault(own.new.span(), "duplicate-unit", format!("there is a unit \"{new}\" already"));
            }
            if staff.is_empty() {
                self.check.fault(own.staff.span(), "empty-list", "nobody goes to the new unit");
            }
            self.set(text.span(), Thing::Unit(UnitChange::Split { unit, new, name, staff }));
        }
        for text in &lists.edition {
            let own = text.get_ref();
            let (scored, all) = (self.known.scored, self.known.editions);
            let (from, to) = (self.edition(&own.from, scored), self.edition(&own.to, all));
            self.set(text.span(), Thing::Edition { from, to });
        }
        for text in &lists.peers {
            let own = text.get_ref();
            let edition = self.edition(&own.edition, self.known.scored);
            let indicator = own.indicator.as_ref().map(|code| self.indicator(&edition, code));
            let trend = self.check.number(&own.per_year, "a trend per year", -0.5..1.0);
            self.push(text.span(), Thing::Peers { edition, indicator }, vec![(None, Amount::relative(trend))]);
        }
    }
}
