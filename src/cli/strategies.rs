//! What an assessment's folder `strategies` holds, as `check` looks at it: levers, the catalogue, scenarios.

use std::path::Path;

use crate::catalogue;
use crate::cli::args::Global;
use crate::diagnostic::Finding;
use crate::load;
use crate::model::results::Results;

/// Everything that is wrong in the folder.
pub fn findings(global: &Global, dir: &Path, results: &Results) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !dir.join("strategies").is_dir() {
        return findings;
    }
    let levers = catalogue::lever::levers(Some(dir), &results.definitions).into_value(&mut findings);
    let codes: Vec<&str> = levers.iter().map(|lever| lever.code.as_str()).collect();
    findings.extend(load::strategies(dir, &results.tables, &codes, &load::Limits::default()).findings);
    let scenarios = scenario_files(dir);
    if scenarios.is_empty() {
        return findings;
    }
    let editions = catalogue::of_assessment(global.indicators.as_deref(), dir).value.editions;
    let known =
        catalogue::scenario::Known { units: &results.tables.units, scored: &results.editions, editions: &editions };
    for file in scenarios {
        findings.extend(catalogue::scenario::file(&dir.join(&file), &file, known).findings);
    }
    findings
}

/// Paths of the scenario files, relative to the assessment, ascending.
fn scenario_files(dir: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(dir.join("strategies/scenarios")) else { return Vec::new() };
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut files: Vec<String> = names
        .filter(|name| name.ends_with(".toml") && !name.starts_with('.'))
        .map(|name| format!("strategies/scenarios/{name}"))
        .collect();
    files.sort();
    files
}
