//! Measures of who leads a publication and where it appeared: first and corresponding authors, quartiles, listed
//! journals. Ministries count by them (`domain` notes, promotion and research-output tables).

use crate::measure::holdings::Held;
use crate::measure::publication::{Cohort, subject};
use crate::model::evidence::{Evidence, Fold, Term};
use crate::model::measure::{Reason, Status};
use crate::model::tables::Journal;

impl Cohort<'_> {
    fn is_first(&self, held: &Held) -> bool {
        held.positions.first() == Some(&1)
    }

    fn is_corresponding(&self, held: &Held) -> bool {
        self.corresponding(held).iter().any(|position| held.positions.binary_search(position).is_ok())
    }

    fn corresponding(&self, held: &Held) -> &[u32] {
        &self.scope.works.corresponding[held.publication as usize]
    }

    /// Publications whose first author is the unit's.
    pub(super) fn first_author(&self) -> Evidence {
        self.weighted(|held| self.is_first(held), self.n())
    }

    /// Publications with a corresponding author of the unit. Missing where no record names one.
    pub(super) fn corresponding_author(&self) -> Evidence {
        self.led(|held| self.is_corresponding(held))
    }

    /// Publications whose first or a corresponding author is the unit's.
    pub(super) fn lead_author(&self) -> Evidence {
        self.led(|held| self.is_first(held) || self.is_corresponding(held))
    }

    fn led(&self, led: impl Fn(&Held) -> bool) -> Evidence {
        let tells = |held: &&&Held| !self.corresponding(held).is_empty();
        let known = self.held.iter().filter(tells).count() as u64;
        if known == 0 && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        self.weighted(led, known)
    }

    fn journal(&self, held: &Held) -> Option<&Journal> {
        let journals = &self.input.tables.journals;
        self.item(held).listed_journal.map(|journal| &journals[journal as usize])
    }

    /// Publications in journals whose best quartile is `quartile`. Missing without a journal list.
    pub(super) fn quartile(&self, quartile: u8) -> Evidence {
        if self.input.tables.journals.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        self.weighted(|held| self.journal(held).and_then(|journal| journal.quartile) == Some(quartile), self.n())
    }

    /// Publications in journals of the first quartile category by category: one that is in the first quartile of two of
    /// its three categories counts two thirds. Missing where the list gives no quartile by category.
    pub(super) fn first_quartile_by_category(&self) -> Evidence {
        let ranked = |journal: &Journal| journal.categories.iter().filter_map(|(_, quartile)| *quartile).count();
        if !self.input.tables.journals.iter().any(|journal| ranked(journal) > 0) {
            return Evidence::missing(Reason::NotSupplied);
        }
        let term = |held: &&Held| {
            let journal = self.journal(held).filter(|journal| ranked(journal) > 0)?;
            let first = journal.categories.iter().filter(|(_, quartile)| *quartile == Some(1)).count();
            let part = first as f64 / ranked(journal) as f64;
            (first > 0).then(|| Term::weighted(subject(held), self.weight(held), part))
        };
        Evidence::known(self.held.iter().filter_map(term).collect(), Fold::Sum, self.n(), Status::Computed)
    }

    /// Publications in journals of the office's list of top journals. Missing without that list.
    pub(super) fn top_journals(&self) -> Evidence {
        if self.input.tables.top_journals.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        self.weighted(|held| self.scope.works.in_top_journal[held.publication as usize], self.n())
    }

    /// Points of articles in the edition's listed journals by author order (ARWU N&S): corresponding, first, next, other;
    /// the unit's best weight once per paper. Of several corresponding authors the first counts; the first author counts
    /// as "next" where they are the corresponding one.
    pub(super) fn listed_journal_points(&self) -> Evidence {
        let Some((counting, weights)) = self.scope.counting().and_then(|c| c.author_order_weights.map(|w| (c, w)))
        else {
            return Evidence::missing(Reason::NotSupplied);
        };
        let listed = |held: &&&Held| self.item(held).issns.iter().any(|issn| counting.listed_journals.contains(issn));
        let points = |held: &Held| {
            let corresponding = self.corresponding(held).first().copied();
            let first = if corresponding == Some(1) { 2 } else { 1 };
            let weight_of = |position: u32| match position {
                position if Some(position) == corresponding => weights[0],
                position if position == first => weights[1],
                position if position == first + 1 => weights[2],
                _ => weights[3],
            };
            held.positions.iter().map(|&position| weight_of(position)).fold(0.0, f64::max)
        };
        let terms: Vec<Term> =
            (self.held.iter().filter(listed)).map(|held| Term::weighted(subject(held), points(held), 1.0)).collect();
        let n = terms.len() as u64;
        Evidence::known(terms, Fold::Sum, n, Status::Computed)
    }
}
