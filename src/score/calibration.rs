//! From the own published past to a scale: where no constants of a normaliser are public, a university knows some of its
//! values, namely its own raw values with the scores that were published for them.
//!
//! Scores are first straightened by the form that the edition's normaliser has: 100·Φ((x − μ)/σ) is a straight line as
//! a probit (Finney, Probit Analysis, 1947), 100·(1 − exp(−x/mean)) as −ln(1 − s/100), 100·√(x/max) as (s/100)², a
//! logarithmic scale over ln x. On that scale they are made monotone by pooling adjacent violators (Barlow,
//! Bartholomew, Bremner and Brunk, Statistical Inference under Order Restrictions, 1972) and joined by straight lines;
//! beyond them goes the slope of the least-squares line. Forms through the origin have it as a point of their own and
//! need one score; all others need two with different raw values. Population and method change from year to year, so this
//! is a stand-in (`proxy`), and its error is that of leaving each point out in turn.

use std::collections::BTreeMap;

use crate::diagnostic::{Checked, Finding};
use crate::model::calibration::{Calibration, Curve, Link, PublishedScore};
use crate::model::edition::{BandBase, Direction, Edition, Indicator, Normaliser};
use crate::score::population::capped;
use crate::score::statistics;

/// Published scores have one decimal: 0.0 and 100.0 stand for what rounds to them.
const ENDS: [f64; 2] = [0.05, 99.95];

/// Fewest points of which the error is told.
const FEWEST_FOR_ERROR: usize = 3;

/// The form of a normaliser's scores; `None` where it compares with nothing.
pub fn link(normaliser: &Normaliser) -> Option<Link> {
    Some(match normaliser {
        Normaliser::Given | Normaliser::Goalposts { .. } | Normaliser::Bands { of: BandBase::Raw, .. } => return None,
        Normaliser::NormalCdf { .. } | Normaliser::StretchedNormalCdf { .. } => Link::Normal,
        Normaliser::ExponentialCdf => Link::Exponential,
        Normaliser::SquareRootOfMax | Normaliser::OfCappedMax { root: true, .. } => Link::SquareRoot,
        Normaliser::ShareOfMax | Normaliser::OfCappedMax { root: false, .. } => Link::Share,
        Normaliser::LogMinMax { .. } => Link::Logarithm,
        _ => Link::Straight,
    })
}

/// Whether a value of nothing has the score of nothing.
fn through_origin(link: Link) -> bool {
    matches!(link, Link::Exponential | Link::SquareRoot | Link::Share)
}

/// A raw value on the scale of a link; `None` where it has no place there.
fn raw_of(link: Link, raw: f64) -> Option<f64> {
    match link {
        Link::Logarithm => (raw > 0.0).then(|| libm::log(raw)),
        _ => raw.is_finite().then_some(raw),
    }
}

/// A score on the scale of a link.
fn straightened(link: Link, score: f64) -> f64 {
    let share = score.clamp(ENDS[0], ENDS[1]) / 100.0;
    match link {
        Link::Normal => statistics::probit(share),
        Link::Exponential => -libm::log1p(-share),
        Link::SquareRoot => (score / 100.0) * (score / 100.0),
        Link::Straight | Link::Share | Link::Logarithm => score / 100.0,
    }
}

/// The score of a raw value, 0–100, before it is mirrored where less is better.
pub fn score(curve: &Curve, raw: f64) -> f64 {
    let Some(at) = raw_of(curve.link, raw) else { return 0.0 };
    let share = match (curve.link, line(curve, at)) {
        (Link::Normal, z) => statistics::normal_cdf(z),
        (Link::Exponential, z) => -libm::expm1(-z.max(0.0)),
        (Link::SquareRoot, z) => z.max(0.0).sqrt(),
        (Link::Straight | Link::Share | Link::Logarithm, z) => z,
    };
    (100.0 * share).clamp(0.0, 100.0)
}

/// Between knots the straight line through them, beyond them the slope.
fn line(curve: &Curve, at: f64) -> f64 {
    let knots = &curve.knots;
    let after = knots.partition_point(|knot| knot[0] <= at);
    match (after.checked_sub(1).map(|before| knots[before]), knots.get(after)) {
        (Some(low), Some(high)) => low[1] + (high[1] - low[1]) * ((at - low[0]) / (high[0] - low[0])),
        (Some(last), None) => last[1] + curve.slope * (at - last[0]),
        (None, Some(first)) => first[1] + curve.slope * (at - first[0]),
        (None, None) => 0.0,
    }
}

/// The curve through pairs of raw value and unmirrored score; `None` where they are too few.
pub fn curve(link: Link, pairs: &[[f64; 2]]) -> Option<Curve> {
    let place = |pair: &[f64; 2]| Some([raw_of(link, pair[0])?, straightened(link, pair[1])]);
    let mut points: Vec<[f64; 2]> = pairs.iter().filter_map(place).collect();
    if through_origin(link) && !points.is_empty() {
        points.push([0.0, 0.0]);
    }
    points.sort_by(|one, other| one[0].total_cmp(&other[0]).then(one[1].total_cmp(&other[1])));
    let (first, last) = (points.first()?[0], points.last()?[0]);
    if first >= last {
        return None;
    }
    let count = points.len() as f64;
    let middle = [0, 1].map(|axis| points.iter().map(|point| point[axis]).sum::<f64>() / count);
    let spread: f64 = points.iter().map(|point| (point[0] - middle[0]) * (point[0] - middle[0])).sum();
    let common: f64 = points.iter().map(|point| (point[0] - middle[0]) * (point[1] - middle[1])).sum();
    Some(Curve { link, knots: monotone(&points), slope: (common / spread).max(0.0) })
}

