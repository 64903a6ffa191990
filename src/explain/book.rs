//! The evidence workbook of a unit: what is the same for all units is worked out once, on a [`Shelf`].

use std::collections::BTreeMap;

use crate::explain::composition::{self, Means};
use crate::explain::normalisation;
use crate::explain::omitted::{self, Claim};
use crate::explain::papers;
use crate::explain::step;
use crate::model::audit::Audit;
use crate::model::benchmark::BenchmarkSource;
use crate::model::edition::Damped;
use crate::model::evidence_book::{EditionEvidence, EvidenceBook, IndicatorEvidence};
use crate::model::measure::Reason;
use crate::model::report::{Argument, Phrase, Text};
use crate::model::results::Results;
use crate::model::unit::UnitIndex;
use crate::score::Run;
use crate::score::combine::Line;
use crate::score::normalise::Scale;
use crate::score::table::ScoreTable;

/// What the books of all units share.
pub struct Shelf<'a> {
    results: &'a Results,
    claims: Vec<Claim>,
    editions: Vec<Method<'a>>,
}

/// One edition over all units.
struct Method<'a> {
    table: ScoreTable<'a>,
    /// By type of unit, the lines on which composites were rescaled.
    lines: BTreeMap<String, Vec<Line>>,
    /// By type of unit, the scale of each indicator with what it was made of.
    scales: BTreeMap<String, Vec<Option<(Scale, BenchmarkSource)>>>,
    /// By indicator, whether changes since last year were damped in anything that is compared.
    damped: Vec<bool>,
}

impl<'a> Shelf<'a> {
    /// What the books of a run share.
    pub fn new(results: &'a Results, audit: &Audit) -> Self {
        let units = &results.tables.units;
        let mut types: Vec<&str> = units.iter().map(|(_, unit)| unit.unit_type.as_str()).collect();
        types.sort_unstable();
        types.dedup();
        let method = |(at, edition)| {
            let run = Run::of(results, edition);
            let width = edition.indicators.len();
            let scales = |unit_type: &&str| {
                let of_type = (0..width).map(|column| normalisation::scale(results, at, column, unit_type));
                ((*unit_type).to_owned(), of_type.collect())
            };
            let last = results.last_year.values.get(at).map_or(&[][..], Vec::as_slice);
            let damped = |column: usize| {
                let rule = edition.indicators[column].damping.as_ref();
                rule.is_some() && last.iter().skip(column).step_by(width).any(Option::is_some)
            };
            let frozen = run.frozen().into_iter().map(|(unit_type, frozen)| (unit_type, frozen.lines));
            Method {
                table: run.table(),
                lines: frozen.collect(),
                scales: types.iter().map(scales).collect(),
                damped: (0..width).map(damped).collect(),
            }
        };
        let editions = results.editions.iter().enumerate().map(method).collect();
        Shelf { results, claims: omitted::claims(results, audit), editions }
    }

    /// The book of one unit.
    pub fn book(&self, unit: UnitIndex) -> EvidenceBook {
        let results = self.results;
        let about = results.tables.units.get(unit);
        let (counted, excluded) = papers::of(results, &self.claims, unit);
        EvidenceBook {
            institution: results.assessment.institution.name.clone(),
            invented: results.assessment.institution.invented,
            year: results.assessment.year,
            unit: about.id.clone(),
            unit_name: about.name.clone(),
            unit_type: about.unit_type.clone(),
            editions: (0..results.editions.len()).map(|at| self.edition(at, unit)).collect(),
            counted,
            excluded,
        }
    }

