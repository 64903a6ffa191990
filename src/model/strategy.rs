//! Strategy: so much of a lever for so much money, as the office's catalogue states it.

use crate::diagnostic::Place;
use crate::model::money::MoneyUnit;
use crate::model::names::Names;
use crate::model::unit::UnitIndex;

/// How much of a lever one unit of intensity moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EffectRange {
    /// If it goes badly.
    pub low: f64,
    /// As expected.
    pub middle: f64,
    /// If it goes well.
    pub high: f64,
}

/// What one unit of intensity costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// The sum, at least 0.
    pub sum: f64,
    /// In which money unit; `None` only where the sum is 0.
    pub money: Option<MoneyUnit>,
}

/// Two strategies that work better at the same unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Helper {
    /// Index of the other strategy.
    pub strategy: usize,
    /// By what part the effect of both grows; 0.2 is a fifth.
    pub part: f64,
}

/// A row of `strategies/catalogue.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct Strategy {
    /// The office's code, unique.
    pub id: String,
    /// Names by language.
    pub name: Names,
    /// Code of the lever that it moves.
    pub lever: String,
    /// Units where it can be done, ascending.
    pub units: Vec<UnitIndex>,
    /// Amount of the lever per unit of intensity.
    pub effect: EffectRange,
    /// Cost per unit of intensity.
    pub cost: Cost,
    /// Years until it has its effect.
    pub lead_years: f64,
    /// Greatest intensity at one unit.
    pub capacity: f64,
    /// Greatest intensity over all units.
    pub total: Option<f64>,
    /// Indices of strategies without which it cannot be done.
    pub requires: Vec<usize>,
    /// Indices of strategies that cannot be done at the same unit.
    pub excludes: Vec<usize>,
    /// Strategies that work better beside it. Stated on either side, kept on the one that states it.
    pub synergies: Vec<Helper>,
    /// Who is responsible, by language.
    pub owner: Names,
    /// What a reader should know.
    pub note: String,
    /// The row.
    pub place: Place,
}
