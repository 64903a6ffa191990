//! What one more of a lever brings a unit, as card, handbook and briefing tell it.

use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Row, Table, TableCell};
use crate::model::lever_worth::LeverWorth;
use crate::model::report::{Argument, Phrase, Text};
use crate::report::document::parts::{heading, say, short};
use crate::report::material::Material;

/// The levers that bring the unit something by an edition, the most useful first; nothing where the run did not ask.
pub fn useful(material: Material<'_>, unit: usize) -> Vec<&LeverWorth> {
    let id = &material.report.units[unit].id;
    let brings = |worth: &&LeverWorth| worth.unit == *id && worth.change.is_some_and(|change| change > 0.0);
    let mut found: Vec<&LeverWorth> = material.results.levers.iter().filter(brings).collect();
    let change = |worth: &LeverWorth| worth.change.unwrap_or(0.0);
    found.sort_by(|a, b| {
        change(b).total_cmp(&change(a)).then_with(|| (&a.lever, &a.edition).cmp(&(&b.lever, &b.edition)))
    });
    found
}

/// The first of these, each lever by the edition in which it brings most.
pub fn best(material: Material<'_>, unit: usize, most: usize) -> Vec<&LeverWorth> {
    let mut best = useful(material, unit);
    let mut seen: Vec<&str> = Vec::new();
    best.retain(|worth| {
        let first = !seen.contains(&worth.lever.as_str());
        seen.push(&worth.lever);
        first
    });
    best.truncate(most);
    best
}

/// These as blocks of a document with their heading and what to know; nothing for none.
pub fn blocks(material: Material<'_>, levers: &[&LeverWorth]) -> Vec<Block> {
    if levers.is_empty() {
        return Vec::new();
    }
    let table = Block::Table(table(material, levers));
    vec![heading(1, "unit_card.levers"), table, Block::Note(vec![say("unit_card.levers_note")])]
}

/// Lever, what it brings, what it moves.
pub fn table(material: Material<'_>, levers: &[&LeverWorth]) -> Table {
    let row = |worth: &&LeverWorth| {
        let change = TableCell::change(worth.change, Figure::Raw);
        Row::of(vec![TableCell::text(lever(worth)), change, TableCell::text(moved(material, worth))])
    };
    Table {
        caption: None,
        columns: vec![
            Column::words(say("unit_card.lever_amount"), 6),
            Column::figures(say("unit_card.lever_change")),
            Column::words(say("unit_card.lever_target"), 5),
        ],
        rows: levers.iter().map(row).collect(),
    }
}

/// A lever with its amount.
pub fn lever(worth: &LeverWorth) -> Phrase {
    say("unit_card.lever")
        .with("lever", Argument::Text(worth.name.clone().into()))
        .with("amount", Argument::Change(worth.amount, Figure::Plain))
        .with("of", Argument::Text(worth.of.clone().into()))
}

/// The total or the group that it moves, and in which edition.
pub fn moved(material: Material<'_>, worth: &LeverWorth) -> Phrase {
    let edition = material.report.editions.iter().find(|edition| edition.id == worth.edition);
    let group = edition.and_then(|edition| edition.groups.iter().find(|group| group.code == worth.target));
    let target = group.map_or_else(|| say("word.overall").into(), |group| Text::Names(group.name.clone()));
    say("unit_card.indicator")
        .with("name", Argument::Text(target))
        .with("edition", Argument::Text(short(&worth.edition)))
}
