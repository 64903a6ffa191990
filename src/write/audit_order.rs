//! What to check first, as CSV.

use crate::diagnostic::Place;
use crate::model::audit_order::AuditOrder;

/// `rank,kind,file,sheet,row,column,value,plausible,edition,unit,move`; `column` is the field of the row, `move` in
/// points of the overall composite.
///
/// # Errors
/// Only where the CSV writer refuses a row, which it does not do in memory.
pub fn table(order: &AuditOrder) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "rank",
        "kind",
        "file",
        "sheet",
        "row",
        "column",
        "value",
        "plausible",
        "edition",
        "unit",
        "move",
    ])?;
    for (at, check) in order.checks.iter().enumerate() {
        let (sheet, row) = match &check.place {
            Place::Cell { sheet, row, .. } => (sheet.clone().unwrap_or_default(), row.to_string()),
            Place::Text { line, .. } => (String::new(), line.to_string()),
            Place::Run | Place::File { .. } => (String::new(), String::new()),
        };
        writer.write_record([
            &(at + 1).to_string(),
            check.kind.as_str(),
            check.place.file_name().unwrap_or_default(),
            &sheet,
            &row,
            &check.field,
            &check.value,
            &check.plausible,
            &check.edition,
            &check.unit,
            &check.points.to_string(),
        ])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
