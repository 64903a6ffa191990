//! The result of one indicator under other policies: does the conclusion hold?

use serde::Serialize;

use crate::explain::recalculate;
use crate::model::assessment::{Assessment, AttributionMethod, Counting};
use crate::model::ledger::{Account, Ledger};
use crate::model::results::Results;
use crate::model::unit::UnitIndex;

/// Papers with more authors than this are left out by one of the alternatives.
pub const MANY_AUTHORS: usize = 100;

/// One indicator of one unit under one set of policies. All units are counted by the same policies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alternative {
    /// Stable name of the policy; `as_set` is the run's own.
    pub policy: &'static str,
    /// What differs from the run.
    pub meaning: &'static str,
    /// Publications that the unit holds, of any year and type.
    pub held: usize,
    /// Raw value.
    pub raw: Option<f64>,
    /// Score.
    pub score: Option<f64>,
    /// Rank among units of the type.
    pub rank: Option<u32>,
    /// How many those are.
    pub of: u32,
    /// Overall composite of the unit in the edition.
    pub overall: Option<f64>,
}

/// The run's own result and four alternatives.
pub fn of(results: &Results, edition: usize, indicator: usize, unit: UnitIndex) -> Vec<Alternative> {
    let changed = |change: &dyn Fn(&mut Assessment)| {
        let mut assessment = results.assessment.clone();
        change(&mut assessment);
        recalculate::with_assessment(results, assessment)
    };
    let row = |policy, meaning, results: &Results| alternative(policy, meaning, results, edition, indicator, unit);
    vec![
        row("as_set", "the policies of this run", results),
        row(
            "fractional",
            "each publication counts by the unit's share of its authors",
            &changed(&|assessment| assessment.policy.counting = Counting::Fractional),
        ),
        row(
            "without_many_authors",
            "without papers of more than 100 authors",
            &recalculate::with_ledger(results, results.publications.clone(), without_many_authors(results)),
        ),
        row(
            "roster_only",
            "authors are found by the staff sheet alone",
            &changed(&|assessment| assessment.attribution.by = vec![AttributionMethod::Roster]),
        ),
        row(
            "affiliation_only",
            "authors are found by their printed affiliation alone",
            &changed(&|assessment| assessment.attribution.by = vec![AttributionMethod::Affiliation]),
        ),
    ]
}

fn alternative(
    policy: &'static str,
    meaning: &'static str,
    results: &Results,
    edition: usize,
    indicator: usize,
    unit: UnitIndex,
) -> Alternative {
    let (definition, card) = (&results.editions[edition], &results.scorecards[edition]);
    let cell = &card.scores_of(unit, definition.indicators.len())[indicator];
    let overall = card.composites_of(unit, definition.groups.len()).last().and_then(|composite| composite.score);
    let held = results.ledger.publications_of(results.tables.units.descendants(unit)).len();
    Alternative { policy, meaning, held, raw: cell.raw, score: cell.score, rank: cell.rank, of: cell.of, overall }
}

/// The ledger without credits of units for papers of very many authors. They stay in the field baseline.
pub fn without_many_authors(results: &Results) -> Ledger {
    let mut ledger = results.ledger.clone();
    ledger.credits.retain(|credit| {
        credit.account == Account::Outside || results.publications.authors_of(credit.publication).len() <= MANY_AUTHORS
    });
    ledger
}
