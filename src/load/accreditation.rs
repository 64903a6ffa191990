//! The sheets of accreditation: standards and their crosswalk, ratings, evidence, evaluators and their ties, visits,
//! regulations. Whether what they name is there is looked at by the stage, which knows all of them.

use crate::diagnostic::Finding;
use crate::load::cell::{Entry, LeftOut, Read};
use crate::load::findings::Findings;
use crate::load::layout::Meaning;
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::UnitNames;
use crate::model::accreditation::evaluator::{Evaluator, Rank, Tie, TieKind};
use crate::model::accreditation::evidence::Evidence;
use crate::model::accreditation::level::Level;
use crate::model::accreditation::rating::{Rating, Side};
use crate::model::accreditation::regulation::Regulation;
use crate::model::accreditation::standard::{Crosswalk, Standard};
use crate::model::accreditation::visit::VisitRequest;
use crate::model::names::Names;
use crate::model::text::digits_to_ascii;
use crate::model::unit::Units;

/// Most members of a panel that are believed.
const MOST_MEMBERS: f64 = 30.0;

/// Items of a field without their columns.
fn items(entry: &Entry<'_, '_>, field: &str) -> Vec<String> {
    entry.list(field).into_iter().map(|(_, item)| item).collect()
}

/// A word of a closed list, which every row needs. One that the layout does not know leaves the row out.
fn word<'s>(entry: &mut Entry<'s, '_>, field: &str) -> Read<&'s str> {
    // "not applicable" is a word for nothing elsewhere, and a level here.
    let printed = entry.text(field);
    let layout = entry.sheet.layout;
    if let Some(Meaning::Word(word)) = layout.exact_meaning(field, &printed) {
        return Ok(word);
    }
    if entry.word(field).is_empty() {
        return entry.missing(field);
    }
    match entry.meaning(field) {
        Some(Meaning::Word(word)) => Ok(word),
        _ => Err(LeftOut),
    }
}

/// Standards. First and last day in force may be open; a standard that ends before it begins is left out (`bad-period`).
pub fn standards(sheet: &Sheet, findings: &mut Findings) -> (Vec<Standard>, Count) {
    sheet.each(findings, |entry| {
        let version = entry.required("version")?;
        let code = entry.required("standard")?;
        let area = entry.required("area")?;
        let text = Names::new(entry.word("text_en"), entry.word("text_fa"));
        if text.0.is_empty() {
            return entry.missing(if entry.sheet.has("text_en") { "text_en" } else { "text_fa" });
        }
        let mandatory = word(entry, "kind")? == "mandatory";
        let valid = (entry.date("valid_from"), entry.date("valid_to"));
        if matches!(valid, (Some(from), Some(to)) if from > to) {
            let message = "the standard ends before it begins; the row is left out";
            return entry.refuse("valid_to", Finding::error("bad-period", message));
        }
        Ok(Standard {
            version,
            code,
            domain: entry.word("domain"),
            area_name: area_name(&area, entry.word("area_en"), entry.sheet.has("area_en")),
            area,
            sub_area: entry.word("sub_area"),
            text,
            mandatory,
            measures: entry.word("measures"),
            evidence: items(entry, "evidence"),
            valid,
            place: entry.place("standard"),
        })
    })
}

/// The name of an area: Persian and English where the sheet has a column for the English one, else the same for both.
fn area_name(area: &str, english: String, has_english: bool) -> Names {
    if has_english { Names::new(english, area) } else { Names::new(area, "") }
}

/// Rows of the crosswalk.
pub fn crosswalk(sheet: &Sheet, findings: &mut Findings) -> (Vec<Crosswalk>, Count) {
    sheet.each(findings, |entry| {
        Ok(Crosswalk {
            from_version: entry.required("from_version")?,
            from_code: entry.required("from_code")?,
            to_version: entry.required("to_version")?,
            to_code: entry.required("to_code")?,
            place: entry.place("from_code"),
        })
    })
}

