//! An edition file: rounds 2 and 3 – its values by themselves and against each other.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use crate::catalogue::check::Check;
use crate::catalogue::edition_text::{CountingText, GroupText, HeadText, IndicatorText, ReferenceText, WindowsText};
use crate::catalogue::method;
use crate::catalogue::nearest;
use crate::catalogue::normaliser::normaliser;
use crate::catalogue::shape::Shape;
use crate::catalogue::source::Source;
use crate::catalogue::structure;
use crate::diagnostic::Finding;
use crate::model::edition::{Counting, Direction, Edition, Group, Indicator, Reference, Windows};
use crate::model::formula::{Expression, Formula};
use crate::model::measure::MeasureDefinition;
use crate::model::names::Names;
use crate::model::window::Window;

/// Reads one edition; `None`, with the reasons among the findings, if it has any fault.
pub fn read(source: &Source, measures: &[MeasureDefinition], findings: &mut Vec<Finding>) -> Option<Edition> {
    let before = findings.len();
    let mut shape = Shape::parse(source, findings)?;
    if shape.is_empty("an edition", findings) {
        return None;
    }
    let references: Vec<Spanned<ReferenceText>> = shape.list("reference", findings);
    let notes: Vec<Spanned<Names>> = shape.list("note", findings);
    let groups: Vec<Spanned<GroupText>> = shape.list("group", findings);
    let indicators: Vec<Spanned<IndicatorText>> = shape.list("indicator", findings);
    let head: Option<HeadText> = shape.rest(findings);
    let head = head.filter(|_| findings.len() == before)?;

    let mut check = Check::new(source);
    id_fits_path(&mut check, &head.id);
    let references = check.references(&references);
    let edition = Edition {
        id: head.id.get_ref().clone(),
        name: check.names(&head.name),
        verified: verified(&mut check, &head),
        partial: head.partial,
        notes: notes.iter().map(|note| check.names(note)).collect(),
        windows: windows(&mut check, &head.windows, &references),
        counting: counting(&mut check, head.counting.as_ref(), &references),
        missing: head.missing.rule,
        combine: method::total(&mut check, &head.combine),
        by_groups: method::by_groups(&mut check, head.combine.get_ref()),
        coverage_floor: method::floor(&mut check, &head.coverage_floor, "the coverage floor"),
        ranks: head.ranks.as_ref().map(|ranks| method::ranks(&mut check, ranks, &references)),
        groups: read_groups(&mut check, &groups),
        indicators: read_indicators(&mut check, &indicators, &groups, measures, &references),
        references,
        digest: source.digest.clone(),
    };
    structure::check(&mut check, &groups, &indicators, &edition);
    let clean = check.faults.is_empty();
    findings.extend(check.faults);
    clean.then_some(edition)
}

fn id_fits_path(check: &mut Check, id: &Spanned<String>) {
    let expected = check.source.path.trim_end_matches(".toml");
    if id.get_ref() != expected {
        let message = format!("the id \"{}\" does not match the file's path", id.get_ref());
        let hint = format!("write id = \"{expected}\", or move the file");
        check.fault_with(id.span(), "id-path", message, hint);
    }
}

fn verified(check: &mut Check, head: &HeadText) -> String {
    let day = head.verified.get_ref();
    match (day.date, day.time) {
        (Some(date), None) => date.to_string(),
        _ => {
            check.fault(head.verified.span(), "wrong-type", "expected a day such as 2026-11-23");
            String::new()
        }
    }
}

fn windows(check: &mut Check, text: &WindowsText, references: &[Reference]) -> Windows {
    if let Some(cited) = &text.reference {
        check.cites(cited, references);
    }
    let publications = window(check, &text.publications);
    let citations = window(check, &text.citations);
    if citations.from > publications.from || citations.to < publications.to {
        let message = format!("citations of {citations} do not cover the publications of {publications}");
        check.fault(text.citations.span(), "bad-window", message);
    }
    let institutional = *text.institutional.get_ref();
    year(check, &text.institutional.span(), institutional);
    Windows { publications, citations, institutional }
}

fn window(check: &mut Check, text: &Spanned<[i32; 2]>) -> Window {
    let window = Window::from(*text.get_ref());
    if window.from > window.to {
        check.fault(text.span(), "bad-window", format!("the window ends ({}) before it begins", window.to));
    }
    year(check, &text.span(), window.from);
    year(check, &text.span(), window.to);
    window
}

