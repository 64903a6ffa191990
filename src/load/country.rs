//! Names of countries by their ISO 3166 codes, for exports that print codes alone.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

const COUNTRIES: &str = include_str!("../../data/reference/countries.csv");

/// The common English name of a two-letter code; the text itself where it is none.
pub fn name(code: &str) -> &str {
    static NAMES: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let rows = COUNTRIES.lines().skip(1);
        // Codes and names of the list hold neither quotes nor commas; a test holds that.
        rows.filter_map(|row| row.split_once(','))
            .map(|(code, rest)| (code, rest.split(',').next().unwrap_or(rest)))
            .collect()
    });
    names.get(code).copied().unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_plain_names() {
        assert_eq!((name("IR"), name("US"), name("XX")), ("Iran", "United States", "XX"));
        for row in COUNTRIES.lines().skip(1) {
            let shown = name(&row[..2]);
            assert!(!shown.is_empty() && !shown.contains('"'), "{row}");
        }
    }
}
