//! What changed behind a part of a move, old → new, what changed most first.

use crate::model::benchmark::{BenchmarkEntry, BenchmarkSource};
use crate::model::edition::Indicator;
use crate::model::measure::MeasuredValue;
use crate::model::moved::Factor;
use crate::model::score::Scorecard;
use crate::model::unit::UnitIndex;
use crate::whatif::moved::mixture::Mixtures;

/// Changes that are named for one part.
const NAMED: usize = 4;

/// The scorecard of each run with the unit's index in it.
pub type Ends<'a> = [End<'a>; 2];

/// One of them.
type End<'a> = Option<(&'a Scorecard, UnitIndex)>;

/// A number as people read it: six significant digits at most.
pub fn shown(value: f64) -> String {
    let size = value.abs();
    let places = if size >= 1000.0 {
        0
    } else if size >= 10.0 {
        2
    } else {
        4
    };
    let text = format!("{value:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn or_none(value: Option<f64>) -> String {
    value.map_or("none".to_owned(), shown)
}

/// The cause of one part of a unit's move.
pub fn cause(mixtures: &Mixtures, unit: &str, indicator: &str, factor: Factor, ends: Ends) -> String {
    let found = match factor {
        Factor::OwnData => data(mixtures, unit, indicator),
        Factor::Peers => peers(mixtures, unit, indicator, ends),
        Factor::Method => method(mixtures, indicator),
        Factor::Corrections => corrections(mixtures, unit, indicator),
    };
    // A score that stands in for a missing one, or a total that is rescaled, moves with the other indicators.
    if found.is_empty() { "through other indicators".to_owned() } else { found.join("; ") }
}

fn indicator_of<'a>(mixtures: &'a Mixtures, run: usize, code: &str) -> Option<&'a Indicator> {
    mixtures.sides[run].edition.indicators.iter().find(|indicator| indicator.code == code)
}

/// Codes of the measures that the indicator is made of in either edition, also through scores of others.
fn measures<'a>(mixtures: &'a Mixtures, code: &str) -> Vec<&'a str> {
    let mut codes: Vec<&str> = Vec::new();
    for run in [0, 1] {
        let (mut open, mut seen) = (vec![code], Vec::new());
        while let Some(next) = open.pop() {
            let Some(indicator) = indicator_of(mixtures, run, next).filter(|_| !seen.contains(&next)) else { continue };
            seen.push(next);
            open.extend(indicator.value.scores());
            codes.extend(indicator.value.measures());
        }
    }
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// How much a value changed, by the larger of the two.
fn relative(old: Option<f64>, new: Option<f64>) -> f64 {
    match (old, new) {
        (Some(old), Some(new)) if old != new => (new - old).abs() / old.abs().max(new.abs()),
        (Some(_), Some(_)) | (None, None) => 0.0,
        _ => f64::INFINITY,
    }
}

/// Lines by how much changed, most first; equal ones in their order.
fn most_first(mut lines: Vec<(f64, String)>) -> Vec<String> {
    lines.retain(|(change, _)| *change > 0.0);
    lines.sort_by(|one, other| other.0.total_cmp(&one.0));
    lines.into_iter().take(NAMED).map(|(_, line)| line).collect()
}

fn data(mixtures: &Mixtures, unit: &str, code: &str) -> Vec<String> {
    let window = |run: usize, measure: &str| {
        let side = mixtures.sides[run];
        let known = side.definitions.iter().find(|known| known.code == measure)?;
        Some(side.edition.measure_key(known).window.to_string())
    };
    let line = |measure: &str| {
        let [old, new] = [0, 1].map(|run| mixtures.uncorrected(run, unit, measure));
        // What only one edition asks for is no change of data.
        let (old, new) = (old?.value, new?.value);
        let windows = [window(0, measure), window(1, measure)];
        let years = match &windows {
            [Some(from), Some(to)] if from != to => format!(" ({from} → {to})"),
            _ => String::new(),
        };
        Some((relative(old, new), format!("{measure} {} → {}{years}", or_none(old), or_none(new))))
    };
    most_first(measures(mixtures, code).into_iter().filter_map(line).collect())
}

fn corrections(mixtures: &Mixtures, unit: &str, code: &str) -> Vec<String> {
    let moved = |run: usize, measure: &str| -> Option<f64> {
        let value = |cell: Option<MeasuredValue>| cell.and_then(|cell| cell.value).unwrap_or(0.0);
        let with = mixtures.corrected(run, unit, measure)?;
        Some(value(Some(with)) - value(mixtures.uncorrected(run, unit, measure)))
    };
    let signed = |value: f64| format!("{}{}", if value < 0.0 { "" } else { "+" }, shown(value));
    let line = |measure: &str| {
        let (old, new) = (moved(0, measure)?, moved(1, measure)?);
        let text = format!("overrides move {measure} by {} → {}", signed(old), signed(new));
        Some((relative(Some(old), Some(new)), text))
    };
    let own = most_first(measures(mixtures, code).into_iter().filter_map(line).collect());
    // Overrides of other units move what the unit is compared with.
    if own.is_empty() { vec!["overrides on other units".to_owned()] } else { own }
}

