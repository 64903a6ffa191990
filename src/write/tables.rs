//! The tables of a run: columns as `findings.csv`, `scores.csv` … have them. Absent values are null, never 0.

use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, PolarsResult, Series};

use crate::diagnostic::Place;
use crate::model::ledger::Account;
use crate::model::measure::Measures;
use crate::model::normalised::Origin;
use crate::model::publication::PublicationIndex;
use crate::model::results::Results;
use crate::model::unit::{UnitIndex, Units};

/// Name of the total in the `group` column.
pub const OVERALL: &str = "overall";

/// Name of the account outside the university in the `unit` column.
pub const OUTSIDE: &str = "outside";

/// A column of a frame.
pub(super) fn column<T, P: ?Sized>(name: &str, values: T) -> Column
where
    Series: NamedFrom<T, P>,
{
    Series::new(name.into(), values).into_column()
}

/// A frame of columns of one height.
pub(super) fn frame(columns: Vec<Column>) -> PolarsResult<DataFrame> {
    let height = columns.first().map_or(0, Column::len);
    DataFrame::new(height, columns)
}

fn unit_id(results: &Results, unit: UnitIndex) -> &str {
    &results.tables.units.get(unit).id
}

fn unit_type(results: &Results, unit: UnitIndex) -> &str {
    &results.tables.units.get(unit).unit_type
}

/// `edition,unit,unit_type,indicator,status,raw,numerator,denominator,n,score,low,high,weight,contribution,rank,of`
pub fn scores(results: &Results) -> PolarsResult<DataFrame> {
    let rows: Vec<_> = results
        .scorecards
        .iter()
        .zip(&results.editions)
        .flat_map(|(card, edition)| card.scores.iter().map(move |score| (edition, score)))
        .collect();
    let of = |value: fn(&crate::model::score::Score) -> Option<f64>| {
        rows.iter().map(|(_, score)| value(score)).collect::<Vec<_>>()
    };
    frame(vec![
        column("edition", rows.iter().map(|(edition, _)| edition.id.as_str()).collect::<Vec<_>>()),
        column("unit", rows.iter().map(|(_, score)| unit_id(results, score.unit)).collect::<Vec<_>>()),
        column("unit_type", rows.iter().map(|(_, score)| unit_type(results, score.unit)).collect::<Vec<_>>()),
        column(
            "indicator",
            rows.iter().map(|(edition, score)| edition.indicators[score.indicator].code.as_str()).collect::<Vec<_>>(),
        ),
        column("status", rows.iter().map(|(_, score)| score.status.as_str()).collect::<Vec<_>>()),
        column("raw", of(|score| score.raw)),
        column("numerator", of(|score| score.numerator)),
        column("denominator", of(|score| score.denominator)),
        column("n", rows.iter().map(|(_, score)| score.n).collect::<Vec<_>>()),
        column("score", of(|score| score.score)),
        column("low", of(|score| score.low)),
        column("high", of(|score| score.high)),
        column("weight", rows.iter().map(|(_, score)| score.weight).collect::<Vec<_>>()),
        column("contribution", of(|score| score.contribution)),
        column("rank", rows.iter().map(|(_, score)| score.rank).collect::<Vec<_>>()),
        column("of", rows.iter().map(|(_, score)| score.of).collect::<Vec<_>>()),
    ])
}

/// `edition,unit,unit_type,group,score,low,high,coverage,rank,of`
pub fn composites(results: &Results) -> PolarsResult<DataFrame> {
    let rows: Vec<_> = results
        .scorecards
        .iter()
        .zip(&results.editions)
        .flat_map(|(card, edition)| card.composites.iter().map(move |composite| (edition, composite)))
        .collect();
    let group = |(edition, composite): &(&crate::model::edition::Edition, &crate::model::score::Composite)| {
        composite.group.map_or(OVERALL.to_owned(), |group| edition.groups[group].code.clone())
    };
    frame(vec![
        column("edition", rows.iter().map(|(edition, _)| edition.id.as_str()).collect::<Vec<_>>()),
        column("unit", rows.iter().map(|(_, row)| unit_id(results, row.unit)).collect::<Vec<_>>()),
        column("unit_type", rows.iter().map(|(_, row)| unit_type(results, row.unit)).collect::<Vec<_>>()),
        column("group", rows.iter().map(group).collect::<Vec<_>>()),
        column("score", rows.iter().map(|(_, row)| row.score).collect::<Vec<_>>()),
        column("low", rows.iter().map(|(_, row)| row.low).collect::<Vec<_>>()),
        column("high", rows.iter().map(|(_, row)| row.high).collect::<Vec<_>>()),
        column("coverage", rows.iter().map(|(_, row)| row.coverage).collect::<Vec<_>>()),
        column("rank", rows.iter().map(|(_, row)| row.rank).collect::<Vec<_>>()),
        column("of", rows.iter().map(|(_, row)| row.of).collect::<Vec<_>>()),
    ])
}

