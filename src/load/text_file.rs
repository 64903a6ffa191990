//! Text files: comma, semicolon, tab or bar separated, in any encoding an office saves.
//!
//! Rows are numbered as a spreadsheet program shows them: a line break within quotes starts no new row, an empty line is
//! a row, Excel's `sep=;` line is none. In tab-separated exports (Web of Science, clipboard copies) quotes are often plain characters; there they
//! only count as quoting when they come in pairs around whole cells. Records of tagged lines are one cell per line.

use crate::diagnostic::{Checked, Finding, Place};
use crate::load::encoding::{Certainty, decode};
use crate::load::grid::{Cell, Grid, GridBuilder};
use crate::load::limits::{Budget, Limits};
use crate::load::record_text;
use crate::load::refusal::{Refusal, refuse};

/// Stands for "no separator": text in lines never holds it.
const NO_SEPARATOR: u8 = 0x1F;

/// Lines looked at to find the separator.
const SAMPLE_LINES: usize = 40;

/// Most unclosed quotes that are repaired; each repair reads the rest of the file again.
const REPAIRS: usize = 16;

/// Reads the bytes of a text file into one grid. Findings: `encoding-guessed`, `damaged-text`, `unclosed-quote`,
/// `stray-cell`, and, with no grid, `binary-text`, `empty-file`, `unreadable-file`, `too-large`.
pub fn read(file: &str, bytes: &[u8], limits: &Limits) -> Checked<Vec<Grid>> {
    let mut findings = Vec::new();
    let decoded = decode(bytes);
    let text = decoded.text.trim_end_matches(['\u{1A}', '\0']);
    if let Some(finding) = refusal(text) {
        return refuse(file, findings, finding);
    }
    match decoded.certainty {
        Certainty::Sure => {}
        Certainty::Guessed => findings.push(
            Finding::info("encoding-guessed", format!("the text is taken to be {}", decoded.encoding))
                .at(Place::file(file))
                .hint("save the file as \"CSV UTF-8\" so that nothing has to be guessed"),
        ),
        Certainty::Damaged(count) => findings.push(
            Finding::warning("damaged-text", format!("{count} characters are not valid {}", decoded.encoding))
                .at(Place::file(file))
                .hint("the damaged characters are shown as \u{FFFD}; fetch the file anew if they matter"),
        ),
    }
    let (separator, text, skipped) = separator(text);
    match rows(file, text, separator, skipped, limits, &mut findings) {
        Ok(grid) if grid.rows.is_empty() => {
            let finding = Finding::error("empty-file", "the file holds no text");
            refuse(file, findings, finding)
        }
        Ok(grid) => Checked { value: vec![grid], findings },
        Err(refusal) => refuse(file, findings, *refusal),
    }
}

/// Why this text is no table: binary content, a web page, a program's markup.
fn refusal(text: &str) -> Option<Finding> {
    if text.trim().is_empty() {
        return Some(Finding::error("empty-file", "the file holds no text"));
    }
    let again = "open the original workbook in a spreadsheet program and save it as xlsx, or as \"CSV UTF-8\"";
    if text.starts_with("\u{D0}\u{CF}\u{11}\u{E0}") {
        let message = "this is an Excel workbook that a program re-encoded as text; its contents are lost";
        return Some(Finding::error("binary-text", message).hint(again));
    }
    let sample: String = text.chars().take(64 << 10).collect();
    let total = sample.chars().count();
    let count = |odd: fn(char) -> bool| sample.chars().filter(|&c| odd(c)).count();
    let controls = count(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}' | '\u{85}'));
    let lost = count(|c| c == '\u{FFFD}');
    if controls * 200 > total || lost * 20 > total {
        let message = format!("this is not text: {} of its first {total} characters are unprintable", controls + lost);
        return Some(Finding::error("binary-text", message).hint(again));
    }
    let start: String = text.trim_start().chars().take(64).collect::<String>().to_ascii_lowercase();
    if ["<html", "<!doctype", "<table", "<?xml", "<meta", "<div"].iter().any(|tag| start.starts_with(tag)) {
        let message = "this is a web page or XML under another name, as some systems export it, and no table";
        return Some(
            Finding::error("unreadable-file", message).hint("open it in a spreadsheet program and save it as xlsx"),
        );
    }
    None
}

