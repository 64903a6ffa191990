//! Load: any export or sheet → [`crate::model::tables::Tables`], with findings.
//!
//! ```text
//! folder ──► files ──► read ──► Grids ──► header + layout ──► Sheet ──► rows as Entries ──► Tables
//! ```
//! What a sheet is follows from its headers alone; which headers mean what is data ([`layout`]).

use std::path::Path;

use crate::diagnostic::{Checked, Finding, Place, Result};
use crate::load::layout::Table;
use crate::model::assessment::Assessment;
use crate::model::strategy::Strategy;
use crate::model::tables::Tables;

mod accreditation;
mod affiliation_text;
mod agreements;
pub mod archive;
mod areas;
mod assembly;
mod assessment;
mod author_names;
mod awards;
mod baselines;
mod bibtex;
mod bibtex_record;
mod byline;
mod cell;
mod citation_counts;
mod citation_links;
mod corrections;
mod country;
pub mod date;
mod degrees;
mod document_type;
pub mod encoding;
pub mod file;
mod finance;
mod findings;
mod folder;
pub mod grid;
pub mod guard;
mod header;
mod highly_cited;
mod history;
mod identifier;
mod journals;
mod json_lines;
mod known_partners;
pub mod last_year;
mod latex;
pub mod layout;
pub mod limits;
mod listed_titles;
mod medline;
mod nearest;
pub mod number;
mod openalex_json;
mod overrides;
pub mod parquet;
mod partner_name;
mod patents;
mod peers;
pub mod publication_list;
mod pubmed_json;
mod readers;
mod record_authors;
mod record_text;
mod records;
pub mod refusal;
mod relations;
mod repeated;
mod researchers;
mod ris;
pub mod run_folder;
pub mod score_table;
mod sheet;
mod staff;
mod strategies;
mod students;
mod submitted;
mod supplied;
mod table;
mod tagged;
pub mod text_file;
mod title;
mod unit_names;
mod units;
mod visits;
mod web_of_science;
pub mod wire;
pub mod workbook;
pub mod works;
pub mod xlsx;

pub use file::read;
pub use limits::Limits;

/// Reads `assessment.toml` of a folder: the assessment, the SHA-256 of the file, and findings about single values.
///
/// # Errors
/// `no-assessment` where the file cannot be read, `bad-assessment` where it cannot be understood.
pub fn assessment(dir: &Path) -> Result<(Assessment, String, Vec<Finding>)> {
    assessment::read(dir)
}

/// Reads the catalogue of strategies, the sheets of `strategies/`, against the units and the codes of the levers. What is
/// left out is named: `unknown-lever`, `unknown-unit`, `unknown-strategy`, `duplicate-strategy`, `no-currency`,
/// `negative-amount`, `effect-disorder`, `circular-requirement`, `contradictory-strategy`. Without a sheet there is nothing.
pub fn strategies(dir: &Path, tables: &Tables, levers: &[&str], limits: &Limits) -> Checked<Vec<Strategy>> {
    strategies::read(dir, tables, levers, limits)
}

/// The files that a run of an assessment folder reads, those of `editions` and `strategies` apart.
///
/// # Errors
/// `unreadable-folder`.
pub fn inputs(dir: &Path) -> Result<Inputs> {
    let listing = folder::list(dir)?;
    let mut read = vec![folder::ASSESSMENT.to_owned()];
    read.extend(
        listing
            .tables
            .into_iter()
            .chain(listing.rules)
            .chain(listing.layouts)
            .chain(listing.overrides)
            .chain(listing.corrections),
    );
    Ok(Inputs { read, named: listing.others })
}

/// Files of an assessment folder as paths relative to it, with `/` between parts, in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs {
    /// Those whose content matters.
    pub read: Vec<String>,
    /// Those that are only named in a finding.
    pub named: Vec<String>,
}

/// Reads all sheets and exports of an assessment folder. `progress` is told each file as its reading begins.
///
/// The result and the order of its findings depend only on the files, not on the number of threads.
///
/// # Errors
/// `unreadable-folder`, `empty-folder` where there is no table, `no-units` where none of them lists units.
pub fn tables(
    dir: &Path,
    assessment: &Assessment,
    limits: &Limits,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Checked<Tables>> {
    read_tables(dir, assessment, limits, progress, &|_| true)
}

/// As [`tables`], with those overrides alone of whose places `kept` holds; the others count as never written.
///
/// # Errors
/// As [`tables`].
pub fn tables_with_overrides(
    dir: &Path,
    assessment: &Assessment,
    limits: &Limits,
    kept: &dyn Fn(&Place) -> bool,
) -> Result<Checked<Tables>> {
    read_tables(dir, assessment, limits, &|_| {}, kept)
}

fn read_tables(
    dir: &Path,
    assessment: &Assessment,
    limits: &Limits,
    progress: &(dyn Fn(&str) + Sync),
    kept: &dyn Fn(&Place) -> bool,
) -> Result<Checked<Tables>> {
    let listing = folder::list(dir)?;
    if listing.tables.is_empty() {
        return Err(folder::empty_folder());
    }
    let mut findings: Vec<Finding> = listing.others.iter().map(|file| folder::other_file(file)).collect();
    let mut layouts = Vec::new();
    for file in &listing.layouts {
        let text = std::fs::read_to_string(dir.join(file)).map_err(|error| {
            Box::new(Finding::error("bad-layout", format!("the layout cannot be read: {error}")).at(Place::file(file)))
        });
        match text.and_then(|text| layout::Layout::parse(file, &text, true)) {
            Ok(layout) => layouts.push(layout),
            Err(finding) => findings.push(*finding),
        }
    }
    layouts.extend(layout::built_in());
    // A catalogue of strategies is read from its own folder alone.
    layouts.retain(|layout| layout.table != Table::Strategies);
    let (decisions, layouts): (Vec<_>, Vec<_>) = layouts.into_iter().partition(|layout| layout.table.is_override());
    let mut corrections = corrections::read(dir, listing.corrections.as_deref(), &listing.tables, &mut findings);
    corrections.keep(kept);
    let by = (layouts.as_slice(), corrections.cells.as_slice());
    let read = assembly::assemble(dir, &listing.tables, by, assessment, limits, progress)?;
    findings.extend(read.findings);
    let mut tables = read.value;
    tables.sources.extend(corrections.source);
    tables.overrides.corrections = corrections.fields;
    overrides::read(dir, &listing.overrides, &decisions, limits, &mut tables, &mut findings);
    tables.overrides.attribution.retain(|row| kept(&row.decision.place));
    tables.overrides.exclusions.retain(|row| kept(&row.decision.place));
    Ok(Checked { value: tables, findings })
}
