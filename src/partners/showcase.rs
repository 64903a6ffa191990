//! What units can show: the subjects that they publish most in, and their most cited recent papers.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::partners::showcase::{TopPaper, UnitSubject};
use crate::partners::corpus::Corpus;
use crate::partners::subjects::Subjects;

/// Subjects and papers of a unit at most.
const MOST: usize = 8;

/// A paper is shown where it is of the top 10 % of its field, type and year.
const TOP: f64 = 10.0;

/// The subjects with most papers of each unit, equals by name.
pub fn subjects(corpus: &Corpus, subjects: &Subjects) -> Vec<UnitSubject> {
    let mut rows = Vec::new();
    for (unit, papers) in corpus.holdings.of_unit.iter().enumerate() {
        let mut of_subject: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &paper in papers {
            for &subject in &subjects.of_paper[paper as usize] {
                of_subject.entry(subject).or_default().push(paper);
            }
        }
        let mut ranked: Vec<(u32, Vec<u32>)> = of_subject.into_iter().collect();
        ranked.sort_by_key(|(_, papers)| Reverse(papers.len()));
        rows.extend(ranked.into_iter().take(MOST).map(|(subject, papers)| UnitSubject {
            unit: corpus.unit_id(unit).to_owned(),
            subject: subjects.names[subject as usize].clone(),
            papers: papers.len() as u64,
            impact: corpus.mean_impact(papers).0,
        }));
    }
    rows
}

/// The papers of each unit that are of the top, the latest years first, then the most cited.
pub fn papers(corpus: &Corpus) -> Vec<TopPaper> {
    let mut rows = Vec::new();
    for (unit, papers) in corpus.holdings.of_unit.iter().enumerate() {
        let shown = |&paper: &u32| {
            let told = corpus.results.measures.normalised.get(paper as usize)?;
            let percentile = told.percentile.filter(|percent| *percent <= TOP)?;
            let item = corpus.paper(paper);
            Some(TopPaper {
                unit: corpus.unit_id(unit).to_owned(),
                publication: item.id.clone(),
                title: item.title.clone(),
                journal: item.journal.clone(),
                year: item.year?,
                citations: item.citations,
                percentile,
            })
        };
        let mut found: Vec<TopPaper> = papers.iter().filter_map(shown).collect();
        found.sort_by_key(|paper| (Reverse(paper.year), Reverse(paper.citations)));
        found.truncate(MOST);
        rows.extend(found);
    }
    rows
}
