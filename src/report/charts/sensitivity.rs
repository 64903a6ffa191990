//! A tornado of one unit: how far each uncertain input by itself moves its total.

use crate::model::chart::{Chart, Drawing, Figure, Swing, Tornado};
use crate::model::report::{Argument, Phrase, ReportUnit, Text};
use crate::model::sensitivity::UncertainInput;

/// What one input does while all others stay as the run has them.
#[derive(Debug, Clone, PartialEq)]
pub struct InputSwing {
    /// The input.
    pub input: UncertainInput,
    /// Name of the alternative with the least total, and that total.
    pub least: (Text, f64),
    /// Name of the alternative with the greatest total, and that total.
    pub greatest: (Text, f64),
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
        low: swing.least.clone(),
        high: swing.greatest.clone(),
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
        sources: vec!["sensitivity_scores.csv"],
        subtitle: vec![edition.clone(), Phrase::new("notice.style").into()],
        notes: vec![Phrase::new("chart.tornado_note").into()],
        invented,
        drawing: Drawing::Tornado(tornado),
    }
}
