//! A study: an edition, what is uncertain, and the draws.

use std::collections::BTreeMap;

use crate::model::edition::{Aggregation, Edition, MissingRule};
use crate::model::sensitivity::{OtherBenchmark, OtherMean, OtherNormaliser, Sensitivity, Spreading, UncertainInput};
use crate::score::levels;
use crate::whatif::sensitivity::alternatives::{self, Basis, Measured, Tables, Way};
use crate::whatif::sensitivity::cells::{Column, Table};
use crate::whatif::sensitivity::design::{Design, MOST_SOBOL_POINTS, Sequence};
use crate::whatif::sensitivity::inputs::{Alternatives, Input, Setting, rule_name};
use crate::whatif::sensitivity::outcome::{Outcome, ranked};
use crate::whatif::sensitivity::tree::{Scratch, Tree};
use crate::whatif::sensitivity::weights;

/// Why there can be no study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// The edition has no total.
    NoTotal,
    /// No unit has such a type; those that there are.
    UnknownType(Vec<String>),
    /// No type has two units with a total.
    NothingToRank,
    /// No input has an alternative.
    NothingUncertain,
    /// The draws do not suffice for one sample of the design; so many would.
    TooFewDraws(usize),
}

/// Units of one type. An edition's coverage floor is held against the run as it is: units that have a total there are
/// compared in every draw, others in none, so that no noise of weights brings one in or leaves one out.
#[derive(Debug, Clone, PartialEq)]
pub struct OfType {
    /// The type.
    pub unit_type: String,
    /// Indices of its units that have a total, ascending.
    pub members: Vec<usize>,
    /// Their tables.
    pub tables: Tables,
    /// Their totals as the run has them.
    pub totals: Vec<f64>,
    /// Their ranks.
    pub ranks: Vec<u32>,
    /// Indices of all units of the type, ascending.
    pub all: Vec<usize>,
    /// How the run scores them.
    pub own: Table,
}

/// An edition with all its alternatives worked out.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// Inputs that vary.
    pub inputs: Vec<Input>,
    /// Inputs that were asked for and do not vary, and why.
    pub fixed: Vec<(UncertainInput, &'static str)>,
    /// The draws.
    pub design: Design,
    /// Types with at least two ranked units, in the order of their first unit.
    pub types: Vec<OfType>,
    weights: Vec<Vec<f64>>,
    /// The edition's own tree, with its coverage floor.
    tree: Tree,
    /// Trees of the draws, one for each mean, without it.
    trees: Vec<Tree>,
    rules: Vec<MissingRule>,
}

/// Kept alternatives of the three inputs that make tables.
struct Kept<'a> {
    measured: Vec<Measured<'a>>,
    benchmarks: Vec<Option<OtherBenchmark>>,
    normalisers: Vec<Option<OtherNormaliser>>,
}

