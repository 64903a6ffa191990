//! JSON: one record per line, or one document that holds them (an array, or the `results` of an answer of OpenAlex).
//!
//! Nesting is bounded by the parser (128 levels), so that no line can exhaust the stack.

use rayon::prelude::*;
use serde_json::Value;

use crate::diagnostic::Finding;
use crate::load::findings::Findings;
use crate::load::record_text::{Export, Reading, RecordText, gather};
use crate::load::{openalex_json, pubmed_json};

/// Whose records they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum System {
    OpenAlex,
    PubMed,
}

/// Reads all records. Findings: those of [`gather`] and of the systems' readers, `bad-json` (error) for a line that is
/// no JSON, `unknown-record` for an object of no known system, `mixed-systems` for one of another system than the file's
/// first.
pub fn read(text: &RecordText, findings: &mut Findings) -> Export {
    let read: Vec<(Option<System>, Reading)> = if is_document(text) {
        document(text)
    } else {
        let lines = text.lines.par_iter().filter(|line| !line.text.trim().is_empty());
        let each = lines.map(|line| match serde_json::from_str::<Value>(&line.text) {
            Ok(value) => values(text, line.number, &value),
            Err(error) => vec![(None, bad_json(text, line.number, &error))],
        });
        each.collect::<Vec<_>>().into_iter().flatten().collect()
    };
    let system = read.iter().find_map(|(system, _)| *system);
    let readings = read.into_iter().map(|(own, mut reading)| {
        if own.is_some() && own != system {
            let message = "the record is of another system than the first of the file; it is left out";
            let hint = "keep records of OpenAlex and PubMed in files of their own";
            reading.record = None;
            reading.findings = vec![Finding::error("mixed-systems", message).at(text.place(reading.line)).hint(hint)];
        }
        reading
    });
    let (records, count) = gather(text, readings.collect(), findings);
    let (layout, system) = match system {
        Some(System::OpenAlex) => ("openalex_json", "openalex"),
        Some(System::PubMed) => ("pubmed_json", "pubmed"),
        None => ("json_lines", "json"),
    };
    Export { layout, system, records, count }
}

/// Whether the text is one document of several lines: its first line is no whole value, and it opens a list or the second
/// line does not begin a record of its own.
fn is_document(text: &RecordText) -> bool {
    let mut lines = text.lines.iter().map(|line| line.text.trim()).filter(|line| !line.is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let open = serde_json::from_str::<serde::de::IgnoredAny>(first).is_err_and(|error| error.is_eof());
    open && (first.starts_with('[') || first == "{" || !second.starts_with("{\""))
}

/// The records of an indented document, or of several one behind the other. A fault ends the reading: where the next
/// value begins is then unknown.
fn document(text: &RecordText) -> Vec<(Option<System>, Reading)> {
    let whole: String = text.lines.iter().flat_map(|line| [line.text.as_ref(), "\n"]).collect();
    let number =
        |line: usize| text.lines.get(line.saturating_sub(1)).or(text.lines.last()).map_or(0, |line| line.number);
    let mut stream = serde_json::Deserializer::from_str(&whole).into_iter::<Value>();
    let mut read = Vec::new();
    let (mut line, mut before) = (1, 0);
    while let Some(value) = stream.next() {
        let start = before + whole[before..].len() - whole[before..].trim_start().len();
        line += whole[before..start].matches('\n').count();
        match value {
            Ok(value) => read.extend(values(text, number(line), &value)),
            Err(error) => {
                read.push((None, bad_json(text, number(error.line()), &error)));
                break;
            }
        }
        let end = stream.byte_offset();
        line += whole[start..end].matches('\n').count();
        before = end;
    }
    read
}

fn bad_json(text: &RecordText, line: u32, error: &serde_json::Error) -> Reading {
    // The parser's own line is that of the text it was given, which is one line.
    let printed = error.to_string();
    let what = printed.split(" at line ").next().unwrap_or_default();
    let message = format!("this is no valid JSON: {what} at character {}; it is left out", error.column());
    let hint = "a line that was cut off looks like this; fetch the file anew";
    let finding = Finding::error("bad-json", message).at(text.place(line)).hint(hint);
    Reading { line, findings: vec![finding], ..Reading::default() }
}

/// The records of one value: itself, the items of an array, or the `results` of an answer.
fn values(text: &RecordText, line: u32, value: &Value) -> Vec<(Option<System>, Reading)> {
    let several = value.as_array().or_else(|| value.get("results").and_then(Value::as_array));
    match several {
        Some(items) => items.iter().map(|item| one(text, line, item)).collect(),
        None => vec![one(text, line, value)],
    }
}

fn one(text: &RecordText, line: u32, value: &Value) -> (Option<System>, Reading) {
    let system = system(value);
    let reading = match system {
        Some(System::OpenAlex) => openalex_json::read(text, line, value),
        Some(System::PubMed) => pubmed_json::read(text, line, value),
        None => {
            let keys: Vec<&str> =
                value.as_object().into_iter().flatten().take(8).map(|(key, _)| key.as_str()).collect();
            let message =
                format!("this is no record of a known system (its keys: {}); it is left out", keys.join(", "));
            let finding = Finding::error("unknown-record", message).at(text.place(line));
            let hint = "records of OpenAlex (works) and PubMed are read";
            Reading { line, findings: vec![finding.hint(hint)], ..Reading::default() }
        }
    };
    (system, reading)
}

fn system(value: &Value) -> Option<System> {
    let openalex_id = value.get("id").and_then(Value::as_str).is_some_and(|id| openalex_json::work_id(id).is_some());
    if value.get("authorships").is_some_and(Value::is_array) || openalex_id {
        Some(System::OpenAlex)
    } else if value.get("pmid").is_some() {
        Some(System::PubMed)
    } else {
        None
    }
}
