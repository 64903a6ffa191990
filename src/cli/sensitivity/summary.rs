//! What the terminal shows of a sensitivity analysis.

use serde_json::{Value, json};

use crate::cli::sensitivity::Weights;
use crate::model::sensitivity::{Sensitivity, Spreading};
use crate::model::unit::UnitIndex;
use crate::whatif::certified::{End, Interval};
use crate::whatif::sensitivity::bounds::Bounds;
use crate::whatif::sensitivity::indices::Banded;
use crate::whatif::sensitivity::inputs::{Alternatives, Input};
use crate::whatif::sensitivity::study::OfType;
use crate::whatif::sensitivity::tables::{Report, Told};

/// Units of a type that are shown before the rest is summed up.
const SHOWN: usize = 15;

/// Names of the alternatives of an input.
pub fn alternatives(input: &Input) -> Value {
    match &input.alternatives {
        Alternatives::Named(names) => json!(names),
        Alternatives::Numbered(count) => json!(count),
    }
}

/// The analysis in lines; all units with `everything`.
pub fn text(report: &Report, settings: &Sensitivity, weights: Weights, everything: bool) -> String {
    let design = report.study.design;
    let spread = if settings.spreading == Spreading::Sobol { "Sobol points" } else { "random points" };
    let mut text = format!(
        "{}: {} draws, {} {spread} × ({} inputs + 2), seed {}\n",
        report.edition.id,
        design.draws(),
        design.base(),
        design.inputs(),
        settings.seed
    );
    for input in &report.study.inputs {
        let shown = match &input.alternatives {
            Alternatives::Named(names) => names.join(", "),
            Alternatives::Numbered(count) => format!("{count} drawn"),
        };
        text += &format!("  {:<14}{shown}\n", input.kind.as_str());
    }
    for (input, why) in &report.study.fixed {
        text += &format!("  {:<14}does not vary: {why}\n", input.as_str());
    }
    for (own, told) in report.study.types.iter().zip(report.told) {
        text += &format!("\n{}\n", own.unit_type);
        text += &indices(report, told);
        text += &units(report, own, told, weights, everything);
    }
    text
}

/// Which input moves ranks, the one that moves most first.
fn indices(report: &Report, told: &Told) -> String {
    let Some(indices) = &told.analysis.of_changes else {
        let blank = told.analysis.changes.iter().any(|change| change.is_nan());
        let why = if blank { "In some draws no unit has a total" } else { "All draws move ranks alike" };
        return format!("  {why}: no input can be told from another.\n");
    };
    let mut rows: Vec<(&Input, &Banded)> = report.study.inputs.iter().zip(indices).collect();
    rows.sort_by(|one, other| other.1.index.total.total_cmp(&one.1.index.total));
    let mut text =
        "  share of the moves of ranks that is due to   alone (90 %)          with others (90 %)\n".to_owned();
    for (input, Banded { index, first, total }) in rows {
        let shown = |value: f64, ends: &(f64, f64)| format!("{value:>5.2} ({:.2} to {:.2})", ends.0, ends.1);
        let (first, total) = (shown(index.first, first), shown(index.total, total));
        text += &format!("    {:<41}{first:<22}{total}\n", input.kind.as_str());
    }
    text
}

