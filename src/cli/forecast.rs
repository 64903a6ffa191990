//! `forecast`: the next edition of a ranking from several earlier ones, each figure with its bands and their hit rate.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::explain::put;
use crate::cli::folder;
use crate::cli::history::{self, Columns, Dated};
use crate::cli::supplied::pair;
use crate::cli::terminal::Terminal;
use crate::diagnostic::Finding;
use crate::model::forecast::{BackTest, Forecast, Hits, Outlook};
use crate::model::text::fold;
use crate::model::text::shortened;
use crate::whatif::forecast::{LEAST_EDITIONS, forecast};
use crate::write;

/// Institutions that are printed where none is named.
const SHOWN: usize = 20;

/// Examples of use.
pub const EXAMPLES: &str = "\
Examples:
  sanjeh forecast THE_2021.csv THE_2023.csv THE_2024.csv THE_2025.csv --score Overall --break 2024 --name Tehran --out next.csv
  sanjeh forecast 2023=a.csv 2024=b.csv 2025=c.xlsx --id Name --edition the/wur/YEAR --break 2024
  sanjeh forecast --own out-1402 out-1403 out-1404 --edition the/wur/YEAR

Tables of several years are matched by the names of institutions. `--edition` rebuilds the scores that a table gives as \
ranges only. `--break 2024` says that the method changed in 2024: steps over a change learn their errors from earlier \
ones over a change, all others from the others. `held` is the share of earlier values that lay within bands made in the \
same way from what was known before them.";

/// What is asked for.
#[derive(Debug, Clone, Args)]
pub struct Wanted {
    /// Published tables, one of each year: YEAR=FILE, or FILE where its name has the year
    #[arg(value_name = "YEAR=TABLE", value_parser = dated, required_unless_present = "own")]
    pub tables: Vec<Dated>,
    /// Output folders of earlier runs in the place of tables: the units' own history
    #[arg(long, value_name = "OUT", num_args = 1.., conflicts_with = "tables", requires = "edition")]
    pub own: Vec<PathBuf>,
    /// Column that names institutions [default: a header such as name, institution or university]
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
    /// Column of the published score; ranges and 0 count as none
    #[arg(long, value_name = "COLUMN")]
    pub score: Option<String>,
    /// Edition such as the/wur/YEAR, YEAR standing for each table's year: rebuilds scores that are not printed
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
    /// Column of an indicator or group, by header text or letter; repeatable [default: headers that are a code or name]
    #[arg(long, value_name = "CODE=COLUMN", value_parser = pair)]
    pub map: Vec<(String, String)>,
    /// Read only rows with this text in this column; repeatable
    #[arg(long, value_name = "COLUMN=TEXT", value_parser = pair)]
    pub only: Vec<(String, String)>,
    /// A year from which the method is another one; repeatable
    #[arg(long = "break", value_name = "YEAR")]
    pub breaks: Vec<i32>,
    /// Year to forecast [default: the year after the last]
    #[arg(long, value_name = "YEAR")]
    pub target: Option<i32>,
    /// Print only institutions or units with this in their name; repeatable
    #[arg(long, value_name = "TEXT")]
    pub name: Vec<String>,
    /// Where to write all rows as CSV
    #[arg(long, value_name = "FILE.csv")]
    pub out: Option<PathBuf>,
}

/// Reads `2025=THE_2025.csv`, or a file alone.
fn dated(text: &str) -> Result<Dated, String> {
    let dated = text.split_once('=').and_then(|(year, path)| Some((year.trim().parse().ok()?, path)));
    Ok(match dated {
        Some((year, path)) => Dated { year: Some(year), path: PathBuf::from(path) },
        None => Dated { year: None, path: PathBuf::from(text) },
    })
}

/// Forecasts, prints and writes.
///
/// # Errors
/// Those of [`history::of_tables`] and [`history::of_runs`]; `bad-usage` where the target is not after the last edition;
/// `too-few-editions`; `unknown-institution`; `cannot-write`.
pub fn run(terminal: &Terminal, global: &Global, wanted: &Wanted) -> Outcome {
    let mut findings = Vec::new();
    let history = if wanted.own.is_empty() {
        let columns = Columns {
            id: wanted.id.clone(),
            score: wanted.score.clone(),
            edition: wanted.edition.clone(),
            map: wanted.map.clone(),
            only: wanted.only.clone(),
        };
        history::of_tables(global, &wanted.tables, &columns, &wanted.breaks, &mut findings)?
    } else {
        history::of_runs(&wanted.own, wanted.edition.as_deref().unwrap_or_default(), &wanted.breaks)?
    };
    let last = history.editions.last().map_or(0, |edition| edition.year);
    let target = wanted.target.unwrap_or(last + 1);
    if target <= last {
        return Err(Finding::error("bad-usage", format!("{target} is not after the last edition, {last}")).into());
    }
    let breaks = history::is_break(&wanted.breaks, Some(last), target);
    let Some(found) = forecast(&history, target, breaks) else {
        let message = format!(
            "no institution stands in two editions that follow each other; {} editions were read",
            history.editions.len()
        );
        let hint = format!("give at least {LEAST_EDITIONS} editions, and three for bands that have been tested");
        return Err(Finding::error("too-few-editions", message).hint(hint).into());
    };
    findings.extend(doubts(&found));
    if let Some(out) = &wanted.out {
        put(terminal, Some(out), &write::forecast::table(&found).map_err(folder::cannot_encode)?)?;
    }
    let named = |outlook: &&Outlook| {
        let name = fold(&outlook.institution);
        wanted.name.is_empty() || wanted.name.iter().any(|part| name.contains(&fold(part)))
    };
    let shown: Vec<&Outlook> = found.outlooks.iter().filter(named).collect();
    if shown.is_empty() {
        let message = format!("{last} has no institution whose name holds \"{}\"", wanted.name.join("\" or \""));
        return Err(Finding::error("unknown-institution", message).into());
    }
    terminal.findings(&findings);
    terminal.print(&if terminal.json {
        let outlooks: Vec<Outlook> = shown.into_iter().cloned().collect();
        serde_json::to_string_pretty(&Forecast { outlooks, ..found }).unwrap_or_default()
    } else {
        text(&found, &shown, wanted)
    });
    Ok(findings)
}

