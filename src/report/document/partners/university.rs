//! The report on international relations of the university.

use super::{abroad, agreements, candidates, counted, country_cell, figured, ties};
use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, Row, Table, TableCell};
use crate::model::partners::Partners;
use crate::model::partners::agreement_state::{AgreementState, Step};
use crate::model::partners::candidate::Candidate;
use crate::model::partners::desk::TOTAL;
use crate::model::partners::tie::{PartnerKind, Tie};
use crate::model::report::{Argument, Text};
use crate::model::unit::UNIVERSITY;
use crate::report::document::parts::{document, heading, say};
use crate::report::material::Material;

/// Countries, partners and agreements that are shown at most; all are in the tables.
const LISTED: usize = 15;

/// The report.
pub fn university(material: Material<'_>, partners: &Partners) -> Document {
    let Material { results, report, .. } = material;
    let mut blocks = Vec::new();
    if let Some(total) = partners.desks.iter().find(|desk| desk.country == TOTAL) {
        blocks.push(Block::KeyFigures(vec![
            counted("partners.in_force", total.in_force),
            counted("partners.dormant", total.dormant),
            counted("partners.ends_soon", total.ends_soon),
            counted("partners.to_sign", total.sign),
        ]));
    }
    let own = report.units.iter().find(|unit| unit.unit_type == UNIVERSITY).map(|unit| unit.id.as_str());
    if let Some(network) = partners.networks.iter().find(|network| Some(network.unit.as_str()) == own) {
        blocks.push(Block::KeyFigures(vec![
            figured("partners.international_share", network.international_share, Figure::Share, None),
            counted("partners.countries", network.countries),
            counted("partners.sustained", network.sustained),
            figured("partners.index", Some(network.index), Figure::Raw, None),
        ]));
    }
    let as_of = say("partners.as_of").with("day", Argument::Day(partners.day));
    blocks.push(Block::Note(vec![as_of, say("partners.states_note")]));
    blocks.push(heading(1, "partners.desks"));
    blocks.push(desks(partners));
    for (step, head) in [
        (Step::Renew, "partners.renew"),
        (Step::Sign, "partners.sign"),
        (Step::ReviveOrClose, "partners.revive"),
        (Step::Close, "partners.close"),
        (Step::Identify, "partners.identify"),
    ] {
        blocks.extend(to_do(partners, step, head));
    }
    if let Some(unit) = own {
        let countries: Vec<&Tie> = abroad(partners, unit, PartnerKind::Country).take(LISTED).collect();
        let institutions: Vec<&Tie> = abroad(partners, unit, PartnerKind::Institution).take(LISTED).collect();
        if !countries.is_empty() {
            blocks.push(heading(1, "partners.by_country"));
            blocks.push(ties(&countries, false));
        }
        if !institutions.is_empty() {
            blocks.push(heading(1, "partners.by_institution"));
            blocks.push(ties(&institutions, true));
        }
        blocks.push(Block::Note(vec![say("partners.ties_note")]));
        let found: Vec<&Candidate> = partners.candidates.iter().filter(|row| row.unit == unit).take(LISTED).collect();
        if !found.is_empty() {
            blocks.push(heading(1, "partners.candidates"));
            blocks.push(candidates(&found));
            blocks.push(Block::Note(vec![say("partners.candidates_note")]));
        }
    }
    blocks.push(heading(1, "partners.limits"));
    let limits = ["limit_names", "limit_sector", "limit_years", "limit_policy", "limit_technology"];
    let item = |key: &str| vec![crate::model::report::Phrase::of("partners", key)];
    blocks.push(Block::List { numbered: false, items: limits.into_iter().map(item).collect() });
    let subtitle: Vec<Text> = vec![
        results.assessment.institution.name.clone().into(),
        say("page.year").with("year", Argument::Year(report.year)).into(),
    ];
    document(results, "international".to_owned(), say("partners.title").into(), subtitle, blocks)
}

/// Country desks: the countries with most papers or agreements.
fn desks(partners: &Partners) -> Block {
    let rows = partners.desks.iter().filter(|desk| desk.country != TOTAL && !desk.country.is_empty()).take(LISTED);
    let row = |desk: &crate::model::partners::desk::Desk| {
        let counts = [
            desk.papers,
            desk.in_force,
            desk.dormant,
            desk.ends_soon,
            desk.renew,
            desk.sign,
            desk.visits_in,
            desk.visits_out,
        ];
        let cells = std::iter::once(country_cell(&desk.country)).chain(counts.map(TableCell::count)).collect();
        Row::of(cells)
    };
    let heads = [
        "partners.papers",
        "partners.in_force",
        "partners.dormant",
        "partners.ends_soon",
        "partners.to_renew",
        "partners.to_sign",
        "partners.visits_in",
        "partners.visits_out",
    ];
    let columns =
        std::iter::once(Column::words(say("partners.country"), 1)).chain(heads.map(|head| Column::figures(say(head))));
    Block::Table(Table { caption: None, columns: columns.collect(), rows: rows.map(row).collect() })
}

fn to_do(partners: &Partners, step: Step, head: &'static str) -> Vec<Block> {
    let mut rows: Vec<&AgreementState> = partners.agreements.iter().filter(|row| row.step == step).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.papers));
    rows.truncate(LISTED);
    vec![heading(1, head), agreements(&rows), Block::Note(vec![say("partners.listed_note")])]
}