impl Study {
    /// Works the alternatives out. `unit_type` names the one type that is looked at; without it all are.
    ///
    /// # Errors
    /// [`Obstacle`].
    pub fn new(basis: &Basis, settings: &Sensitivity, unit_type: Option<&str>) -> Result<Study, Obstacle> {
        let edition = basis.run.edition;
        if edition.combine.with == Aggregation::None {
            return Err(Obstacle::NoTotal);
        }
        let mut types = members(basis);
        if let Some(wanted) = unit_type {
            let known = types.iter().map(|(name, _)| name.clone()).collect();
            types.retain(|(name, _)| name == wanted);
            if types.is_empty() {
                return Err(Obstacle::UnknownType(known));
            }
        }
        let varies = |input| settings.inputs.contains(&input);
        let kept = Kept::of(basis, settings);
        let methods = methods(edition, if varies(UncertainInput::Aggregation) { &settings.means } else { &[] });
        let mut rules = vec![edition.missing];
        if varies(UncertainInput::Missing) {
            settings.missing.iter().for_each(|rule| {
                if !rules.contains(rule) {
                    rules.push(*rule)
                }
            });
        }
        let noise = [settings.indicator_noise, settings.group_noise];
        let sets = if varies(UncertainInput::Weights) && noise != [0.0; 2] { settings.weight_sets } else { 0 };
        let noisy = |set: u32| weights::noisy(edition, noise, settings.seed, u64::from(set));
        let nominal = weights::nominal(edition);
        let all_weights: Vec<Vec<f64>> = std::iter::once(nominal).chain((1..=sets).map(noisy)).collect();
        let mut study = Study {
            inputs: Vec::new(),
            fixed: Vec::new(),
            design: Design::monte_carlo(1, 1, Sequence::Random, settings.seed).ok_or(Obstacle::NothingUncertain)?,
            types: Vec::new(),
            weights: all_weights,
            tree: tree(edition).ok_or(Obstacle::NoTotal)?,
            trees: methods
                .iter()
                .filter_map(|(_, method)| tree(&Edition { coverage_floor: 0.0, ..method.clone() }))
                .collect(),
            rules,
        };
        let plain = [Measured { samples: &[], ..basis.measured[0] }];
        let own = Basis { measured: &plain, ..*basis }.columns(Way { policy: 0, benchmark: None, normaliser: None });
        let weighty = weighty(edition);
        study.types = types.into_iter().filter_map(|(name, all)| study.of_type(name, all, &own, &weighty)).collect();
        if study.types.is_empty() {
            return Err(Obstacle::NothingToRank);
        }
        study.enter_tables(basis, &kept, &weighty);
        study.enter_inputs(settings, &kept, &methods);
        study.design = design(study.inputs.len(), settings)?;
        Ok(study)
    }

    /// The units of a type as the run has them; `None` where fewer than two have a total.
    fn of_type(&self, unit_type: String, all: Vec<usize>, own: &[Column], weighty: &[bool]) -> Option<OfType> {
        let table = alternatives::table(own, own, &all, weighty);
        let mut totals = vec![f64::NAN; all.len()];
        let filled = table.filled(0, self.rules[0]);
        self.tree.totals(&filled, &self.weights[0], &mut Scratch::default(), &mut totals);
        let known = || all.iter().zip(&totals).filter(|(_, total)| !total.is_nan());
        let members: Vec<usize> = known().map(|(unit, _)| *unit).collect();
        let totals: Vec<f64> = known().map(|(_, total)| *total).collect();
        let mut ranks = vec![0; members.len()];
        ranked(&totals, &mut ranks);
        let tables = Tables::new(Vec::new(), 0, 0);
        let found = OfType { unit_type, members, tables, totals, ranks, all, own: table };
        (found.members.len() >= 2).then_some(found)
    }

    /// Tables of every type for every kept alternative.
    fn enter_tables(&mut self, basis: &Basis, kept: &Kept, weighty: &[bool]) {
        let basis = Basis { measured: &kept.measured, ..*basis };
        let mut made: Vec<Vec<Table>> = self.types.iter().map(|_| Vec::new()).collect();
        for policy in 0..kept.measured.len() {
            let own = basis.columns(Way { policy, benchmark: None, normaliser: None });
            for &benchmark in &kept.benchmarks {
                for &normaliser in &kept.normalisers {
                    let other = (benchmark.is_some() || normaliser.is_some())
                        .then(|| basis.columns(Way { policy, benchmark, normaliser }));
                    for (of_type, tables) in self.types.iter().zip(&mut made) {
                        let columns = other.as_ref().unwrap_or(&own);
                        tables.push(alternatives::table(columns, &own, &of_type.members, weighty));
                    }
                }
            }
        }
        for (of_type, tables) in self.types.iter_mut().zip(made) {
            of_type.tables = Tables::new(tables, kept.benchmarks.len(), kept.normalisers.len());
        }
    }

