//! Publications that an integrity panel looks at: retracted, in delisted journals, of very many authors, of authors who
//! print several organisations (Meho 2025, Research Integrity Risk Index; `the` method notes, section 4).

use rustc_hash::FxHashMap;

use crate::measure::Input;
use crate::measure::publication::Cohort;
use crate::model::evidence::Evidence;
use crate::model::measure::Reason;

/// More authors than this make a publication hyper-authored where no rule of the edition or the office says otherwise
/// (the `the` method notes show 1,000 as THE's border; physics and global health consortia begin near 100).
pub const HYPER_AUTHORED: usize = 100;

/// Per publication: whether its journal is delisted from its year on, and whether its journal is a listed top journal.
pub fn journals(input: Input) -> (Vec<bool>, Vec<bool>) {
    let tables = input.tables;
    let mut delisted: FxHashMap<&str, Option<i32>> = FxHashMap::default();
    for title in &tables.delisted_titles {
        for issn in &title.issns {
            // Of several rows of a title the earliest year holds.
            let from = delisted.entry(issn).or_insert(title.from);
            *from = from.and_then(|known| title.from.map(|year| known.min(year)));
        }
    }
    let top: rustc_hash::FxHashSet<&str> =
        tables.top_journals.iter().flat_map(|journal| &journal.issns).map(String::as_str).collect();
    let items = input.publications.items.iter();
    items
        .map(|item| {
            let dropped = item.issns.iter().any(|issn| match delisted.get(issn.as_str()) {
                Some(Some(from)) => item.year.is_some_and(|year| year >= *from),
                Some(None) => true,
                None => false,
            });
            (dropped, item.issns.iter().any(|issn| top.contains(issn.as_str())))
        })
        .unzip()
}

/// Per publication: retracted by what a record, a notice or the office's list of retractions says.
pub fn retracted(input: Input) -> Vec<Option<bool>> {
    let list = &input.tables.retractions;
    let listed = |doi: &String| list.binary_search(doi).is_ok();
    let of = |item: &crate::model::publication::Publication| match item.retracted {
        Some(true) => Some(true),
        _ if item.doi.as_ref().is_some_and(listed) => Some(true),
        // A list that does not name the work says that it stands.
        said => said.or((!list.is_empty() && item.doi.is_some()).then_some(false)),
    };
    input.publications.items.iter().map(of).collect()
}

impl Cohort<'_> {
    /// Publications of more than [`HYPER_AUTHORED`] authors, each counted whole.
    pub(super) fn hyper_authored(&self) -> Evidence {
        self.weighted(|held| self.authors(held) > HYPER_AUTHORED, self.n())
    }

    /// Retracted publications. Missing where nothing says of any publication whether it is.
    pub(super) fn retracted(&self) -> Evidence {
        let retracted = &self.scope.works.retracted;
        let known = self.held.iter().filter(|held| retracted[held.publication as usize].is_some()).count() as u64;
        if known == 0 && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        self.weighted(|held| retracted[held.publication as usize] == Some(true), known)
    }

    /// Publications in journals that were delisted by then. Missing without a list of delisted titles.
    pub(super) fn delisted(&self) -> Evidence {
        if self.input.tables.delisted_titles.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        self.weighted(|held| self.scope.works.delisted[held.publication as usize], self.n())
    }

    /// Publications on which an author of the unit prints two organisations or more.
    pub(super) fn multi_affiliated(&self) -> Evidence {
        let known = self.held.iter().filter(|held| self.item(held).organisations > 0).count() as u64;
        if known == 0 && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let several = |held: &crate::measure::holdings::Held| {
            held.positions.iter().any(|position| self.item(held).multi_affiliated.binary_search(position).is_ok())
        };
        self.weighted(several, known)
    }
}
