//! The publications of a unit for its evidence workbook: those that an edition counts, and those that none does or that
//! are not credited, each with its reason.

use std::collections::BTreeMap;

use crate::explain::omitted::{Claim, Counted, OUTSIDE_EMPLOYMENT};
use crate::explain::rows;
use crate::model::edition::Edition;
use crate::model::evidence_book::{CountedPaper, ExcludedPaper};
use crate::model::ledger::Share;
use crate::model::publication::{Publication, PublicationIndex};
use crate::model::report::{Argument, Phrase, Text};
use crate::model::results::Results;
use crate::model::unit::UnitIndex;

/// Both lists of a unit; of a person they say no more than the position in the byline.
pub fn of(results: &Results, claims: &[Claim], unit: UnitIndex) -> (Vec<CountedPaper>, Vec<ExcludedPaper>) {
    let units = results.tables.units.descendants(unit);
    let held = results.ledger.publications_of(units);
    let rules: Vec<(&Edition, Counted)> = (results.editions.iter())
        .map(|edition| (edition, Counted::by(results, Some(edition), edition.windows.publications)))
        .collect();
    let mut counted = Vec::new();
    let mut excluded = Vec::new();
    for &index in &held {
        let item = &results.publications.items[index.at()];
        let mut counting = Vec::new();
        let mut refusals: BTreeMap<(&'static str, String), Vec<&Edition>> = BTreeMap::new();
        for (edition, rule) in &rules {
            match rule.refuses(item) {
                None => counting.push(edition.id.as_str()),
                Some(why) => refusals.entry(why).or_default().push(edition),
            }
        }
        if !counting.is_empty() {
            counted.push(counted_paper(results, units, index, counting.join("; ")));
        }
        for ((reason, _), editions) in refusals {
            let names: Vec<&str> = editions.iter().map(|edition| edition.id.as_str()).collect();
            excluded.push((reason, refused(item, reason, editions[0], names.join("; "))));
        }
    }
    let by_id = |id: &str| results.publications.items.binary_search_by(|item| item.id.as_str().cmp(id)).ok();
    for row in results.ledger.excluded.iter().filter(|row| row.reason == "duplicate-record") {
        let Some(at) = by_id(&row.record).filter(|&at| held.binary_search(&PublicationIndex(at as u32)).is_ok()) else {
            continue;
        };
        let detail = Text::Verbatim(format!("{}: {}", row.source, row.detail));
        excluded.push((row.reason, paper(&results.publications.items[at], "duplicate_record", detail, String::new())));
    }
    for claim in claims.iter().filter(|claim| claim.units.iter().any(|unit| units.binary_search(unit).is_ok())) {
        if held.binary_search(&claim.publication).is_ok() {
            continue;
        }
        let item = &results.publications.items[claim.publication.at()];
        let position = ("position", Argument::Count(claim.position as u64));
        if claim.reason == OUTSIDE_EMPLOYMENT {
            let detail = Phrase::new("evidence.not_employed").with(position.0, position.1);
            excluded.push((&claim.reason, paper(item, "outside_employment", detail.into(), String::new())));
        } else {
            let detail = Phrase::new("evidence.lost_address")
                .with(position.0, position.1)
                .with("rule", Argument::Text(Text::Verbatim(claim.reason.clone())))
                .with("address", Argument::Text(Text::Verbatim(claim.subject.clone())));
            excluded.push((&claim.reason, paper(item, "lost_address", detail.into(), String::new())));
        }
    }
    excluded.sort_by(|(one, first), (other, second)| one.cmp(other).then_with(|| first.id.cmp(&second.id)));
    let mut excluded: Vec<ExcludedPaper> = excluded.into_iter().map(|(_, paper)| paper).collect();
    excluded.dedup();
    (counted, excluded)
}

fn counted_paper(results: &Results, units: &[UnitIndex], index: PublicationIndex, editions: String) -> CountedPaper {
    let item = &results.publications.items[index.at()];
    let (mut share, mut rules) = (0, Vec::new());
    for credit in rows::credits(results, index, units) {
        share += credit.share.0;
        let rule = credit.rule.as_str();
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    CountedPaper {
        id: item.id.clone(),
        doi: item.doi.clone().unwrap_or_default(),
        title: item.title.clone(),
        year: item.year,
        document_type: item.document_type.clone(),
        citations: item.citations,
        share: Share(share).as_f64(),
        rules: rules.join("; "),
        editions,
    }
}

/// A publication that the rules of an edition refuse.
fn refused(item: &Publication, reason: &str, edition: &Edition, editions: String) -> ExcludedPaper {
    let verbatim = |text: &str| Argument::Text(Text::Verbatim(text.to_owned()));
    match reason {
        "outside-window" => {
            let detail = Phrase::new("evidence.outside_window")
                .with("year", Argument::Year(item.year.unwrap_or_default()))
                .with("years", Argument::Years(edition.windows.publications));
            paper(item, "outside_window", detail.into(), editions)
        }
        "document-type" => {
            let detail = Phrase::new("evidence.document_type")
                .with("type", verbatim(if item.document_type.is_empty() { "–" } else { &item.document_type }))
                .with("types", verbatim(&edition.counting.document_types.join(", ")));
            paper(item, "document_type", detail.into(), editions)
        }
        _ => paper(item, "no_year", Phrase::new("evidence.no_year").into(), editions),
    }
}

fn paper(item: &Publication, reason: &str, detail: Text, editions: String) -> ExcludedPaper {
    ExcludedPaper {
        id: item.id.clone(),
        doi: item.doi.clone().unwrap_or_default(),
        title: item.title.clone(),
        year: item.year,
        document_type: item.document_type.clone(),
        citations: item.citations,
        reason: Phrase::of("omitted", reason),
        detail,
        editions,
    }
}
