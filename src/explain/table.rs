//! A dossier and a comparison as CSV.

use crate::explain::comparison::Compared;
use crate::explain::dossier::Dossier;
use crate::model::evidence::Fold;

/// Rows counted and not counted: `measure,fold,counted,reason,kind,id,doi,title,year,type,authors,staff,affiliation,rule,
/// citations,weight,figure,amount,place`. `amount` is written without loss: added as `fold` says, the amounts of a measure
/// give its value.
///
/// # Errors
/// Only where the CSV writer refuses a row, which it does not do in memory.
pub fn of_dossier(dossier: &Dossier) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "measure",
        "fold",
        "counted",
        "reason",
        "kind",
        "id",
        "doi",
        "title",
        "year",
        "type",
        "authors",
        "staff",
        "affiliation",
        "rule",
        "citations",
        "weight",
        "figure",
        "amount",
        "place",
    ])?;
    for measure in &dossier.measures {
        let fold = match measure.fold {
            Fold::Sum => "sum",
            Fold::UpperQuartile => "upper_quartile",
            Fold::Core(_) => "core",
            Fold::WeightedMean => "weighted_mean",
            Fold::Shares => "shares",
            Fold::MeanOfParts => "mean_of_parts",
        };
        for row in &measure.rows {
            let (year, citations) = (number(row.year), number(row.citations));
            let (weight, figure) = (row.weight.to_string(), row.figure.to_string());
            writer.write_record([
                measure.measure.as_str(),
                fold,
                "1",
                "",
                row.kind,
                &row.id,
                &row.doi,
                &row.title,
                &year,
                &row.document_type,
                &row.authors,
                &row.staff,
                &row.affiliation,
                &row.rule,
                &citations,
                &weight,
                &figure,
                &row.amount,
                &row.place,
            ])?;
        }
    }
    for row in &dossier.omitted {
        let year = number(row.year);
        writer.write_record([
            "",
            "",
            "0",
            &row.reason,
            "publication",
            &row.publication,
            &row.doi,
            &row.title,
            &year,
            &row.document_type,
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            &row.detail,
        ])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// `side,reason,detail,row,matched_by,listed_title,publication,doi,eid,title,year,type`
///
/// # Errors
/// As [`of_dossier`].
pub fn of_comparison(rows: &[Compared]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "side",
        "reason",
        "detail",
        "row",
        "matched_by",
        "listed_title",
        "publication",
        "doi",
        "eid",
        "title",
        "year",
        "type",
    ])?;
    for row in rows {
        let year = number(row.year);
        writer.write_record([
            row.side.as_str(),
            &row.reason,
            &row.detail,
            &row.row,
            row.matched_by,
            &row.listed_title,
            &row.publication,
            &row.doi,
            &row.eid,
            &row.title,
            &year,
            &row.document_type,
        ])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn number(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
