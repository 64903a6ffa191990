//! From the rows of a unit's measures to their stability: the same rows, drawn again, left out, or one at a time.
//!
//! Every measure over publications is a list of rows and a way to fold them; the bootstrap works the fold out over how
//! often each publication was drawn. So no measure has a second definition here, and a new one needs none.

use crate::measure::bootstrap::{Draws, LEVEL, Network, NetworkValue, Statistic, Statistics, interval};
use crate::measure::collaboration::SUSTAINED;
use crate::measure::holdings::Holdings;
use crate::measure::publication::{self, Cohort};
use crate::measure::scope::Scope;
use crate::measure::works::Works;
use crate::measure::{Input, definition, scopes, stated};
use crate::model::evidence::{CoreIndex, Evidence, Fold, Subject};
use crate::model::ledger::Share;
use crate::model::measure::{MeasureKind, Measures};
use crate::model::stability::{Samples, Stability, StableMeasure};
use crate::model::unit::UnitIndex;

/// Seed of every run: the same input gives the same intervals.
const SEED: u64 = 0x5a6e_6a65_6820_2026;

/// 75th percentile.
const UPPER_QUARTILE: f64 = 0.75;

/// How a measure is made of statistics.
enum Made {
    /// It is one of them.
    Of(usize),
    /// It is one of them by this number of years.
    PerYear(usize, i32),
    /// Twice the first and once the second.
    Twice(usize, usize),
}

/// One measure of a unit.
struct Part {
    column: usize,
    made: Made,
}

impl Part {
    /// The value from the values of the statistics.
    fn value(&self, statistics: &[f64]) -> f64 {
        match self.made {
            Made::Of(at) => statistics[at],
            Made::PerYear(at, years) => statistics[at] / f64::from(years.max(1)),
            Made::Twice(first, second) => 2.0 * statistics[first] + statistics[second],
        }
    }
}

/// The measures of one unit that are counted by the same rules: over the same publications.
struct Group<'a> {
    cohort: Cohort<'a>,
    parts: Vec<Part>,
    statistics: Statistics,
}

/// Everything about the publications that the stability of any unit needs.
pub struct Resampling<'a> {
    input: Input<'a>,
    measures: &'a Measures,
    scopes: Vec<Scope<'a>>,
}

impl<'a> Resampling<'a> {
    /// Prepares the scopes of all measures.
    pub fn new(input: Input<'a>, works: &'a Works, measures: &'a Measures) -> Self {
        let scopes = scopes(input, works, &measures.keys);
        Resampling { input, measures, scopes }
    }

    /// The measures of a unit, ready to be worked out many times.
    pub fn of<'b>(&'b self, holdings: &'b Holdings) -> Drawn<'b> {
        let groups = self.groups(holdings.unit, holdings);
        let mut columns: Vec<usize> = groups.iter().flat_map(|group| &group.parts).map(|part| part.column).collect();
        columns.sort_unstable();
        let id = &self.input.tables.units.get(holdings.unit).id;
        Drawn { unit: holdings.unit, id, samples: self.input.assessment.stability.samples as usize, groups, columns }
    }

    fn groups<'b>(&'b self, unit: UnitIndex, holdings: &'b Holdings) -> Vec<Group<'b>> {
        let of_scope = |scope: &'b Scope<'a>| {
            let cohort = publication::cohort(self.input, scope, holdings);
            let (mut parts, mut statistics) = (Vec::new(), Vec::new());
            for (column, key) in self.measures.keys.iter().enumerate() {
                let computed = definition(self.input, &key.measure).is_some_and(|definition| {
                    definition.kind == MeasureKind::Computed && definition.window.is_of_publications()
                });
                let same = scope.window == key.window && scope.edition_id() == key.edition.as_deref();
                if !computed || !same || stated::value(self.input.tables, key, unit.at()).is_some() {
                    continue;
                }
                let evidence = publication::evidence(self.input, scope, &key.measure, holdings);
                if evidence.reason.is_none()
                    && let Some(made) = made(&cohort, &key.measure, &evidence, &mut statistics)
                {
                    parts.push(Part { column, made });
                }
            }
            let statistics = Statistics::new(cohort.held.len(), &statistics);
            Group { cohort, parts, statistics }
        };
        self.scopes.iter().map(of_scope).filter(|group| !group.parts.is_empty()).collect()
    }
}

