//! Units by type: like is compared with like.

use std::collections::BTreeMap;

use crate::model::unit::Units;

/// Units by type, types in the order of their first unit.
#[derive(Debug, Clone)]
pub struct Types<'a> {
    /// Names of the types.
    pub names: Vec<&'a str>,
    /// Units of each type, ascending.
    pub members: Vec<Vec<usize>>,
    /// Type of each unit.
    pub of_unit: Vec<usize>,
}

impl<'a> Types<'a> {
    /// Sorts the units by type.
    pub fn new(units: &'a Units) -> Self {
        let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
        let mut types = Types { names: Vec::new(), members: Vec::new(), of_unit: Vec::new() };
        for (index, unit) in units.iter() {
            let position = *positions.entry(unit.unit_type.as_str()).or_insert_with(|| {
                types.names.push(unit.unit_type.as_str());
                types.members.push(Vec::new());
                types.names.len() - 1
            });
            types.members[position].push(index.at());
            types.of_unit.push(position);
        }
        types
    }

    /// Without the units of types of which none is asked for.
    pub fn only(mut self, asked: Option<&[bool]>) -> Self {
        if let Some(asked) = asked {
            for members in &mut self.members {
                if !members.iter().any(|&unit| asked[unit]) {
                    members.clear();
                }
            }
        }
        self
    }
}
