//! Works as text with a sign between the columns, row after row.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diagnostic::{Finding, Place};
use crate::load::findings::Findings;
use crate::load::works::Reading;
use crate::load::works::columns::{Columns, LONGEST_ROW, Value};
use crate::load::works::parts::Part;
use crate::load::works::tally::Tally;

/// Longest first line that is looked at for the sign between columns.
const FIRST_LINE: usize = 1 << 16;

/// Reads a part into the tally.
pub fn read(part: &Part, tally: &mut Tally) -> Reading {
    let mut findings = Findings::default();
    let mut reading = Reading::default();
    if let Err(finding) = rows(part, tally, &mut reading, &mut findings) {
        let finding = if finding.place == Place::Run { finding.at(Place::file(&part.name)) } else { *finding };
        findings.push(finding);
    }
    reading.findings = findings.finish();
    reading
}

fn rows(part: &Part, tally: &mut Tally, reading: &mut Reading, findings: &mut Findings) -> Result<(), Box<Finding>> {
    let unreadable = |error: io::Error| Finding::error("unreadable-file", format!("reading failed: {}", error.kind()));
    let mut source = BufReader::with_capacity(1 << 18, File::open(&part.path).map_err(unreadable)?);
    let start = source.fill_buf().map_err(unreadable)?;
    let mark = if start.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let delimiter = delimiter(&start[mark..]);
    source.consume(mark);
    let since = Arc::new(AtomicUsize::new(0));
    let guarded = Guarded { source, since: Arc::clone(&since) };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(guarded);
    let broken = |error: csv::Error| {
        let longest = matches!(error.kind(), csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::InvalidData);
        let message = if longest {
            format!("a row has more than {LONGEST_ROW} bytes: a quotation mark is never closed; the rest is not used")
        } else {
            format!("reading failed: {error}; the rest is not used")
        };
        Finding::error("unreadable-file", message)
    };
    let headers = reader.byte_headers().map_err(broken)?;
    let headers: Vec<String> = headers.iter().map(|header| String::from_utf8_lossy(header).into_owned()).collect();
    let columns = Columns::find(&part.name, &headers)?;
    reading.used = true;
    let mut record = csv::ByteRecord::new();
    let mut row = 1;
    loop {
        since.store(0, Ordering::Relaxed);
        if !reader.read_byte_record(&mut record).map_err(broken)? {
            return Ok(());
        }
        row += 1;
        // As a spreadsheet shows it: empty lines are rows, lines within a cell are none.
        let lines = reader.position().line().saturating_sub(record.position().map_or(0, csv::Position::line));
        if lines > 1 {
            let inside = record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
            row += (lines - 1).saturating_sub(inside);
        }
        let value = |at: usize| match record.get(at) {
            None | Some(b"") => Value::Nothing,
            Some(text) => Value::Text(text),
        };
        if let Err(fault) = tally.add(columns.at.map(value)) {
            reading.left_out += 1;
            columns.refuse(row, &fault, findings);
        }
    }
}

/// The sign that the first line has most of.
fn delimiter(start: &[u8]) -> u8 {
    let line = start[..start.len().min(FIRST_LINE)].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |sign: u8| line.iter().filter(|byte| **byte == sign).count();
    // The last of equal ones, so that the comma wins.
    [b'\t', b';', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// A source that ends with an error once a row has become too long.
struct Guarded<R> {
    source: R,
    since: Arc<AtomicUsize>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        if self.since.fetch_add(count, Ordering::Relaxed) > LONGEST_ROW {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(count)
    }
}
