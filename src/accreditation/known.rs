//! What the sheets say together: which version is in force, which rounds there were, how each unit is rated.

use std::collections::BTreeMap;

use crate::model::accreditation::decision::DecisionTable;
use crate::model::accreditation::level::Level;
use crate::model::accreditation::rating::{Rating, Side};
use crate::model::accreditation::rules::AccreditationRules;
use crate::model::accreditation::sheets::Sheets;
use crate::model::accreditation::standard::Standard;
use crate::model::results::Results;
use crate::model::tables::Date;
use crate::model::unit::UnitIndex;

/// Unit, round and side of ratings.
type Key = (UnitIndex, i32, Side);

/// A standard as all raters of one side together rate it.
#[derive(Debug, Clone, Default)]
pub struct Judged<'a> {
    /// The lower median of the levels; `None` where it does not apply.
    pub level: Option<Level>,
    /// The ratings, in the order of the sheets.
    pub ratings: Vec<&'a Rating>,
}

impl Judged<'_> {
    /// The level's word, `not_applicable` without one.
    pub fn word(&self) -> &'static str {
        self.level.map_or("not_applicable", Level::as_str)
    }

    /// The texts of one field of the ratings, without repeats.
    pub fn texts(&self, field: impl Fn(&Rating) -> &str) -> String {
        let mut texts: Vec<&str> = Vec::new();
        for text in self.ratings.iter().map(|rating| field(rating)).filter(|text| !text.is_empty()) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.join("; ")
    }
}

/// Everything that the parts of the stage look at.
#[derive(Debug)]
pub struct Known<'a> {
    /// The run.
    pub results: &'a Results,
    /// The sheets.
    pub sheets: &'a Sheets,
    /// The rules.
    pub rules: &'a AccreditationRules,
    /// The decision table, where there is one without faults.
    pub table: Option<&'a DecisionTable>,
    /// Rounds with ratings, ascending.
    pub rounds: Vec<i32>,
    /// Versions of the catalogue, the earliest first.
    pub versions: Vec<&'a str>,
    /// All ratings together.
    pub judged: BTreeMap<Key, BTreeMap<&'a str, Judged<'a>>>,
}

impl<'a> Known<'a> {
    /// Puts the sheets together.
    pub fn new(results: &'a Results, table: Option<&'a DecisionTable>, rules: &'a AccreditationRules) -> Self {
        let sheets = &results.tables.accreditation;
        let mut rounds: Vec<i32> = sheets.ratings.iter().map(|rating| rating.round).collect();
        rounds.sort_unstable();
        rounds.dedup();
        let mut known =
            Known { results, sheets, rules, table, rounds, versions: versions(sheets), judged: BTreeMap::new() };
        for rating in &sheets.ratings {
            let of_side = known.judged.entry((rating.unit, rating.round, rating.side)).or_default();
            of_side.entry(rating.standard.as_str()).or_default().ratings.push(rating);
        }
        for judged in known.judged.values_mut().flat_map(BTreeMap::values_mut) {
            let mut levels: Vec<Level> = judged.ratings.iter().filter_map(|rating| rating.level).collect();
            levels.sort_unstable();
            judged.level = levels.get(levels.len().saturating_sub(1) / 2).copied();
        }
        known
    }

    /// The last round.
    pub fn round(&self) -> Option<i32> {
        self.rounds.last().copied()
    }

    /// The round before the last.
    pub fn previous(&self) -> Option<i32> {
        self.rounds.len().checked_sub(2).map(|at| self.rounds[at])
    }

