//! `assessment.toml` → [`Assessment`], with findings at their lines.

use std::path::Path;

use crate::diagnostic::{Error, Finding, Place, Result};
use crate::load::folder::digest;
use crate::load::layout::text_place;
use crate::load::nearest::nearest;
use crate::model::assessment::Assessment;
use crate::model::field_scheme::SCHEMES;
use crate::model::names::LANGUAGES;
use crate::model::sensitivity::{MOST_DRAWS, MOST_SAMPLES, MOST_WEIGHT_SETS};

const FILE: &str = "assessment.toml";
/// More than this is no assessment.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// Reads the assessment of a folder: the value, the SHA-256 of the file, and findings about values that cannot be meant.
///
/// # Errors
/// `no-assessment` where the file is missing or cannot be read; `bad-assessment` where it is not TOML, has an unknown
/// key or a value of the wrong type, with line, column and the nearest known key.
pub fn read(dir: &Path) -> Result<(Assessment, String, Vec<Finding>)> {
    let path = dir.join(FILE);
    let unreadable = |reason: String| {
        let finding = Finding::error("no-assessment", format!("{FILE} cannot be read: {reason}"));
        Error::from(finding.at(Place::file(FILE)).hint("`sanjeh new DIR` writes one with every switch explained"))
    };
    let size = std::fs::metadata(&path).map_err(|error| unreadable(error.to_string()))?.len();
    if size > MOST_BYTES {
        return Err(unreadable(format!("it has {size} bytes")));
    }
    let bytes = std::fs::read(&path).map_err(|error| unreadable(error.to_string()))?;
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes))
        .map_err(|_| unreadable("it is not UTF-8 text; save it as UTF-8".into()))?;
    let assessment: Assessment = toml::from_str(text).map_err(|error| parse_error(text, &error))?;
    let findings = check(&assessment, text);
    Ok((assessment, digest(&bytes), findings))
}

fn parse_error(text: &str, error: &toml::de::Error) -> Error {
    let message = error.message().trim().replace('\n', ": ");
    let place = text_place(FILE, text, error.span().map(|span| span.start));
    let mut finding = Finding::error("bad-assessment", message.clone()).at(place);
    // Serde says: unknown field `x`, expected one of `a`, `b`.
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let Some((word, known)) = quoted.split_first()
        && (message.starts_with("unknown field") || message.starts_with("unknown variant"))
        && let Some(near) = nearest(word, known.iter().copied())
    {
        finding = finding.hint(format!("did you mean `{near}`?"));
    }
    finding.hint("`sanjeh new DIR` writes a file with every switch explained").into()
}

