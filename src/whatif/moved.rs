//! Why a composite moved from one run to the next: its change split exactly over own data, peers, method and corrections,
//! and over the indicators.
//!
//! For every set S of the four factors the exact engine scores a mixture ([`mixture`]) of the two runs in which the factors
//! of S stand as in the second run and the others as in the first; [`crate::whatif::shapley`] splits over the 16 of
//! them. The points that indicators bring to a composite sum to it, and the split is linear: the parts of the indicators
//! sum to those of the total.
//!
//! * Measures are matched by code. A changed window, and an edition's rules of counting with it, are own data: they
//!   change what was counted, and a run keeps no publications to count again.
//! * What only one edition asks for is taken from its run for both sides: the whole of it is method.
//! * Corrections move a measure by what it differs from the measure without the office's overrides; a mixture adds the one run's
//!   difference to the other run's measure.
//! * Where a mixture has no composite – it lacks too much of the weight – the change is given without parts.

mod causes;
mod mixture;

use rayon::prelude::*;

use crate::model::benchmark::Benchmark;
use crate::model::edition::Edition;
use crate::model::measure::MeasureDefinition;
use crate::model::moved::{EditionMove, Factor, IndicatorPart, Move, UnitMove};
use crate::model::score::Scorecard;
use crate::model::stored_run::{OVERALL, StoredRun};
use crate::model::unit::UnitIndex;
use crate::whatif::shapley;
use mixture::Mixtures;

/// Number of factors.
const FACTORS: usize = Factor::ALL.len();
/// All of them changed.
const ALL: usize = (1 << FACTORS) - 1;

/// One run by one edition.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The run.
    pub run: &'a StoredRun,
    /// The edition.
    pub edition: &'a Edition,
    /// Its published constants.
    pub benchmark: Option<&'a Benchmark>,
    /// Definitions of measures.
    pub definitions: &'a [MeasureDefinition],
}

impl Side<'_> {
    /// Whether the edition has this indicator.
    fn has(&self, code: &str) -> bool {
        self.edition.indicators.iter().any(|indicator| indicator.code == code)
    }
}

/// Moves of the units that both runs have, or of those for which `wanted` holds.
pub fn moves(sides: [Side; 2], wanted: &(dyn Fn(&str) -> bool + Sync)) -> EditionMove {
    let mixtures = Mixtures::new(sides);
    let units: Vec<&str> = sides[1].run.units.iter().map(|(_, unit)| unit.id.as_str()).collect();
    let both = |id: &&str| wanted(id) && sides[0].run.units.find(id).is_some();
    let ids: Vec<&str> = units.into_iter().filter(both).collect();
    let units = ids.into_par_iter().map(|id| of_unit(&mixtures, id)).collect();
    EditionMove { from: sides[0].edition.id.clone(), to: sides[1].edition.id.clone(), units }
}

/// What one mixture comes to for the unit.
struct Scored<'a> {
    edition: &'a Edition,
    card: Scorecard,
    unit: UnitIndex,
}

impl Scored<'_> {
    /// A composite by the code of its group.
    fn composite(&self, group: &str) -> Option<f64> {
        let groups = &self.edition.groups;
        let at = if group == OVERALL { groups.len() } else { groups.iter().position(|known| known.code == group)? };
        self.card.composites_of(self.unit, groups.len()).get(at)?.score
    }

    /// The points that an indicator brings to the total; one that the edition does not have brings none.
    fn points(&self, code: &str) -> f64 {
        let indicators = &self.edition.indicators;
        let at = indicators.iter().position(|known| known.code == code);
        let score = at.and_then(|at| self.card.scores_of(self.unit, indicators.len()).get(at));
        score.and_then(|score| score.contribution).unwrap_or(0.0)
    }
}

fn of_unit(mixtures: &Mixtures, id: &str) -> UnitMove {
    let sides = mixtures.sides;
    // A factor that is the same in both runs needs no mixture of its own.
    let inert = mixtures.inert();
    let mut scored: Vec<Option<Scored>> = (0..=ALL).map(|_| None).collect();
    for set in (0..=ALL).filter(|set| set & inert == 0) {
        let (card, unit) = mixtures.scored(id, set);
        scored[set] = Some(Scored { edition: sides[mixture::side(set, Factor::Method)].edition, card, unit });
    }
    let of_set = |set: usize| scored[set & !inert].as_ref();
    let all = |value: &dyn Fn(&Scored) -> Option<f64>| -> Vec<Option<f64>> {
        (0..=ALL).map(|set| of_set(set).and_then(value)).collect()
    };
    let second = sides[1].edition.groups.iter().map(|group| group.code.as_str());
    let groups = second.filter(|code| sides[0].edition.groups.iter().any(|group| group.code == **code));
    let moves: Vec<Move> = groups
        .chain([OVERALL])
        .map(|group| {
            let values = all(&|scored| scored.composite(group));
            let parts = shapley::split::<FACTORS>(&values).ok();
            Move { group: group.to_owned(), from: values[0], to: values[ALL], parts }
        })
        .collect();
    let totals = all(&|scored| scored.composite(OVERALL));
    let absent = totals.iter().position(Option::is_none);
    let ends = [of_set(0), of_set(ALL)];
    let mut indicators = Vec::new();
    if absent.is_none() {
        for code in codes(sides) {
            let values = all(&|scored| Some(scored.points(code)));
            let Ok(parts) = shapley::split::<FACTORS>(&values) else { continue };
            for (factor, points) in Factor::ALL.into_iter().zip(parts) {
                let cards = ends.map(|end| end.map(|end| (&end.card, end.unit)));
                let cause =
                    if points == 0.0 { String::new() } else { causes::cause(mixtures, id, code, factor, cards) };
                indicators.push(IndicatorPart { indicator: code.to_owned(), factor, points, cause });
            }
        }
    }
    let unit_type = sides[1].run.units.find(id).map(|unit| sides[1].run.units.get(unit).unit_type.clone());
    UnitMove {
        unit: id.to_owned(),
        unit_type: unit_type.unwrap_or_default(),
        moves,
        indicators,
        unsplit: absent.map(in_words),
    }
}

/// Indicators of the second edition, then those that are gone.
fn codes<'a>(sides: [Side<'a>; 2]) -> impl Iterator<Item = &'a str> {
    let gone = sides[0].edition.indicators.iter().filter(move |indicator| !sides[1].has(&indicator.code));
    sides[1].edition.indicators.iter().chain(gone).map(|indicator| indicator.code.as_str())
}

/// A mixture in words.
fn in_words(set: usize) -> String {
    let named = |second: bool| {
        let factors = Factor::ALL.into_iter().enumerate().filter(|(bit, _)| (set & (1 << bit) != 0) == second);
        factors.map(|(_, factor)| factor.as_str().replace('_', " ")).collect::<Vec<_>>().join(", ")
    };
    match set {
        0 => "the first run has no composite".to_owned(),
        ALL => "the second run has no composite".to_owned(),
        _ => format!("with {} of the second run and {} of the first there is no composite", named(true), named(false)),
    }
}