/// Ratings.
pub fn ratings(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<Rating>, Count) {
    sheet.each(findings, |entry| {
        let unit = entry.unit(units, names)?;
        let Some(round) = entry.year("round")? else { return entry.missing("round") };
        let standard = entry.required("standard")?;
        let side = match word(entry, "side")? {
            "internal" => Side::Internal,
            "external" => Side::External,
            _ => return Err(LeftOut),
        };
        let level = match word(entry, "level")? {
            "not_applicable" => None,
            word => Some(Level::parse(word).ok_or(LeftOut)?),
        };
        Ok(Rating {
            unit,
            round,
            standard,
            side,
            rater: digits_to_ascii(&entry.word("rater")),
            level,
            evidence: entry.word("evidence"),
            finding: entry.word("finding"),
            recommendation: entry.word("recommendation"),
            reply: entry.word("reply"),
            place: entry.place("standard"),
        })
    })
}

/// The register of evidence.
pub fn evidence(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<Evidence>, Count) {
    sheet.each(findings, |entry| {
        Ok(Evidence {
            unit: entry.unit(units, names)?,
            standard: entry.required("standard")?,
            name: entry.required("document")?,
            owner: entry.word("owner"),
            due: entry.date("due"),
            received: entry.date("received"),
            file: entry.word("file"),
            place: entry.place("standard"),
        })
    })
}

/// Evaluators.
pub fn evaluators(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<Evaluator>, Count) {
    sheet.each(findings, |entry| {
        let id = digits_to_ascii(&entry.required("evaluator")?);
        let name = entry.required("name")?;
        let unit = entry.unit(units, names)?;
        let rank = Rank::parse(word(entry, "rank")?).ok_or(LeftOut)?;
        let areas = items(entry, "areas");
        if areas.is_empty() {
            return entry.missing("areas");
        }
        Ok(Evaluator {
            id,
            name,
            unit,
            rank,
            service: entry.count("service")?,
            areas,
            certificates: items(entry, "certificates"),
            languages: items(entry, "languages"),
            past_panels: whole(entry, "past_panels")?.unwrap_or(0),
            most_panels: whole(entry, "most_panels")?,
            place: entry.place("evaluator"),
        })
    })
}

/// A whole number of at least 0 (`not-whole`).
fn whole(entry: &mut Entry<'_, '_>, field: &str) -> Read<Option<u32>> {
    let Some(count) = entry.count(field)? else { return Ok(None) };
    if count.fract() != 0.0 || count > f64::from(u16::MAX) {
        let message = format!("{count} for `{field}` is no whole number of people or panels; the row is left out");
        return entry.refuse(field, Finding::error("not-whole", message));
    }
    Ok(Some(count as u32))
}

/// Declared ties of evaluators.
pub fn ties(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<Tie>, Count) {
    sheet.each(findings, |entry| {
        let evaluator = digits_to_ascii(&entry.required("evaluator")?);
        let unit = entry.unit(units, names)?;
        let kind = match word(entry, "tie")? {
            "employment" => TieKind::Employment,
            "kinship" => TieKind::Kinship,
            "supervision" => TieKind::Supervision,
            "other" => TieKind::Other,
            _ => return Err(LeftOut),
        };
        Ok(Tie { evaluator, unit, kind, until: entry.date("until"), place: entry.place("evaluator") })
    })
}

/// Visits that want a panel. A panel has from one to thirty members (`bad-panel`).
pub fn visits(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<VisitRequest>, Count) {
    sheet.each(findings, |entry| {
        let unit = entry.unit(units, names)?;
        let Some(members) = entry.number("members")? else { return entry.missing("members") };
        if members.fract() != 0.0 || !(1.0..=MOST_MEMBERS).contains(&members) {
            let message = format!("a panel of {members} members; the row is left out");
            let hint = format!("write a whole number from 1 to {MOST_MEMBERS}");
            return entry.refuse("members", Finding::error("bad-panel", message).hint(hint));
        }
        Ok(VisitRequest {
            unit,
            day: entry.date("day"),
            members: members as usize,
            areas: items(entry, "areas"),
            leaders: items(entry, "leaders").iter().map(|leader| digits_to_ascii(leader)).collect(),
            place: entry.place("unit"),
        })
    })
}

/// Articles of regulations.
pub fn regulations(sheet: &Sheet, findings: &mut Findings) -> (Vec<Regulation>, Count) {
    sheet.each(findings, |entry| {
        Ok(Regulation {
            article: entry.required("article")?,
            title: entry.required("title")?,
            standards: items(entry, "standards"),
            owner: entry.word("owner"),
            due: entry.date("due"),
            done: entry.date("done"),
            place: entry.place("article"),
        })
    })
}
