//! `review.csv`: matches that await a decision, the ones that move most first.

use polars::prelude::{DataFrame, PolarsResult};

use crate::model::publication::Author;
use crate::model::results::Results;
use crate::model::review::Review;
use crate::write::tables::{column, frame};

/// `priority,publication,author_position,author,affiliation,candidate_staff,candidate_name,candidate_units,confidence,reason,effect,expect`
///
/// A decision is one row of `overrides/attribution.csv`: `publication`, `author_position` and `expect` as here,
/// `candidate_staff` as `staff`, and an action.
///
/// # Errors
/// Only where polars refuses a frame of equal columns.
pub fn review(results: &Results) -> PolarsResult<DataFrame> {
    let rows = &results.ledger.reviews;
    let author = |row: &Review| -> Option<&Author> {
        let index = (row.author_position as usize).checked_sub(1)?;
        results.publications.authors_of(row.publication).get(index)
    };
    let staff = |row: &Review| &results.tables.staff[row.staff as usize];
    let name = |row: &Review| {
        let person = staff(row);
        if person.latin_name.is_empty() { person.name.as_str() } else { person.latin_name.as_str() }
    };
    let units = |row: &Review| {
        let ids = staff(row).units.iter().map(|&unit| results.tables.units.get(unit).id.as_str());
        ids.collect::<Vec<_>>().join("; ")
    };
    let publication = |row: &Review| results.publications.items[row.publication.at()].id.as_str();
    frame(vec![
        column("priority", rows.iter().map(|row| row.priority).collect::<Vec<_>>()),
        column("publication", rows.iter().map(publication).collect::<Vec<_>>()),
        column("author_position", rows.iter().map(|row| row.author_position).collect::<Vec<_>>()),
        column("author", rows.iter().map(|row| author(row).map(|a| a.name.as_str())).collect::<Vec<_>>()),
        column(
            "affiliation",
            rows.iter().map(|row| author(row).map(|a| a.affiliations.join("; "))).collect::<Vec<_>>(),
        ),
        column("candidate_staff", rows.iter().map(|row| staff(row).id.as_str()).collect::<Vec<_>>()),
        column("candidate_name", rows.iter().map(name).collect::<Vec<_>>()),
        column("candidate_units", rows.iter().map(units).collect::<Vec<_>>()),
        column("confidence", rows.iter().map(|row| row.confidence).collect::<Vec<_>>()),
        column("reason", rows.iter().map(|row| row.reason.as_str()).collect::<Vec<_>>()),
        column("effect", rows.iter().map(|row| row.effect).collect::<Vec<_>>()),
        column("expect", rows.iter().map(|row| row.expect.as_str()).collect::<Vec<_>>()),
    ])
}
