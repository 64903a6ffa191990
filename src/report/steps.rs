//! The steps of a method as sentences.

use crate::model::edition::{
    Aggregation, BandBase, Change, Combine, Damping, Direction, Imputation, Normaliser, RankDisplay, Rescale, Ties,
    Treatment,
};
use crate::model::report::{Argument, Phrase, Text};

fn numbers<const N: usize>(phrase: Phrase, names: [&'static str; N], values: [f64; N]) -> Text {
    let with = |phrase: Phrase, (name, value)| phrase.with(name, Argument::Number(value));
    Text::Phrase(names.into_iter().zip(values).fold(phrase, with))
}

fn plain(family: &'static str, word: &str) -> Text {
    Text::Phrase(Phrase::of(family, word))
}

fn verbatim(values: &[impl ToString]) -> Argument {
    let shown: Vec<String> = values.iter().map(ToString::to_string).collect();
    Argument::Text(Text::Verbatim(shown.join(", ")))
}

/// From raw value to score.
pub fn normaliser(normaliser: &Normaliser) -> Text {
    let say = |word| Phrase::of("scaling", word);
    let ends = |word, to: [f64; 2]| numbers(say(word), ["low", "high"], to);
    match normaliser {
        Normaliser::NormalCdf { tails: None } => plain("scaling", "normal_cdf"),
        Normaliser::NormalCdf { tails: Some(tails) } => ends("normal_cdf_tails", *tails),
        Normaliser::StretchedNormalCdf { tails: None, to } => ends("stretched", *to),
        Normaliser::StretchedNormalCdf { tails: Some([lower, upper]), to: [low, high] } => {
            numbers(say("stretched_tails"), ["low", "high", "lower", "upper"], [*low, *high, *lower, *upper])
        }
        Normaliser::ExponentialCdf => plain("scaling", "exponential_cdf"),
        Normaliser::SquareRootOfMax => plain("scaling", "square_root_of_max"),
        Normaliser::ShareOfMax => plain("scaling", "share_of_max"),
        Normaliser::OfCappedMax { root: true, means } => numbers(say("root_of_capped_max"), ["means"], [*means]),
        Normaliser::OfCappedMax { root: false, means } => numbers(say("share_of_capped_max"), ["means"], [*means]),
        Normaliser::MinMax { to } => ends("min_max", *to),
        Normaliser::LogMinMax { to } => ends("log_min_max", *to),
        Normaliser::Goalposts { posts: [least, most], to: [low, high] } => {
            numbers(say("goalposts"), ["least", "most", "low", "high"], [*least, *most, *low, *high])
        }
        Normaliser::DistanceToTarget { target, to: [low, high] } => {
            numbers(say("distance_to_target"), ["target", "low", "high"], [*target, *low, *high])
        }
        Normaliser::DistanceToReference { unit, to } => {
            let unit = Argument::Text(Text::Verbatim(unit.clone()));
            numbers(say("distance_to_reference").with("unit", unit), ["low", "high"], *to)
        }
        Normaliser::ZScore { mean, sd } => numbers(say("z_score"), ["mean", "sd"], [*mean, *sd]),
        Normaliser::Rank { ties: Ties::Min } => plain("scaling", "rank"),
        Normaliser::Rank { ties: Ties::Average } => plain("scaling", "rank_average"),
        Normaliser::PercentileRank => plain("scaling", "percentile_rank"),
        Normaliser::TwoPiece { to } => numbers(say("two_piece"), ["low", "middle", "high"], *to),
        Normaliser::Bands { limits, points, of } => {
            let word = if *of == BandBase::Raw { "bands" } else { "bands_of_median" };
            Text::Phrase(say(word).with("limits", verbatim(limits)).with("points", verbatim(points)))
        }
        Normaliser::Given => plain("scaling", "given"),
    }
}

/// Which way is better.
pub fn direction(direction: Direction) -> Text {
    plain("scaling", if direction == Direction::HigherIsBetter { "higher" } else { "lower" })
}

/// How scores become a composite.
pub fn combine(combine: Combine) -> Text {
    let mean = match combine.with {
        Aggregation::WeightedMean => plain("mean", "weighted_mean"),
        Aggregation::Geometric => plain("mean", "geometric"),
        Aggregation::Harmonic => plain("mean", "harmonic"),
        Aggregation::Power(power) => numbers(Phrase::of("mean", "power"), ["power"], [power]),
        Aggregation::BestOf(count) => numbers(Phrase::of("mean", "best_of"), ["count"], [count as f64]),
        Aggregation::Copeland => plain("mean", "copeland"),
        Aggregation::None => plain("mean", "none"),
    };
    let then = match combine.then {
        Rescale::None => return mean,
        Rescale::Top100 => plain("mean", "top_100"),
        Rescale::Linear { factor, offset } => {
            numbers(Phrase::of("mean", "linear"), ["factor", "offset"], [factor, offset])
        }
        Rescale::MinMax { from: None, to } => numbers(Phrase::of("mean", "min_max"), ["low", "high"], to),
        Rescale::MinMax { from: Some([least, most]), to: [low, high] } => {
            numbers(Phrase::of("mean", "min_max_of"), ["least", "most", "low", "high"], [least, most, low, high])
        }
    };
    Text::Phrase(Phrase::new("mean.then").with("mean", Argument::Text(mean)).with("then", Argument::Text(then)))
}

/// How outliers are treated.
pub fn treatment(rule: &Treatment) -> Text {
    let word = if rule.log { "outliers_log" } else { "outliers" };
    let values = [rule.points as f64, rule.skew, rule.kurtosis];
    numbers(Phrase::of("scaling", word), ["points", "skew", "kurtosis"], values)
}

/// What stands in for a missing value.
pub fn imputation(with: Imputation) -> Text {
    plain("scaling", if with == Imputation::Mean { "mean" } else { "median" })
}

/// How changes are damped.
pub fn damping(rule: &Damping) -> Text {
    let word = if rule.change == Change::Absolute { "damping_absolute" } else { "damping_relative" };
    numbers(Phrase::of("scaling", word), ["threshold", "recovery"], [rule.threshold, rule.recovery])
}

/// How ranks are shown.
pub fn ranks(ranks: &RankDisplay) -> Text {
    let exact = Argument::Count(ranks.exact_to.into());
    Text::Phrase(Phrase::new("difference.exact_to").with("rank", exact).with("bands", verbatim(&ranks.bands)))
}