/// Values that parse but cannot be meant.
fn check(assessment: &Assessment, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |key: &str, finding: Finding| findings.push(finding.at(text_place(FILE, text, line_of(text, key))));
    if !(1990..=2100).contains(&assessment.year) {
        let mut finding =
            Finding::error("bad-assessment-value", format!("year {} is not a Gregorian year", assessment.year));
        if (1300..1500).contains(&assessment.year) {
            finding =
                finding.hint(format!("for the Solar Hijri year {0} write {1}", assessment.year, assessment.year + 621));
        }
        add("year", finding);
    }
    if assessment.institution.name.0.values().all(|name| name.trim().is_empty()) {
        add("name", Finding::error("bad-assessment-value", "the institution has no name"));
    }
    if assessment.institution.country.trim().is_empty() {
        let finding =
            Finding::error("bad-assessment-value", "the institution has no country: foreign partners cannot be told");
        add("country", finding);
    }
    if assessment.languages.is_empty() {
        add(
            "languages",
            Finding::error("bad-assessment-value", "no language is listed").hint("languages = [\"en\", \"fa\"]"),
        );
    }
    for language in assessment.languages.iter().filter(|language| !LANGUAGES.contains(&language.as_str())) {
        let message = format!("no pages are written in the language \"{language}\"");
        add(
            "languages",
            Finding::error("bad-assessment-value", message).hint(format!("one of {}", LANGUAGES.join(", "))),
        );
    }
    if assessment.editions.is_empty() {
        add("editions", Finding::warning("bad-assessment-value", "no edition is listed: there is nothing to score"));
    }
    let mut listed: Vec<&str> = Vec::new();
    for edition in &assessment.editions {
        if listed.contains(&edition.as_str()) {
            add(
                "editions",
                Finding::warning("bad-assessment-value", format!("the edition \"{edition}\" is listed twice")),
            );
        }
        listed.push(edition);
    }
    if let Some(window) = assessment.publications {
        if window.from > window.to {
            let message = format!("publications from {} to {}: the years are reversed", window.from, window.to);
            add("publications", Finding::error("bad-assessment-value", message));
        } else if window.to > assessment.year {
            let message =
                format!("publications to {}, after the year {} of the assessment", window.to, assessment.year);
            add("publications", Finding::warning("bad-assessment-value", message));
        }
    }
    if assessment.attribution.by.is_empty() {
        let finding =
            Finding::error("bad-assessment-value", "no way of attribution is listed: no paper can be credited");
        add("by", finding.hint("by = [\"roster\", \"affiliation\", \"name\"]"));
    }
    if assessment.attribution.grace_years < 0 {
        add("grace_years", Finding::error("bad-assessment-value", "grace_years is below 0"));
    }
    if !(0.0..=1.0).contains(&assessment.attribution.name_confidence) {
        let finding = Finding::error("bad-assessment-value", "name_confidence does not lie between 0 and 1");
        add("name_confidence", finding.hint("name_confidence = 0.9"));
    }
    if assessment.normalisation.sources.is_empty() {
        let finding =
            Finding::error("bad-assessment-value", "no source of normalisation is listed: no citation can be compared");
        add("sources", finding.hint("sources = [\"carried\", \"supplied\", \"local\"]"));
    }
    let scheme = assessment.normalisation.scheme.as_str();
    if !SCHEMES.contains(&scheme) {
        let message = format!("there is no scheme of fields \"{scheme}\"; asjc is used");
        let finding = Finding::error("bad-assessment-value", message);
        add("scheme", finding.hint(format!("one of {}", SCHEMES.join(", "))));
    }
    let sensitivity = &assessment.sensitivity;
    for (key, noise) in [("indicator_noise", sensitivity.indicator_noise), ("group_noise", sensitivity.group_noise)] {
        if !(0.0..=1.0).contains(&noise) {
            let finding =
                Finding::error("bad-assessment-value", format!("{key} does not lie between 0 and 1; 0 is used"));
            add(key, finding.hint(format!("{key} = 0.25")));
        }
    }
    let counts = [
        ("draws", sensitivity.draws, MOST_DRAWS),
        ("weight_sets", sensitivity.weight_sets, MOST_WEIGHT_SETS),
        ("measurement_samples", sensitivity.measurement_samples, MOST_SAMPLES),
        ("bootstrap", sensitivity.bootstrap, MOST_SAMPLES),
    ];
    for (key, count, most) in counts {
        if count > most {
            let message = format!("[sensitivity] {key} is {count}, more than {most}; {most} is used");
            add(key, Finding::warning("bad-assessment-value", message));
        }
    }
    if sensitivity.inputs.is_empty() {
        let finding = Finding::warning("bad-assessment-value", "no input is listed: nothing is uncertain");
        add("inputs", finding.hint("inputs = [\"weights\", \"normaliser\", \"aggregation\"]"));
    }
    let advice = &assessment.advice;
    let faults = [
        ("budget", advice.budget.is_some_and(|budget| !budget.is_finite() || budget < 0.0), "is no sum of at least 0"),
        ("levels", !(1..=20).contains(&advice.levels), "does not lie between 1 and 20"),
        ("gap", !(0.0..=1.0).contains(&advice.gap), "does not lie between 0 and 1"),
    ];
    for (key, _, fault) in faults.into_iter().filter(|(_, wrong, _)| *wrong) {
        add(key, Finding::error("bad-assessment-value", format!("[advice] {key} {fault}; no plan is made")));
    }
    findings
}

/// Byte offset of the first line that sets a key.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let set = line.trim_start();
        let rest = set.strip_prefix(key).map(str::trim_start);
        if rest.is_some_and(|rest| rest.starts_with('=') || rest.starts_with('.')) {
            return Some(offset + line.len() - set.len());
        }
        offset += line.len();
    }
    None
}
