//! What a run leaves for the next one: its key, its outputs, and what it said. A run with the same key whose outputs are
//! all still there has nothing to do.

use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cli::run_key::digest;
use crate::cli::summary::Summary;
use crate::diagnostic::{Finding, Place, Severity};
use crate::model::output::Output;
use crate::write::Digests;

/// The file in the output folder.
pub const FILE: &str = "state.json";

/// What is known of the last run.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    /// What its results follow from.
    key: String,
    /// Its outputs: path, bytes, SHA-256.
    outputs: Vec<(String, u64, String)>,
    /// What it said at the end.
    pub summary: Summary,
    findings: Vec<KeptFinding>,
}

/// A finding as it stands in the file.
#[derive(Debug, Serialize, Deserialize)]
struct KeptFinding {
    severity: Severity,
    code: String,
    place: Place,
    message: String,
    hints: Vec<String>,
}

impl Kept {
    /// What to keep of a run, whose outputs have these digests.
    pub fn new(key: String, outputs: &[Output], digests: Digests, summary: Summary, findings: &[Finding]) -> Self {
        let output = |(output, (path, digest)): (&Output, _)| (path, output.bytes.len() as u64, digest);
        let finding = |finding: &Finding| KeptFinding {
            severity: finding.severity,
            code: finding.code.to_owned(),
            place: finding.place.clone(),
            message: finding.message.clone(),
            hints: finding.hints.clone(),
        };
        Kept {
            key,
            outputs: outputs.iter().zip(digests).map(output).collect(),
            summary,
            findings: findings.iter().map(finding).collect(),
        }
    }

    /// As a file of the output folder; `None` where it cannot be written down, so that the next run is a whole one.
    pub fn output(&self) -> Option<Output> {
        let mut bytes = serde_json::to_vec(self).ok()?;
        bytes.push(b'\n');
        Some(Output { path: FILE.to_owned(), bytes })
    }

    /// What the last run left in `out`, where its key is this one and every output is as it was written.
    pub fn unchanged(out: &Path, key: &str) -> Option<Kept> {
        let kept: Kept = serde_json::from_slice(&std::fs::read(out.join(FILE)).ok()?).ok()?;
        let there = |(path, bytes, sha256): &(String, u64, String)| {
            let file = out.join(path);
            std::fs::metadata(&file).is_ok_and(|known| known.len() == *bytes)
                && std::fs::read(&file).is_ok_and(|content| digest(&content) == *sha256)
        };
        (kept.key == key && kept.outputs.par_iter().all(there)).then_some(kept)
    }

    /// The findings of that run.
    pub fn findings(&self) -> Vec<Finding> {
        let finding = |kept: &KeptFinding| Finding {
            severity: kept.severity,
            // Codes are words of the program; these few live as long as it does.
            code: Box::leak(kept.code.clone().into_boxed_str()),
            place: kept.place.clone(),
            message: kept.message.clone(),
            hints: kept.hints.clone(),
        };
        self.findings.iter().map(finding).collect()
    }
}
