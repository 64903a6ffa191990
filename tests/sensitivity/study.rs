//! Studies of built-in editions over invented measures: every draw is what the edition with that draw's changes scores.

use std::sync::OnceLock;

use proptest::prelude::*;
use sanjeh::catalogue::{self, Catalogue};
use sanjeh::diagnostic::Place;
use sanjeh::model::benchmark::Benchmark;
use sanjeh::model::edition::{Aggregation, Edition, Normaliser, Rescale};
use sanjeh::model::measure::{MeasuredValue, Measures, Reason, Status};
use sanjeh::model::names::Names;
use sanjeh::model::score::Scorecard;
use sanjeh::model::sensitivity::{
    Alternative, MissingRule, OtherBenchmark, OtherMean, OtherNormaliser, Sensitivity, Spreading, UncertainInput,
};
use sanjeh::model::stability::Samples;
use sanjeh::model::unit::{UnitIndex, UnitRow, Units};
use sanjeh::score::Run;
use sanjeh::whatif::sensitivity::alternatives::{Basis, Measured};
use sanjeh::whatif::sensitivity::analysis::Analysis;
use sanjeh::whatif::sensitivity::bounds::bounds;
use sanjeh::whatif::sensitivity::certificates::certified;
use sanjeh::whatif::sensitivity::indices::Bootstrap;
use sanjeh::whatif::sensitivity::inputs::{Alternatives, Setting};
use sanjeh::whatif::sensitivity::study::{Obstacle, Study, with_mean};
use sanjeh::whatif::sensitivity::swings::swings;
use sanjeh::whatif::sensitivity::tree::Scratch;
use sanjeh::whatif::sensitivity::weights::{noisy, nominal};

const BOOTSTRAP: Bootstrap = Bootstrap { samples: 20, seed: 1, outside: 0.1 };

fn built_in() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| catalogue::load(None, None).value)
}

/// The same numbers each time, 0–1.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Units with measures under an edition's keys.
struct World {
    edition: Edition,
    units: Units,
    measures: Measures,
    other: Measures,
    samples: Vec<Samples>,
    benchmark: Option<Benchmark>,
}

impl World {
    /// `count` universities and as many schools; a share `gaps` of the values is missing.
    fn new(id: &str, count: usize, gaps: f64, seed: u64) -> World {
        let catalogue = built_in();
        let edition = catalogue.find(id).unwrap().clone();
        let row = |at: usize| UnitRow {
            id: format!("unit-{at}"),
            name: Names::new("Unit", "واحد"),
            unit_type: if at < count { "university" } else { "school" }.to_owned(),
            parents: Vec::new(),
            subject: String::new(),
            aliases: Vec::new(),
            valid: (None, None),
            place: Place::Run,
        };
        let units = Units::build((0..2 * count).map(row).collect()).value;
        let mut keys: Vec<_> = catalogue.measures.iter().map(|known| edition.measure_key(known)).collect();
        keys.sort();
        let mut numbers = Numbers(seed);
        let mut cells = || {
            (0..2 * count * keys.len())
                .map(|_| match (numbers.next(), numbers.next()) {
                    (gap, _) if gap < gaps => MeasuredValue::missing(Reason::NotSupplied),
                    (_, value) => MeasuredValue::known(1.0 + 50.0 * value, 500, Status::Computed),
                })
                .collect::<Vec<_>>()
        };
        let measures = Measures { keys: keys.clone(), cells: cells(), ..Measures::default() };
        let other = Measures { keys: keys.clone(), cells: cells(), ..Measures::default() };
        let columns: Vec<usize> = (0..keys.len()).step_by(3).collect();
        let sample = |_| Samples {
            samples: 7,
            values: (0..7 * columns.len()).map(|_| 1.0 + 50.0 * numbers.next()).collect(),
            columns: columns.clone(),
        };
        let samples = (0..units.len()).map(sample).collect();
        let benchmark = catalogue.benchmarks.iter().find(|benchmark| benchmark.edition == id).cloned();
        World { edition, units, measures, other, samples, benchmark }
    }