    /// Lists the inputs that have alternatives, and those that do not with the reason.
    fn enter_inputs(&mut self, settings: &Sensitivity, kept: &Kept, methods: &[(&'static str, Edition)]) {
        let named = |names: Vec<&str>| Alternatives::Named(names.into_iter().map(str::to_owned).collect());
        let misses = self.types.iter().any(|own| own.tables.misses());
        let samples = kept.measured.iter().map(Measured::draws).min().unwrap_or(0);
        for kind in UncertainInput::ALL.into_iter().filter(|kind| settings.inputs.contains(kind)) {
            let (alternatives, why) = match kind {
                UncertainInput::Weights => (Alternatives::Numbered(self.weights.len() - 1), "the noise is 0"),
                UncertainInput::Normaliser => {
                    let other = |other: &Option<OtherNormaliser>| other.map_or("edition", OtherNormaliser::as_str);
                    (named(kept.normalisers.iter().map(other).collect()), "no other gives other scores")
                }
                UncertainInput::Aggregation => {
                    (named(methods.iter().map(|(name, _)| *name).collect()), "no other mean is listed")
                }
                UncertainInput::Missing if !misses => (named(vec!["edition"]), "no cell is missing"),
                UncertainInput::Missing => {
                    (named(self.rules.iter().map(|rule| rule_name(*rule)).collect()), "no other rule is listed")
                }
                UncertainInput::Benchmark => {
                    let other = |other: &Option<OtherBenchmark>| other.map_or("run", OtherBenchmark::as_str);
                    (named(kept.benchmarks.iter().map(other).collect()), "no other gives other scores")
                }
                UncertainInput::Measurement => (Alternatives::Numbered(samples), "no sample is drawn"),
                UncertainInput::Attribution => {
                    (named(kept.measured.iter().map(|own| own.policy).collect()), "no other policy gives other scores")
                }
            };
            let least = if matches!(alternatives, Alternatives::Named(_)) { 2 } else { 1 };
            let input = Input { kind, alternatives };
            if input.count() >= least { self.inputs.push(input) } else { self.fixed.push((kind, why)) }
        }
    }

    /// The setting of a draw.
    pub fn setting(&self, draw: usize) -> Setting {
        let mut point = vec![0.0; self.inputs.len()];
        self.design.point(draw, &mut point);
        Setting::of(&self.inputs, &point)
    }

    /// Weights of a set: those of the indicators, of the groups, and of the total; 0 is the edition's own.
    pub fn weights(&self, set: usize) -> &[f64] {
        &self.weights[set]
    }

    /// Tree of the edition's own method, with its coverage floor.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The edition's own missing rule.
    pub fn rule(&self) -> MissingRule {
        self.rules[0]
    }

    /// Totals of the units of a type under a setting, not a number where there is none.
    pub fn totals(&self, of_type: usize, setting: Setting, scratch: &mut Scratch, totals: &mut [f64]) {
        let table = self.types[of_type].tables.table(setting.policy, setting.benchmark, setting.normaliser);
        let filled = table.filled(setting.sample, self.rules[setting.missing]);
        self.trees[setting.mean].totals(&filled, &self.weights[setting.weights], scratch, totals);
    }

    /// All draws for the units of a type.
    pub fn outcome(&self, of_type: usize) -> Outcome {
        let units = self.types[of_type].members.len();
        Outcome::of(self.design.draws(), units, |draw, scratch, totals| {
            self.totals(of_type, self.setting(draw), scratch, totals);
        })
    }
}

impl<'a> Kept<'a> {
    /// Alternatives that give other scores than those before them. They are told apart as measured: samples are drawn only for those that are kept.
    fn of(basis: &Basis<'a>, settings: &Sensitivity) -> Kept<'a> {
        let plain: Vec<Measured> = basis.measured.iter().map(|own| Measured { samples: &[], ..*own }).collect();
        let plain = Basis { measured: &plain, ..*basis };
        let own = Way { policy: 0, benchmark: None, normaliser: None };
        let varies = |input| settings.inputs.contains(&input);
        let mut kept = Kept { measured: basis.measured[..1].to_vec(), benchmarks: vec![None], normalisers: vec![None] };
        let first = plain.columns(own);
        let unlike = |known: &mut Vec<Vec<Column>>, way: Way| {
            let columns = plain.columns(way);
            let fresh = known.iter().all(|known| !alike(known, &columns));
            if fresh {
                known.push(columns);
            }
            fresh
        };
        if varies(UncertainInput::Attribution) {
            let mut known = vec![first.clone()];
            for (policy, measured) in basis.measured.iter().enumerate().skip(1) {
                if unlike(&mut known, Way { policy, ..own }) {
                    kept.measured.push(*measured);
                }
            }
        }
        if varies(UncertainInput::Benchmark) {
            let mut known = vec![first.clone()];
            for &other in &settings.benchmarks {
                if unlike(&mut known, Way { benchmark: Some(other), ..own }) {
                    kept.benchmarks.push(Some(other));
                }
            }
        }
        if varies(UncertainInput::Normaliser) {
            let mut known = vec![first];
            for &other in &settings.normalisers {
                if unlike(&mut known, Way { normaliser: Some(other), ..own }) {
                    kept.normalisers.push(Some(other));
                }
            }
        }
        if !varies(UncertainInput::Measurement) {
            kept.measured.iter_mut().for_each(|measured| measured.samples = &[]);
        }
        kept
    }
}

/// Whether all scores as measured are the same, wherever both have one. What one of them cannot serve is no difference.
fn alike(one: &[Column], other: &[Column]) -> bool {
    let mut cells = one.iter().zip(other).flat_map(|(one, other)| one.samples[0].iter().zip(&other.samples[0]));
    cells.all(|(one, other)| one == other || one.is_nan() || other.is_nan())
}

/// Units by type, in the order of the first of each.
fn members(basis: &Basis) -> Vec<(String, Vec<usize>)> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut types: Vec<(String, Vec<usize>)> = Vec::new();
    for (index, unit) in basis.run.units.iter() {
        let place = *places.entry(unit.unit_type.as_str()).or_insert_with(|| {
            types.push((unit.unit_type.clone(), Vec::new()));
            types.len() - 1
        });
        types[place].1.push(index.at());
    }
    types
}

/// Which indicators have a weight.
fn weighty(edition: &Edition) -> Vec<bool> {
    edition.indicators.iter().map(|indicator| indicator.weight > 0.0).collect()
}

/// The edition's own method, and the edition with every other mean that differs from it.
fn methods(edition: &Edition, means: &[OtherMean]) -> Vec<(&'static str, Edition)> {
    let mut methods = vec![("edition", edition.clone())];
    for &other in means {
        let changed = with_mean(edition, other);
        let same = |known: &Edition| {
            known.combine == changed.combine
                && known.groups.iter().zip(&changed.groups).all(|(one, other)| one.combine == other.combine)
        };
        if !methods.iter().any(|(_, known)| same(known)) {
            methods.push((other.as_str(), changed));
        }
    }
    methods
}

/// An edition with another mean in the total and in every group.
pub fn with_mean(edition: &Edition, other: OtherMean) -> Edition {
    let mut changed = edition.clone();
    changed.combine.with = other.rule();
    changed.groups.iter_mut().for_each(|group| group.combine.with = other.rule());
    changed
}

/// The tree by which an edition combines.
fn tree(edition: &Edition) -> Option<Tree> {
    let indicators = edition.indicators.len();
    if levels::by_levels(edition) {
        return Tree::new(levels::hierarchy(edition)?.elements().to_vec(), indicators);
    }
    Some(Tree::flat(indicators, edition.combine, edition.coverage_floor))
}

/// The greatest design within the draws.
fn design(inputs: usize, settings: &Sensitivity) -> Result<Design, Obstacle> {
    if inputs == 0 {
        return Err(Obstacle::NothingUncertain);
    }
    let sequence = match settings.spreading {
        Spreading::Sobol => Sequence::Sobol,
        Spreading::Random => Sequence::Random,
    };
    let most = if sequence == Sequence::Sobol { MOST_SOBOL_POINTS } else { usize::MAX };
    let base = (settings.draws as usize / (inputs + 2)).min(most);
    Design::saltelli(inputs, base, sequence, settings.seed).ok_or(Obstacle::TooFewDraws(inputs + 2))
}
