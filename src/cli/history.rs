//! Editions of one ranking side by side: published tables, or the composites of an office's own runs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::args::Global;
use crate::cli::supplied::{self, Published, Supplied};
use crate::diagnostic::{Error, Finding, Place, Severity};
use crate::load::{Limits, run_folder, score_table};
use crate::model::forecast::{History, PastEdition};
use crate::model::supplied_table::{Printed, SuppliedRow};
use crate::model::text::fold;
use crate::score;

/// What stands for the year in the id of an edition.
pub const YEAR: &str = "YEAR";

/// A published table with its year; without one the year is looked for in the file's name.
#[derive(Debug, Clone)]
pub struct Dated {
    /// The year.
    pub year: Option<i32>,
    /// The file or folder.
    pub path: PathBuf,
}

/// Which columns of all tables are read.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Column that names institutions.
    pub id: Option<String>,
    /// Column of the published composite.
    pub score: Option<String>,
    /// Id of the edition with `YEAR` in the place of the year; with it composites are rebuilt where none is printed.
    pub edition: Option<String>,
    /// Code and column.
    pub map: Vec<(String, String)>,
    /// Column and text that a row must have.
    pub only: Vec<(String, String)>,
}

/// Scores and ranks of one edition, each by name.
struct Edition {
    year: i32,
    rows: Vec<(String, f64, Option<u32>)>,
}

/// The year of a table: stated, or the one number from 1990 to 2100 in its name.
fn year_of(dated: &Dated) -> Result<i32, Error> {
    if let Some(year) = dated.year {
        return Ok(year);
    }
    let name = dated.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let numbers = name.split(|sign: char| !sign.is_ascii_digit()).filter_map(|digits| digits.parse::<i32>().ok());
    let mut years: Vec<i32> = numbers.filter(|number| (1990..=2100).contains(number)).collect();
    years.dedup();
    match years.as_slice() {
        [year] => Ok(*year),
        _ => {
            let finding = Finding::error("no-year", "the name of the table does not say of which year it is");
            Err(finding.at(Place::file(&name)).hint(format!("write 2025={}", dated.path.display())).into())
        }
    }
}

/// Reads published tables. Composites are those printed; where none is printed and an edition is named, they are
/// rebuilt from the scores of its groups or indicators. Ranks are those of the composites read.
///
/// # Errors
/// `no-year`, `repeated-year`, `bad-usage` without a score or edition, and those of reading a table.
pub fn of_tables(
    global: &Global,
    tables: &[Dated],
    columns: &Columns,
    breaks: &[i32],
    findings: &mut Vec<Finding>,
) -> Result<History, Error> {
    let mut editions = Vec::new();
    for dated in tables {
        let year = year_of(dated)?;
        let rows = match &columns.edition {
            Some(pattern) => rebuilt(global, dated, columns, &pattern.replace(YEAR, &year.to_string()), findings)?,
            None => printed(dated, columns, findings)?,
        };
        let rows = distinct(rows, &dated.path, findings);
        editions.push((ranked(year, rows), dated.path.clone()));
    }
    history(editions, breaks)
}

/// Reads `composites.csv` of earlier runs: the overall composites of the edition whose id `pattern` gives with a year in
/// the place of `YEAR`, with the ranks among units of a type.
///
/// # Errors
/// Those of reading a run; `no-such-edition`, `repeated-year`.
pub fn of_runs(runs: &[PathBuf], pattern: &str, breaks: &[i32]) -> Result<History, Error> {
    let year_of = |id: &str| -> Option<i32> {
        let (before, after) = pattern.split_once(YEAR)?;
        id.strip_prefix(before)?.strip_suffix(after)?.parse().ok()
    };
    let mut editions = Vec::new();
    for run in runs {
        let composites = run_folder::composites(run)?;
        let mut of_years: BTreeMap<i32, Vec<(String, f64, Option<u32>)>> = BTreeMap::new();
        for row in composites.iter().filter(|row| row.group == run_folder::OVERALL) {
            if let Some((year, score)) = year_of(&row.edition).zip(row.score) {
                of_years.entry(year).or_default().push((row.unit.clone(), score, row.rank));
            }
        }
        if of_years.is_empty() {
            let message = format!("the run has no composite of an edition \"{pattern}\"");
            let mut known: Vec<&str> = composites.iter().map(|row| row.edition.as_str()).collect();
            known.dedup();
            let finding = Finding::error("no-such-edition", message).at(Place::file(run.display().to_string()));
            return Err(finding.hint(format!("editions of the run: {}", known.join(", "))).into());
        }
        editions.extend(of_years.into_iter().map(|(year, rows)| (Edition { year, rows }, run.clone())));
    }
    history(editions, breaks)
}

