//! Field normalisation: which cell a publication is compared with, and what comes of it.
//!
//! The cells of a publication are its fields × its year × its type. Ratios over several fields are averaged, which is
//! the harmonic mean of the expected values (Waltman et al. 2011, doi 10.1007/s11192-011-0354-5). Every publication
//! takes the first source of the assessment's order that knows it: the figure an export carries, a baseline of the
//! assessment ([`Supplied`]), or its own publications ([`super::local`]), which are not the world: a proxy.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::diagnostic::{Finding, Place};
use crate::measure::Input;
use crate::measure::local::Local;
use crate::model::assessment::NormalisationSource;
use crate::model::baseline::{ALL_FIELDS, ALL_TYPES, Cell, TOP_PERCENTS, WHOLE, parts};
use crate::model::field_scheme::FieldScheme;
use crate::model::normalised::{Normalised, Origin};
use crate::model::publication::{Field, Publication};

/// All fields, in a key.
pub const ALL: u16 = u16::MAX;

/// Field, year and number of the document type.
pub type Key = (u16, i32, u32);

/// The publications as cells see them.
#[derive(Debug)]
pub struct Placed<'a> {
    /// In publication order.
    pub items: &'a [Publication],
    /// Fields of each, ascending, as indices into the fields of `scheme`.
    pub fields: Vec<Vec<u16>>,
    /// Number of the document type of each.
    pub types: Vec<u32>,
    /// Document types by number.
    pub type_names: Vec<&'a str>,
    /// The scheme of fields.
    pub scheme: FieldScheme,
}

impl<'a> Placed<'a> {
    /// Fields by the journal list, types as they are.
    pub fn new(input: Input<'a>) -> Self {
        let scheme = FieldScheme::named(&input.assessment.normalisation.scheme)
            .unwrap_or_else(|| FieldScheme::named("asjc").expect("a scheme of that name is built in"));
        let of_journal: Vec<Vec<u16>> = (input.tables.journals.iter())
            .map(|journal| {
                let categories = journal.categories.iter().map(|(category, _)| category.as_str());
                scheme.of_journal(journal.areas.iter().map(String::as_str), categories)
            })
            .collect();
        let items = &input.publications.items;
        let fields = (items.iter())
            .map(|item| item.listed_journal.map_or_else(Vec::new, |journal| of_journal[journal as usize].clone()))
            .collect();
        let (mut numbers, mut type_names): (FxHashMap<&str, u32>, Vec<&str>) = (FxHashMap::default(), Vec::new());
        let types = (items.iter())
            .map(|item| {
                *numbers.entry(&item.document_type).or_insert_with(|| {
                    type_names.push(&item.document_type);
                    type_names.len() as u32 - 1
                })
            })
            .collect();
        Placed { items, fields, types, type_names, scheme }
    }

    /// Year and citations of a publication, where both are known.
    pub fn cited(&self, index: usize) -> Option<(i32, u64)> {
        let item = &self.items[index];
        Some((item.year?, u64::try_from(item.citations?).ok()?))
    }

    /// The fields of a publication; all where none is known.
    fn fields_of(&self, index: usize) -> &[u16] {
        if self.fields[index].is_empty() { &[ALL] } else { &self.fields[index] }
    }

