//! What the codes of the other tables mean: `editions.csv`, `groups.csv`, `indicators.csv`; the files that were read, and
//! the counts of the run.

use polars::prelude::{DataFrame, PolarsResult};

use crate::model::audit::Audit;
use crate::model::report::{Argument, Report, Text};
use crate::model::results::Results;
use crate::write::tables::{column, frame};

/// `edition,name_en,name_fa,publications_from,publications_to,institutional,coverage_floor,verified,sha256`
pub fn editions(results: &Results) -> PolarsResult<DataFrame> {
    let rows = &results.editions;
    frame(vec![
        column("edition", rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>()),
        column("name_en", rows.iter().map(|row| row.name.get("en")).collect::<Vec<_>>()),
        column("name_fa", rows.iter().map(|row| row.name.get("fa")).collect::<Vec<_>>()),
        column("publications_from", rows.iter().map(|row| row.windows.publications.from).collect::<Vec<_>>()),
        column("publications_to", rows.iter().map(|row| row.windows.publications.to).collect::<Vec<_>>()),
        column("institutional", rows.iter().map(|row| row.windows.institutional).collect::<Vec<_>>()),
        column("coverage_floor", rows.iter().map(|row| row.coverage_floor).collect::<Vec<_>>()),
        column("verified", rows.iter().map(|row| row.verified.as_str()).collect::<Vec<_>>()),
        column("sha256", rows.iter().map(|row| row.digest.as_str()).collect::<Vec<_>>()),
    ])
}

/// `edition,group,parent,name_en,name_fa,weight`
pub fn groups(results: &Results) -> PolarsResult<DataFrame> {
    let rows: Vec<_> =
        results.editions.iter().flat_map(|edition| edition.groups.iter().map(move |group| (edition, group))).collect();
    frame(vec![
        column("edition", rows.iter().map(|(edition, _)| edition.id.as_str()).collect::<Vec<_>>()),
        column("group", rows.iter().map(|(_, group)| group.code.as_str()).collect::<Vec<_>>()),
        column("parent", rows.iter().map(|(_, group)| group.parent.as_deref()).collect::<Vec<_>>()),
        column("name_en", rows.iter().map(|(_, group)| group.name.get("en")).collect::<Vec<_>>()),
        column("name_fa", rows.iter().map(|(_, group)| group.name.get("fa")).collect::<Vec<_>>()),
        column("weight", rows.iter().map(|(_, group)| group.weight).collect::<Vec<_>>()),
    ])
}

/// `edition,indicator,group,name_en,name_fa,weight,formula`
pub fn indicators(results: &Results) -> PolarsResult<DataFrame> {
    let of = |edition| move |indicator| (edition, indicator);
    let rows: Vec<(&crate::model::edition::Edition, &crate::model::edition::Indicator)> =
        results.editions.iter().flat_map(|edition| edition.indicators.iter().map(of(edition))).collect();
    frame(vec![
        column("edition", rows.iter().map(|(edition, _)| edition.id.as_str()).collect::<Vec<_>>()),
        column("indicator", rows.iter().map(|(_, indicator)| indicator.code.as_str()).collect::<Vec<_>>()),
        column("group", rows.iter().map(|(_, indicator)| indicator.group.as_str()).collect::<Vec<_>>()),
        column("name_en", rows.iter().map(|(_, indicator)| indicator.name.get("en")).collect::<Vec<_>>()),
        column("name_fa", rows.iter().map(|(_, indicator)| indicator.name.get("fa")).collect::<Vec<_>>()),
        column("weight", rows.iter().map(|(_, indicator)| indicator.weight).collect::<Vec<_>>()),
        column("formula", rows.iter().map(|(_, indicator)| indicator.value.source()).collect::<Vec<_>>()),
    ])
}

/// `file,layouts,rows,left_out,sha256`: the files that were read.
pub fn sources(results: &Results) -> PolarsResult<DataFrame> {
    let rows = &results.tables.sources;
    let layouts = |source: &crate::model::tables::Source| {
        source.layouts.iter().map(|(_, layout)| layout.as_str()).collect::<Vec<_>>().join("; ")
    };
    frame(vec![
        column("file", rows.iter().map(|row| row.file.as_str()).collect::<Vec<_>>()),
        column("layouts", rows.iter().map(layouts).collect::<Vec<_>>()),
        column("rows", rows.iter().map(|row| row.rows).collect::<Vec<_>>()),
        column("left_out", rows.iter().map(|row| row.left_out).collect::<Vec<_>>()),
        column("sha256", rows.iter().map(|row| row.digest.as_str()).collect::<Vec<_>>()),
    ])
}

/// `subject,key,count`: what was read, what was not counted, what was found, which rules of addresses are broken.
pub fn counts(results: &Results, report: &Report, audit: &Audit) -> PolarsResult<DataFrame> {
    let mut rows: Vec<(&str, String, u64)> = Vec::new();
    for tile in &report.tiles {
        rows.push(("read", tile.label.key.clone(), tile.count));
        for (name, argument) in tile.note.iter().flat_map(|note| &note.arguments) {
            if let Argument::Count(count) = argument {
                rows.push(("read", format!("{}.{name}", tile.label.key), *count));
            }
        }
    }
    rows.push(("read", "to_review".to_owned(), u64::from(results.ledger.cases_to_review())));
    for (reason, count) in &report.left_out {
        if let Text::Phrase(phrase) = reason {
            rows.push(("left_out", phrase.key.clone(), *count));
        }
    }
    for (severity, count) in ["error", "warning", "info"].into_iter().zip(report.findings.counts) {
        rows.push(("finding", severity.to_owned(), count));
    }
    for (_, code, count) in &report.findings.kinds {
        rows.push(("finding_code", (*code).to_owned(), *count));
    }
    rows.push(("finding", "not_listed".to_owned(), report.findings.omitted()));
    for (rule, count) in audit.rules.iter().zip(audit.by_rule()) {
        rows.push(("address_rule", rule.id.clone(), count));
    }
    frame(vec![
        column("subject", rows.iter().map(|row| row.0).collect::<Vec<_>>()),
        column("key", rows.iter().map(|row| row.1.as_str()).collect::<Vec<_>>()),
        column("count", rows.iter().map(|row| row.2).collect::<Vec<_>>()),
    ])
}
