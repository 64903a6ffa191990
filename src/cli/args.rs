//! What was typed; no file is opened here.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::cli::choice::Choice;
use crate::cli::sensitivity;
use crate::cli::supplied::{Missing, Supplied};
use crate::cli::{audit, forecast, moved};
use crate::model::window::Window;

/// World-ranking indicator scores for every unit of a university, from its own spreadsheets.
#[derive(Debug, Parser)]
#[command(name = "sanjeh", version, about, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Switches that hold for every command.
    #[command(flatten)]
    pub global: Global,
}

const EXAMPLES: &str = "\
Examples:
  sanjeh demo                     write an invented university into sanjeh-demo and run it
  sanjeh new my-university        an empty assessment with templates to fill
  sanjeh check my-university      read everything, say what is wrong and where
  sanjeh run my-university        the annual run; results in my-university/out
  sanjeh editions show the/wur/2026

Exit codes: 0 clean, 1 finished with findings of error severity, 2 could not run.";

const BASELINES: &str = "\
Examples:
  sanjeh baselines works/ --years 2018-2025 --out my-university/reference/baseline.parquet
  sanjeh baselines part-1.csv part-2.parquet --out baseline.csv --scheme the --window 3

Fields are ASJC codes or areas separated by `;`: 2741;2808, 27;28, or names of areas. A work of several fields counts in
each by its part; the field `all` holds every work of a year and type.";

const SCORE: &str = "\
Examples:
  sanjeh score THE_2025.csv --edition the/wur/2025 --published Overall --published-rank Rank --out rebuilt.csv
  sanjeh score QS_2027.xlsx --edition qs/wur/2027 --id Name --missing zero --published \"Overall SCORE\" \\
      --map academic_reputation=\"AR SCORE\" --map citations_per_faculty=\"CPF SCORE\" …
  sanjeh score arwu.csv --edition arwu/2012 --only year=2012 --map-file columns.toml --json

A column is named by its header, by both headers where there are two (`Overall SCORE`), or by letter (`C`). The code \
of an indicator or of a group means its score from 0 to 100. An empty cell, `-` or `n/a` follows the edition's missing \
rule. `45.0–49.9` and `601-800` are published ranges: it is counted how many rebuilt values lie outside.";

const BENCHMARK: &str = "\
Examples:
  sanjeh benchmark peers.xlsx --edition the/wur/2026 --map citation_impact=FWCI \\
      --out my-university/editions/benchmarks/the/wur/2026.toml
  sanjeh benchmark THE_2025.csv --edition the/wur/2025 --published Overall --published-rank Rank --out 2025.toml
  sanjeh benchmark arwu.csv --edition arwu/2025 --unit-type school --map-file columns.toml --out 2025.toml

The values are raw values of indicators, as their formulas give them. Mean and standard deviation are taken between \
the tails of the indicator's normaliser, where it has tails, after its cap. A run reads the file from \
`editions/benchmarks/EDITION.toml` of the assessment.";

/// Switches that hold for every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Languages of pages and charts, the first is the main one [default: as assessment.toml says]
    #[arg(long, global = true, value_delimiter = ',', value_name = "LANG")]
    pub lang: Vec<String>,
    /// Kinds of files to write [default: all]
    #[arg(long, visible_alias = "formats", global = true, value_delimiter = ',', value_enum)]
    pub format: Vec<Format>,
    /// Print nothing but errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Show no progress bars
    #[arg(long, global = true)]
    pub no_progress: bool,
    /// Colours on the terminal
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
    /// Print the result as JSON on standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// Say more: time of each stage, peak memory, every finding
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Read editions and benchmarks from this folder instead of the built-in ones
    #[arg(long, global = true, value_name = "DIR")]
    pub indicators: Option<PathBuf>,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// Where the terminal can show it.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Kinds of output files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables as CSV.
    Csv,
    /// Tables as Parquet.
    Parquet,
    /// `index.html` and documents.
    Html,
    /// Documents as PDF.
    Pdf,
    /// `workbook.xlsx` and the evidence workbooks.
    Xlsx,
    /// Briefings as presentations.
    Pptx,
    /// Charts as SVG.
    Svg,
    /// Charts as PNG.
    Png,
    /// JSON, for `explain`.
    Json,
    /// Text for the terminal, for `explain`.
    Text,
}

impl Global {
    /// Whether a file of this name is of a kind that is asked for; without `--format` every one is.
    pub fn asks(&self, path: &str) -> bool {
        let ending = path.rsplit('.').next().unwrap_or_default();
        self.format.is_empty() || self.format.iter().any(|format| format.extension() == ending)
    }
}