    fn study(&self, settings: &Sensitivity, unit_type: Option<&str>) -> Result<Study, Obstacle> {
        let measured = [
            Measured { policy: "as_set", measures: &self.measures, samples: &self.samples },
            Measured { policy: "other", measures: &self.other, samples: &self.samples },
        ];
        let among = Run::among(&self.units, &self.measures, &built_in().measures, &self.edition);
        let run = Run { benchmark: self.benchmark.as_ref(), minimum_units: 3, ..among };
        let basis = Basis { run, measured: &measured };
        Study::new(&basis, settings, unit_type)
    }

    fn scorecard(&self, edition: &Edition, measures: &Measures, benchmark: Option<&Benchmark>) -> Scorecard {
        let among = Run::among(&self.units, measures, &built_in().measures, edition);
        Run { benchmark, minimum_units: 3, ..among }.scorecard()
    }
}

fn settings(draws: u32) -> Sensitivity {
    Sensitivity { draws, weight_sets: 50, bootstrap: 20, ..Sensitivity::default() }
}

fn totals(study: &Study, of_type: usize, setting: Setting) -> Vec<Option<f64>> {
    let mut totals = vec![f64::NAN; study.types[of_type].members.len()];
    study.totals(of_type, setting, &mut Scratch::default(), &mut totals);
    totals.into_iter().map(|total| Some(total).filter(|total| !total.is_nan())).collect()
}

fn overall(card: &Scorecard, edition: &Edition, members: &[usize]) -> Vec<Option<f64>> {
    let of = |&unit: &usize| card.composites_of(UnitIndex(unit as u32), edition.groups.len()).last().unwrap().score;
    members.iter().map(of).collect()
}

/// The bits of every built-in edition's totals and ranks, with and without gaps.
#[test]
fn the_run_as_it_is_for_every_edition() {
    let mut compared = 0;
    for edition in built_in().editions.iter().filter(|edition| edition.combine.with != Aggregation::None) {
        for gaps in [0.0, 0.1] {
            let world = World::new(&edition.id, 6, gaps, 11);
            let quiet = Sensitivity { inputs: vec![UncertainInput::Weights], ..settings(30) };
            let study = match world.study(&quiet, None) {
                Ok(study) => study,
                Err(obstacle) => {
                    assert_eq!(obstacle, Obstacle::NothingToRank, "{}", edition.id);
                    continue;
                }
            };
            let card = world.scorecard(edition, &world.measures, world.benchmark.as_ref());
            for (at, own) in study.types.iter().enumerate() {
                assert_eq!(
                    totals(&study, at, Setting::default()),
                    overall(&card, edition, &own.members),
                    "{}, {gaps}",
                    edition.id
                );
                let ranks = own.members.iter().map(|&unit| {
                    let last = card.composites_of(UnitIndex(unit as u32), edition.groups.len()).last().unwrap();
                    last.rank.unwrap_or(0)
                });
                assert_eq!(own.ranks, ranks.collect::<Vec<_>>());
                let blank = own.all.iter().copied().filter(|unit| !own.members.contains(unit)).collect::<Vec<_>>();
                assert!(overall(&card, edition, &blank).iter().all(Option::is_none));
                compared += 1;
            }
        }
    }
    assert!(compared > 20, "{compared}");
}

