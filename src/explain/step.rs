//! The step from raw value to score as a formula that every spreadsheet program can work out.

use crate::model::calibration::{Curve, Link};
use crate::model::edition::{Direction, Ties};
use crate::model::evidence_book::Step;
use crate::model::report::{Argument, Phrase};
use crate::score::normalise::Scale;
use crate::score::treatment::Transform;

/// More pieces than this and a spreadsheet would have to nest its conditions too deeply: Excel allows 64.
const MOST_PIECES: usize = 40;

/// Spreadsheet programs hold numbers for equal that differ by less than this share of their size, so a place among such
/// values may come out differently there.
const TOO_NEAR: f64 = 1e-11;

/// Constants and values as they are put into the formula.
#[derive(Default)]
struct Pen {
    words: Vec<Phrase>,
    constants: Vec<(Phrase, f64)>,
    values: Vec<f64>,
}

impl Pen {
    /// Notes a constant; what stands for it.
    fn constant(&mut self, name: &'static str, value: f64) -> String {
        self.named(Phrase::of("evidence_constant", name), value)
    }

    /// One of several of a name.
    fn numbered(&mut self, name: &'static str, number: usize, value: f64) -> String {
        let number = Argument::Count(number as u64);
        self.named(Phrase::of("evidence_constant", name).with("number", number), value)
    }

    fn named(&mut self, name: Phrase, value: f64) -> String {
        self.constants.push((name, value));
        format!("{{{}}}", self.constants.len() - 1)
    }

    fn say(&mut self, step: &'static str) {
        self.words.push(Phrase::of("evidence_step", step));
    }
}

/// The step of a scale for a raw value; else why a spreadsheet cannot be asked.
pub fn step(scale: &Scale, direction: Direction, raw: f64) -> Result<Step, Phrase> {
    if indistinct(scale, raw) {
        return Err(Phrase::new("evidence.indistinct"));
    }
    let mut pen = Pen::default();
    let Some(formula) = formula(&mut pen, scale, direction, "{x}") else {
        return Err(Phrase::new("evidence.too_many_pieces"));
    };
    if direction == Direction::LowerIsBetter {
        pen.say("mirrored");
    }
    let Pen { words, constants, values } = pen;
    Ok(Step { words, formula: format!("MAX(0,MIN(100,{formula}))"), constants, values })
}

