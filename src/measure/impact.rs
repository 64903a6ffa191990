//! Measures of citations normalised by field, year and type. Their rows are publications with the figure that
//! `publications.csv` gives.

use crate::measure::holdings::Held;
use crate::measure::publication::Cohort;
use crate::model::baseline::TOP_PERCENTS;
use crate::model::evidence::{Evidence, Fold, Subject, Term};
use crate::model::ledger::Share;
use crate::model::measure::{Reason, Status};
use crate::model::normalised::{Normalised, Origin};

/// A figure of a publication.
type Figure = fn(&Normalised) -> Option<f64>;

fn impact(one: &Normalised) -> Option<f64> {
    one.impact
}

impl Cohort<'_> {
    fn normalised(&self, held: &Held) -> &Normalised {
        &self.scope.works.normalised[held.publication as usize]
    }

    /// The publications with a known figure, by `weight`, in publication order.
    fn figures(&self, figure: impl Fn(&Normalised) -> Option<f64>, weight: impl Fn(&Held) -> f64) -> Vec<Term> {
        let term = |held: &&Held| {
            let figure = figure(self.normalised(held))?;
            Some(Term::weighted(Subject::Publication(held.publication), weight(held), figure))
        };
        self.held.iter().filter_map(term).collect()
    }

    /// `computed` only where every row has its figure from an export or a supplied baseline.
    fn status(&self, terms: &[Term], origin: fn(&Normalised) -> Option<Origin>) -> Status {
        let proxy = |term: &Term| match term.subject {
            Subject::Publication(index) => {
                origin(&self.scope.works.normalised[index as usize]).is_none_or(Origin::is_proxy)
            }
            _ => true,
        };
        if terms.iter().any(proxy) { Status::Proxy } else { Status::Computed }
    }

    /// Σ weight·figure / Σ weight over the publications with a figure.
    fn mean_figure(
        &self,
        figure: Figure,
        origin: fn(&Normalised) -> Option<Origin>,
        weight: impl Fn(&Held) -> f64,
    ) -> Evidence {
        let terms = self.figures(figure, weight);
        if terms.iter().all(|term| term.weight == 0.0) {
            return Evidence::missing(Reason::ZeroDenominator);
        }
        let (n, status) = (terms.len() as u64, self.status(&terms, origin));
        Evidence::known(terms, Fold::WeightedMean, n, status)
    }

    /// Mean field-weighted citation impact, Σ w·FWCI / Σ w, by the edition's weights.
    pub(super) fn mean_impact(&self) -> Evidence {
        self.mean_figure(impact, |one| one.impact_origin, |held| self.weight(held))
    }

    /// Mean normalised citation score, MNCS: weighted by the unit's fractional shares, so that the mean over all the
    /// world's units is 1 (Waltman et al. 2011, doi 10.1007/s11192-011-0354-5; CWTS Leiden Ranking).
    pub(super) fn mean_normalised(&self) -> Evidence {
        self.mean_figure(impact, |one| one.impact_origin, |held| Share(held.share).as_f64())
    }

    /// Total normalised citation score, TNCS: Σ share·score, the numerator of MNCS.
    pub(super) fn total_normalised(&self) -> Evidence {
        let terms = self.figures(impact, |held| Share(held.share).as_f64());
        self.summed(terms, |one| one.impact_origin)
    }

    /// Category normalised citation impact of a set: mean of c/e over the publications, each counted whole (InCites).
    pub(super) fn category_normalised(&self) -> Evidence {
        self.mean_figure(impact, |one| one.impact_origin, |_| 1.0)
    }

    /// Mean percentile, each publication counted whole; 1 is the top 1 %.
    pub(super) fn mean_percentile(&self) -> Evidence {
        self.mean_figure(|one| one.percentile, |one| one.percentile_origin, |_| 1.0)
    }

    /// 75th percentile of FWCI (linear between ranks, type 7 of Hyndman and Fan 1996). Two publications bring it: the one
    /// below the quartile its value, the one above its part of the way between them.
    pub(super) fn impact_quartile(&self) -> Evidence {
        let mut terms = self.figures(impact, |held| self.weight(held));
        if terms.is_empty() {
            return Evidence::missing(Reason::ZeroDenominator);
        }
        let status = self.status(&terms, |one| one.impact_origin);
        let by_figure = |a: &Term, b: &Term| a.figure.total_cmp(&b.figure).then(a.subject.cmp(&b.subject));
        terms.sort_unstable_by(by_figure);
        terms.iter_mut().for_each(|term| (term.weight, term.amount) = (1.0, 0.0));
        let position = 0.75 * (terms.len() - 1) as f64;
        let (below, part) = (position.floor() as usize, position.fract());
        let above = (below + 1).min(terms.len() - 1);
        let way = part * (terms[above].figure - terms[below].figure);
        terms[below].amount = terms[below].figure;
        terms[above].amount += way;
        let n = terms.len() as u64;
        Evidence::known(terms, Fold::Sum, n, status)
    }

    /// Publications among the `percent` % most cited of their field, year and type; those at the threshold in part.
    pub(super) fn top(&self, percent: u32) -> Evidence {
        let place = TOP_PERCENTS.iter().position(|known| *known == percent);
        let terms = self.figures(|one| one.top[place?], |held| self.weight(held));
        self.summed(terms, |one| one.percentile_origin)
    }

    /// The sum of `terms`; missing where no publication of several has a figure.
    fn summed(&self, terms: Vec<Term>, origin: fn(&Normalised) -> Option<Origin>) -> Evidence {
        if terms.is_empty() && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let (n, status) = (terms.len() as u64, self.status(&terms, origin));
        Evidence::known(terms, Fold::Sum, n, status)
    }
}
