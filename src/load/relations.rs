//! Relations of our units and other bodies to universities.

use crate::diagnostic::Finding;
use crate::load::findings::Findings;
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::UnitNames;
use crate::model::relation::{Relation, RelationKind};
use crate::model::unit::Units;

/// Reads the rows of a sheet. A name that is one of our units becomes its id; any other stays as printed. A joint body
/// needs its weight; without one the row is left out (`missing-value`).
pub fn read(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<Relation>, Count) {
    let named = |text: String| names.find(&text).one().map_or(text, |unit| units.get(unit).id.clone());
    sheet.each(findings, |entry| {
        let institution = named(entry.required("institution")?);
        let university = named(entry.required("university")?);
        let printed = entry.required("relation")?;
        let kind = match printed.to_lowercase().as_str() {
            "component" | "جزء" => RelationKind::Component,
            "joint" | "مشترک" => RelationKind::Joint,
            "associated" | "وابسته" => RelationKind::Associated,
            _ => {
                let message = format!("\"{printed}\" is no relation; the row is left out");
                let finding = Finding::error("unknown-value", message).hint("write component, joint or associated");
                return entry.refuse("relation", finding);
            }
        };
        let weight = match (kind, entry.number("weight")?) {
            (RelationKind::Joint, None) => return entry.missing("weight"),
            (RelationKind::Joint, Some(weight)) if !(0.0..=1.0).contains(&weight) => {
                let message = format!("a share of {weight} does not lie between 0 and 1; the row is left out");
                return entry.refuse("weight", Finding::error("bad-share", message));
            }
            (RelationKind::Joint, Some(weight)) => weight,
            _ => 1.0,
        };
        Ok(Relation { institution, university, kind, weight })
    })
}
