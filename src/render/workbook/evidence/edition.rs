//! One edition: composites, indicators and constants, with the formulas between them.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::page::{number, put};
use super::Marks;
use super::cells::{cell, live, run, sum_over};
use super::values::Values;
use crate::model::evidence_book::{CompositeEvidence, EditionEvidence, IndicatorEvidence};
use crate::model::report::Phrase;
use crate::render::number::ABSENT;
use crate::render::phrases::Words;

/// Columns of the composites.
mod composite {
    pub const WEIGHT: u16 = 2;
    pub const FLOOR: u16 = 3;
    pub const USED: u16 = 4;
    pub const COVERED: u16 = 5;
    pub const COVERAGE: u16 = 6;
    pub const MEAN: u16 = 8;
    pub const AGAIN: u16 = 9;
    pub const SCORE: u16 = 10;
    pub const NOTE: u16 = 14;
}

/// Columns of the indicators.
mod indicator {
    pub const WEIGHT: u16 = 2;
    pub const NUMERATOR: u16 = 3;
    pub const DENOMINATOR: u16 = 4;
    pub const RAW: u16 = 5;
    pub const AGAIN: u16 = 7;
    pub const SCORE: u16 = 8;
    pub const ENTERS: u16 = 10;
    pub const POINTS_AGAIN: u16 = 11;
    pub const POINTS: u16 = 12;
    pub const STATUS: u16 = 14;
    pub const NOTE: u16 = 15;
}

/// Where everything stands.
struct Plan<'a> {
    edition: &'a EditionEvidence,
    at: usize,
    /// Row of the first composite.
    composites: u32,
    /// Row of the first indicator.
    indicators: u32,
    /// By indicator, the row of its first constant; the cap comes before those of the step.
    constants: Vec<u32>,
    /// Row of the heads of the constants.
    constants_head: u32,
    /// Row of the factor and, below it, the offset of each composite that has a line.
    lines: Vec<Option<u32>>,
}

impl<'a> Plan<'a> {
    fn new(edition: &'a EditionEvidence, at: usize, row: u32) -> Self {
        let composites = row + edition.rules.len() as u32 + 2;
        let indicators = composites + edition.composites.len() as u32 + 2;
        let constants_head = indicators + edition.indicators.len() as u32 + 1;
        let mut next = constants_head + 1;
        let mut constants = Vec::new();
        for indicator in &edition.indicators {
            constants.push(next);
            let step = indicator.step.as_ref().map_or(0, |step| step.constants.len() as u32);
            next += u32::from(capped(indicator).is_some()) + step;
        }
        let mut lines = Vec::new();
        for composite in &edition.composites {
            lines.push(composite.line.map(|_| next));
            next += if composite.line.is_some() { 2 } else { 0 };
        }
        Plan { edition, at, composites, indicators, constants, constants_head, lines }
    }

    fn indicator(&self, at: usize) -> u32 {
        self.indicators + at as u32
    }

    fn composite(&self, at: usize) -> u32 {
        self.composites + at as u32
    }
}

/// The cap, where the raw value is a division that is lowered to it.
fn capped(indicator: &IndicatorEvidence) -> Option<f64> {
    indicator.cap.filter(|_| indicator.divided)
}

/// Writes the edition from `row` on.
pub fn write(
    sheet: &mut Worksheet,
    row: u32,
    (edition, at): (&EditionEvidence, usize),
    values: &Values,
    words: &Words,
    marks: &Marks,
) -> Result<(), XlsxError> {
    for (row, rule) in (row..).zip(&edition.rules) {
        put(sheet, (row, 0), &words.say(rule), &marks.looks.text)?;
    }
    let plan = Plan::new(edition, at, row);
    heads(sheet, plan.composites - 1, &COMPOSITES, words, marks)?;
    for at in 0..edition.composites.len() {
        composite(sheet, &plan, at, words, marks)?;
    }
    heads(sheet, plan.indicators - 1, &INDICATORS, words, marks)?;
    for at in 0..edition.indicators.len() {
        indicator(sheet, &plan, at, values, words, marks)?;
    }
    constants(sheet, &plan, words, marks)?;
    for (column, width) in (0..).zip([38.0, 30.0, 10.0]) {
        sheet.set_column_width(column, width)?;
    }
    for column in 3..=13 {
        sheet.set_column_width(column, 16)?;
    }
    sheet.set_column_width(14, 18)?.set_column_width(15, 70)?;
    sheet.set_freeze_panes(0, 1)?;
    Ok(())
}

