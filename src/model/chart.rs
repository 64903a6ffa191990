//! The charts of a report in no language: what each draws, as plain data.

mod collaboration;
mod distribution;

use crate::model::report::{Argument, Phrase, Text};

pub use collaboration::{Network, Partner, Relation, Tile, TileMap};
pub use distribution::{Distribution, Dot};

/// A score of a heat map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatScore {
    /// 0–100.
    pub score: f64,
    /// Rests on less of its weight than the edition wants of a total.
    pub partial: bool,
}

/// A cell of a heat map; `None` could not be scored.
pub type HeatCell = Option<HeatScore>;

/// Units × groups as coloured cells, scores 0–100.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMap {
    /// Column heads.
    pub columns: Vec<Text>,
    /// Whether the first column is the total and is set apart.
    pub total: bool,
    /// Row heads and cells, one per column.
    pub rows: Vec<(Text, Vec<HeatCell>)>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it shows.
    pub label: Text,
    /// 0–100; `None` is said in words.
    pub value: Option<f64>,
    /// Low and high end of its interval.
    pub interval: Option<(f64, f64)>,
    /// Median of comparable units.
    pub median: Option<f64>,
    /// What is aimed at.
    pub target: Option<f64>,
    /// Said beside the value, or in its place.
    pub remark: Option<Phrase>,
}

/// Bars of one edition.
#[derive(Debug, Clone, PartialEq)]
pub struct BarPanel {
    /// The edition.
    pub title: Text,
    /// Overall score, where there is one.
    pub headline: Option<f64>,
    /// Rank, coverage.
    pub facts: Vec<Phrase>,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// A unit with its stacked contributions.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    /// The unit.
    pub label: Text,
    /// Points per part; empty where the unit has no total.
    pub parts: Vec<f64>,
    /// The total, or why there is none.
    pub total: Result<f64, Phrase>,
}

/// How the numbers of an axis are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// A score or points: one decimal.
    Score,
    /// Whole numbers.
    Count,
    /// A share 0–1 in percent.
    Share,
    /// Ratios and money: as many decimals as the size needs.
    Raw,
    /// Amounts and years as a sheet states them: no more decimals than they have, at most three.
    Plain,
}

/// A unit with its rank.
#[derive(Debug, Clone, PartialEq)]
pub struct RankRow {
    /// The unit.
    pub label: Text,
    /// Its rank, from 1; `None` is said in words.
    pub rank: Option<u32>,
    /// Best and worst rank that it could as well have had.
    pub interval: Option<(u32, u32)>,
}

/// Ranks with what they could have been.
#[derive(Debug, Clone, PartialEq)]
pub struct RankIntervals {
    /// How many are ranked.
    pub of: u32,
    /// The units in drawing order.
    pub rows: Vec<RankRow>,
}

/// From one total to another by its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// How the totals are written.
    pub figure: Figure,
    /// Where it begins.
    pub baseline: (Text, f64),
    /// What each part adds.
    pub parts: Vec<(Text, f64)>,
    /// Where it ends: the baseline and all parts.
    pub result: (Text, f64),
}

impl Waterfall {
    /// A waterfall that adds up: what the parts do not explain is a part of its own, named as such.
    pub fn new(figure: Figure, baseline: (Text, f64), mut parts: Vec<(Text, f64)>, result: (Text, f64)) -> Self {
        let sum = parts.iter().fold(baseline.1, |sum, (_, part)| sum + part);
        let rest = result.1 - sum;
        if rest.abs() > 1e-9 * result.1.abs().max(1.0) {
            parts.push((Phrase::new("chart.together").into(), rest));
        }
        Waterfall { figure, baseline, parts, result }
    }
}

/// How few papers hold the citations of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concentration {
    /// Citations of each paper, most cited first.
    pub citations: Vec<u64>,
}

impl Concentration {
    /// Citations of each paper in any order.
    pub fn new(mut citations: Vec<u64>) -> Self {
        citations.sort_unstable_by(|a, b| b.cmp(a));
        Concentration { citations }
    }

    /// All citations.
    pub fn total(&self) -> u64 {
        self.citations.iter().sum()
    }

    /// The fewest papers that hold at least half of the citations; `None` where there is no citation.
    pub fn half(&self) -> Option<u64> {
        let total = self.total();
        let mut held = 0;
        self.citations.iter().zip(1..).find_map(|(cited, papers)| {
            held += cited;
            (total > 0 && 2 * held >= total).then_some(papers)
        })
    }

    /// How few papers hold half of the citations, in one sentence.
    pub fn saying(&self) -> Phrase {
        match (self.half(), self.citations.len() as u64) {
            (None, _) => Phrase::new("chart.no_citations"),
            (Some(_), 1) => Phrase::new("chart.one_paper"),
            (Some(half), all) => {
                Phrase::new("chart.half_from").with("n", Argument::Count(half)).with("all", Argument::Count(all))
            }
        }
    }

