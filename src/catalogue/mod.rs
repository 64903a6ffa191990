//! Catalogue: TOML → checked editions, benchmarks and measure definitions.
//!
//! A folder of the catalogue has one shape, whether it is built in, given with `--indicators` or is the `editions`
//! folder of an assessment (`indicators/README.md` documents every key):
//!
//! ```text
//! measures.toml             what formulas may name
//! the/wur/2026.toml         one edition; its id is its path without ".toml"
//! benchmarks/the/wur/2026.toml   published constants for that edition
//! ```
//!
//! Faults are looked for in four rounds: (1) shape – keys, types, duplicates; (2) each value by itself; (3) values against
//! each other – ids, codes, formulas; (4) structure – weights, cycles. Within a round all faults of a file are reported;
//! a file that fails round 1 is not looked at further, and a file with any fault is left out.

pub mod accreditation_rules;
mod benchmark;
mod check;
pub mod decision_table;
mod edition;
mod edition_text;
mod embedded;
pub mod lever;
mod measures;
mod method;
mod nearest;
mod normaliser;
pub mod rules;
pub mod scenario;
mod scenario_reader;
mod scenario_text;
mod shape;
mod source;
mod structure;
pub mod used;

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::{Checked, Finding};
use crate::model::benchmark::Benchmark;
use crate::model::edition::Edition;
use crate::model::measure::MeasureDefinition;

pub use embedded::FILES as EMBEDDED_FILES;

use source::Source;

/// Editions, benchmarks and measure definitions, each ascending by id.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Editions by [`Edition::id`].
    pub editions: Vec<Edition>,
    /// Benchmarks by [`Benchmark::edition`].
    pub benchmarks: Vec<Benchmark>,
    /// Measures by [`MeasureDefinition::code`].
    pub measures: Vec<MeasureDefinition>,
}

impl Catalogue {
    /// The edition with this id.
    pub fn find(&self, id: &str) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.id == id)
    }

    /// The benchmark of an edition.
    pub fn benchmark(&self, edition: &str) -> Option<&Benchmark> {
        self.benchmarks.iter().find(|benchmark| benchmark.edition == edition)
    }

    /// The definition of a measure.
    pub fn measure(&self, code: &str) -> Option<&MeasureDefinition> {
        self.measures.iter().find(|measure| measure.code == code)
    }

    /// The id nearest in spelling to one that is not in the catalogue, for a "did you mean".
    pub fn nearest(&self, id: &str) -> Option<&str> {
        nearest::nearest(id, self.editions.iter().map(|edition| edition.id.as_str()))
    }
}

/// Reads the built-in catalogue, or the folder `indicators` in its place, then what the folder `own` adds. A file of
/// `own` with the id of another takes its place and says so. A folder `own` that does not exist adds nothing.
///
/// Every fault is a finding with file, line and column; the file it lies in is left out.
pub fn load(indicators: Option<&Path>, own: Option<&Path>) -> Checked<Catalogue> {
    let mut findings = Vec::new();
    let mut sources = match indicators {
        None => embedded::sources(),
        Some(folder) => source::read_folder(folder, "indicators", true, &mut findings),
    };
    if let Some(folder) = own {
        sources.extend(source::read_folder(folder, "editions", false, &mut findings));
    }
    let catalogue = read(&sources, &mut findings);
    Checked { value: catalogue, findings }
}

/// The catalogue as an assessment sees it: with what its own folder `editions` adds.
pub fn of_assessment(indicators: Option<&Path>, dir: &Path) -> Checked<Catalogue> {
    let own = dir.join("editions");
    load(indicators, own.is_dir().then_some(own.as_path()))
}

/// What a file of the catalogue holds, by its path within the folder.
enum Kind {
    Measures,
    Benchmark,
    Rules,
    Edition,
}

fn kind(source: &Source) -> Kind {
    if source.path == "measures.toml" {
        Kind::Measures
    } else if source.path.starts_with("benchmarks/") {
        Kind::Benchmark
    } else if source.path.starts_with("rules/") {
        Kind::Rules
    } else {
        Kind::Edition
    }
}

fn read(sources: &[Source], findings: &mut Vec<Finding>) -> Catalogue {
    let mut measures = BTreeMap::new();
    for source in sources.iter().filter(|source| matches!(kind(source), Kind::Measures)) {
        for (definition, place) in measures::read(source, findings) {
            replace(&mut measures, definition.code.clone(), definition, "measure", place, findings);
        }
    }
    let measures: Vec<MeasureDefinition> = measures.into_values().collect();
    let mut editions = BTreeMap::new();
    for source in sources.iter().filter(|source| matches!(kind(source), Kind::Edition)) {
        if let Some(edition) = edition::read(source, &measures, findings) {
            replace(&mut editions, edition.id.clone(), edition, "edition", source.place(0), findings);
        }
    }
    let editions: Vec<Edition> = editions.into_values().collect();
    let mut benchmarks = BTreeMap::new();
    for source in sources.iter().filter(|source| matches!(kind(source), Kind::Benchmark)) {
        if let Some(benchmark) = benchmark::read(source, &editions, findings) {
            let id = benchmark.edition.clone();
            replace(&mut benchmarks, id, benchmark, "benchmark of", source.place(0), findings);
        }
    }
    Catalogue { editions, benchmarks: benchmarks.into_values().collect(), measures }
}

/// Enters a value; where its id is taken the later file wins, which is worth a warning because numbers move.
fn replace<T>(
    known: &mut BTreeMap<String, T>,
    id: String,
    value: T,
    what: &str,
    place: crate::diagnostic::Place,
    findings: &mut Vec<Finding>,
) {
    let message = format!("the {what} \"{id}\" is defined again; this definition takes the place of the earlier one");
    if known.insert(id, value).is_some() {
        findings.push(
            Finding::warning("catalogue-replaced", message)
                .at(place)
                .hint("give it an id of its own to keep both, and score them side by side"),
        );
    }
}
