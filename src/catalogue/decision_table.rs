//! The decision table of an assessment, `accreditation/decisions.toml`, checked like an edition. None is built in: what
//! follows from how many standards are met is for an office to say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::catalogue::check::Check;
use crate::catalogue::nearest;
use crate::catalogue::shape::Shape;
use crate::catalogue::source::{self, Source};
use crate::diagnostic::{Checked, Finding};
use crate::model::accreditation::decision::{Combination, Criterion, DecisionRule, DecisionTable, Quantity, Range};
use crate::model::accreditation::level::{Level, Scale};
use crate::model::names::Names;

/// Path below the assessment folder.
pub const FILE: &str = "accreditation/decisions.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    name: Spanned<Names>,
    note: Spanned<Names>,
    source: String,
    combination: CombinationText,
    coverage: Spanned<f64>,
    scale: Spanned<ScaleText>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CombinationText {
    Lowest,
    All,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleText {
    not_met: Spanned<f64>,
    partial: Spanned<f64>,
    relative: Spanned<f64>,
    full: Spanned<f64>,
    met_from: Level,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionText {
    quantity: Spanned<String>,
    from: Spanned<f64>,
    to: Spanned<f64>,
    #[serde(default)]
    whole: bool,
}

#[derive(Debug, Deserialize)]
struct DecisionText {
    code: Spanned<String>,
    name: Spanned<Names>,
    years: Option<u32>,
    #[serde(flatten)]
    ranges: BTreeMap<String, toml::Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeText {
    from: Option<f64>,
    above: Option<f64>,
    to: Option<f64>,
    below: Option<f64>,
}

/// The table of the assessment folder `dir`; `None` where there is none, and where it has any fault.
pub fn table(dir: &Path) -> Checked<Option<DecisionTable>> {
    let mut findings = Vec::new();
    let path = dir.join(FILE);
    let source = path.is_file().then(|| source::file(&path, FILE, &mut findings)).flatten();
    let value = source.and_then(|source| read(&source, &mut findings));
    Checked { value, findings }
}

/// Reads a table from its text, shown in findings as `shown`.
pub fn text(shown: &str, text: &str) -> Checked<Option<DecisionTable>> {
    let mut findings = Vec::new();
    let (folder, name) = shown.rsplit_once('/').unwrap_or(("", shown));
    let value = read(&Source::new(folder, name, text), &mut findings);
    Checked { value, findings }
}

fn read(source: &Source, findings: &mut Vec<Finding>) -> Option<DecisionTable> {
    let before = findings.len();
    let mut shape = Shape::parse(source, findings)?;
    if shape.is_empty("a decision table", findings) {
        return None;
    }
    let criteria: Vec<Spanned<CriterionText>> = shape.list("criterion", findings);
    let decisions: Vec<Spanned<DecisionText>> = shape.list("decision", findings);
    let head: Option<Head> = shape.rest(findings);
    if findings.len() > before {
        return None;
    }
    let head = head?;
    let mut check = Check::new(source);
    for (list, what) in [(criteria.is_empty(), "criterion"), (decisions.is_empty(), "decision")] {
        if list {
            check.fault(0..0, "missing-key", format!("there is no [[{what}]]"));
        }
    }
    let criteria = read_criteria(&mut check, &criteria);
    let rules = read_decisions(&mut check, &decisions, &criteria);
    let table = DecisionTable {
        name: check.names(&head.name),
        note: check.names(&head.note),
        source: head.source,
        combination: match head.combination {
            CombinationText::Lowest => Combination::Lowest,
            CombinationText::All => Combination::All,
        },
        coverage: check.number(&head.coverage, "the coverage", 0.0..1.0),
        scale: read_scale(&mut check, &head.scale),
        criteria,
        rules,
    };
    let clean = check.faults.is_empty();
    findings.extend(check.faults);
    clean.then_some(table)
}

fn read_scale(check: &mut Check, text: &Spanned<ScaleText>) -> Scale {
    let own = text.get_ref();
    let points = [&own.not_met, &own.partial, &own.relative, &own.full]
        .map(|points| check.number(points, "the points of a level", 0.0..1e6));
    if points.windows(2).any(|pair| pair[0] > pair[1]) || points[3] <= 0.0 {
        let message = "points never fall from one level to the next, and the highest is above 0";
        check.fault(text.span(), "bad-number", message);
    }
    Scale { points, met_from: own.met_from }
}

fn read_criteria(check: &mut Check, texts: &[Spanned<CriterionText>]) -> Vec<Criterion> {
    let mut taken = BTreeSet::new();
    let mut criteria = Vec::new();
    for text in texts {
        let own = text.get_ref();
        let code = check.unique(&own.quantity, "criterion", &mut taken);
        let from = check.number(&own.from, "the least value", 0.0..1e6);
        let to = check.number(&own.to, "the greatest value", 0.0..1e6);
        let Some(quantity) = Quantity::ALL.into_iter().find(|quantity| quantity.as_str() == code) else {
            let hint = nearest::hint(&code, Quantity::ALL.map(Quantity::as_str));
            check.fault_with(own.quantity.span(), "unknown-value", format!("there is no quantity \"{code}\""), hint);
            continue;
        };
        if from >= to {
            check.fault(own.to.span(), "bad-number", "the greatest value is above the least");
        }
        let place = check.source.place(own.quantity.span().start);
        criteria.push(Criterion { quantity, from, to, whole: own.whole, place });
    }
    criteria
}

fn read_decisions(check: &mut Check, texts: &[Spanned<DecisionText>], criteria: &[Criterion]) -> Vec<DecisionRule> {
    let mut taken = BTreeSet::new();
    let mut rules = Vec::new();
    for text in texts {
        let own = text.get_ref();
        let code = check.unique(&own.code, "decision", &mut taken);
        let name = check.names(&own.name);
        let known: Vec<&str> = criteria.iter().map(|criterion| criterion.quantity.as_str()).collect();
        for key in own.ranges.keys().filter(|key| !known.contains(&key.as_str())) {
            let hint = nearest::hint(key, known.iter().copied());
            let message = format!("no [[criterion]] has the quantity \"{key}\"");
            check.fault_with(key_span(check.source, text.span(), key), "unknown-key", message, hint);
        }
        let ranges = criteria
            .iter()
            .map(|criterion| {
                let key = criterion.quantity.as_str();
                let value = own.ranges.get(key)?;
                read_range(check, value, key_span(check.source, text.span(), key))
            })
            .collect();
        rules.push(DecisionRule { code, name, years: own.years, ranges, place: check.source.place(text.span().start) });
    }
    rules
}

fn read_range(check: &mut Check, value: &toml::Value, span: std::ops::Range<usize>) -> Option<Range> {
    let text: RangeText = match value.clone().try_into() {
        Ok(text) => text,
        Err(error) => {
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            check.fault_with(span, "wrong-type", message, "write { from = 74, below = 78 }: from, above, to, below");
            return None;
        }
    };
    if text.from.is_some() && text.above.is_some() || text.to.is_some() && text.below.is_some() {
        check.fault(span.clone(), "duplicate-key", "an end of the range is given twice");
    }
    let ends = [text.from, text.above, text.to, text.below];
    if ends.iter().all(Option::is_none) || ends.iter().flatten().any(|end| !end.is_finite()) {
        check.fault(span.clone(), "bad-number", "a range has an end at least, and ends are finite");
    }
    let low = text.from.map(|end| (end, true)).or(text.above.map(|end| (end, false)));
    let high = text.to.map(|end| (end, true)).or(text.below.map(|end| (end, false)));
    Some(Range { low, high, place: check.source.place(span.start) })
}

/// Where a key stands within the table of a decision. The reader gives no spans of keys that a table may or may not have.
fn key_span(source: &Source, within: std::ops::Range<usize>, key: &str) -> std::ops::Range<usize> {
    let start = within.start.min(source.text.len());
    // The span of a table under [[…]] may end at its header; its keys follow up to the next header.
    let rest = source.text.get(start..).unwrap_or_default();
    let end = rest.match_indices("\n[").map(|(at, _)| at).find(|at| *at > 0).unwrap_or(rest.len());
    let mut offset = 0;
    for line in rest[..end].split_inclusive('\n') {
        let indented = line.len() - line.trim_start().len();
        let after = line.trim_start().strip_prefix(key).map(str::trim_start);
        if after.is_some_and(|after| after.starts_with(['=', '.'])) {
            let at = start + offset + indented;
            return at..at + key.len();
        }
        offset += line.len();
    }
    start..start
}
