//! Raw values and published scores of a university's own past editions.

use crate::diagnostic::Finding;
use crate::load::findings::Findings;
use crate::load::sheet::{Count, Sheet};
use crate::model::calibration::PublishedScore;

/// Reads the rows of a sheet. A score outside 0–100 (`out-of-bounds`) leaves its row out.
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<PublishedScore>, Count) {
    sheet.each(findings, |entry| {
        let edition = entry.required("edition")?;
        let indicator = entry.required("indicator")?;
        let Some(raw) = entry.number("raw")? else { return entry.missing("raw") };
        let Some(score) = entry.number("score")? else { return entry.missing("score") };
        if !(0.0..=100.0).contains(&score) {
            let message = format!("{score} is no score from 0 to 100");
            return entry.refuse("score", Finding::error("out-of-bounds", message));
        }
        let unit_type = entry.required("unit_type")?;
        Ok(PublishedScore { edition, indicator, unit_type, raw, score, place: entry.place("score") })
    })
}
