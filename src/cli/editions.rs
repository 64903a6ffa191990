//! `editions`: the catalogue, listed, shown and checked.

use serde_json::json;

use crate::catalogue::{self, Catalogue};
use crate::cli;
use crate::cli::Outcome;
use crate::cli::args::{Editions, Global};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Error, Finding, Place, Severity};
use crate::model::edition::{Edition, Fidelity};
use crate::render::phrases;
use crate::report::difference;

/// Does what was asked of the catalogue.
///
/// # Errors
/// `unknown-edition`.
pub fn editions(terminal: &Terminal, global: &Global, action: Editions) -> Outcome {
    let own = if let Editions::Check { dir: Some(dir) } = &action { Some(dir.as_path()) } else { None };
    if let Some(dir) = own.filter(|dir| !dir.is_dir()) {
        return Err(Finding::error("no-such-folder", "there is no such folder")
            .at(Place::file(dir.display().to_string()))
            .into());
    }
    let checked = catalogue::load(global.indicators.as_deref(), own);
    let (catalogue, findings) = (checked.value, checked.findings);
    let language = global.lang.first().map_or("en", String::as_str);
    match action {
        Editions::List => {
            terminal.findings(&findings);
            if terminal.json {
                let rows: Vec<_> = catalogue.editions.iter().map(as_json).collect();
                terminal.print(&serde_json::to_string_pretty(&rows).unwrap_or_default());
            } else {
                for edition in &catalogue.editions {
                    let partial = if edition.partial { "  partial" } else { "" };
                    terminal.print(&format!("{:<16} {}{partial}", edition.id, edition.name.get(language)));
                }
            }
        }
        Editions::Show { id } => {
            terminal.findings(&findings);
            let edition = known(&catalogue, &id)?;
            terminal.print(&if terminal.json {
                serde_json::to_string_pretty(&as_json(edition)).unwrap_or_default()
            } else {
                show(edition, language)
            });
        }
        Editions::Diff { from, to } => {
            terminal.findings(&findings);
            let difference = difference::between(known(&catalogue, &from)?, known(&catalogue, &to)?);
            let words = phrases::in_language(language);
            terminal.print(&if terminal.json {
                serde_json::to_string_pretty(&cli::difference::as_json(&difference, words)).unwrap_or_default()
            } else {
                cli::difference::text(&difference, words).trim_end().to_owned()
            });
        }
        Editions::Check { .. } => {
            terminal.findings(&findings);
            let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
            terminal.print(&format!(
                "{} editions, {} benchmarks, {errors} errors",
                catalogue.editions.len(),
                catalogue.benchmarks.len()
            ));
        }
    }
    Ok(findings)
}

fn known<'a>(catalogue: &'a Catalogue, id: &str) -> Result<&'a Edition, Error> {
    catalogue.find(id).ok_or_else(|| {
        let known: Vec<&str> = catalogue.editions.iter().map(|edition| edition.id.as_str()).collect();
        let finding = Finding::error("unknown-edition", format!("there is no edition \"{id}\""));
        let nearest = catalogue.nearest(id).map(|near| format!("did you mean \"{near}\"? "));
        finding.hint(format!("{}known editions: {}", nearest.unwrap_or_default(), known.join(", "))).into()
    })
}

fn fidelity(fidelity: Fidelity) -> &'static str {
    match fidelity {
        Fidelity::AsPublished => "as published",
        Fidelity::Derived => "derived",
        Fidelity::Approximated => "approximated",
        Fidelity::Supplied => "supplied",
    }
}

/// One edition as a page of text.
fn show(edition: &Edition, language: &str) -> String {
    let mut text = format!("{}\n{}\n\n", edition.id, edition.name.get(language));
    text += &format!(
        "publications {}   citations {}   institutional data {}   verified {}\n",
        edition.windows.publications, edition.windows.citations, edition.windows.institutional, edition.verified
    );
    text += &format!(
        "coverage floor {:.0} %   digest {}\n",
        edition.coverage_floor * 100.0,
        &edition.digest[..edition.digest.len().min(16)]
    );
    for group in &edition.groups {
        text += &format!("\n{:>6}  {} ({})\n", group.weight, group.name.get(language), group.code);
        for indicator in edition.indicators.iter().filter(|indicator| indicator.group == group.code) {
            let name = indicator.name.get(language);
            text += &format!("{:>6}    {name} ({})\n", indicator.weight, indicator.code);
            text += &format!(
                "            {}   [{}; for {}]\n",
                indicator.value,
                fidelity(indicator.fidelity),
                indicator.scorable.join(", ")
            );
            let note = indicator.note.get(language);
            if !note.is_empty() {
                text += &format!("            {note}\n");
            }
        }
    }
    if !edition.notes.is_empty() {
        text += "\nNotes\n";
        edition.notes.iter().for_each(|note| text += &format!("  {}\n", note.get(language)));
    }
    text += "\nReferences\n";
    for reference in &edition.references {
        text += &format!("  {}: {} {}\n", reference.id, reference.title, reference.href);
    }
    text
}

fn as_json(edition: &Edition) -> serde_json::Value {
    let indicators: Vec<_> = edition
        .indicators
        .iter()
        .map(|indicator| {
            json!({
                "code": indicator.code, "group": indicator.group, "name": indicator.name, "weight": indicator.weight,
                "value": indicator.value.to_string(), "fidelity": indicator.fidelity, "scorable": indicator.scorable,
                "reference": indicator.reference,
            })
        })
        .collect();
    let groups: Vec<_> = edition
        .groups
        .iter()
        .map(|group| json!({ "code": group.code, "name": group.name, "weight": group.weight }))
        .collect();
    json!({
        "id": edition.id, "name": edition.name, "partial": edition.partial, "verified": edition.verified, "sha256": edition.digest,
        "windows": { "publications": edition.windows.publications, "citations": edition.windows.citations, "institutional": edition.windows.institutional },
        "coverage_floor": edition.coverage_floor, "groups": groups, "indicators": indicators,
    })
}
