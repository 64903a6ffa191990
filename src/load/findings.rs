//! The findings of one sheet, bounded: a hundred thousand rows with the same fault must not fill the memory.

use std::collections::BTreeMap;

use crate::diagnostic::{Finding, Place};

/// Findings of one code kept word for word per sheet; the rest are counted.
const KEPT_PER_CODE: u64 = 1000;

/// Collects the findings of one sheet.
#[derive(Debug, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    counts: BTreeMap<&'static str, (u64, Option<Finding>)>,
}

impl Findings {
    /// Adds a finding, or counts it once there are enough of its code.
    pub fn push(&mut self, finding: Finding) {
        let (count, last) = self.counts.entry(finding.code).or_default();
        *count += 1;
        if *count <= KEPT_PER_CODE {
            self.kept.push(finding);
        } else {
            *last = Some(finding);
        }
    }

    /// How many findings of a code there are so far.
    pub fn count(&self, code: &str) -> u64 {
        self.counts.get(code).map_or(0, |(count, _)| *count)
    }

    /// Adds several.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }

    /// All kept findings in their order, and for each code with more of them one line that says how many and up to which row.
    pub fn finish(self) -> Vec<Finding> {
        let mut findings = self.kept;
        for (count, last) in self.counts.into_values() {
            if let Some(last) = last {
                let row = match &last.place {
                    Place::Cell { row, .. } => format!(", the last in row {row}"),
                    _ => String::new(),
                };
                let message = format!("{} more findings of this kind in this sheet{row}", count - KEPT_PER_CODE);
                findings.push(Finding { message, hints: Vec::new(), ..last });
            }
        }
        findings
    }
}