/// The edition with the changes of a setting; weights, mean and missing rule from the study's own words.
fn changed(study: &Study, world: &World, setting: Setting) -> Edition {
    let name = |kind| {
        let input = study.inputs.iter().find(|input| input.kind == kind);
        input.map(|input| input.name(setting.get(kind)))
    };
    let mean = match name(UncertainInput::Aggregation).as_deref() {
        Some("arithmetic") => Some(OtherMean::Arithmetic),
        Some("geometric") => Some(OtherMean::Geometric),
        Some("harmonic") => Some(OtherMean::Harmonic),
        _ => None,
    };
    let mut edition = mean.map_or_else(|| world.edition.clone(), |mean| with_mean(&world.edition, mean));
    // The floor has been held against the run.
    edition.coverage_floor = 0.0;
    let weights = study.weights(setting.weights);
    let count = edition.indicators.len();
    for (indicator, weight) in edition.indicators.iter_mut().zip(weights) {
        indicator.weight = *weight;
    }
    for (group, weight) in edition.groups.iter_mut().zip(&weights[count..]) {
        group.weight = *weight;
    }
    edition.missing = match name(UncertainInput::Missing).as_deref() {
        Some("renormalise") => MissingRule::Renormalise,
        Some("own_lower_quartile") => MissingRule::OwnLowerQuartile,
        Some("zero") => MissingRule::Zero,
        _ => edition.missing,
    };
    let normaliser = match name(UncertainInput::Normaliser).as_deref() {
        Some("min_max") => Some(OtherNormaliser::MinMax),
        Some("z_score") => Some(OtherNormaliser::ZScore),
        Some("percentile_rank") => Some(OtherNormaliser::PercentileRank),
        _ => None,
    };
    if let Some(normaliser) = normaliser {
        for indicator in edition.indicators.iter_mut().filter(|own| own.normalise != Normaliser::Given) {
            indicator.normalise = normaliser.rule();
        }
    }
    edition
}

#[test]
fn every_draw_is_what_the_changed_edition_scores() {
    // Universities of THE have published constants for some indicators; QS stretches; GRAS takes the root of the greatest.
    let (mut inputs, mut compared) = (std::collections::BTreeSet::new(), 0);
    for (id, gaps) in [("the/wur/2026", 0.0), ("the/wur/2026", 0.08), ("qs/wur/2026", 0.05), ("arwu/2025", 0.01)] {
        let world = World::new(id, 7, gaps, 5);
        let varied = Sensitivity {
            inputs: UncertainInput::ALL.into_iter().filter(|input| *input != UncertainInput::Measurement).collect(),
            benchmarks: vec![OtherBenchmark::Units],
            ..settings(160)
        };
        let study = world.study(&varied, None).unwrap();
        inputs.extend(study.inputs.iter().map(|input| input.kind));
        for draw in 0..study.design.draws() {
            let setting = study.setting(draw);
            let edition = changed(&study, &world, setting);
            let measures = if setting.policy == 0 { &world.measures } else { &world.other };
            let benchmark = world.benchmark.as_ref().filter(|_| setting.benchmark == 0);
            let card = world.scorecard(&edition, measures, benchmark);
            for (at, own) in study.types.iter().enumerate() {
                // The best of all gets 100 there, also of those whom the floor leaves out here.
                if edition.combine.then != Rescale::None && own.members != own.all {
                    continue;
                }
                let found = totals(&study, at, setting);
                compared += 1;
                assert_eq!(found, overall(&card, &edition, &own.members), "{id}, draw {draw}: {setting:?}");
            }
        }
    }
    assert_eq!(inputs.len(), 6, "{inputs:?}");
    assert!(compared > 800, "{compared}");
}

/// A bootstrap sample is what the unit scores with its measures on the scales of the run.
#[test]
fn samples_are_scored_on_the_scales_of_the_run() {
    let world = World::new("the/wur/2026", 6, 0.05, 3);
    let only = Sensitivity { inputs: vec![UncertainInput::Measurement], ..settings(30) };
    let study = world.study(&only, None).unwrap();
    assert_eq!(study.inputs[0].alternatives, Alternatives::Numbered(7));
    let among = Run::among(&world.units, &world.measures, &built_in().measures, &world.edition);
    let run = Run { benchmark: world.benchmark.as_ref(), minimum_units: 3, ..among };
    let scales = run.frozen();
    for (at, own) in study.types.iter().enumerate() {
        for sample in 1..=7 {
            let found = totals(&study, at, Setting { sample, ..Setting::default() });
            for (&unit, found) in own.members.iter().zip(found) {
                let card = run.changed(&scales, UnitIndex(unit as u32), &world.samples[unit]);
                let row = card.composites_of(UnitIndex(sample as u32 - 1), world.edition.groups.len());
                assert_eq!(found, row.last().unwrap().score, "unit {unit}, sample {sample}");
            }
        }
    }
}

