//! The terminal: findings and progress to standard error, results to standard output.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::args::{ColorChoice, Global};
use crate::diagnostic::{Error, Finding, Place, Severity};

/// Findings of one code that are printed before the rest is summed up.
const SHOWN_PER_CODE: usize = 3;

/// Where and how to print.
#[derive(Debug)]
pub struct Terminal {
    quiet: bool,
    progress: bool,
    /// How much is said.
    pub verbose: u8,
    /// The result goes to standard output as JSON.
    pub json: bool,
}

impl Terminal {
    /// As the arguments ask.
    pub fn new(global: &Global) -> Self {
        let choice = match global.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
        let progress = !global.quiet && !global.no_progress && std::io::stderr().is_terminal();
        Terminal { quiet: global.quiet, progress, verbose: global.verbose, json: global.json }
    }

    /// One line for people, on standard error.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            writeln!(anstream::stderr(), "{line}").ok();
        }
    }

    /// A result, on standard output.
    pub fn print(&self, text: &str) {
        writeln!(anstream::stdout(), "{}", text.trim_end_matches('\n')).ok();
    }

    /// A spinner that appears when a stage takes over a second.
    pub fn stage(&self, name: &str) -> Stage {
        let bar = if self.progress { ProgressBar::no_length() } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{spinner} {prefix} {wide_msg} {elapsed}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        bar.set_style(style);
        bar.set_prefix(name.to_owned());
        Stage { bar }
    }

    /// Prints findings, worst first; all with `-v`, else a few of each code and a count of the rest.
    pub fn findings(&self, findings: &[Finding]) {
        if self.quiet && !findings.iter().any(|finding| finding.severity == Severity::Error) {
            return;
        }
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            if (self.quiet && severity != Severity::Error) || (severity == Severity::Info && self.verbose == 0) {
                continue;
            }
            let mut by_code: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
            for finding in findings.iter().filter(|finding| finding.severity == severity) {
                by_code.entry(finding.code).or_default().push(finding);
            }
            for (code, group) in by_code {
                let shown = if self.verbose > 0 { group.len() } else { SHOWN_PER_CODE };
                for finding in group.iter().take(shown) {
                    self.finding(finding);
                }
                if group.len() > shown {
                    let rest = group.len() - shown;
                    writeln!(
                        anstream::stderr(),
                        "  … and {rest} more of {code}; all are in findings.csv, or shown with -v\n"
                    )
                    .ok();
                }
            }
        }
    }

    /// Says why going on is impossible.
    pub fn failure(&self, error: &Error) {
        self.finding(&error.0);
    }

    fn finding(&self, finding: &Finding) {
        let colour = match finding.severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Info => AnsiColor::Cyan,
        };
        let (bold, dim) = (Style::new().bold().fg_color(Some(colour.into())), Style::new().dimmed());
        let mut text = format!("{bold}{}[{}]{bold:#}: {}\n", finding.severity.as_str(), finding.code, finding.message);
        if finding.place != Place::Run {
            text += &format!("  {dim}-->{dim:#} {}\n", finding.place);
        }
        if let Place::Text { line, column, excerpt: Some(excerpt), .. } = &finding.place {
            let margin = " ".repeat(line.to_string().len());
            let indent: String =
                excerpt.chars().take(*column as usize - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
            text += &format!(
                "  {margin} {dim}|{dim:#}\n  {line} {dim}|{dim:#} {excerpt}\n  {margin} {dim}|{dim:#} {indent}{bold}^{bold:#}\n"
            );
        }
        for hint in &finding.hints {
            text += &format!("  {dim}= hint:{dim:#} {hint}\n");
        }
        writeln!(anstream::stderr(), "{text}").ok();
    }
}

/// One running stage.
#[derive(Debug)]
pub struct Stage {
    bar: ProgressBar,
}

impl Stage {
    /// Says what is being worked on; the spinner shows itself once the stage has run for a second.
    pub fn message(&self, message: &str) {
        if self.bar.elapsed() > Duration::from_secs(1) {
            self.bar.set_message(message.to_owned());
            self.bar.tick();
        }
    }

    /// Says how much is done of how much.
    pub fn position(&self, done: u64, total: u64) {
        self.message(&format!("{done} of {total}"));
    }

    /// Ends the stage and clears its line; returns how long it took.
    pub fn finish(self) -> Duration {
        let elapsed = self.bar.elapsed();
        self.bar.finish_and_clear();
        elapsed
    }
}