/// Rows of a table with a printed composite.
fn printed(dated: &Dated, columns: &Columns, findings: &mut Vec<Finding>) -> Result<Vec<(String, f64)>, Error> {
    let Some(score) = &columns.score else {
        let finding = Finding::error("bad-usage", "nothing says where the scores are");
        return Err(finding.hint("--score COLUMN for printed ones, --edition the/wur/YEAR to rebuild them").into());
    };
    let sought = score_table::Sought {
        id: columns.id.clone(),
        map: vec![("score".to_owned(), score.clone())],
        published: Some(score.clone()),
        only: columns.only.clone(),
        ..score_table::Sought::default()
    };
    let (checked, _) = score_table::read(&dated.path, &sought, &Limits::default())?;
    // A printed range is no fault here: it is no composite. What is neither is told as a warning of the same cell.
    let faults = checked.findings.into_iter().filter(|finding| finding.severity != Severity::Error);
    findings.extend(faults);
    Ok(checked.value.rows.iter().filter_map(|row| Some((row.id.clone(), exact(row)?))).collect())
}

/// A printed composite. No ranking gives a composite of zero: some tables write it for none.
fn exact(row: &SuppliedRow) -> Option<f64> {
    match row.published {
        Printed::Exact(score) if score != 0.0 => Some(score),
        _ => None,
    }
}

/// Rows of a table with a composite, printed or rebuilt.
fn rebuilt(
    global: &Global,
    dated: &Dated,
    columns: &Columns,
    edition: &str,
    findings: &mut Vec<Finding>,
) -> Result<Vec<(String, f64)>, Error> {
    let wanted = Supplied {
        table: dated.path.clone(),
        edition: edition.to_owned(),
        id: columns.id.clone(),
        map: columns.map.clone(),
        map_file: None,
        only: columns.only.clone(),
    };
    let published = Published { score: columns.score.clone(), rank: None };
    let read = supplied::read(global, &wanted, published, true, Some([0.0, 100.0]))?;
    findings.extend(read.findings);
    let totals = score::supplied::composites(&read.edition, &read.table.codes, &read.table.rows);
    let row = |(row, (total, _)): (&SuppliedRow, (Option<f64>, f64))| Some((row.id.clone(), exact(row).or(total)?));
    Ok(read.table.rows.iter().zip(totals).filter_map(row).collect())
}

/// Rows whose folded name is theirs alone; others cannot be followed from year to year and are named.
fn distinct(rows: Vec<(String, f64)>, path: &Path, findings: &mut Vec<Finding>) -> Vec<(String, f64)> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    rows.iter().for_each(|(name, _)| *count.entry(fold(name)).or_default() += 1);
    let (alone, repeated): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(name, _)| count[&fold(name)] == 1);
    let mut names: Vec<&str> = repeated.iter().map(|(name, _)| name.as_str()).collect();
    names.dedup();
    if !names.is_empty() {
        let message = format!("{} names stand in several rows and are left out: {}", names.len(), names.join(", "));
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        findings.push(Finding::warning("repeated-name", message).at(Place::file(file)));
    }
    alone
}

/// Rows with their ranks; ties share the better rank.
fn ranked(year: i32, rows: Vec<(String, f64)>) -> Edition {
    let (ranks, _) = score::rank::ranks(&rows.iter().map(|(_, score)| Some(*score)).collect::<Vec<_>>());
    Edition { year, rows: rows.into_iter().zip(ranks).map(|((name, score), rank)| (name, score, rank)).collect() }
}

/// Editions in the order of years, institutions matched by folded name.
fn history(mut editions: Vec<(Edition, PathBuf)>, breaks: &[i32]) -> Result<History, Error> {
    editions.sort_by_key(|(edition, _)| edition.year);
    if let Some(pair) = editions.windows(2).find(|pair| pair[0].0.year == pair[1].0.year) {
        let message = format!("{} is given twice: {} and {}", pair[0].0.year, pair[0].1.display(), pair[1].1.display());
        return Err(Finding::error("repeated-year", message).hint("leave one of them out").into());
    }
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut history = History::default();
    for (edition, _) in &editions {
        for (name, _, _) in &edition.rows {
            let next = places.len();
            let at = *places.entry(fold(name)).or_insert(next);
            if at == history.institutions.len() {
                history.institutions.push(name.clone());
            } else {
                history.institutions[at].clone_from(name);
            }
        }
    }
    let mut before = None;
    for (edition, _) in editions {
        let (mut scores, mut ranks) = (vec![None; places.len()], vec![None; places.len()]);
        for (name, score, rank) in edition.rows {
            let at = places[&fold(&name)];
            (scores[at], ranks[at]) = (Some(score), rank);
        }
        let breaks = is_break(breaks, before, edition.year);
        before = Some(edition.year);
        history.editions.push(PastEdition { year: edition.year, breaks, scores, ranks });
    }
    Ok(history)
}

/// Whether the method changed between an edition and the one before it.
pub fn is_break(breaks: &[i32], before: Option<i32>, year: i32) -> bool {
    before.is_some_and(|before| breaks.iter().any(|changed| (before + 1..=year).contains(changed)))
}
