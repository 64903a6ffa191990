//! The measures of single units from holdings that need not be the ledger's: what is asked again and again of a changed
//! copy, with everything about publications looked up once.
//!
//! What a unit's publications come to is kept ([`Kept`]); papers that come after all others are added to it.

use crate::measure::holdings::Holdings;
use crate::measure::kept::Kept;
use crate::measure::publication;
use crate::measure::scope::Scope;
use crate::measure::works::Works;
use crate::measure::{Input, counts_publications_alone, institutional, lists, scopes, stated, subjects, value};
use crate::model::measure::{MeasureKey, MeasuredValue};
use crate::model::unit::UnitIndex;

/// Everything about publications that the measures of `keys` need.
pub struct Rows<'a> {
    input: Input<'a>,
    keys: &'a [MeasureKey],
    scopes: Vec<Scope<'a>>,
}

impl<'a> Rows<'a> {
    /// Looks at the publications of `input` once.
    pub fn new(input: Input<'a>, works: &'a Works, keys: &'a [MeasureKey]) -> Self {
        Rows { input, keys, scopes: scopes(input, works, keys) }
    }

    /// What each column of one unit moves with; those that are not `wanted` do not.
    pub fn kept(&self, unit: UnitIndex, holdings: &Holdings, wanted: &[bool]) -> Vec<Kept> {
        let of_column = |(column, wanted): (usize, &bool)| {
            let key = &self.keys[column];
            let listed = lists::MEASURES.contains(&key.measure.as_str());
            if !wanted || listed || stated::value(self.input.tables, key, unit.at()).is_some() {
                return Kept::Still;
            }
            if !counts_publications_alone(self.input, key) {
                let staffed = subjects::DEPEND_ON_STAFF.contains(&key.measure.as_str());
                let sheet = || Kept::Sheet(institutional::sheet(&key.measure));
                return if staffed { Kept::Staffed } else { sheet() };
            }
            let Some(scope) = self.scope(key) else { return Kept::Whole };
            let evidence = publication::evidence(self.input, scope, &key.measure, holdings);
            Kept::of(&key.measure, &publication::cohort(self.input, scope, holdings), &evidence)
        };
        wanted.iter().enumerate().map(of_column).collect()
    }

    fn scope(&self, key: &MeasureKey) -> Option<&Scope<'a>> {
        self.scopes.iter().find(|scope| scope.window == key.window && scope.edition_id() == key.edition.as_deref())
    }

    /// A column of one unit that holds what is `kept` and `more` besides, which comes after all of it. `None` where that
    /// does not say.
    pub fn more(&self, column: usize, kept: &Kept, more: &Holdings) -> Option<MeasuredValue> {
        if let Kept::Still | Kept::Sheet(_) | Kept::Staffed | Kept::Whole = kept {
            return None;
        }
        let key = &self.keys[column];
        let scope = self.scope(key)?;
        let evidence = publication::evidence(self.input, scope, &key.measure, more);
        kept.with(&publication::cohort(self.input, scope, more), &evidence)
    }

    /// A column of one unit from all it holds. `sheets` hold its staff, students and money; what is stated, lists, journals
    /// and baselines need not be among them.
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
