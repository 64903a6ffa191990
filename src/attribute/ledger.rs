//! The ledger: each author holds an equal share of a publication and passes it on to the units found for them.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::attribute::bearers::{Bearers, Candidate, Circumstances};
use crate::attribute::overrides::{self, Decisions};
use crate::attribute::people::{Match, Roster};
use crate::attribute::readings::Readings;
use crate::attribute::relations::{OnPaper, Relations};
use crate::attribute::review;
use crate::attribute::shares;
use crate::diagnostic::{Checked, Finding};
use crate::model::assessment::{Assessment, Attribution, AttributionMethod, Combination, UnitsAt};
use crate::model::ledger::{Account, Credit, Excluded, Ledger, Rule, Share};
use crate::model::overrides::Applied;
use crate::model::publication::{Author, PublicationIndex, Publications};
use crate::model::review::Review;
use crate::model::tables::Tables;
use crate::model::unit::{UnitIndex, Units};

/// A unit found for an author.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The unit.
    pub unit: UnitIndex,
    /// By which rule.
    pub rule: Rule,
    /// Through which member of staff, as an index into the staff table.
    pub staff: Option<u32>,
    /// How sure, 0–1.
    pub confidence: f64,
    /// The part of the author's share that the unit may hold; the rest is booked outside.
    pub part: Share,
}

/// Books every publication. The shares of each sum to [`Share::WHOLE`].
pub fn book(
    tables: &Tables,
    assessment: &Assessment,
    publications: &Publications,
    readings: &Readings,
    mut excluded: Vec<Excluded>,
) -> Checked<Ledger> {
    let mut findings = Vec::new();
    let policy = &assessment.attribution;
    let bearers = policy.by.contains(&AttributionMethod::Name).then(|| Bearers::new(tables));
    findings.extend(bearers.as_ref().and_then(Bearers::findings));
    let bookkeeper = Bookkeeper {
        tables,
        publications,
        readings,
        roster: Roster::new(tables, assessment),
        bearers,
        policy,
        relations: Relations::new(tables),
        decisions: Decisions::new(tables, publications, &mut findings),
        by_affiliation: policy.by.contains(&AttributionMethod::Affiliation),
    };
    let entries: Vec<Entry> =
        (0..publications.len() as u32).into_par_iter().map(|index| bookkeeper.entry(PublicationIndex(index))).collect();
    let mut ledger = Ledger::default();
    let mut reviews = Vec::new();
    for entry in entries {
        ledger.credits.extend(entry.credits);
        excluded.extend(entry.claims);
        reviews.extend(entry.reviews);
        ledger.overrides.extend(entry.applied);
        findings.extend(entry.findings);
    }
    excluded.sort();
    ledger.excluded = excluded;
    ledger.reviews = review::order(tables, publications, &ledger.credits, reviews);
    Checked { value: ledger, findings }
}

struct Bookkeeper<'a> {
    tables: &'a Tables,
    publications: &'a Publications,
    readings: &'a Readings,
    roster: Roster<'a>,
    /// Only where the policy finds people by name.
    bearers: Option<Bearers<'a>>,
    policy: &'a Attribution,
    relations: Relations<'a>,
    decisions: Decisions<'a>,
    by_affiliation: bool,
}

/// What is booked for one publication.
#[derive(Default)]
struct Entry {
    credits: Vec<Credit>,
    claims: Vec<Excluded>,
    reviews: Vec<Review>,
    applied: Vec<Applied>,
    findings: Vec<Finding>,
}

