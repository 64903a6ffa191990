//! Rules of accreditation: `data/accreditation/rules.toml`, or `accreditation/rules.toml` of an assessment in its place.

use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::catalogue::check::Check;
use crate::catalogue::nearest;
use crate::catalogue::shape::Shape;
use crate::catalogue::source::{self, Source};
use crate::diagnostic::{Checked, Finding};
use crate::model::accreditation::evaluator::Rank;
use crate::model::accreditation::rules::{AccreditationRules, ItemRules, PanelRules, TrainingRules};

/// Path below the assessment folder.
pub const FILE: &str = "accreditation/rules.toml";
/// The built-in rules.
const BUILT_IN: &str = include_str!("../../data/accreditation/rules.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    panel: PanelText,
    items: ItemText,
    training: TrainingText,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PanelText {
    chair: Spanned<String>,
    employment_years: Spanned<f64>,
    co_authorship_years: Spanned<f64>,
    most_authors: Spanned<f64>,
    service_years: Spanned<f64>,
    certificates: Vec<String>,
    most_per_school: Spanned<f64>,
    free_schools: Vec<String>,
    most_panels: Spanned<f64>,
    reserves: Spanned<f64>,
    cost_area: Spanned<f64>,
    cost_rank: Spanned<f64>,
    cost_past_panel: Spanned<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemText {
    least_units: Spanned<f64>,
    ceiling: Spanned<f64>,
    floor: Spanned<f64>,
    disagreement: Spanned<f64>,
    evidence_missing: Spanned<f64>,
    redundancy: Spanned<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TrainingText {
    competencies: Vec<String>,
    distance: Spanned<f64>,
    least_ratings: Spanned<f64>,
}

/// The rules of the assessment folder `dir`, else the built-in ones. A file with any fault is left out, and every fault of
/// it is a finding.
pub fn rules(dir: &Path) -> Checked<AccreditationRules> {
    let mut findings = Vec::new();
    let path = dir.join(FILE);
    let own = path.is_file().then(|| source::file(&path, FILE, &mut findings)).flatten();
    let own = own.and_then(|source| read(&source, &mut findings));
    let value = own.unwrap_or_else(|| built_in(&mut findings));
    Checked { value, findings }
}

fn built_in(findings: &mut Vec<Finding>) -> AccreditationRules {
    let source = Source::new("data/accreditation", "rules.toml", BUILT_IN);
    read(&source, findings).expect("a test reads the built-in rules")
}

fn read(source: &Source, findings: &mut Vec<Finding>) -> Option<AccreditationRules> {
    let shape = Shape::parse(source, findings)?;
    if shape.is_empty("rules of accreditation", findings) {
        return None;
    }
    let document: Document = shape.rest(findings)?;
    let mut check = Check::new(source);
    let rules = AccreditationRules {
        panel: panel(&mut check, document.panel),
        items: items(&mut check, &document.items),
        training: TrainingRules {
            competencies: document.training.competencies,
            distance: check.number(&document.training.distance, "a distance in levels", 0.0..3.0),
            least_ratings: whole(&mut check, &document.training.least_ratings, "a number of ratings"),
        },
    };
    let clean = check.faults.is_empty();
    findings.extend(check.faults);
    clean.then_some(rules)
}

fn panel(check: &mut Check, text: PanelText) -> PanelRules {
    let word = text.chair.get_ref();
    let chair = Rank::parse(word).unwrap_or_else(|| {
        let hint = nearest::hint(word, Rank::ALL.map(Rank::as_str));
        check.fault_with(text.chair.span(), "unknown-value", format!("there is no rank \"{word}\""), hint);
        Rank::Professor
    });
    PanelRules {
        chair,
        employment_years: whole(check, &text.employment_years, "a number of years") as i32,
        co_authorship_years: whole(check, &text.co_authorship_years, "a number of years") as i32,
        most_authors: whole(check, &text.most_authors, "a number of authors") as usize,
        service_years: check.number(&text.service_years, "a number of years", 0.0..100.0),
        certificates: text.certificates,
        most_per_school: whole(check, &text.most_per_school, "a number of members"),
        free_schools: text.free_schools,
        most_panels: whole(check, &text.most_panels, "a number of panels"),
        reserves: whole(check, &text.reserves, "a number of reserves") as usize,
        cost_area: whole(check, &text.cost_area, "a cost"),
        cost_rank: whole(check, &text.cost_rank, "a cost"),
        cost_past_panel: whole(check, &text.cost_past_panel, "a cost"),
    }
}

fn items(check: &mut Check, text: &ItemText) -> ItemRules {
    let mut share = |number: &Spanned<f64>| check.number(number, "a share", 0.0..1.0);
    ItemRules {
        ceiling: share(&text.ceiling),
        floor: share(&text.floor),
        disagreement: share(&text.disagreement),
        evidence_missing: share(&text.evidence_missing),
        redundancy: share(&text.redundancy),
        least_units: whole(check, &text.least_units, "a number of units"),
    }
}

/// A whole number from 0 to 1000.
fn whole(check: &mut Check, number: &Spanned<f64>, what: &str) -> u32 {
    let value = check.number(number, what, 0.0..1000.0);
    if value.fract() != 0.0 {
        check.fault(number.span(), "bad-number", format!("{what} is whole, found {value}"));
    }
    value as u32
}
