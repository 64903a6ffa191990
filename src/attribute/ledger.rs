//! The ledger: each author holds an equal share of a publication and passes it on to the units found for them.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::attribute::affiliation::Readings;
use crate::attribute::people::{Match, Roster};
use crate::diagnostic::Checked;
use crate::model::assessment::{Assessment, AttributionMethod};
use crate::model::ledger::{Account, Credit, Excluded, Ledger, Rule, Share};
use crate::model::publication::{Author, PublicationIndex, Publications};
use crate::model::tables::Tables;
use crate::model::unit::{UnitIndex, Units};

/// A unit found for an author: by which rule, and through which member of staff.
type Found = (UnitIndex, Rule, Option<u32>);

/// Books every publication. The shares of each sum to [`Share::WHOLE`].
pub fn book(
    tables: &Tables,
    assessment: &Assessment,
    publications: &Publications,
    readings: &Readings,
    mut excluded: Vec<Excluded>,
) -> Checked<Ledger> {
    let bookkeeper = Bookkeeper {
        tables,
        publications,
        readings,
        roster: Roster::new(tables, assessment),
        by_affiliation: assessment.attribution.by.contains(&AttributionMethod::Affiliation),
    };
    let entries: Vec<(Vec<Credit>, Vec<Excluded>)> =
        (0..publications.len() as u32).into_par_iter().map(|index| bookkeeper.entry(PublicationIndex(index))).collect();
    let mut credits = Vec::new();
    for (entry, claims) in entries {
        credits.extend(entry);
        excluded.extend(claims);
    }
    excluded.sort();
    Checked::clean(Ledger { credits, excluded })
}

struct Bookkeeper<'a> {
    tables: &'a Tables,
    publications: &'a Publications,
    readings: &'a Readings,
    roster: Roster<'a>,
    by_affiliation: bool,
}

impl Bookkeeper<'_> {
    /// The credits of one publication, and the claims on it that are not counted.
    fn entry(&self, publication: PublicationIndex) -> (Vec<Credit>, Vec<Excluded>) {
        let authors = self.publications.authors_of(publication);
        let mut credits: Vec<Credit> = Vec::new();
        let mut claims = Vec::new();
        let mut outside = if authors.is_empty() { Share::WHOLE } else { Share(0) };
        let mut counted: FxHashSet<UnitIndex> = FxHashSet::default();
        for ((index, author), share) in authors.iter().enumerate().zip(Share::WHOLE.split(authors.len())) {
            let position = index as u32 + 1;
            let found = self.units_of(publication, position, author, &mut claims);
            if found.is_empty() {
                outside = Share(outside.0 + share.0);
            }
            for ((unit, rule, staff), share) in found.iter().zip(share.split(found.len())) {
                credits.push(Credit {
                    publication,
                    account: Account::Unit(*unit),
                    author_position: position,
                    staff: *staff,
                    rule: *rule,
                    confidence: 1.0,
                    full: counted.insert(*unit),
                    share,
                });
            }
        }
        if credits.is_empty() {
            let detail =
                if authors.is_empty() { "the record lists no authors" } else { "no author was found in any unit" };
            claims.push(self.claim(publication, "no-unit", detail.to_owned()));
        }
        if outside.0 > 0 {
            credits.push(Credit {
                publication,
                account: Account::Outside,
                author_position: 0,
                staff: None,
                rule: Rule::Outside,
                confidence: 1.0,
                full: true,
                share: outside,
            });
        }
        (credits, claims)
    }

    /// The most specific units of one author, ascending: those of the staff sheet and those of the affiliations.
    fn units_of(
        &self,
        publication: PublicationIndex,
        position: u32,
        author: &Author,
        claims: &mut Vec<Excluded>,
    ) -> Vec<Found> {
        let item = &self.publications.items[publication.at()];
        let mut found: Vec<Found> = Vec::new();
        match self.roster.find(author, item.year) {
            Some(Match::Employed { staff, rule }) => {
                found.extend(self.tables.staff[staff as usize].units.iter().map(|&unit| (unit, rule, Some(staff))));
            }
            Some(Match::NotEmployed { staff }) => {
                let person = &self.tables.staff[staff as usize];
                let detail = format!(
                    "author {position} is staff {} but was not employed in {}",
                    person.id,
                    item.year.unwrap_or(0)
                );
                claims.push(self.claim(publication, "outside-employment", detail));
            }
            None => {}
        }
        if self.by_affiliation {
            for affiliation in &author.affiliations {
                let Some(reading) = self.readings.get(affiliation) else { continue };
                for unit in reading.units_in(item.year) {
                    found.push((unit, Rule::AffiliationUnit, None));
                }
                for &unit in &reading.without_university {
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
                if let Some(university) = self.tables.units.university().filter(|_| reading.home) {
                    found.push((university, Rule::AffiliationUniversity, None));
                }
            }
        }
        most_specific(&self.tables.units, found)
    }

    fn claim(&self, publication: PublicationIndex, reason: &'static str, detail: String) -> Excluded {
        let item = &self.publications.items[publication.at()];
        Excluded { record: item.id.clone(), source: item.sources.join("; "), reason, detail }
    }
}

/// Keeps of each unit the strongest rule, and drops units that lie above another one found.
fn most_specific(units: &Units, mut found: Vec<Found>) -> Vec<Found> {
    found.sort_unstable();
    found.dedup_by_key(|(unit, _, _)| *unit);
    let all: Vec<UnitIndex> = found.iter().map(|(unit, _, _)| *unit).collect();
    let above_another =
        |unit: UnitIndex| all.iter().any(|&other| other != unit && units.ancestors(other).binary_search(&unit).is_ok());
    found.retain(|&(unit, _, _)| !above_another(unit));
    // By id, not by row, so that the order of the units sheet cannot move the last 10⁻¹⁵ of a share.
    found.sort_by(|(a, _, _), (b, _, _)| units.get(*a).id.cmp(&units.get(*b).id));
    found
}
