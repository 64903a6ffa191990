//! Measures of citations: in the edition's window, with and without self-citations, weighted by faculty area.

use crate::measure::citing::Received;
use crate::measure::holdings::Held;
use crate::measure::publication::{Cohort, subject};
use crate::model::evidence::{Evidence, Fold, Term};
use crate::model::measure::{Reason, Status};

/// Citations of one area times its weight W and the factor R of the country: NTCC_a = C_a · W_a · R_a (QS Citations per
/// Faculty; verified on SciVal's QS module, `qs-shanghai` method notes V4–V6).
pub fn area_weighted(citations: f64, area_weight: f64, country_factor: f64) -> f64 {
    citations * (area_weight * country_factor)
}

impl Cohort<'_> {
    pub(super) fn received(&self, held: &Held) -> Received {
        self.scope.received[held.publication as usize]
    }

    /// Whether every publication's citations are those of the window: then the value is what the edition defines.
    pub(super) fn citation_status(&self, known: &[(&Held, u64)]) -> Status {
        if known.iter().all(|(held, _)| self.received(held).in_window) { Status::Computed } else { Status::Proxy }
    }

    /// Publications whose citations are known, with them, in publication order.
    pub(super) fn cited(&self) -> Vec<(&Held, u64)> {
        self.held.iter().filter_map(|held| Some((*held, self.received(held).citations?))).collect()
    }

    /// Σ citations, whole counting. Where no sheet tells the years of citations, an edition's citation window cannot be
    /// cut: they are to date, a proxy.
    pub(super) fn citations(&self) -> Evidence {
        let known = self.cited();
        if known.is_empty() && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let term = |&(held, citations): &(&Held, u64)| {
            Term::weighted(subject(held), self.citation_weight(held), citations as f64)
        };
        Evidence::known(known.iter().map(term).collect(), Fold::Sum, self.n(), self.citation_status(&known))
    }

    /// Publications with known self-citations: what is left of their citations by `own`.
    fn less(&self, own: impl Fn(&Held, Received) -> Option<u64>, complete: impl Fn(Received) -> bool) -> Evidence {
        let mut known: Vec<(&Held, u64, Option<u64>)> = Vec::new();
        for &held in &self.held {
            let received = self.received(held);
            if let Some(citations) = received.citations {
                known.push((held, citations, own(held, received)));
            }
        }
        let told = known.iter().filter(|(_, _, own)| own.is_some()).count() as u64;
        if told == 0 && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let exact = known.iter().all(|(held, _, own)| {
            let received = self.received(held);
            own.is_some() && received.in_window && complete(received)
        });
        let term = |(held, citations, own): &(&Held, u64, Option<u64>)| {
            let left = citations.saturating_sub(own.unwrap_or(0));
            Term::weighted(subject(held), self.citation_weight(held), left as f64)
        };
        let status = if exact { Status::Computed } else { Status::Proxy };
        Evidence::known(known.iter().map(term).collect(), Fold::Sum, told, status)
    }

    /// Σ citations without those of works that share an author (QS since 2011, support article 4411823040018; CWTS).
    /// A proxy where not every citation's authors are known; `n` are the publications whose self-citations are.
    pub(super) fn citations_without_self(&self) -> Evidence {
        self.less(|_, received| received.author_self, |received| received.complete)
    }

    /// Σ citations without those of publications of the same unit; needs links.
    pub(super) fn citations_without_unit_self(&self) -> Evidence {
        let citing = &self.scope.works.citing;
        if !citing.has_links() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let window = self.scope.citations;
        let own = |held: &Held, _: Received| {
            let within = |year: Option<i32>| window.is_none_or(|window| year.is_some_and(|year| window.contains(year)));
            let of_unit = |node: u32| self.all.binary_search_by_key(&node, |held| held.publication).is_ok();
            let links = citing.of(held.publication).iter();
            Some(links.filter(|link| within(link.year) && of_unit(link.node)).count() as u64)
        };
        self.less(own, |_| true)
    }

    /// Σ self-citations (works that share an author).
    pub(super) fn self_citations(&self) -> Evidence {
        let known: Vec<(&Held, u64)> =
            self.held.iter().filter_map(|held| Some((*held, self.received(held).author_self?))).collect();
        if known.is_empty() && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let complete = known.len() == self.held.len() && known.iter().all(|(held, _)| self.received(held).complete);
        let status = if complete { Status::Computed } else { Status::Proxy };
        let term = |&(held, own): &(&Held, u64)| Term::weighted(subject(held), self.citation_weight(held), own as f64);
        let n = known.len() as u64;
        Evidence::known(known.iter().map(term).collect(), Fold::Sum, n, status)
    }

    /// Σ of citations × W × R; a publication counts in every area of its journal (QS, support article 360019107160).
    /// Self-citations are left out where they are known, else it is a proxy.
    pub(super) fn area_weighted_citations(&self) -> Evidence {
        let Some(counting) = self.scope.counting().filter(|counting| !counting.area_weights.is_empty()) else {
            return Evidence::missing(Reason::NotSupplied);
        };
        if self.input.tables.journals.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let exact = self.held.iter().all(|held| {
            let received = self.received(held);
            received.in_window && received.complete && received.author_self.is_some()
        });
        let term = |held: &&Held| {
            let areas = self.scope.areas_of[held.publication as usize].iter();
            let weight = areas.fold(0.0, |sum, &area| {
                let name = self.scope.areas[usize::from(area)];
                let factor = counting.country_factors.get(name).copied().unwrap_or(1.0);
                sum + area_weighted(1.0, counting.area_weights[name], factor)
            });
            let received = self.received(held);
            let citations = received.citations.unwrap_or(0).saturating_sub(received.author_self.unwrap_or(0));
            Term::weighted(subject(held), self.citation_weight(held) * weight, citations as f64)
        };
        let status = if exact { Status::Computed } else { Status::Proxy };
        Evidence::known(self.held.iter().map(term).collect(), Fold::Sum, self.n(), status)
    }
}
