//! A unit's own list against the count: both, only ours, only theirs, each with its reason.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::explain::omitted::{self, Counted};
use crate::explain::rows;
use crate::model::audit::Audit;
use crate::model::ledger::Account;
use crate::model::listed_work::ListedWork;
use crate::model::publication::PublicationIndex;
use crate::model::results::Results;
use crate::model::tables::RecordTable;
use crate::model::text::fold;
use crate::model::unit::UnitIndex;

/// Whose list a work is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Counted, and on the unit's list.
    Both,
    /// Counted, and not on the unit's list.
    OnlyOurs,
    /// On the unit's list, and not counted.
    OnlyTheirs,
}

impl Side {
    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Side::Both => "both",
            Side::OnlyOurs => "only_ours",
            Side::OnlyTheirs => "only_theirs",
        }
    }
}

/// One row of the comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// Whose.
    pub side: Side,
    /// Stable kebab-case reason, the id of an address rule, or the rule of the credit.
    pub reason: String,
    /// What exactly.
    pub detail: String,
    /// Place in the unit's list.
    pub row: String,
    /// `doi`, `eid`, `title`, or empty.
    pub matched_by: &'static str,
    /// Title as the unit's list prints it.
    pub listed_title: String,
    /// Id of the publication, where the exports hold it.
    pub publication: String,
    /// DOI.
    pub doi: String,
    /// EID.
    pub eid: String,
    /// Title as the exports print it.
    pub title: String,
    /// Year.
    pub year: Option<i32>,
    /// Document type.
    pub document_type: String,
}

/// Holds a list against what `counted` counts for `unit`: rows of the list in their order, then what only we count by
/// publication. A row is matched by DOI, else by EID, else by folded title with the same year, or alone where the row has
/// no year and the title is unique.
pub fn comparison(
    results: &Results,
    audit: &Audit,
    unit: UnitIndex,
    counted: &Counted,
    list: &[ListedWork],
) -> Vec<Compared> {
    let units = results.tables.units.descendants(unit);
    let held = results.ledger.publications_of(units);
    let counts = |index: PublicationIndex| counted.refuses(&results.publications.items[index.at()]).is_none();
    let finder = Finder::new(results);
    let retracted = retracted(results);
    let mut lost: FxHashMap<PublicationIndex, (String, String)> = FxHashMap::default();
    for (index, reason, detail) in omitted::lost(results, audit, units) {
        lost.entry(index).or_insert((reason, detail));
    }
    let mut first: FxHashMap<PublicationIndex, String> = FxHashMap::default();
    let mut listed: BTreeSet<PublicationIndex> = BTreeSet::new();
    let mut rows = Vec::new();
    for work in list {
        let found = finder.find(work);
        let place = work.place.to_string();
        let mut row = match found {
            Some((index, matched_by)) => Compared { matched_by, ..described(results, index) },
            None => unmatched(work),
        };
        (row.row, row.listed_title) = (place.clone(), work.title.clone());
        let (side, reason, detail) = match found {
            None => absent(work),
            Some((index, _)) => {
                let earlier = first.get(&index).cloned();
                first.entry(index).or_insert(place);
                let is_held = held.binary_search(&index).is_ok();
                match earlier {
                    Some(earlier) => {
                        (Side::OnlyTheirs, "duplicate-row".to_owned(), format!("the same work as {earlier}"))
                    }
                    None if is_held && counts(index) => {
                        listed.insert(index);
                        (Side::Both, "counted".to_owned(), credited(results, unit, index))
                    }
                    None => refused(results, counted, is_held, index, &retracted, &lost),
                }
            }
        };
        (row.side, row.reason, row.detail) = (side, reason, detail);
        rows.push(row);
    }
    for &index in held.iter().filter(|index| counts(**index) && !listed.contains(index)) {
        let rule = rows::publication(results, unit, index).rule;
        rows.push(Compared {
            side: Side::OnlyOurs,
            reason: rule,
            detail: credited(results, unit, index),
            ..described(results, index)
        });
    }
    rows
}

fn credited(results: &Results, unit: UnitIndex, index: PublicationIndex) -> String {
    let row = rows::publication(results, unit, index);
    format!("by {} [{}]: {}", row.authors, row.rule, row.affiliation)
}

/// Why a row of the list is in no export.
fn absent(work: &ListedWork) -> (Side, String, String) {
    let has_key = work.doi.is_some() || work.eid.is_some();
    let detail = if has_key {
        "no export holds this identifier or title"
    } else {
        "no export holds this title in this year; the row has no DOI or EID"
    };
    (Side::OnlyTheirs, "not-in-exports".to_owned(), detail.to_owned())
}

