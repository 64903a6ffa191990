//! The measures of single units from holdings that need not be the ledger's: what is asked again and again of a changed
//! copy, with everything about publications looked up once.
//!
//! Most measures of publications add up row by row. Of these the sum over what a unit holds is kept ([`Sums`]); papers that
//! come after all others are added to it, which is what adding all of them again gives, to the bit.

use crate::measure::holdings::Holdings;
use crate::measure::publication;
use crate::measure::scope::Scope;
use crate::measure::works::Works;
use crate::measure::{Input, counts_publications_alone, lists, scopes, stated, value};
use crate::model::evidence::{Evidence, Fold};
use crate::model::ledger::Share;
use crate::model::measure::{MeasureKey, MeasuredValue, Status};
use crate::model::unit::UnitIndex;

/// Everything about publications that the measures of `keys` need.
pub struct Rows<'a> {
    input: Input<'a>,
    keys: &'a [MeasureKey],
    scopes: Vec<Scope<'a>>,
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
    /// `None` where the rows do not simply add up, or there are none.
    fn of(evidence: &Evidence) -> Option<Sums> {
        let adds = matches!(evidence.fold, Fold::Sum | Fold::WeightedMean | Fold::Shares) && evidence.reason.is_none();
        let none = Sums { amount: 0.0, weight: 0.0, shares: 0, n: 0, status: Status::Computed, fold: evidence.fold };
        adds.then(|| none.and(evidence))
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

impl<'a> Rows<'a> {
    /// Looks at the publications of `input` once.
    pub fn new(input: Input<'a>, works: &'a Works, keys: &'a [MeasureKey]) -> Self {
        Rows { input, keys, scopes: scopes(input, works, keys) }
    }

    /// Whether a column moves with staff, students, degrees or money alone.
    pub fn is_institutional(&self, column: usize) -> bool {
        let key = &self.keys[column];
        !counts_publications_alone(self.input, key) && !lists::MEASURES.contains(&key.measure.as_str())
    }

    /// The sums of one unit in the columns that are `wanted`, where its rows add up.
    pub fn sums(&self, unit: UnitIndex, holdings: &Holdings, wanted: &[bool]) -> Vec<Option<Sums>> {
        let of_column = |(column, wanted): (usize, &bool)| {
            let key = &self.keys[column];
            let alone = *wanted && counts_publications_alone(self.input, key);
            if !alone || stated::value(self.input.tables, key, unit.at()).is_some() {
                return None;
            }
            Sums::of(&publication::evidence(self.input, self.scope(key)?, &key.measure, holdings))
        };
        wanted.iter().enumerate().map(of_column).collect()
    }

    fn scope(&self, key: &MeasureKey) -> Option<&Scope<'a>> {
        self.scopes.iter().find(|scope| scope.window == key.window && scope.edition_id() == key.edition.as_deref())
    }

    /// A column of one unit that holds what `sums` add up and `more` besides, which comes after all of it. `None` where the
    /// sums do not say.
    pub fn more(&self, column: usize, sums: &[Option<Sums>], more: &Holdings) -> Option<MeasuredValue> {
        let (key, sums) = (&self.keys[column], sums[column].as_ref()?);
        let evidence = publication::evidence(self.input, self.scope(key)?, &key.measure, more);
        // Papers without a figure add nothing.
        Some(if evidence.reason.is_some() { sums.value() } else { sums.and(&evidence).value() })
    }

    /// A column of one unit from all it holds. `sheets` hold its staff, students and money; journals and baselines need not
    /// be among them.
    pub fn value<'b>(
        &'b self,
        column: usize,
        sheets: Input<'b>,
        unit: UnitIndex,
        holdings: &'b Holdings,
    ) -> MeasuredValue {
        let key = &self.keys[column];
        let input = if counts_publications_alone(self.input, key) { self.input } else { sheets };
        value(input, key, unit.at(), &self.scopes, holdings)
    }
}
