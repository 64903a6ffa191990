//! Rows as CSV, for tables that commands write beside those of a run.

use serde::Serialize;

/// One line per row, with the columns of the rows themselves, numbers in full precision.
///
/// # Errors
/// Only where the CSV writer refuses a row, which it does not do in memory.
pub fn table<R: Serialize>(rows: &[R]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The same under these columns, which stand there without rows too.
///
/// # Errors
/// As [`table`].
pub fn headed<R: Serialize>(columns: &[&str], rows: &[R]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.write_record(columns)?;
    for row in rows {
        writer.serialize(row)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
