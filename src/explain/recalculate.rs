//! Working a changed copy out again: the same stages as a run, on other policies or another ledger.

use crate::attribute;
use crate::measure;
use crate::model::assessment::Assessment;
use crate::model::ledger::Ledger;
use crate::model::publication::Publications;
use crate::model::results::Results;
use crate::score;

/// The input of the measures behind `results`.
pub fn input(results: &Results) -> measure::Input<'_> {
    measure::Input {
        assessment: &results.assessment,
        tables: &results.tables,
        publications: &results.publications,
        ledger: &results.ledger,
        editions: &results.editions,
        definitions: &results.definitions,
    }
}

/// The results under other policies: attributed, measured and scored again.
pub fn with_assessment(results: &Results, assessment: Assessment) -> Results {
    let (publications, ledger) = attribute::attribute(&results.tables, &assessment).value;
    measured(Results { assessment, publications, ledger, ..results.clone() })
}

/// The results with another ledger: measured and scored again.
pub fn with_ledger(results: &Results, publications: Publications, ledger: Ledger) -> Results {
    measured(Results { publications, ledger, ..results.clone() })
}

/// Measures and scores of what the results hold.
fn measured(mut results: Results) -> Results {
    results.measures = measure::measure(input(&results)).value;
    results.scorecards = score::scorecards(&results);
    results
}
