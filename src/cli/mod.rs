//! The command line: the only part that prints, and the only one that joins the stages.
//!
//! `args` (what was typed) → `run` (calls the stages) → `terminal` (findings to stderr, results to stdout) → exit code.

pub mod accredit;
pub mod advice;
pub mod advice_text;
pub mod advise;
pub mod args;
pub mod audit;
pub mod baselines;
pub mod benchmark;
pub mod choice;
pub mod compare_list;
pub mod demo;
pub mod difference;
pub mod editions;
pub mod explain;
pub mod folder;
pub mod forecast;
pub mod history;
mod kept;
pub mod links;
pub mod memory;
pub mod moved;
pub mod new;
pub mod number;
mod packs;
pub mod partners;
pub mod run;
mod run_key;
pub mod score;
pub mod sensitivity;
mod since_last;
pub mod stability;
pub mod strategies;
pub mod summary;
pub mod supplied;
pub mod target;
pub mod terminal;
pub mod verify;
pub mod whatif;
mod without_overrides;

use clap::{CommandFactory, Parser};

use crate::cli::args::{Arguments, Command};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Error, Finding, Severity};

/// How a command ended.
pub type Outcome = Result<Vec<Finding>, Error>;

/// Reads the arguments, does what they ask and returns the exit code: 0 clean, 1 finished with findings of error
/// severity, 2 could not run.
pub fn main() -> u8 {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // Nothing is left to tell the user where the terminal itself is gone.
            error.print().ok();
            return code;
        }
    };
    let terminal = Terminal::new(&arguments.global);
    let outcome = match arguments.command {
        Command::Demo { dir, units, staff, publications, seed, threads } => {
            demo::demo(&terminal, &arguments.global, &dir, demo::Wanted { units, staff, publications, seed }, threads)
        }
        Command::New { dir } => new::new(&terminal, &dir),
        Command::Check { dir } => run::check(&terminal, &arguments.global, &dir),
        Command::Run { dir, out, threads, last, choice, again } => {
            run::run(&terminal, &arguments.global, &dir, &run::Wanted { out, threads, last, choice, again })
        }
        Command::Explain { dir, unit, indicator, out, names } => {
            explain::explain(&terminal, &arguments.global, &dir, &explain::Wanted { unit, indicator, out, names })
        }
        Command::CompareList { dir, unit, file, edition, out } => {
            let wanted = compare_list::Wanted { unit, file, edition, out };
            compare_list::compare_list(&terminal, &arguments.global, &dir, &wanted)
        }
        Command::Baselines { works, out, scheme, years, window, threads } => {
            let wanted = baselines::Wanted { works, out, scheme, years, window, threads };
            baselines::baselines(&terminal, &arguments.global, &wanted)
        }
        Command::Score { supplied, missing, published, published_rank, out } => {
            let published = supplied::Published { score: published, rank: published_rank };
            score::score(&terminal, &arguments.global, &score::Wanted { supplied, published, missing, out })
        }
        Command::Benchmark { supplied, published, published_rank, unit_type, out } => benchmark::benchmark(
            &terminal,
            &arguments.global,
            &benchmark::Wanted { supplied, published, published_rank, unit_type, out },
        ),
        Command::Whatif(wanted) => whatif::whatif(&terminal, &arguments.global, &wanted),
        Command::Target(wanted) => target::target(&terminal, &arguments.global, &wanted),
        Command::Audit(wanted) => audit::audit(&terminal, &arguments.global, &wanted),
        Command::Diff(wanted) => moved::run(&terminal, &wanted),
        Command::Forecast(wanted) => forecast::run(&terminal, &arguments.global, &wanted),
        Command::Accredit(wanted) => accredit::accredit(&terminal, &arguments.global, &wanted),
        Command::Advise(wanted) => advise::advise(&terminal, &arguments.global, &wanted),
        Command::Partners(wanted) => partners::partners(&terminal, &arguments.global, &wanted),
        Command::Sensitivity { dir, wanted } => sensitivity::sensitivity(&terminal, &arguments.global, &dir, &wanted),
        Command::Verify => verify::verify(&terminal, &arguments.global),
        Command::Editions(action) => editions::editions(&terminal, &arguments.global, action),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "sanjeh", &mut std::io::stdout());
            Ok(Vec::new())
        }
        Command::Man => {
            clap_mangen::Man::new(Arguments::command()).render(&mut std::io::stdout()).map(|()| Vec::new()).map_err(
                |error| Finding::error("cannot-write", format!("the manual page could not be printed: {error}")).into(),
            )
        }
    };
    match outcome {
        Ok(findings) => u8::from(findings.iter().any(|finding| finding.severity == Severity::Error)),
        Err(error) => {
            terminal.failure(&error);
            2
        }
    }
}
