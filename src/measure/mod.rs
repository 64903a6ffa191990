//! Measure: tables and ledger → the value of each base measure per unit.
//!
//! | step | gives |
//! |---|---|
//! | [`holdings`] | per unit the publications it holds: the union over itself and its descendants, each once |
//! | [`works`] | of each publication, once: fields, field-normalised impact, foreign partners |
//! | [`field`], [`local`] | what a publication's citations are compared with: carried figures, baselines, own publications |
//! | [`scope`] | per edition and window: which publications count, in which faculty areas |
//! | [`citing`], [`importance`], [`influence`] | who cites a publication and when; how much the citing works count |
//! | [`publication`] | the terms of each publication measure, which add up to its value: [`citations`], [`h_family`], [`collaboration`], [`authorship`], [`subjects`], [`integrity`] |
//! | [`lists`] | highly cited researchers, awards, patents |
//! | [`institutional`] | staff, students, degrees and money of a data year |
//! | [`stability`], [`bootstrap`], [`panel`] | the same rows drawn again, or without some publications |
//! | [`profile`] | papers and people of each unit, for its card |
//! | [`rows`], [`kept`] | single units of a changed copy, asked again and again |
//! | [`stated`] | what a unit states directly takes the place of what was worked out |
//!
//! Columns are ascending by key and rows in unit order; units run in parallel, each sum in one thread in a fixed order.

pub mod areas;
pub mod authorship;
pub mod bootstrap;
pub mod citations;
pub mod citing;
pub mod collaboration;
pub mod field;
pub mod h_family;
pub mod holdings;
mod impact;
pub mod importance;
pub mod influence;
pub mod institutional;
pub mod integrity;
pub mod kept;
pub mod lists;
pub mod local;
pub mod panel;
pub mod profile;
pub mod publication;
pub mod rows;
pub mod scope;
pub mod stability;
pub mod stated;
pub mod subjects;
pub mod works;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::diagnostic::{Checked, Finding};
use crate::measure::holdings::Holdings;
use crate::measure::scope::Scope;
use crate::measure::works::Works;
use crate::model::assessment::Assessment;
use crate::model::edition::Edition;
use crate::model::evidence::Evidence;
use crate::model::ledger::Ledger;
use crate::model::measure::{MeasureDefinition, MeasureKey, MeasureKind, MeasuredValue, Measures, Reason, WindowKind};
use crate::model::publication::Publications;
use crate::model::tables::Tables;
use crate::model::unit::UnitIndex;
use crate::model::window::Window;

/// What is measured, and from what.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Policies.
    pub assessment: &'a Assessment,
    /// Sheets.
    pub tables: &'a Tables,
    /// Works.
    pub publications: &'a Publications,
    /// Credits.
    pub ledger: &'a Ledger,
    /// Editions whose measures are wanted.
    pub editions: &'a [Edition],
    /// Definitions of all measures.
    pub definitions: &'a [MeasureDefinition],
}

/// Publication measures that make sense only under the rules of an edition; all others are a unit's profile, counted by
/// the assessment's own rules over its publication window.
const OF_EDITIONS: [&str; 5] = [
    "publications_last_year",
    "area_weighted_citations",
    "international_research_network",
    "qs_h_index",
    "listed_journal_points",
];

/// Values of all measures that the profile and the editions need, for all units.
pub fn measure(input: Input) -> Checked<Measures> {
    let keys = keys(input);
    let Checked { value: works, mut findings } = Works::new(input);
    let scopes: Vec<Scope> = scopes(input, &works, &keys);
    let holdings: Vec<Holdings> = input
        .tables
        .units
        .iter()
        .map(|(unit, _)| unit)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|unit| Holdings::of(unit, input))
        .collect();
    let cells: Vec<MeasuredValue> = (0..input.tables.units.len())
        .into_par_iter()
        .flat_map_iter(|unit| {
            let (keys, scopes, holdings) = (&keys, &scopes, &holdings);
            keys.iter().map(move |key| value(input, key, unit, scopes, &holdings[unit]))
        })
        .collect();
    findings.extend(absent_years(input, &keys, &cells));
    drop(scopes);
    Checked { value: Measures { keys, cells, normalised: works.normalised }, findings }
}

/// Whether a measure looks at publications and not at who is employed.
fn counts_publications_alone(input: Input, key: &MeasureKey) -> bool {
    let of_publications = definition(input, &key.measure).is_some_and(|known| known.window.is_of_publications());
    of_publications && !subjects::DEPEND_ON_STAFF.contains(&key.measure.as_str())
}

/// The measures after staff, students, degrees or money have changed and nothing else has: what counts publications is
/// taken from `before`, the measures of `base`, which must be of the same units and editions.
pub fn institutional_again(input: Input, base: Input, before: &Measures) -> Measures {
    let stays: Vec<bool> = before.keys.iter().map(|key| counts_publications_alone(input, key)).collect();
    let depends = |key: &&MeasureKey| subjects::DEPEND_ON_STAFF.contains(&key.measure.as_str());
    if before.keys.iter().filter(depends).any(|key| !subjects::same_staffed(input, base, key)) {
        return measure(input).value;
    }
    let width = before.keys.len();
    let none = Holdings { unit: UnitIndex(0), held: Vec::new() };
    let cells = (0..before.cells.len())
        .into_par_iter()
        .with_min_len(width)
        .map(|cell| {
            let (unit, column) = (cell / width, cell % width);
            let key = &before.keys[column];
            // Lists of persons need the publications they are credited for; subjects are staffed as before.
            if stays[column] || lists::MEASURES.contains(&key.measure.as_str()) || depends(&key) {
                before.cells[cell]
            } else {
                value(input, key, unit, &[], &none)
            }
        })
        .collect();
    Measures { keys: before.keys.clone(), cells, normalised: before.normalised.clone() }
}

