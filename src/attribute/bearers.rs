//! Bearers of a name: the members of staff who may be an author whom no id identifies, and how sure that is.
//!
//! The confidence is a table, not a model, so that a person can follow it:
//!
//! | given names | affiliation names a unit of theirs | names no unit | names other units |
//! |---|---|---|---|
//! | same letters | 0.99 | 0.98 | 0.80 |
//! | another transliteration | 0.97 | 0.95 | 0.75 |
//! | a whole given name, and initials as far as both have them | 0.97 | 0.93 | 0.60 |
//! | one given name missing | 0.90 | 0.85 | 0.55 |
//! | initials | 0.90 | 0.80 | 0.40 |
//! | some of the initials | 0.85 | 0.70 | 0.30 |
//!
//! Less 0.10 where the author carries an id while the person's own are known and others (0.03 where the unit agrees: a
//! second profile), 0.05 where the surname lost its second word, 0.04 where surname and given name are exchanged, 0.15 where the
//! affiliation marks a student. Where several employed persons fit as well, each has at most 0.50, unless exactly one
//! of them is in a unit that the affiliation names. The figures are a judgement, held against the sample's truth by
//! `tests/people.rs`.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::attribute::name::{Agreement, NameReading, NameRules, Order};
use crate::attribute::people::Roster;
use crate::diagnostic::Finding;
use crate::model::tables::{Staff, Tables};
use crate::model::unit::{UNIVERSITY, UnitIndex, Units};

/// Most that several persons who fit equally well can have.
const HOMONYM: f64 = 0.50;
/// Less is not worth anybody's time.
const LEAST_WORTH_REVIEW: f64 = 0.50;

/// A member of staff who may be an author.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Index into the staff table.
    pub staff: u32,
    /// 0–1.
    pub confidence: f64,
    /// What agrees and what does not, for people.
    pub reason: String,
}

impl Candidate {
    /// Two authors of one paper cannot both be the person: neither is sure.
    pub fn two_authors_fit(&mut self) {
        self.confidence = f64::min(self.confidence, HOMONYM);
        self.reason.push_str("; another author of the paper fits too");
    }
}

/// What the affiliations of an author say that bears on a match by name.
#[derive(Debug, Clone, Default)]
pub struct Circumstances {
    /// Publication year.
    pub year: Option<i32>,
    /// Units named beside the university.
    pub units: Vec<UnitIndex>,
    /// The affiliation marks a student.
    pub student: bool,
    /// The author carries an author id of the export, which no member of staff has.
    pub other_id: bool,
}

/// All names of the staff, by surname.
pub struct Bearers<'a> {
    staff: &'a [Staff],
    units: &'a Units,
    rules: NameRules,
    by_surname: FxHashMap<String, Vec<(u32, NameReading)>>,
    without_latin_name: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Evidence {
    Agrees,
    Silent,
    Conflicts,
}

impl<'a> Bearers<'a> {
    /// Indexes the staff sheet. Persons whose name is given in Persian letters only cannot be found by name.
    pub fn new(tables: &'a Tables) -> Self {
        let rules = NameRules::built_in();
        let mut by_surname: FxHashMap<String, Vec<(u32, NameReading)>> = FxHashMap::default();
        let mut without_latin_name = 0;
        for (index, person) in tables.staff.iter().enumerate() {
            let mut readings = rules.read(&person.latin_name);
            if readings.is_empty() {
                readings = rules.read(&person.name);
            }
            without_latin_name += usize::from(readings.is_empty());
            for reading in readings {
                by_surname.entry(reading.surname.clone()).or_default().push((index as u32, reading));
            }
        }
        Bearers { staff: &tables.staff, units: &tables.units, rules, by_surname, without_latin_name }
    }

    /// Says how many persons cannot be found by name.
    pub fn findings(&self) -> Option<Finding> {
        (self.without_latin_name > 0).then(|| {
            let message = format!(
                "{} of {} members of staff have no name in Latin letters and cannot be found by name",
                self.without_latin_name,
                self.staff.len()
            );
            Finding::info("no-latin-name", message)
                .hint("add a column `name in Latin letters` to the staff sheet, or their author ids")
        })
    }

    /// Whether an affiliation says that the author is a student.
    pub fn names_student(&self, affiliation: &str) -> bool {
        self.rules.names_student(affiliation)
    }