#[test]
fn threads_change_no_bit() {
    let world = World::new("the/wur/2026", 6, 0.05, 9);
    let analysed = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let study = world.study(&settings(500), None).unwrap();
            let debug = format!("{:?}", Analysis::of(&study, 0, BOOTSTRAP));
            (study, debug)
        })
    };
    let (study, one) = analysed(1);
    for threads in [2, 3, 8] {
        let (other, debug) = analysed(threads);
        assert!(format!("{other:?}") == format!("{study:?}") && debug == one, "{threads} threads");
    }
}

#[test]
fn spreads_shares_and_indices_hang_together() {
    let world = World::new("the/wur/2026", 8, 0.0, 21);
    for spreading in [Spreading::Sobol, Spreading::Random] {
        let study = world.study(&Sensitivity { spreading, ..settings(2_000) }, Some("school")).unwrap();
        assert_eq!(study.types.len(), 1);
        let analysis = Analysis::of(&study, 0, BOOTSTRAP);
        let draws = study.design.draws();
        assert!(draws <= 2_000 && draws > 2_000 - study.inputs.len() - 2);
        for spread in analysis.spreads.iter().flatten() {
            assert_eq!((spread.ranked, spread.counts.iter().sum::<usize>()), (draws, draws));
            assert!(spread.low <= spread.median && spread.median <= spread.high);
        }
        // Without gaps someone is first in every draw, and alone.
        let first: usize = analysis.spreads.iter().flatten().map(|spread| spread.counts[0]).sum();
        assert!(first >= draws);
        let indices = analysis.of_changes.unwrap();
        assert_eq!(indices.len(), study.inputs.len());
        // Who is measured otherwise is elsewhere: the made-up other policy moves most.
        let total = |kind| indices[study.inputs.iter().position(|input| input.kind == kind).unwrap()].index.total;
        assert!(total(UncertainInput::Attribution) > total(UncertainInput::Weights));
        // A single draw by itself is the draw of the whole.
        for draw in [0, draws / 2, draws - 1] {
            let alone: Vec<f64> =
                totals(&study, 0, study.setting(draw)).into_iter().map(|total| total.unwrap()).collect();
            assert_eq!(alone, analysis.outcome.totals_of(draw));
        }
    }
}

#[test]
fn what_does_not_vary_is_said() {
    let world = World::new("the/wur/2026", 5, 0.0, 2);
    let quiet = Sensitivity { indicator_noise: 0.0, group_noise: 0.0, means: Vec::new(), ..settings(100) };
    let study = world.study(&quiet, None).unwrap();
    let fixed: Vec<UncertainInput> = study.fixed.iter().map(|(input, _)| *input).collect();
    assert_eq!(fixed, [UncertainInput::Weights, UncertainInput::Aggregation, UncertainInput::Missing]);
    let none = Sensitivity { inputs: vec![UncertainInput::Missing], ..settings(100) };
    assert_eq!(world.study(&none, None), Err(Obstacle::NothingUncertain));
    assert_eq!(world.study(&settings(5), None), Err(Obstacle::TooFewDraws(8)));
    let types = Obstacle::UnknownType(vec!["university".to_owned(), "school".to_owned()]);
    assert_eq!(world.study(&settings(100), Some("hospital")), Err(types));
    let alone = World::new("the/wur/2026", 1, 0.0, 2);
    assert_eq!(alone.study(&settings(100), None), Err(Obstacle::NothingToRank));
}

