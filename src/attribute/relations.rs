//! Where the credit of hospitals and joint bodies goes: component, joint and associated relations.
//!
//! The rule is the one of the CWTS Leiden Ranking, open edition (`CWTS-OpenAlex-databases`, MIT): the fraction of an
//! affiliation is 1 / (authors × affiliations of the author × institutions in the affiliation). A component passes all of
//! it to its university, a joint body its weights, an associated body passes it only where the paper carries the
//! university itself (or a component of it), split evenly over the universities that qualify. What is not passed stays
//! with the body, so the sum over a paper does not change.

use std::collections::BTreeMap;

use crate::attribute::vocabulary::Vocabulary;
use crate::model::ledger::Share;
use crate::model::relation::{Relation, RelationKind};
use crate::model::tables::Tables;
use crate::model::unit::UnitIndex;

/// An institution that one affiliation of one author names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named<'a> {
    /// Author, numbered within the paper.
    pub author: u32,
    /// Affiliation, numbered within the author.
    pub affiliation: u32,
    /// The institution.
    pub institution: &'a str,
}

/// Where the credit of a body goes on one paper: parts that sum to 1. `carries` says whether the paper names a
/// university itself.
pub fn passed_on<'a>(
    institution: &'a str,
    relations: &'a [Relation],
    carries: &dyn Fn(&str) -> bool,
) -> Vec<(&'a str, f64)> {
    let own: Vec<&Relation> = relations.iter().filter(|relation| relation.institution == institution).collect();
    let mut parts: Vec<(&str, f64)> = own
        .iter()
        .filter(|relation| relation.kind != RelationKind::Associated)
        .map(|relation| (relation.university.as_str(), relation.weight))
        .collect();
    if parts.is_empty() {
        let qualifying: Vec<&str> =
            own.iter().map(|relation| relation.university.as_str()).filter(|university| carries(university)).collect();
        parts.extend(qualifying.iter().map(|&university| (university, 1.0 / qualifying.len() as f64)));
    }
    let passed: f64 = parts.iter().map(|(_, part)| part).sum();
    if passed > 1.0 {
        // Stated shares above one are scaled down: no step may make credit out of nothing.
        parts.iter_mut().for_each(|(_, part)| *part /= passed);
    } else if passed < 1.0 {
        parts.push((institution, 1.0 - passed));
    }
    parts
}

/// Fractional credit of every institution of one paper after its bodies have passed theirs on. The sum is 1 where every
/// author has an affiliation.
pub fn unify(named: &[Named], relations: &[Relation]) -> BTreeMap<String, f64> {
    let count = |matches: &dyn Fn(&Named) -> bool, key: &dyn Fn(&Named) -> u32| {
        let mut keys: Vec<u32> = named.iter().filter(|named| matches(named)).map(key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.len() as f64
    };
    let component_of = |body: &str, university: &str| {
        relations
            .iter()
            .any(|r| r.kind == RelationKind::Component && r.institution == body && r.university == university)
    };
    let carries = |university: &str| {
        named.iter().any(|named| named.institution == university || component_of(named.institution, university))
    };
    let authors = count(&|_| true, &|named| named.author);
    let mut credit: BTreeMap<String, f64> = BTreeMap::new();
    for one in named {
        let affiliations = count(&|other| other.author == one.author, &|other| other.affiliation);
        let institutions =
            named.iter().filter(|other| (other.author, other.affiliation) == (one.author, one.affiliation)).count()
                as f64;
        let fraction = 1.0 / (authors * affiliations * institutions);
        for (institution, part) in passed_on(one.institution, relations, &carries) {
            *credit.entry(institution.to_owned()).or_default() += fraction * part;
        }
    }
    credit
}

/// What a paper names, for the bodies associated with it.
#[derive(Debug, Default)]
pub struct OnPaper<'a> {
    /// Our university.
    pub home: bool,
    /// Other universities, by their compared words.
    pub others: Vec<&'a str>,
}

/// The stated relations of our units.
#[derive(Debug)]
pub struct Relations<'a> {
    rows: &'a [Relation],
    ids: Vec<&'a str>,
    ours: Option<&'a str>,
    /// Compared words of the other universities, in the order of `rows`.
    words: Vec<String>,
}

impl<'a> Relations<'a> {
    /// Reads the relations sheet's rows.
    pub fn new(tables: &'a Tables) -> Self {
        let vocabulary = Vocabulary::built_in();
        Relations {
            rows: &tables.relations,
            ids: tables.units.iter().map(|(_, unit)| unit.id.as_str()).collect(),
            ours: tables.units.university().map(|unit| tables.units.get(unit).id.as_str()),
            words: tables.relations.iter().map(|relation| vocabulary.tokens(&relation.university).join(" ")).collect(),
        }
    }

    /// The part of a unit's credit that is ours where the affiliation does not name the university: none without a
    /// stated relation. `on_paper` is asked only where there is one.
    pub fn part_of_ours<'p>(&self, unit: UnitIndex, on_paper: impl FnOnce() -> OnPaper<'p>) -> Share {
        let id = self.ids[unit.at()];
        if !self.rows.iter().any(|relation| relation.institution == id) {
            return Share(0);
        }
        let paper = on_paper();
        let carries = |university: &str| {
            if Some(university) == self.ours {
                return paper.home;
            }
            let row = self.rows.iter().position(|relation| relation.university == university);
            row.is_some_and(|row| paper.others.contains(&self.words[row].as_str()))
        };
        let parts = passed_on(id, self.rows, &carries);
        Share::from_f64(parts.iter().filter(|(name, _)| Some(*name) == self.ours).map(|(_, part)| part).sum())
    }
}