    /// Every key that a publication with citations asks for.
    pub fn keys(&self) -> Vec<Key> {
        let of = |index: usize| {
            let year = self.cited(index).map(|(year, _)| year);
            let key = move |&field: &u16| year.map(|year| (field, year, self.types[index]));
            self.fields_of(index).iter().filter_map(key)
        };
        let mut keys: Vec<Key> = (0..self.items.len()).flat_map(of).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// Cells by key, of one source.
#[derive(Debug)]
struct Source<'a> {
    origin: Origin,
    cells: FxHashMap<Key, &'a Cell>,
}

/// The normalised figures of every publication, in publication order, and one finding that says where they are from.
pub fn normalise(input: Input) -> (Vec<Normalised>, Vec<Finding>) {
    let placed = Placed::new(input);
    let policy = &input.assessment.normalisation;
    let mut findings = Vec::new();
    let keys = placed.keys();
    let local = policy
        .sources
        .contains(&NormalisationSource::Local)
        .then(|| Local::new(&placed, input.publications.existing()));
    let mut sources: Vec<(NormalisationSource, Vec<Source>)> = Vec::new();
    for &kind in &policy.sources {
        let of_kind = match kind {
            NormalisationSource::Carried => Vec::new(),
            NormalisationSource::Supplied => supplied(input, &placed, &keys, &mut findings),
            NormalisationSource::Local => {
                let Some(local) = &local else { continue };
                let cell = |key: &Key| Some((*key, local.cell(*key, policy.smallest_cell)?));
                vec![Source { origin: Origin::Local, cells: keys.iter().filter_map(cell).collect() }]
            }
        };
        sources.push((kind, of_kind));
    }
    let normalised: Vec<Normalised> =
        (0..placed.items.len()).into_par_iter().map(|index| of(&placed, index, &sources)).collect();
    if !normalised.is_empty() {
        let cells = cells_used(&placed, &normalised, &sources, policy.smallest_cell);
        findings.push(told(input, &normalised, cells));
    }
    (normalised, findings)
}

/// One source per baseline of the assessment's scheme.
fn supplied<'a>(input: Input<'a>, placed: &Placed, keys: &[Key], findings: &mut Vec<Finding>) -> Vec<Source<'a>> {
    let mut sources = Vec::new();
    for (index, baseline) in input.tables.baselines.iter().enumerate() {
        let place = Place::file(&baseline.source);
        if baseline.scheme != placed.scheme.name() {
            let message = format!(
                "the baseline is of the scheme \"{}\", the assessment's is \"{}\"; it is not used",
                baseline.scheme,
                placed.scheme.name()
            );
            let hint = "write its name as `scheme` under [normalisation], or make the baseline with --scheme";
            findings.push(Finding::warning("baseline-scheme", message).at(place).hint(hint));
            continue;
        }
        let window = baseline.window();
        if let Some(years) = window {
            let message = format!(
                "the baseline counts citations in {years} years after publication, publications have theirs to date; \
                 what comes of it is a proxy"
            );
            findings.push(Finding::warning("baseline-window", message).at(place));
        }
        let cell = |&(field, year, number): &Key| {
            let name = placed.scheme.fields().get(usize::from(field)).map_or(ALL_FIELDS, String::as_str);
            let document_type = match placed.type_names[number as usize] {
                "" => ALL_TYPES,
                document_type => document_type,
            };
            Some(((field, year, number), baseline.cell(name, year, document_type, window)?))
        };
        let origin = Origin::Supplied { baseline: index as u16, to_date: window.is_none() };
        sources.push(Source { origin, cells: keys.iter().filter_map(cell).collect() });
    }
    sources
}

/// The figures of one publication.
fn of(placed: &Placed, index: usize, sources: &[(NormalisationSource, Vec<Source>)]) -> Normalised {
    let item = &placed.items[index];
    let mut found = Normalised::default();
    for (kind, sources) in sources {
        if *kind == NormalisationSource::Carried {
            carried(item, &mut found);
        }
        for source in sources {
            let Some((year, citations)) = placed.cited(index) else { continue };
            let fields = placed.fields_of(index);
            let cell =
                |(&field, part): (&u16, u64)| Some((part, *source.cells.get(&(field, year, placed.types[index]))?));
            let cells: Vec<(u64, &Cell)> = fields.iter().zip(parts(fields.len())).filter_map(cell).collect();
            if cells.is_empty() {
                continue;
            }
            if found.impact.is_none() {
                found.impact = mean(&cells, |cell| Some(cell.ncs(citations)));
                found.impact_origin = found.impact.map(|_| source.origin);
            }
            let below = mean(&cells, |cell| cell.percentile(citations)).filter(|_| found.percentile.is_none());
            if let Some(below) = below {
                found.percentile = Some(100.0 * (1.0 - below));
                found.percentile_origin = Some(source.origin);
                found.top = TOP_PERCENTS.map(|percent| mean(&cells, |cell| cell.top_share(citations, percent)));
            }
        }
    }
    found
}