fn units(report: &Report, own: &OfType, told: &Told, weights: Weights, everything: bool) -> String {
    let of = own.members.len();
    let band = match weights {
        Weights::Within(share) => format!("weights ±{} %", 100.0 * share),
        Weights::All => "any weights".to_owned(),
    };
    let head = ["unit", "score", "rank", "mean", "5–95 %", band.as_str(), "missing anywhere"];
    let line = |cells: [&str; 7]| {
        let [unit, score, rank, mean, range, certified, bounds] = cells;
        format!("    {unit:<24}{score:>8}{rank:>9}{mean:>7}   {range:<9}{certified:<18}{bounds}\n")
    };
    let mut text = line(head);
    let mut order: Vec<usize> = (0..own.members.len()).collect();
    order.sort_by_key(|&unit| (own.ranks[unit], unit));
    let shown = if everything { order.len() } else { SHOWN };
    for &unit in order.iter().take(shown) {
        let id = &report.units.get(UnitIndex(own.members[unit] as u32)).id;
        let score = format!("{:.2}", own.totals[unit]);
        let rank = format!("{} of {of}", own.ranks[unit]);
        let spread = told.analysis.spreads[unit].as_ref();
        let mean = spread.map_or("–".to_owned(), |spread| format!("{:.1}", spread.mean));
        let range = spread.map_or("–".to_owned(), |spread| format!("{:.0}–{:.0}", spread.low, spread.high));
        let interval = told.certified.as_ref().and_then(|certified| certified.intervals[unit].as_ref());
        let bounds = bounds_of(own, told, own.members[unit]).map_or("–".to_owned(), |bounds| match bounds.missing {
            0 => "none missing".to_owned(),
            missing => format!("{}–{} ({missing})", bounds.scale.best, bounds.scale.worst),
        });
        text += &line([id, &score, &rank, &mean, &range, &interval.map_or("–".to_owned(), certified), &bounds]);
    }
    if order.len() > shown {
        text += &format!("    … and {} more; -v shows all\n", order.len() - shown);
    }
    let blank = own.all.iter().filter(|unit| own.members.binary_search(unit).is_err());
    let blank: Vec<usize> = blank.copied().filter(|&unit| bounds_of(own, told, unit).is_some()).collect();
    for &unit in blank.iter().take(shown) {
        let id = &report.units.get(UnitIndex(unit as u32)).id;
        let bounds = bounds_of(own, told, unit).map_or(String::new(), |bounds| {
            format!("{}–{} ({})", bounds.scale.best, bounds.scale.worst, bounds.missing)
        });
        text += &line([id, "–", "–", "–", "–", "–", &bounds]);
    }
    if told.certified.is_none() {
        text += "    Ranks are certified only where the total is a weighted arithmetic mean.\n";
    }
    text
}

/// What missing scores leave open for a unit.
fn bounds_of(own: &OfType, told: &Told, unit: usize) -> Option<Bounds> {
    own.all.binary_search(&unit).ok().and_then(|place| told.bounds[place])
}

/// The attained ranks; what is only proven not to be passed is said beside them.
fn certified(Interval { best, worst }: &Interval) -> String {
    let attained = |end: &End| end.attained;
    let text = format!("{}–{}", attained(best), attained(worst));
    if best.is_exact() && worst.is_exact() {
        return text;
    }
    format!("{text}, at most {}–{}", best.proven, worst.proven)
}

/// The analysis for programs: the study, then indices and units of each type.
pub fn json(report: &Report, mut study: Value) -> Value {
    let types: Vec<Value> = report
        .study
        .types
        .iter()
        .zip(report.told)
        .map(|(own, told)| {
            let indices = report.study.inputs.iter().zip(told.analysis.of_changes.iter().flatten()).map(
                |(input, Banded { index, first, total })| {
                    json!({
                        "input": input.kind.as_str(), "first": index.first, "first_band": first,
                        "total": index.total, "total_band": total,
                    })
                },
            );
            let units = own.members.iter().enumerate().map(|(place, &unit)| unit_json(report, own, told, place, unit));
            json!({
                "unit_type": own.unit_type,
                "rank_change": indices.collect::<Vec<_>>(),
                "units": units.collect::<Vec<_>>(),
            })
        })
        .collect();
    study["types"] = json!(types);
    study
}

fn unit_json(report: &Report, own: &OfType, told: &Told, place: usize, unit: usize) -> Value {
    let spread = told.analysis.spreads[place]
        .as_ref()
        .map(|spread| json!({ "mean": spread.mean, "median": spread.median, "low": spread.low, "high": spread.high }));
    let interval = told.certified.as_ref().and_then(|certified| certified.intervals[place].as_ref());
    let end = |end: &End| json!({ "attained": end.attained, "proven": end.proven });
    let bounds = bounds_of(own, told, unit).map(|bounds| {
        let scale = bounds.scale;
        json!({
            "missing": bounds.missing, "low": scale.low, "high": scale.high, "best": scale.best, "worst": scale.worst,
        })
    });
    json!({
        "unit": report.units.get(UnitIndex(unit as u32)).id,
        "score": own.totals[place],
        "rank": own.ranks[place],
        "ranks": spread,
        "certified": interval.map(|interval| json!({ "best": end(&interval.best), "worst": end(&interval.worst) })),
        "bounds": bounds,
    })
}
