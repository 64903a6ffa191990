//! Profiles of units: `profiles.csv`, `publications_by_year.csv` and `type_indicators.csv`.

use polars::prelude::{DataFrame, PolarsResult};

use crate::model::profile::Profile;
use crate::model::results::Results;
use crate::write::tables::{column, frame};

/// `unit,publications,citations,with_citations,half_from,uncited,share_of_publications,share_of_citations,correctable,
/// academic_staff,without_id,to_review`
pub fn profiles(results: &Results) -> PolarsResult<DataFrame> {
    let rows = &results.profiles;
    let count = |value: fn(&Profile) -> u64| rows.iter().map(value).collect::<Vec<_>>();
    frame(vec![
        column("unit", rows.iter().map(|row| results.tables.units.get(row.unit).id.as_str()).collect::<Vec<_>>()),
        column("publications", count(|row| row.publications)),
        column("citations", count(|row| row.citations)),
        column("with_citations", count(|row| row.with_citations)),
        column("half_from", rows.iter().map(|row| row.half_from).collect::<Vec<_>>()),
        column("uncited", count(|row| row.uncited)),
        column("share_of_publications", rows.iter().map(|row| row.share_of_publications).collect::<Vec<_>>()),
        column("share_of_citations", rows.iter().map(|row| row.share_of_citations).collect::<Vec<_>>()),
        column("correctable", count(|row| row.correctable)),
        column("academic_staff", count(|row| row.academic_staff)),
        column("without_id", count(|row| row.without_id)),
        column("to_review", count(|row| row.to_review)),
    ])
}

/// `unit,year,publications`
pub fn by_year(results: &Results) -> PolarsResult<DataFrame> {
    let rows: Vec<(&str, i32, u64)> = results
        .profiles
        .iter()
        .flat_map(|profile| {
            let unit = results.tables.units.get(profile.unit).id.as_str();
            profile.years.iter().map(move |(year, papers)| (unit, *year, *papers))
        })
        .collect();
    frame(vec![
        column("unit", rows.iter().map(|row| row.0).collect::<Vec<_>>()),
        column("year", rows.iter().map(|row| row.1).collect::<Vec<_>>()),
        column("publications", rows.iter().map(|row| row.2).collect::<Vec<_>>()),
    ])
}

/// `edition,unit_type,group,units,median`
pub fn type_groups(results: &Results) -> PolarsResult<DataFrame> {
    let rows = &results.type_groups;
    frame(vec![
        column("edition", rows.iter().map(|row| row.edition.as_str()).collect::<Vec<_>>()),
        column("unit_type", rows.iter().map(|row| row.unit_type.as_str()).collect::<Vec<_>>()),
        column("group", rows.iter().map(|row| row.group.as_str()).collect::<Vec<_>>()),
        column("units", rows.iter().map(|row| row.units).collect::<Vec<_>>()),
        column("median", rows.iter().map(|row| row.median).collect::<Vec<_>>()),
    ])
}

/// `edition,unit_type,indicator,units,median,best_quarter,median_score`
pub fn type_indicators(results: &Results) -> PolarsResult<DataFrame> {
    let rows = &results.type_indicators;
    frame(vec![
        column("edition", rows.iter().map(|row| row.edition.as_str()).collect::<Vec<_>>()),
        column("unit_type", rows.iter().map(|row| row.unit_type.as_str()).collect::<Vec<_>>()),
        column("indicator", rows.iter().map(|row| row.indicator.as_str()).collect::<Vec<_>>()),
        column("units", rows.iter().map(|row| row.units).collect::<Vec<_>>()),
        column("median", rows.iter().map(|row| row.median).collect::<Vec<_>>()),
        column("best_quarter", rows.iter().map(|row| row.best_quarter).collect::<Vec<_>>()),
        column("median_score", rows.iter().map(|row| row.median_score).collect::<Vec<_>>()),
    ])
}
