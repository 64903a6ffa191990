//! Publications of a unit that are not counted, each with its reason.

use serde::Serialize;

use crate::attribute::people::{Match, Roster};
use crate::model::audit::Audit;
use crate::model::edition::Edition;
use crate::model::publication::{Publication, PublicationIndex};
use crate::model::results::Results;
use crate::model::unit::UnitIndex;
use crate::model::window::Window;

/// Which publications count: the years, and the document types (empty counts all).
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Years of publication.
    pub window: Window,
    /// Folded document types.
    pub document_types: Vec<String>,
}

impl Counted {
    /// By an edition's rules in a window, or by the assessment's own.
    pub fn by(results: &Results, edition: Option<&Edition>, window: Window) -> Self {
        let types =
            edition.map_or(&results.assessment.policy.document_types, |edition| &edition.counting.document_types);
        Counted { window, document_types: types.clone() }
    }

    /// Why a publication does not count whoever holds it: reason and detail.
    pub fn refuses(&self, item: &Publication) -> Option<(&'static str, String)> {
        match item.year {
            None => return Some(("no-year", "the exports give no year".to_owned())),
            Some(year) if !self.window.contains(year) => {
                return Some(("outside-window", format!("{year} is outside {}", self.window)));
            }
            Some(_) => {}
        }
        if self.document_types.is_empty() || self.document_types.contains(&item.document_type) {
            return None;
        }
        let printed = if item.document_type.is_empty() { "(none)" } else { &item.document_type };
        Some(("document-type", format!("{printed} is not among {}", self.document_types.join(", "))))
    }
}

/// One publication or record that is not counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Omitted {
    /// Stable kebab-case reason; for a lost address the id of the rule.
    pub reason: String,
    /// Id of the publication.
    pub publication: String,
    /// DOI.
    pub doi: String,
    /// Title.
    pub title: String,
    /// Year.
    pub year: Option<i32>,
    /// Document type.
    pub document_type: String,
    /// What exactly.
    pub detail: String,
}

/// What a unit holds and does not count, records merged into what it counts, and what it would hold but for an address
/// or a date of employment; ascending by reason and publication.
pub fn of(results: &Results, audit: &Audit, unit: UnitIndex, counted: &Counted) -> Vec<Omitted> {
    let units = results.tables.units.descendants(unit);
    let held = results.ledger.publications_of(units);
    let omitted = |index: PublicationIndex, reason: &str, detail: String| {
        let item = &results.publications.items[index.at()];
        Omitted {
            reason: reason.to_owned(),
            publication: item.id.clone(),
            doi: item.doi.clone().unwrap_or_default(),
            title: item.title.clone(),
            year: item.year,
            document_type: item.document_type.clone(),
            detail,
        }
    };
    let mut rows: Vec<Omitted> = Vec::new();
    for &index in &held {
        if let Some((reason, detail)) = counted.refuses(&results.publications.items[index.at()]) {
            rows.push(omitted(index, reason, detail));
        }
    }
    let by_id = |id: &str| results.publications.items.binary_search_by(|item| item.id.as_str().cmp(id)).ok();
    for excluded in results.ledger.excluded.iter().filter(|row| row.reason == "duplicate-record") {
        let index = by_id(&excluded.record).map(|at| PublicationIndex(at as u32));
        if let Some(index) = index.filter(|index| held.binary_search(index).is_ok()) {
            rows.push(omitted(index, excluded.reason, format!("{}: {}", excluded.source, excluded.detail)));
        }
    }
    for (index, reason, detail) in lost(results, audit, units) {
        if held.binary_search(&index).is_err() {
            rows.push(omitted(index, &reason, detail));
        }
    }
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// A claim of units on a publication that is not credited to the claiming author.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The units.
    pub units: Vec<UnitIndex>,
    /// The publication.
    pub publication: PublicationIndex,
    /// Id of the rule that an address breaks, or `outside-employment`.
    pub reason: String,
    /// Position of the author in the byline, from 1.
    pub position: usize,
    /// The address as printed; else the id of the member of staff.
    pub subject: String,
}

impl Claim {
    /// What exactly.
    pub fn detail(&self) -> String {
        let Claim { position, subject, .. } = self;
        match self.reason.as_str() {
            OUTSIDE_EMPLOYMENT => format!("author {position} is staff {subject}, not employed then"),
            _ => format!("author {position}: {subject}"),
        }
    }
}

/// Reason of a claim by a member of staff who was not employed.
pub const OUTSIDE_EMPLOYMENT: &str = "outside-employment";

/// Claims of `units` on publications that are not credited to the claiming author: by an address that breaks a rule, or
/// by a member of staff who was not employed.
pub fn lost(results: &Results, audit: &Audit, units: &[UnitIndex]) -> Vec<(PublicationIndex, String, String)> {
    let mut found = claims(results, audit);
    found.retain(|claim| claim.units.iter().any(|unit| units.binary_search(unit).is_ok()));
    found.into_iter().map(|claim| (claim.publication, claim.reason.clone(), claim.detail())).collect()
}

/// All such claims of all units.
pub fn claims(results: &Results, audit: &Audit) -> Vec<Claim> {
    let mut claims = Vec::new();
    for breach in &audit.breaches {
        let author = &results.publications.authors_of(breach.publication)[breach.author_position as usize - 1];
        claims.push(Claim {
            units: vec![breach.unit],
            publication: breach.publication,
            reason: audit.rules[breach.rule].id.clone(),
            position: breach.author_position as usize,
            subject: author.affiliations[breach.affiliation as usize].clone(),
        });
    }
    let roster = Roster::new(&results.tables, &results.assessment);
    for at in 0..results.publications.len() as u32 {
        let publication = PublicationIndex(at);
        let year = results.publications.items[publication.at()].year;
        for (position, author) in results.publications.authors_of(publication).iter().enumerate() {
            let Some(Match::NotEmployed { staff }) = roster.find(author, year) else { continue };
            let person = &results.tables.staff[staff as usize];
            claims.push(Claim {
                units: person.units.clone(),
                publication,
                reason: OUTSIDE_EMPLOYMENT.to_owned(),
                position: position + 1,
                subject: person.id.clone(),
            });
        }
    }
    claims
}
