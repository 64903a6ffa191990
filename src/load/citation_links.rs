//! Links between citing and cited works, as OpenCitations gives them.

use crate::diagnostic::Finding;
use crate::load::cell::{Entry, Read};
use crate::load::findings::Findings;
use crate::load::identifier;
use crate::load::sheet::{Count, Sheet};
use crate::model::exported::CitationLink;

/// Reads the rows of a sheet. A link without the DOI of both works is left out (`no-doi`).
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<CitationLink>, Count) {
    sheet.each(findings, |entry| {
        let (citing, cited) = (doi(entry, "citing")?, doi(entry, "cited")?);
        let timespan = entry.word("timespan");
        let months = months(&timespan);
        if months.is_none() && !timespan.is_empty() {
            let message = format!("\"{timespan}\" is not a span of time such as P2Y3M; it is taken as unknown");
            entry.remark("timespan", Finding::warning("bad-timespan", message));
        }
        // `2006-10` or `2006`: no more is known of many works than the year.
        let year = entry.word("created").get(..4).and_then(|year| year.parse().ok());
        Ok(CitationLink {
            citing,
            cited,
            year: year.filter(|year| (1000..=2999).contains(year)),
            months,
            journal_self: flag(&entry.word("journal_self")),
            author_self: flag(&entry.word("author_self")),
            citing_fwci: entry.number("citing_fwci")?.filter(|fwci| *fwci >= 0.0),
            place: entry.place("citing"),
        })
    })
}

fn doi(entry: &mut Entry, field: &str) -> Read<String> {
    match identifier::doi(&entry.text(field)) {
        Some(doi) => Ok(doi),
        None => entry.refuse(field, Finding::warning("no-doi", "the link names no DOI here; it is left out")),
    }
}

/// The whole months of an ISO 8601 duration `P28Y11M3D`; `-P1Y` is −12. Days are dropped.
fn months(text: &str) -> Option<i32> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let mut total: i32 = 0;
    let mut number = String::new();
    for letter in rest.strip_prefix('P')?.chars() {
        let months = match letter {
            '0'..='9' => {
                number.push(letter);
                continue;
            }
            'Y' => 12,
            'M' => 1,
            'D' => 0,
            _ => return None,
        };
        total = total.checked_add(number.parse::<i32>().ok()?.checked_mul(months)?)?;
        number.clear();
    }
    (number.is_empty() && rest.len() > 1).then_some(sign * total)
}

fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" | "y" | "بله" => Some(true),
        "no" | "false" | "0" | "n" | "خیر" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::months;

    #[test]
    fn spans_in_months() {
        assert_eq!(months("P28Y11M"), Some(347));
        assert_eq!(months("-P1Y0M3D"), Some(-12));
        assert_eq!(months("P0Y"), Some(0));
        for text in ["", "P", "P1", "1Y", "P1X", "P99999999999Y"] {
            assert_eq!(months(text), None, "{text}");
        }
    }
}
