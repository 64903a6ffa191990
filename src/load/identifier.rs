//! Identifiers of persons, journals and works: shape, check digits, and what spreadsheet programs do to them.

use crate::model::text::digits_to_ascii;

/// An author id as a cell gives it.
#[derive(Debug, PartialEq, Eq)]
pub enum AuthorId {
    /// Digits.
    Good(String),
    /// Scientific notation: a spreadsheet program has lost the last digits.
    Damaged(String),
    /// Neither.
    Bad(String),
}

/// Reads one Scopus author id: digits, or a profile address with `authorId=`.
pub fn scopus_author_id(text: &str) -> AuthorId {
    let text = digits_to_ascii(text.trim());
    let id = match text.to_ascii_lowercase().find("authorid=") {
        Some(start) => text[start + "authorid=".len()..].chars().take_while(char::is_ascii_digit).collect::<String>(),
        None => text.strip_suffix(".0").unwrap_or(&text).to_owned(),
    };
    if is_scientific(&id) {
        AuthorId::Damaged(text)
    } else if (5..=12).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit()) {
        AuthorId::Good(id)
    } else {
        AuthorId::Bad(text)
    }
}

/// Whether the text is a number in scientific notation such as `5.72213E+10`.
pub fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let exponent = exponent.trim_start_matches('+');
    !mantissa.is_empty()
        && mantissa.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
        && mantissa.chars().any(|c| c.is_ascii_digit())
        && (1..=2).contains(&exponent.len())
        && exponent.bytes().all(|byte| byte.is_ascii_digit())
}

/// An ORCID iD as `0000-0000-0000-000X`; `None` where its shape or its check character (ISO 7064, MOD 11-2) is wrong.
pub fn orcid(text: &str) -> Option<String> {
    let text = digits_to_ascii(text.trim()).to_ascii_uppercase();
    let text = text.rsplit('/').next().unwrap_or_default();
    let signs: Vec<char> = text.chars().filter(|c| !matches!(c, '-' | ' ' | '–' | '‐' | '\u{a0}')).collect();
    let (check, digits) = signs.split_last()?;
    if digits.len() != 15 {
        return None;
    }
    let mut total = 0;
    for digit in digits {
        total = (total + digit.to_digit(10)?) * 2 % 11;
    }
    let expected = match (12 - total) % 11 {
        10 => 'X',
        rest => char::from_digit(rest, 10)?,
    };
    let group = |range: std::ops::Range<usize>| signs[range].iter().collect::<String>();
    (*check == expected).then(|| [group(0..4), group(4..8), group(8..12), group(12..16)].join("-"))
}

/// A ResearcherID: one to three letters, four digits, a year.
pub fn researcher_id(text: &str) -> Option<String> {
    let id = text.trim().to_ascii_uppercase();
    let parts: Vec<&str> = id.split('-').collect();
    let digits = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [letters, number, year]
            if (1..=3).contains(&letters.len())
                && letters.bytes().all(|byte| byte.is_ascii_uppercase())
                && digits(number)
                && digits(year) =>
        {
            Some(id)
        }
        _ => None,
    }
}

/// The ISSNs of a cell, eight characters each: separators and hyphens removed, leading zeros that a spreadsheet
/// program dropped put back. What is no ISSN (an ISBN, a dash) is left out.
pub fn issns(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in text.split([',', ';', ' ', '|', '/', '\n']) {
        let part = part.strip_prefix("ISSN-").unwrap_or(part);
        let mut signs = digits_to_ascii(part).to_ascii_uppercase();
        signs.retain(|c| c != '-' && c != '‐' && c != '"');
        let body = signs.strip_suffix('X').unwrap_or(&signs);
        if (4..=8).contains(&signs.len()) && body.bytes().all(|byte| byte.is_ascii_digit()) {
            let issn = format!("{signs:0>8}");
            if !found.contains(&issn) {
                found.push(issn);
            }
        }
    }
    found
}

/// A DOI in lower case without resolver; `None` where the text holds none.
pub fn doi(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let start = text.find("10.")?;
    let before = &text[..start];
    let known = before.is_empty() || before.ends_with("doi.org/") || before.trim_end().ends_with("doi:");
    let doi = text[start..].trim_end_matches(['.', ',', ';']);
    (known && doi.contains('/') && !doi.contains(char::is_whitespace)).then(|| doi.to_owned())
}

/// A Web of Science accession number without `WOS:`; other databases of the platform keep their prefix.
pub fn accession_number(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_uppercase();
    let number = text.strip_prefix("WOS:").or_else(|| text.strip_prefix("ISI:")).unwrap_or(&text);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    (digits >= 6 && !number.contains(char::is_whitespace)).then(|| number.to_owned())
}

/// A PubMed id, digits, from the number or its address.
pub fn pubmed_id(text: &str) -> Option<String> {
    let text = digits_to_ascii(text.trim());
    let last = text.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or_default().trim();
    let id = last.strip_suffix(".0").unwrap_or(last);
    ((1..=9).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit())).then(|| id.to_owned())
}

/// An OpenAlex work id `W…`, from the id or its address.
pub fn openalex_work(text: &str) -> Option<String> {
    let id = text.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_ascii_uppercase();
    let digits = id.strip_prefix('W')?;
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orcid_needs_its_check_character() {
        assert_eq!(orcid("https://orcid.org/0000-0002-1825-0097").as_deref(), Some("0000-0002-1825-0097"));
        assert_eq!(orcid("000000021694233x").as_deref(), Some("0000-0002-1694-233X"));
        assert_eq!(orcid("0000-0002-1825-0098"), None);
        assert_eq!(orcid("0000-0002-1825"), None);
    }

    #[test]
    fn author_ids_in_every_dress() {
        assert_eq!(scopus_author_id("۵۷۲۲۱۳۰۲۶۳۰"), AuthorId::Good("57221302630".into()));
        let address = "https://www.scopus.com/authid/detail.uri?authorId=14622047600&origin=x";
        assert_eq!(scopus_author_id(address), AuthorId::Good("14622047600".into()));
        assert_eq!(scopus_author_id("5.72213E+10"), AuthorId::Damaged("5.72213E+10".into()));
        assert_eq!(scopus_author_id("Smith"), AuthorId::Bad("Smith".into()));
    }

    #[test]
    fn issns_get_their_zeros_back() {
        assert_eq!(issns("00280836, 1476-4687"), ["00280836", "14764687"]);
        assert_eq!(issns("280836; 9783030127"), ["00280836"]);
        assert_eq!(issns("2041-172x"), ["2041172X"]);
        assert!(issns("-").is_empty());
    }

    #[test]
    fn works_of_other_systems() {
        assert_eq!(accession_number("WOS:000345678900001").as_deref(), Some("000345678900001"));
        assert_eq!(accession_number("n/a"), None);
        assert_eq!(pubmed_id("https://pubmed.ncbi.nlm.nih.gov/35434524/").as_deref(), Some("35434524"));
        assert_eq!((pubmed_id("36526318.0").as_deref(), pubmed_id("NA")), (Some("36526318"), None));
        assert_eq!(openalex_work("https://openalex.org/W2755950973").as_deref(), Some("W2755950973"));
        assert_eq!(openalex_work("A5069892096"), None);
    }

    #[test]
    fn doi_without_resolver() {
        assert_eq!(doi("https://doi.org/10.1000/ABC.").as_deref(), Some("10.1000/abc"));
        assert_eq!(doi("DOI: 10.1/x").as_deref(), Some("10.1/x"));
        assert_eq!(doi("see 10.1/x y"), None);
        assert_eq!(doi("none"), None);
    }
}
