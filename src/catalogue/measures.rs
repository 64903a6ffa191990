//! `measures.toml`: what formulas may name.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use crate::catalogue::check::Check;
use crate::catalogue::shape::Shape;
use crate::catalogue::source::Source;
use crate::diagnostic::{Finding, Place};
use crate::model::measure::{MeasureDefinition, MeasureKind, WindowKind};
use crate::model::names::Names;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureText {
    code: Spanned<String>,
    name: Spanned<Names>,
    definition: Spanned<Names>,
    unit: Spanned<String>,
    window: WindowKind,
    kind: MeasureKind,
}

/// Nothing may stand outside the lists of tables.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Words a formula cannot use as a measure.
const RESERVED: [&str; 6] = ["score", "ln", "sqrt", "square", "min", "max"];

/// Reads the definitions, each with its place; none if the file has any fault.
pub fn read(source: &Source, findings: &mut Vec<Finding>) -> Vec<(MeasureDefinition, Place)> {
    let before = findings.len();
    let Some(mut shape) = Shape::parse(source, findings) else { return Vec::new() };
    if shape.is_empty("a list of measures", findings) {
        return Vec::new();
    }
    let texts: Vec<Spanned<MeasureText>> = shape.list("measure", findings);
    if shape.rest::<Nothing>(findings).is_none() || findings.len() > before {
        return Vec::new();
    }
    let mut check = Check::new(source);
    let mut taken = BTreeSet::new();
    let mut definitions = Vec::new();
    for text in texts.iter().map(Spanned::get_ref) {
        let code = check.unique(&text.code, "measure", &mut taken);
        if RESERVED.contains(&code.as_str()) {
            check.fault(text.code.span(), "bad-code", format!("\"{code}\" is a word of the formula language"));
        }
        if text.unit.get_ref().trim().is_empty() {
            check.fault(text.unit.span(), "empty-text", "the unit of measurement is empty");
        }
        let definition = MeasureDefinition {
            code,
            name: check.names(&text.name),
            definition: check.names(&text.definition),
            unit: text.unit.get_ref().clone(),
            window: text.window,
            kind: text.kind,
        };
        definitions.push((definition, source.place(text.code.span().start)));
    }
    let clean = check.faults.is_empty();
    findings.extend(check.faults);
    if clean { definitions } else { Vec::new() }
}
