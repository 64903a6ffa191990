//! Which unit a cell names: by id, by name in any language, or by another spelling.

use rustc_hash::FxHashMap;

use crate::load::layout::Field;
use crate::load::nearest::nearest;
use crate::model::tables::Alias;
use crate::model::text::fold;
use crate::model::unit::{UnitIndex, Units};

/// All spellings of all units.
#[derive(Debug, Default)]
pub struct UnitNames {
    ids: FxHashMap<String, Vec<UnitIndex>>,
    spellings: FxHashMap<String, Vec<UnitIndex>>,
    printed: Vec<String>,
}

/// Units of one spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// No unit has it.
    None,
    /// One has.
    One(UnitIndex),
    /// Several have, such as departments of two schools.
    Several(Vec<UnitIndex>),
}

impl Found {
    fn of(units: Option<&Vec<UnitIndex>>) -> Found {
        match units.map(Vec::as_slice) {
            None | Some([]) => Found::None,
            Some([unit]) => Found::One(*unit),
            Some(several) => Found::Several(several.to_vec()),
        }
    }

    /// The unit, if it is exactly one.
    pub fn one(self) -> Option<UnitIndex> {
        match self {
            Found::One(unit) => Some(unit),
            _ => None,
        }
    }
}

impl UnitNames {
    /// Collects the spellings. `aliases` are those of the aliases sheet.
    pub fn new(units: &Units, aliases: &[Alias]) -> UnitNames {
        let mut names = UnitNames::default();
        let add = |map: &mut FxHashMap<String, Vec<UnitIndex>>, spelling: &str, unit: UnitIndex| {
            let key = fold(spelling);
            if !key.is_empty() {
                let found = map.entry(key).or_default();
                if !found.contains(&unit) {
                    found.push(unit);
                }
            }
        };
        for (index, unit) in units.iter() {
            add(&mut names.ids, &unit.id, index);
            for spelling in unit.name.0.values().chain(&unit.aliases) {
                add(&mut names.spellings, spelling, index);
                names.printed.push(spelling.clone());
            }
            names.printed.push(unit.id.clone());
        }
        for alias in aliases {
            add(&mut names.spellings, &alias.spelling, alias.unit);
        }
        names
    }

    /// The units of a spelling; ids come before names.
    pub fn find(&self, spelling: &str) -> Found {
        let key = fold(spelling);
        match Found::of(self.ids.get(&key)) {
            Found::None => Found::of(self.spellings.get(&key)),
            found => found,
        }
    }

    /// The same for a cell of a unit column, whose header may carry a part of the name: in a column "School", the cell
    /// "Medicine" is the School of Medicine.
    pub fn find_in(&self, spelling: &str, field: Option<&Field>) -> Found {
        let found = self.find(spelling);
        let (Found::None, Some(field)) = (&found, field) else { return found };
        let before = field.prefixes.iter().map(|prefix| format!("{prefix} {spelling}"));
        let after = field.suffixes.iter().map(|suffix| format!("{spelling} {suffix}"));
        before.chain(after).map(|name| self.find(&name)).find(|found| *found != Found::None).unwrap_or(found)
    }

    /// The printed spelling nearest to an unknown one.
    pub fn nearest(&self, spelling: &str) -> Option<&str> {
        nearest(spelling, self.printed.iter().map(String::as_str))
    }
}

/// Drops every unit that stands above another of the list: a post in a department is a post in its school already.
pub fn most_particular(units: &Units, list: Vec<UnitIndex>) -> Vec<UnitIndex> {
    let is_above = |unit: UnitIndex| list.iter().any(|&other| other != unit && units.ancestors(other).contains(&unit));
    list.iter().copied().filter(|&unit| !is_above(unit)).collect()
}