/// `unit,measure,window,value,n,status`
pub fn measures(results: &Results) -> PolarsResult<DataFrame> {
    measures_of(&results.tables.units, &results.measures)
}

/// The same of any measures of these units.
pub(super) fn measures_of(units: &Units, measures: &Measures) -> PolarsResult<DataFrame> {
    let keys = &measures.keys;
    let units: Vec<&str> = units.iter().map(|(_, unit)| unit.id.as_str()).collect();
    let labels: Vec<String> = keys.iter().map(|key| key.label()).collect();
    let windows: Vec<String> = keys.iter().map(|key| key.window.to_string()).collect();
    let cells = &measures.cells;
    let repeated = |values: &[String]| units.iter().flat_map(|_| values.iter().cloned()).collect::<Vec<_>>();
    frame(vec![
        column("unit", units.iter().flat_map(|unit| keys.iter().map(move |_| *unit)).collect::<Vec<_>>()),
        column("measure", repeated(&labels)),
        column("window", repeated(&windows)),
        column("value", cells.iter().map(|cell| cell.value).collect::<Vec<_>>()),
        column("n", cells.iter().map(|cell| cell.n).collect::<Vec<_>>()),
        column("status", cells.iter().map(|cell| cell.status.as_str()).collect::<Vec<_>>()),
    ])
}

/// `edition,unit_type,indicator,peer,value`
pub(super) fn peers(results: &Results) -> PolarsResult<DataFrame> {
    let peers = &results.tables.peers;
    frame(vec![
        column("edition", peers.iter().map(|peer| peer.edition.as_str()).collect::<Vec<_>>()),
        column("unit_type", peers.iter().map(|peer| peer.unit_type.as_str()).collect::<Vec<_>>()),
        column("indicator", peers.iter().map(|peer| peer.indicator.as_str()).collect::<Vec<_>>()),
        column("peer", peers.iter().map(|peer| peer.peer.as_str()).collect::<Vec<_>>()),
        column("value", peers.iter().map(|peer| peer.value).collect::<Vec<_>>()),
    ])
}

/// `publication,doi,eid,title,year,type,citations,authors,sources,journal,issn,countries,international,ut,pmid,openalex,`
/// `retracted,fwci,percentile,field_sources,fwci_source,percentile_source`; `authors` is their number, several sources,
/// ISSNs and countries are separated by `; `, `field_sources` reads `title=scopus;citations=wos`. `fwci` and `percentile`
/// are the values that the measures use, and their sources say where each is from.
pub fn publications(results: &Results) -> PolarsResult<DataFrame> {
    let items = &results.publications.items;
    let authors = |index: usize| results.publications.authors_of(PublicationIndex(index as u32)).len() as u32;
    let normalised = &results.measures.normalised;
    let label = |origin: Option<Origin>| origin.map(|origin| origin.label(&results.publications, &results.tables));
    frame(vec![
        column("publication", items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>()),
        column("doi", items.iter().map(|item| item.doi.as_deref()).collect::<Vec<_>>()),
        column("eid", items.iter().map(|item| item.eid.as_deref()).collect::<Vec<_>>()),
        column("title", items.iter().map(|item| item.title.as_str()).collect::<Vec<_>>()),
        column("year", items.iter().map(|item| item.year).collect::<Vec<_>>()),
        column("type", items.iter().map(|item| item.document_type.as_str()).collect::<Vec<_>>()),
        column("citations", items.iter().map(|item| item.citations).collect::<Vec<_>>()),
        column("authors", (0..items.len()).map(authors).collect::<Vec<_>>()),
        column("sources", items.iter().map(|item| item.sources.join("; ")).collect::<Vec<_>>()),
        column("journal", items.iter().map(|item| item.journal.as_str()).collect::<Vec<_>>()),
        column("issn", items.iter().map(|item| item.issns.join("; ")).collect::<Vec<_>>()),
        column("countries", items.iter().map(|item| item.countries.join("; ")).collect::<Vec<_>>()),
        column("international", items.iter().map(|item| item.international).collect::<Vec<_>>()),
        column("ut", items.iter().map(|item| item.ut.as_deref()).collect::<Vec<_>>()),
        column("pmid", items.iter().map(|item| item.pmid.as_deref()).collect::<Vec<_>>()),
        column("openalex", items.iter().map(|item| item.openalex.as_deref()).collect::<Vec<_>>()),
        column("retracted", items.iter().map(|item| item.retracted).collect::<Vec<_>>()),
        column("fwci", normalised.iter().map(|one| one.impact).collect::<Vec<_>>()),
        column("percentile", normalised.iter().map(|one| one.percentile).collect::<Vec<_>>()),
        column(
            "field_sources",
            (0..items.len() as u32)
                .map(|index| results.publications.field_sources(PublicationIndex(index)))
                .collect::<Vec<_>>(),
        ),
        column("fwci_source", normalised.iter().map(|one| label(one.impact_origin)).collect::<Vec<_>>()),
        column("percentile_source", normalised.iter().map(|one| label(one.percentile_origin)).collect::<Vec<_>>()),
    ])
}

