//! An edition file: from raw value to score – which keys each method takes, and what they may be.

use toml::Spanned;

use crate::catalogue::check::Check;
use crate::catalogue::edition_text::NormaliseText;
use crate::catalogue::nearest;
use crate::model::edition::{BandBase, Normaliser, Ties};

/// Each method with the keys that it takes and those of them that it needs.
const METHODS: [(&str, &[&str], &[&str]); 16] = [
    ("normal_cdf", &["tails", "to"], &[]),
    ("exponential_cdf", &[], &[]),
    ("square_root_of_max", &["means"], &[]),
    ("share_of_max", &["means"], &[]),
    ("min_max", &["to"], &[]),
    ("log_min_max", &["to"], &[]),
    ("goalposts", &["posts", "to"], &["posts"]),
    ("distance_to_target", &["target", "to"], &["target"]),
    ("distance_to_reference", &["unit", "to"], &["unit"]),
    ("z_score", &["mean", "sd"], &[]),
    ("rank", &["ties"], &[]),
    ("borda", &[], &[]),
    ("percentile_rank", &[], &[]),
    ("two_piece", &["to"], &[]),
    ("bands", &["limits", "points", "of"], &["limits", "points"]),
    ("given", &[], &[]),
];

/// The normaliser that a table states. After a fault it is some normaliser of an edition that is refused.
pub fn normaliser(check: &mut Check, text: &NormaliseText) -> Normaliser {
    let name = text.with.get_ref().as_str();
    let Some((_, takes, needs)) = METHODS.iter().find(|(method, ..)| *method == name) else {
        let message = format!("unknown normaliser \"{name}\"");
        let known = METHODS.iter().map(|(method, ..)| *method);
        check.fault_with(text.with.span(), "unknown-normaliser", message, nearest::hint(name, known));
        return Normaliser::Given;
    };
    if !keys_fit(check, text, takes, needs) {
        return Normaliser::Given;
    }
    match name {
        "normal_cdf" => {
            let tails = text.tails.as_ref().map(|tails| rising(check, tails, 0.0..1.0, "tails", "shares"));
            match text.to.is_some() {
                true => Normaliser::StretchedNormalCdf { tails, to: to(check, text) },
                false => Normaliser::NormalCdf { tails },
            }
        }
        "exponential_cdf" => Normaliser::ExponentialCdf,
        "square_root_of_max" | "share_of_max" => {
            let root = name == "square_root_of_max";
            match &text.means {
                Some(means) => {
                    let means = check.number(means, "means", f64::MIN_POSITIVE..f64::INFINITY);
                    Normaliser::OfCappedMax { root, means }
                }
                None if root => Normaliser::SquareRootOfMax,
                None => Normaliser::ShareOfMax,
            }
        }
        "min_max" => Normaliser::MinMax { to: to(check, text) },
        "log_min_max" => Normaliser::LogMinMax { to: to(check, text) },
        "goalposts" => {
            let any = f64::MIN..f64::MAX;
            let posts = text.posts.as_ref().map(|posts| rising(check, posts, any, "posts", "values"));
            Normaliser::Goalposts { posts: posts.unwrap_or([0.0, 1.0]), to: to(check, text) }
        }
        "distance_to_target" => {
            let any = f64::NEG_INFINITY..f64::INFINITY;
            let target = text.target.as_ref().map_or(0.0, |target| check.number(target, "target", any));
            Normaliser::DistanceToTarget { target, to: to(check, text) }
        }
        "distance_to_reference" => {
            let unit = text.unit.as_ref().map(|unit| unit.get_ref().clone()).unwrap_or_default();
            if let Some(blank) = text.unit.as_ref().filter(|unit| unit.get_ref().trim().is_empty()) {
                check.fault(blank.span(), "bad-normaliser", "unit must name a peer or a unit");
            }
            Normaliser::DistanceToReference { unit, to: to(check, text) }
        }
        "z_score" => Normaliser::ZScore {
            mean: text.mean.as_ref().map_or(50.0, |mean| check.number(mean, "mean", 0.0..100.0)),
            sd: text.sd.as_ref().map_or(10.0, |sd| check.number(sd, "sd", f64::MIN_POSITIVE..100.0)),
        },
        "rank" => Normaliser::Rank { ties: text.ties.as_ref().map_or(Ties::Min, |ties| *ties.get_ref()) },
        "borda" => Normaliser::Rank { ties: Ties::Min },
        "percentile_rank" => Normaliser::PercentileRank,
        "two_piece" => Normaliser::TwoPiece { to: three(check, text) },
        "bands" => bands(check, text),
        _ => Normaliser::Given,
    }
}

