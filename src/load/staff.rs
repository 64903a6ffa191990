//! Staff sheets: one row per person, or per person and post.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Finding, Place};
use crate::load::cell::{Entry, Read};
use crate::load::findings::Findings;
use crate::load::identifier::{self, AuthorId};
use crate::load::layout::Meaning;
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::{UnitNames, most_particular};
use crate::model::tables::{Staff, StaffCategory};
use crate::model::text::fold;
use crate::model::unit::Units;

/// One row of a staff sheet, before the rows of a person are merged.
#[derive(Debug, Clone)]
pub struct Post {
    staff: Staff,
    /// The full-time equivalent is of this post, not of the person.
    fte_of_post: bool,
}

/// Reads the rows of a sheet. `country` is the institution's: its nationals are not international.
pub fn read(
    sheet: &Sheet,
    units: &Units,
    names: &UnitNames,
    country: &str,
    findings: &mut Findings,
) -> (Vec<Post>, Count) {
    let country = fold(country);
    sheet.each(findings, |entry| read_post(entry, units, names, &country))
}

fn read_post(entry: &mut Entry, units: &Units, names: &UnitNames, country: &str) -> Read<Post> {
    let latin_name = entry.word("latin_name");
    let mut name = [entry.word("given_name"), entry.word("family_name")].join(" ").trim().to_owned();
    let full_name = entry.word("name");
    if !full_name.is_empty() {
        name = full_name;
    } else if name.is_empty() {
        name.clone_from(&latin_name);
    }
    let id = entry.word("id");
    if name.is_empty() && id.is_empty() {
        return entry.missing("name");
    }
    let units = entry.units(units, names)?;
    let scopus_ids = scopus_ids(entry);
    let id = match (id.is_empty(), scopus_ids.first()) {
        (false, _) => id,
        (true, Some(scopus_id)) => scopus_id.clone(),
        (true, None) => row_id(entry),
    };
    let (fte, fte_of_post) = full_time_equivalent(entry)?;
    let (from, to) = (entry.date("from"), entry.date("to"));
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        entry.remark("to", Finding::warning("reversed-dates", "the employment ends before it begins"));
    }
    let staff = Staff {
        id,
        name,
        latin_name,
        units,
        category: category(entry),
        rank: entry.word("rank"),
        fte,
        international: international(entry, country),
        female: flag(entry, "female"),
        doctorate: flag(entry, "doctorate"),
        scopus_ids,
        orcids: orcids(entry),
        from,
        to,
        place: entry.place(if entry.sheet.has("id") { "id" } else { "name" }),
    };
    Ok(Post { staff, fte_of_post })
}

/// An id for a person without any: where the row is.
fn row_id(entry: &Entry) -> String {
    let grid = entry.sheet.grid;
    match &grid.sheet {
        Some(sheet) => format!("{}#{sheet}:{}", grid.file, entry.row.number),
        None => format!("{}:{}", grid.file, entry.row.number),
    }
}

/// The full-time equivalent and whether it is stated for the post; from the mode of cooperation where no column gives it.
fn full_time_equivalent(entry: &mut Entry) -> Read<(f64, bool)> {
    let heads = entry.count("headcount")?.unwrap_or(1.0).clamp(0.0, 1.0);
    if let Some(mut fte) = entry.share("fte")? {
        if fte > heads {
            let message = format!("{fte} full-time equivalents of one person; counted as {heads}");
            entry.remark(
                "fte",
                Finding::error("fte-above-headcount", message).hint("write 1 for full time, 0.5 for half"),
            );
            fte = heads;
        }
        return Ok((fte, true));
    }
    Ok(match entry.meaning("cooperation") {
        Some(Meaning::Number(fte)) => (fte.clamp(0.0, heads), false),
        _ => (heads, false),
    })
}

/// The category column, else what the rank implies, else the layout's constant.
fn category(entry: &mut Entry) -> StaffCategory {
    let stated = if entry.sheet.has("category") { entry.meaning("category").cloned() } else { None };
    let meaning = match stated {
        Some(meaning) => Some(meaning),
        None if !entry.word("rank").is_empty() && entry.sheet.layout.lists_values("rank") => {
            match entry.meaning("rank") {
                Some(meaning) => Some(meaning.clone()),
                None => return StaffCategory::Other,
            }
        }
        None => entry.sheet.layout.constants.get("category").map(|word| Meaning::Word(word.clone())),
    };
    match meaning {
        Some(Meaning::Word(word)) if word == "research" => StaffCategory::Research,
        Some(Meaning::Word(word)) if word == "other" => StaffCategory::Other,
        _ => StaffCategory::Academic,
    }
}

/// Yes or no, or another nationality than the institution's.
fn international(entry: &Entry, country: &str) -> Option<bool> {
    let text = entry.word("international");
    if text.is_empty() {
        return None;
    }
    match entry.sheet.layout.meaning("international", &text) {
        Some(Meaning::Flag(flag)) => Some(*flag),
        _ => Some(country.is_empty() || !fold(&text).starts_with(country)),
    }
}

fn flag(entry: &mut Entry, field: &str) -> Option<bool> {
    match entry.meaning(field) {
        Some(Meaning::Flag(flag)) => Some(*flag),
        _ => None,
    }
}