/// All keys, ascending.
fn keys(input: Input) -> Vec<MeasureKey> {
    let mut keys = BTreeSet::new();
    let profile = publication::MEASURES.iter().map(|(measure, _)| *measure);
    for measure in profile.filter(|measure| !OF_EDITIONS.contains(measure)) {
        keys.insert(MeasureKey {
            measure: measure.to_owned(),
            edition: None,
            window: input.assessment.publication_window(),
        });
    }
    for edition in input.editions {
        for indicator in &edition.indicators {
            for code in indicator.value.measures() {
                if let Some(definition) = input.definitions.iter().find(|definition| definition.code == code) {
                    keys.insert(edition.measure_key(definition));
                }
            }
        }
    }
    keys.into_iter().collect()
}

/// One scope per counting rule and window among the publication measures.
fn scopes<'a>(input: Input<'a>, works: &'a Works, keys: &[MeasureKey]) -> Vec<Scope<'a>> {
    let wanted: BTreeSet<_> = keys
        .iter()
        .filter(|key| definition(input, &key.measure).is_some_and(|definition| definition.window.is_of_publications()))
        .map(|key| (key.edition.clone(), key.window))
        .collect();
    wanted
        .into_par_iter()
        .map(|(edition, window)| {
            let edition = edition.and_then(|id| input.editions.iter().find(|edition| edition.id == id));
            Scope::new(input, works, edition, window)
        })
        .collect()
}

fn definition<'a>(input: Input<'a>, code: &str) -> Option<&'a MeasureDefinition> {
    input.definitions.iter().find(|definition| definition.code == code)
}

fn value(input: Input, key: &MeasureKey, unit: usize, scopes: &[Scope], holdings: &Holdings) -> MeasuredValue {
    stated::value(input.tables, key, unit).unwrap_or_else(|| worked_out(input, key, unit, scopes, holdings).value())
}

/// The rows of a measure that is not stated.
fn worked_out(input: Input, key: &MeasureKey, unit: usize, scopes: &[Scope], holdings: &Holdings) -> Evidence {
    let Some(definition) = definition(input, &key.measure) else { return Evidence::missing(Reason::NotSupplied) };
    match (definition.kind, definition.window) {
        (MeasureKind::Supplied, _) => Evidence::missing(Reason::NotSupplied),
        _ if lists::MEASURES.contains(&key.measure.as_str()) => lists::evidence(input, key, unit, holdings),
        (MeasureKind::Computed, WindowKind::Institutional) => {
            institutional::evidence(input, &key.measure, key.window.to, unit)
        }
        (MeasureKind::Computed, _) => {
            match scopes.iter().find(|scope| scope.window == key.window && scope.edition_id() == key.edition.as_deref())
            {
                Some(scope) => publication::evidence(input, scope, &key.measure, holdings),
                None => Evidence::missing(Reason::NotSupplied),
            }
        }
    }
}

/// What a unit's value of each of `keys` is made of, and the publications it holds. `None` where the office states the
/// value itself.
pub fn evidence(input: Input, unit: UnitIndex, keys: &[MeasureKey]) -> (Vec<Option<Evidence>>, Holdings) {
    let works = Works::new(input).value;
    let scopes = scopes(input, &works, keys);
    let holdings = Holdings::of(unit, input);
    let of_key = |key: &MeasureKey| match stated::value(input.tables, key, unit.at()) {
        Some(_) => None,
        None => Some(worked_out(input, key, unit.at(), &scopes, &holdings)),
    };
    (keys.iter().map(of_key).collect(), holdings)
}

/// A whole column of an institutional measure without a value means that the sheet or the year is missing. Measures that
/// lack the same are told together.
fn absent_years(input: Input, keys: &[MeasureKey], cells: &[MeasuredValue]) -> Vec<Finding> {
    let mut absent: BTreeMap<(Window, Vec<i32>), Vec<&str>> = BTreeMap::new();
    for (column, key) in keys.iter().enumerate() {
        let Some(definition) = definition(input, &key.measure) else { continue };
        let institutional = definition.window == WindowKind::Institutional && definition.kind == MeasureKind::Computed;
        let empty = cells.iter().skip(column).step_by(keys.len().max(1)).all(|cell| cell.value.is_none());
        if institutional && empty && !cells.is_empty() {
            let years = institutional::years(input, &key.measure).into_iter().collect();
            absent.entry((key.window, years)).or_default().push(&key.measure);
        }
    }
    let finding = |((window, years), measures): ((Window, Vec<i32>), Vec<&str>)| {
        let message =
            format!("no unit has a value for {window} of {}; what needs it is not scored", measures.join(", "));
        let years: Vec<String> = years.iter().map(i32::to_string).collect();
        let hint = match years.as_slice() {
            [] => "add a sheet or column that holds it; `sanjeh new` writes templates".to_owned(),
            years => format!("the sheets hold it for {}; add rows for {window}", years.join(", ")),
        };
        Finding::warning("no-data-for-year", message).hint(hint)
    };
    absent.into_iter().map(finding).collect()
}
