//! Rules of strengths and threats: `rules/*.toml` of the catalogue, and of the folder `editions` of an assessment.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::catalogue::check::Check;
use crate::catalogue::shape::Shape;
use crate::catalogue::source::{self, Source};
use crate::catalogue::{Kind, embedded, kind, replace};
use crate::diagnostic::{Checked, Finding, Place};
use crate::model::names::Names;
use crate::model::partners::rule::{Basis, LineKind, Rule, Rules};

/// Lines of a rule per unit where the file says nothing.
const USUAL_MOST: f64 = 5.0;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    id: Spanned<String>,
    kind: LineKind,
    basis: Basis,
    threshold: Spanned<f64>,
    feasibility: Option<Spanned<f64>>,
    most: Option<Spanned<f64>>,
    name: Spanned<Names>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ControlText {
    indicator: Spanned<String>,
    share: Spanned<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RestText {
    usual_control: Option<Spanned<f64>>,
}

/// What one file says.
#[derive(Default)]
struct File {
    rules: Vec<(Rule, Place)>,
    control: Vec<(String, f64)>,
    usual_control: Option<f64>,
}

/// The built-in rules, or those of the folder `indicators` where it has any, and then those of `editions/rules` of the
/// assessment folder `dir`; one with the id of another takes its place, with a warning. Every fault is a finding with line
/// and column, and a file with any fault is left out.
pub fn rules(indicators: Option<&Path>, dir: Option<&Path>) -> Checked<Rules> {
    let mut findings = Vec::new();
    let is_of_rules = |source: &Source| matches!(kind(source), Kind::Rules);
    let mut sources: Vec<Source> = indicators
        .map_or_else(Vec::new, |folder| source::read_folder(folder, "indicators", false, &mut findings))
        .into_iter()
        .filter(is_of_rules)
        .collect();
    if sources.is_empty() {
        sources = embedded::sources().into_iter().filter(is_of_rules).collect();
    }
    if let Some(dir) = dir {
        let own = source::read_folder(&dir.join("editions"), "editions", false, &mut findings);
        sources.extend(own.into_iter().filter(is_of_rules));
    }
    let files: Vec<File> = sources.iter().map(|source| read(source, &mut findings)).collect();
    Checked { value: joined(files, &mut findings), findings }
}

/// Reads rules from their text, shown in findings as `shown`.
pub fn text(shown: &str, text: &str) -> Checked<Rules> {
    let mut findings = Vec::new();
    let (folder, name) = shown.split_once('/').unwrap_or(("", shown));
    let file = read(&Source::new(folder, name, text), &mut findings);
    Checked { value: joined(vec![file], &mut findings), findings }
}

fn joined(files: Vec<File>, findings: &mut Vec<Finding>) -> Rules {
    let mut rules = Rules { usual_control: 0.5, ..Rules::default() };
    let mut order = Vec::new();
    let mut known = BTreeMap::new();
    for file in files {
        for (rule, place) in file.rules {
            if !order.contains(&rule.id) {
                order.push(rule.id.clone());
            }
            replace(&mut known, rule.id.clone(), rule, "rule", place, findings);
        }
        rules.control.extend(file.control);
        rules.usual_control = file.usual_control.unwrap_or(rules.usual_control);
    }
    rules.rules = order.iter().filter_map(|id| known.remove(id)).collect();
    rules
}

fn read(source: &Source, findings: &mut Vec<Finding>) -> File {
    let before = findings.len();
    let Some(mut shape) = Shape::parse(source, findings) else { return File::default() };
    if shape.is_empty("a list of rules", findings) {
        return File::default();
    }
    let rules: Vec<Spanned<RuleText>> = shape.list("rule", findings);
    let control: Vec<Spanned<ControlText>> = shape.list("control", findings);
    let Some(rest) = shape.rest::<RestText>(findings) else { return File::default() };
    if findings.len() > before {
        return File::default();
    }
    let mut check = Check::new(source);
    let mut taken = BTreeSet::new();
    let mut file = File::default();
    for text in &rules {
        let own = text.get_ref();
        let share = |number: &Option<Spanned<f64>>, check: &mut Check| {
            number.as_ref().map_or(1.0, |number| check.number(number, "a feasibility", 0.0..1.0))
        };
        let rule = Rule {
            id: check.unique(&own.id, "rule", &mut taken),
            kind: own.kind,
            basis: own.basis,
            threshold: check.number(&own.threshold, "a threshold", threshold_of(own.basis)),
            feasibility: share(&own.feasibility, &mut check),
            most: own.most.as_ref().map_or(USUAL_MOST, |most| check.number(most, "a number of lines", 1.0..1000.0))
                as usize,
            name: check.names(&own.name),
        };
        file.rules.push((rule, source.place(own.id.span().start)));
    }
    let mut controlled = BTreeSet::new();
    for text in &control {
        let own = text.get_ref();
        let code = check.unique(&own.indicator, "indicator", &mut controlled);
        file.control.push((code, check.number(&own.share, "a share of control", 0.0..1.0)));
    }
    file.usual_control = rest.usual_control.as_ref().map(|share| check.number(share, "a share of control", 0.0..1.0));
    if check.faults.is_empty() {
        return file;
    }
    findings.extend(check.faults);
    File::default()
}

/// What a threshold can be.
fn threshold_of(basis: Basis) -> std::ops::Range<f64> {
    match basis {
        Basis::GapToMedian | Basis::LaterEdition | Basis::StrategyOutOfReach | Basis::PlanStep => 0.0..100.0,
        Basis::EndingAgreement => 0.0..1200.0,
        Basis::PartnerWithoutAgreement | Basis::DormantAgreement => 1.0..1e9,
        _ => 0.0..1.0,
    }
}