const COMPOSITES: [&str; 15] = [
    "evidence.composite",
    "word.code",
    "word.weight",
    "evidence.floor",
    "evidence.used",
    "evidence.coverage_again",
    "evidence.coverage_file",
    "evidence.difference",
    "evidence.mean",
    "evidence.composite_again",
    "evidence.composite_file",
    "evidence.difference",
    "evidence.blank",
    "evidence.blank",
    "word.note",
];

const INDICATORS: [&str; 16] = [
    "word.indicator",
    "word.code",
    "word.weight",
    "evidence.numerator",
    "evidence.denominator",
    "evidence.raw",
    "evidence.raw_file",
    "evidence.score_again",
    "evidence.score_file",
    "evidence.difference",
    "evidence.enters",
    "evidence.points_again",
    "evidence.points_file",
    "evidence.difference",
    "word.status",
    "evidence.how",
];

fn heads(sheet: &mut Worksheet, row: u32, keys: &[&str], words: &Words, marks: &Marks) -> Result<(), XlsxError> {
    sheet.set_row_height(row, 48)?;
    for (column, key) in (0..).zip(keys) {
        let text = if *key == "evidence.blank" { String::new() } else { words.word(key) };
        put(sheet, (row, column), &text, &marks.looks.head)?;
    }
    Ok(())
}

/// A formula's number less the stored one.
fn difference(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    values: (Option<f64>, Option<f64>),
    marks: &Marks,
) -> Result<(), XlsxError> {
    let (again, stored) = (cell(row, column - 2), cell(row, column - 1));
    let Some((first, second)) = values.0.zip(values.1) else { return Ok(()) };
    live(sheet, (row, column), &format!("{again}-{stored}"), Some(first - second), &marks.difference)
}

/// One composite: weight used, coverage, mean, value.
fn composite(sheet: &mut Worksheet, plan: &Plan, at: usize, words: &Words, marks: &Marks) -> Result<(), XlsxError> {
    use composite as own;
    let each: &CompositeEvidence = &plan.edition.composites[at];
    let row = plan.composite(at);
    let name = each.name.clone().map_or_else(|| words.word("word.overall"), |name| words.text(&name.into()));
    put(sheet, (row, 0), &name, &marks.looks.text)?;
    put(sheet, (row, 1), &each.code, &marks.looks.text)?;
    number(sheet, (row, own::WEIGHT), Some(each.weight), &marks.stored)?;
    number(sheet, (row, own::FLOOR), Some(each.floor), &marks.looks.share)?;
    number(sheet, (row, own::COVERAGE), Some(each.coverage), &marks.looks.share)?;
    number(sheet, (row, own::SCORE), each.score, &marks.stored)?;
    if let Some(why) = &each.not_again {
        let text = format!("{}: {}", words.word("evidence.not_again"), words.say(why));
        return put(sheet, (row, own::NOTE), &text, &marks.looks.text);
    }

    let rows: Vec<u32> = each.indicators.iter().map(|&column| plan.indicator(column)).collect();
    let weights = |first, last| run(indicator::WEIGHT, first, last);
    let mut used = sum_over(&rows, |first, last| {
        format!("{},--ISNUMBER({})", weights(first, last), run(indicator::ENTERS, first, last))
    });
    let mut covered = sum_over(&rows, |first, last| {
        format!("{},--ISNUMBER({})", weights(first, last), run(indicator::SCORE, first, last))
    });
    let mut total = sum_over(&rows, weights);
    let mut sum =
        sum_over(&rows, |first, last| format!("{},{}", weights(first, last), run(indicator::ENTERS, first, last)));
    for &inner in &each.groups {
        let inner_row = plan.composite(inner);
        let weight = cell(inner_row, own::WEIGHT);
        let again = plan.edition.composites[inner].not_again.is_none();
        let value = cell(inner_row, if again { own::AGAIN } else { own::SCORE });
        let coverage = cell(inner_row, if again { own::COVERED } else { own::COVERAGE });
        used.push_str(&format!("+IF(ISNUMBER({value}),{weight},0)"));
        covered.push_str(&format!("+{weight}*{coverage}"));
        total.push_str(&format!("+{weight}"));
        sum.push_str(&format!("+IF(ISNUMBER({value}),{weight}*{value},0)"));
    }
    live(sheet, (row, own::USED), &used, Some(each.used), &marks.live)?;
    let formula = format!("IF({total}>0,MIN(1,({covered})/({total})),0)");
    live(sheet, (row, own::COVERED), &formula, Some(each.covered), &marks.live_share)?;
    difference(sheet, (row, own::COVERAGE + 1), (Some(each.covered), Some(each.coverage)), marks)?;
    let (coverage, floor) = (cell(row, own::COVERED), cell(row, own::FLOOR));
    let formula =
        format!("IF(OR({coverage}<=0,{coverage}+0.000000001<{floor}),\"{ABSENT}\",({sum})/{})", cell(row, own::USED));
    live(sheet, (row, own::MEAN), &formula, each.mean, &marks.live)?;
    let mean = cell(row, own::MEAN);
    let line = match plan.lines[at] {
        Some(line) => format!("{}*{mean}+{}", cell(line, 2), cell(line + 1, 2)),
        None => mean.clone(),
    };
    let [low, high] = each.bounds;
    let formula = format!("IF(ISNUMBER({mean}),MAX({low},MIN({high},{line})),\"{ABSENT}\")");
    live(sheet, (row, own::AGAIN), &formula, each.again, &marks.live)?;
    difference(sheet, (row, own::SCORE + 1), (each.again, each.score), marks)?;
    if each.score.is_none() && each.covered + 1e-9 < each.floor {
        put(sheet, (row, own::NOTE), &words.word("evidence.below_floor"), &marks.looks.text)?;
    }
    Ok(())
}

