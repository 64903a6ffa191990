//! Scoring 10,000 units of four types by an edition of 60 indicators: `cargo bench --bench score`. Items are cells.

use divan::{Bencher, counter::ItemsCount};
use sanjeh::catalogue::{self, Catalogue};
use sanjeh::diagnostic::Place;
use sanjeh::model::edition::{Aggregation, Edition, Indicator, Normaliser, Ties};
use sanjeh::model::formula::Formula;
use sanjeh::model::measure::{MeasureKey, MeasuredValue, Measures, Reason, Status};
use sanjeh::model::names::Names;
use sanjeh::model::unit::{UnitRow, Units};
use sanjeh::score::Run;

const UNITS: usize = 10_000;
const INDICATORS: usize = 60;
const TYPES: [&str; 4] = ["university", "school", "department", "hospital"];

fn main() {
    divan::main();
}

/// The same numbers each time, 0–1.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn normalisers() -> Vec<Normaliser> {
    vec![
        Normaliser::NormalCdf { tails: Some([0.05, 0.95]) },
        Normaliser::NormalCdf { tails: None },
        Normaliser::SquareRootOfMax,
        Normaliser::ExponentialCdf,
        Normaliser::MinMax { to: [0.0, 100.0] },
        Normaliser::ShareOfMax,
        Normaliser::PercentileRank,
        Normaliser::LogMinMax { to: [1.0, 100.0] },
        Normaliser::ZScore { mean: 50.0, sd: 10.0 },
        Normaliser::Rank { ties: Ties::Average },
    ]
}

/// 60 ratios of measures, each scored for all types, in the groups of the THE edition.
fn edition(catalogue: &Catalogue) -> Edition {
    let mut edition = catalogue.find("the/wur/2026").expect("it is built in").clone();
    let (measures, normalisers) = (&catalogue.measures, normalisers());
    let first = edition.indicators[0].clone();
    edition.indicators = (0..INDICATORS)
        .map(|at| {
            let above = &measures[at % measures.len()].code;
            let below = &measures[(at * 7 + 3 + at / measures.len()) % measures.len()].code;
            Indicator {
                code: format!("indicator_{at}"),
                group: edition.groups[at % edition.groups.len()].code.clone(),
                weight: 100.0 / INDICATORS as f64,
                value: Formula::parse(&format!("{above} / {below}")).expect("a formula"),
                normalise: normalisers[at % normalisers.len()].clone(),
                scorable: TYPES.map(str::to_owned).to_vec(),
                minimum: Some(30),
                ..first.clone()
            }
        })
        .collect();
    edition
}

fn units() -> Units {
    let row = |at: usize| UnitRow {
        id: format!("unit-{at}"),
        name: Names::new("Unit", "واحد"),
        unit_type: TYPES[at % TYPES.len()].to_owned(),
        parents: Vec::new(),
        subject: String::new(),
        aliases: Vec::new(),
        valid: (None, None),
        place: Place::Run,
    };
    Units::build((0..UNITS).map(row).collect()).value
}

/// Skewed values, one in twenty missing.
fn measures(catalogue: &Catalogue, edition: &Edition) -> Measures {
    let mut keys: Vec<MeasureKey> = catalogue.measures.iter().map(|known| edition.measure_key(known)).collect();
    keys.sort();
    let mut numbers = Numbers(2026);
    let cells = (0..UNITS * keys.len())
        .map(|_| match (numbers.next(), numbers.next()) {
            (gap, _) if gap < 0.05 => MeasuredValue::missing(Reason::NotSupplied),
            (_, value) => MeasuredValue::known(1.0 + 1000.0 * value * value * value, 500, Status::Computed),
        })
        .collect();
    Measures { keys, cells, ..Measures::default() }
}

fn run<'a>(units: &'a Units, measures: &'a Measures, catalogue: &'a Catalogue, edition: &'a Edition) -> Run<'a> {
    Run { minimum_units: 3, ..Run::among(units, measures, &catalogue.measures, edition) }
}

/// Scores without writing them out as cells: what is done again and again where inputs are varied. The bound is 50 ms on two
/// cores.
#[divan::bench(sample_count = 40)]
fn table(bencher: Bencher) {
    let catalogue = catalogue::load(None, None).value;
    let edition = edition(&catalogue);
    let (units, measures) = (units(), measures(&catalogue, &edition));
    bencher
        .counter(ItemsCount::new(UNITS * INDICATORS))
        .bench(|| run(&units, &measures, &catalogue, &edition).table().composites().len());
}

fn card(bencher: Bencher, change: impl Fn(&mut Edition)) {
    let catalogue = catalogue::load(None, None).value;
    let mut edition = edition(&catalogue);
    change(&mut edition);
    let (units, measures) = (units(), measures(&catalogue, &edition));
    bencher
        .counter(ItemsCount::new(UNITS * INDICATORS))
        .bench(|| run(&units, &measures, &catalogue, &edition).scorecard());
}

/// The whole scorecard, 110 MB of cells, by the plain mean over indicators.
#[divan::bench(sample_count = 40)]
fn scorecard(bencher: Bencher) {
    card(bencher, |_| ());
}

/// The same, level by level, with a geometric total.
#[divan::bench(sample_count = 20)]
fn scorecard_by_groups(bencher: Bencher) {
    card(bencher, |edition| edition.combine.with = Aggregation::Geometric);
}
