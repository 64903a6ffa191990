//! Forecast: from several editions of a ranking the next one, each value with bands that earlier editions have tested.
//!
//! Everything about an edition of year T – how values go on, how far they miss – comes from editions before T. That holds
//! for the forecast and in the same way for each back-test.
//!
//! 1. **Course** ([`course`]). A score stays, drifts with the others, or keeps a part of its own trend: whichever had the
//!    least mean error on the editions before.
//! 2. **Errors**. Each earlier edition is forecast by that course from those before it. The error is divided by the
//!    years that the step bridges: an institution's changes in consecutive steps go the same way (correlation 0.16 in the
//!    THE tables from 2016 to 2023), so they add up rather than average out.
//!    With the square root of the years bands of 80 and 95 % held 88 and 98 % on those tables: this choice alone was
//!    made on the tables that also test it.
//! 3. **Bands** ([`conformal`]). Split conformal prediction (Papadopoulos et al. 2002, doi:10.1007/3-540-36755-1_29; Lei
//!    et al. 2018, doi:10.1080/01621459.2017.1307116): the half width is the quantile of the errors' sizes at
//!    (1 + 1/n) × level. Institutions of similar score form classes of their own (Mondrian: Vovk 2012,
//!    doi:10.1007/s10994-013-5355-6). The institutions of an edition move together, so each edition
//!    weighs the same whatever its length (pooled distribution functions: Dunn, Wasserman, Ramdas 2023,
//!    doi:10.1080/01621459.2022.2060112).
//! 4. **Changes of method**. A step over one learns from earlier steps over one, and any other from the others. Where none
//!    of its kind is known, the others stand in and the forecast says so.
//!
//! Ranks go the same way by their logarithm; ends are rounded outwards. New entrants push ranks down without moving
//! scores, so ranks are not read off the scores' bands.
//!
//! What conformal bands promise holds for exchangeable steps. Editions are few and not quite that, which is why the hit
//! rate of earlier editions is given beside each band.

pub mod conformal;
pub mod course;

use crate::model::forecast::{BackTest, Banded, Forecast, History, Hits, LEVELS, Outlook};
use crate::whatif::forecast::conformal::Calibration;
use crate::whatif::forecast::course::{Series, Step};

/// Editions that it takes: one to start from, and at least one error, which takes two.
pub const LEAST_EDITIONS: usize = 2;

/// Scores lie between these.
const SCORES: [f64; 2] = [0.0, 100.0];

/// The edition of year `target` from the editions of `history`; `breaks` says that its method differs from that of the
/// last. `None` with fewer than [`LEAST_EDITIONS`] editions, a target that is not after the last, or where no institution
/// is in two consecutive editions.
pub fn forecast(history: &History, target: i32, breaks: bool) -> Option<Forecast> {
    let last = history.editions.last().filter(|last| last.year < target)?;
    let end = history.editions.len();
    let step = Step { end, year: target, breaks };
    let levels: Vec<&[Option<f64>]> = history.editions.iter().map(|edition| edition.scores.as_slice()).collect();
    let scores = Series::of(history, |edition| edition.scores.clone(), SCORES);
    let logarithms =
        |ranks: &[Option<u32>]| ranks.iter().map(|rank| rank.map(|rank| libm::log(f64::from(rank)))).collect();
    let ranks = Series::of(history, |edition| logarithms(&edition.ranks), [0.0, f64::INFINITY]);
    let calibration = Calibration::of(&scores, &levels, step)?;
    let tests = tests(&scores, &levels);
    let rank_tests = self::tests(&ranks, &levels);
    let rank_calibration = Calibration::of(&ranks, &levels, step);
    let points = scores.points(step, calibration.course);
    let rank_points = rank_calibration.as_ref().map(|known| ranks.points(step, known.course));
    let mut outlooks = Vec::new();
    for (at, name) in history.institutions.iter().enumerate() {
        let (Some(score), Some(point)) = (last.scores[at], points[at]) else { continue };
        let score_bands = scores.banded(point, calibration.radii(score), step);
        let rank = rank_calibration
            .as_ref()
            .zip(rank_points.as_ref())
            .and_then(|(known, points)| Some(as_ranks(ranks.banded(points[at]?, known.radii(score), step))));
        outlooks.push(Outlook {
            institution: name.clone(),
            last: score,
            last_rank: last.ranks[at],
            score: score_bands,
            hits: hits(&tests, breaks, &calibration, score),
            rank,
            rank_hits: rank_calibration
                .as_ref()
                .map_or(Hits::default(), |known| hits(&rank_tests, breaks, known, score)),
        });
    }
    outlooks
        .sort_by(|one, other| other.last.total_cmp(&one.last).then_with(|| one.institution.cmp(&other.institution)));
    let bare = |tests: Vec<Tested>| tests.into_iter().map(|tested| tested.test).collect();
    Some(Forecast {
        target,
        from: last.year,
        breaks,
        learned_from: calibration.learned_from.clone(),
        own_kind: calibration.own_kind,
        course: calibration.course,
        outlooks,
        tests: bare(tests),
        rank_tests: bare(rank_tests),
    })
}