fn peers(mixtures: &Mixtures, unit: &str, code: &str, ends: Ends) -> Vec<String> {
    let source = |run: usize| {
        let (card, at) = ends[run]?;
        let indicators = &mixtures.sides[run].edition.indicators;
        let index = indicators.iter().position(|indicator| indicator.code == code)?;
        card.scores_of(at, indicators.len()).get(index)?.benchmark.clone()
    };
    let [old, new] = [source(0), source(1)];
    let mut lines = Vec::new();
    if old != new {
        let word = |source: &Option<BenchmarkSource>| match source {
            None => "nothing".to_owned(),
            Some(BenchmarkSource::Given) => "given as a score".to_owned(),
            Some(BenchmarkSource::Published(_)) => "published constants".to_owned(),
            Some(BenchmarkSource::Peers(count)) => format!("{count} peers"),
            Some(BenchmarkSource::SameType(count)) => format!("{count} units of the type"),
            Some(BenchmarkSource::History(count)) => format!("{count} own published scores"),
        };
        if word(&old) != word(&new) {
            lines.push(format!("compared with {} → {}", word(&old), word(&new)));
        }
    }
    let unit_type = |run: usize| {
        let units = &mixtures.sides[run].run.units;
        units.find(unit).map_or("", |at| units.get(at).unit_type.as_str())
    };
    let entry = |run: usize| -> Option<&BenchmarkEntry> {
        let fits = |entry: &&BenchmarkEntry| {
            entry.indicator == code && entry.unit_types.iter().any(|known| known == unit_type(run))
        };
        mixtures.compared(run, run).0.entries.iter().find(fits)
    };
    if let (Some(from), Some(to)) = (entry(0), entry(1)) {
        let constants = [
            ("mean", from.mean_sd.map(|known| known.0), to.mean_sd.map(|known| known.0)),
            ("standard deviation", from.mean_sd.map(|known| known.1), to.mean_sd.map(|known| known.1)),
            ("maximum", from.max, to.max),
            ("minimum", from.min, to.min),
        ];
        let line = |(name, old, new): (&str, Option<f64>, Option<f64>)| {
            (relative(old, new), format!("published {name} {} → {}", or_none(old), or_none(new)))
        };
        lines.extend(most_first(constants.map(line).to_vec()));
    }
    let others = |run: usize| match source(run) {
        Some(BenchmarkSource::Peers(_)) => {
            let peers = mixtures.compared(run, run).1.iter();
            let of = peers.filter(|peer| peer.indicator == code && peer.unit_type == unit_type(run));
            of.map(|peer| peer.value).collect()
        }
        Some(BenchmarkSource::SameType(_)) => of_type(mixtures, run, code, unit_type(run), ends[run]),
        _ => Vec::new(),
    };
    let (old, new) = (summary(others(0)), summary(others(1)));
    let line = |(old, new): (Figure, Figure)| {
        let text = format!("{} of the others {} → {}", old.0, or_none(old.1), or_none(new.1));
        (relative(old.1, new.1), text)
    };
    lines.extend(most_first(old.into_iter().zip(new).map(line).collect()));
    lines
}

/// A figure with its name.
type Figure = (&'static str, Option<f64>);

/// Raw values of the other units of a type.
fn of_type(mixtures: &Mixtures, run: usize, code: &str, unit_type: &str, end: End) -> Vec<f64> {
    let Some((card, at)) = end else { return Vec::new() };
    let side = mixtures.sides[run];
    let indicators = &side.edition.indicators;
    let Some(index) = indicators.iter().position(|indicator| indicator.code == code) else { return Vec::new() };
    let others = side.run.units.iter().filter(|(other, known)| *other != at && known.unit_type == unit_type);
    others.filter_map(|(other, _)| card.scores_of(other, indicators.len()).get(index)?.raw).collect()
}

/// Mean, greatest and least of values.
fn summary(mut values: Vec<f64>) -> [Figure; 3] {
    values.sort_by(f64::total_cmp);
    let mean = values.iter().fold(0.0, |sum, value| sum + value) / values.len() as f64;
    let mean = (!values.is_empty()).then_some(mean);
    [("mean", mean), ("greatest", values.last().copied()), ("least", values.first().copied())]
}

fn method(mixtures: &Mixtures, code: &str) -> Vec<String> {
    let [from, to] = mixtures.sides.map(|side| side.edition);
    let (old, new) = match (indicator_of(mixtures, 0, code), indicator_of(mixtures, 1, code)) {
        (Some(old), Some(new)) => (old, new),
        (None, _) => return vec![format!("not in {}", from.id)],
        (_, None) => return vec![format!("not in {}", to.id)],
    };
    let mut lines = Vec::new();
    if old.weight != new.weight {
        lines.push(format!("weight {} → {}", shown(old.weight), shown(new.weight)));
    }
    for (differs, what) in [
        (old.value.root() != new.value.root(), "another formula"),
        (old.normalise != new.normalise, "another scale"),
        (old.direction != new.direction, "another direction"),
        (old.cap != new.cap, "another cap"),
        (old.minimum != new.minimum, "another least count"),
        (old.treat != new.treat, "outliers treated otherwise"),
        (old.impute != new.impute, "stand-ins chosen otherwise"),
        (old.scorable != new.scorable, "scored for other types of units"),
        (from.missing != to.missing, "another rule for missing scores"),
        (from.combine != to.combine || from.by_groups != to.by_groups, "scores combined otherwise"),
    ] {
        if differs {
            lines.push(what.to_owned());
        }
    }
    if lines.is_empty() {
        let weighs = |edition: &crate::model::edition::Edition| -> Vec<(String, f64)> {
            edition.indicators.iter().map(|indicator| (indicator.code.clone(), indicator.weight)).collect()
        };
        if weighs(from) != weighs(to) {
            lines.push("weights of other indicators".to_owned());
        }
    }
    lines
}
