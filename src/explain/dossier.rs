//! The dossier of one number: definition, formula with the unit's numbers, evidence, what is left out, the result under
//! other policies, and the digests of everything it was made from.

use serde::Serialize;

use crate::diagnostic::{Finding, Result};
use crate::explain::alternatives::{self, Alternative};
use crate::explain::normalisation::{self, Normalisation};
use crate::explain::omitted::{self, Counted, Omitted};
use crate::explain::recalculate;
use crate::explain::rows::{self, Row};
use crate::explain::substituted::substituted;
use crate::measure;
use crate::model::audit::Audit;
use crate::model::edition::{Edition, Fidelity, Indicator};
use crate::model::evidence::{Fold, Part};
use crate::model::measure::{MeasureKey, Reason, Status};
use crate::model::names::Names;
use crate::model::results::Results;
use crate::model::unit::UnitIndex;

/// Everything about one indicator of one unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dossier {
    /// Name of the institution.
    pub institution: Names,
    /// It does not exist.
    pub invented: bool,
    /// Id of the unit.
    pub unit: String,
    /// Its names.
    pub unit_name: Names,
    /// Its type.
    pub unit_type: String,
    /// What the indicator is.
    pub definition: Definition,
    /// What it comes to.
    pub result: Outcome,
    /// From raw value to score; absent where there is nothing to compare with.
    pub normalisation: Option<Normalisation>,
    /// The measures of the formula with their rows.
    pub measures: Vec<MeasureEvidence>,
    /// Publications of the unit that are not counted.
    pub omitted: Vec<Omitted>,
    /// The result under other policies.
    pub alternatives: Vec<Alternative>,
    /// Files read, with digests.
    pub inputs: Vec<Input>,
}

/// What the indicator is, by the edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Definition {
    /// Edition id.
    pub edition: String,
    /// Names of the edition.
    pub edition_name: Names,
    /// SHA-256 of the edition's file.
    pub edition_sha256: String,
    /// SHA-256 of its published constants.
    pub benchmark_sha256: Option<String>,
    /// Day of the last comparison with its references.
    pub verified: String,
    /// Indicator code.
    pub indicator: String,
    /// Its names.
    pub name: Names,
    /// Its group.
    pub group: String,
    /// Weight in percent.
    pub weight: f64,
    /// How near it is to the publisher's own.
    pub fidelity: Fidelity,
    /// What a reader must know.
    pub note: Names,
    /// Works it is taken from, as `id: title address`.
    pub references: Vec<String>,
    /// The formula.
    pub formula: String,
}

/// What the indicator comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// The formula with the unit's numbers.
    pub formula_with_numbers: String,
    /// What the value is.
    pub status: Status,
    /// Why there is none.
    pub reason: Option<Reason>,
    /// Raw value.
    pub raw: Option<f64>,
    /// Numerator.
    pub numerator: Option<f64>,
    /// Denominator.
    pub denominator: Option<f64>,
    /// The count it rests on.
    pub n: u64,
    /// 0–100.
    pub score: Option<f64>,
    /// Points in the overall composite.
    pub contribution: Option<f64>,
    /// Rank among units of the type.
    pub rank: Option<u32>,
    /// How many those are.
    pub of: u32,
}

/// One measure of the formula.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeasureEvidence {
    /// Code.
    pub measure: String,
    /// Names.
    pub name: Names,
    /// What it counts.
    pub definition: Names,
    /// Unit of measurement.
    pub unit: String,
    /// Years.
    pub window: String,
    /// Value.
    pub value: Option<f64>,
    /// The count it rests on.
    pub n: u64,
    /// What it is.
    pub status: Status,
    /// Why there is no value.
    pub reason: Option<Reason>,
    /// How the rows become the value.
    pub fold: Fold,
    /// Areas, where the value is made of areas.
    pub parts: Vec<Part>,
    /// The rows, in the order of summation.
    pub rows: Vec<Row>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Input {
    /// Path within the assessment.
    pub file: String,
    /// Its SHA-256.
    pub sha256: String,
}

/// The dossier of the indicator `EDITION:CODE` for the unit with this id. Names of staff only with `names`.
///
/// # Errors
/// `unknown-unit`, `unknown-edition`, `unknown-indicator`, each with what is known.
pub fn dossier(results: &Results, audit: &Audit, unit: &str, indicator: &str, names: bool) -> Result<Dossier> {
    let unit = find_unit(results, unit)?;
    let (edition_at, indicator_at) = find_indicator(results, indicator)?;
    let edition = &results.editions[edition_at];
    let definition = &edition.indicators[indicator_at];
    let cell = &results.scorecards[edition_at].scores_of(unit, edition.indicators.len())[indicator_at];
    let about = results.tables.units.get(unit);

    let (keys, measures) = evidence(results, unit, edition, definition, names);
    let measure = |code: &str| measures.iter().find(|known| known.measure == code).and_then(|known| known.value);
    let scores = results.scorecards[edition_at].scores_of(unit, edition.indicators.len());
    let score = |code: &str| {
        let at = edition.indicators.iter().position(|known| known.code == code)?;
        scores[at].score
    };
    let published = |code: &str| {
        let known = results.definitions.iter().find(|known| known.code == code);
        known.is_some_and(|known| known.window.is_of_publications())
    };
    let counted = (keys.iter().find(|key| published(&key.measure)))
        .map(|key| Counted::by(results, key.edition.as_ref().map(|_| edition), key.window));
    let mut inputs = vec![Input { file: "assessment.toml".to_owned(), sha256: results.assessment_digest.clone() }];
    inputs.extend(
        results.tables.sources.iter().map(|source| Input { file: source.file.clone(), sha256: source.digest.clone() }),
    );
    Ok(Dossier {
        institution: results.assessment.institution.name.clone(),
        invented: results.assessment.institution.invented,
        unit: about.id.clone(),
        unit_name: about.name.clone(),
        unit_type: about.unit_type.clone(),
        definition: defined(results, edition, definition),
        result: Outcome {
            formula_with_numbers: substituted(&definition.value, &measure, &score),
            status: cell.status,
            reason: cell.reason,
            raw: cell.raw,
            numerator: cell.numerator,
            denominator: cell.denominator,
            n: cell.n,
            score: cell.score,
            contribution: cell.contribution,
            rank: cell.rank,
            of: cell.of,
        },
        normalisation: normalisation::of(results, edition_at, indicator_at, unit),
        omitted: counted.map_or_else(Vec::new, |counted| omitted::of(results, audit, unit, &counted)),
        alternatives: alternatives::of(results, edition_at, indicator_at, unit),
        measures,
        inputs,
    })
}