impl Bookkeeper<'_> {
    /// The credits of one publication, and the claims on it that are not counted.
    fn entry(&self, publication: PublicationIndex) -> Entry {
        let authors = self.publications.authors_of(publication);
        let mut entry = Entry::default();
        let candidates = self.candidates(publication, authors);
        let found: Vec<Vec<Found>> = authors
            .iter()
            .enumerate()
            .map(|(index, author)| {
                let possible = candidates.get(index).map_or(&[][..], Vec::as_slice);
                self.units_of(publication, index as u32 + 1, (author, possible), &mut entry)
            })
            .collect();
        let shares = shares::of_authors(self.policy.fractional, self.publications, publication, self.readings, &found);
        let mut booked = Share(0);
        let mut counted: FxHashSet<UnitIndex> = FxHashSet::default();
        for (index, (found, share)) in found.iter().zip(shares).enumerate() {
            for (found, share) in found.iter().zip(share.split(found.len())) {
                let share = share.part(found.part);
                booked = Share(booked.0 + share.0);
                entry.credits.push(Credit {
                    publication,
                    account: Account::Unit(found.unit),
                    author_position: index as u32 + 1,
                    staff: found.staff,
                    rule: found.rule,
                    confidence: found.confidence,
                    full: counted.insert(found.unit),
                    share,
                });
            }
        }
        let outside = Share(Share::WHOLE.0 - booked.0);
        if entry.credits.is_empty() {
            let detail =
                if authors.is_empty() { "the record lists no authors" } else { "no author was found in any unit" };
            entry.claims.push(self.claim(publication, "no-unit", detail.to_owned()));
        }
        if outside.0 > 0 {
            entry.credits.push(Credit::outside(publication, outside));
        }
        entry
    }

    /// Members of staff who may be the authors, by name; for authors beside our university whom no id identifies.
    fn candidates(&self, publication: PublicationIndex, authors: &[Author]) -> Vec<Vec<Candidate>> {
        let Some(bearers) = &self.bearers else { return Vec::new() };
        let year = self.publications.items[publication.at()].year;
        let owners: Vec<Option<u32>> = authors.iter().map(|author| self.roster.owner(author)).collect();
        let mut candidates: Vec<Vec<Candidate>> = authors
            .iter()
            .zip(&owners)
            .map(|(author, &owner)| {
                let readings = || author.affiliations.iter().filter_map(|printed| self.readings.get(printed));
                if !readings().any(|reading| reading.home) || owner.is_some() && self.roster.finds_by_id() {
                    return Vec::new();
                }
                let circumstances = Circumstances {
                    year,
                    units: readings().flat_map(|reading| reading.units_in(year)).collect(),
                    student: author.affiliations.iter().any(|printed| bearers.names_student(printed)),
                    other_id: owner.is_none() && author.scopus_id.is_some(),
                };
                let mut found = bearers.find(&author.name, &self.roster, &circumstances);
                // An id that belongs to one person rules all others out.
                match owner {
                    Some(owner) => found.retain(|candidate| candidate.staff == owner),
                    None => found.retain(|candidate| !owners.contains(&Some(candidate.staff))),
                }
                found
            })
            .collect();
        let sure: Vec<u32> = candidates.iter().filter_map(|found| self.sure(found)).map(|sure| sure.staff).collect();
        for candidate in candidates.iter_mut().flatten() {
            if sure.iter().filter(|staff| **staff == candidate.staff).count() > 1 {
                candidate.two_authors_fit();
            }
        }
        candidates
    }

    /// The one candidate that needs no decision.
    fn sure<'c>(&self, candidates: &'c [Candidate]) -> Option<&'c Candidate> {
        candidates.first().filter(|candidate| candidate.confidence >= self.policy.name_confidence)
    }

    /// The most specific units of one author, ascending by id: those of the staff sheet, those of the affiliations, and
    /// what the office has decided.
    fn units_of(
        &self,
        publication: PublicationIndex,
        position: u32,
        (author, candidates): (&Author, &[Candidate]),
        entry: &mut Entry,
    ) -> Vec<Found> {
        let item = &self.publications.items[publication.at()];
        let mut found = self.found_by_id(publication, position, author, &mut entry.claims);
        let today = self.policy.units_at == UnitsAt::Today && !found.is_empty();
        let roster_alone = self.policy.combine == Combination::RosterFirst && !found.is_empty();
        if self.by_affiliation && !today && !roster_alone {
            self.find_by_affiliation(publication, position, author, &mut found, &mut entry.claims);
        }
        if self.policy.combine == Combination::AffiliationFirst
            && found.iter().any(|found| found.rule == Rule::AffiliationUnit)
        {
            found.retain(|found| found.staff.is_none());
        }
        let sure = self.sure(candidates);
        if let Some(sure) = sure {
            let units = &self.tables.staff[sure.staff as usize].units;
            let (staff, confidence) = (Some(sure.staff), sure.confidence);
            found.extend(units.iter().map(|&unit| Found {
                unit,
                rule: Rule::RosterName,
                staff,
                confidence,
                part: Share::WHOLE,
            }));
        }
        let outcome = self.decisions.apply(self.tables, (publication, &item.id), position, &mut found, candidates);
        let found = most_specific(&self.tables.units, found);
        if sure.is_none() && !outcome.all_settled {
            let expect = overrides::says(self.tables, &found);
            let open = candidates.iter().filter(|candidate| !outcome.settled.contains(&candidate.staff));
            entry.reviews.extend(open.filter(|candidate| self.would_change(candidate, &found)).map(|candidate| {
                Review {
                    priority: 0,
                    publication,
                    author_position: position,
                    staff: candidate.staff,
                    confidence: candidate.confidence,
                    reason: candidate.reason.clone(),
                    effect: 0.0,
                    expect: expect.clone(),
                }
            }));
        }
        entry.applied.extend(outcome.applied);
        entry.findings.extend(outcome.findings);
        found
    }

    /// Whether accepting a candidate would add a unit to those found.
    fn would_change(&self, candidate: &Candidate, found: &[Found]) -> bool {
        let units = &self.tables.staff[candidate.staff as usize].units;
        units.iter().any(|&unit| {
            !found.iter().any(|found| self.tables.units.ancestors(found.unit).binary_search(&unit).is_ok())
        })
    }

    fn found_by_id(
        &self,
        publication: PublicationIndex,
        position: u32,
        author: &Author,
        claims: &mut Vec<Excluded>,
    ) -> Vec<Found> {
        let year = self.publications.items[publication.at()].year;
        match self.roster.find(author, year) {
            Some(Match::Employed { staff, rule }) => {
                let units = &self.tables.staff[staff as usize].units;
                units
                    .iter()
                    .map(|&unit| Found { unit, rule, staff: Some(staff), confidence: 1.0, part: Share::WHOLE })
                    .collect()
            }
            Some(Match::NotEmployed { staff }) => {
                let person = &self.tables.staff[staff as usize];
                let detail =
                    format!("author {position} is staff {} but was not employed in {}", person.id, year.unwrap_or(0));
                claims.push(self.claim(publication, "outside-employment", detail));
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn find_by_affiliation(
        &self,
        publication: PublicationIndex,
        position: u32,
        author: &Author,
        found: &mut Vec<Found>,
        claims: &mut Vec<Excluded>,
    ) {
        let year = self.publications.items[publication.at()].year;
        let certain =
            |unit: UnitIndex, rule: Rule| Found { unit, rule, staff: None, confidence: 1.0, part: Share::WHOLE };
        for affiliation in &author.affiliations {
            let Some(reading) = self.readings.get(affiliation) else { continue };
            found.extend(reading.units_in(year).into_iter().map(|unit| certain(unit, Rule::AffiliationUnit)));
            for &unit in &reading.without_university {
                let part = self.relations.part_of_ours(unit, || self.names_on(publication));
                if part.0 > 0 {
                    found.push(Found { part, ..certain(unit, Rule::AffiliationRelation) });
                    continue;
                }
                let detail = format!(
                    "author {position} names {} without the university: {affiliation}",
                    self.tables.units.get(unit).id
                );
                claims.push(self.claim(publication, "university-not-named", detail));
            }
            for spelling in &reading.ambiguous {
                let detail = format!("author {position}: \"{spelling}\" fits several units: {affiliation}");
                claims.push(self.claim(publication, "ambiguous-unit", detail));
            }
            let university = self.tables.units.university().filter(|_| reading.home);
            found.extend(university.map(|university| certain(university, Rule::AffiliationUniversity)));
        }
    }

    /// What all affiliations of a publication name, for the associated bodies on it.
    fn names_on(&self, publication: PublicationIndex) -> OnPaper<'_> {
        let authors = self.publications.authors_of(publication).iter();
        let readings = authors.flat_map(|author| &author.affiliations).filter_map(|printed| self.readings.get(printed));
        readings.fold(OnPaper::default(), |mut names, reading| {
            names.home |= reading.home;
            names.others.extend(reading.universities.iter().map(String::as_str));
            names
        })
    }

    fn claim(&self, publication: PublicationIndex, reason: &'static str, detail: String) -> Excluded {
        let item = &self.publications.items[publication.at()];
        Excluded { record: item.id.clone(), source: item.sources.join("; "), reason, detail }
    }
}

/// Keeps of each unit the strongest rule, and drops units that lie above another one found. Ascending by unit id.
pub fn most_specific(units: &Units, mut found: Vec<Found>) -> Vec<Found> {
    found.sort_unstable_by_key(|found| (found.unit, found.rule, found.staff));
    // The person is kept whichever rule is the stronger: the affiliation names the unit, the name the member of staff.
    found.dedup_by(|later, kept| {
        let same = later.unit == kept.unit;
        if same && kept.staff.is_none() {
            kept.staff = later.staff;
        }
        same
    });
    let all: Vec<UnitIndex> = found.iter().map(|found| found.unit).collect();
    let above_another =
        |unit: UnitIndex| all.iter().any(|&other| other != unit && units.ancestors(other).binary_search(&unit).is_ok());
    found.retain(|found| !above_another(found.unit));
    // By id, not by row, so that the order of the units sheet cannot move the last 10⁻¹⁵ of a share.
    found.sort_by(|a, b| units.get(a.unit).id.cmp(&units.get(b.unit).id));
    found
}
