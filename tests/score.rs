//! Tests: score – published figures, each step by itself, and laws that hold for any input.

mod cells;
mod coinr;
mod composites;
mod kernels;
mod laws;
mod methods;
mod published;

use std::sync::OnceLock;

use proptest::prelude::*;
use sanjeh::catalogue::{self, Catalogue};
use sanjeh::diagnostic::Place;
use sanjeh::model::benchmark::{Benchmark, BenchmarkEntry, BenchmarkSource};
use sanjeh::model::edition::{
    Aggregation, BandBase, Change, Combine, Damped, Damping, Direction, Edition, Imputation, MissingRule, Normaliser,
    RankDisplay, Rescale, Ties, Treatment,
};
use sanjeh::model::measure::{MeasureKey, MeasuredValue, Measures, Reason, Status};
use sanjeh::model::names::Names;
use sanjeh::model::score::{Composite, Mark, Score, Scorecard};
use sanjeh::model::tables::Peer;
use sanjeh::model::unit::{UnitIndex, UnitRow, Units};
use sanjeh::score::combine;
use sanjeh::score::{Run, statistics};

/// The built-in catalogue, read once.
fn built_in() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| catalogue::load(None, None).value)
}

/// Units from pairs of id and type.
fn units(rows: &[(&str, &str)]) -> Units {
    let row = |(id, unit_type): &(&str, &str)| UnitRow {
        id: (*id).to_owned(),
        name: Names::new(*id, *id),
        unit_type: (*unit_type).to_owned(),
        parents: Vec::new(),
        subject: String::new(),
        aliases: Vec::new(),
        valid: (None, None),
        place: Place::Run,
    };
    Units::build(rows.iter().map(row).collect()).value
}

/// Values of every measure of the catalogue under the edition's keys.
fn measures(
    catalogue: &Catalogue,
    edition: &Edition,
    units: usize,
    value: impl Fn(usize, &str) -> Option<MeasuredValue>,
) -> Measures {
    let mut keys: Vec<(MeasureKey, &str)> =
        catalogue.measures.iter().map(|known| (edition.measure_key(known), known.code.as_str())).collect();
    keys.sort();
    let cells = (0..units)
        .flat_map(|unit| keys.iter().map(move |(_, code)| (unit, *code)))
        .map(|(unit, code)| value(unit, code).unwrap_or(MeasuredValue::missing(Reason::NotSupplied)))
        .collect();
    Measures { keys: keys.into_iter().map(|(key, _)| key).collect(), cells, ..Measures::default() }
}

fn known(value: f64) -> Option<MeasuredValue> {
    Some(MeasuredValue::known(value, 500, Status::Computed))
}

fn cell<'a>(card: &'a Scorecard, edition: &Edition, unit: usize, code: &str) -> &'a Score {
    let at = edition.indicators.iter().position(|indicator| indicator.code == code).unwrap();
    &card.scores_of(UnitIndex(unit as u32), edition.indicators.len())[at]
}

fn composite<'a>(card: &'a Scorecard, edition: &Edition, unit: usize, group: &str) -> &'a Composite {
    let at = edition.groups.iter().position(|known| known.code == group).unwrap_or(edition.groups.len());
    &card.composites_of(UnitIndex(unit as u32), edition.groups.len())[at]
}

fn assert_near(found: Option<f64>, expected: f64, within: f64) {
    let found = found.expect("a value");
    assert!((found - expected).abs() <= within, "{found} is not {expected} ± {within}");
}

/// The THE edition with every indicator on one unit type, without minimum, with this normaliser.
fn plain(catalogue: &Catalogue, normaliser: Normaliser) -> Edition {
    let mut edition = catalogue.find("the/wur/2026").unwrap().clone();
    for indicator in &mut edition.indicators {
        indicator.normalise = normaliser.clone();
        indicator.minimum = None;
        indicator.scorable = vec!["university".into(), "school".into()];
    }
    edition
}

fn schools(count: usize) -> Units {
    let ids: Vec<String> = (0..count).map(|at| format!("s{at}")).collect();
    units(&ids.iter().map(|id| (id.as_str(), "school")).collect::<Vec<_>>())
}

fn impact_scores(edition: &Edition, values: &[f64], peers: &[Peer], benchmark: Option<&Benchmark>) -> Vec<Score> {
    let catalogue = built_in();
    let units = schools(values.len());
    let measures =
        measures(
            catalogue,
            edition,
            values.len(),
            |unit, code| {
                if code == "mean_fwci" { known(values[unit]) } else { None }
            },
        );
    let among = Run::among(&units, &measures, &catalogue.measures, edition);
    let card = Run { benchmark, peers, minimum_units: 3, ..among }.scorecard();
    (0..values.len()).map(|unit| cell(&card, edition, unit, "citation_impact").clone()).collect()
}

fn numbers(scores: &[Score]) -> Vec<f64> {
    scores.iter().map(|score| (score.score.unwrap() * 1e6).round() / 1e6).collect()
}