/// The separator, the text behind a `sep=` line, and the number of lines that took.
fn separator(text: &str) -> (u8, &str, u32) {
    let first = text.lines().next().unwrap_or("");
    let stated = first.trim_matches('"').strip_prefix("sep=").or_else(|| first.trim_matches('"').strip_prefix("SEP="));
    if let Some(stated) = stated {
        let rest = text.find('\n').map_or("", |end| &text[end + 1..]);
        match stated.trim_end_matches('"').as_bytes() {
            [byte] => return (*byte, rest, 1),
            [] => return (b'\t', rest, 1),
            _ => {}
        }
    }
    let separator = if record_text::kind(text.lines()).is_some() { NO_SEPARATOR } else { likely_separator(text) };
    (separator, text, 0)
}

/// The characters that may separate cells; the first of equals wins. Persian and Arabic commas separate nothing.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// The separator that most often stands outside quotes in the first lines, preferring the one found equally often in
/// every line.
fn likely_separator(text: &str) -> u8 {
    let lines = separator_counts(text);
    let score = |index: usize| {
        let mut found: Vec<usize> = lines.iter().map(|line| line[index]).filter(|&count| count > 0).collect();
        found.sort_unstable();
        let usual = found.get(found.len() / 2).copied().unwrap_or(0);
        // Lines that have exactly the usual number speak for a table; commas in prose vary.
        let agreeing = found.iter().filter(|&&count| count == usual).count();
        (agreeing * found.len() * usual.min(3), usual)
    };
    let best = (0..SEPARATORS.len()).rev().max_by_key(|&index| score(index)).unwrap_or(0);
    SEPARATORS[best] as u8
}

/// How often each separator stands outside quotes, for each of the first lines that has any.
fn separator_counts(text: &str) -> Vec<[usize; 4]> {
    let mut lines = Vec::new();
    let mut counts = [0usize; 4];
    // Commas between two digits: decimal commas, if anything else separates the cells of the line.
    let mut between_digits = 0;
    let (mut quoted, mut last) = (false, '\n');
    let mut characters = text.chars().chain(['\n']).peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => {
                if counts[1] + counts[2] > 0 {
                    counts[0] -= between_digits;
                }
                between_digits = 0;
                let line = std::mem::take(&mut counts);
                if line != [0; 4] {
                    lines.push(line);
                }
                if lines.len() == SAMPLE_LINES {
                    break;
                }
            }
            _ if !quoted => {
                if let Some(index) = SEPARATORS.iter().position(|&separator| separator == c) {
                    counts[index] += 1;
                    let digits = last.is_numeric() && characters.peek().is_some_and(|next| next.is_numeric());
                    between_digits += usize::from(index == 0 && digits);
                }
            }
            _ => {}
        }
        last = c;
    }
    lines
}

/// Whether quotes in tab-separated text are quoting: as many cells begin with a lone quote as end with one.
fn tabs_are_quoted(text: &str) -> bool {
    let (mut opening, mut closing) = (0usize, 0usize);
    for cell in text.split(['\t', '\n', '\r']) {
        match (cell.starts_with('"'), cell.len() > 1 && cell.ends_with('"')) {
            (true, false) => opening += 1,
            (false, true) => closing += 1,
            _ => {}
        }
    }
    opening == closing
}