impl Format {
    /// The file name extension of this kind.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Parquet => "parquet",
            Format::Html => "html",
            Format::Pdf => "pdf",
            Format::Xlsx => "xlsx",
            Format::Pptx => "pptx",
            Format::Svg => "svg",
            Format::Png => "png",
            Format::Json => "json",
            Format::Text => "txt",
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the sample assessment of an invented university and run it
    #[command(after_help = "Examples:\n  sanjeh demo\n  sanjeh demo my-sample --publications 2000 --units 20")]
    Demo {
        /// Where to write it
        #[arg(default_value = "sanjeh-demo")]
        dir: PathBuf,
        /// Number of units
        #[arg(long, value_name = "N")]
        units: Option<usize>,
        /// Number of staff
        #[arg(long, value_name = "N")]
        staff: Option<usize>,
        /// Number of publications
        #[arg(long, value_name = "N")]
        publications: Option<usize>,
        /// Seed of the generator
        #[arg(long)]
        seed: Option<u64>,
        /// Threads to use [default: one per processor]
        #[arg(long, value_name = "N")]
        threads: Option<usize>,
    },
    /// Write an empty assessment with a commented assessment.toml and template workbooks
    #[command(after_help = "Example:\n  sanjeh new my-university")]
    New {
        /// The folder to make
        dir: PathBuf,
    },
    /// Read everything and say what is wrong and where
    #[command(
        after_help = "Examples:\n  sanjeh check my-university\n  sanjeh check my-university --json > findings.json"
    )]
    Check {
        /// The assessment folder
        dir: PathBuf,
    },
    /// The annual run: tables, ledger, scores, charts, workbook and page
    #[command(
        after_help = "Examples:\n  sanjeh run my-university\n  sanjeh run my-university --out results-1404 --threads 2 --lang fa\n  sanjeh run my-university --last results-1403\n  sanjeh run my-university --units pharmacy,dentistry --only briefing,evidence"
    )]
    Run {
        /// The assessment folder
        dir: PathBuf,
        /// Where to write the results [default: DIR/out]
        #[arg(long, value_name = "OUT")]
        out: Option<PathBuf>,
        /// Threads to use; the results are the same for any number [default: one per processor]
        #[arg(long, value_name = "N")]
        threads: Option<usize>,
        /// Damp changes since last year as the editions say: the results folder of that run, or a sheet with edition,
        /// unit, indicator, raw, score [default: nothing is damped]
        #[arg(long, value_name = "OUT")]
        last: Option<PathBuf>,
        /// Which packs are made.
        #[command(flatten)]
        choice: Choice,
        /// Run although nothing has changed since the last run into the same folder
        #[arg(long)]
        again: bool,
    },
    /// The dossier of one number: formula, counted rows, what is left out, other policies
    #[command(
        after_help = "Examples:\n  sanjeh explain my-university --unit pharmacy --indicator the/wur/2026:citation_impact\n  sanjeh explain my-university --unit pharmacy --indicator the/wur/2026:citation_impact --format csv --out rows.csv"
    )]
    Explain {
        /// The assessment folder
        dir: PathBuf,
        /// Id of the unit
        #[arg(long, value_name = "UNIT")]
        unit: String,
        /// The indicator as EDITION:CODE
        #[arg(long, value_name = "EDITION:CODE")]
        indicator: String,
        /// Where to write it [default: standard output]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Print names of staff, not their numbers alone
        #[arg(long)]
        names: bool,
    },
    /// A unit's own list of titles, DOIs or EIDs against the count: both, only ours, only theirs, and why
    #[command(
        after_help = "Examples:\n  sanjeh compare-list my-university --unit pharmacy dean.xlsx\n  sanjeh compare-list my-university --unit pharmacy dean.csv --edition the/wur/2026 --out compared.csv"
    )]
    CompareList {
        /// The assessment folder
        dir: PathBuf,
        /// Id of the unit
        #[arg(long, value_name = "UNIT")]
        unit: String,
        /// The unit's list: a workbook or text file
        file: PathBuf,
        /// Count by this edition's window and document types [default: those of the unit profile]
        #[arg(long, value_name = "EDITION")]
        edition: Option<String>,
        /// Where to write the rows as CSV [default: standard output]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// What works of a field, year and type are cited, from millions of them: a baseline to compare citations with
    #[command(after_help = BASELINES)]
    Baselines {
        /// CSV or Parquet files, or folders of them, with columns for year, type, fields and citations
        #[arg(required = true, value_name = "WORKS")]
        works: Vec<PathBuf>,
        /// Where to write the baseline: a .csv or .parquet file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Scheme of fields: asjc, openalex, the or qs
        #[arg(long, value_name = "SCHEME", default_value = "asjc")]
        scheme: String,
        /// Only works of these years, as 2018-2024: a baseline of an assessment needs no others
        #[arg(long, value_name = "FROM-TO", value_parser = years)]
        years: Option<Window>,
        /// The citations are those of so many years after publication [default: to date]
        #[arg(long, value_name = "YEARS")]
        window: Option<u32>,
        /// Threads to use; the result is the same for any number [default: one per processor]
        #[arg(long, value_name = "N")]
        threads: Option<usize>,
    },
    /// Composites rebuilt from a table of indicator or group scores, against the published ones
    #[command(after_help = SCORE)]
    Score {
        /// Table, edition and columns.
        #[command(flatten)]
        supplied: Supplied,
        /// What a missing cell does [default: as the edition says]
        #[arg(long, value_enum)]
        missing: Option<Missing>,
        /// Column of the published composite
        #[arg(long, value_name = "COLUMN")]
        published: Option<String>,
        /// Column of the published rank
        #[arg(long, value_name = "COLUMN")]
        published_rank: Option<String>,
        /// Where to write the rows as CSV: id, score, coverage, rank, published, error
        #[arg(long, value_name = "FILE.csv")]
        out: Option<PathBuf>,
    },
    /// Quantiles, mean, deviation and ends of each indicator of a table, as a benchmark to score against
    #[command(after_help = BENCHMARK)]
    Benchmark {
        /// Table, edition and columns.
        #[command(flatten)]
        supplied: Supplied,
        /// Column of the published composite: its values at the ends of bands of ranks are kept
        #[arg(long, value_name = "COLUMN")]
        published: Option<String>,
        /// Column of the published rank: it places ranges of composites such as 45.4–49.0
        #[arg(long, value_name = "COLUMN")]
        published_rank: Option<String>,
        /// Type of the units that may be placed on this scale
        #[arg(long, value_name = "TYPE", default_value = "university")]
        unit_type: String,
        /// Where to write the benchmark
        #[arg(long, value_name = "FILE.toml")]
        out: PathBuf,
    },
    /// A changed copy, measured and scored again: every number that a scenario moves, and why
    #[command(after_help = crate::cli::whatif::EXAMPLES)]
    Whatif(crate::cli::whatif::Wanted),
    /// The smallest amount of each lever that reaches a score or rank, and when it would show
    #[command(after_help = crate::cli::target::EXAMPLES)]
    Target(crate::cli::target::Wanted),
    /// What to check first: cells, matches and decisions by how much an error in them would move a composite
    #[command(after_help = audit::EXAMPLES)]
    Audit(audit::Wanted),
    /// Why composites moved from one run to the next: own data, peers, method, corrections
    #[command(after_help = moved::EXAMPLES)]
    Diff(moved::Wanted),
    /// The next edition from several earlier ones: score and rank with tested bands, never a point alone
    #[command(after_help = forecast::EXAMPLES)]
    Forecast(forecast::Wanted),
    /// The best plan under a budget, from the catalogue of strategies in strategies/, with a proof of how far off it may be
    #[command(after_help = crate::cli::advise::EXAMPLES)]
    Advise(crate::cli::advise::Wanted),
    /// With whom units publish, what agreements come to, whom to approach, what helps and what threatens
    #[command(after_help = crate::cli::partners::EXAMPLES)]
    Partners(crate::cli::partners::Wanted),
    /// Accreditation: standing of units, decisions, evidence, panels, opinions, from the sheets of the office
    #[command(after_help = crate::cli::accredit::EXAMPLES)]
    Accredit(crate::cli::accredit::Wanted),
    /// How sure scores and ranks are: uncertain weights, method, data and policies; certified ranks; bounds of what is missing
    #[command(after_help = sensitivity::EXAMPLES)]
    Sensitivity {
        /// The assessment folder
        dir: PathBuf,
        /// What is drawn and written.
        #[command(flatten)]
        wanted: sensitivity::Wanted,
    },
    /// Run the conformance cases on this machine and print what passes
    #[command(
        after_help = "Examples:\n  sanjeh verify\n  sanjeh verify --json > verified.json\n  sanjeh verify --indicators my-indicators -v"
    )]
    Verify,
    /// The catalogue of ranking editions
    #[command(subcommand)]
    Editions(Editions),
    /// Print shell completions
    #[command(after_help = "Example:\n  sanjeh completions bash > ~/.local/share/bash-completion/completions/sanjeh")]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:\n  sanjeh man | man -l -")]
    Man,
}