/// The unit with an id.
///
/// # Errors
/// `unknown-unit`.
pub fn find_unit(results: &Results, id: &str) -> Result<UnitIndex> {
    results.tables.units.find(id).ok_or_else(|| {
        let known: Vec<&str> = results.tables.units.iter().map(|(_, unit)| unit.id.as_str()).collect();
        let finding = Finding::error("unknown-unit", format!("there is no unit \"{id}\""));
        finding.hint(format!("known units: {}", known.join(", "))).into()
    })
}

/// Positions of edition and indicator.
fn find_indicator(results: &Results, name: &str) -> Result<(usize, usize)> {
    let Some((edition, code)) = name.rsplit_once(':') else {
        let finding = Finding::error("unknown-indicator", format!("\"{name}\" is not EDITION:CODE"));
        return Err(finding.hint("for example the/wur/2026:citation_impact").into());
    };
    let edition_at = results.editions.iter().position(|known| known.id == edition).ok_or_else(|| {
        let known: Vec<&str> = results.editions.iter().map(|known| known.id.as_str()).collect();
        Finding::error("unknown-edition", format!("this assessment does not score an edition \"{edition}\""))
            .hint(format!("editions scored: {}", known.join(", ")))
    })?;
    let indicators = &results.editions[edition_at].indicators;
    let indicator_at = indicators.iter().position(|known| known.code == code).ok_or_else(|| {
        let known: Vec<&str> = indicators.iter().map(|known| known.code.as_str()).collect();
        Finding::error("unknown-indicator", format!("{edition} has no indicator \"{code}\""))
            .hint(format!("its indicators: {}", known.join(", ")))
    })?;
    Ok((edition_at, indicator_at))
}

fn defined(results: &Results, edition: &Edition, indicator: &Indicator) -> Definition {
    let benchmark = results.benchmarks.iter().find(|benchmark| benchmark.edition == edition.id);
    let references = edition.references.iter().filter(|known| indicator.reference.contains(&known.id));
    Definition {
        edition: edition.id.clone(),
        edition_name: edition.name.clone(),
        edition_sha256: edition.digest.clone(),
        benchmark_sha256: benchmark.map(|benchmark| benchmark.digest.clone()),
        verified: edition.verified.clone(),
        indicator: indicator.code.clone(),
        name: indicator.name.clone(),
        group: indicator.group.clone(),
        weight: indicator.weight,
        fidelity: indicator.fidelity,
        note: indicator.note.clone(),
        references: references.map(|known| format!("{}: {} {}", known.id, known.title, known.href)).collect(),
        formula: indicator.value.source().to_owned(),
    }
}

/// Keys and evidence of the measures of an indicator, in code order.
fn evidence(
    results: &Results,
    unit: UnitIndex,
    edition: &Edition,
    indicator: &Indicator,
    names: bool,
) -> (Vec<MeasureKey>, Vec<MeasureEvidence>) {
    let codes = indicator.value.measures();
    let known: Vec<_> =
        codes.iter().filter_map(|code| results.definitions.iter().find(|known| known.code == *code)).collect();
    let keys: Vec<MeasureKey> = known.iter().map(|definition| edition.measure_key(definition)).collect();
    let (found, _) = measure::evidence(recalculate::input(results), unit, &keys);
    let measures = known
        .iter()
        .zip(&keys)
        .zip(found)
        .map(|((definition, key), found)| {
            let value = (results.measures.get(unit.at(), key))
                .unwrap_or(crate::model::measure::MeasuredValue::missing(Reason::NotSupplied));
            let rows = match &found {
                Some(evidence) => rows::of(results, unit, evidence, names),
                None => rows::supplied(results, unit, key),
            };
            MeasureEvidence {
                measure: definition.code.clone(),
                name: definition.name.clone(),
                definition: definition.definition.clone(),
                unit: definition.unit.clone(),
                window: key.window.to_string(),
                value: value.value,
                n: value.n,
                status: value.status,
                reason: value.reason,
                fold: found.as_ref().map_or(Fold::Sum, |evidence| evidence.fold),
                parts: found.map_or_else(Vec::new, |evidence| evidence.parts),
                rows,
            }
        })
        .collect();
    (keys, measures)
}
