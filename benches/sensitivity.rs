//! Sensitivity: `cargo bench --bench sensitivity`.
//!
//! * `replay`: 600 runs of 51 units × 49 indicators from untreated columns to Sobol indices, as COINr's recorded ones; bound 200 ms.
//! * `draws`: 10,000 draws of 60 units × 18 indicators with ranks, spreads and indices with bands; bound 1 s.
//! * `alternatives`: what is worked out once before them.
//! * `certified`: best and worst rank of 51 units over all weights of eight groups; bound 1 s.
//!
//! All on two cores.

use divan::{Bencher, counter::ItemsCount};
use sanjeh::catalogue::{self, Catalogue};
use sanjeh::diagnostic::Place;
use sanjeh::model::edition::{Aggregation, Combine, Direction, Edition, Normaliser, Treatment};
use sanjeh::model::measure::{MeasuredValue, Measures, Reason, Status};
use sanjeh::model::names::Names;
use sanjeh::model::sensitivity::Sensitivity;
use sanjeh::model::stability::Samples;
use sanjeh::model::unit::{UnitRow, Units};
use sanjeh::score::hierarchy::{Element, Floor};
use sanjeh::score::{Run, column, treatment};
use sanjeh::whatif::certified::band::Band;
use sanjeh::whatif::certified::{Effort, Scores, intervals};
use sanjeh::whatif::sensitivity::alternatives::{Basis, Measured};
use sanjeh::whatif::sensitivity::analysis::Analysis;
use sanjeh::whatif::sensitivity::indices::{Bootstrap, FirstOrder, Outputs, indices};
use sanjeh::whatif::sensitivity::outcome::Outcome;
use sanjeh::whatif::sensitivity::study::Study;
use sanjeh::whatif::sensitivity::tree::{Columns, Tree};

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

    fn below(&mut self, count: usize) -> usize {
        (self.next() * count as f64) as usize
    }
}

const UNITS: usize = 51;
const INDICATORS: usize = 49;
const GROUPS: usize = 8;

/// Indicators in eight groups, those in two, those in the total.
fn elements() -> Vec<Element> {
    let outer = INDICATORS + GROUPS;
    let parent = |at: usize| match at {
        at if at < INDICATORS => Some(INDICATORS + at % GROUPS),
        at if at < outer => Some(outer + (at - INDICATORS) % 2),
        at if at < outer + 2 => Some(outer + 2),
        _ => None,
    };
    let element =
        |at| Element { parent: parent(at), weight: 1.0, combine: Combine::default(), floor: Floor::Count(0.0) };
    (0..outer + 3).map(element).collect()
}

#[divan::bench(sample_count = 40)]
fn replay(bencher: Bencher) {
    let mut numbers = Numbers(2026);
    // Skewed, so that some columns are treated.
    let columns: Vec<Vec<Option<f64>>> = (0..INDICATORS)
        .map(|at| {
            let power = 1 + at % 6;
            (0..UNITS).map(|_| Some((0..power).map(|_| 1.0 + 9.0 * numbers.next()).product())).collect()
        })
        .collect();
    let elements = elements();
    let weights: Vec<Vec<f64>> =
        (0..100).map(|_| elements.iter().map(|_| 0.75 + 0.5 * numbers.next()).collect()).collect();
    let runs: Vec<[usize; 4]> =
        (0..600).map(|_| [numbers.below(5), numbers.below(2), numbers.below(100), numbers.below(2)]).collect();
    let scales = [Normaliser::MinMax { to: [1.0, 100.0] }, Normaliser::ZScore { mean: 10.0, sd: 2.0 }];
    bencher.bench(|| {
        let tables: Vec<[Columns; 2]> = (1..=5)
            .map(|points| {
                let rule = Treatment { points, ..Treatment::default() };
                let treated: Vec<_> = columns.iter().map(|values| treatment::treated(values, &rule).0).collect();
                [0, 1].map(|scale| {
                    let one =
                        |values: &Vec<_>| column::normalised(values, &scales[scale], Direction::HigherIsBetter, None);
                    Columns::new(&treated.iter().map(one).collect::<Vec<_>>())
                })
            })
            .collect();
        let tree = Tree::new(elements.clone(), INDICATORS).expect("a tree");
        let means = [tree.clone(), tree.with(Aggregation::Geometric)];
        let outcome = Outcome::of(runs.len(), UNITS, |run, scratch, totals| {
            let [points, scale, set, mean] = runs[run];
            means[mean].totals(&tables[points][scale], &weights[set], scratch, totals);
        });
        let changes = outcome.changes(outcome.ranks_of(0));
        indices(Outputs::new(&changes, 100).expect("a design"), FirstOrder::Saltelli)
    });
}

