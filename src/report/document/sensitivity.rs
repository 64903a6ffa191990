//! How sure the ranks of an edition are: what was varied, what moves ranks, where each unit could stand, what its score
//! hangs on.

use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, Row, Table, TableCell};
use crate::model::report::{Argument, Phrase, Report, Text};
use crate::model::results::Results;
use crate::model::sensitivity::{Alternative, UncertainInput};
use crate::model::uncertainty::{TypeUncertainty, Uncertainty, UnitUncertainty, VariedInput};
use crate::report::charts::sensitivity as charts;
use crate::report::document::parts::{document, heading, say, score};

/// The document. Its numbers stand in the tables that the analysis writes beside it.
pub fn sensitivity(results: &Results, report: &Report, found: &Uncertainty) -> Document {
    let mut blocks = vec![
        Block::Paragraph(vec![say("sensitivity.intro").with("draws", Argument::Count(found.draws))]),
        heading(1, "sensitivity.varied"),
        varied(found),
    ];
    for of_type in &found.types {
        blocks.push(Block::Heading(1, Text::UnitTypes(of_type.unit_type.clone())));
        blocks.extend(shares(of_type));
        let title = say("sensitivity.could_stand");
        blocks.push(Block::Heading(2, title.into()));
        blocks.extend(charts::ranks(&report.units, found, of_type, report.invented).map(shown));
        blocks.push(ranks(report, of_type));
        blocks.push(Block::Note(vec![
            say("sensitivity.drawn_note"),
            match found.band {
                Some(band) => say("sensitivity.band_note").with("band", Argument::Share(band)),
                None => say("sensitivity.any_note"),
            },
            say("sensitivity.missing_note"),
        ]));
        let tornadoes = of_type.units.iter().filter_map(|unit| {
            let swings = (unit.score?, unit.swings.as_slice());
            Some(charts::tornado(&report.units, unit.unit, &found.edition.clone().into(), swings, report.invented))
        });
        let tornadoes: Vec<Block> = tornadoes.map(shown).collect();
        if !tornadoes.is_empty() {
            blocks.push(heading(2, "sensitivity.hangs_on"));
            blocks.extend(tornadoes);
        }
    }
    blocks.push(Block::Note(vec![say("sensitivity.tables")]));
    let title = say("sensitivity.title").with("edition", Argument::Text(found.edition.clone().into()));
    let subtitle = vec![
        results.assessment.institution.name.clone().into(),
        say("page.year").with("year", Argument::Year(report.year)).into(),
    ];
    document(results, "sensitivity".to_owned(), title.into(), subtitle, blocks)
}

fn shown(chart: crate::model::chart::Chart) -> Block {
    Block::Chart(Box::new(chart))
}

fn named(input: UncertainInput) -> TableCell {
    TableCell::text(Phrase::of("uncertain", input.as_str()))
}

/// Each input with its alternatives; those that cannot vary here say so.
fn varied(found: &Uncertainty) -> Block {
    let row = |varied: &VariedInput| {
        let mut rows: Vec<Row> = Vec::new();
        for (at, alternative) in varied.alternatives.iter().enumerate() {
            let told: Text = match alternative {
                Alternative::Named(name) => Phrase::of("alternative", name).into(),
                Alternative::Numbered(count) => {
                    say("sensitivity.drawn").with("n", Argument::Count(*count as u64)).into()
                }
            };
            let first = if at == 0 { named(varied.input) } else { TableCell::text(Text::Verbatim(String::new())) };
            rows.push(Row::of(vec![first, TableCell::text(told)]));
        }
        rows
    };
    let fixed = found.fixed.iter().map(|&input| Row::of(vec![named(input), TableCell::text(say("sensitivity.fixed"))]));
    Block::Table(Table {
        caption: None,
        columns: vec![Column::words(say("sensitivity.input"), 1), Column::words(say("sensitivity.alternatives"), 2)],
        rows: found.inputs.iter().flat_map(row).chain(fixed).collect(),
    })
}

/// What the moves of ranks are due to.
fn shares(of_type: &TypeUncertainty) -> Vec<Block> {
    let mut blocks = vec![heading(2, "sensitivity.moves")];
    let Some(first) = of_type.shares.first() else {
        blocks.push(Block::Paragraph(vec![say("sensitivity.alike")]));
        return blocks;
    };
    let row = |share: &crate::model::uncertainty::InputShare| {
        Row::of(vec![
            named(share.input),
            TableCell::Figure(share.alone, Figure::Raw),
            TableCell::Figure(share.with_others, Figure::Raw),
        ])
    };
    let most = Argument::Text(Phrase::of("uncertain", first.input.as_str()).into());
    blocks.push(Block::Paragraph(vec![say("sensitivity.most").with("input", most)]));
    blocks.push(Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("sensitivity.input"), 1),
            Column::figures(say("sensitivity.alone")),
            Column::figures(say("sensitivity.with_others")),
        ],
        rows: of_type.shares.iter().map(row).collect(),
    }));
    blocks.push(Block::Note(vec![say("sensitivity.shares_note")]));
    blocks
}

/// Ranks of each unit: the run's, those of the draws, the certified ones, those that missing scores leave open.
fn ranks(report: &Report, of_type: &TypeUncertainty) -> Block {
    let range = |ends: Option<(f64, f64)>| match ends {
        Some((low, high)) => TableCell::text(
            say("sensitivity.range")
                .with("low", Argument::Figure(low, Figure::Plain))
                .with("high", Argument::Figure(high, Figure::Plain)),
        ),
        None => TableCell::Absent,
    };
    let whole = |(best, worst): (u32, u32)| (f64::from(best), f64::from(worst));
    let row = |unit: &UnitUncertainty| {
        Row::of(vec![
            TableCell::text(report.units[unit.unit].name.clone()),
            score(unit.score),
            unit.rank.map_or(TableCell::Absent, TableCell::count),
            TableCell::figure(unit.drawn.map(|drawn| drawn.mean), Figure::Score),
            range(unit.drawn.map(|drawn| (drawn.low, drawn.high))),
            range(unit.certified.map(whole)),
            range(unit.bounds.map(|(best, worst, _)| whole((best, worst)))),
            unit.bounds.map_or(TableCell::Absent, |(_, _, missing)| TableCell::count(missing)),
        ])
    };
    let figures = ["word.score", "word.rank", "sensitivity.mean", "sensitivity.in_draws", "sensitivity.in_band"];
    let open = ["sensitivity.left_open", "sensitivity.missing"];
    let mut columns = vec![Column::words(say("word.unit"), 1)];
    columns.extend(figures.into_iter().chain(open).map(|key| Column::figures(say(key))));
    Block::Table(Table { caption: None, columns, rows: of_type.units.iter().map(row).collect() })
}
