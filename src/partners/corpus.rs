//! The papers of a run as partner reports need them: who holds each, who leads it, which partners are on it.

use crate::diagnostic::Finding;
use crate::model::holdings::Holdings;
use crate::model::ledger::Account;
use crate::model::partners::PartnerReadings;
use crate::model::publication::{Publication, PublicationIndex};
use crate::model::results::Results;
use crate::partners::identity::Identities;

/// Whether authors of a unit stand first or correspond.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lead {
    /// The first author is of the unit.
    pub first: bool,
    /// A corresponding author is.
    pub corresponding: bool,
}

/// Papers, holders, leads and partners.
pub struct Corpus<'a> {
    /// The run.
    pub results: &'a Results,
    /// Who holds which paper: those of the profile's years and document types.
    pub holdings: Holdings,
    /// Beside [`Holdings::of_unit`]: how the unit leads each paper.
    pub leads: Vec<Vec<Lead>>,
    /// Whether a record names a corresponding author, by publication.
    pub names_corresponding: Vec<bool>,
    /// Who the partners are.
    pub identities: Identities,
    /// Papers with each partner that any unit holds, ascending.
    pub of_partner: Vec<Vec<u32>>,
}

impl<'a> Corpus<'a> {
    /// Goes once through the ledger and once through the publications.
    pub fn new(results: &'a Results, readings: &PartnerReadings, findings: &mut Vec<Finding>) -> Self {
        let holdings = Holdings::new(results);
        let identities = Identities::new(results, readings, findings);
        let corresponding: Vec<Vec<usize>> = (0..results.publications.len() as u32)
            .map(|paper| results.publications.corresponding(PublicationIndex(paper)))
            .collect();
        let leads = leads(results, &holdings, &corresponding);
        let mut of_partner = vec![Vec::new(); identities.partners.len()];
        for (paper, holders) in (0_u32..).zip(&holdings.holders) {
            if holders.is_empty() {
                continue;
            }
            for &partner in &identities.of_paper[paper as usize] {
                of_partner[partner as usize].push(paper);
            }
        }
        let names_corresponding = corresponding.iter().map(|authors| !authors.is_empty()).collect();
        Corpus { results, holdings, leads, names_corresponding, identities, of_partner }
    }

    /// A publication.
    pub fn paper(&self, paper: u32) -> &Publication {
        &self.results.publications.items[paper as usize]
    }

    /// Its field-weighted citation impact, where that is known.
    pub fn impact(&self, paper: u32) -> Option<f64> {
        self.results.measures.normalised.get(paper as usize).and_then(|normalised| normalised.impact)
    }

    /// Its citations, 0 where none are known.
    pub fn citations(&self, paper: u32) -> i64 {
        self.paper(paper).citations.unwrap_or(0)
    }

    /// Whether a unit or one below it holds a paper.
    pub fn holds(&self, unit: usize, paper: u32) -> bool {
        self.holdings.holders[paper as usize].binary_search(&(unit as u32)).is_ok()
    }

    /// Mean impact of papers, summed in their order, and of how many it is known.
    pub fn mean_impact(&self, papers: impl IntoIterator<Item = u32>) -> (Option<f64>, u64) {
        let (mut sum, mut count) = (0.0, 0_u64);
        for impact in papers.into_iter().filter_map(|paper| self.impact(paper)) {
            sum += impact;
            count += 1;
        }
        ((count > 0).then(|| sum / count as f64), count)
    }

    /// Papers of each year of the window.
    pub fn by_year(&self, papers: impl IntoIterator<Item = u32>) -> Vec<u64> {
        let window = self.results.assessment.publication_window();
        let mut years = vec![0; (window.to - window.from).max(0) as usize + 1];
        for year in papers.into_iter().filter_map(|paper| self.paper(paper).year) {
            if let Some(count) = usize::try_from(year - window.from).ok().and_then(|at| years.get_mut(at)) {
                *count += 1;
            }
        }
        years
    }

    /// Id of a unit.
    pub fn unit_id(&self, unit: usize) -> &'a str {
        &self.results.tables.units.get(crate::model::unit::UnitIndex(unit as u32)).id
    }
}

fn leads(results: &Results, holdings: &Holdings, corresponding: &[Vec<usize>]) -> Vec<Vec<Lead>> {
    let mut leads: Vec<Vec<Lead>> = holdings.of_unit.iter().map(|papers| vec![Lead::default(); papers.len()]).collect();
    for credit in &results.ledger.credits {
        let (Account::Unit(unit), Some(author)) = (credit.account, (credit.author_position as usize).checked_sub(1))
        else {
            continue;
        };
        let paper = credit.publication;
        let (first, corresponds) = (author == 0, corresponding[paper.at()].contains(&author));
        if !first && !corresponds {
            continue;
        }
        for &unit in results.tables.units.ancestors(unit) {
            if let Ok(place) = holdings.of_unit[unit.at()].binary_search(&paper.0) {
                let lead = &mut leads[unit.at()][place];
                lead.first |= first;
                lead.corresponding |= corresponds;
            }
        }
    }
    leads
}