/// Whether all keys that are there belong to the method, and all that it needs are there.
fn keys_fit(check: &mut Check, text: &NormaliseText, takes: &[&str], needs: &[&str]) -> bool {
    let name = text.with.get_ref();
    let given: [(&str, bool); 12] = [
        ("tails", text.tails.is_some()),
        ("to", text.to.is_some()),
        ("means", text.means.is_some()),
        ("posts", text.posts.is_some()),
        ("target", text.target.is_some()),
        ("unit", text.unit.is_some()),
        ("mean", text.mean.is_some()),
        ("sd", text.sd.is_some()),
        ("ties", text.ties.is_some()),
        ("limits", text.limits.is_some()),
        ("points", text.points.is_some()),
        ("of", text.of.is_some()),
    ];
    if let Some((key, _)) = given.iter().find(|(key, there)| *there && !takes.contains(key)) {
        let hint = match takes {
            [] => format!("\"{name}\" takes no other key"),
            _ => format!("\"{name}\" takes {}", takes.join(", ")),
        };
        let message = format!("the key \"{key}\" does not fit \"{name}\"");
        check.fault_with(text.with.span(), "bad-normaliser", message, hint);
        return false;
    }
    if let Some((key, _)) = given.iter().find(|(key, there)| !there && needs.contains(key)) {
        let message = format!("\"{name}\" needs the key \"{key}\"");
        check.fault_with(text.with.span(), "bad-normaliser", message, format!("\"{name}\" takes {}", takes.join(", ")));
        return false;
    }
    true
}

/// Two rising numbers within bounds.
fn rising(
    check: &mut Check,
    pair: &Spanned<[f64; 2]>,
    bounds: std::ops::Range<f64>,
    key: &str,
    what: &str,
) -> [f64; 2] {
    let [low, high] = *pair.get_ref();
    if !(bounds.start <= low && low < high && high <= bounds.end) {
        let range = if bounds.end == 1.0 { " from 0 to 1" } else { "" };
        check.fault(pair.span(), "bad-normaliser", format!("{key} must be two rising {what}{range}"));
    }
    [low, high]
}

/// The ends of a scale; 0 and 100 if they are left out.
fn to(check: &mut Check, text: &NormaliseText) -> [f64; 2] {
    let Some(to) = &text.to else { return [0.0, 100.0] };
    match to.get_ref().as_slice() {
        [low, high] if 0.0 <= *low && low < high && *high <= 100.0 => [*low, *high],
        _ => {
            check.fault(to.span(), "bad-normaliser", "\"to\" must be two rising scores from 0 to 100");
            [0.0, 100.0]
        }
    }
}

/// Scores of minimum, median and maximum.
fn three(check: &mut Check, text: &NormaliseText) -> [f64; 3] {
    let Some(to) = &text.to else { return [0.0, 50.0, 100.0] };
    match to.get_ref().as_slice() {
        [low, middle, high] if 0.0 <= *low && low < middle && middle < high && *high <= 100.0 => [*low, *middle, *high],
        _ => {
            check.fault(to.span(), "bad-normaliser", "\"to\" must be three rising scores from 0 to 100");
            [0.0, 50.0, 100.0]
        }
    }
}

fn bands(check: &mut Check, text: &NormaliseText) -> Normaliser {
    let list =
        |values: &Option<Spanned<Vec<f64>>>| values.as_ref().map(|list| list.get_ref().clone()).unwrap_or_default();
    let (limits, points) = (list(&text.limits), list(&text.points));
    let span = |values: &Option<Spanned<Vec<f64>>>| values.as_ref().map_or(0..0, Spanned::span);
    let of = text.of.as_ref().map_or(BandBase::Raw, |of| *of.get_ref());
    let finite = limits.iter().all(|limit| limit.is_finite());
    if limits.is_empty() || !finite || !limits.is_sorted_by(|one, other| one < other) {
        check.fault(span(&text.limits), "bad-normaliser", "limits must be rising numbers, at least one");
    } else if points.len() != limits.len() + 1 {
        let message =
            format!("{} limits make {} bands, found points for {}", limits.len(), limits.len() + 1, points.len());
        check.fault(span(&text.points), "bad-normaliser", message);
    } else if !points.iter().all(|points| (0.0..=100.0).contains(points)) || !points.is_sorted() {
        check.fault(span(&text.points), "bad-normaliser", "points must be rising scores from 0 to 100");
    }
    Normaliser::Bands { limits, points, of }
}
