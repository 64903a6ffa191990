//! Touched: what of each unit a scenario can move.

use crate::measure::institutional::Sheet;
use crate::model::scenario::{Change, Thing};
use crate::model::unit::{UnitIndex, Units};

/// What can move at a unit.
#[derive(Debug, Clone, Copy, Default)]
pub struct Touched {
    any: bool,
    sheets: [bool; 4],
}

impl Touched {
    /// Whether anything can.
    pub fn any(&self) -> bool {
        self.any
    }

    /// Marks a sheet, or publications where none is named.
    pub fn mark(&mut self, sheet: Option<Sheet>) {
        self.any = true;
        if let Some(sheet) = sheet {
            self.sheets[sheet as usize] = true;
        }
    }

    /// Whether a sheet has changed, or any where none is named.
    pub fn has(&self, sheet: Option<Sheet>) -> bool {
        sheet.map_or(self.sheets.contains(&true), |sheet| self.sheets[sheet as usize])
    }
}

/// Marks the units whose sheets a change at `unit` can move. Whoever goes may have other posts; students, degrees and money
/// may be stated below the unit, and count for all above those that state them.
pub fn touch(units: &Units, change: &Change, unit: UnitIndex, touched: &mut [Touched]) {
    let mut mark = |unit: UnitIndex, sheet: Sheet| touched[unit.at()].mark(Some(sheet));
    let sheet = match &change.thing {
        Thing::Students { .. } => Sheet::Students,
        Thing::Degrees { .. } => Sheet::Degrees,
        Thing::Income { .. } => Sheet::Finance,
        _ => {
            let gone = change.total().absolute < 0.0 || matches!(change.thing, Thing::Reclassify(..));
            if gone || change.total().relative != 0.0 {
                units.iter().for_each(|(unit, _)| mark(unit, Sheet::Staff));
            } else {
                units.ancestors(unit).iter().for_each(|unit| mark(*unit, Sheet::Staff));
            }
            return;
        }
    };
    for below in units.descendants(unit) {
        units.ancestors(*below).iter().for_each(|unit| mark(*unit, sheet));
    }
}
