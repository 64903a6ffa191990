//! The stages of the annual run over the sample generator: `cargo bench`. Items are publications.

use std::path::Path;

use divan::{Bencher, counter::ItemsCount};
use sanjeh::model::assessment::Assessment;
use sanjeh::model::edition::Edition;
use sanjeh::model::ledger::Ledger;
use sanjeh::model::measure::Measures;
use sanjeh::model::publication::Publications;
use sanjeh::model::tables::Tables;
use sanjeh::score::Run;
use sanjeh::{attribute, catalogue, load, measure, sample};
use tempfile::TempDir;

const SIZES: [usize; 2] = [10_000, 100_000];

fn main() {
    divan::main();
}

/// A sample on disk.
fn folder(publications: usize) -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for file in sample::generate(&sample::Size::scaled(publications)).files {
        let path = dir.path().join(&file.path);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        std::fs::write(path, &file.bytes).expect("a file");
    }
    dir
}

fn loaded(dir: &Path) -> (Assessment, Tables) {
    let (assessment, _, _) = load::assessment(dir).expect("the sample loads");
    let tables = load::tables(dir, &assessment, &load::Limits::default(), &|_| ()).expect("the sample loads").value;
    (assessment, tables)
}

/// A stage's input.
struct Prepared {
    assessment: Assessment,
    tables: Tables,
    publications: Publications,
    ledger: Ledger,
    catalogue: catalogue::Catalogue,
    editions: Vec<Edition>,
}

impl Prepared {
    fn new(publications: usize) -> Self {
        let dir = folder(publications);
        let (assessment, tables) = loaded(dir.path());
        let (publications, ledger) = attribute::attribute(&tables, &assessment).value;
        let catalogue = catalogue::load(None, None).value;
        let editions =
            catalogue.editions.iter().filter(|edition| assessment.editions.contains(&edition.id)).cloned().collect();
        Prepared { assessment, tables, publications, ledger, catalogue, editions }
    }

    fn measured(&self) -> Measures {
        let input = measure::Input {
            assessment: &self.assessment,
            tables: &self.tables,
            publications: &self.publications,
            ledger: &self.ledger,
            editions: &self.editions,
            definitions: &self.catalogue.measures,
        };
        measure::measure(input).value
    }

    fn score(&self, measures: &Measures) -> usize {
        let score = |edition: &Edition| {
            let benchmark = self.catalogue.benchmarks.iter().find(|benchmark| benchmark.edition == edition.id);
            let (units, definitions) = (&self.tables.units, &self.catalogue.measures);
            let among = Run::among(units, measures, definitions, edition);
            Run { benchmark, peers: &self.tables.peers, minimum_units: 3, ..among }.scorecard().scores.len()
        };
        self.editions.iter().map(score).sum()
    }
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn load_stage(bencher: Bencher, publications: usize) {
    let dir = folder(publications);
    bencher.counter(ItemsCount::new(publications)).bench_local(|| loaded(dir.path()));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn attribute_stage(bencher: Bencher, publications: usize) {
    let prepared = Prepared::new(publications);
    bencher
        .counter(ItemsCount::new(publications))
        .bench_local(|| attribute::attribute(&prepared.tables, &prepared.assessment));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn measure_stage(bencher: Bencher, publications: usize) {
    let prepared = Prepared::new(publications);
    bencher.counter(ItemsCount::new(publications)).bench_local(|| prepared.measured());
}

#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn score_stage(bencher: Bencher, publications: usize) {
    let prepared = Prepared::new(publications);
    let measures = prepared.measured();
    bencher.counter(ItemsCount::new(publications)).bench_local(|| prepared.score(&measures));
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn whole_run(bencher: Bencher, publications: usize) {
    let dir = folder(publications);
    let path = dir.path().to_string_lossy().into_owned();
    let run = || {
        std::process::Command::new(env!("CARGO_BIN_EXE_sanjeh"))
            .args(["run", "--quiet", &path])
            .status()
            .expect("the program runs")
    };
    bencher.counter(ItemsCount::new(publications)).bench_local(run);
}
