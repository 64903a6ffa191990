//! The review queue: how much each undecided match would move, and in which order it is worth a person's time.

use std::collections::BTreeMap;

use crate::model::ledger::{Account, Credit};
use crate::model::publication::{PublicationIndex, Publications};
use crate::model::review::Review;
use crate::model::tables::Tables;
use crate::model::unit::UnitIndex;

/// Works out effects and puts the cases in order: most effect first, then by publication and author; the candidates of
/// one author stay together, the surest first. Cases whose candidates change nothing but fractional shares come last.
///
/// The effect of accepting a candidate: with `w(p) = 1 + citations` and `W(u)` the sum of `w` over all publications that
/// a unit and its descendants hold, the sum over the units that would newly hold `p` of `100 w(p) / (W(u) + w(p))`. It
/// is the percentage by which the holdings behind their indicators move, and needs no ranking's method.
pub fn order(
    tables: &Tables,
    publications: &Publications,
    credits: &[Credit],
    mut reviews: Vec<Review>,
) -> Vec<Review> {
    if reviews.is_empty() {
        return reviews;
    }
    let holders = holders(tables, publications, credits);
    let mut holdings = vec![0_u64; tables.units.len()];
    for (index, units) in holders.iter().enumerate() {
        for unit in units {
            holdings[unit.at()] += weight(publications, PublicationIndex(index as u32));
        }
    }
    for review in &mut reviews {
        let weight = weight(publications, review.publication);
        let gained = closure(tables, &tables.staff[review.staff as usize].units);
        let gained = gained.iter().filter(|unit| holders[review.publication.at()].binary_search(unit).is_err());
        let effect: f64 = gained.map(|unit| 100.0 * weight as f64 / (holdings[unit.at()] + weight) as f64).sum();
        // Six decimals are more than an estimate has.
        review.effect = (effect * 1e6).round() / 1e6;
    }
    let mut cases: BTreeMap<(PublicationIndex, u32), f64> = BTreeMap::new();
    for review in &reviews {
        let most = cases.entry((review.publication, review.author_position)).or_default();
        *most = most.max(review.effect);
    }
    let mut ranked: Vec<((PublicationIndex, u32), f64)> = cases.into_iter().collect();
    // Stable: ties stay in the order of publication ids and positions.
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    let places: BTreeMap<(PublicationIndex, u32), u32> =
        ranked.into_iter().enumerate().map(|(place, (case, _))| (case, place as u32 + 1)).collect();
    for review in &mut reviews {
        review.priority = places.get(&(review.publication, review.author_position)).copied().unwrap_or(0);
    }
    reviews.sort_by(|a, b| {
        let id = |review: &Review| &tables.staff[review.staff as usize].id;
        a.priority.cmp(&b.priority).then_with(|| b.confidence.total_cmp(&a.confidence)).then_with(|| id(a).cmp(id(b)))
    });
    reviews
}

/// One and its citations: what a publication adds to the holdings of a unit.
fn weight(publications: &Publications, publication: PublicationIndex) -> u64 {
    let citations = publications.items[publication.at()].citations.unwrap_or(0);
    1 + u64::try_from(citations).unwrap_or(0)
}

/// The units and everything above them, ascending.
fn closure(tables: &Tables, units: &[UnitIndex]) -> Vec<UnitIndex> {
    let mut all: Vec<UnitIndex> = units.iter().flat_map(|&unit| tables.units.ancestors(unit)).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The units that hold each publication, themselves or through a descendant, ascending.
fn holders(tables: &Tables, publications: &Publications, credits: &[Credit]) -> Vec<Vec<UnitIndex>> {
    let mut units: Vec<Vec<UnitIndex>> = vec![Vec::new(); publications.len()];
    for credit in credits {
        if let Account::Unit(unit) = credit.account {
            units[credit.publication.at()].push(unit);
        }
    }
    units.iter().map(|units| closure(tables, units)).collect()
}