/// What makes the bands doubtful.
fn doubts(found: &Forecast) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !found.own_kind {
        let (what, but) = if found.breaks { ("over a change", "without") } else { ("without a change", "with") };
        let message = format!(
            "no earlier step {what} of method is known: the bands are those of steps {but} one and may not hold"
        );
        findings.push(Finding::warning("no-precedent", message).hint("add earlier editions, name --break YEAR"));
    }
    if found.tests.is_empty() {
        let message = "the bands have not been tested: that takes three editions";
        findings.push(Finding::warning("not-tested", message).hint("add an earlier edition"));
    }
    findings
}

/// Shares as percent.
fn rates(hits: Hits) -> [String; 2] {
    hits.rates().map(|rate| rate.map_or("–".to_owned(), |rate| format!("{:.0} %", 100.0 * rate)))
}

fn text(found: &Forecast, shown: &[&Outlook], wanted: &Wanted) -> String {
    let mut text = format!(
        "{} from {}: {}{}\n\n",
        found.target,
        found.from,
        found.course.as_str(),
        if found.breaks { ", over a change of method" } else { "" }
    );
    let hit = "held";
    writeln!(
        text,
        "{:<40}{:>7}{:>7}  {:<13}{hit:>6}  {:<13}{hit:>6}{:>7}  {:<13}{hit:>6}",
        "", found.from, found.target, "80 %", "95 %", "rank", "80 %"
    )
    .ok();
    let most = if wanted.name.is_empty() { SHOWN } else { usize::MAX };
    for outlook in shown.iter().take(most) {
        let score = outlook.score;
        let band = |[low, high]: [f64; 2]| format!("{low:.1}–{high:.1}");
        let [hit_80, hit_95] = rates(outlook.hits);
        let (rank, ranks) = outlook.rank.map_or(("–".to_owned(), "–".to_owned()), |rank| {
            (format!("{:.0}", rank.point), format!("{:.0}–{:.0}", rank.bands[0][0], rank.bands[0][1]))
        });
        let [rank_hit, _] = rates(outlook.rank_hits);
        writeln!(
            text,
            "{:<40}{:>7.1}{:>7.1}  {:<13}{hit_80:>6}  {:<13}{hit_95:>6}{rank:>7}  {ranks:<13}{rank_hit:>6}",
            shortened(&outlook.institution, 39),
            outlook.last,
            score.point,
            band(score.bands[0]),
            band(score.bands[1]),
        )
        .ok();
    }
    if shown.len() > most {
        writeln!(text, "… and {} more: --name TEXT, or all with --out FILE.csv", shown.len() - most).ok();
    }
    text += "\nBack-test: each edition from those before it alone\n";
    text += &tested(&found.tests, "score", found.hits());
    text += &tested(&found.rank_tests, "rank", found.rank_hits());
    text
}

/// The back-tests of one quantity.
fn tested(tests: &[BackTest], what: &str, hits: Hits) -> String {
    let mut text = String::new();
    for test in tests {
        let [held_80, held_95] = rates(test.hits);
        let kind = match (test.breaks, test.own_kind) {
            (true, true) => "  change of method",
            (true, false) => "  change of method, none known before it",
            (false, true) => "",
            (false, false) => "  no step of its kind known before it",
        };
        writeln!(
            text,
            "  {what:<6}{} from {}{:>8} institutions   80 %: {held_80:>5}   95 %: {held_95:>5}{kind}",
            test.year, test.from, test.hits.of
        )
        .ok();
    }
    if hits.of > 0 {
        let [held_80, held_95] = rates(hits);
        writeln!(
            text,
            "  {what:<6}steps of this kind{:>6} values         80 %: {held_80:>5}   95 %: {held_95:>5}",
            hits.of
        )
        .ok();
    }
    text
}
