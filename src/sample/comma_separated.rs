//! Comma-separated text: the built-in lists in, plain tables out.

use csv::StringRecord;

/// The data rows of a built-in list.
pub fn rows(text: &str) -> Vec<StringRecord> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|row| row.expect("the built-in lists are read by every test of the sample"))
        .collect()
}

/// A table as UTF-8, the header in its first row.
pub fn bytes<const WIDTH: usize>(rows: &[[String; WIDTH]]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("rows of one width into memory");
    }
    writer.into_inner().expect("memory does not fail to flush")
}
