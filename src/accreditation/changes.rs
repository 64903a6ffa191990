//! What became of the standards from each version of the catalogue to the next.

use crate::accreditation::known::Known;
use crate::accreditation::version::{Compared, difference};
use crate::model::accreditation::results::ChangeRow;
use crate::model::accreditation::standard::Standard;

/// Every passage between neighbouring versions, those without a change too.
pub fn changes(known: &Known<'_>) -> Vec<ChangeRow> {
    let mut rows = Vec::new();
    for pair in known.versions.windows(2) {
        let (earlier, later) = (pair[0], pair[1]);
        let of = |version: &str| -> Vec<&Standard> {
            known.sheets.standards.iter().filter(|standard| standard.version == version).collect()
        };
        let (from, to) = (of(earlier), of(later));
        let first: Vec<Compared<'_>> = from.iter().map(|standard| compare(standard)).collect();
        let second: Vec<Compared<'_>> = to.iter().map(|standard| compare(standard)).collect();
        let crosswalk: Vec<(&str, &str)> = known
            .sheets
            .crosswalk
            .iter()
            .filter(|row| row.from_version == earlier && row.to_version == later)
            .map(|row| (row.from_code.as_str(), row.to_code.as_str()))
            .collect();
        for passage in difference(&first, &second, &crosswalk) {
            let codes = |list: &[usize], standards: &[&Standard]| {
                list.iter().map(|&at| standards[at].code.as_str()).collect::<Vec<_>>().join(";")
            };
            rows.push(ChangeRow {
                from_version: earlier.to_owned(),
                to_version: later.to_owned(),
                fate: passage.fate.as_str(),
                from: codes(&passage.from, &from),
                to: codes(&passage.to, &to),
            });
        }
    }
    rows
}

fn compare(standard: &Standard) -> Compared<'_> {
    let mut words: Vec<&str> = standard.text.0.values().map(String::as_str).collect();
    words.push(&standard.measures);
    words.extend(standard.evidence.iter().map(String::as_str));
    Compared { code: &standard.code, area: &standard.area, mandatory: standard.mandatory, words }
}
