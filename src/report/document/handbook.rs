//! The indicator handbook of a unit: every indicator in plain words with the unit's own numbers.

use std::collections::BTreeSet;

use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, Row, Table, TableCell};
use crate::model::edition::{Edition, Indicator};
use crate::model::evidence_book::{EditionEvidence, EvidenceBook, IndicatorEvidence};
use crate::model::measure::{MeasureDefinition, WindowKind};
use crate::model::report::{Argument, EditionReport, Phrase, Text, UnitScores};
use crate::model::score::Score;
use crate::report::document::parts::{document, heading, raw, say, score};
use crate::report::levers;
use crate::report::material::Material;

/// Units named as nearest.
const NEAREST: usize = 3;

/// The handbook of a unit.
pub fn handbook(material: Material<'_>, unit: usize, book: &EvidenceBook) -> Document {
    let Material { results, report, .. } = material;
    let named = &report.units[unit];
    let name = Argument::Text(named.name.clone().into());
    let mut blocks = vec![Block::Paragraph(vec![say("handbook.intro"), say("handbook.intro_rounding")])];
    for (at, edition) in report.editions.iter().enumerate() {
        if let (Some((_, scores)), Some(evidence)) = (edition.of_unit(unit), book.editions.get(at)) {
            let chapter = Chapter { material, unit, at, edition, scores, evidence };
            if at > 0 {
                blocks.push(Block::PageBreak);
            }
            blocks.extend(chapter.blocks());
        }
    }
    blocks.extend(levers::blocks(material, &levers::useful(material, unit)));
    blocks.extend(what_counts(material, unit));
    let subtitle = vec![
        Text::UnitType(named.unit_type.clone()),
        say("page.year").with("year", Argument::Year(report.year)).into(),
    ];
    let title = say("handbook.title").with("unit", name).into();
    document(results, format!("packs/{}/handbook", named.slug), title, subtitle, blocks)
}

/// What each measure of the scored indicators counts and what not, once for all that ask for it.
fn what_counts(material: Material<'_>, unit: usize) -> Vec<Block> {
    let mut asked = BTreeSet::new();
    for (edition, method) in material.report.editions.iter().zip(&material.results.editions) {
        let Some((_, scores)) = edition.of_unit(unit) else { continue };
        let scored = method.indicators.iter().zip(&scores.scores).filter(|(_, cell)| cell.score.is_some());
        asked.extend(scored.flat_map(|(indicator, _)| indicator.value.measures()));
    }
    let asked = material.results.definitions.iter().filter(|measure| asked.contains(measure.code.as_str()));
    let row = |measure: &MeasureDefinition| {
        Row::of(vec![TableCell::text(measure.name.clone()), TableCell::text(measure.definition.clone())])
    };
    let rows: Vec<Row> = asked.map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = vec![Column::words(say("handbook.measure"), 2), Column::words(say("handbook.definition"), 5)];
    vec![heading(1, "handbook.what_counts"), Block::Table(Table { caption: None, columns, rows })]
}

/// One edition of a handbook.
struct Chapter<'a> {
    material: Material<'a>,
    unit: usize,
    at: usize,
    edition: &'a EditionReport,
    scores: &'a UnitScores,
    evidence: &'a EditionEvidence,
}