/// `publication,kind,other,evidence`: preprints, notices and abstracts with the article they belong to.
pub fn links(results: &Results) -> PolarsResult<DataFrame> {
    let links = &results.publications.links;
    let id = |index: PublicationIndex| results.publications.items[index.at()].id.as_str();
    frame(vec![
        column("publication", links.iter().map(|link| id(link.publication)).collect::<Vec<_>>()),
        column("kind", links.iter().map(|link| link.kind.as_str()).collect::<Vec<_>>()),
        column("other", links.iter().map(|link| id(link.other)).collect::<Vec<_>>()),
        column("evidence", links.iter().map(|link| link.evidence).collect::<Vec<_>>()),
    ])
}

/// `publication,unit,author_position,author,staff,rule,confidence,full,fractional`
pub fn credits(results: &Results) -> PolarsResult<DataFrame> {
    let credits = &results.ledger.credits;
    let author = |credit: &crate::model::ledger::Credit| {
        let index = (credit.author_position as usize).checked_sub(1)?;
        results.publications.authors_of(credit.publication).get(index).map(|author| author.name.as_str())
    };
    let unit = |credit: &crate::model::ledger::Credit| match credit.account {
        Account::Unit(unit) => unit_id(results, unit),
        Account::Outside => OUTSIDE,
    };
    let staff = |credit: &crate::model::ledger::Credit| {
        credit.staff.map(|staff| results.tables.staff[staff as usize].id.as_str())
    };
    frame(vec![
        column(
            "publication",
            credits.iter().map(|row| results.publications.items[row.publication.at()].id.as_str()).collect::<Vec<_>>(),
        ),
        column("unit", credits.iter().map(unit).collect::<Vec<_>>()),
        column(
            "author_position",
            credits.iter().map(|row| (row.author_position > 0).then_some(row.author_position)).collect::<Vec<_>>(),
        ),
        column("author", credits.iter().map(author).collect::<Vec<_>>()),
        column("staff", credits.iter().map(staff).collect::<Vec<_>>()),
        column("rule", credits.iter().map(|row| row.rule.as_str()).collect::<Vec<_>>()),
        column("confidence", credits.iter().map(|row| row.confidence).collect::<Vec<_>>()),
        column("full", credits.iter().map(|row| u32::from(row.full)).collect::<Vec<_>>()),
        column("fractional", credits.iter().map(|row| row.share.as_f64()).collect::<Vec<_>>()),
    ])
}

/// `record,source,reason,detail`
pub fn excluded(results: &Results) -> PolarsResult<DataFrame> {
    let rows = &results.ledger.excluded;
    frame(vec![
        column("record", rows.iter().map(|row| row.record.as_str()).collect::<Vec<_>>()),
        column("source", rows.iter().map(|row| row.source.as_str()).collect::<Vec<_>>()),
        column("reason", rows.iter().map(|row| row.reason).collect::<Vec<_>>()),
        column("detail", rows.iter().map(|row| row.detail.as_str()).collect::<Vec<_>>()),
    ])
}

/// `severity,code,file,sheet,row,column,message,hint`; `column` is letters and header: `D "FTE"`.
pub fn findings(results: &Results) -> PolarsResult<DataFrame> {
    let rows = &results.findings;
    let sheet = |place: &Place| match place {
        Place::Cell { sheet, .. } => sheet.clone(),
        _ => None,
    };
    let row = |place: &Place| match place {
        Place::Cell { row, .. } => (*row > 0).then_some(*row),
        Place::Text { line, .. } => Some(*line),
        _ => None,
    };
    let cell_column = |place: &Place| match place {
        Place::Cell { column, .. } => {
            column.as_ref().map(|column| format!("{} \"{}\"", column.letters(), column.header))
        }
        Place::Text { column, .. } => Some(column.to_string()),
        _ => None,
    };
    frame(vec![
        column("severity", rows.iter().map(|row| row.severity.as_str()).collect::<Vec<_>>()),
        column("code", rows.iter().map(|row| row.code).collect::<Vec<_>>()),
        column("file", rows.iter().map(|row| row.place.file_name()).collect::<Vec<_>>()),
        column("sheet", rows.iter().map(|row| sheet(&row.place)).collect::<Vec<_>>()),
        column("row", rows.iter().map(|finding| row(&finding.place)).collect::<Vec<_>>()),
        column("column", rows.iter().map(|row| cell_column(&row.place)).collect::<Vec<_>>()),
        column("message", rows.iter().map(|row| row.message.as_str()).collect::<Vec<_>>()),
        column("hint", rows.iter().map(|row| row.hints.join("; ")).collect::<Vec<_>>()),
    ])
}
