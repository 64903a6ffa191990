//! Rebuilt composites as CSV.

use crate::model::supplied_table::Rebuilt;

/// `id,score,coverage,rank,published,error`, rows in the order of the table, numbers in full precision, `published` as
/// printed.
///
/// # Errors
/// Only where the CSV writer refuses a row, which it does not do in memory.
pub fn table(rows: &[Rebuilt]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["id", "score", "coverage", "rank", "published", "error"])?;
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    for row in rows {
        writer.write_record([
            row.id.as_str(),
            &number(row.score),
            &row.coverage.to_string(),
            &row.rank.map_or(String::new(), |rank| rank.to_string()),
            &row.published,
            &number(row.error),
        ])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
