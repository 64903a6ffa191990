//! What portals of rankings and reports on partners need beside the other sheets: subjects of units, exposed countries.

use crate::sample::comma_separated;
use crate::sample::units::University;

/// Subjects of THE and their parts, by unit.
const SHARES: &str = include_str!("../../data/sample/subject_shares.csv");

/// `submission/subject_shares.csv`: of the units that the sample has.
pub fn subject_shares(university: &University) -> Vec<u8> {
    let mut rows = vec![["unit", "subject", "share"].map(String::from)];
    for row in comma_separated::rows(SHARES) {
        if university.units.iter().any(|unit| unit.id == row[0]) {
            rows.push([row[0].to_owned(), row[1].to_owned(), row[2].to_owned()]);
        }
    }
    comma_separated::bytes(&rows)
}

/// `agreements/exposures.csv`: as an office would state it, invented like the rest.
pub fn exposures() -> Vec<u8> {
    let source = "invented for the sample";
    let rows = [
        ["country", "exposure", "source"],
        ["United States", "visas", source],
        ["Canada", "visas", source],
        ["Switzerland", "payments", source],
    ];
    comma_separated::bytes(&rows.map(|row| row.map(String::from)))
}
