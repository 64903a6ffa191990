//! Values of a scenario file: units, words, and amounts with the years from which they are in force.

use std::ops::Range;

use toml::Spanned;

use crate::catalogue::check::Check;
use crate::catalogue::nearest;
use crate::catalogue::scenario::Known;
use crate::catalogue::scenario_text::{AmountText, Phases};
use crate::model::edition::Edition;
use crate::model::scenario::{Amount, Change, Thing};
use crate::model::tables::StaffCategory;

/// Words of staff categories.
const CATEGORIES: [(&str, StaffCategory); 3] =
    [("academic", StaffCategory::Academic), ("research", StaffCategory::Research), ("other", StaffCategory::Other)];

/// The three keys that say how much from when.
pub(super) struct Timed<'a> {
    pub key: &'static str,
    pub amount: Option<&'a Spanned<AmountText>>,
    pub from: Option<&'a Spanned<i32>>,
    pub phases: &'a Phases,
}

/// A scenario under examination with the changes read so far.
pub(super) struct Reader<'a> {
    pub check: Check<'a>,
    pub known: Known<'a>,
    pub new_units: Vec<String>,
    pub changes: Vec<Change>,
}

impl Reader<'_> {
    pub(super) fn push(&mut self, span: Range<usize>, thing: Thing, phases: Vec<(Option<i32>, Amount)>) {
        let place = self.check.source.place(span.start);
        self.changes.push(Change { thing, phases, place });
    }

    pub(super) fn set(&mut self, span: Range<usize>, thing: Thing) {
        self.push(span, thing, vec![(None, Amount::absolute(1.0))]);
    }

    pub(super) fn unit(&mut self, id: &Spanned<String>) -> String {
        let name = id.get_ref();
        if self.known.units.find(name).is_none() && !self.new_units.contains(name) {
            let known: Vec<&str> = self.known.units.iter().map(|(_, unit)| unit.id.as_str()).collect();
            let hint = nearest::hint(name, known.iter().copied());
            self.check.fault_with(id.span(), "unknown-unit", format!("there is no unit \"{name}\""), hint);
        }
        name.clone()
    }

    pub(super) fn word<T: Copy>(&mut self, text: &Spanned<String>, what: &str, words: &[(&str, T)]) -> T {
        let found = words.iter().find(|(word, _)| word == text.get_ref());
        if found.is_none() {
            let hint = nearest::hint(text.get_ref(), words.iter().map(|(word, _)| *word));
            self.check.fault_with(text.span(), "unknown-value", format!("unknown {what} \"{}\"", text.get_ref()), hint);
        }
        found.unwrap_or(&words[0]).1
    }

    pub(super) fn category(&mut self, text: Option<&Spanned<String>>) -> StaffCategory {
        text.map_or(StaffCategory::Academic, |text| self.word(text, "category", &CATEGORIES))
    }

    /// Amounts by year; every one finite, and of one sign unless `signed` allows both.
    pub(super) fn phases(&mut self, span: &Range<usize>, timed: &Timed) -> Vec<(Option<i32>, Amount)> {
        let whole = timed.amount.map(|amount| amount.get_ref().0);
        if let (Some(from), Some(phases)) = (timed.from, timed.phases) {
            let hint = "keep `phases`; each year says how much comes then";
            let message = "both `from` and `phases` say when".to_owned();
            self.check.fault_with(from.span(), "contradictory-phases", message, hint);
            return vec![(phases.get_ref().keys().find_map(|year| year.parse().ok()), Amount::default())];
        }
        let mut found: Vec<(Option<i32>, Amount)> = Vec::new();
        match (timed.phases, whole) {
            (Some(phases), whole) => {
                for (year, amount) in phases.get_ref() {
                    match year.parse::<i32>() {
                        Ok(year) if (1990..=2200).contains(&year) => found.push((Some(year), amount.0)),
                        _ => {
                            let message = format!("\"{year}\" is not a Gregorian year");
                            self.check.fault(phases.span(), "contradictory-phases", message);
                        }
                    }
                }
                let sum = found.iter().fold(Amount::default(), |sum, (_, amount)| sum.plus(*amount));
                let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
                let agree = |whole: Amount| {
                    near(sum.absolute, whole.absolute)
                        && near(sum.relative, whole.relative)
                        && near(sum.per_fte, whole.per_fte)
                };
                if let Some(whole) = whole.filter(|whole| !agree(*whole)) {
                    let message = format!(
                        "the phases come to {}, `{}` says {}",
                        sum.absolute + sum.relative + sum.per_fte,
                        timed.key,
                        whole.absolute + whole.relative + whole.per_fte
                    );
                    let hint = format!("leave `{}` out, or make the phases add up to it", timed.key);
                    self.check.fault_with(phases.span(), "contradictory-phases", message, hint);
                }
            }
            (None, Some(whole)) => found.push((timed.from.map(|from| *from.get_ref()), whole)),
            (None, None) => {
                let message = format!("the key \"{}\" is missing", timed.key);
                self.check.fault(span.clone(), "missing-key", message);
            }
        }
        let parts = |amount: &Amount| [amount.absolute, amount.relative, amount.per_fte];
        let wrong = found.iter().flat_map(|(_, amount)| parts(amount)).find(|part| !part.is_finite());
        if let (Some(part), Some(amount)) = (wrong, timed.amount) {
            self.check.fault(amount.span(), "bad-number", format!("{part} is not an amount"));
        }
        found
    }

    /// As [`Reader::phases`], where less than nothing makes no sense.
    pub(super) fn positive(
        &mut self,
        span: &Range<usize>,
        timed: &Timed,
        code: &'static str,
        hint: &str,
    ) -> Vec<(Option<i32>, Amount)> {
        let found = self.phases(span, timed);
        let below = |amount: &Amount| amount.absolute < 0.0 || amount.relative < 0.0 || amount.per_fte < 0.0;
        if found.iter().any(|(_, amount)| below(amount)) {
            let at = timed.amount.map(Spanned::span).or(timed.phases.as_ref().map(Spanned::span));
            let message = format!("`{}` is below 0", timed.key);
            self.check.fault_with(at.unwrap_or(span.clone()), code, message, hint);
        }
        found
    }

    pub(super) fn number(&mut self, number: Option<&Spanned<f64>>, what: &str, bounds: Range<f64>) -> Option<f64> {
        number.map(|number| self.check.number(number, what, bounds))
    }

    pub(super) fn count(&mut self, count: Option<&Spanned<i64>>, what: &str, bounds: Range<f64>) -> Option<u32> {
        let number = count.map(|count| Spanned::new(count.span(), *count.get_ref() as f64));
        self.number(number.as_ref(), what, bounds).map(|number| number as u32)
    }

    pub(super) fn partner(&mut self, partner: Option<&Spanned<String>>) -> Option<String> {
        let text = partner?;
        let fits = text
            .get_ref()
            .split_once('|')
            .is_some_and(|(name, country)| !name.trim().is_empty() && !country.trim().is_empty());
        if !fits {
            let hint = "write name|country, such as \"charite|germany\"";
            self.check.fault_with(text.span(), "bad-partner", "a partner is a name and a country".to_owned(), hint);
        }
        Some(text.get_ref().to_lowercase())
    }

    pub(super) fn edition(&mut self, id: &Spanned<String>, among: &[Edition]) -> String {
        let name = id.get_ref();
        if !among.iter().any(|edition| edition.id == *name) {
            let hint = nearest::hint(name, among.iter().map(|edition| edition.id.as_str()));
            self.check.fault_with(id.span(), "unknown-edition", format!("\"{name}\" is none of the editions"), hint);
        }
        name.clone()
    }

    pub(super) fn indicator(&mut self, edition: &str, code: &Spanned<String>) -> String {
        let known = self.known.scored.iter().filter(|known| known.id == edition);
        let codes: Vec<&str> =
            known.flat_map(|edition| &edition.indicators).map(|indicator| indicator.code.as_str()).collect();
        if !codes.contains(&code.get_ref().as_str()) {
            let message = format!("the edition has no indicator \"{}\"", code.get_ref());
            let hint = nearest::hint(code.get_ref(), codes.iter().copied());
            self.check.fault_with(code.span(), "unknown-indicator", message, hint);
        }
        code.get_ref().clone()
    }
}