/// What the export says of the publication.
fn carried(item: &Publication, found: &mut Normalised) {
    let origin = |field| Some(Origin::Carried(item.field_sources.get(field).map_or(u16::MAX, |system| system as u16)));
    if let Some(fwci) = item.fwci.filter(|_| found.impact.is_none()) {
        (found.impact, found.impact_origin) = (Some(fwci), origin(Field::Fwci));
    }
    if let Some(percentile) = item.percentile.filter(|_| found.percentile.is_none()) {
        (found.percentile, found.percentile_origin) = (Some(percentile), origin(Field::Percentile));
        // A share of 0.99 below is a percentile of 1.0000000000000009.
        let within = |percent: u32| if percentile <= f64::from(percent) + 1e-9 { 1.0 } else { 0.0 };
        found.top = TOP_PERCENTS.map(|percent| Some(within(percent)));
    }
}

/// Mean over the cells by the parts of the publication in them; `None` where a cell gives no value.
fn mean(cells: &[(u64, &Cell)], value: impl Fn(&Cell) -> Option<f64>) -> Option<f64> {
    if let [(_, cell)] = cells {
        return value(cell);
    }
    let (mut sum, mut weight) = (0.0, 0);
    for (part, cell) in cells {
        sum += *part as f64 / WHOLE as f64 * value(cell)?;
        weight += part;
    }
    // Fields without a cell leave their part to the others.
    Some(if weight == WHOLE { sum } else { sum * WHOLE as f64 / weight as f64 })
}

/// How many cells publications have been compared with, and how many of these are small.
fn cells_used(
    placed: &Placed,
    normalised: &[Normalised],
    sources: &[(NormalisationSource, Vec<Source>)],
    smallest: u64,
) -> (usize, usize) {
    let mut used: FxHashMap<*const Cell, bool> = FxHashMap::default();
    for (index, one) in normalised.iter().enumerate() {
        let Some((year, _)) = placed.cited(index) else { continue };
        let origins = [one.impact_origin, one.percentile_origin];
        for source in sources.iter().flat_map(|(_, of)| of).filter(|source| origins.contains(&Some(source.origin))) {
            let cell = |&field: &u16| source.cells.get(&(field, year, placed.types[index]));
            for cell in placed.fields_of(index).iter().filter_map(cell) {
                used.insert(std::ptr::from_ref(*cell), cell.is_small(smallest));
            }
        }
    }
    (used.len(), used.values().filter(|small| **small).count())
}

/// One finding: how many publications each source served.
fn told(input: Input, normalised: &[Normalised], (cells, small): (usize, usize)) -> Finding {
    let served = |origin: fn(&Normalised) -> Option<Origin>| {
        let mut counts: std::collections::BTreeMap<Option<Origin>, usize> = std::collections::BTreeMap::new();
        normalised.iter().for_each(|one| *counts.entry(origin(one)).or_default() += 1);
        let mut named: Vec<String> = Vec::new();
        for (origin, count) in counts.iter().filter_map(|(origin, count)| Some(((*origin)?, count))) {
            named.push(format!("{count} {}", origin.label(input.publications, input.tables)));
        }
        named.extend(counts.get(&None).map(|count| format!("{count} without")));
        named.join(", ")
    };
    let message = format!(
        "field-weighted impact: {}; percentile: {}; {small} of {cells} cells compared with are small (fewer than {} \
         publications, or under 0.5 expected citations)",
        served(|one| one.impact_origin),
        served(|one| one.percentile_origin),
        input.assessment.normalisation.smallest_cell
    );
    let hint =
        "exports of SciVal, InCites and OpenAlex carry figures; `sanjeh baselines` makes a baseline for reference/";
    Finding::info("normalised-by", message).hint(hint)
}
