//! Importance of each publication among the citing works that the assessment knows: the walk of [`influence`] over its
//! citation links, set in relation to publications of the same field and year.
//!
//! An office knows only a part of the world's graph: what comes of it is a proxy. Where no citing work is itself cited,
//! the walk has nothing to follow; if the sheet gives the impact of the citing works, one round takes its place.

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::measure::Input;
use crate::measure::citing::Citing;
use crate::measure::influence::{self, CitationGraph, Walk};
use crate::measure::publication::{Cohort, subject};
use crate::model::evidence::{Evidence, Fold, Term};
use crate::model::measure::{Reason, Status};

/// How importance was worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// No link is known.
    None,
    /// Recursively, over the graph of links.
    Graph,
    /// From the impact of the citing works alone.
    OneRound,
}

/// Importance of all publications.
#[derive(Debug)]
pub struct Importance {
    /// In publication order; the mean of a field and year is 1. `None` where nothing is known.
    pub values: Vec<Option<f64>>,
    /// How it was worked out.
    pub basis: Basis,
}

impl Importance {
    /// Importance over the links of `citing`; `fields` are the ASJC areas of each publication.
    pub fn new(input: Input, citing: &Citing, fields: &[Vec<u8>]) -> Self {
        let items = &input.publications.items;
        if !citing.has_links() {
            return Importance { values: vec![None; items.len()], basis: Basis::None };
        }
        let existing = input.publications.existing();
        let links = || (0..items.len() as u32).flat_map(|cited| citing.of(cited).iter().map(move |link| (cited, link)));
        let recursive = links().any(|(_, link)| (link.node as usize) < existing);
        let rated = links().any(|(_, link)| link.fwci.is_some());
        let basis = if rated && !recursive { Basis::OneRound } else { Basis::Graph };
        let mut raw: Vec<Option<f64>> = match basis {
            Basis::OneRound => (0..existing as u32)
                .map(|index| {
                    let impacts: Vec<Option<f64>> = citing.of(index).iter().map(|link| link.fwci).collect();
                    influence::one_round(&impacts).value
                })
                .collect(),
            _ => {
                let graph = CitationGraph::new(citing.nodes, links().map(|(cited, link)| (link.node, cited)));
                let walked = influence::importance(&graph, Walk::default()).map_or(Vec::new(), |found| found.values);
                walked.into_iter().take(existing).map(Some).collect()
            }
        };
        // Nobody cites what is imagined.
        raw.resize(items.len(), None);
        // A publication of several fields is compared with those of its first.
        let mut cohorts: BTreeMap<(Option<u8>, i32), u32> = BTreeMap::new();
        let cohort: Vec<Option<u32>> = (items.iter().zip(fields).zip(&raw))
            .map(|((item, fields), raw)| {
                let next = cohorts.len() as u32;
                let key = (fields.first().copied(), item.year?);
                raw.is_some().then(|| *cohorts.entry(key).or_insert(next))
            })
            .collect();
        let filled: Vec<f64> = raw.iter().map(|value| value.unwrap_or(0.0)).collect();
        let values = influence::normalised(&filled, &cohort).into_iter().map(|one| one.value).collect();
        Importance { values, basis }
    }

    /// What the importance rests on, and the links that name none of our publications.
    pub fn told(&self, citing: &Citing) -> Option<Finding> {
        let by = match self.basis {
            Basis::None => return None,
            Basis::Graph => "recursively over the known links, which are not the world's",
            Basis::OneRound => "in one round from the impact of the citing works, not recursively",
        };
        let message = format!(
            "the importance of citations is worked out {by}: a proxy; {} links cite works that are not ours",
            citing.elsewhere
        );
        Some(Finding::info("citation-importance", message))
    }
}

impl Cohort<'_> {
    /// Mean importance of the unit's publications, each counted whole: 1 is what publications of the same field and
    /// year have on average among those that the assessment knows.
    pub(super) fn mean_importance(&self) -> Evidence {
        let importance = &self.scope.works.importance.values;
        let term = |held: &&crate::measure::holdings::Held| {
            Some(Term::weighted(subject(held), 1.0, importance[held.publication as usize]?))
        };
        let terms: Vec<Term> = self.held.iter().filter_map(term).collect();
        if terms.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let n = terms.len() as u64;
        Evidence::known(terms, Fold::WeightedMean, n, Status::Proxy)
    }
}
