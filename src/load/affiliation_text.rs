//! Affiliations as some systems print them, brought into the form that all others have: unit before organisation, place
//! and country last, and no footnote signs.

use crate::model::text::words;

/// Folded words, abbreviated as Web of Science does, that mark a part of an organisation.
const PARTS: [&str; 45] = [
    "dept",
    "department",
    "sch",
    "school",
    "fac",
    "faculty",
    "coll",
    "college",
    "div",
    "division",
    "inst",
    "institute",
    "ctr",
    "center",
    "centre",
    "hosp",
    "hospital",
    "hop",
    "clin",
    "clinic",
    "lab",
    "labs",
    "laboratory",
    "unit",
    "program",
    "programme",
    "grp",
    "group",
    "sect",
    "section",
    "res",
    "comm",
    "committee",
    "off",
    "office",
    "lib",
    "library",
    "observ",
    "museum",
    "acad",
    "serv",
    "chair",
    "branch",
    "campus",
    "polyclin",
];

/// Bytes of the longest text that is believed to be one address. It may be given to every author of a list, so that a
/// file could otherwise ask for much more memory than it has bytes.
pub const LONGEST: usize = 2000;

/// A Web of Science address, which goes from the large to the small and then to the place, with its unit first:
/// `Univ X, Sch Med, Dept Urol, Tehran, Iran` → `Dept Urol, Sch Med, Univ X, Tehran, Iran`. The words stay as printed.
///
/// The parts of the organisation reach from the start to the last segment that names a kind of part (`Dept`, `Sch`,
/// `Hosp` …); what follows is the place.
pub fn small_to_large(address: &str) -> String {
    let mut segments: Vec<&str> = address.split(',').map(str::trim).filter(|segment| !segment.is_empty()).collect();
    let places = segments.len().saturating_sub(1);
    let is_part = |segment: &str| words(segment).iter().any(|word| PARTS.contains(&word.as_str()));
    let last = segments[..places].iter().rposition(|segment| is_part(segment)).unwrap_or(0);
    if let Some(parts) = segments.get_mut(..=last) {
        parts.reverse();
    }
    segments.join(", ")
}

/// An affiliation of PubMed without the footnote sign before it (`1 McMaster University`, `a Department of …`,
/// `From the Department of …`), which belongs to the journal's print and not to the name.
pub fn without_mark(affiliation: &str) -> &str {
    let text = affiliation.trim_start_matches(|c: char| c.is_whitespace() || "*†‡§¶‖#".contains(c));
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let (mark, rest) = text.split_at(text.len() - digits.len());
    let upper = |text: &str| text.trim_start().starts_with(char::is_uppercase);
    let text = match mark.len() {
        // `1 McMaster`, `1The`, but not `2nd Department`, nor the house number of `12345 Main Street`.
        1 | 2 if upper(rest) => rest.trim_start(),
        0 => {
            let mut signs = text.chars();
            match (signs.next(), signs.next()) {
                (Some('a'..='z'), Some(' ')) if upper(signs.as_str()) => signs.as_str().trim_start(),
                _ => text,
            }
        }
        _ => text,
    };
    let from = text.strip_prefix("From ").map_or(text, |rest| rest.strip_prefix("the ").unwrap_or(rest));
    if upper(from) { from } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_comes_first_and_the_place_last() {
        let cases = [
            (
                "KTH Royal Inst Technol, Dept Energy Technol, Stockholm, Sweden",
                "Dept Energy Technol, KTH Royal Inst Technol, Stockholm, Sweden",
            ),
            (
                "Univ Tehran Med Sci, Sch Med, Dept Urol, Tehran, Iran",
                "Dept Urol, Sch Med, Univ Tehran Med Sci, Tehran, Iran",
            ),
            (
                "Univ Paris Saclay, CNRS, Lab Math Orsay, Orsay, France",
                "Lab Math Orsay, CNRS, Univ Paris Saclay, Orsay, France",
            ),
            ("Univrses AB, SE-12032 Stockholm, Sweden", "Univrses AB, SE-12032 Stockholm, Sweden"),
            ("Iran", "Iran"),
            ("", ""),
        ];
        for (printed, expected) in cases {
            assert_eq!(small_to_large(printed), expected);
        }
    }

    #[test]
    fn footnote_signs_are_no_part_of_a_name() {
        let cases = [
            ("1 McMaster University, Hamilton", "McMaster University, Hamilton"),
            ("1The Institute", "The Institute"),
            ("a Department of Medicine , X", "Department of Medicine , X"),
            ("From the Department of Medicine, X", "Department of Medicine, X"),
            ("* School of Nursing", "School of Nursing"),
            ("2nd Department of Surgery", "2nd Department of Surgery"),
            ("12345 Main Street", "12345 Main Street"),
            ("St. Joseph's Healthcare", "St. Joseph's Healthcare"),
            ("", ""),
        ];
        for (printed, expected) in cases {
            assert_eq!(without_mark(printed), expected);
        }
    }
}