    /// The version in force in a year: of those that have begun the last, else the first.
    pub fn version_in(&self, year: i32) -> Option<&'a str> {
        let begun = |version: &&&str| begins(self.sheets, version).is_none_or(|day| day.year <= year);
        self.versions.iter().rfind(begun).or(self.versions.first()).copied()
    }

    /// The standards of the version in force in a year, as far as they are in force themselves.
    pub fn standards_in(&self, year: i32) -> Vec<&'a Standard> {
        let Some(version) = self.version_in(year) else { return Vec::new() };
        let mut seen: Vec<&str> = Vec::new();
        let in_force = |standard: &&Standard| {
            let (from, to) = standard.valid;
            from.is_none_or(|day| day.year <= year) && to.is_none_or(|day| day.year >= year)
        };
        let of_version = self.sheets.standards.iter().filter(|standard| standard.version == version);
        // A second row of the same code has been named by a finding.
        of_version
            .filter(in_force)
            .filter(|standard| {
                let first = !seen.contains(&standard.code.as_str());
                seen.push(&standard.code);
                first
            })
            .collect()
    }

    /// The standards that reports are about: those of the last round, or of the last version without a round.
    pub fn standards(&self) -> Vec<&'a Standard> {
        match self.round() {
            Some(round) => self.standards_in(round),
            None => {
                let last = self.versions.last();
                self.sheets.standards.iter().filter(|standard| Some(&standard.version.as_str()) == last).collect()
            }
        }
    }

    /// Units rated in a round, ascending.
    pub fn units_in(&self, round: i32) -> Vec<UnitIndex> {
        let mut units: Vec<UnitIndex> =
            self.judged.keys().filter(|(_, own, _)| *own == round).map(|(unit, ..)| *unit).collect();
        units.dedup();
        units
    }

    /// How a unit is rated; `None` where it is not.
    pub fn judged(&self, unit: UnitIndex, round: i32, side: Side, standard: &str) -> Option<&Judged<'a>> {
        self.judged.get(&(unit, round, side))?.get(standard)
    }

    /// The standards of an earlier version that pass into one of a later version.
    pub fn before(&self, from: &str, to: &str, code: &str) -> Vec<&'a str> {
        if from == to {
            let same = self.sheets.standards.iter().find(|s| s.version == from && s.code == code);
            return same.map(|standard| standard.code.as_str()).into_iter().collect();
        }
        let walk = self.sheets.crosswalk.iter().filter(|row| row.from_version == from && row.to_version == to);
        let named: Vec<&str> =
            walk.clone().filter(|row| row.to_code == code).map(|row| row.from_code.as_str()).collect();
        if !named.is_empty() {
            return named;
        }
        let goes_elsewhere = walk.clone().any(|row| row.from_code == code);
        let same = self.sheets.standards.iter().find(|s| s.version == from && s.code == code && !goes_elsewhere);
        same.map(|standard| standard.code.as_str()).into_iter().collect()
    }

    /// The id of a unit.
    pub fn id(&self, unit: UnitIndex) -> String {
        self.results.tables.units.get(unit).id.clone()
    }

    /// The day at which the data stood.
    pub fn day(&self) -> Option<Date> {
        self.results.assessment.calendar.data
    }
}

/// Areas of standards, in their order.
pub fn areas<'a>(standards: &[&'a Standard]) -> Vec<&'a str> {
    let mut areas: Vec<&str> = Vec::new();
    for standard in standards {
        if !areas.contains(&standard.area.as_str()) {
            areas.push(&standard.area);
        }
    }
    areas
}

/// `mandatory` or `preferred`.
pub fn kind(standard: &Standard) -> &'static str {
    if standard.mandatory { "mandatory" } else { "preferred" }
}

fn begins(sheets: &Sheets, version: &str) -> Option<Date> {
    let of_version = sheets.standards.iter().filter(|standard| standard.version == version);
    of_version.map(|standard| standard.valid.0).min().flatten()
}

/// By their first day in force, those without one first, then as in the sheets.
fn versions(sheets: &Sheets) -> Vec<&str> {
    let mut versions: Vec<&str> = Vec::new();
    for standard in &sheets.standards {
        if !versions.contains(&standard.version.as_str()) {
            versions.push(&standard.version);
        }
    }
    versions.sort_by_key(|version| begins(sheets, version));
    versions
}
