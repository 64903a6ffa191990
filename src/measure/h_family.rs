//! The h-index and its family: indices of the most cited publications of a unit.
//!
//! | index | value |
//! |---|---|
//! | h | largest h with h publications of at least h citations (Hirsch 2005, doi 10.1073/pnas.0507655102) |
//! | h5 | h of the last five years of the window |
//! | g | largest g whose g most cited have at least g² citations together (Egghe 2006, doi 10.1007/s11192-006-0144-7) |
//! | A | mean citations of the h most cited (Jin 2006) |
//! | R | √(Σ citations of the h most cited) (Jin et al. 2007, doi 10.1007/s11434-007-0145-9) |
//! | m | h / years since the first publication of the window, that year counted (Hirsch 2005) |
//! | i10 | publications of at least ten citations |
//! | QS's H | 2·h of the publications of the subject alone + h of all of the subject |
//!
//! The h of a group grows with its size even where citations are drawn by chance (arXiv 2202.00335): it is shown beside
//! the number of publications.

use crate::measure::holdings::Held;
use crate::measure::publication::{Cohort, subject};
use crate::model::evidence::{CoreIndex, Evidence, Fold, Term};
use crate::model::measure::Reason;

/// Years of h5.
const RECENT: i32 = 5;

/// Citations of i10.
const TEN: u64 = 10;

/// The h of citations in descending order.
pub fn h(descending: &[u64]) -> usize {
    descending.iter().zip(0_u64..).take_while(|(citations, before)| *citations > before).count()
}

/// The g of citations in descending order; it cannot exceed their number.
pub fn g(descending: &[u64]) -> usize {
    let mut sum = 0;
    let enough = |(place, citations): (u64, &u64)| {
        sum += citations;
        sum >= place * place
    };
    (1_u64..).zip(descending).map(enough).take_while(|enough| *enough).count()
}

impl Cohort<'_> {
    /// The publications that `take` accepts and whose citations are known, most cited first.
    fn ranked(&self, take: impl Fn(&Held) -> bool) -> Vec<(&Held, u64)> {
        let mut ranked = self.cited();
        ranked.retain(|(held, _)| take(held));
        ranked.sort_by_key(|(held, citations)| (std::cmp::Reverse(*citations), held.publication));
        ranked
    }

    /// An index of the core. The core's rows bring one each, or their citations; the others nothing.
    fn core(&self, index: CoreIndex, take: impl Fn(&Held) -> bool) -> Evidence {
        let ranked = self.ranked(take);
        if ranked.is_empty() && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let citations: Vec<u64> = ranked.iter().map(|(_, citations)| *citations).collect();
        let size = if index == CoreIndex::G { g(&citations) } else { h(&citations) };
        if index == CoreIndex::A && size == 0 {
            return Evidence::missing(Reason::ZeroDenominator);
        }
        let term = |(place, &(held, citations)): (usize, &(&Held, u64))| {
            let (weight, figure) = (if place < size { 1.0 } else { 0.0 }, citations as f64);
            let amount = if matches!(index, CoreIndex::A | CoreIndex::R) { weight * figure } else { weight };
            Term { subject: subject(held), weight, figure, amount }
        };
        let terms = ranked.iter().enumerate().map(term).collect();
        Evidence::known(terms, Fold::Core(index), ranked.len() as u64, self.citation_status(&ranked))
    }

    pub(super) fn h_index(&self) -> Evidence {
        self.core(CoreIndex::H, |_| true)
    }

    pub(super) fn h5_index(&self) -> Evidence {
        let from = self.scope.window.to - RECENT + 1;
        self.core(CoreIndex::H, |held| self.item(held).year.is_some_and(|year| year >= from))
    }

    pub(super) fn g_index(&self) -> Evidence {
        self.core(CoreIndex::G, |_| true)
    }

    pub(super) fn a_index(&self) -> Evidence {
        self.core(CoreIndex::A, |_| true)
    }

    pub(super) fn r_index(&self) -> Evidence {
        self.core(CoreIndex::R, |_| true)
    }

    /// h / years. The rows of the core bring 1 / years each.
    pub(super) fn m_quotient(&self) -> Evidence {
        let mut found = self.core(CoreIndex::H, |_| true);
        let first = self.held.iter().filter_map(|held| self.item(held).year).min();
        let Some(first) = first.filter(|_| found.reason.is_none()) else { return found };
        found.fold = Fold::Core(CoreIndex::HPerYear(self.scope.window.to - first + 1));
        found
    }

    pub(super) fn i10_index(&self) -> Evidence {
        let known = self.cited();
        if known.is_empty() && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let at_least = known.iter().filter(|(_, citations)| *citations >= TEN);
        let terms = at_least.map(|(held, citations)| Term {
            subject: subject(held),
            weight: 1.0,
            figure: *citations as f64,
            amount: 1.0,
        });
        Evidence::known(terms.collect(), Fold::Sum, known.len() as u64, self.citation_status(&known))
    }

    /// QS's H of the edition's subject areas: 2·h₁ + h₂, where h₁ is of the publications of that subject alone and h₂ of
    /// all that belong to it (`qs-shanghai` method notes 2.2; the weight of two is not stated by QS). Missing where the
    /// edition names no areas.
    pub(super) fn qs_h_index(&self) -> Evidence {
        let Some(subject_areas) = self.scope.counting().map(|c| &c.subject_areas).filter(|areas| !areas.is_empty())
        else {
            return Evidence::missing(Reason::NotSupplied);
        };
        let fields = &self.scope.works.fields;
        let alone = |held: &Held| fields[held.publication as usize].iter().all(|field| subject_areas.contains(field));
        let all = self.ranked(|_| true);
        if all.is_empty() && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let citations = |of: &[(&Held, u64)]| of.iter().map(|(_, citations)| *citations).collect::<Vec<_>>();
        let (of_only, of_all) = (h(&citations(&self.ranked(alone))), h(&citations(&all)));
        let mut before = 0;
        let term = |(place, &(held, citations)): (usize, &(&Held, u64))| {
            let alone = alone(held);
            let twice = alone && before < of_only;
            before += usize::from(alone);
            let amount = f64::from(u8::from(twice) * 2 + u8::from(place < of_all));
            Term { subject: subject(held), weight: if alone { 2.0 } else { 0.0 }, figure: citations as f64, amount }
        };
        let terms = all.iter().enumerate().map(term).collect();
        Evidence::known(terms, Fold::Core(CoreIndex::Qs), all.len() as u64, self.citation_status(&all))
    }
}