/// The score before it is kept within 0–100: [`Scale::value`], mirrored where less is better.
fn formula(pen: &mut Pen, scale: &Scale, direction: Direction, x: &str) -> Option<String> {
    let lower = direction == Direction::LowerIsBetter;
    // Seen from the other end, within the bounds of the scale.
    let within = |low: &str, high: &str, value: String| if lower { format!("{low}+{high}-({value})") } else { value };
    let of_hundred = |value: String| if lower { format!("100-MAX(0,MIN(100,{value}))") } else { value };
    Some(match scale {
        Scale::Normal { mean, sd } => {
            pen.say("normal");
            let (mean, sd) = (pen.constant("mean", *mean), pen.constant("sd", *sd));
            of_hundred(format!("100*NORMSDIST(({x}-{mean})/{sd})"))
        }
        Scale::Stretched { mean, sd, from: [least, most], to } => {
            pen.say("stretched");
            let (mean, sd) = (pen.constant("mean", *mean), pen.constant("sd", *sd));
            let (least, most) = (pen.constant("least", *least), pen.constant("most", *most));
            let share = format!("(NORMSDIST(({x}-{mean})/{sd})-{least})/({most}-{least})");
            between(pen, *to, &share, within)
        }
        Scale::Constant(value) => {
            pen.say("constant");
            let value = pen.constant("value", *value);
            of_hundred(format!("IF({x}>{value},100,IF({x}<{value},0,50))"))
        }
        Scale::Exponential { mean } => {
            pen.say("exponential");
            let mean = pen.constant("mean", *mean);
            of_hundred(format!("100*(1-EXP(0-MAX({x},0)/{mean}))"))
        }
        Scale::SquareRoot { max } => {
            pen.say("square_root");
            let max = pen.constant("max", *max);
            of_hundred(format!("100*SQRT(MAX({x},0)/{max})"))
        }
        Scale::Share { max } => {
            pen.say("share");
            let max = pen.constant("max", *max);
            of_hundred(format!("100*{x}/{max}"))
        }
        Scale::Nothing => {
            pen.say("nothing");
            of_hundred(format!("IF({x}>0,100,0)"))
        }
        Scale::Linear { min, max, to } => {
            pen.say("linear");
            let (min, max) = (pen.constant("min", *min), pen.constant("max", *max));
            between(pen, *to, &format!("({x}-{min})/({max}-{min})"), within)
        }
        Scale::LogLinear { min, max, to } => {
            pen.say("log_linear");
            let (min, max) = (pen.constant("min", *min), pen.constant("max", *max));
            // Not above the least value is at it: there the logarithm may not exist.
            let share = format!("LN(MAX({x},{min})/{min})/LN({max}/{min})");
            between(pen, *to, &share, within)
        }
        Scale::Standard { mean, sd, to: [middle, points] } => {
            pen.say("standard");
            let (mean, sd) = (pen.constant("mean", *mean), pen.constant("sd", *sd));
            let (middle, points) = (pen.constant("middle", *middle), pen.constant("points", *points));
            let sign = if lower { "-" } else { "+" };
            format!("{middle}{sign}{points}*({x}-{mean})/{sd}")
        }
        Scale::Rank(values) => {
            pen.say("rank");
            pen.values.clone_from(values);
            let counts = format!("SUMPRODUCT(--({{values}}<{x}))+SUMPRODUCT(--({{values}}<={x}))");
            of_hundred(format!("50*({counts})/COUNT({{values}})"))
        }
        Scale::Place { values, ties } => {
            pen.say(if *ties == Ties::Average { "place_average" } else { "place" });
            pen.values.clone_from(values);
            let below = format!("SUMPRODUCT(--({{values}}<{x}))");
            let shared = format!("MAX(0,SUMPRODUCT(--({{values}}={x}))-1)/2");
            let place = if *ties == Ties::Average { format!("({below}+{shared})") } else { below };
            of_hundred(format!("100*{place}/(COUNT({{values}})-1)"))
        }
        Scale::TwoPiece { from: [min, middle, max], to: [low, half, high] } => {
            pen.say("two_piece");
            let from = [pen.constant("min", *min), pen.constant("median", *middle), pen.constant("max", *max)];
            let to = [pen.constant("low", *low), pen.constant("middle", *half), pen.constant("high", *high)];
            let piece = |at: usize, rises: bool| match rises {
                true => {
                    let share = format!("({x}-{})/({}-{})", from[at], from[at + 1], from[at]);
                    format!("{}+({}-{})*MAX(0,MIN(1,{share}))", to[at], to[at + 1], to[at])
                }
                false => to[at + 1].clone(),
            };
            let (first, second) = (piece(0, min < middle), piece(1, middle < max));
            within(&to[0], &to[2], format!("IF({x}<{},{first},{second})", from[1]))
        }
        Scale::Bands { limits, points } if limits.len() <= MOST_PIECES => {
            pen.say("bands");
            let worth = |at: usize| match lower {
                // The best band takes the points of the worst.
                true => points[points.len() - 1 - points.partition_point(|known| *known < points[at])],
                false => points[at],
            };
            let mut text = pen.numbered("band_points", 1, worth(0));
            for (at, limit) in limits.iter().enumerate() {
                let limit = pen.numbered("band_limit", at + 2, *limit);
                let own = pen.numbered("band_points", at + 2, worth(at + 1));
                text = format!("IF({x}>={limit},{own},{text})");
            }
            text
        }
        Scale::Treated(transform, inner) => {
            let treated = match transform {
                Transform::None => x.to_owned(),
                Transform::DrawIn { low, high } => {
                    pen.say("drawn_in");
                    let (low, high) = (pen.constant("least_left", *low), pen.constant("greatest_left", *high));
                    format!("MAX({low},MIN({high},{x}))")
                }
                Transform::Logarithm { min, max } => {
                    pen.say("logarithm");
                    let (min, max) = (pen.constant("column_min", *min), pen.constant("column_max", *max));
                    format!("LN(MAX({x},{min})-{min}+0.01*({max}-{min}))")
                }
            };
            formula(pen, inner, direction, &treated)?
        }
        Scale::Calibrated(curve) if (1..=MOST_PIECES).contains(&curve.knots.len()) => {
            of_hundred(calibrated(pen, curve, x))
        }
        Scale::Given => {
            pen.say("given");
            of_hundred(x.to_owned())
        }
        Scale::Bands { .. } | Scale::Calibrated(_) => return None,
    })
}

