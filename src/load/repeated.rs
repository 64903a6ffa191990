//! Figures that two sheets state for the same unit and year: both are counted, and somebody should know.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Finding, Place};
use crate::model::tables::Tables;

/// A file and a sheet in it.
type SheetName = (String, String);

/// Warns once for every two sheets that state the same figure (`repeated-figure`). Rows of one sheet may repeat a unit and
/// year: they are its programmes.
pub fn report(tables: &Tables, findings: &mut Vec<Finding>) {
    let id = |unit: crate::model::unit::UnitIndex| tables.units.get(unit).id.clone();
    let students =
        tables.students.iter().map(|s| (format!("students {} {} {:?}", id(s.unit), s.year, s.level), &s.place));
    let degrees = tables.degrees.iter().map(|d| (format!("degrees {} {} {:?}", id(d.unit), d.year, d.level), &d.place));
    let finance = tables.finance.iter().map(|f| (format!("money {} {} {:?}", id(f.unit), f.year, f.item), &f.place));
    let supplied = tables.supplied.iter().map(|s| (format!("{} {} {:?}", s.measure, id(s.unit), s.year), &s.place));
    for figures in [students.collect(), degrees.collect(), finance.collect(), supplied.collect::<Vec<_>>()] {
        report_table(figures, findings);
    }
}

fn report_table(figures: Vec<(String, &Place)>, findings: &mut Vec<Finding>) {
    let mut first: FxHashMap<String, SheetName> = FxHashMap::default();
    let mut pairs: BTreeMap<(SheetName, SheetName), (u64, Place)> = BTreeMap::new();
    for (figure, place) in figures {
        let sheet = sheet_of(place);
        let known = first.entry(figure).or_insert_with(|| sheet.clone());
        if *known != sheet {
            pairs.entry((known.clone(), sheet)).or_insert_with(|| (0, place.clone())).0 += 1;
        }
    }
    for (((file, sheet), _), (count, place)) in pairs {
        let other = if sheet.is_empty() { file } else { format!("{file} › {sheet}") };
        let message = format!("{count} figures from here on are stated in {other} too; both are counted");
        findings.push(
            Finding::warning("repeated-figure", message)
                .at(place)
                .hint("remove one of the two, unless they are parts that add up"),
        );
    }
}

fn sheet_of(place: &Place) -> SheetName {
    match place {
        Place::Cell { file, sheet, .. } => (file.clone(), sheet.clone().unwrap_or_default()),
        other => (other.file_name().unwrap_or_default().to_owned(), String::new()),
    }
}