fn year(check: &mut Check, span: &std::ops::Range<usize>, year: i32) {
    if !(1900..=2200).contains(&year) {
        let message = format!("{year} is not a Gregorian year from 1900 to 2200");
        check.fault_with(span.clone(), "bad-window", message, "write Gregorian years in edition files");
    }
}

fn counting(check: &mut Check, text: Option<&Spanned<CountingText>>, references: &[Reference]) -> Counting {
    let Some(text) = text.map(Spanned::get_ref) else { return Counting::default() };
    if let Some(cited) = &text.reference {
        check.cites(cited, references);
    }
    for issn in &text.listed_journals {
        let (digits, last) = issn.get_ref().split_at_checked(7).unwrap_or(("", ""));
        let fits = digits.chars().all(|sign| sign.is_ascii_digit())
            && (last == "X" || (last.len() == 1 && last.chars().all(|sign| sign.is_ascii_digit())));
        if !fits {
            let message = format!("\"{}\" is not an ISSN", issn.get_ref());
            check.fault_with(issn.span(), "bad-issn", message, "write eight characters without hyphen");
        }
    }
    if let Some(rule) = &text.hyper_authored {
        let share = Spanned::new(rule.span(), rule.get_ref().minimum_share);
        check.number(&share, "minimum_share", 0.0..1.0);
    }
    let mut area_weights = BTreeMap::new();
    for (area, weight) in &text.area_weights {
        area_weights.insert(area.clone(), check.number(weight, "the weight of an area", 0.0..f64::INFINITY));
    }
    let mut country_factors = BTreeMap::new();
    for (area, factor) in &text.country_factors {
        country_factors.insert(area.clone(), check.number(factor, "the factor of an area", 0.0..5.0));
    }
    for area in &text.subject_areas {
        check.number(&Spanned::new(area.span(), f64::from(*area.get_ref())), "an ASJC area", 10.0..36.0);
    }
    let mut irn_scale = BTreeMap::new();
    for (area, scale) in &text.irn_scale {
        let [low, high] = *scale.get_ref();
        if !(low.is_finite() && high.is_finite() && low < high) {
            check.fault(scale.span(), "bad-number", "the second anchor must be greater than the first");
        }
        irn_scale.insert(area.clone(), [low, high]);
    }
    let author_order_weights = text.author_order_weights.as_ref().map(|weights| {
        for &weight in weights.get_ref() {
            check.number(&Spanned::new(weights.span(), weight), "the weight of an author", 0.0..1.0);
        }
        *weights.get_ref()
    });
    if let Some(rule) = &text.award_decades {
        year(check, &rule.span(), rule.get_ref().full_from);
        check.number(&Spanned::new(rule.span(), rule.get_ref().step), "the step of a decade", 0.0..1.0);
    }
    Counting {
        document_types: text.document_types.iter().map(|kind| check.code(kind)).collect(),
        hyper_authored: text.hyper_authored.as_ref().map(|rule| *rule.get_ref()),
        area_weights,
        country_factors,
        subject_areas: text.subject_areas.iter().map(|area| *area.get_ref()).collect(),
        irn_scale,
        listed_journals: text.listed_journals.iter().map(|issn| issn.get_ref().clone()).collect(),
        author_order_weights,
        award_decades: text.award_decades.as_ref().map(|rule| *rule.get_ref()),
    }
}

fn read_groups(check: &mut Check, texts: &[Spanned<GroupText>]) -> Vec<Group> {
    let mut taken = BTreeSet::new();
    let mut groups = Vec::new();
    for text in texts.iter().map(Spanned::get_ref) {
        let code = check.unique(&text.code, "group", &mut taken);
        if code == "overall" {
            check.fault(text.code.span(), "bad-code", "\"overall\" is the name of the total");
        }
        groups.push(Group {
            code,
            parent: text.parent.as_ref().map(|parent| known_group(check, parent, texts)),
            name: check.names(&text.name),
            weight: check.weight(&text.weight),
            combine: text.combine.as_ref().map(|combine| method::group(check, combine)).unwrap_or_default(),
            floor: text.floor.as_ref().map_or(0.0, |floor| method::floor(check, floor, "the floor")),
        });
    }
    groups
}

