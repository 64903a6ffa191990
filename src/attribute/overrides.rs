//! Overrides: decisions of the office, replayed. One whose `expect` no longer holds has expired: it is named and not
//! applied.

use rustc_hash::FxHashMap;

use crate::attribute::bearers::Candidate;
use crate::attribute::ledger::{Found, most_specific};
use crate::diagnostic::Finding;
use crate::model::ledger::Share;
use crate::model::ledger::{Excluded, Rule};
use crate::model::overrides::{Action, Applied, AttributionOverride, Decision, FieldCorrection, PublicationField};
use crate::model::publication::{Author, Publication, PublicationIndex, Publications};
use crate::model::tables::Tables;
use crate::model::unit::UnitIndex;

/// What the source says of an author for whom nothing was found.
const NOTHING: &str = "none";

/// Publications by every key an override may name.
struct Keys<'a>(FxHashMap<&'a str, u32>);

impl<'a> Keys<'a> {
    fn of(publications: &'a Publications) -> Self {
        let mut keys = FxHashMap::default();
        for (index, item) in publications.items.iter().enumerate() {
            for key in [Some(item.id.as_str()), item.eid.as_deref(), item.doi.as_deref()].into_iter().flatten() {
                keys.entry(key).or_insert(index as u32);
            }
        }
        Keys(keys)
    }

    /// By id, EID or DOI.
    fn find(&self, written: &str) -> Option<PublicationIndex> {
        let lower = written.to_lowercase();
        let doi = lower.trim_start_matches("https://").trim_start_matches("doi.org/").trim_start_matches("doi:").trim();
        self.0.get(written).or_else(|| self.0.get(doi)).map(|&index| PublicationIndex(index))
    }
}

fn unknown_publication(written: &str, decision: &Decision) -> Finding {
    Finding::error("unknown-publication", format!("no publication has the id, EID or DOI \"{written}\""))
        .at(decision.place.clone())
        .hint("copy the id from the column `publication` of publications.csv or review.csv")
}

fn expired(decision: &Decision, expect: &str, now: &str) -> Finding {
    let message = format!("the override has expired: it expects \"{expect}\", the source now says \"{now}\"");
    Finding::warning("override-expired", message)
        .at(decision.place.clone())
        .hint(format!("remove it if the source is right, or decide again and expect \"{now}\""))
}

/// Corrects fields of merged publications, as `overrides/corrections.toml` says.
pub fn correct(tables: &Tables, publications: &mut Publications, findings: &mut Vec<Finding>) -> Vec<Applied> {
    let places: Vec<Option<PublicationIndex>> = {
        let keys = Keys::of(publications);
        tables.overrides.corrections.iter().map(|correction| keys.find(&correction.publication)).collect()
    };
    let mut applied = Vec::new();
    for (correction, place) in tables.overrides.corrections.iter().zip(places) {
        let Some(place) = place else {
            findings.push(unknown_publication(&correction.publication, &correction.decision));
            continue;
        };
        let item = &mut publications.items[place.at()];
        let now = printed(item, correction.field);
        if now != correction.expect {
            findings.push(expired(&correction.decision, &correction.expect, &now));
        } else if set(item, correction) {
            let detail = format!("{:?}: \"{now}\" became \"{}\"", correction.field, correction.value);
            applied.push(Applied::new(&correction.decision, "correction", item.id.clone(), detail, 0));
        } else {
            let message = format!("\"{}\" is no value of this field; not applied", correction.value);
            findings.push(Finding::error("bad-override", message).at(correction.decision.place.clone()));
        }
    }
    applied
}

/// A field as an override writes it; empty where it is absent.
fn printed(item: &Publication, field: PublicationField) -> String {
    match field {
        PublicationField::Title => item.title.clone(),
        PublicationField::Year => item.year.map_or_else(String::new, |year| year.to_string()),
        PublicationField::Type => item.document_type.clone(),
        PublicationField::Journal => item.journal.clone(),
        PublicationField::Citations => item.citations.map_or_else(String::new, |count| count.to_string()),
    }
}