    /// Papers that nobody has cited.
    pub fn uncited(&self) -> u64 {
        self.citations.iter().filter(|&&cited| cited == 0).count() as u64
    }
}

/// A year of a trend.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// Gregorian year.
    pub year: i32,
    /// The number; `None` leaves a gap.
    pub value: Option<f64>,
    /// Low and high end of its interval.
    pub interval: Option<(f64, f64)>,
    /// The year is not over, or its records are still coming in.
    pub incomplete: bool,
}

/// A number by year.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// What is counted.
    pub axis: Text,
    /// How it is written.
    pub figure: Figure,
    /// What the axis reaches at least, so that charts beside each other have the same scale.
    pub reach: f64,
    /// Ascending by year.
    pub points: Vec<TrendPoint>,
    /// Years from which on it is worked out in another way: values before and after are not joined.
    pub breaks: Vec<(i32, Text)>,
}

/// Something that can be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Bubble {
    /// What.
    pub label: Text,
    /// What it costs.
    pub cost: f64,
    /// What it brings.
    pub effect: f64,
    /// Its size: the area of the bubble.
    pub size: f64,
}

/// What costs how much and brings how much.
#[derive(Debug, Clone, PartialEq)]
pub struct Bubbles {
    /// The unit of costs.
    pub cost: Text,
    /// The unit of effects.
    pub effect: Text,
    /// What is done.
    pub bubbles: Vec<Bubble>,
}

/// A unit with its rank before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct SlopeLine {
    /// The unit.
    pub label: Text,
    /// Rank before.
    pub before: Option<u32>,
    /// Rank after.
    pub after: Option<u32>,
}

/// Ranks in two editions.
#[derive(Debug, Clone, PartialEq)]
pub struct Slope {
    /// The editions.
    pub editions: (Text, Text),
    /// The units.
    pub lines: Vec<SlopeLine>,
}

/// An input with what comes out at its ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// The input.
    pub label: Text,
    /// Name of one end and the outcome there.
    pub low: (Text, f64),
    /// Name of the other end and the outcome there.
    pub high: (Text, f64),
}

/// What moves a number how far.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// How the outcome is written.
    pub figure: Figure,
    /// The outcome as it is.
    pub base: f64,
    /// The inputs, what moves most first.
    pub swings: Vec<Swing>,
}

impl Tornado {
    /// Orders the inputs: the widest first, equals as they were given.
    pub fn new(figure: Figure, base: f64, mut swings: Vec<Swing>) -> Self {
        let width = |swing: &Swing| (swing.high.1 - swing.low.1).abs();
        swings.sort_by(|a, b| width(b).total_cmp(&width(a)));
        Tornado { figure, base, swings }
    }
}

/// The most that a budget can bring.
#[derive(Debug, Clone, PartialEq)]
pub struct Pareto {
    /// The unit of costs.
    pub cost: Text,
    /// The unit of effects.
    pub effect: Text,
    /// Best plans as cost and effect, ascending by cost.
    pub points: Vec<(f64, f64)>,
    /// Index of the plan that is proposed.
    pub chosen: Option<usize>,
    /// Other plans that were looked at, as cost and effect.
    pub others: Vec<(f64, f64)>,
}

/// What a chart draws.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawing {
    /// Units × groups.
    HeatMap(HeatMap),
    /// The bars of one unit, edition by edition.
    Bars(Vec<BarPanel>),
    /// Contributions to the overall composite: names of the parts, then the units.
    Stacks(Vec<Text>, Vec<Stack>),
    /// Ranks with what they could have been.
    RankIntervals(RankIntervals),
    /// From one total to another.
    Waterfall(Waterfall),
    /// How few papers hold the citations.
    Concentration(Concentration),
    /// A number by year.
    Trend(Trend),
    /// What costs how much and brings how much.
    Bubbles(Bubbles),
    /// Ranks in two editions.
    Slope(Slope),
    /// What moves a number how far.
    Tornado(Tornado),
    /// The most that a budget can bring.
    Pareto(Pareto),
    /// Where one unit stands among others.
    Distribution(Distribution),
    /// Joint papers by country.
    TileMap(TileMap),
    /// A unit and those whom it publishes with.
    Network(Network),
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// File name without folder and ending; ASCII, unique within the report.
    pub name: String,
    /// Index into [`crate::model::report::Report::units`] of the unit that it is about: it belongs to that unit's pack.
    /// `None` where it compares units.
    pub unit: Option<usize>,
    /// What it shows.
    pub title: Text,
    /// What to read from it, in one sentence.
    pub reading: Text,
    /// Tables of the run that hold its numbers, as file names.
    pub sources: Vec<&'static str>,
    /// Below the title, joined by a dot.
    pub subtitle: Vec<Text>,
    /// Below the drawing.
    pub notes: Vec<Text>,
    /// The institution does not exist: the chart says so.
    pub invented: bool,
    /// The drawing.
    pub drawing: Drawing,
}
