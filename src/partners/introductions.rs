//! Authors elsewhere whom members of the university know and a unit does not.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::ledger::Account;
use crate::model::partners::candidate::Introduction;
use crate::model::publication::{Author, PublicationIndex};
use crate::model::research_network::SUSTAINED;
use crate::partners::corpus::Corpus;
use crate::partners::subjects::{Profile, Subjects, likeness};

/// Introductions of a unit at most.
const MOST: usize = 10;

/// An author elsewhere.
struct Known {
    id: String,
    name: String,
    highly_cited: bool,
    papers: Vec<u32>,
    profile: Profile,
}

/// Introductions of all units in their order. Authors are told apart by ORCID iD and Scopus author id alone; those without
/// are not seen.
pub fn introductions(corpus: &Corpus, subjects: &Subjects) -> Vec<Introduction> {
    let known = elsewhere(corpus, subjects);
    let staff = staff_of(corpus);
    let units = corpus.holdings.of_unit.len();
    let found: Vec<Vec<Introduction>> =
        (0..units).into_par_iter().map(|unit| of_unit(corpus, subjects, &known, &staff, unit)).collect();
    found.into_iter().flatten().collect()
}

fn identifier(author: &Author) -> Option<String> {
    author.orcid.clone().or_else(|| author.scopus_id.clone())
}

/// Authors with an identifier and papers enough who have no credit of ours on any paper and are not in the staff sheet.
fn elsewhere(corpus: &Corpus, subjects: &Subjects) -> Vec<Known> {
    let results = corpus.results;
    let ours: std::collections::BTreeSet<&str> = results
        .tables
        .staff
        .iter()
        .flat_map(|person| person.orcids.iter().chain(&person.scopus_ids))
        .map(String::as_str)
        .collect();
    let credited: std::collections::BTreeSet<(u32, u32)> = results
        .ledger
        .credits
        .iter()
        .filter(|credit| matches!(credit.account, Account::Unit(_)))
        .map(|credit| (credit.publication.0, credit.author_position))
        .collect();
    let mut papers: BTreeMap<String, (String, Vec<u32>, bool)> = BTreeMap::new();
    for (paper, holders) in (0_u32..).zip(&corpus.holdings.holders) {
        if holders.is_empty() {
            continue;
        }
        for (position, author) in (1_u32..).zip(results.publications.authors_of(PublicationIndex(paper))) {
            let Some(id) = identifier(author) else { continue };
            let own = ours.contains(id.as_str()) || credited.contains(&(paper, position));
            let entry = papers.entry(id).or_insert_with(|| (author.name.clone(), Vec::new(), false));
            entry.1.push(paper);
            entry.2 |= own;
        }
    }
    let listed: std::collections::BTreeSet<&str> =
        results.tables.highly_cited.iter().filter_map(|entry| entry.orcid.as_deref()).collect();
    papers
        .into_iter()
        .filter(|(_, (_, papers, own))| !own && papers.len() >= SUSTAINED as usize)
        .map(|(id, (name, papers, _))| Known {
            highly_cited: listed.contains(id.as_str()),
            profile: subjects.profile(papers.iter().copied()),
            id,
            name,
            papers,
        })
        .collect()
}

/// Members of staff credited on each publication, ascending.
fn staff_of(corpus: &Corpus) -> Vec<Vec<u32>> {
    let mut staff = vec![Vec::new(); corpus.results.publications.len()];
    for credit in &corpus.results.ledger.credits {
        if let (Account::Unit(_), Some(person)) = (credit.account, credit.staff) {
            staff[credit.publication.at()].push(person);
        }
    }
    for people in &mut staff {
        people.sort_unstable();
        people.dedup();
    }
    staff
}

fn of_unit(
    corpus: &Corpus,
    subjects: &Subjects,
    known: &[Known],
    staff: &[Vec<u32>],
    unit: usize,
) -> Vec<Introduction> {
    let own = subjects.profile(corpus.holdings.of_unit[unit].iter().copied());
    let mut found: Vec<(f64, Introduction)> = Vec::new();
    for author in known {
        let overlap = likeness(&own, &author.profile);
        if overlap <= 0.0 || author.papers.iter().any(|paper| corpus.holds(unit, *paper)) {
            continue;
        }
        let mut with: BTreeMap<u32, u64> = BTreeMap::new();
        for person in author.papers.iter().flat_map(|paper| &staff[*paper as usize]) {
            *with.entry(*person).or_default() += 1;
        }
        let Some((person, _)) = with.iter().max_by_key(|(person, papers)| (**papers, std::cmp::Reverse(**person)))
        else {
            continue;
        };
        let person = &corpus.results.tables.staff[*person as usize];
        let citations = author.papers.iter().fold(0, |sum, paper| sum + corpus.citations(*paper));
        let ids: Vec<&str> = person.units.iter().map(|unit| corpus.unit_id(unit.at())).collect();
        let introduction = Introduction {
            unit: corpus.unit_id(unit).to_owned(),
            place: 0,
            author: author.id.clone(),
            name: author.name.clone(),
            highly_cited: author.highly_cited,
            papers: author.papers.len() as u64,
            citations,
            overlap,
            through_staff: person.id.clone(),
            through_units: ids.join(";"),
        };
        found.push((overlap * citations as f64, introduction));
    }
    found.sort_by(|a, b| {
        b.1.highly_cited
            .cmp(&a.1.highly_cited)
            .then_with(|| b.0.total_cmp(&a.0))
            .then_with(|| a.1.author.cmp(&b.1.author))
    });
    found.truncate(MOST);
    (1..).zip(found).map(|(place, (_, introduction))| Introduction { place, ..introduction }).collect()
}