/// Missing scores at every corner of their intervals give no rank beyond the bounds, and reach them.
#[test]
fn bounds_are_reached_and_not_passed() {
    let mut open = 0;
    for seed in 0..12 {
        let world = World::new("the/wur/2026", 3, 0.04, seed);
        let only = Sensitivity { inputs: vec![UncertainInput::Weights], ..settings(30) };
        let Ok(study) = world.study(&only, Some("university")) else { continue };
        let (own, table) = (&study.types[0], &study.types[0].own);
        let indicators = world.edition.indicators.len();
        let cells: Vec<(usize, usize)> = (0..indicators)
            .flat_map(|at| (0..3).map(move |unit| (at, unit)))
            .filter(|&(at, unit)| table.is_missing(at, unit) && world.edition.indicators[at].weight > 0.0)
            .collect();
        if cells.is_empty() || cells.len() > 10 {
            continue;
        }
        open += 1;
        let found = bounds(&study, 0, &world.edition);
        let (mut best, mut worst) = ([u32::MAX; 3], [0; 3]);
        for corner in 0..1_u32 << cells.len() {
            let total = |unit: usize| {
                let score = |at: usize| {
                    let place = cells.iter().position(|cell| *cell == (at, unit));
                    let end = place.map(|place| if corner >> place & 1 == 1 { 100.0 } else { 0.0 });
                    Some((world.edition.indicators[at].weight, table.score(at, unit).or(end)?))
                };
                let (sum, weight) = (0..indicators)
                    .filter_map(score)
                    .fold((0.0, 0.0), |(sum, all), (weight, score)| (sum + weight * score, all + weight));
                sum / weight
            };
            let totals: Vec<f64> = (0..3).map(total).collect();
            for unit in 0..3 {
                let rank = 1 + totals.iter().filter(|other| **other > totals[unit] + 1e-9).count() as u32;
                (best[unit], worst[unit]) = (best[unit].min(rank), worst[unit].max(rank));
            }
        }
        for (unit, bounds) in found.iter().enumerate() {
            let bounds = bounds.unwrap();
            assert_eq!((bounds.scale.best, bounds.scale.worst), (best[unit], worst[unit]), "seed {seed}, unit {unit}");
            assert_eq!(bounds.missing, cells.iter().filter(|cell| cell.1 == unit).count());
            let (wide, narrow) = (bounds.scale, bounds.observed);
            assert!(wide.low <= narrow.low && narrow.low <= narrow.high && narrow.high <= wide.high);
            assert!(wide.best <= narrow.best && narrow.worst <= wide.worst);
            if bounds.missing == 0 {
                assert_eq!(wide.low, wide.high);
            }
            let total = own.members.iter().position(|member| own.all[unit] == *member).map(|place| own.totals[place]);
            assert!(total.is_none_or(|total| (wide.low - 1e-9..=wide.high + 1e-9).contains(&total)));
        }
    }
    assert!(open >= 4, "{open}");
}