impl Chapter<'_> {
    fn method(&self) -> &Edition {
        &self.material.results.editions[self.at]
    }

    fn blocks(&self) -> Vec<Block> {
        let edition = self.edition;
        let mut blocks = vec![Block::Heading(1, edition.name.clone().into())];
        blocks.push(Block::Note(vec![
            say("handbook.windows")
                .with("publications", Argument::Years(edition.publications))
                .with("citations", Argument::Years(edition.citations))
                .with("institutional", Argument::Year(edition.institutional)),
            say("handbook.floor").with("share", Argument::Share(edition.coverage_floor)),
            say("handbook.style"),
        ]));
        blocks.push(self.groups());
        let mut left_out = Vec::new();
        for (place, cell) in self.scores.scores.iter().enumerate() {
            match cell.score {
                Some(points) => blocks.extend(self.indicator(place, cell, points)),
                None => left_out.push(place),
            }
        }
        if !left_out.is_empty() {
            blocks.push(heading(2, "handbook.not_scored"));
            blocks.push(self.not_scored(&left_out));
        }
        blocks
    }

    /// Scores of the groups beside the medians of the type.
    fn groups(&self) -> Block {
        let edition = self.edition;
        let comparison = edition.of_unit(self.unit).map(|(comparison, _)| comparison);
        let row = |group: usize| {
            let composite = &self.scores.groups[group];
            let median = comparison.and_then(|comparison| comparison.group_medians[group]);
            Row::of(vec![
                TableCell::text(edition.groups[group].name.clone()),
                TableCell::Figure(edition.groups[group].weight, Figure::Score),
                composite.score.map_or(TableCell::Absent, |score| TableCell::Bullet { score, median }),
                score(median),
                TableCell::Figure(composite.coverage, Figure::Share),
            ])
        };
        let mut rows: Vec<Row> = edition.top_groups().into_iter().map(row).collect();
        if edition.overall {
            let overall = &self.scores.overall;
            let median = comparison.and_then(|comparison| comparison.median);
            rows.push(Row {
                strong: true,
                cells: vec![
                    TableCell::text(say("word.overall")),
                    TableCell::Text(Text::Verbatim(String::new())),
                    overall.score.map_or(TableCell::Absent, |score| TableCell::Bullet { score, median }),
                    score(median),
                    TableCell::Figure(overall.coverage, Figure::Share),
                ],
            });
        }
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("handbook.group"), 6),
                Column::figures(say("word.weight")),
                Column::words(say("word.score"), 5),
                Column::figures(say("word.median")),
                Column::figures(say("word.coverage")),
            ],
            rows,
        })
    }

    fn indicator(&self, place: usize, cell: &Score, points: f64) -> Vec<Block> {
        let indicator = &self.method().indicators[place];
        let Some(evidence) = self.evidence.indicators.get(place) else { return Vec::new() };
        let mut blocks = vec![Block::Heading(2, indicator.name.clone().into())];
        let mut sentences = vec![say("handbook.weighs").with("weight", Argument::Number(indicator.weight))];
        sentences.extend(self.movers(indicator));
        blocks.push(Block::Paragraph(sentences));
        let mut example = self.measures(indicator);
        example.extend(self.worked(indicator, evidence, cell, points));
        blocks.push(Block::Paragraph(example));
        let nearest = self.nearest(place, cell);
        if !nearest.is_empty() {
            blocks.push(Block::Paragraph(nearest));
        }
        let mut notes = vec![
            Phrase::new("handbook.fidelity")
                .with("fidelity", Argument::Text(self.edition.indicators[place].fidelity.clone().into())),
        ];
        if !indicator.note.0.is_empty() {
            notes.push(say("handbook.note").with("note", Argument::Text(indicator.note.clone().into())));
        }
        blocks.push(Block::Note(notes));
        blocks
    }

    fn definitions(&self, indicator: &Indicator) -> Vec<&MeasureDefinition> {
        let codes = indicator.value.measures();
        let known = &self.material.results.definitions;
        codes.iter().filter_map(|code| known.iter().find(|definition| definition.code == *code)).collect()
    }

    /// The unit's own value of each measure of the formula.
    fn measures(&self, indicator: &Indicator) -> Vec<Phrase> {
        let told = |definition: &&MeasureDefinition| {
            let key = self.method().measure_key(definition);
            let value = self.material.results.measures.get(self.unit, &key).and_then(|cell| cell.value);
            let name = Argument::Text(definition.name.clone().into());
            match value {
                Some(value) => {
                    say("handbook.measured").with("name", name).with("value", Argument::Figure(value, Figure::Raw))
                }
                None => say("handbook.unmeasured").with("name", name),
            }
        };
        self.definitions(indicator).iter().map(told).collect()
    }

    /// Who can move it: by what its measures are counted from.
    fn movers(&self, indicator: &Indicator) -> Vec<Phrase> {
        let mut kinds: Vec<&'static str> = self
            .definitions(indicator)
            .iter()
            .map(|definition| match definition.window {
                WindowKind::Publications | WindowKind::LastPublicationYear => "handbook.move_papers",
                WindowKind::Institutional => "handbook.move_institutional",
                WindowKind::EditionYear => "handbook.move_awards",
                WindowKind::Patents => "handbook.move_patents",
            })
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.into_iter().map(say).collect()
    }

    /// The worked example: numerator, denominator, value, comparison, score, points.
    fn worked(&self, indicator: &Indicator, evidence: &IndicatorEvidence, cell: &Score, points: f64) -> Vec<Phrase> {
        let mut sentences = Vec::new();
        let raw_value = cell.raw.map(|value| Argument::Figure(value, Figure::Raw));
        if let (Some(value), Some(above), Some(below)) = (raw_value.clone(), evidence.numerator, evidence.denominator) {
            sentences.push(
                say("handbook.divided")
                    .with("numerator", Argument::Figure(above, Figure::Raw))
                    .with("denominator", Argument::Figure(below, Figure::Raw))
                    .with("value", value),
            );
        } else if let Some(value) = raw_value {
            sentences.push(say("handbook.value").with("value", value));
        }
        if let Some(compared) = &evidence.compared_with {
            sentences.push(say("handbook.compared").with("with", Argument::Text(compared.clone().into())));
        }
        let result = match cell.contribution {
            Some(contribution) => {
                say("handbook.score_and_points").with("points", Argument::Figure(contribution, Figure::Score))
            }
            None => say("handbook.score"),
        };
        sentences.push(result.with("score", Argument::Score(points)));
        if let Some(rank) = cell.rank.filter(|_| cell.of > 1) {
            sentences.push(
                say("handbook.rank")
                    .with("rank", Argument::Count(rank.into()))
                    .with("of", Argument::Count(cell.of.into()))
                    .with("units", Argument::Text(Text::UnitTypes(self.unit_type().to_owned()))),
            );
        }
        let of_type = self.material.results.type_indicators.iter().find(|row| {
            row.edition == self.edition.id && row.unit_type == self.unit_type() && row.indicator == indicator.code
        });
        if let Some(row) = of_type {
            sentences.push(
                say("handbook.of_type")
                    .with("units", Argument::Text(Text::UnitTypes(self.unit_type().to_owned())))
                    .with("median", Argument::Figure(row.median, Figure::Raw))
                    .with("quarter", Argument::Figure(row.best_quarter, Figure::Raw)),
            );
        }
        sentences
    }

    fn unit_type(&self) -> &str {
        &self.material.report.units[self.unit].unit_type
    }

    /// The units of the type whose values lie nearest.
    fn nearest(&self, place: usize, cell: &Score) -> Vec<Phrase> {
        let (Some(own), Some((comparison, _))) = (cell.raw, self.edition.of_unit(self.unit)) else {
            return Vec::new();
        };
        let mut others: Vec<(f64, usize, f64)> = comparison
            .rows
            .iter()
            .filter(|row| row.unit != self.unit)
            .filter_map(|row| row.scores[place].raw.map(|value| ((value - own).abs(), row.unit, value)))
            .collect();
        others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut sentences = Vec::new();
        for (_, unit, value) in others.into_iter().take(NEAREST) {
            let key = if sentences.is_empty() { "handbook.nearest" } else { "handbook.nearest_next" };
            sentences.push(
                say(key)
                    .with("unit", Argument::Text(self.material.report.units[unit].name.clone().into()))
                    .with("value", Argument::Figure(value, Figure::Raw)),
            );
        }
        sentences
    }

    /// Indicators without a score, each with its reason.
    fn not_scored(&self, places: &[usize]) -> Block {
        let row = |&place: &usize| {
            let cell = &self.scores.scores[place];
            let reason = self.evidence.indicators.get(place).and_then(|evidence| evidence.reason.clone());
            let status = Phrase::of("status", cell.status.as_str());
            Row::of(vec![
                TableCell::text(self.edition.indicators[place].name.clone()),
                TableCell::Figure(self.edition.indicators[place].weight, Figure::Score),
                raw(cell.raw),
                TableCell::text(reason.unwrap_or(status)),
            ])
        };
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("word.indicator"), 3),
                Column::figures(say("word.weight")),
                Column::figures(say("word.raw")),
                Column::words(say("word.reason"), 2),
            ],
            rows: places.iter().map(row).collect(),
        })
    }
}
