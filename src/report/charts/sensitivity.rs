//! Ranks over all draws of a sensitivity analysis, and a tornado of one unit: how far each uncertain input by itself moves
//! its total.

use crate::model::chart::{Chart, Drawing, Figure, RankIntervals, RankRow, Swing, Tornado};
use crate::model::report::{Argument, Phrase, ReportUnit, Text};
use crate::model::sensitivity::{Alternative, InputSwing};
use crate::model::uncertainty::{TypeUncertainty, Uncertainty, UnitUncertainty};

/// An alternative in words.
fn alternative(alternative: &Alternative) -> Text {
    match alternative {
        Alternative::Named(name) => Phrase::of("alternative", name).into(),
        Alternative::Numbered(number) => Phrase::new("chart.drawn").with("n", Argument::Count(*number as u64)).into(),
    }
}

/// The tornado of a unit: `total` as the run has it, the inputs with what comes out at their ends.
pub fn tornado(
    units: &[ReportUnit],
    unit: usize,
    edition: &Text,
    (total, swings): (f64, &[InputSwing]),
    invented: bool,
) -> Chart {
    let named = &units[unit];
    let swing = |swing: &InputSwing| Swing {
        label: Phrase::of("uncertain", swing.input.as_str()).into(),
        low: (alternative(&swing.least.0), swing.least.1),
        high: (alternative(&swing.greatest.0), swing.greatest.1),
    };
    let tornado = Tornado::new(Figure::Score, total, swings.iter().map(swing).collect());
    let reading = match tornado.swings.first() {
        None => Phrase::new("chart.nothing_moves"),
        Some(widest) => Phrase::new("chart.tornado_reading")
            .with("input", Argument::Text(widest.label.clone()))
            .with("low", Argument::Score(widest.low.1.min(widest.high.1)))
            .with("high", Argument::Score(widest.low.1.max(widest.high.1))),
    };
    Chart {
        name: format!("sensitivity-{}", named.slug),
        unit: Some(unit),
        title: Phrase::new("chart.tornado").with("unit", named.argument()).into(),
        reading: reading.into(),
        sources: vec!["sensitivity_swings.csv"],
        subtitle: vec![edition.clone(), Phrase::new("notice.style").into()],
        notes: vec![Phrase::new("chart.tornado_note").into()],
        invented,
        drawing: Drawing::Tornado(tornado),
    }
}

/// Ranks of units of a type, each with those of nine draws in ten; nothing for fewer than two units with a rank.
pub fn ranks(units: &[ReportUnit], found: &Uncertainty, of_type: &TypeUncertainty, invented: bool) -> Option<Chart> {
    let row = |unit: &UnitUncertainty| RankRow {
        label: units[unit.unit].text(),
        rank: unit.rank,
        interval: unit.drawn.map(|drawn| (drawn.low.floor() as u32, drawn.high.ceil() as u32)),
    };
    let rows: Vec<RankRow> = of_type.units.iter().map(row).collect();
    let of = rows.iter().filter(|row| row.rank.is_some()).count() as u32;
    if of < 2 {
        return None;
    }
    let open = rows.iter().filter(|row| row.interval.is_some_and(|(best, worst)| best < worst)).count() as u64;
    let plural = Argument::Text(Text::UnitTypes(of_type.unit_type.clone()));
    let reading = Phrase::new("chart.ranks_open").with("n", Argument::Count(open));
    Some(Chart {
        name: format!("sensitivity-ranks-{}", of_type.unit_type),
        unit: None,
        title: Phrase::new("chart.rank_draws").with("units", plural).into(),
        reading: reading.with("of", Argument::Count(of.into())).into(),
        sources: vec!["sensitivity_ranks.csv"],
        subtitle: vec![found.edition.clone().into(), Phrase::new("notice.style").into()],
        notes: vec![Phrase::new("chart.rank_draws_note").into()],
        invented,
        drawing: Drawing::RankIntervals(RankIntervals { of, rows }),
    })
}