    fn edition(&self, at: usize, unit: UnitIndex) -> EditionEvidence {
        let (results, method) = (self.results, &self.editions[at]);
        let edition = &results.editions[at];
        let unit_type = &results.tables.units.get(unit).unit_type;
        let entries: Vec<_> = (0..edition.indicators.len()).map(|column| method.table.entry(unit, column)).collect();
        let composites = results.scorecards[at].composites_of(unit, edition.groups.len());
        let mut indicators: Vec<IndicatorEvidence> =
            (0..edition.indicators.len()).map(|column| self.indicator(at, column, unit)).collect();
        let lines = method.lines.get(unit_type).map_or(&[][..], Vec::as_slice);
        let means = Means { edition, lines, entries: &entries, composites };
        let composites = composition::composites(&means, &mut indicators);
        let windows = Phrase::new("page.windows")
            .with("publications", Argument::Years(edition.windows.publications))
            .with("citations", Argument::Years(edition.windows.citations))
            .with("institutional", Argument::Year(edition.windows.institutional));
        let floor = Phrase::new("page.floor").with("share", Argument::Share(edition.coverage_floor));
        EditionEvidence {
            id: edition.id.clone(),
            name: edition.name.clone(),
            rules: vec![windows, floor, composition::missing(edition.missing)],
            composites,
            indicators,
        }
    }

    /// An indicator without what the means make of it.
    fn indicator(&self, at: usize, column: usize, unit: UnitIndex) -> IndicatorEvidence {
        let (results, method) = (self.results, &self.editions[at]);
        let edition = &results.editions[at];
        let indicator = &edition.indicators[column];
        let cell = &results.scorecards[at].scores_of(unit, edition.indicators.len())[column];
        let unit_type = &results.tables.units.get(unit).unit_type;
        let scale = method.scales.get(unit_type).and_then(|scales| scales[column].as_ref());
        let scored = scale.zip(cell.raw.filter(|_| cell.score.is_some()));
        let (step, not_again) = match scored {
            None => (None, cell.score.map(|_| Phrase::new("evidence.no_scale"))),
            Some(_) if method.damped[column] => (None, Some(damped(indicator.damping.as_ref().map(|rule| rule.on)))),
            Some(((scale, _), raw)) => match step::step(scale, indicator.direction, raw) {
                Ok(step) => (Some(step), None),
                Err(why) => (None, Some(why)),
            },
        };
        let quotient = cell.numerator.zip(cell.denominator).map(|(above, below)| above / below);
        let lowered = quotient.map(|value| indicator.cap.map_or(value, |cap| value.min(cap)));
        IndicatorEvidence {
            code: indicator.code.clone(),
            name: indicator.name.clone(),
            path: Vec::new(),
            weight: cell.weight,
            status: cell.status,
            reason: cell.reason.map(|reason: Reason| Phrase::of("reason", reason.as_str())),
            numerator: cell.numerator,
            denominator: cell.denominator,
            divided: cell.raw.is_some() && cell.raw == lowered,
            cap: indicator.cap,
            raw: cell.raw,
            compared_with: scored.map(|((_, source), _)| compared_with(source, unit_type)),
            again: scored.filter(|_| step.is_some()).map(|((scale, _), raw)| scale.score(raw, indicator.direction)),
            step,
            score: cell.score,
            stand_in: None,
            points_again: None,
            contribution: cell.contribution,
            not_again,
        }
    }
}

fn damped(on: Option<Damped>) -> Phrase {
    Phrase::new(if on == Some(Damped::Score) { "evidence.damped_score" } else { "evidence.damped_value" })
}

/// What a value was compared with, in words.
fn compared_with(source: &BenchmarkSource, unit_type: &str) -> Phrase {
    let count = |key, count: &usize| Phrase::new(key).with("count", Argument::Count(*count as u64));
    match source {
        BenchmarkSource::Published(reference) => Phrase::new("evidence.compared_published")
            .with("reference", Argument::Text(Text::Verbatim(reference.clone()))),
        BenchmarkSource::Peers(peers) => count("evidence.compared_peers", peers),
        BenchmarkSource::History(scores) => count("evidence.compared_history", scores),
        BenchmarkSource::SameType(units) => {
            count("evidence.compared_units", units).with("type", Argument::Text(Text::UnitType(unit_type.to_owned())))
        }
        BenchmarkSource::Given => Phrase::new("evidence.compared_given"),
    }
}
