//! Levers: `data/levers.toml`, and `strategies/levers.toml` of an assessment, checked like an edition.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::catalogue::check::Check;
use crate::catalogue::nearest;
use crate::catalogue::replace;
use crate::catalogue::scenario::{self, Known};
use crate::catalogue::shape::Shape;
use crate::catalogue::source::{self, Source};
use crate::diagnostic::{Checked, Finding, Place};
use crate::model::lever::{Lever, Most, THE_UNIT};
use crate::model::measure::MeasureDefinition;
use crate::model::names::Names;
use crate::model::scenario::Scenario;
use crate::model::unit::{UNIVERSITY, UnitRow, Units};

/// The built-in levers.
pub const BUILT_IN: &str = include_str!("../../data/levers.toml");

/// Stands in `change` for the partner.
const THE_PARTNER: &str = "{partner}";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LeverText {
    code: Spanned<String>,
    name: Spanned<Names>,
    unit: Spanned<Names>,
    step: Spanned<f64>,
    most: Spanned<MostText>,
    partner: Option<Spanned<String>>,
    change: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MostText {
    absolute: Option<Spanned<f64>>,
    relative: Option<Spanned<f64>>,
    of: Option<Spanned<String>>,
}

/// Nothing may stand outside the lists of tables.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// The built-in levers and those of `strategies/levers.toml` in the assessment folder `dir`, in the order of the files; one
/// with the code of another takes its place, with a warning. Every fault is a finding with line and column, and a file
/// with any fault is left out.
pub fn levers(dir: Option<&Path>, measures: &[MeasureDefinition]) -> Checked<Vec<Lever>> {
    let mut findings = Vec::new();
    let mut sources = vec![Source::new("data", "levers.toml", BUILT_IN)];
    let own = dir.map(|dir| dir.join("strategies/levers.toml")).filter(|path| path.is_file());
    sources.extend(own.and_then(|path| source::file(&path, "strategies/levers.toml", &mut findings)));
    let mut order = Vec::new();
    let mut known = BTreeMap::new();
    for source in &sources {
        for (lever, place) in read(source, measures, &mut findings) {
            if !order.contains(&lever.code) {
                order.push(lever.code.clone());
            }
            replace(&mut known, lever.code.clone(), lever, "lever", place, &mut findings);
        }
    }
    Checked { value: order.iter().filter_map(|code| known.remove(code)).collect(), findings }
}

/// Reads levers from their text, shown in findings as `shown`.
pub fn text(shown: &str, text: &str, measures: &[MeasureDefinition]) -> Checked<Vec<Lever>> {
    let mut findings = Vec::new();
    let (folder, name) = shown.rsplit_once('/').unwrap_or(("", shown));
    let levers = read(&Source::new(folder, name, text), measures, &mut findings);
    Checked { value: levers.into_iter().map(|(lever, _)| lever).collect(), findings }
}

fn read(source: &Source, measures: &[MeasureDefinition], findings: &mut Vec<Finding>) -> Vec<(Lever, Place)> {
    let before = findings.len();
    let Some(mut shape) = Shape::parse(source, findings) else { return Vec::new() };
    if shape.is_empty("a list of levers", findings) {
        return Vec::new();
    }
    let texts: Vec<Spanned<LeverText>> = shape.list("lever", findings);
    if shape.rest::<Nothing>(findings).is_none() || findings.len() > before {
        return Vec::new();
    }
    let units = placeholder();
    let mut check = Check::new(source);
    let mut taken = BTreeSet::new();
    let mut levers = Vec::new();
    for text in &texts {
        let own = text.get_ref();
        let code = check.unique(&own.code, "lever", &mut taken);
        let step = check.number(&own.step, "a step", 0.0..1e12);
        if step == 0.0 {
            check.fault(own.step.span(), "bad-number", "a step of 0 never gets anywhere");
        }
        let lever = Lever {
            code,
            name: check.names(&own.name),
            unit: check.names(&own.unit),
            step,
            most: most(&mut check, &own.most, measures),
            change: change(&mut check, own, &units),
        };
        levers.push((lever, source.place(own.code.span().start)));
    }
    let clean = check.faults.is_empty();
    findings.extend(check.faults);
    if clean { levers } else { Vec::new() }
}

/// Units that hold none but [`THE_UNIT`].
fn placeholder() -> Units {
    Units::build(vec![UnitRow {
        id: THE_UNIT.to_owned(),
        name: Names::new(THE_UNIT, THE_UNIT),
        unit_type: UNIVERSITY.to_owned(),
        parents: Vec::new(),
        subject: String::new(),
        aliases: Vec::new(),
        valid: (None, None),
        place: Place::Run,
    }])
    .value
}

fn most(check: &mut Check, text: &Spanned<MostText>, measures: &[MeasureDefinition]) -> Most {
    let own = text.get_ref();
    let absolute = own.absolute.as_ref().map(|number| check.number(number, "the greatest amount", 0.0..1e15));
    let relative = own.relative.as_ref().map(|number| check.number(number, "the greatest part", 0.0..1e6));
    let of = own.of.as_ref().map(|code| {
        if !measures.iter().any(|measure| measure.code == *code.get_ref()) {
            let hint = nearest::hint(code.get_ref(), measures.iter().map(|measure| measure.code.as_str()));
            let message = format!("there is no measure \"{}\"", code.get_ref());
            check.fault_with(code.span(), "unknown-measure", message, hint);
        }
        code.get_ref().clone()
    });
    if relative.is_some() != of.is_some() {
        let message = "a part of what there is needs both `relative` and `of`".to_owned();
        check.fault_with(text.span(), "missing-key", message, "write { relative = 0.5, of = \"publications\" }");
    } else if absolute.is_none() && relative.is_none() {
        let message = "nothing limits the lever".to_owned();
        check.fault_with(text.span(), "missing-key", message, "write absolute, or relative and of, or all three");
    }
    Most { absolute, relative: relative.zip(of) }
}

/// The scenario of one; its faults are shown where they stand in the file of levers.
fn change(check: &mut Check, own: &LeverText, units: &Units) -> Scenario {
    let written = own.change.get_ref();
    let known = Known { units, scored: &[], editions: &[] };
    // The names are the lever's own. They stand on one line, so that the lines of `change` follow it.
    let head = "name = { en = \"lever\", fa = \"اهرم\" }\n";
    let partner = own.partner.as_ref().map_or("", |partner| partner.get_ref().as_str());
    let text = format!("{head}{}", written.replace(THE_PARTNER, partner));
    let read = scenario::text("change", &text, known);
    let start = start_of(check.source, &own.change);
    for finding in read.findings {
        let offset = match &finding.place {
            Place::Text { line, column, .. } => start + offset_of(written, *line as usize - 1, *column as usize),
            _ => start,
        };
        check.faults.push(Finding { place: check.source.place(offset), ..finding });
    }
    match (&own.partner, written.contains(THE_PARTNER)) {
        (None, true) => {
            let hint = "add partner = \"name|country\"";
            check.fault_with(own.change.span(), "missing-key", "the partner is not said".to_owned(), hint);
        }
        (Some(partner), false) => {
            let hint = format!("write partner = \"{THE_PARTNER}\" in `change`, or drop it");
            check.fault_with(partner.span(), "unknown-value", "no paper has this partner".to_owned(), hint);
        }
        _ => {}
    }
    if let Some(setting) = read.value.changes.iter().find(|change| change.thing.unit() != Some(THE_UNIT)) {
        let message = "a lever changes one unit, more or less".to_owned();
        let offset = match &setting.place {
            Place::Text { line, .. } => start + offset_of(written, *line as usize - 1, 1),
            _ => start,
        };
        let hint = format!("write unit = \"{THE_UNIT}\"; settings belong into scenarios");
        check.fault_with(offset..offset, "unknown-value", message, hint);
    }
    read.value
}

/// Where a string begins in the file, behind its quotes and the line break that TOML drops.
fn start_of(source: &Source, text: &Spanned<String>) -> usize {
    let span = text.span();
    let written = source.text.get(span.clone()).unwrap_or_default();
    span.start + written.find(text.get_ref().as_str()).unwrap_or(0)
}

/// Offset of a line and column, both from 1, of a text.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(before..).unwrap_or_default();
    before + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}
