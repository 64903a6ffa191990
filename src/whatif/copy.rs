//! A changed copy of a run's inputs: what no scenario touches is borrowed.

use std::borrow::Cow;

use crate::diagnostic::Finding;
use crate::measure;
use crate::model::assessment::Assessment;
use crate::model::benchmark::Benchmark;
use crate::model::edition::Edition;
use crate::model::ledger::Ledger;
use crate::model::publication::Publications;
use crate::model::results::Results;
use crate::model::tables::Tables;

/// Which stages have to be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Touched {
    /// Staff, students, degrees or money.
    pub institutional: bool,
    /// Publications, credits, or the rules by which they count.
    pub publications: bool,
    /// Units or editions: the tables of results have other rows or columns.
    pub shape: bool,
}

/// Inputs of a run, some of them changed.
#[derive(Debug, Clone)]
pub struct Copy<'a> {
    /// The run that is changed.
    pub base: &'a Results,
    /// Policies.
    pub assessment: Cow<'a, Assessment>,
    /// Sheets.
    pub tables: Cow<'a, Tables>,
    /// Works.
    pub publications: Cow<'a, Publications>,
    /// Credits.
    pub ledger: Cow<'a, Ledger>,
    /// Editions.
    pub editions: Cow<'a, [Edition]>,
    /// Published constants.
    pub benchmarks: Cow<'a, [Benchmark]>,
    /// What is not as it was.
    pub touched: Touched,
}

impl<'a> Copy<'a> {
    /// A copy with nothing changed.
    pub fn new(base: &'a Results) -> Self {
        Copy {
            base,
            assessment: Cow::Borrowed(&base.assessment),
            tables: Cow::Borrowed(&base.tables),
            publications: Cow::Borrowed(&base.publications),
            ledger: Cow::Borrowed(&base.ledger),
            editions: Cow::Borrowed(&base.editions),
            benchmarks: Cow::Borrowed(&base.benchmarks),
            touched: Touched::default(),
        }
    }

    /// What is measured.
    pub fn input(&self) -> measure::Input<'_> {
        measure::Input {
            assessment: &self.assessment,
            tables: &self.tables,
            publications: &self.publications,
            ledger: &self.ledger,
            editions: &self.editions,
            definitions: &self.base.definitions,
        }
    }

    /// All of it as results without intervals, for the tables of a run.
    pub fn into_results(self, outcome: super::again::Outcome, findings: Vec<Finding>) -> Results {
        let base = self.base;
        Results {
            assessment_digest: base.assessment_digest.clone(),
            tables: self.tables.into_owned(),
            publications: self.publications.into_owned(),
            ledger: self.ledger.into_owned(),
            definitions: base.definitions.clone(),
            measures: outcome.measures,
            editions: self.editions.into_owned(),
            benchmarks: self.benchmarks.into_owned(),
            scorecards: outcome.scorecards,
            calibrations: base.calibrations.clone(),
            findings,
            ..Results::bare(self.assessment.into_owned())
        }
    }
}