/// Ranks from logarithms: the ends are rounded outwards.
fn as_ranks(logarithms: Banded) -> Banded {
    // The logarithm of a whole rank and back is off by less than this.
    const NOISE: f64 = 1e-9;
    let rank = |value: f64| libm::exp(value);
    let ends = |[low, high]: [f64; 2]| [(rank(low) + NOISE).floor().max(1.0), (rank(high) - NOISE).ceil().max(1.0)];
    Banded { point: rank(logarithms.point).round().max(1.0), bands: logarithms.bands.map(ends) }
}

/// A back-test, and of each institution tested its score before and which bands held.
struct Tested {
    test: BackTest,
    held: Vec<(f64, [bool; 2])>,
}

/// Every edition that can be forecast from those before it.
fn tests(series: &Series, levels: &[&[Option<f64>]]) -> Vec<Tested> {
    (1..series.editions.len()).filter_map(|at| test(series, levels, at)).collect()
}

fn test(series: &Series, levels: &[&[Option<f64>]], at: usize) -> Option<Tested> {
    let known = &series.editions[at];
    let step = Step { end: at, year: known.year, breaks: known.breaks };
    let calibration = Calibration::of(series, levels, step)?;
    let points = series.points(step, calibration.course);
    let mut hits = Hits::default();
    let (mut errors, mut widths, mut held) = (Vec::new(), [0.0; 2], Vec::new());
    for ((value, point), level) in known.values.iter().zip(points).zip(levels[at - 1]) {
        let (Some(value), Some(point), Some(level)) = (*value, point, *level) else { continue };
        let banded = series.banded(point, calibration.radii(level), step);
        let within = banded.bands.map(|[low, high]| low <= value && value <= high);
        for band in 0..LEVELS.len() {
            hits.within[band] += usize::from(within[band]);
            widths[band] += banded.bands[band][1] - banded.bands[band][0];
        }
        hits.of += 1;
        errors.push(value - point);
        held.push((level, within));
    }
    let count = hits.of.max(1) as f64;
    let error = errors.iter().fold(0.0, |sum, error: &f64| sum + error.abs()) / count;
    let test = BackTest {
        year: known.year,
        from: series.editions[at - 1].year,
        breaks: known.breaks,
        learned_from: calibration.learned_from,
        own_kind: calibration.own_kind,
        course: calibration.course,
        hits,
        bias: course::median(&mut errors)?,
        error,
        widths: widths.map(|sum| sum / count),
    };
    Some(Tested { test, held })
}

/// How bands have held for institutions of the class of `level`, in steps of the same kind; in all steps where there was
/// none.
fn hits(tests: &[Tested], breaks: bool, calibration: &Calibration, level: f64) -> Hits {
    let any = tests.iter().any(|tested| tested.test.breaks == breaks);
    let class = calibration.class(level);
    let mut hits = Hits::default();
    for tested in tests.iter().filter(|tested| !any || tested.test.breaks == breaks) {
        for (_, within) in tested.held.iter().filter(|(level, _)| calibration.class(*level) == class) {
            hits.of += 1;
            (0..LEVELS.len()).for_each(|band| hits.within[band] += usize::from(within[band]));
        }
    }
    hits
}