/// The measures of one unit, ready to be worked out many times.
pub struct Drawn<'a> {
    unit: UnitIndex,
    id: &'a str,
    samples: usize,
    groups: Vec<Group<'a>>,
    columns: Vec<usize>,
}

impl Drawn<'_> {
    fn place(&self, part: &Part) -> usize {
        self.columns.binary_search(&part.column).unwrap_or_default()
    }

    /// The measures drawn as often as the assessment says, and the stability of each.
    pub fn samples(&self) -> (Samples, Stability) {
        let (count, width) = (self.samples, self.columns.len());
        let mut values = vec![f64::NAN; count * width];
        let mut stable: Vec<StableMeasure> = Vec::with_capacity(width);
        for (number, group) in self.groups.iter().enumerate() {
            let key = key_of_unit(self.id, number as u64);
            let drawn = group.statistics.resample(Draws { seed: SEED, unit: key }, count);
            let left_out = group.statistics.leave_one_out();
            let all = nan_values(&group.statistics.values());
            for part in &group.parts {
                let place = self.place(part);
                for (sample, row) in drawn.values.chunks_exact(group.statistics.len().max(1)).enumerate() {
                    values[sample * width + place] = part.value(row);
                }
                let mut known: Vec<f64> =
                    values.iter().skip(place).step_by(width).copied().filter(|value| !value.is_nan()).collect();
                let of = match part.made {
                    Made::Of(at) | Made::PerYear(at, _) | Made::Twice(_, at) => at,
                };
                let influence = left_out.get(of).copied().flatten();
                let without = influence.and_then(|influence| {
                    let mut changed = all.clone();
                    changed[of] = influence.without.unwrap_or(f64::NAN);
                    Some(part.value(&changed)).filter(|value| !value.is_nan())
                });
                stable.push(StableMeasure {
                    column: part.column,
                    interval: interval(&mut known, LEVEL),
                    most_influential: influence.map(|influence| group.cohort.held[influence.publication].publication),
                    without,
                });
            }
        }
        stable.sort_by_key(|measure| measure.column);
        let samples = Samples { columns: self.columns.clone(), samples: count, values };
        (samples, Stability { unit: self.unit, measures: stable })
    }

    /// The measures without the publications that each question leaves out: one sample per question.
    pub fn without(&self, questions: &[&dyn Fn(u32) -> bool]) -> Samples {
        let width = self.columns.len();
        let mut values = vec![f64::NAN; questions.len() * width];
        for group in &self.groups {
            for (sample, leave_out) in questions.iter().enumerate() {
                let counts: Vec<u8> =
                    group.cohort.held.iter().map(|held| u8::from(!leave_out(held.publication))).collect();
                let row = nan_values(&group.statistics.evaluate(&counts));
                for part in &group.parts {
                    values[sample * width + self.place(part)] = part.value(&row);
                }
            }
        }
        Samples { columns: self.columns.clone(), samples: questions.len(), values }
    }
}

/// Writes the first sample of `other` over a sample of `samples`; both hold the measures of one unit.
pub(super) fn replace(samples: &mut Samples, sample: usize, other: &Samples) {
    let width = samples.columns.len();
    for (place, column) in samples.columns.iter().enumerate() {
        let value = other.columns.binary_search(column).ok().and_then(|at| other.values.get(at));
        samples.values[sample * width + place] = value.copied().unwrap_or(f64::NAN);
    }
}

fn nan_values(values: &[Option<f64>]) -> Vec<f64> {
    values.iter().map(|value| value.unwrap_or(f64::NAN)).collect()
}

/// A key that stays when other units come or go: FNV-1a of the unit's id and the number of the group.
fn key_of_unit(id: &str, group: u64) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    id.bytes().chain(group.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, step)
}