/// One indicator: raw value, score, what it enters, points.
fn indicator(
    sheet: &mut Worksheet,
    plan: &Plan,
    at: usize,
    values: &Values,
    words: &Words,
    marks: &Marks,
) -> Result<(), XlsxError> {
    use indicator as own;
    let each = &plan.edition.indicators[at];
    let row = plan.indicator(at);
    put(sheet, (row, 0), &words.text(&each.name.clone().into()), &marks.looks.text)?;
    put(sheet, (row, 1), &each.code, &marks.looks.text)?;
    number(sheet, (row, own::WEIGHT), Some(each.weight), &marks.stored)?;
    number(sheet, (row, own::NUMERATOR), each.numerator, &marks.stored)?;
    number(sheet, (row, own::DENOMINATOR), each.denominator, &marks.stored)?;
    number(sheet, (row, own::RAW + 1), each.raw, &marks.stored)?;
    number(sheet, (row, own::SCORE), each.score, &marks.stored)?;
    number(sheet, (row, own::POINTS), each.contribution, &marks.stored)?;
    if each.divided {
        let quotient = format!("{}/{}", cell(row, own::NUMERATOR), cell(row, own::DENOMINATOR));
        let formula = match capped(each) {
            Some(_) => format!("MIN({},{quotient})", cell(plan.constants[at], 2)),
            None => quotient,
        };
        live(sheet, (row, own::RAW), &formula, each.raw, &marks.live)?;
    } else {
        number(sheet, (row, own::RAW), each.raw, &marks.stored)?;
    }

    let mut notes: Vec<Phrase> = each.compared_with.iter().cloned().collect();
    if let Some(step) = &each.step {
        let mut formula = step.formula.replace("{x}", &cell(row, own::RAW));
        let first = plan.constants[at] + u32::from(capped(each).is_some());
        for constant in 0..step.constants.len() {
            formula = formula.replace(&format!("{{{constant}}}"), &cell(first + constant as u32, 2));
        }
        if let Some(range) = values.range(plan.at, at) {
            formula = formula.replace("{values}", &range);
        }
        live(sheet, (row, own::AGAIN), &formula, each.again, &marks.live)?;
        difference(sheet, (row, own::SCORE + 1), (each.again, each.score), marks)?;
        notes.extend(step.words.iter().cloned());
    }
    let enters = if each.again.is_some() { cell(row, own::AGAIN) } else { cell(row, own::SCORE) };
    if each.score.is_some() {
        live(sheet, (row, own::ENTERS), &enters, each.again.or(each.score), &marks.live)?;
    } else if let Some(stand_in) = each.stand_in {
        number(sheet, (row, own::ENTERS), Some(stand_in), &marks.stored)?;
        notes.push(Phrase::new("evidence.stand_in"));
    }
    if each.points_again.is_some() {
        live(sheet, (row, own::POINTS_AGAIN), &points(plan, at), each.points_again, &marks.live)?;
        difference(sheet, (row, own::POINTS + 1), (each.points_again, each.contribution), marks)?;
    } else if each.contribution.is_some() {
        notes.push(Phrase::new("evidence.points_not_again"));
    }
    put(sheet, (row, own::STATUS), &words.say(&Phrase::of("status", each.status.as_str())), &marks.looks.text)?;
    notes.extend(each.reason.clone());
    let mut said: Vec<String> = notes.iter().map(|note| words.say(note)).collect();
    if let Some(why) = &each.not_again {
        said.push(format!("{}: {}", words.word("evidence.not_again"), words.say(why)));
    }
    put(sheet, (row, own::NOTE), &said.join(&words.word("evidence.between")), &marks.looks.text)
}

