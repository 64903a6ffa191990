//! The measures of single units from holdings that need not be the ledger's: what is asked again and again of a changed
//! copy, with everything about publications looked up once.

use crate::measure::holdings::Holdings;
use crate::measure::scope::Scope;
use crate::measure::works::Works;
use crate::measure::{Input, counts_publications_alone, scopes, value};
use crate::model::measure::{MeasureKey, MeasuredValue};
use crate::model::unit::UnitIndex;

/// Everything about publications that the measures of `keys` need.
pub struct Rows<'a> {
    input: Input<'a>,
    keys: &'a [MeasureKey],
    scopes: Vec<Scope<'a>>,
}

impl<'a> Rows<'a> {
    /// Looks at the publications of `input` once.
    pub fn new(input: Input<'a>, works: &'a Works, keys: &'a [MeasureKey]) -> Self {
        Rows { input, keys, scopes: scopes(input, works, keys) }
    }

    /// The values of one unit in the columns that are `wanted`. `sheets` hold its staff, students and money; journals and
    /// baselines need not be among them.
    pub fn of<'b>(
        &'b self,
        sheets: Input<'b>,
        unit: UnitIndex,
        holdings: &'b Holdings,
        wanted: &[bool],
    ) -> Vec<(usize, MeasuredValue)> {
        let of_column = |(column, _): (usize, &bool)| {
            let key = &self.keys[column];
            let alone = counts_publications_alone(self.input, key);
            let input = if alone { self.input } else { sheets };
            (column, value(input, key, unit.at(), &self.scopes, holdings))
        };
        wanted.iter().enumerate().filter(|(_, wanted)| **wanted).map(of_column).collect()
    }
}