/// A share of 0–1 as a score between two.
fn between(pen: &mut Pen, [low, high]: [f64; 2], share: &str, within: impl Fn(&str, &str, String) -> String) -> String {
    let (low, high) = (pen.constant("low", low), pen.constant("high", high));
    within(&low, &high, format!("{low}+({high}-{low})*MAX(0,MIN(1,{share}))"))
}

/// Straight between the knots of a curve and beyond them, on the scale of its link.
fn calibrated(pen: &mut Pen, curve: &Curve, x: &str) -> String {
    pen.say(match curve.link {
        Link::Straight | Link::Share => "curve",
        Link::Normal => "curve_normal",
        Link::Exponential => "curve_exponential",
        Link::SquareRoot => "curve_square_root",
        Link::Logarithm => "curve_logarithm",
    });
    let knots: Vec<[String; 2]> = (curve.knots.iter().enumerate())
        .map(|(at, [raw, score])| [pen.numbered("knot", at + 1, *raw), pen.numbered("knot_score", at + 1, *score)])
        .collect();
    let slope = pen.constant("slope", curve.slope);
    let at = if curve.link == Link::Logarithm { format!("LN({x})") } else { x.to_owned() };
    let beyond = |[raw, score]: &[String; 2]| format!("{score}+{slope}*({at}-{raw})");
    let mut line = knots.last().map_or_else(|| "0".to_owned(), beyond);
    for pair in knots.windows(2).rev() {
        let ([low, of_low], [high, of_high]) = (&pair[0], &pair[1]);
        line = format!("IF({at}<{high},{of_low}+({of_high}-{of_low})*({at}-{low})/({high}-{low}),{line})");
    }
    if let Some(first) = knots.first() {
        line = format!("IF({at}<{},{},{line})", first[0], beyond(first));
    }
    let share = match curve.link {
        Link::Normal => format!("NORMSDIST({line})"),
        Link::Exponential => format!("1-EXP(0-MAX({line},0))"),
        Link::SquareRoot => format!("SQRT(MAX({line},0))"),
        Link::Logarithm => format!("IF({x}>0,{line},0)"),
        Link::Straight | Link::Share => line,
    };
    format!("MAX(0,MIN(100,100*({share})))")
}

/// Whether a value lies so near to one that it is held against, or the ends of a scale to each other, that a spreadsheet
/// might not tell them apart.
fn indistinct(scale: &Scale, raw: f64) -> bool {
    let alike = |one: f64, other: f64| one != other && (other - one).abs() <= TOO_NEAR * other.abs().max(one.abs());
    let near = |other: &f64| alike(*other, raw);
    match scale {
        Scale::Rank(values) | Scale::Place { values, .. } | Scale::Bands { limits: values, .. } => {
            values.iter().any(near)
        }
        Scale::Constant(value) => near(value),
        // Ends so near to each other have no difference there to divide by.
        Scale::Linear { min, max, .. } | Scale::LogLinear { min, max, .. } => alike(*min, *max),
        Scale::Stretched { from: [least, most], .. } => alike(*least, *most),
        Scale::TwoPiece { from: [min, middle, max], .. } => alike(*min, *middle) || alike(*middle, *max),
        Scale::Calibrated(curve) => curve.knots.windows(2).any(|pair| alike(pair[0][0], pair[1][0])),
        // A logarithm may differ in its last bits from program to program.
        Scale::Treated(Transform::Logarithm { .. }, inner) => {
            matches!(**inner, Scale::Rank(_) | Scale::Place { .. } | Scale::Bands { .. } | Scale::Constant(_))
        }
        Scale::Treated(transform, inner) => indistinct(inner, transform.apply(raw)),
        _ => false,
    }
}
