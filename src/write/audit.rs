//! The tables of the affiliation audit: `audit.csv`, `eligibility.csv` and `recovery.csv`, each also as Parquet.

use std::collections::BTreeMap;

use polars::prelude::{
    Column, DataFrame, IntoColumn, NamedFrom, ParquetCompression, ParquetWriter, PolarsResult, Series,
};

use crate::model::audit::{Audit, Breach};
use crate::model::change::{Change, ChangedTable};
use crate::model::output::Output;
use crate::model::publication::Author;
use crate::model::results::Results;

fn column<T, P: ?Sized>(name: &str, values: T) -> Column
where
    Series: NamedFrom<T, P>,
{
    Series::new(name.into(), values).into_column()
}

/// The three tables. `recovered` holds the changes of scores and composites once all recoverable addresses are corrected.
///
/// # Errors
/// Only where polars cannot encode a frame that this module has made.
pub fn tables(results: &Results, audit: &Audit, recovered: &[Change]) -> PolarsResult<Vec<Output>> {
    let frames = [
        ("audit", breaches(results, audit, recovered)?),
        ("eligibility", eligibility(results, audit)?),
        ("recovery", recovery(recovered)?),
    ];
    let mut outputs = Vec::new();
    for (name, mut frame) in frames {
        outputs.push(Output { path: format!("{name}.csv"), bytes: super::csv(&mut frame)? });
        let mut parquet = Vec::new();
        ParquetWriter::new(&mut parquet).with_compression(ParquetCompression::Snappy).finish(&mut frame)?;
        outputs.push(Output { path: format!("{name}.parquet"), bytes: parquet });
    }
    Ok(outputs)
}

/// `unit,publication,author_position,author,staff,affiliation,rule,message_en,message_fa,request,ranking_eligible,
/// ministry_eligible,effect`; `effect` is that of all recoverable addresses together on the unit's scores and overall
/// composites, as `edition:code +points`, and stands only beside rules whose correction gives credit back.
fn breaches(results: &Results, audit: &Audit, recovered: &[Change]) -> PolarsResult<DataFrame> {
    let rows = &audit.breaches;
    let author = |row: &Breach| -> Option<&Author> {
        let at = (row.author_position as usize).checked_sub(1)?;
        results.publications.authors_of(row.publication).get(at)
    };
    let rule = |row: &Breach| &audit.rules[row.rule];
    let effects = effects(recovered);
    let unit = |row: &Breach| results.tables.units.get(row.unit).id.as_str();
    let effect = |row: &Breach| effects.get(unit(row)).filter(|_| rule(row).recoverable).cloned();
    let text = |value: &dyn Fn(&Breach) -> String| rows.iter().map(value).collect::<Vec<String>>();
    DataFrame::new(
        rows.len(),
        vec![
            column("unit", rows.iter().map(unit).collect::<Vec<_>>()),
            column("publication", text(&|row| results.publications.items[row.publication.at()].id.clone())),
            column("author_position", rows.iter().map(|row| row.author_position).collect::<Vec<_>>()),
            column("author", rows.iter().map(|row| author(row).map(|a| a.name.as_str())).collect::<Vec<_>>()),
            column(
                "staff",
                rows.iter()
                    .map(|row| row.staff.map(|staff| results.tables.staff[staff as usize].id.as_str()))
                    .collect::<Vec<_>>(),
            ),
            column(
                "affiliation",
                rows.iter()
                    .map(|row| author(row)?.affiliations.get(row.affiliation as usize).map(String::as_str))
                    .collect::<Vec<_>>(),
            ),
            column("rule", text(&|row| rule(row).id.clone())),
            column("message_en", text(&|row| rule(row).message.get("en").to_owned())),
            column("message_fa", text(&|row| rule(row).message.get("fa").to_owned())),
            column("request", text(&|row| row.request.clone())),
            column("ranking_eligible", rows.iter().map(|row| row.ranking_eligible).collect::<Vec<_>>()),
            column("ministry_eligible", rows.iter().map(|row| row.ministry_eligible).collect::<Vec<_>>()),
            column("effect", rows.iter().map(effect).collect::<Vec<_>>()),
        ],
    )
}

/// Unit → `the/wur/2026:overall +0.42; …`: the change of each score and overall composite, in points.
fn effects(recovered: &[Change]) -> BTreeMap<&str, String> {
    let mut effects: BTreeMap<&str, String> = BTreeMap::new();
    let told = |change: &&Change| {
        let overall = change.table == ChangedTable::Composites && change.code == super::tables::OVERALL;
        change.column == "score" && (overall || change.table == ChangedTable::Scores)
    };
    for change in recovered.iter().filter(told) {
        let (Some(before), Some(after)) = (change.before, change.after) else { continue };
        let text = effects.entry(&change.unit).or_default();
        if !text.is_empty() {
            text.push_str("; ");
        }
        *text += &format!("{}:{} {:+}", change.scope, change.code, after - before);
    }
    effects
}

/// `unit,unit_type,publications,ranking_eligible,ministry_eligible`
fn eligibility(results: &Results, audit: &Audit) -> PolarsResult<DataFrame> {
    let rows = &audit.eligibility;
    let unit = |at: &crate::model::audit::Eligibility| results.tables.units.get(at.unit);
    DataFrame::new(
        rows.len(),
        vec![
            column("unit", rows.iter().map(|row| unit(row).id.as_str()).collect::<Vec<_>>()),
            column("unit_type", rows.iter().map(|row| unit(row).unit_type.as_str()).collect::<Vec<_>>()),
            column("publications", rows.iter().map(|row| row.held).collect::<Vec<_>>()),
            column("ranking_eligible", rows.iter().map(|row| row.ranking_eligible).collect::<Vec<_>>()),
            column("ministry_eligible", rows.iter().map(|row| row.ministry_eligible).collect::<Vec<_>>()),
        ],
    )
}

/// `table,edition,unit,code,column,before,after,change`
fn recovery(changes: &[Change]) -> PolarsResult<DataFrame> {
    let table = |change: &Change| match change.table {
        ChangedTable::Measures => "measures",
        ChangedTable::Scores => "scores",
        ChangedTable::Composites => "composites",
    };
    DataFrame::new(
        changes.len(),
        vec![
            column("table", changes.iter().map(table).collect::<Vec<_>>()),
            column("edition", changes.iter().map(|change| change.scope.as_str()).collect::<Vec<_>>()),
            column("unit", changes.iter().map(|change| change.unit.as_str()).collect::<Vec<_>>()),
            column("code", changes.iter().map(|change| change.code.as_str()).collect::<Vec<_>>()),
            column("column", changes.iter().map(|change| change.column).collect::<Vec<_>>()),
            column("before", changes.iter().map(|change| change.before).collect::<Vec<_>>()),
            column("after", changes.iter().map(|change| change.after).collect::<Vec<_>>()),
            column("change", changes.iter().map(Change::difference).collect::<Vec<_>>()),
        ],
    )
}
