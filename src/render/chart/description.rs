//! A chart in words: what a screen reader says in place of the picture, number by number.

use crate::model::chart::{Bar, Chart, Drawing, Figure, Partner};
use crate::model::report::{Argument, Phrase, Text};
use crate::render::number::ABSENT;
use crate::render::phrases::Words;

/// Longer lists are cut: all numbers are in the tables.
const MOST: usize = 60;

/// Title, subtitle and the numbers of a chart.
pub fn description(chart: &Chart, words: &Words) -> String {
    let mut parts: Vec<String> = chart.subtitle.iter().map(|text| words.text(text)).collect();
    let mut numbers = numbers(&chart.drawing, words);
    if numbers.len() > MOST {
        numbers.truncate(MOST);
        numbers.push("…".to_owned());
    }
    parts.extend(numbers);
    parts.join(if words.right_to_left { "؛ " } else { "; " })
}

fn numbers(drawing: &Drawing, words: &Words) -> Vec<String> {
    let said = |label: &Text, number: String| format!("{}: {number}", words.text(label));
    let optional = |value: Option<f64>| value.map_or_else(|| ABSENT.to_owned(), |value| words.score(value));
    let pair = |(a, b): (f64, f64)| format!("{} → {}", words.figure(a, Figure::Raw), words.figure(b, Figure::Raw));
    let range = |value: String, interval: Option<(String, String)>| match interval {
        Some((low, high)) => format!("{value} ({low}–{high})"),
        None => value,
    };
    match drawing {
        Drawing::HeatMap(map) => {
            let row = |(label, cells): &(Text, Vec<crate::model::chart::HeatCell>)| {
                let cells: Vec<String> = cells.iter().map(|cell| optional(cell.map(|cell| cell.score))).collect();
                said(label, cells.join(", "))
            };
            map.rows.iter().map(row).collect()
        }
        Drawing::Bars(panels) => {
            let bar = |bar: &Bar| {
                let interval = bar.interval.map(|(low, high)| (words.score(low), words.score(high)));
                let mut text = said(&bar.label, range(optional(bar.value), bar.value.and(interval)));
                if let Some(median) = bar.median {
                    text.push_str(&format!(", {} {}", words.word("word.median"), words.score(median)));
                }
                text
            };
            let panel = panels.iter().map(|panel| {
                std::iter::once(words.text(&panel.title)).chain(panel.bars.iter().map(bar)).collect::<Vec<_>>()
            });
            panel.flatten().collect()
        }
        Drawing::Stacks(_, stacks) => {
            stacks.iter().map(|stack| said(&stack.label, optional(stack.total.clone().ok()))).collect()
        }
        Drawing::RankIntervals(ranks) => {
            let count = |rank: u32| words.count(u64::from(rank));
            let row = ranks.rows.iter().map(|row| {
                let rank = row.rank.map_or_else(|| words.word("chart.no_rank"), count);
                said(&row.label, range(rank, row.interval.map(|(best, worst)| (count(best), count(worst)))))
            });
            row.collect()
        }
        Drawing::Waterfall(fall) => {
            let total = |(label, value): &(Text, f64)| said(label, words.figure(*value, fall.figure));
            let part = |(label, value): &(Text, f64)| said(label, words.signed(*value, fall.figure));
            let parts = fall.parts.iter().map(part);
            std::iter::once(total(&fall.baseline)).chain(parts).chain([total(&fall.result)]).collect()
        }
        Drawing::Concentration(papers) => match papers.half() {
            Some(_) => {
                let uncited = Phrase::new("chart.uncited").with("n", Argument::Count(papers.uncited()));
                vec![words.say(&papers.saying()), words.say(&uncited)]
            }
            None => vec![words.word("chart.no_citations")],
        },
        Drawing::Trend(trend) => {
            let point = trend.points.iter().map(|point| {
                let value = point.value.map_or_else(|| ABSENT.to_owned(), |value| words.figure(value, trend.figure));
                let end = |value| words.figure(value, trend.figure);
                let interval = point.interval.map(|(low, high)| (end(low), end(high)));
                format!("{}: {}", words.digits(&point.year.to_string()), range(value, interval))
            });
            let breaks = trend
                .breaks
                .iter()
                .map(|(year, why)| format!("{}: {}", words.digits(&year.to_string()), words.text(why)));
            point.chain(breaks).collect()
        }
        Drawing::Bubbles(chart) => {
            chart.bubbles.iter().map(|bubble| said(&bubble.label, pair((bubble.cost, bubble.effect)))).collect()
        }
        Drawing::Slope(slope) => {
            let rank = |rank: Option<u32>| rank.map_or_else(|| ABSENT.to_owned(), |rank| words.count(u64::from(rank)));
            let line = |line: &crate::model::chart::SlopeLine| {
                said(&line.label, format!("{} → {}", rank(line.before), rank(line.after)))
            };
            slope.lines.iter().map(line).collect()
        }
        Drawing::Tornado(tornado) => {
            let end = |(name, outcome): &(Text, f64)| said(name, words.figure(*outcome, tornado.figure));
            let swing = |swing: &crate::model::chart::Swing| {
                said(&swing.label, format!("{}, {}", end(&swing.low), end(&swing.high)))
            };
            tornado.swings.iter().map(swing).collect()
        }
        Drawing::Pareto(pareto) => pareto.points.iter().map(|&point| pair(point)).collect(),
        Drawing::Distribution(units) => {
            let number = |value| words.figure(value, units.figure);
            let own = std::iter::once(words.say(&units.saying()));
            let interval = units
                .interval
                .map(|(low, high)| format!("{} {}–{}", words.word("word.interval"), number(low), number(high)));
            let median = units.median.map(|median| format!("{} {}", words.word("word.median"), number(median)));
            let dots = units.dots.iter().map(|dot| said(&dot.label, number(dot.value)));
            own.chain(interval).chain(median).chain(dots).collect()
        }
        Drawing::TileMap(map) => {
            let home = map.home.and_then(|home| map.tiles.get(home)).map(|home| (&home.country, home.papers));
            home.into_iter().chain(map.abroad()).map(|(country, papers)| said(country, words.count(papers))).collect()
        }
        Drawing::Network(network) => {
            let name = |partner: &Partner| match &partner.place {
                Some(place) => format!("{} ({})", words.text(&partner.label), words.text(place)),
                None => words.text(&partner.label),
            };
            let partners = network.partners.iter();
            let partners = partners.map(|partner| format!("{}: {}", name(partner), words.count(partner.papers)));
            let between = network.between.iter().filter_map(|&(one, other, papers)| {
                let label = |index: usize| network.partners.get(index).map(|partner| words.text(&partner.label));
                Some(format!("{} – {}: {}", label(one)?, label(other)?, words.count(papers)))
            });
            partners.chain(between).collect()
        }
    }
}
