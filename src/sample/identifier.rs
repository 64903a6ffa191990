//! Identifiers of people, papers and journals. All lie outside the ranges that are given out, so that none is anyone's.

/// An ORCID iD with its check digit (ISO 7064 MOD 11-2), in a block that is not assigned.
pub fn orcid(number: u64) -> String {
    let digits = format!("00000008{:07}", number % 10_000_000);
    let total = digits.bytes().fold(0_u32, |total, digit| (total + u32::from(digit - b'0')) * 2);
    let check = match (12 - total % 11) % 11 {
        10 => "X".to_owned(),
        check => check.to_string(),
    };
    format!("{}-{}-{}-{}{check}", &digits[0..4], &digits[4..8], &digits[8..12], &digits[12..15])
}

/// Ranges of Scopus author ids, so that the kinds of author never share one.
#[derive(Debug, Clone, Copy)]
pub enum AuthorRange {
    /// Profiles of staff.
    Staff = 1,
    /// Split-off profiles that no sheet knows.
    Split = 4,
    /// Students.
    Student = 6,
    /// Authors elsewhere.
    Outsider = 7,
}

/// A Scopus author id of eleven digits.
pub fn scopus_author(range: AuthorRange, number: usize) -> String {
    format!("99{}{:08}", range as u32, number % 100_000_000)
}

/// A Scopus EID.
pub fn eid(number: usize) -> String {
    format!("2-s2.0-990{number:08}")
}

/// A DOI under the prefix that is kept for tests.
pub fn doi(year: i32, number: usize) -> String {
    format!("10.5555/sarv.{year}.{number:06}")
}

/// An ISSN with its check digit, eight characters without hyphen.
pub fn issn(number: usize) -> String {
    let digits = format!("95{:05}", number % 100_000);
    let sum: u32 = digits.bytes().zip((2..=8).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    match (11 - sum % 11) % 11 {
        10 => format!("{digits}X"),
        check => format!("{digits}{check}"),
    }
}
