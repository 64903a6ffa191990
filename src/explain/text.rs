//! A dossier as text for the terminal: every number unrounded, so that it is the number of the tables.

use std::fmt::Write;

use crate::explain::dossier::{Dossier, MeasureEvidence};
use crate::explain::rows::Row;
use crate::model::evidence::{CoreIndex, Fold};

/// The dossier as text, names in `language`.
pub fn text(dossier: &Dossier, language: &str) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    write_all(&mut text, dossier, language).ok();
    text
}

fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

fn write_all(text: &mut String, dossier: &Dossier, language: &str) -> std::fmt::Result {
    let (definition, result) = (&dossier.definition, &dossier.result);
    let invented = if dossier.invented { " (invented)" } else { "" };
    writeln!(text, "{}{invented}", dossier.institution.get(language))?;
    writeln!(text, "{} ({}, {})", dossier.unit_name.get(language), dossier.unit, dossier.unit_type)?;
    writeln!(text, "{}: {}", definition.edition, definition.name.get(language))?;

    writeln!(text, "\nDefinition")?;
    writeln!(text, "  indicator      {}:{}", definition.edition, definition.indicator)?;
    writeln!(text, "  formula        {}", definition.formula)?;
    writeln!(text, "  weight         {} % in group {}", definition.weight, definition.group)?;
    let note = definition.note.get(language);
    if !note.is_empty() {
        writeln!(text, "  note           {note}")?;
    }
    for reference in &definition.references {
        writeln!(text, "  reference      {reference}")?;
    }
    writeln!(text, "  verified       {}", definition.verified)?;
    writeln!(text, "  edition file   sha256 {}", definition.edition_sha256)?;

    writeln!(text, "\nResult")?;
    writeln!(text, "  with numbers   {} = {}", result.formula_with_numbers, shown(result.raw))?;
    let reason = result.reason.map_or_else(String::new, |reason| format!(": {}", reason.as_str()));
    writeln!(text, "  status         {}{reason}, resting on {}", result.status.as_str(), result.n)?;
    if let Some(step) = &dossier.normalisation {
        let constants: Vec<String> = step.constants.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        writeln!(text, "  compared with  {}", step.benchmark)?;
        writeln!(text, "  score          {}   [{}]", step.step, constants.join(", "))?;
    }
    let rank = result.rank.map_or_else(|| "-".to_owned(), |rank| format!("{rank} of {}", result.of));
    writeln!(text, "  score          {}   rank {rank}", shown(result.score))?;
    writeln!(text, "  contribution   {} points of the overall composite", shown(result.contribution))?;

    for measure in &dossier.measures {
        measure_text(text, measure, language)?;
    }

    writeln!(text, "\nNot counted: {}", dossier.omitted.len())?;
    for row in &dossier.omitted {
        let year = row.year.map_or_else(|| "-".to_owned(), |year| year.to_string());
        writeln!(text, "  {}  {}  {year}  {}\n      {}", row.reason, row.publication, row.title, row.detail)?;
    }

    writeln!(text, "\nUnder other policies")?;
    for row in &dossier.alternatives {
        let rank = row.rank.map_or_else(|| "-".to_owned(), |rank| format!("{rank} of {}", row.of));
        writeln!(
            text,
            "  {:<21} raw {}  score {}  rank {rank}  overall {}  holds {}   ({})",
            row.policy,
            shown(row.raw),
            shown(row.score),
            shown(row.overall),
            row.held,
            row.meaning
        )?;
    }

    writeln!(text, "\nMade from")?;
    for input in &dossier.inputs {
        writeln!(text, "  {}  {}", input.sha256, input.file)?;
    }
    Ok(())
}

fn measure_text(text: &mut String, measure: &MeasureEvidence, language: &str) -> std::fmt::Result {
    let reason = measure.reason.map_or_else(String::new, |reason| format!(": {}", reason.as_str()));
    writeln!(
        text,
        "\nMeasure {} in {} = {}   ({}{reason}, n {})",
        measure.measure,
        measure.window,
        shown(measure.value),
        measure.status.as_str(),
        measure.n
    )?;
    writeln!(text, "  {}", measure.definition.get(language))?;
    let fold = match measure.fold {
        Fold::Sum | Fold::UpperQuartile | Fold::Core(CoreIndex::H | CoreIndex::G | CoreIndex::Qs) => {
            "the sum of the amounts"
        }
        Fold::Core(CoreIndex::HPerYear(_)) => "the sum of the amounts divided by the years",
        Fold::Core(CoreIndex::R) => "the square root of the sum of the amounts",
        Fold::WeightedMean | Fold::Core(CoreIndex::A) => "the sum of the amounts divided by the sum of the weights",
        Fold::Shares => "the sum of the amounts, exact to 15 decimals",
        Fold::MeanOfParts => "the mean of the scaled indices of the areas; the rows are what these were counted from",
    };
    writeln!(text, "  {} rows; the value is {fold}", measure.rows.len())?;
    for part in &measure.parts {
        writeln!(
            text,
            "  area {}: {} partners in {} countries, index {}, scaled {}",
            part.area, part.partners, part.countries, part.index, part.scaled
        )?;
    }
    measure.rows.iter().try_for_each(|row| row_text(text, row))
}

fn row_text(text: &mut String, row: &Row) -> std::fmt::Result {
    let year = row.year.map_or_else(String::new, |year| year.to_string());
    let cited = row.citations.map_or_else(String::new, |citations| format!("cited {citations}"));
    let head = [row.id.as_str(), &year, &row.document_type, &cited, &row.title];
    let head: Vec<&str> = head.into_iter().filter(|part| !part.is_empty()).collect();
    writeln!(text, "  {:>20}  weight {}  figure {}  {}", row.amount, row.weight, row.figure, head.join("  "))?;
    if row.kind == "publication" {
        let doi = if row.doi.is_empty() { String::new() } else { format!("doi {}  ", row.doi) };
        writeln!(text, "  {:>20}  {doi}by {}  [{}]", "", row.authors, row.rule)?;
        writeln!(text, "  {:>20}  as printed: {}", "", row.affiliation)?;
    } else {
        writeln!(text, "  {:>20}  {}", "", row.place)?;
    }
    Ok(())
}
