//! An edition file: how scores are combined and ranked, how outliers, gaps and changes are treated.

use toml::Spanned;

use crate::catalogue::check::Check;
use crate::catalogue::edition_text::{CombineText, RanksText, TreatText};
use crate::catalogue::nearest;
use crate::model::edition::{
    Aggregation, BandBase, Combine, Damping, Imputation, Normaliser, RankDisplay, Reference, Rescale, Treatment,
};

const MEANS: [&str; 7] = ["weighted_mean", "geometric", "harmonic", "power", "best_of", "copeland", "none"];
const RESCALINGS: [&str; 4] = ["none", "top_100", "linear", "min_max"];

/// How the total is made; `then` is required.
pub fn total(check: &mut Check, text: &Spanned<CombineText>) -> Combine {
    if text.get_ref().then.is_none() {
        let message = "the key \"then\" is missing".to_owned();
        check.fault_with(text.span(), "missing-key", message, "write then = \"none\" where nothing follows the mean");
    }
    combine(check, text.get_ref())
}

/// How a group is made; what has no overall score has group scores all the same.
pub fn group(check: &mut Check, text: &Spanned<CombineText>) -> Combine {
    let combine_text = text.get_ref();
    if let Some(over) = &combine_text.over {
        let hint = "say it once, in the combine of the edition";
        check.fault_with(over.span(), "bad-combine", "a group is always over what lies in it".to_owned(), hint);
    }
    let combine = combine(check, combine_text);
    if combine.with == Aggregation::None && combine_text.with.get_ref() == "none" {
        let hint = "only the edition as a whole may have no score";
        check.fault_with(combine_text.with.span(), "bad-combine", "a group cannot be without score".to_owned(), hint);
    }
    combine
}

/// Whether the total is over groups.
pub fn by_groups(check: &mut Check, text: &CombineText) -> bool {
    const KNOWN: [&str; 2] = ["indicators", "groups"];
    let Some(over) = &text.over else { return false };
    if !KNOWN.contains(&over.get_ref().as_str()) {
        unknown(check, over, KNOWN);
    }
    over.get_ref() == "groups"
}

fn combine(check: &mut Check, text: &CombineText) -> Combine {
    Combine { with: aggregation(check, text), then: rescale(check, text) }
}

fn aggregation(check: &mut Check, text: &CombineText) -> Aggregation {
    match (text.with.get_ref().as_str(), &text.power, &text.best) {
        ("weighted_mean", None, None) => Aggregation::WeightedMean,
        ("geometric", None, None) => Aggregation::Geometric,
        ("harmonic", None, None) => Aggregation::Harmonic,
        ("power", Some(power), None) => {
            let value = check.number(power, "power", -100.0..100.0);
            if value == 0.0 {
                let hint = "the mean with exponent 0 is \"geometric\"";
                check.fault_with(power.span(), "bad-combine", "power must not be 0".to_owned(), hint);
            }
            Aggregation::Power(value)
        }
        ("best_of", None, Some(best)) => {
            if *best.get_ref() == 0 {
                check.fault(best.span(), "bad-combine", "the best 0 are nothing");
            }
            Aggregation::BestOf(usize::try_from(*best.get_ref()).unwrap_or(usize::MAX))
        }
        ("copeland", None, None) => Aggregation::Copeland,
        ("none", None, None) => Aggregation::None,
        (known, _, _) if MEANS.contains(&known) => {
            let message = format!("\"{known}\" and the keys power and best do not fit");
            let hint = "\"power\" needs power, \"best_of\" needs best, no other takes them";
            check.fault_with(text.with.span(), "bad-combine", message, hint);
            Aggregation::WeightedMean
        }
        _ => {
            unknown(check, &text.with, MEANS);
            Aggregation::WeightedMean
        }
    }
}

fn rescale(check: &mut Check, text: &CombineText) -> Rescale {
    let Some(then) = &text.then else { return Rescale::None };
    let line = (&text.factor, &text.offset);
    let ends = (&text.from, &text.to);
    match (then.get_ref().as_str(), line, ends) {
        ("none", (None, None), (None, None)) => Rescale::None,
        ("top_100", (None, None), (None, None)) => Rescale::Top100,
        ("linear", (Some(factor), offset), (None, None)) => {
            let factor = check.number(factor, "factor", 0.0..f64::INFINITY);
            let offset = offset.as_ref().map_or(0.0, |offset| check.number(offset, "offset", -100.0..100.0));
            Rescale::Linear { factor, offset }
        }
        ("min_max", (None, None), (from, to)) => {
            let rising = |[low, high]: [f64; 2]| low.is_finite() && high.is_finite() && low < high;
            if let Some(from) = from.as_ref().filter(|from| !rising(*from.get_ref())) {
                check.fault(from.span(), "bad-combine", "from must be two rising composites");
            }
            if let Some(to) = to {
                let [low, high] = *to.get_ref();
                if !(0.0 <= low && low < high && high <= 100.0) {
                    check.fault(to.span(), "bad-combine", "\"to\" must be two rising scores from 0 to 100");
                }
            }
            let to = to.as_ref().map_or([0.0, 100.0], |to| *to.get_ref());
            Rescale::MinMax { from: from.as_ref().map(|from| *from.get_ref()), to }
        }
        ("min_max", _, _) => {
            let message = "\"min_max\" and the keys factor and offset do not fit".to_owned();
            check.fault_with(then.span(), "bad-combine", message, "\"min_max\" takes from and to");
            Rescale::None
        }
        (known, _, (None, None)) if RESCALINGS.contains(&known) => {
            let message = format!("\"{known}\" and the keys factor and offset do not fit");
            let hint = "only \"linear\" takes them, and it needs factor";
            check.fault_with(then.span(), "bad-combine", message, hint);
            Rescale::None
        }
        (known, _, _) if RESCALINGS.contains(&known) => {
            let message = format!("\"{known}\" and the keys from and to do not fit");
            check.fault_with(then.span(), "bad-combine", message, "only \"min_max\" takes them");
            Rescale::None
        }
        _ => {
            unknown(check, then, RESCALINGS);
            Rescale::None
        }
    }
}

