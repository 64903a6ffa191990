//! Benchmark files: published constants for the indicators of one edition.

use serde::Deserialize;
use toml::Spanned;

use crate::catalogue::check::Check;
use crate::catalogue::edition_text::ReferenceText;
use crate::catalogue::nearest;
use crate::catalogue::shape::{OneOrMany, Shape};
use crate::catalogue::source::Source;
use crate::diagnostic::Finding;
use crate::model::benchmark::{Band, Benchmark, BenchmarkEntry};
use crate::model::edition::{Edition, Reference};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadText {
    edition: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryText {
    indicator: Spanned<String>,
    unit_types: Spanned<Vec<String>>,
    mean: Option<Spanned<f64>>,
    sd: Option<Spanned<f64>>,
    min: Option<Spanned<f64>>,
    max: Option<Spanned<f64>>,
    quantiles: Option<Spanned<Vec<[f64; 2]>>>,
    reference: Spanned<OneOrMany>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BandText {
    rank: Spanned<u32>,
    score: Spanned<f64>,
    reference: Spanned<OneOrMany>,
}

/// Reads one benchmark; `None`, with the reasons among the findings, if it has any fault.
pub fn read(source: &Source, editions: &[Edition], findings: &mut Vec<Finding>) -> Option<Benchmark> {
    let before = findings.len();
    let mut shape = Shape::parse(source, findings)?;
    if shape.is_empty("a benchmark", findings) {
        return None;
    }
    let references: Vec<Spanned<ReferenceText>> = shape.list("reference", findings);
    let entries: Vec<Spanned<EntryText>> = shape.list("entry", findings);
    let bands: Vec<Spanned<BandText>> = shape.list("band", findings);
    let head: Option<HeadText> = shape.rest(findings);
    let head = head.filter(|_| findings.len() == before)?;

    let mut check = Check::new(source);
    let id = head.edition.get_ref();
    let expected = source.path.trim_start_matches("benchmarks/").trim_end_matches(".toml");
    if id != expected {
        let message = format!("the edition \"{id}\" does not match the file's path");
        let hint = format!("write edition = \"{expected}\", or move the file");
        check.fault_with(head.edition.span(), "id-path", message, hint);
    }
    let edition = editions.iter().find(|edition| edition.id == *id);
    if edition.is_none() {
        let known = editions.iter().map(|edition| edition.id.as_str());
        let message = format!("no usable edition has the id \"{id}\"");
        check.fault_with(head.edition.span(), "unknown-edition", message, nearest::hint(id, known));
    }
    let references = check.references(&references);
    let mut taken = Vec::new();
    let entries =
        entries.iter().map(|text| entry(&mut check, text.get_ref(), edition, &references, &mut taken)).collect();
    let bands = bands_of(&mut check, &bands, &references);
    let clean = check.faults.is_empty();
    findings.extend(check.faults);
    clean.then(|| Benchmark { edition: id.clone(), entries, bands, references, digest: source.digest.clone() })
}

/// Composites at published ranks: ranks rise from 1, composites do not.
fn bands_of(check: &mut Check, texts: &[Spanned<BandText>], references: &[Reference]) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for text in texts.iter().map(Spanned::get_ref) {
        let (rank, score) = (*text.rank.get_ref(), check.number(&text.score, "the score", 0.0..100.0));
        let (above, best) = bands.last().map_or((0, f64::INFINITY), |last| (last.rank, last.score));
        if rank <= above {
            check.fault(text.rank.span(), "bad-number", "ranks must rise from 1");
        }
        if score > best {
            check.fault(text.score.span(), "bad-number", "a later rank cannot have the greater score");
        }
        let reference = check.cites(&text.reference, references).into_iter().next().unwrap_or_default();
        bands.push(Band { rank, score, reference });
    }
    bands
}

fn entry(
    check: &mut Check,
    text: &EntryText,
    edition: Option<&Edition>,
    references: &[Reference],
    taken: &mut Vec<(String, String)>,
) -> BenchmarkEntry {
    let code = text.indicator.get_ref();
    if let Some(edition) = edition {
        let known = edition.indicators.iter().map(|indicator| indicator.code.as_str());
        if !known.clone().any(|known| known == code) {
            let message = format!("the edition has no indicator \"{code}\"");
            check.fault_with(text.indicator.span(), "unknown-indicator", message, nearest::hint(code, known));
        }
    }
    if text.unit_types.get_ref().is_empty() {
        let hint = "list the unit types that may be placed on this scale";
        check.fault_with(text.unit_types.span(), "empty-list", "the entry is for no type of unit".to_owned(), hint);
    }
    for unit_type in text.unit_types.get_ref() {
        let key = (code.clone(), unit_type.clone());
        if taken.contains(&key) {
            let message = format!("\"{code}\" has two entries for the unit type \"{unit_type}\"");
            check.fault(text.indicator.span(), "duplicate-code", message);
        }
        taken.push(key);
    }
    let any = f64::NEG_INFINITY..f64::INFINITY;
    let mean_sd = match (&text.mean, &text.sd) {
        (Some(mean), Some(sd)) => {
            // Zero would make every unit infinitely far from the mean.
            Some((check.number(mean, "mean", any.clone()), check.number(sd, "sd", f64::MIN_POSITIVE..f64::INFINITY)))
        }
        (None, None) => None,
        (Some(alone), None) | (None, Some(alone)) => {
            let message = "mean and sd are given together or not at all".to_owned();
            check.fault_with(alone.span(), "missing-key", message, "add the other of the two");
            None
        }
    };
    let min = text.min.as_ref().map(|min| check.number(min, "min", any.clone()));
    let max = text.max.as_ref().map(|max| check.number(max, "max", any));
    if let (Some(low), Some(high), Some(span)) = (min, max, text.max.as_ref().map(Spanned::span))
        && low >= high
    {
        check.fault(span, "bad-number", "max must be greater than min");
    }
    if mean_sd.is_none() && text.mean.is_none() && text.sd.is_none() && min.is_none() && max.is_none() {
        let hint = "give mean and sd, or min and max, or max";
        check.fault_with(text.indicator.span(), "missing-key", "the entry gives no constant".to_owned(), hint);
    }
    let quantiles = text.quantiles.as_ref().map_or(&[][..], |quantiles| quantiles.get_ref());
    let rising = quantiles.windows(2).all(|pair| pair[0][0] < pair[1][0] && pair[0][1] <= pair[1][1]);
    let within = quantiles.iter().all(|[share, value]| (0.0..=1.0).contains(share) && value.is_finite());
    if let Some(span) = text.quantiles.as_ref().map(Spanned::span).filter(|_| !(rising && within)) {
        check.fault(span, "bad-number", "quantiles are pairs of a share from 0 to 1 and a value, both rising");
    }
    let reference = check.cites(&text.reference, references).into_iter().next().unwrap_or_default();
    BenchmarkEntry {
        indicator: code.clone(),
        unit_types: text.unit_types.get_ref().clone(),
        mean_sd,
        max,
        min,
        quantiles: quantiles.to_vec(),
        reference,
    }
}
