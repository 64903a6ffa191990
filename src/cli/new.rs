//! `new`: an empty assessment with a commented `assessment.toml` and template workbooks.

use std::fs;
use std::path::Path;

use crate::cli::Outcome;
use crate::cli::folder;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Finding, Place};
use crate::write::templates;

/// Folders for what the office puts in, with a word on what belongs there.
const FOLDERS: [(&str, &str); 8] = [
    ("publications", "Put exports here as they are: Scopus CSV in any layout; several files may overlap."),
    ("reference", "Put the journal list here: the SCImago (SJR) file as downloaded."),
    (
        "benchmarks",
        "Put tables of peers here: edition, unit_type, indicator, peer, value.\n\
         Your own past: edition, indicator, raw, score (as published) and, if it is no university, unit_type.",
    ),
    ("editions", "Put your own editions here, one TOML file each; `sanjeh editions check` reads them."),
    (
        "agreements",
        "Put the sheet of agreements here. partners.csv (ror, name, country, aliases) says which spellings are one partner,\n\
         exposures.csv (country, exposure, source) which countries visas or sanctions may close.",
    ),
    ("mobility", "Put the sheets of visitors and exchange here."),
    (
        "accreditation",
        "Fill what you use: standards and ratings give percentages, evidence the overdue list, evaluators, ties and visits\n\
         the panels, regulations the calendar. rules.toml holds the rules of panels and reviews, with their defaults.\n\
         decisions.toml, your table from percentages to decisions, is yours to write; `sanjeh demo DIR` shows one, and its\n\
         gaps and overlaps are named.",
    ),
    (
        "overrides",
        "Put decisions here; each is replayed on every run until its source says something else than `expect`.\n\
         attribution.csv: publication,author_position,unit,staff,action,expect,reason,who,date (action: credit or deny)\n\
         exclude.csv: publication,reason,who,date\n\
         corrections.toml: [[correction]] with file, row, column or publication, field; expect, value, who, date, reason",
    ),
];

/// A scenario with every key explained.
pub const SCENARIO: &str = include_str!("../../data/templates/scenario.toml");

/// The rules of panels and reviews with their defaults.
const RULES: &str = include_str!("../../data/accreditation/rules.toml");

/// Writes the templates into a new folder.
///
/// # Errors
/// `folder-not-empty`, `cannot-write`.
pub fn new(terminal: &Terminal, dir: &Path) -> Outcome {
    if fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Finding::error("folder-not-empty", "the folder exists and is not empty")
            .at(Place::file(dir.display().to_string()))
            .hint("name a folder that does not exist yet")
            .into());
    }
    let templates = templates::templates("My University of Medical Sciences").map_err(folder::cannot_encode)?;
    folder::put(dir, "assessment.toml", include_str!("../../data/templates/assessment.toml").as_bytes())?;
    folder::put(dir, "strategies/scenarios/example.toml", SCENARIO.as_bytes())?;
    folder::put(dir, "accreditation/rules.toml", RULES.as_bytes())?;
    folder::put(dir, "aliases.csv", "\u{feff}spelling,unit,valid_from,valid_to\n".as_bytes())?;
    for template in &templates {
        folder::put(dir, &template.path, &template.bytes)?;
    }
    for (folder, words) in FOLDERS {
        folder::put(dir, &format!("{folder}/README.txt"), format!("{words}\n").as_bytes())?;
    }
    terminal.say(&format!("Written: {}", dir.display()));
    terminal.say(
        "Next: fill units.xlsx and assessment.toml, then staff, students and finance; put exports into publications/.",
    );
    terminal.say(&format!("Then:  sanjeh check {0}   and   sanjeh run {0}", dir.display()));
    Ok(Vec::new())
}