fn rows(
    file: &str,
    text: &str,
    separator: u8,
    skipped: u32,
    limits: &Limits,
    findings: &mut Vec<Finding>,
) -> Result<Grid, Refusal> {
    // A line is no spreadsheet row: one record may take a hundred. The limits on cells and bytes still hold.
    let rows = if separator == NO_SEPARATOR { u32::MAX } else { limits.rows };
    let mut builder = GridBuilder::new(file, None, &Limits { rows, ..limits.clone() });
    let mut budget = Budget::new(limits);
    let quoting = match separator {
        NO_SEPARATOR => false,
        b'\t' => tabs_are_quoted(text),
        _ => true,
    };
    let mut row = 0;
    let mut rest = text;
    let mut repairs = 0;
    loop {
        let unclosed = match pass(rest, separator, quoting, &mut row, &mut builder, &mut budget)? {
            None => break,
            Some(offset) => offset,
        };
        let tail = &rest[unclosed..];
        let end = tail.find(['\n', '\r']).unwrap_or(tail.len());
        let line = text[..text.len() - tail.len()].matches('\n').count() as u32 + 1 + skipped;
        let excerpt: String = tail[..end].chars().take(120).collect();
        let finding = Finding::error("unclosed-quote", format!("a quote in row {} is never closed", row + 1))
            .at(Place::Text { file: file.to_owned(), line, column: 1, excerpt: Some(excerpt) });
        repairs += 1;
        if repairs > REPAIRS {
            findings.push(
                finding.hint("too many such quotes: the rest of the file from this line on was left out; correct them"),
            );
            break;
        }
        findings.push(finding.hint("this line was read as if its quotes were plain characters; remove or double them"));
        pass(&tail[..end], separator, false, &mut row, &mut builder, &mut budget)?;
        rest = tail[end..].strip_prefix("\r\n").unwrap_or_else(|| tail.get(end + 1..).unwrap_or(""));
    }
    let (grid, stray) = builder.finish();
    findings.extend(stray);
    Ok(grid)
}

/// Puts the records of `text` into `builder`, counting rows on from `row`. Stops before a record whose quote is still
/// open at the end, and returns its offset.
fn pass(
    text: &str,
    separator: u8,
    quoting: bool,
    row: &mut u32,
    builder: &mut GridBuilder,
    budget: &mut Budget,
) -> Result<Option<usize>, Refusal> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .quoting(quoting)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    loop {
        let before = reader.position().byte() as usize;
        if !reader.read_record(&mut record).map_err(|error| Finding::error("unreadable-file", error.to_string()))? {
            // Trailing empty lines hold no row.
            return Ok(None);
        }
        let after = (reader.position().byte() as usize).min(text.len());
        let (start, empty_lines) = past_line_ends(text, before);
        if quoting && after == text.len() && still_open(&text.as_bytes()[start..], separator) {
            *row += empty_lines;
            return Ok(Some(start));
        }
        *row += empty_lines + 1;
        for (column, field) in record.iter().enumerate() {
            let cell = if field.is_empty() { Cell::Empty } else { Cell::Text(field.into()) };
            builder.put(*row, u32::try_from(column).unwrap_or(u32::MAX), cell, budget)?;
        }
    }
}

/// The offset behind the line ends at `start`, and how many of them were empty lines. The reader stops between the two
/// characters of `\r\n`; that `\n` belongs to the record before.
fn past_line_ends(text: &str, start: usize) -> (usize, u32) {
    let bytes = text.as_bytes();
    let mut at = start;
    if at > 0 && bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n') {
        at += 1;
    }
    let mut empty = 0;
    loop {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => at += 2,
            (Some(b'\r' | b'\n'), _) => at += 1,
            _ => return (at, empty),
        }
        empty += 1;
    }
}

/// Whether the record that begins `bytes` has a quote open at the end of the bytes.
fn still_open(bytes: &[u8], separator: u8) -> bool {
    let (mut quoted, mut cell_start) = (false, true);
    let mut bytes = bytes.iter().peekable();
    while let Some(&byte) = bytes.next() {
        if quoted {
            if byte == b'"' && bytes.next_if_eq(&&b'"').is_none() {
                quoted = false;
            }
        } else if byte == b'"' && cell_start {
            quoted = true;
        }
        cell_start = !quoted && byte == separator;
    }
    quoted
}