/// What a study is made of: 60 units of one type and the 18 indicators of THE, three missing in a hundred; two sets of policies,
/// 100 samples.
struct World {
    catalogue: Catalogue,
    edition: Edition,
    units: Units,
    measures: [Measures; 2],
    samples: Vec<Samples>,
}

fn world() -> World {
    const COUNT: usize = 60;
    let catalogue = catalogue::load(None, None).value;
    let mut edition = catalogue.find("the/wur/2026").expect("it is built in").clone();
    edition.indicators.iter_mut().for_each(|indicator| indicator.scorable = vec!["school".to_owned()]);
    assert_eq!(edition.indicators.len(), 18);
    let row = |at: usize| UnitRow {
        id: format!("unit-{at}"),
        name: Names::new("Unit", "واحد"),
        unit_type: "school".to_owned(),
        parents: Vec::new(),
        subject: String::new(),
        aliases: Vec::new(),
        valid: (None, None),
        place: Place::Run,
    };
    let units = Units::build((0..COUNT).map(row).collect()).value;
    let mut keys: Vec<_> = catalogue.measures.iter().map(|known| edition.measure_key(known)).collect();
    keys.sort();
    let mut numbers = Numbers(7);
    let mut cells = || {
        (0..COUNT * keys.len())
            .map(|_| match (numbers.next(), numbers.next()) {
                (gap, _) if gap < 0.03 => MeasuredValue::missing(Reason::NotSupplied),
                (_, value) => MeasuredValue::known(1.0 + 50.0 * value, 500, Status::Computed),
            })
            .collect::<Vec<_>>()
    };
    let measures = [(); 2].map(|()| Measures { keys: keys.clone(), cells: cells(), ..Measures::default() });
    let columns: Vec<usize> = (0..keys.len()).step_by(3).collect();
    let sample = |_| Samples {
        samples: 100,
        values: (0..100 * columns.len()).map(|_| 1.0 + 50.0 * numbers.next()).collect(),
        columns: columns.clone(),
    };
    let samples = (0..COUNT).map(sample).collect();
    World { catalogue, edition, units, measures, samples }
}

impl World {
    fn study(&self) -> Study {
        let [own, other] = &self.measures;
        let measured = [
            Measured { policy: "as_set", measures: own, samples: &self.samples },
            Measured { policy: "other", measures: other, samples: &self.samples },
        ];
        let among = Run::among(&self.units, own, &self.catalogue.measures, &self.edition);
        let run = Run { benchmark: None, minimum_units: 3, ..among };
        let basis = Basis { run, measured: &measured };
        Study::new(&basis, &Sensitivity::default(), None).expect("a study")
    }
}

#[divan::bench(sample_count = 10)]
fn draws(bencher: Bencher) {
    let study = world().study();
    let bootstrap = Bootstrap { samples: 200, seed: 2026, outside: 0.1 };
    bencher.counter(ItemsCount::new(study.design.draws())).bench(|| Analysis::of(&study, 0, bootstrap));
}

#[divan::bench(sample_count = 10)]
fn alternatives(bencher: Bencher) {
    let world = world();
    bencher.bench(|| world.study());
}

#[divan::bench(sample_count = 10)]
fn certified(bencher: Bencher) {
    let mut numbers = Numbers(51);
    // Units differ in all and in each, as real ones do.
    let rows = (0..UNITS).map(|_| {
        let level = 20.0 + 40.0 * numbers.next();
        (0..GROUPS).map(|_| level + 40.0 * numbers.next()).collect()
    });
    let scores = Scores { rows: rows.collect() };
    let band = Band::all(GROUPS);
    bencher.bench(|| intervals(&scores, &band, &[1.0 / GROUPS as f64; GROUPS], Effort::default()));
}
