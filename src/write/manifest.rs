//! The manifest: what a run was made from, by which switches, and what it made. No clock, host name or absolute path.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::model::results::Results;
use crate::write::calibration;

/// Lower-case hex SHA-256.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `manifest.json`: tool version, editions, inputs, policies, counts, and the digests of all other outputs.
pub fn manifest(results: &Results, outputs: &[(String, String)]) -> Vec<u8> {
    let editions: Vec<Value> = results
        .editions
        .iter()
        .map(|edition| {
            let benchmark = results.benchmarks.iter().find(|benchmark| benchmark.edition == edition.id);
            json!({
                "id": edition.id,
                "sha256": edition.digest,
                "verified": edition.verified,
                "partial": edition.partial,
                "benchmark_sha256": benchmark.map(|benchmark| benchmark.digest.clone()),
            })
        })
        .collect();
    let inputs: Vec<Value> = results
        .tables
        .sources
        .iter()
        .map(|source| {
            let layouts: Vec<Value> =
                source.layouts.iter().map(|(sheet, layout)| json!({ "sheet": sheet, "layout": layout })).collect();
            json!({
                "file": source.file,
                "sha256": source.digest,
                "bytes": source.bytes,
                "sheets": layouts,
                "rows": source.rows,
                "rows_left_out": source.left_out,
            })
        })
        .collect();
    let calibrations: Vec<Value> = results
        .calibrations
        .iter()
        .map(|calibration| {
            json!({
                "edition": calibration.edition,
                "indicator": calibration.indicator,
                "unit_type": calibration.unit_type,
                "points": calibration.points,
                "error": calibration.error,
                "range": calibration.range,
                "editions": calibration.editions,
                "scores": calibration::scores(results, calibration),
            })
        })
        .collect();
    let overrides: Vec<Value> = results
        .ledger
        .overrides
        .iter()
        .map(|applied| {
            json!({
                "place": applied.place.to_string(),
                "kind": applied.kind,
                "target": applied.target,
                "effect": applied.detail,
                "credits": applied.credits,
                "who": applied.who,
                "date": applied.date,
                "reason": applied.reason,
            })
        })
        .collect();
    let duplicates = results.ledger.excluded.iter().filter(|row| row.reason == "duplicate-record").count();
    let document = json!({
        "tool": { "name": "sanjeh", "version": env!("CARGO_PKG_VERSION") },
        "institution": { "name": results.assessment.institution.name, "invented": results.assessment.institution.invented },
        "assessment_sha256": results.assessment_digest,
        "policies": results.assessment,
        "editions": editions,
        "calibrations": calibrations,
        "inputs": inputs,
        "last_year_sha256": results.last_year.digests,
        "overrides_applied": overrides,
        "credits_on_overrides": results.ledger.credits_on_overrides(),
        "counts": {
            "units": results.tables.units.len(),
            "staff": results.tables.staff.len(),
            "records": results.tables.records.0.height(),
            "duplicate_records": duplicates,
            "publications": results.publications.len(),
            "credits": results.ledger.credits.len(),
            "cases_to_review": results.ledger.cases_to_review(),
            "findings": results.findings.len(),
        },
        "outputs": outputs.iter().map(|(path, sha256)| json!({ "path": path, "sha256": sha256 })).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}