/// No draw of weights passes the ranks that are certified for any weights.
#[test]
fn certified_ranks_hold_for_the_draws_of_weights() {
    for (id, gaps) in [("the/wur/2026", 0.0), ("the/wur/2026", 0.05), ("arwu/2025", 0.0)] {
        let world = World::new(id, 8, gaps, 17);
        let only = Sensitivity { inputs: vec![UncertainInput::Weights], ..settings(150) };
        let study = world.study(&only, Some("university")).unwrap();
        let certified = certified(&study, 0, &world.edition, None).unwrap();
        let analysis = Analysis::of(&study, 0, BOOTSTRAP);
        for draw in 0..study.design.draws() {
            for (rank, interval) in analysis.outcome.ranks_of(draw).iter().zip(&certified.intervals) {
                let interval = interval.as_ref().unwrap();
                assert!((interval.best.proven..=interval.worst.proven).contains(rank), "{id}: {rank} {interval:?}");
            }
        }
        for (interval, rank) in certified.intervals.iter().flatten().zip(&study.types[0].ranks) {
            assert!((interval.best.attained..=interval.worst.attained).contains(rank));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Noise keeps the total, and the sum of what lies in each group in the same proportion to the group's weight.
    #[test]
    fn noisy_weights_keep_their_sums(noise in 0.0..0.9_f64, seed in 0..100_u64, edition in 0..1000_usize) {
        let editions = &built_in().editions;
        let edition = &editions[edition % editions.len()];
        let (plain, drawn) = (nominal(edition), noisy(edition, [noise, noise], seed, 1));
        let indicators = edition.indicators.len();
        let sum_within = |weights: &[f64], code: Option<&str>| -> f64 {
            let groups = edition.groups.iter().enumerate();
            let inner = groups.filter(|(_, group)| group.parent.as_deref() == code).map(|(at, _)| weights[indicators + at]);
            let own = edition.indicators.iter().zip(weights).filter(|(own, _)| Some(own.group.as_str()) == code);
            inner.sum::<f64>() + own.map(|(_, weight)| weight).sum::<f64>()
        };
        prop_assert!((sum_within(&plain, None) - sum_within(&drawn, None)).abs() < 1e-9);
        for (at, group) in edition.groups.iter().enumerate() {
            let [before, after] = [&plain, &drawn].map(|weights| sum_within(weights, Some(&group.code)));
            let factor = drawn[indicators + at] / plain[indicators + at];
            if plain[indicators + at] > 0.0 {
                prop_assert!((after - before * factor).abs() < 1e-9, "{}: {}", edition.id, group.code);
            }
        }
        prop_assert!(drawn.iter().zip(&plain).all(|(drawn, plain)| *drawn >= 0.0 && (*plain > 0.0 || *drawn == 0.0)));
    }
}

#[test]
fn no_noise_is_the_edition() {
    for edition in &built_in().editions {
        let drawn = noisy(edition, [0.0, 0.0], 4, 9);
        assert!(
            drawn.iter().zip(nominal(edition)).all(|(drawn, plain)| (drawn - plain).abs() < 1e-12),
            "{}",
            edition.id
        );
    }
    let edition = built_in().find("the/wur/2026").unwrap();
    assert_ne!(noisy(edition, [0.25, 0.0], 4, 9), noisy(edition, [0.25, 0.0], 4, 10));
    // Noise of groups alone leaves proportions within a group.
    let drawn = noisy(edition, [0.0, 0.25], 4, 9);
    let ratio = |at: usize| drawn[at] / edition.indicators[at].weight;
    assert_eq!(edition.indicators[0].group, edition.indicators[1].group);
    assert!((ratio(0) - ratio(1)).abs() < 1e-12 && (ratio(0) - 1.0).abs() > 1e-6);
}

/// Each input by itself: its ends are totals of the study under one changed input, and the run's own lies between them.
#[test]
fn swings_are_totals_under_one_changed_input() {
    let world = World::new("the/wur/2026", 9, 0.1, 5);
    let settings = Sensitivity { draws: 500, weight_sets: 40, measurement_samples: 7, ..Sensitivity::default() };
    let study = world.study(&settings, None).unwrap();
    let (mut scratch, mut seen, mut wide) = (Scratch::default(), 0, 0);
    for (of_type, own) in study.types.iter().enumerate() {
        let all = swings(&study, of_type);
        assert_eq!(all.len(), own.members.len());
        for (member, swings) in all.iter().enumerate() {
            for (swing, input) in swings.iter().zip(&study.inputs) {
                assert_eq!(swing.input, input.kind);
                let run = own.totals[member];
                assert!(swing.least.1 <= run + 1e-9 && run <= swing.greatest.1 + 1e-9, "{swing:?} {run}");
                for (alternative, total) in [&swing.least, &swing.greatest] {
                    let place = match (alternative, &input.alternatives) {
                        (Alternative::Numbered(number), Alternatives::Numbered(_)) => *number,
                        (Alternative::Named(name), Alternatives::Named(names)) => {
                            names.iter().position(|known| known == name).unwrap()
                        }
                        (Alternative::Named(name), Alternatives::Numbered(_)) if name == "run" => 0,
                        _ => panic!("{alternative:?} is no alternative of {input:?}"),
                    };
                    let mut totals = vec![0.0; own.members.len()];
                    let setting = Setting::default().with(input.kind, place);
                    study.totals(of_type, setting, &mut scratch, &mut totals);
                    assert_eq!(totals[member].to_bits(), total.to_bits());
                }
                seen += 1;
                wide += usize::from(swing.least.1 < swing.greatest.1);
            }
        }
    }
    assert!(seen > 20 && wide > 10, "{seen} {wide}");
}