/// Sets a field; false where the value cannot be one.
fn set(item: &mut Publication, correction: &FieldCorrection) -> bool {
    let value = correction.value.as_str();
    match correction.field {
        PublicationField::Title => value.clone_into(&mut item.title),
        PublicationField::Type => value.clone_into(&mut item.document_type),
        PublicationField::Journal => value.clone_into(&mut item.journal),
        PublicationField::Year => match value.parse() {
            Ok(year) if (1800..=2200).contains(&year) => item.year = Some(year),
            _ => return false,
        },
        PublicationField::Citations => match value.parse() {
            Ok(count) if count >= 0 => item.citations = Some(count),
            _ => return false,
        },
    }
    true
}

/// Takes the publications out that `overrides/exclude.csv` names.
pub fn exclude(
    tables: &Tables,
    publications: &mut Publications,
    excluded: &mut Vec<Excluded>,
    findings: &mut Vec<Finding>,
) -> Vec<Applied> {
    let mut applied = Vec::new();
    let mut out = vec![false; publications.len()];
    {
        let keys = Keys::of(publications);
        for exclusion in &tables.overrides.exclusions {
            let Some(place) = keys.find(&exclusion.publication) else {
                findings.push(unknown_publication(&exclusion.publication, &exclusion.decision));
                continue;
            };
            if std::mem::replace(&mut out[place.at()], true) {
                continue;
            }
            let item = &publications.items[place.at()];
            let (who, reason) = (&exclusion.decision.who, &exclusion.decision.reason);
            let (record, source) = (item.id.clone(), item.sources.join("; "));
            let detail = if reason.is_empty() { format!("by {who}") } else { format!("{reason} (by {who})") };
            excluded.push(Excluded { record: record.clone(), source, reason: "override-exclude", detail });
            let detail = "not counted at all".to_owned();
            applied.push(Applied::new(&exclusion.decision, "exclude", record, detail, 0));
        }
    }
    if !applied.is_empty() {
        remove(publications, &out);
    }
    applied
}

fn remove(publications: &mut Publications, out: &[bool]) {
    let whole = std::mem::take(publications);
    publications.offsets.push(0);
    let mut authors: Vec<Option<Author>> = whole.authors.into_iter().map(Some).collect();
    for (index, item) in whole.items.into_iter().enumerate() {
        if out[index] {
            continue;
        }
        publications.items.push(item);
        let own = &mut authors[whole.offsets[index]..whole.offsets[index + 1]];
        publications.authors.extend(own.iter_mut().filter_map(Option::take));
        publications.offsets.push(publications.authors.len());
    }
}

/// Attribution overrides, by publication and author.
#[derive(Debug, Default)]
pub struct Decisions<'a> {
    by_author: FxHashMap<(PublicationIndex, u32), Vec<&'a AttributionOverride>>,
}

/// What the decisions on one author did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Those that took effect.
    pub applied: Vec<Applied>,
    /// Expired ones.
    pub findings: Vec<Finding>,
    /// Members of staff about whom is decided; they need no review.
    pub settled: Vec<u32>,
    /// Decided for the author as a whole.
    pub all_settled: bool,
}

impl<'a> Decisions<'a> {
    /// Indexes the rows; unknown publications and positions are found.
    pub fn new(tables: &'a Tables, publications: &Publications, findings: &mut Vec<Finding>) -> Self {
        let keys = Keys::of(publications);
        let mut decisions = Decisions::default();
        for row in &tables.overrides.attribution {
            let Some(publication) = keys.find(&row.publication) else {
                findings.push(unknown_publication(&row.publication, &row.decision));
                continue;
            };
            let authors = publications.authors_of(publication).len();
            if row.author_position == 0 || row.author_position as usize > authors {
                let message =
                    format!("the publication has {authors} authors, none in position {}", row.author_position);
                findings.push(Finding::error("bad-override", message).at(row.decision.place.clone()));
                continue;
            }
            decisions.by_author.entry((publication, row.author_position)).or_default().push(row);
        }
        decisions
    }