/// The statistics that make a measure, added to `statistics`. `None` for a value that no publication moves.
fn made(cohort: &Cohort, measure: &str, evidence: &Evidence, statistics: &mut Vec<Statistic>) -> Option<Made> {
    let place = |subject: Subject| match subject {
        Subject::Publication(index) => cohort.held.binary_search_by_key(&index, |held| held.publication).ok(),
        _ => None,
    };
    let n = cohort.held.len();
    let spread = |figure: &dyn Fn(&crate::model::evidence::Term) -> f64| {
        let mut values = vec![0.0; n];
        for term in &evidence.terms {
            if let Some(at) = place(term.subject) {
                values[at] = figure(term);
            }
        }
        values
    };
    let citations = |take: &dyn Fn(&crate::model::evidence::Term) -> bool| {
        let figure = |term: &crate::model::evidence::Term| if take(term) { term.figure } else { 0.0 };
        spread(&figure).into_iter().map(|figure| figure as u32).collect::<Vec<u32>>()
    };
    let mut add = |statistic: Statistic| {
        statistics.push(statistic);
        statistics.len() - 1
    };
    Some(match evidence.fold {
        Fold::Sum => Made::Of(add(Statistic::Sum { amounts: spread(&|term| term.amount) })),
        Fold::WeightedMean => Made::Of(add(Statistic::Mean {
            amounts: spread(&|term| term.amount),
            weights: spread(&|term| term.weight),
        })),
        Fold::Shares => {
            let shares = spread(&|term| term.amount).into_iter().map(|share| Share(share as u64)).collect();
            Made::Of(add(Statistic::Shares { shares }))
        }
        Fold::UpperQuartile => {
            let mut values = vec![None; n];
            for term in &evidence.terms {
                if let Some(at) = place(term.subject) {
                    values[at] = Some(term.figure);
                }
            }
            Made::Of(add(Statistic::Quantile { values, share: UPPER_QUARTILE }))
        }
        Fold::Core(CoreIndex::H) => Made::Of(add(Statistic::Hirsch { citations: citations(&|_| true) })),
        Fold::Core(CoreIndex::HPerYear(years)) => {
            Made::PerYear(add(Statistic::Hirsch { citations: citations(&|_| true) }), years)
        }
        Fold::Core(CoreIndex::Qs) => {
            let alone = add(Statistic::Hirsch { citations: citations(&|term| term.weight > 1.0) });
            Made::Twice(alone, add(Statistic::Hirsch { citations: citations(&|_| true) }))
        }
        Fold::Core(index) => {
            let mut citations = vec![None; n];
            for term in &evidence.terms {
                if let Some(at) = place(term.subject) {
                    citations[at] = Some(term.figure as u32);
                }
            }
            Made::Of(add(Statistic::Core { citations, index }))
        }
        Fold::MeanOfParts => Made::Of(add(Statistic::Network(network(cohort, measure)?))),
    })
}

/// The joint papers of a cohort, for the network measures.
fn network(cohort: &Cohort, measure: &str) -> Option<Network> {
    let works = cohort.scope.works;
    let (mut starts, mut partners) = (vec![0], Vec::new());
    for held in &cohort.held {
        partners.extend(&works.partners_of[held.publication as usize]);
        starts.push(partners.len() as u32);
    }
    let value = match measure {
        "sustained_partners" => NetworkValue::Partners,
        "sustained_partner_countries" => NetworkValue::Countries,
        "research_network_index" => NetworkValue::Index,
        "international_research_network" => NetworkValue::Scaled,
        _ => return None,
    };
    let (areas, areas_of) = if value == NetworkValue::Scaled {
        let scale = &cohort.scope.counting()?.irn_scale;
        let bit_of = |area: u8| scale.keys().position(|name| name == cohort.scope.areas[usize::from(area)]);
        let bits = |publication: u32| {
            let areas = cohort.scope.areas_of[publication as usize].iter().filter_map(|&area| bit_of(area));
            areas.fold(0, |bits, bit| bits | 1 << bit)
        };
        (scale.values().copied().collect(), cohort.held.iter().map(|held| bits(held.publication)).collect())
    } else {
        (vec![[0.0, 1.0]], vec![1; cohort.held.len()])
    };
    let country_of = works.partner_country.clone();
    Some(Network { starts, partners, country_of, areas_of, areas, value, least: SUSTAINED as u8 })
}
