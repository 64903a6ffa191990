//! Decisions of the office about authors and publications, from the sheets in `overrides/`.

use std::path::Path;

use crate::diagnostic::Finding;
use crate::load::cell::{Entry, Read};
use crate::load::findings::Findings;
use crate::load::folder;
use crate::load::header::{Recognition, recognise};
use crate::load::layout::{Layout, Meaning, Table};
use crate::load::limits::Limits;
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::UnitNames;
use crate::model::overrides::{Action, AttributionOverride, Decision, Exclusion};
use crate::model::tables::{Source, Staff, Tables};
use crate::model::text::fold;
use crate::model::unit::{UnitIndex, Units};

/// Reads the sheets of `overrides/` into [`Tables::overrides`]. Units and staff must be there already; whether a
/// publication exists is known only after merging.
pub fn read(
    root: &Path,
    files: &[String],
    layouts: &[Layout],
    limits: &Limits,
    tables: &mut Tables,
    findings: &mut Vec<Finding>,
) {
    let names = UnitNames::new(&tables.units, &tables.aliases);
    for file in files {
        let mut source = Source { file: file.clone(), ..Source::default() };
        if let Ok((digest, bytes)) = folder::digest_file(&root.join(file)) {
            (source.digest, source.bytes) = (digest, bytes);
        }
        for grid in crate::load::read(root, file, limits).into_value(findings) {
            let Recognition::Known(layout, header) = recognise(&grid, layouts, None) else {
                let message = "no row of the sheet is the header of a table of decisions";
                let hint = "attribution: publication, author_position, unit, staff, action, expect, reason, who, date";
                findings.push(
                    Finding::warning("unknown-sheet", message)
                        .at(grid.place(0, None))
                        .hint(hint)
                        .hint("exclude: publication, reason, who, date"),
                );
                continue;
            };
            let sheet = Sheet { grid: &grid, layout, header: &header };
            let mut found = Findings::default();
            let count = if layout.table == Table::Exclusions {
                let (rows, count) = sheet.each(&mut found, exclusion);
                tables.overrides.exclusions.extend(rows);
                count
            } else {
                let (rows, count) = attribution(&sheet, &tables.units, &names, &tables.staff, &mut found);
                tables.overrides.attribution.extend(rows);
                count
            };
            source.layouts.push((grid.sheet.clone().unwrap_or_default(), layout.id.clone()));
            source.rows += count.used;
            source.left_out += count.left_out;
            findings.extend(found.finish());
        }
        tables.sources.push(source);
    }
}

fn exclusion(entry: &mut Entry) -> Read<Exclusion> {
    Ok(Exclusion { publication: entry.required("publication")?, decision: decision(entry)? })
}

fn attribution(
    sheet: &Sheet,
    units: &Units,
    names: &UnitNames,
    staff: &[Staff],
    findings: &mut Findings,
) -> (Vec<AttributionOverride>, Count) {
    sheet.each(findings, |entry| {
        let publication = entry.required("publication")?;
        let Some(position) = entry.count("author_position")? else { return entry.missing("author_position") };
        if position.fract() != 0.0 || !(1.0..=1e6).contains(&position) {
            let message = format!("{position} is no position in a byline, which counts from 1; the row is left out");
            return entry.refuse("author_position", Finding::error("bad-override", message));
        }
        let action = action(entry)?;
        let unit: Option<UnitIndex> =
            if entry.word("unit").is_empty() { None } else { Some(entry.unit(units, names)?) };
        let staff = member(entry, staff)?;
        if unit.is_none() && staff.is_none() && action == Action::Credit {
            let message = "a credit needs a unit or a member of staff; the row is left out";
            return entry.refuse("publication", Finding::error("bad-override", message));
        }
        // `none` is a word of its own here, not a missing value.
        let expect = entry.text("expect");
        let author_position = position as u32;
        let decision = decision(entry)?;
        Ok(AttributionOverride { publication, author_position, unit, staff, action, expect, decision })
    })
}

fn action(entry: &mut Entry) -> Read<Action> {
    let text = entry.required("action")?;
    match entry.sheet.layout.meaning("action", &text) {
        Some(Meaning::Word(word)) if word == Action::Credit.as_str() => Ok(Action::Credit),
        Some(Meaning::Word(word)) if word == Action::Deny.as_str() => Ok(Action::Deny),
        _ => {
            let message = format!("\"{text}\" is no action; the row is left out");
            entry.refuse("action", Finding::error("bad-override", message).hint("credit or deny"))
        }
    }
}

/// The member of staff with the id of the row, where it has one.
fn member(entry: &mut Entry, staff: &[Staff]) -> Read<Option<u32>> {
    let id = entry.word("staff");
    if id.is_empty() {
        return Ok(None);
    }
    let key = fold(&id);
    match staff.iter().position(|person| fold(&person.id) == key) {
        Some(index) => Ok(Some(index as u32)),
        None => {
            let message = format!("no member of staff has the id \"{id}\"; the row is left out");
            entry.refuse("staff", Finding::error("unknown-staff", message))
        }
    }
}

/// Who, when and why; a decision without who and when is left out.
fn decision(entry: &mut Entry) -> Read<Decision> {
    let who = entry.required("who")?;
    let Some(date) = entry.date("date") else { return entry.missing("date") };
    Ok(Decision { who, date, reason: entry.word("reason"), place: entry.place("publication") })
}