    /// Applies the decisions on one author to what was found for them. Each is compared with what the source says
    /// without any override.
    pub fn apply(
        &self,
        tables: &Tables,
        (publication, id): (PublicationIndex, &str),
        position: u32,
        found: &mut Vec<Found>,
        candidates: &[Candidate],
    ) -> Outcome {
        let mut outcome = Outcome::default();
        let Some(rows) = self.by_author.get(&(publication, position)) else { return outcome };
        let before = most_specific(&tables.units, found.clone());
        let now = says(tables, &before);
        for row in rows {
            if !holds(tables, &row.expect, &before) {
                outcome.findings.push(expired(&row.decision, &row.expect, &now));
                continue;
            }
            match (row.action, row.staff) {
                (Action::Deny, Some(staff)) => outcome.settled.push(staff),
                _ => outcome.all_settled = true,
            }
            let change = match row.action {
                Action::Credit => credit(tables, row, found),
                Action::Deny => deny(row, found, &before, candidates),
            };
            match change {
                Some((detail, credits)) => {
                    let target = format!("{id}, author {position}");
                    outcome.applied.push(Applied::new(&row.decision, "attribution", target, detail, credits));
                }
                None => {
                    let message = format!("the override has expired: the source already says so (\"{now}\")");
                    let finding = Finding::warning("override-expired", message).at(row.decision.place.clone());
                    outcome.findings.push(finding.hint("remove the row"));
                }
            }
        }
        outcome
    }
}

/// Books the author to the units of a row; `None` where all are found already.
fn credit(tables: &Tables, row: &AttributionOverride, found: &mut Vec<Found>) -> Option<(String, u32)> {
    let of_staff = || row.staff.map_or_else(Vec::new, |staff| tables.staff[staff as usize].units.clone());
    let wanted: Vec<UnitIndex> = row.unit.map_or_else(of_staff, |unit| vec![unit]);
    // A unit below the wanted one holds the paper for it already.
    let holds =
        |unit: UnitIndex| found.iter().any(|found| tables.units.ancestors(found.unit).binary_search(&unit).is_ok());
    let missing: Vec<UnitIndex> = wanted.into_iter().filter(|&unit| !holds(unit)).collect();
    if missing.is_empty() {
        return None;
    }
    let ids: Vec<&str> = missing.iter().map(|&unit| tables.units.get(unit).id.as_str()).collect();
    let detail = format!("credited to {}", ids.join(", "));
    let count = missing.len() as u32;
    found.extend(missing.into_iter().map(|unit| Found {
        unit,
        rule: Rule::Override,
        staff: row.staff,
        confidence: 1.0,
        part: Share::WHOLE,
    }));
    Some((detail, count))
}

/// Takes away what a row denies; `None` where there was nothing to take away and no candidate to refuse.
fn deny(
    row: &AttributionOverride,
    found: &mut Vec<Found>,
    before: &[Found],
    candidates: &[Candidate],
) -> Option<(String, u32)> {
    let is_meant = |found: &Found| {
        row.unit.is_none_or(|unit| found.unit == unit) && row.staff.is_none_or(|staff| found.staff == Some(staff))
    };
    let refused = candidates.iter().any(|candidate| row.staff.is_none_or(|staff| candidate.staff == staff));
    let all = found.len();
    found.retain(|one| !is_meant(one));
    let taken = before.iter().filter(|one| is_meant(one)).count() as u32;
    if found.len() < all {
        Some(("denied".to_owned(), taken))
    } else {
        refused.then(|| ("a possible match was refused".to_owned(), 0))
    }
}

/// What the source says of an author, as an `expect` is written: `roster.scopus_id cardiology`.
pub fn says(tables: &Tables, found: &[Found]) -> String {
    if found.is_empty() {
        return NOTHING.to_owned();
    }
    let words = found.iter().map(|found| format!("{} {}", found.rule.as_str(), tables.units.get(found.unit).id));
    words.collect::<Vec<_>>().join("; ")
}

/// Whether each rule and unit that a decision expects is still what the source says.
fn holds(tables: &Tables, expect: &str, found: &[Found]) -> bool {
    let is_unit = |word: &str| found.iter().any(|found| tables.units.get(found.unit).id == word);
    let is_rule = |word: &str| found.iter().any(|found| found.rule.as_str() == word);
    expect
        .split(|sign: char| sign == ';' || sign == ',' || sign.is_whitespace())
        .filter(|word| !word.is_empty())
        .all(|word| if word.eq_ignore_ascii_case(NOTHING) { found.is_empty() } else { is_rule(word) || is_unit(word) })
}