/// Reads `2018-2024`, or one year.
fn years(text: &str) -> Result<Window, String> {
    let (from, to) = text.split_once(['-', '–']).unwrap_or((text, text));
    match (from.trim().parse(), to.trim().parse()) {
        (Ok(from), Ok(to)) if from <= to => Ok(Window::new(from, to)),
        _ => Err("write the first and the last year: 2018-2024".to_owned()),
    }
}

/// What to do with the catalogue.
#[derive(Debug, Subcommand)]
pub enum Editions {
    /// List all editions
    List,
    /// Show one edition: windows, groups, indicators, weights, references
    #[command(after_help = "Example:\n  sanjeh editions show qs/wur/2026 --lang fa")]
    Show {
        /// Id such as the/wur/2026
        id: String,
    },
    /// What changed from one edition to another: a change log of indicators, weights, definitions and rules
    #[command(
        after_help = "Examples:\n  sanjeh editions diff the/wur/2023 the/wur/2024\n  sanjeh editions diff qs/wur/2023 qs/wur/2024 --lang fa"
    )]
    Diff {
        /// Id of the earlier edition
        from: String,
        /// Id of the later edition
        to: String,
    },
    /// Check edition files
    #[command(after_help = "Examples:\n  sanjeh editions check\n  sanjeh editions check my-university/editions")]
    Check {
        /// A folder of edition files besides the built-in ones
        dir: Option<PathBuf>,
    },
}