/// What an indicator brings to the total.
fn points(plan: &Plan, at: usize) -> String {
    let overall = plan.edition.composites.len() - 1;
    let (row, whole) = (plan.indicator(at), plan.composite(overall));
    let enters = cell(row, indicator::ENTERS);
    let own_weight = cell(row, indicator::WEIGHT);
    let mut weight = own_weight.clone();
    let mut part = enters;
    for &above in &plan.edition.indicators[at].path {
        let row = plan.composite(above);
        part.push_str(&format!("*{weight}/{}", cell(row, composite::USED)));
        weight = cell(row, composite::WEIGHT);
    }
    let (mean, value) = (cell(whole, composite::MEAN), cell(whole, composite::AGAIN));
    let share = format!("{own_weight}/{}", cell(whole, composite::USED));
    if plan.edition.composites[overall].proportional {
        return format!("IF({mean}=0,{value}*{share},{value}*({part})/{mean})");
    }
    match plan.lines[overall] {
        None => part,
        Some(line) => {
            let (factor, offset) = (cell(line, 2), cell(line + 1, 2));
            let after = format!("({factor}*{mean}+{offset})");
            let own = format!("({factor}*{part}+{offset}*{share})");
            // Where the bounds cut the whole, all points are cut alike.
            format!("IF({after}=0,1,{value}/{after})*{own}")
        }
    }
}

/// The constants of the scales and of what follows the means.
fn constants(sheet: &mut Worksheet, plan: &Plan, words: &Words, marks: &Marks) -> Result<(), XlsxError> {
    let head = ["evidence.constants", "evidence.constant", "word.raw"];
    heads(sheet, plan.constants_head, &head, words, marks)?;
    let mut entry = |row: u32, of: &str, name: &Phrase, value: f64| {
        put(sheet, (row, 0), of, &marks.looks.text)?;
        put(sheet, (row, 1), &words.say(name), &marks.looks.text)?;
        number(sheet, (row, 2), Some(value), &marks.stored)
    };
    for (indicator, &first) in plan.edition.indicators.iter().zip(&plan.constants) {
        let cap = capped(indicator).map(|cap| (Phrase::of("evidence_constant", "cap"), cap));
        let step = indicator.step.iter().flat_map(|step| step.constants.iter().cloned());
        for (row, (name, value)) in (first..).zip(cap.into_iter().chain(step)) {
            entry(row, &words.text(&indicator.name.clone().into()), &name, value)?;
        }
    }
    for (each, line) in plan.edition.composites.iter().zip(&plan.lines) {
        let (Some(row), Some((factor, offset))) = (line, each.line) else { continue };
        let of = each.name.clone().map_or_else(|| words.word("word.overall"), |name| words.text(&name.into()));
        entry(*row, &of, &Phrase::of("evidence_constant", "factor"), factor)?;
        entry(*row + 1, &of, &Phrase::of("evidence_constant", "offset"), offset)?;
    }
    Ok(())
}
