//! Raw indicator values of peers.

use crate::load::findings::Findings;
use crate::load::sheet::{Count, Sheet};
use crate::model::tables::Peer;

/// Reads the rows of a sheet.
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<Peer>, Count) {
    sheet.each(findings, |entry| {
        let edition = entry.required("edition")?;
        let indicator = entry.required("indicator")?;
        let peer = entry.required("peer")?;
        let Some(value) = entry.number("value")? else { return entry.missing("value") };
        let unit_type = entry.required("unit_type")?;
        Ok(Peer { edition, unit_type, indicator, peer, value, place: entry.place("value") })
    })
}
