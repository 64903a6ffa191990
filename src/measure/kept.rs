//! Kept: what a measure of a unit comes to so far, in a form to which further papers are added quickly. It is what adding
//! all of them again gives, to the bit.

use crate::measure::collaboration::Network;
use crate::measure::institutional::Sheet;
use crate::measure::publication::Cohort;
use crate::model::evidence::{Evidence, Fold};
use crate::model::ledger::Share;
use crate::model::measure::{MeasuredValue, Status};

/// What a column of one unit moves with.
#[derive(Debug, Clone)]
pub enum Kept {
    /// Nothing that is asked here: it is stated, or rests on lists of persons and patents, which papers without a DOI and
    /// staff without a name do not enter.
    Still,
    /// One sheet of staff, students, degrees or money; any of them where none is named.
    Sheet(Option<Sheet>),
    /// Staff and publications: all of it is measured again.
    Staffed,
    /// Publications, of which all are measured again.
    Whole,
    /// Publications, row by row.
    Sums(Sums),
    /// The quartile of a figure of publications.
    Quartile(Quartile),
    /// Partners of publications.
    Network(Network),
}

impl Kept {
    /// What the publications of `cohort` come to, which are those of `evidence`.
    pub(super) fn of(code: &str, cohort: &Cohort, evidence: &Evidence) -> Kept {
        if evidence.reason.is_some() {
            return Kept::Whole;
        }
        match evidence.fold {
            Fold::Sum | Fold::WeightedMean | Fold::Shares => Kept::Sums(Sums::of(evidence)),
            Fold::UpperQuartile => Kept::Quartile(Quartile::of(evidence)),
            Fold::MeanOfParts if code == "international_research_network" => Kept::Network(Network::of(cohort)),
            _ => Kept::Whole,
        }
    }

    /// With the further papers of `cohort`, which are those of `more`; `None` where it does not say.
    pub(super) fn with(&self, cohort: &Cohort, more: &Evidence) -> Option<MeasuredValue> {
        // Papers without a figure add nothing.
        let adds = more.reason.is_none();
        match self {
            Kept::Still | Kept::Sheet(_) | Kept::Staffed | Kept::Whole => None,
            Kept::Sums(sums) => Some(if adds { sums.and(more).value() } else { sums.value() }),
            Kept::Quartile(quartile) => Some(quartile.with(adds.then_some(more))),
            Kept::Network(network) => Some(network.with(cohort)),
        }
    }
}

/// What the rows of one measure of one unit add up to so far.
#[derive(Debug, Clone, Copy)]
pub struct Sums {
    amount: f64,
    weight: f64,
    shares: u128,
    n: u64,
    status: Status,
    fold: Fold,
}

impl Sums {
    fn of(evidence: &Evidence) -> Sums {
        let none = Sums { amount: 0.0, weight: 0.0, shares: 0, n: 0, status: Status::Computed, fold: evidence.fold };
        none.and(evidence)
    }

    /// With further rows, in the order in which all of them would be added.
    fn and(mut self, more: &Evidence) -> Sums {
        for term in &more.terms {
            self.amount += term.amount;
            self.weight += term.weight;
            self.shares += term.amount as u128;
        }
        Sums { n: self.n + more.n, status: self.status.weaker(more.status), ..self }
    }

    fn value(&self) -> MeasuredValue {
        let value = match self.fold {
            Fold::WeightedMean => self.amount / self.weight,
            Fold::Shares => self.shares as f64 / Share::WHOLE.0 as f64,
            _ => self.amount,
        };
        MeasuredValue::known(value, self.n, self.status)
    }
}

/// Figures of publications, of which the 75th percentile counts.
#[derive(Debug, Clone)]
pub struct Quartile {
    /// Ascending.
    figures: Vec<f64>,
    status: Status,
}

impl Quartile {
    /// The rows of such a measure are ascending by figure.
    fn of(evidence: &Evidence) -> Quartile {
        Quartile { figures: evidence.terms.iter().map(|term| term.figure).collect(), status: evidence.status }
    }

    /// As `Cohort::impact_quartile` has it: linear between ranks.
    fn with(&self, more: Option<&Evidence>) -> MeasuredValue {
        let more = more.map(Quartile::of);
        let new = more.as_ref().map_or(&[][..], |more| &more.figures);
        let count = self.figures.len() + new.len();
        let position = 0.75 * (count - 1) as f64;
        let (below, part) = (position.floor() as usize, position.fract());
        let (low, high) = (self.nth(new, below), self.nth(new, (below + 1).min(count - 1)));
        let status = more.as_ref().map_or(self.status, |more| self.status.weaker(more.status));
        MeasuredValue::known(low + part * (high - low), count as u64, status)
    }

    /// The figure at a place, from 0, among these and `new` ones, ascending both.
    fn nth(&self, new: &[f64], place: usize) -> f64 {
        let mut before = 0;
        for (at, figure) in new.iter().enumerate() {
            let own = at + self.figures.partition_point(|known| known.total_cmp(figure).is_le());
            if own == place {
                return *figure;
            }
            before += usize::from(own < place);
        }
        self.figures[place - before]
    }
}
