//! On whom the citations of a unit depend: one member of staff, and those who leave soon.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::model::ledger::Account;
use crate::model::partners::line::{Dependence, Dependent};
use crate::model::tables::Date;
use crate::partners::corpus::Corpus;

/// Years within which a member of staff counts as leaving.
const SOON: i32 = 3;

/// Of each unit in its order the author with most citations, then those who leave, where there are any.
pub fn dependences(corpus: &Corpus, day: Date) -> Vec<Dependence> {
    let units = corpus.holdings.of_unit.len();
    let mut of_unit: Vec<BTreeMap<u32, BTreeSet<u32>>> = vec![BTreeMap::new(); units];
    for credit in &corpus.results.ledger.credits {
        let (Account::Unit(unit), Some(person)) = (credit.account, credit.staff) else { continue };
        for &unit in corpus.results.tables.units.ancestors(unit) {
            if corpus.holds(unit.at(), credit.publication.0) {
                of_unit[unit.at()].entry(person).or_default().insert(credit.publication.0);
            }
        }
    }
    let found: Vec<Vec<Dependence>> =
        of_unit.into_par_iter().enumerate().map(|(unit, people)| of(corpus, unit, &people, day)).collect();
    found.into_iter().flatten().collect()
}

fn of(corpus: &Corpus, unit: usize, people: &BTreeMap<u32, BTreeSet<u32>>, day: Date) -> Vec<Dependence> {
    let staff = &corpus.results.tables.staff;
    let sum = |papers: &mut dyn Iterator<Item = u32>| papers.fold(0, |sum, paper| sum + corpus.citations(paper));
    let total = sum(&mut corpus.holdings.of_unit[unit].iter().copied());
    if total <= 0 {
        return Vec::new();
    }
    let row = |kind: Dependent, ids: Vec<&str>, papers: &BTreeSet<u32>| {
        let citations = sum(&mut papers.iter().copied());
        Dependence {
            unit: corpus.unit_id(unit).to_owned(),
            kind,
            staff: ids.join(";"),
            citations,
            of: total,
            share: citations as f64 / total as f64,
            papers: papers.len() as u64,
        }
    };
    let id = |person: u32| staff[person as usize].id.as_str();
    let most = people
        .iter()
        .map(|(person, papers)| (sum(&mut papers.iter().copied()), *person, papers))
        .max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    let mut rows: Vec<Dependence> =
        most.map(|(_, person, papers)| row(Dependent::Author, vec![id(person)], papers)).into_iter().collect();
    let horizon = Date { year: day.year + SOON, ..day };
    let leaves = |person: &u32| staff[*person as usize].to.is_some_and(|last| day <= last && last <= horizon);
    let leaving: Vec<u32> = people.keys().copied().filter(leaves).collect();
    if !leaving.is_empty() {
        let papers: BTreeSet<u32> = leaving.iter().flat_map(|person| &people[person]).copied().collect();
        rows.push(row(Dependent::Leaving, leaving.iter().map(|person| id(*person)).collect(), &papers));
    }
    rows
}
