//! What one more of each lever brings.

use super::{Seen, from};
use crate::model::chart::Figure;
use crate::model::document::{Column, Table};
use crate::model::presentation::{Part, ROWS, Slide};
use crate::model::report::{Argument, Phrase};
use crate::report::levers;

/// The slide; nothing where the run did not ask what levers are worth, or none brings anything.
pub fn slide(seen: &Seen<'_>) -> Option<Slide> {
    let best = levers::best(seen.material, seen.index.0 as usize, ROWS);
    let first = best.first()?;
    let title = Phrase::new("briefing.levers")
        .with("lever", Argument::Text(levers::lever(first).into()))
        .with("change", Argument::Change(first.change?, Figure::Raw))
        .with("moved", Argument::Text(levers::moved(seen.material, first).into()));
    let table = levers::table(seen.material, &best);
    let columns = table.columns.into_iter().map(|column| Column { width: column.width.max(2), ..column });
    let table = Table { caption: Some(title.clone().into()), columns: columns.collect(), ..table };
    Some(Slide {
        title,
        parts: vec![Part::Table(table)],
        notes: vec![Phrase::new("unit_card.levers_note"), from("levers.csv")],
    })
}