/// Why a publication of the exports that the unit lists is not counted for it.
fn refused(
    results: &Results,
    counted: &Counted,
    is_held: bool,
    index: PublicationIndex,
    retracted: &Retracted,
    lost: &FxHashMap<PublicationIndex, (String, String)>,
) -> (Side, String, String) {
    let item = &results.publications.items[index.at()];
    let theirs = |reason: &str, detail: String| (Side::OnlyTheirs, reason.to_owned(), detail);
    let is_retracted = item.doi.as_ref().is_some_and(|doi| retracted.contains(doi))
        || item.eid.as_ref().is_some_and(|eid| retracted.contains(eid));
    if is_retracted {
        return theirs("retracted", "an export marks it as retracted".to_owned());
    }
    if let Some((reason, detail)) = counted.refuses(item) {
        return theirs(reason, detail);
    }
    if is_held {
        return theirs("not-counted", "the unit holds it".to_owned());
    }
    if let Some((reason, detail)) = lost.get(&index) {
        return theirs(reason, detail.clone());
    }
    let accounts: BTreeSet<&str> = (results.ledger.credits.iter())
        .filter(|credit| credit.publication == index)
        .filter_map(|credit| match credit.account {
            Account::Unit(unit) => Some(results.tables.units.get(unit).id.as_str()),
            Account::Outside => None,
        })
        .collect();
    if accounts.is_empty() {
        return theirs("no-unit", "no author was found in any unit".to_owned());
    }
    theirs("other-unit", format!("credited to {} only", accounts.into_iter().collect::<Vec<_>>().join(", ")))
}

fn described(results: &Results, index: PublicationIndex) -> Compared {
    let item = &results.publications.items[index.at()];
    Compared {
        side: Side::OnlyTheirs,
        reason: String::new(),
        detail: String::new(),
        row: String::new(),
        matched_by: "",
        listed_title: String::new(),
        publication: item.id.clone(),
        doi: item.doi.clone().unwrap_or_default(),
        eid: item.eid.clone().unwrap_or_default(),
        title: item.title.clone(),
        year: item.year,
        document_type: item.document_type.clone(),
    }
}

fn unmatched(work: &ListedWork) -> Compared {
    Compared {
        side: Side::OnlyTheirs,
        reason: String::new(),
        detail: String::new(),
        row: String::new(),
        matched_by: "",
        listed_title: String::new(),
        publication: String::new(),
        doi: work.doi.clone().unwrap_or_default(),
        eid: work.eid.clone().unwrap_or_default(),
        title: String::new(),
        year: work.year,
        document_type: String::new(),
    }
}

/// DOIs and EIDs of records that an export marks as retracted.
type Retracted = FxHashSet<String>;

fn retracted(results: &Results) -> Retracted {
    let records = &results.tables.records.0;
    let mut keys = Retracted::default();
    let Some(marks) = records.column(RecordTable::RETRACTED).ok().and_then(|column| column.bool().ok()) else {
        return keys;
    };
    for name in [RecordTable::DOI, RecordTable::EID] {
        let Some(column) = records.column(name).ok().and_then(|column| column.str().ok()) else { continue };
        let marked = marks.iter().zip(column.iter()).filter(|(mark, _)| *mark == Some(true));
        keys.extend(marked.filter_map(|(_, key)| key.map(str::to_owned)));
    }
    keys
}

/// Finds publications by what a list says of them.
struct Finder<'a> {
    results: &'a Results,
    doi: FxHashMap<&'a str, PublicationIndex>,
    eid: FxHashMap<&'a str, PublicationIndex>,
    title: FxHashMap<String, Vec<PublicationIndex>>,
}

impl<'a> Finder<'a> {
    fn new(results: &'a Results) -> Self {
        let mut finder =
            Finder { results, doi: FxHashMap::default(), eid: FxHashMap::default(), title: FxHashMap::default() };
        for (index, item) in (0_u32..).map(PublicationIndex).zip(&results.publications.items) {
            if let Some(doi) = &item.doi {
                finder.doi.entry(doi).or_insert(index);
            }
            if let Some(eid) = &item.eid {
                finder.eid.entry(eid).or_insert(index);
            }
            finder.title.entry(fold(&item.title)).or_default().push(index);
        }
        finder
    }

    fn find(&self, work: &ListedWork) -> Option<(PublicationIndex, &'static str)> {
        let by_doi = work.doi.as_deref().and_then(|doi| self.doi.get(doi)).map(|&index| (index, "doi"));
        let by_eid = || work.eid.as_deref().and_then(|eid| self.eid.get(eid)).map(|&index| (index, "eid"));
        by_doi.or_else(by_eid).or_else(|| self.by_title(work).map(|index| (index, "title")))
    }

    fn by_title(&self, work: &ListedWork) -> Option<PublicationIndex> {
        let key = fold(&work.title);
        let alike = self.title.get(&key).filter(|_| !key.is_empty())?;
        match work.year {
            Some(year) => {
                alike.iter().copied().find(|index| self.results.publications.items[index.at()].year == Some(year))
            }
            None => alike.first().copied().filter(|_| alike.len() == 1),
        }
    }
}
