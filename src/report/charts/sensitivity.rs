//! A tornado of one unit: how far each uncertain input by itself moves its total.

use crate::model::chart::{Chart, Drawing, Figure, Swing, Tornado};
use crate::model::report::{Argument, Phrase, ReportUnit, Text};
use crate::model::sensitivity::{Alternative, InputSwing};

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
        sources: vec!["composites.csv"],
        subtitle: vec![edition.clone(), Phrase::new("notice.style").into()],
        notes: vec![Phrase::new("chart.tornado_note").into()],
        invented,
        drawing: Drawing::Tornado(tornado),
    }
}
