//! `score`: composites rebuilt from a supplied table of scores, and how they agree with published ones.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::explain::put;
use crate::cli::folder;
use crate::cli::supplied::{self, Missing, Published, Supplied};
use crate::cli::terminal::Terminal;
use crate::diagnostic::Finding;
use crate::model::edition::Aggregation;
use crate::model::supplied_table::{Agreement, Rebuilt};
use crate::score;
use crate::write;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Table, edition and columns.
    pub supplied: Supplied,
    /// What was published.
    pub published: Published,
    /// Another rule for missing cells than the edition's.
    pub missing: Option<Missing>,
    /// Where to write the rows.
    pub out: Option<PathBuf>,
}

/// Rebuilds the composites, prints how they agree and writes the rows.
///
/// # Errors
/// Those of [`supplied::read`]; `no-composite` where the edition has none; `cannot-write`.
pub fn score(terminal: &Terminal, global: &Global, wanted: &Wanted) -> Outcome {
    let published = wanted.published.clone();
    let read = supplied::read(global, &wanted.supplied, published, true, Some([0.0, 100.0]))?;
    let (mut edition, table, mut findings) = (read.edition, read.table, read.findings);
    if edition.combine.with == Aggregation::None {
        let finding = Finding::error("no-composite", format!("{} has no overall score", edition.id));
        return Err(finding.hint("choose an edition that combines its indicators").into());
    }
    if let Some(rule) = wanted.missing {
        edition.missing = rule.into();
    }
    let without = score::supplied::without_column(&edition, &table.codes);
    if !without.is_empty() {
        let message = format!("no column holds {}; the other weights are scaled up", without.join(", "));
        findings.push(Finding::warning("no-column", message).hint("map it with --map CODE=COLUMN"));
    }
    let (rows, agreement) = score::supplied::rebuilt(&edition, &table.codes, &table.rows);
    if let Some(out) = &wanted.out {
        put(terminal, Some(out), &write::rebuilt::table(&rows).map_err(folder::cannot_encode)?)?;
    }
    terminal.findings(&findings);
    let columns: Vec<(&String, &String)> = table.codes.iter().zip(&table.headers).collect();
    terminal.print(&if terminal.json {
        let columns: Vec<_> = columns.iter().map(|(code, header)| json!({ "code": code, "header": header })).collect();
        let result = json!({
            "edition": edition.id, "table": table.file, "sheet": table.sheet, "header_row": table.header,
            "columns": columns, "read": rows.len(), "agreement": agreement, "rows": rows,
        });
        serde_json::to_string_pretty(&result).unwrap_or_default()
    } else {
        let sheet = table.sheet.as_ref().map(|sheet| format!(" › {sheet}")).unwrap_or_default();
        let mut text = format!("{}   {}{sheet}   header in row {}\n", edition.id, table.file, table.header);
        for (code, header) in columns {
            text += &format!("  {code:<34} {header}\n");
        }
        text + &summary(&rows, &agreement)
    });
    Ok(findings)
}

/// The agreement as lines of text.
fn summary(rows: &[Rebuilt], agreement: &Agreement) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: String| text += &format!("{name:<26}{value}\n");
    let number =
        |value: Option<f64>, places: usize| value.map_or("–".to_owned(), |value| format!("{value:.places$}"));
    line("rows read", rows.len().to_string());
    line("rows with a composite", rows.iter().filter(|row| row.score.is_some()).count().to_string());
    line("rows compared", agreement.compared.to_string());
    if agreement.compared > 0 {
        line("mean |error|", number(agreement.mean_error, 4));
        line("maximum |error|", number(agreement.max_error, 4));
    }
    if agreement.ranked > 1 {
        line("Spearman of ranks", format!("{} over {} rows", number(agreement.spearman, 6), agreement.ranked));
    }
    if agreement.score_ranges > 0 {
        let (outside, by) = (agreement.outside_score_range, agreement.farthest_outside);
        let farthest = if outside > 0 { format!(", the farthest by {by:.3}") } else { String::new() };
        line("published ranges", format!("{}, outside: {outside}{farthest}", agreement.score_ranges));
    }
    if agreement.rank_ranges > 0 {
        line("published rank ranges", format!("{}, outside: {}", agreement.rank_ranges, agreement.outside_rank_range));
    }
    if agreement.worst.is_empty() {
        return text;
    }
    text += "worst rows\n";
    for row in &agreement.worst {
        let (error, score) = (row.error.unwrap_or(0.0), number(row.score, 3));
        text += &format!("  {error:>+8.3}  {score:>8}  published {:>6}  {}\n", row.published, row.id);
    }
    text
}
