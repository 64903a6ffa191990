//! The unit's papers: how many a year, and how few hold the citations.

use super::{Seen, from};
use crate::model::chart::{Chart, Drawing, Figure, TrendPoint};
use crate::model::presentation::{Part, Slide};
use crate::model::report::{Argument, Phrase};

/// Trend and concentration; one slide that says so where the unit has no paper.
pub fn slides(seen: &Seen<'_>) -> Vec<Slide> {
    let slug = &seen.named.slug;
    let trend = seen.chart(&format!("trend-{slug}")).and_then(trend);
    let Some(trend) = trend else { return vec![nothing(seen)] };
    let concentration = seen.chart(&format!("concentration-{slug}")).and_then(concentration);
    std::iter::once(trend).chain(concentration).collect()
}

fn nothing(seen: &Seen<'_>) -> Slide {
    let window = seen.material.results.assessment.publication_window();
    let point = |key: &'static str| vec![Phrase::new(key)];
    Slide {
        title: Phrase::new("briefing.no_papers").with("unit", seen.name()).with("years", Argument::Years(window)),
        parts: vec![Part::Points(
            ["briefing.no_papers_names", "briefing.no_papers_staff", "briefing.no_papers_excluded"].map(point).to_vec(),
        )],
        notes: vec![from("credits.csv, excluded.csv, review.csv")],
    }
}

fn trend(chart: &Chart) -> Option<Slide> {
    let Drawing::Trend(trend) = &chart.drawing else { return None };
    let count = |point: &TrendPoint| point.value.map(|value| (point.year, value as u64));
    let whole: Vec<(i32, u64)> = trend.points.iter().filter(|point| !point.incomplete).filter_map(count).collect();
    let all: Vec<(i32, u64)> = trend.points.iter().filter_map(count).collect();
    let (&(from_year, before), &(year, now)) = (whole.first()?, whole.last()?);
    let most = all.iter().copied().max_by_key(|&(year, count)| (count, -year))?;
    let title = Phrase::new("briefing.trend")
        .with("now", Argument::Count(now))
        .with("year", Argument::Year(year))
        .with("change", Argument::Change(now as f64 - before as f64, Figure::Count))
        .with("before", Argument::Year(from_year));
    let total = all.iter().map(|(_, count)| count).sum();
    let points = vec![
        vec![
            Phrase::new("briefing.papers_in_all")
                .with("n", Argument::Count(total))
                .with("from", Argument::Year(all.first()?.0))
                .with("to", Argument::Year(all.last()?.0)),
        ],
        vec![
            Phrase::new("briefing.most_papers").with("year", Argument::Year(most.0)).with("n", Argument::Count(most.1)),
        ],
    ];
    Some(with_chart(title, chart, points))
}

fn concentration(chart: &Chart) -> Option<Slide> {
    let Drawing::Concentration(papers) = &chart.drawing else { return None };
    let count = |count: usize| Argument::Count(count as u64);
    let all = papers.citations.len();
    let title = match papers.half() {
        Some(_) if all == 1 => Phrase::new("chart.one_paper"),
        Some(half) => Phrase::new("chart.half_from").with("n", Argument::Count(half)).with("all", count(all)),
        None => Phrase::new("chart.no_citations"),
    };
    let mut points = vec![
        vec![Phrase::new("briefing.citations").with("n", Argument::Count(papers.total())).with("papers", count(all))],
        vec![Phrase::new("chart.uncited").with("n", Argument::Count(papers.uncited()))],
    ];
    if let Some(&most) = papers.citations.first().filter(|&&most| most > 0) {
        points.push(vec![Phrase::new("briefing.most_cited").with("n", Argument::Count(most))]);
    }
    Some(with_chart(title, chart, points))
}

fn with_chart(title: Phrase, chart: &Chart, points: Vec<Vec<Phrase>>) -> Slide {
    Slide {
        title,
        parts: vec![Part::Chart(Box::new(chart.clone())), Part::Points(points)],
        notes: vec![from("publications.csv, credits.csv")],
    }
}