fn scopus_ids(entry: &mut Entry) -> Vec<String> {
    let mut ids = Vec::new();
    for (column, item) in entry.list("scopus_ids") {
        // "57200000001, 57200000002" are two ids; in anything with other letters a comma or space belongs to the text.
        let is_list = !item.chars().any(char::is_alphabetic);
        for part in item.split(|sign| is_list && matches!(sign, ',' | '،' | '/' | ' ')) {
            let place = entry.sheet.place(entry.row.number, column);
            match identifier::scopus_author_id(part) {
                AuthorId::Good(id) if !ids.contains(&id) => ids.push(id),
                AuthorId::Good(_) => {}
                AuthorId::Damaged(text) => {
                    let message = format!("the author id \"{text}\" has lost its last digits");
                    let hint = "format the column as text and enter the id again";
                    entry.findings.push(Finding::warning("damaged-id", message).at(place).hint(hint));
                }
                AuthorId::Bad(text) if text.is_empty() => {}
                AuthorId::Bad(text) => {
                    let message = format!("\"{text}\" is not a Scopus author id; it is not used");
                    entry.findings.push(Finding::warning("bad-author-id", message).at(place));
                }
            }
        }
    }
    ids
}

fn orcids(entry: &mut Entry) -> Vec<String> {
    let mut orcids = Vec::new();
    for (column, item) in entry.list("orcids") {
        match identifier::orcid(&item) {
            Some(orcid) if !orcids.contains(&orcid) => orcids.push(orcid),
            Some(_) => {}
            None => {
                let message = format!("\"{item}\" is not an ORCID iD (shape or check digit); it is not used");
                let place = entry.sheet.place(entry.row.number, column);
                let hint = "copy it from the person's page at orcid.org";
                entry.findings.push(Finding::warning("bad-orcid", message).at(place).hint(hint));
            }
        }
    }
    orcids
}

/// Merges the rows of each person. Two rows with one id but different names are two persons: the second is left out
/// (`duplicate-staff`). One author id under two persons is reported (`shared-author-id`); both keep it.
///
/// The second value names the file of each row that was left out, by the number that came with the row.
pub fn merge(posts: Vec<(usize, Post)>, units: &Units, findings: &mut Findings) -> (Vec<Staff>, Vec<usize>) {
    let mut persons: Vec<Post> = Vec::new();
    let mut by_id: FxHashMap<String, usize> = FxHashMap::default();
    let mut left_out = Vec::new();
    for (file, post) in posts {
        let index = *by_id.entry(fold(&post.staff.id)).or_insert(persons.len());
        match persons.get_mut(index) {
            None => persons.push(post),
            Some(person) if same_person(&person.staff, &post.staff) => join(person, post, units),
            Some(person) => {
                let (new, old) = (&post.staff, &person.staff);
                let message = format!(
                    "the id {} belongs to \"{}\" ({}) already; \"{}\" is left out",
                    new.id, old.name, old.place, new.name
                );
                let finding = Finding::error("duplicate-staff", message).at(new.place.clone());
                findings.push(finding.hint("give each person an id of their own"));
                left_out.push(file);
            }
        }
    }
    let staff: Vec<Staff> = persons.into_iter().map(|person| person.staff).collect();
    report_shared_ids(&staff, findings);
    (staff, left_out)
}

fn same_person(one: &Staff, two: &Staff) -> bool {
    let same = |a: &str, b: &str| fold(a) == fold(b);
    same(&one.name, &two.name)
        || !one.latin_name.is_empty() && same(&one.latin_name, &two.latin_name)
        || one.scopus_ids.iter().any(|id| two.scopus_ids.contains(id))
        || one.orcids.iter().any(|id| two.orcids.contains(id))
}

fn join(person: &mut Post, post: Post, units: &Units) {
    let (staff, other) = (&mut person.staff, post.staff);
    // Stated shares of different posts add up; the same post listed twice, or a mode of cooperation, does not.
    let same_post = other.units.iter().all(|unit| staff.units.contains(unit));
    staff.fte = if person.fte_of_post && post.fte_of_post && !same_post {
        (staff.fte + other.fte).min(1.0)
    } else {
        staff.fte.max(other.fte)
    };
    let mut all = std::mem::take(&mut staff.units);
    all.extend(other.units.into_iter().filter(|unit| !staff.units.contains(unit)));
    let mut distinct = Vec::new();
    for unit in all {
        if !distinct.contains(&unit) {
            distinct.push(unit);
        }
    }
    staff.units = most_particular(units, distinct);
    for id in other.scopus_ids {
        if !staff.scopus_ids.contains(&id) {
            staff.scopus_ids.push(id);
        }
    }
    for orcid in other.orcids {
        if !staff.orcids.contains(&orcid) {
            staff.orcids.push(orcid);
        }
    }
    if staff.latin_name.is_empty() {
        staff.latin_name = other.latin_name;
    }
    if staff.rank.is_empty() {
        staff.rank = other.rank;
    }
    staff.international = staff.international.or(other.international);
    staff.female = staff.female.or(other.female);
    staff.doctorate = staff.doctorate.or(other.doctorate);
    // Employed from the first post's first day to the last post's last; an open end stays open.
    staff.from = staff.from.zip(other.from).map(|(a, b)| a.min(b));
    staff.to = staff.to.zip(other.to).map(|(a, b)| a.max(b));
}

fn report_shared_ids(staff: &[Staff], findings: &mut Findings) {
    let mut owners: FxHashMap<&str, &Staff> = FxHashMap::default();
    for person in staff {
        for id in person.scopus_ids.iter().chain(&person.orcids) {
            let owner = *owners.entry(id).or_insert(person);
            if owner.id != person.id {
                let message = format!("{} and {} have the same author id {id}", owner.name, person.name);
                let place: Place = person.place.clone();
                let hint = "papers with it are credited to both; remove it from the wrong person";
                findings.push(Finding::warning("shared-author-id", message).at(place).hint(hint));
            }
        }
    }
}