fn unknown<const N: usize>(check: &mut Check, text: &Spanned<String>, known: [&str; N]) {
    let message = format!("unknown value \"{}\"", text.get_ref());
    check.fault_with(text.span(), "unknown-value", message, nearest::hint(text.get_ref(), known));
}

/// A share of weight.
pub fn floor(check: &mut Check, floor: &Spanned<f64>, what: &str) -> f64 {
    let value = *floor.get_ref();
    if !(0.0..=1.0).contains(&value) {
        let message = format!("{what} {value} is not a share from 0 to 1");
        check.fault_with(floor.span(), "coverage-floor", message, "write 0.60 for 60 percent");
    }
    value
}

/// More decimals than any publisher prints.
const MOST_DECIMALS: u8 = 6;

/// How ranks are shown.
pub fn ranks(check: &mut Check, text: &RanksText, references: &[Reference]) -> RankDisplay {
    if let Some(named) = &text.reference {
        check.cites(named, references);
    }
    let exact_to = *text.exact_to.get_ref();
    let bands = text.bands.as_ref().map(|bands| bands.get_ref().clone()).unwrap_or_default();
    if let Some(span) = text.bands.as_ref().map(Spanned::span) {
        let mut before = exact_to;
        for &last in &bands {
            if last <= before {
                let message = format!("the band that ends at {last} begins beyond it, at {}", u64::from(before) + 1);
                check.fault_with(span, "bad-ranks", message, "write the last rank of each band, rising");
                break;
            }
            before = last;
        }
    }
    let decimals = text.decimals.as_ref().map(|decimals| {
        let known = *decimals.get_ref();
        if known > MOST_DECIMALS {
            let message = format!("no composite is printed with {known} decimals");
            check.fault_with(decimals.span(), "bad-ranks", message, "write 1 for composites such as 66.7");
        }
        known.min(MOST_DECIMALS)
    });
    RankDisplay { exact_to, bands, decimals }
}

/// How outliers are treated. There must be something to compare.
pub fn treat(check: &mut Check, text: &Spanned<TreatText>, normaliser: &Normaliser) -> Treatment {
    compares(check, text.span(), normaliser, "no outlier to treat");
    let usual = Treatment::default();
    let text = text.get_ref();
    let above = f64::MIN_POSITIVE..f64::INFINITY;
    Treatment {
        points: text.winsorise.map_or(usual.points, |points| points as usize),
        skew: text.skew.as_ref().map_or(usual.skew, |skew| check.number(skew, "skew", above)),
        kurtosis: text
            .kurtosis
            .as_ref()
            .map_or(usual.kurtosis, |limit| check.number(limit, "kurtosis", f64::NEG_INFINITY..f64::INFINITY)),
        log: text.log.unwrap_or(usual.log),
    }
}

/// What stands in for missing values. There must be something to compare.
pub fn impute(check: &mut Check, text: &Spanned<Imputation>, normaliser: &Normaliser) -> Imputation {
    compares(check, text.span(), normaliser, "nothing to take a centre of");
    *text.get_ref()
}

fn compares(check: &mut Check, span: std::ops::Range<usize>, normaliser: &Normaliser, therefore: &str) {
    let alone = match normaliser {
        Normaliser::Given => "given",
        Normaliser::Goalposts { .. } => "goalposts",
        Normaliser::Bands { of: BandBase::Raw, .. } => "bands",
        _ => return,
    };
    let message = format!("\"{alone}\" compares with no values, so there is {therefore}");
    check.fault_with(span, "bad-treatment", message, "leave the key out");
}

/// How changes are damped.
pub fn damping(check: &mut Check, text: &Spanned<Damping>) -> Damping {
    let rule = *text.get_ref();
    let at = |value: f64| Spanned::new(text.span(), value);
    check.number(&at(rule.threshold), "threshold", 0.0..f64::INFINITY);
    check.number(&at(rule.recovery), "recovery", 0.0..1.0);
    if let Some(limit) = rule.limit {
        check.number(&at(limit), "limit", f64::NEG_INFINITY..f64::INFINITY);
    }
    rule
}