    /// The members of staff, employed at the time, who may bear a printed name: the surest first, then by id.
    pub fn find(&self, printed: &str, roster: &Roster, circumstances: &Circumstances) -> Vec<Candidate> {
        let mut best: FxHashMap<u32, (Agreement, Reverse<Order>)> = FxHashMap::default();
        for reading in self.rules.read(printed) {
            for (staff, other) in self.by_surname.get(&reading.surname).map_or(&[][..], Vec::as_slice) {
                if let Some((agreement, order)) = reading.meets(other)
                    && roster.employed(*staff, circumstances.year)
                {
                    let found = (agreement, Reverse(order));
                    best.entry(*staff).and_modify(|known| *known = (*known).max(found)).or_insert(found);
                }
            }
        }
        let mut found: Vec<(u32, Agreement, Order, Evidence)> = best
            .into_iter()
            .map(|(staff, (agreement, Reverse(order)))| (staff, agreement, order, self.evidence(staff, circumstances)))
            .collect();
        found.sort_by(|a, b| self.staff[a.0 as usize].id.cmp(&self.staff[b.0 as usize].id));
        let mut candidates: Vec<Candidate> = found
            .iter()
            .map(|&(staff, agreement, order, evidence)| {
                let rivals: Vec<Evidence> = found
                    .iter()
                    .filter(|other| other.0 != staff && is_rival(agreement, other.1))
                    .map(|other| other.3)
                    .collect();
                let other_id = circumstances.other_id && !self.staff[staff as usize].scopus_ids.is_empty();
                judge(staff, (agreement, order, evidence), &rivals, (circumstances.student, other_id))
            })
            .filter(|candidate| candidate.confidence >= LEAST_WORTH_REVIEW)
            .collect();
        candidates.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        candidates
    }

    /// Whether the affiliation names a unit that the person is in, above or below.
    fn evidence(&self, staff: u32, circumstances: &Circumstances) -> Evidence {
        let named: Vec<UnitIndex> =
            circumstances.units.iter().copied().filter(|&unit| self.units.get(unit).unit_type != UNIVERSITY).collect();
        if named.is_empty() {
            return Evidence::Silent;
        }
        let own = &self.staff[staff as usize].units;
        let is_above = |upper: UnitIndex, lower: UnitIndex| self.units.ancestors(lower).binary_search(&upper).is_ok();
        let related = |one: UnitIndex, two: UnitIndex| {
            one == two || is_above(one, two) || is_above(two, one) && self.units.get(two).unit_type != UNIVERSITY
        };
        let agrees = named.iter().any(|&unit| own.iter().any(|&other| related(unit, other)));
        if agrees { Evidence::Agrees } else { Evidence::Conflicts }
    }
}

/// Whether another person's match stands in the way: it compares a whole given name too, or nobody's does.
fn is_rival(own: Agreement, other: Agreement) -> bool {
    other >= own || other.is_full() == own.is_full()
}

fn judge(
    staff: u32,
    (agreement, order, evidence): (Agreement, Order, Evidence),
    rivals: &[Evidence],
    (student, other_id): (bool, bool),
) -> Candidate {
    let by_evidence = |agrees: f64, silent: f64, conflicts: f64| match evidence {
        Evidence::Agrees => agrees,
        Evidence::Silent => silent,
        Evidence::Conflicts => conflicts,
    };
    let (given, mut confidence) = match agreement {
        Agreement::Same => ("the same name", by_evidence(0.99, 0.98, 0.80)),
        Agreement::Variant => ("the same name in another spelling", by_evidence(0.97, 0.95, 0.75)),
        Agreement::Partial => ("one given name is missing", by_evidence(0.90, 0.85, 0.55)),
        Agreement::Initials => ("only initials", by_evidence(0.90, 0.80, 0.40)),
        Agreement::WithInitials => ("a given name and the initials", by_evidence(0.97, 0.93, 0.60)),
        Agreement::SomeInitials => ("only some initials", by_evidence(0.85, 0.70, 0.30)),
    };
    let mut reasons = vec![given];
    match order {
        Order::Usual => {}
        Order::Dropped => {
            confidence -= 0.05;
            reasons.push("the second surname is missing");
        }
        Order::Swapped => {
            confidence -= 0.04;
            reasons.push("surname and given name are exchanged");
        }
    }
    reasons.push(match evidence {
        Evidence::Agrees => "the affiliation names a unit of theirs",
        Evidence::Silent => "the affiliation names no unit",
        Evidence::Conflicts => "the affiliation names other units",
    });
    if student {
        confidence -= 0.15;
        reasons.push("the affiliation marks a student");
    }
    if other_id {
        confidence -= by_evidence(0.03, 0.10, 0.10);
        reasons.push("the person has other author ids");
    }
    let settled = evidence == Evidence::Agrees && !rivals.contains(&Evidence::Agrees);
    if !rivals.is_empty() && !settled {
        confidence = f64::min(confidence, HOMONYM);
        reasons.push("several members of staff fit");
    } else if !rivals.is_empty() {
        reasons.push("others of that name are in other units");
    }
    // Hundredths, so that no digit of a binary fraction is shown.
    Candidate { staff, confidence: (confidence * 100.0).round() / 100.0, reason: reasons.join("; ") }
}