fn known_group(check: &mut Check, code: &Spanned<String>, groups: &[Spanned<GroupText>]) -> String {
    let known = groups.iter().map(|group| group.get_ref().code.get_ref().as_str());
    if !known.clone().any(|known| known == code.get_ref()) {
        let message = format!("no [[group]] has the code \"{}\"", code.get_ref());
        check.fault_with(code.span(), "unknown-group", message, nearest::hint(code.get_ref(), known));
    }
    code.get_ref().clone()
}

fn read_indicators(
    check: &mut Check,
    texts: &[Spanned<IndicatorText>],
    groups: &[Spanned<GroupText>],
    measures: &[MeasureDefinition],
    references: &[Reference],
) -> Vec<Indicator> {
    let mut taken = BTreeSet::new();
    let codes: Vec<&str> = texts.iter().map(|text| text.get_ref().code.get_ref().as_str()).collect();
    let mut indicators = Vec::new();
    for text in texts.iter().map(Spanned::get_ref) {
        if text.scorable.get_ref().is_empty() {
            let hint = "list the unit types it is scored for";
            check.fault_with(text.scorable.span(), "empty-list", "scorable for no type of unit".to_owned(), hint);
        }
        let code = check.unique(&text.code, "indicator", &mut taken);
        let group = known_group(check, &text.group, groups);
        let name = check.names(&text.name);
        let weight = check.weight(&text.weight);
        let value = formula(check, &text.value, measures, &codes);
        let normalise = normaliser(check, &text.normalise);
        let reference = check.cites(&text.reference, references);
        let cap = text.cap.as_ref().map(|cap| check.number(cap, "cap", f64::NEG_INFINITY..f64::INFINITY));
        let treat = text.treat.as_ref().map(|treat| method::treat(check, treat, &normalise));
        let impute = text.impute.as_ref().map(|impute| method::impute(check, impute, &normalise));
        let damping = text.damping.as_ref().map(|damping| method::damping(check, damping));
        let note = text.note.as_ref().map(|note| check.names(note)).unwrap_or_default();
        // A fault in the formula is already noted, so this indicator is only dropped from an edition that is refused.
        let Some(value) = value else { continue };
        indicators.push(Indicator {
            code,
            group,
            name,
            weight,
            value,
            normalise,
            direction: text.direction.unwrap_or(Direction::HigherIsBetter),
            fidelity: text.fidelity,
            scorable: text.scorable.get_ref().clone(),
            reference,
            cap,
            minimum: text.minimum,
            treat,
            impute,
            damping,
            note,
        });
    }
    indicators
}

fn formula(
    check: &mut Check,
    text: &Spanned<String>,
    measures: &[MeasureDefinition],
    indicators: &[&str],
) -> Option<Formula> {
    let written = text.get_ref();
    let at = |check: &Check, inside: usize| {
        let offset = check.source.inside_string(&text.span(), written, inside);
        offset..offset
    };
    let formula = match Formula::parse(written) {
        Ok(formula) => formula,
        Err(error) => {
            check.fault(at(check, error.offset), "bad-formula", error.message);
            return None;
        }
    };
    let known: Vec<&str> = measures.iter().map(|measure| measure.code.as_str()).collect();
    for code in formula.measures() {
        if !known.contains(&code) {
            let span = at(check, word(written, code, false));
            let message = format!("unknown measure \"{code}\"");
            check.fault_with(span, "unknown-measure", message, nearest::hint(code, known.iter().copied()));
        }
    }
    for code in formula.scores() {
        if !indicators.contains(&code) {
            let span = at(check, word(written, code, true));
            let message = format!("score({code}) names no indicator of this edition");
            check.fault_with(span, "unknown-score", message, nearest::hint(code, indicators.iter().copied()));
        }
    }
    if formula.measures().is_empty() && formula.scores().is_empty() {
        let message = format!("\"{written}\" uses no measure");
        let constant = matches!(formula.root(), Expression::Number(_));
        let hint = if constant { "a score must come from data" } else { "name at least one measure" };
        check.fault_with(text.span(), "bad-formula", message, hint);
    }
    Some(formula)
}

/// Byte offset of a whole word in a formula, after a `(` for the argument of `score`; 0 if it is not there.
fn word(written: &str, code: &str, in_score: bool) -> usize {
    let part = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let whole = |at: &usize| {
        let (before, after) = (&written[..*at], &written[*at + code.len()..]);
        !before.ends_with(part) && !after.starts_with(part) && before.trim_end().ends_with("score(") == in_score
    };
    written.match_indices(code).map(|(at, _)| at).find(whole).unwrap_or(0)
}
