//! Units and their other spellings.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Finding, Place};
use crate::load::cell::{Entry, Read};
use crate::load::findings::Findings;
use crate::load::layout::Meaning;
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::UnitNames;
use crate::model::field_scheme::FieldScheme;
use crate::model::names::Names;
use crate::model::tables::Alias;
use crate::model::text::{clean, fold};
use crate::model::unit::{UnitRow, Units};

/// Reads the units of a sheet; parents stay as printed.
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<UnitRow>, Count) {
    sheet.each(findings, |entry| {
        let id = entry.required("id")?;
        let printed_type = entry.required("type")?;
        let unit_type = match entry.sheet.layout.meaning("type", &printed_type) {
            Some(Meaning::Word(word)) => word.clone(),
            // Any other word of the office is a type of its own.
            _ => clean(&printed_type).to_lowercase(),
        };
        let name = Names::new(entry.word("name_en"), entry.word("name_fa"));
        if name.0.is_empty() {
            return entry.missing("name_en");
        }
        let items = |field: &str| entry.list(field).into_iter().map(|(_, item)| item).collect::<Vec<_>>();
        let (parents, aliases) = (items("parents"), items("aliases"));
        let valid = span(entry)?;
        let subject = subject(entry);
        Ok(UnitRow { id, name, unit_type, parents, subject, aliases, valid, place: entry.place("id") })
    })
}

/// The subject of THE that a cell names; another word is named and taken as none.
fn subject(entry: &mut Entry) -> String {
    let printed = entry.word("subject");
    let word = printed.to_lowercase().replace('&', "and").replace([' ', '-'], "_").replace("_and_", "_");
    let scheme = FieldScheme::named("the");
    let known = scheme.as_ref().and_then(|scheme| scheme.fields().iter().find(|field| **field == word));
    if let (None, Some(scheme), false) = (known, &scheme, printed.is_empty()) {
        let message = format!("\"{printed}\" is no subject of THE; the unit is taken as having none");
        let hint = format!("one of {}", scheme.fields().join(", "));
        entry.remark("subject", Finding::warning("unknown-subject", message).hint(hint));
    }
    known.cloned().unwrap_or_default()
}

/// First and last year; the wrong way round they are left open (`reversed-years`).
fn span(entry: &mut Entry) -> Read<(Option<i32>, Option<i32>)> {
    let (from, to) = (entry.year("valid_from")?, entry.year("valid_to")?);
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        let message = format!("valid from {first} to {last}: the years are reversed; both are taken as open");
        entry.remark("valid_from", Finding::error("reversed-years", message));
        return Ok((None, None));
    }
    Ok((from, to))
}

/// Parents that are printed as a name instead of an id become ids, where exactly one unit has that name.
pub fn name_parents_by_id(rows: &mut [UnitRow]) {
    let mut ids: FxHashMap<String, Option<String>> = FxHashMap::default();
    for row in rows.iter() {
        let mut keys: Vec<String> = row.name.0.values().map(|name| fold(name)).collect();
        keys.dedup();
        for key in keys {
            ids.entry(key).and_modify(|id| *id = None).or_insert_with(|| Some(row.id.clone()));
        }
    }
    let known: FxHashMap<String, String> = rows.iter().map(|row| (fold(&row.id), row.id.clone())).collect();
    for parent in rows.iter_mut().flat_map(|row| &mut row.parents) {
        let key = fold(parent);
        if let Some(id) = known.get(&key).or_else(|| ids.get(&key).and_then(Option::as_ref)) {
            parent.clone_from(id);
        }
    }
}

/// Reads other spellings of units.
pub fn read_aliases(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<Alias>, Count) {
    sheet.each(findings, |entry| {
        let spelling = entry.required("spelling")?;
        let unit = entry.unit(units, names)?;
        let valid = span(entry)?;
        Ok(Alias { spelling, unit, valid, place: entry.place("spelling") })
    })
}

/// Spellings that name two different units whose years overlap: an affiliation cannot tell them apart.
pub fn report_shared_spellings(aliases: &[Alias], units: &Units, findings: &mut Findings) {
    let mut first: FxHashMap<String, Vec<&Alias>> = FxHashMap::default();
    for alias in aliases {
        let others = first.entry(fold(&alias.spelling)).or_default();
        let clash = others.iter().find(|other| other.unit != alias.unit && overlap(other.valid, alias.valid));
        if let Some(other) = clash {
            let (one, two) = (&units.get(other.unit).id, &units.get(alias.unit).id);
            let message = format!("\"{}\" is a spelling of both \"{one}\" and \"{two}\"", alias.spelling);
            let place: Place = alias.place.clone();
            let hint = "remove one of the two, or give them years that do not overlap";
            findings.push(Finding::warning("shared-spelling", message).at(place).hint(hint));
        }
        others.push(alias);
    }
}

fn overlap(one: (Option<i32>, Option<i32>), two: (Option<i32>, Option<i32>)) -> bool {
    let starts_before_end = |from: Option<i32>, to: Option<i32>| match (from, to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    starts_before_end(one.0, two.1) && starts_before_end(two.0, one.1)
}