/// Points, raw values rising, made monotone: those of one raw value have their mean, then neighbours that fall are pooled
/// to their mean until none does.
fn monotone(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    struct Block {
        raws: Vec<f64>,
        sum: f64,
        count: f64,
    }
    let mut blocks: Vec<Block> = Vec::new();
    for [raw, score] in points.iter().copied() {
        match blocks.last_mut() {
            Some(last) if last.raws == [raw] => (last.sum, last.count) = (last.sum + score, last.count + 1.0),
            _ => blocks.push(Block { raws: vec![raw], sum: score, count: 1.0 }),
        }
    }
    let mut pooled: Vec<Block> = Vec::new();
    for mut block in blocks {
        while let Some(last) = pooled.pop_if(|last| last.sum / last.count > block.sum / block.count) {
            let raws = [last.raws, block.raws].concat();
            block = Block { raws, sum: last.sum + block.sum, count: last.count + block.count };
        }
        pooled.push(block);
    }
    let knots = |block: &Block| {
        let mean = block.sum / block.count;
        block.raws.iter().map(|raw| [*raw, mean]).collect::<Vec<_>>()
    };
    pooled.iter().flat_map(knots).collect()
}

/// Root mean square of the errors where each pair is left out in turn, in points; `None` of fewer than three, or where the
/// rest makes no curve.
pub fn error(link: Link, pairs: &[[f64; 2]]) -> Option<f64> {
    if pairs.len() < FEWEST_FOR_ERROR {
        return None;
    }
    let squares: Option<Vec<f64>> = (0..pairs.len())
        .map(|left_out| {
            let rest: Vec<[f64; 2]> =
                pairs.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, pair)| *pair).collect();
            let off = score(&curve(link, &rest)?, pairs[left_out][0]) - pairs[left_out][1];
            Some(off * off)
        })
        .collect();
    statistics::mean(&statistics::ordered(squares?.into_iter())).map(f64::sqrt)
}

/// An edition's ranking: its id without the year.
fn ranking(id: &str) -> &str {
    id.rsplit_once('/').map_or(id, |(ranking, _)| ranking)
}

/// Calibrations of the editions' indicators by published scores of the same ranking and indicator. Findings:
/// `history-unused` where no edition has the indicator or nothing of it needs to be compared, `history-too-few`.
pub fn calibrations(history: &[PublishedScore], editions: &[Edition]) -> Checked<Vec<Calibration>> {
    let mut series: BTreeMap<(&str, &str, &str), Vec<&PublishedScore>> = BTreeMap::new();
    for row in history {
        series.entry((ranking(&row.edition), &row.indicator, &row.unit_type)).or_default().push(row);
    }
    let mut checked = Checked::clean(Vec::new());
    for ((of_ranking, code, unit_type), rows) in series {
        let mut used = false;
        for edition in editions.iter().filter(|edition| ranking(&edition.id) == of_ranking) {
            let indicator = edition.indicators.iter().find(|indicator| indicator.code == code);
            let Some((indicator, link)) = indicator.and_then(|known| Some((known, link(&known.normalise)?))) else {
                continue;
            };
            used = true;
            match calibration(edition, indicator, link, unit_type, &rows) {
                Some(calibration) => checked.value.push(calibration),
                None => {
                    let message =
                        format!("the published scores of \"{code}\" are too few for a scale of {}", edition.id);
                    let finding = Finding::info("history-too-few", message).at(rows[0].place.clone());
                    checked.findings.push(finding.hint("two scores with different raw values are needed"));
                }
            }
        }
        if !used {
            let message = format!("no edition of this run is calibrated by \"{code}\" of {of_ranking}");
            checked.findings.push(Finding::info("history-unused", message).at(rows[0].place.clone()));
        }
    }
    checked
}

fn calibration(
    edition: &Edition,
    indicator: &Indicator,
    link: Link,
    unit_type: &str,
    rows: &[&PublishedScore],
) -> Option<Calibration> {
    let pair = |row: &&PublishedScore| {
        let score = if indicator.direction == Direction::LowerIsBetter { 100.0 - row.score } else { row.score };
        [capped(indicator, row.raw), score]
    };
    let pairs: Vec<[f64; 2]> = rows.iter().map(pair).collect();
    let raws = statistics::ordered(pairs.iter().map(|pair| pair[0]));
    let mut editions: Vec<String> = rows.iter().map(|row| row.edition.clone()).collect();
    editions.sort();
    editions.dedup();
    Some(Calibration {
        edition: edition.id.clone(),
        indicator: indicator.code.clone(),
        unit_type: unit_type.to_owned(),
        editions,
        points: pairs.len(),
        range: [*raws.first()?, *raws.last()?],
        error: error(link, &pairs),
        curve: curve(link, &pairs)?,
    })
}
