//! The catalogue of strategies: sheets of `strategies/`.

use std::path::Path;

use crate::diagnostic::{Checked, Finding, Place};
use crate::load::cell::{Entry, Printed, Read, printed_number};
use crate::load::findings::Findings;
use crate::load::folder;
use crate::load::header::{Recognition, recognise};
use crate::load::layout::{self, Layout, Meaning, Table};
use crate::load::limits::Limits;
use crate::load::nearest::nearest;
use crate::load::sheet::Sheet;
use crate::load::title;
use crate::load::unit_names::{Found, UnitNames};
use crate::model::money::MoneyUnit;
use crate::model::names::Names;
use crate::model::strategy::{Cost, EffectRange, Helper, Strategy};
use crate::model::tables::Tables;
use crate::model::text::fold;
use crate::model::unit::{UnitIndex, Units};

/// The folder that is read.
const FOLDER: &str = "strategies";

/// Word of a layout that stands for every unit.
const ALL: &str = "all";

/// A synergy stronger than this, in percent, is a slip of the pen.
const STRONGEST: f64 = 1000.0;

/// A row whose relations to other rows are not resolved yet.
struct Row {
    strategy: Strategy,
    requires: Vec<(Place, String)>,
    excludes: Vec<(Place, String)>,
    synergies: Vec<(Place, String)>,
}

/// Reads all sheets of the folder in the order of their files.
pub fn read(dir: &Path, tables: &Tables, levers: &[&str], limits: &Limits) -> Checked<Vec<Strategy>> {
    let mut findings = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let names = UnitNames::new(&tables.units, &tables.aliases);
    let layouts = layouts(dir);
    for file in folder::tables_of(dir, FOLDER) {
        for grid in crate::load::read(dir, &file, limits).into_value(&mut findings) {
            let Recognition::Known(layout, header) = recognise(&grid, &layouts, None) else {
                let message = "no row of the sheet is the header of a catalogue of strategies";
                let hint = "id, lever, units, effect_mid, cost, currency, capacity; `sanjeh new DIR` writes a template";
                findings.push(Finding::warning("unknown-sheet", message).at(grid.place(0, None)).hint(hint));
                continue;
            };
            let sheet = Sheet { grid: &grid, layout, header: &header };
            let mut found = Findings::default();
            rows.extend(sheet.each(&mut found, |entry| row(entry, &tables.units, &names, levers)).0);
            findings.extend(found.finish());
        }
    }
    let rows = without_repeats(rows, &mut findings);
    Checked { value: resolve(rows, &mut findings), findings }
}

/// The layouts of strategies, the office's own first. Faults of its files are those of reading the tables.
fn layouts(dir: &Path) -> Vec<Layout> {
    let own = folder::list(dir).map(|listing| listing.layouts).unwrap_or_default();
    let own = own.iter().filter_map(|file| {
        let text = std::fs::read_to_string(dir.join(file)).ok()?;
        Layout::parse(file, &text, true).ok()
    });
    own.chain(layout::built_in()).filter(|layout| layout.table == Table::Strategies).collect()
}

fn row(entry: &mut Entry, units: &Units, names: &UnitNames, levers: &[&str]) -> Read<Row> {
    let id = entry.required("id")?;
    let lever = entry.required("lever")?;
    if !levers.contains(&lever.as_str()) {
        let hint = match nearest(&lever, levers.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("levers are {}", levers.join(", ")),
        };
        let message = format!("there is no lever \"{lever}\"; the row is left out");
        return entry.refuse("lever", Finding::error("unknown-lever", message).hint(hint));
    }
    let effect = effect(entry)?;
    let cost = cost(entry)?;
    let Some(capacity) = entry.count("capacity")? else { return entry.missing("capacity") };
    let total = entry.count("total")?;
    let lead_years = entry.count("lead_years")?.unwrap_or(0.0);
    let units = units_of(entry, units, names)?;
    let strategy = Strategy {
        id,
        name: Names::new(entry.word("name_en"), entry.word("name_fa")),
        lever,
        units,
        effect,
        cost,
        lead_years,
        capacity,
        total,
        requires: Vec::new(),
        excludes: Vec::new(),
        synergies: Vec::new(),
        owner: Names::new(entry.word("owner_en"), entry.word("owner_fa")),
        note: entry.word("note"),
        place: entry.place("id"),
    };
    let listed = |field: &str| -> Vec<(Place, String)> {
        let items = entry.list(field).into_iter();
        items.map(|(column, item)| (entry.sheet.place(entry.row.number, column), item)).collect()
    };
    let (requires, excludes, synergies) = (listed("requires"), listed("excludes"), listed("synergies"));
    Ok(Row { strategy, requires, excludes, synergies })
}

/// Low and high are as the middle where the row does not say them.
fn effect(entry: &mut Entry) -> Read<EffectRange> {
    let Some(middle) = entry.number("effect_mid")? else { return entry.missing("effect_mid") };
    let low = entry.number("effect_low")?.unwrap_or(middle);
    let high = entry.number("effect_high")?.unwrap_or(middle);
    let wrong = if low > middle { Some("effect_low") } else { (middle > high).then_some("effect_high") };
    if let Some(field) = wrong {
        let message = format!("the effects {low}, {middle}, {high} do not rise from low to high; the row is left out");
        return entry.refuse(field, Finding::error("effect-disorder", message));
    }
    Ok(EffectRange { low, middle, high })
}

/// A cost above 0 without a money unit in the row, the title or the layout leaves the row out: a guess would be wrong by a
/// factor of ten or a thousand.
fn cost(entry: &mut Entry) -> Read<Cost> {
    let Some(sum) = entry.number("cost")? else { return entry.missing("cost") };
    if sum < 0.0 {
        let message = format!("{sum}: a cost is never below 0; the row is left out");
        return entry.refuse("cost", Finding::error("negative-amount", message));
    }
    let text = entry.word("currency");
    let of_sheet = || {
        title::money_unit(entry.sheet.grid, entry.sheet.header.first)
            .or_else(|| entry.sheet.layout.currency.as_deref().and_then(MoneyUnit::parse))
    };
    let money = if text.is_empty() { of_sheet() } else { MoneyUnit::parse(&text) };
    if money.is_none() && (sum > 0.0 || !text.is_empty()) {
        let message = if text.is_empty() {
            "the row does not say in which money unit its cost is; it is left out".to_owned()
        } else {
            format!("no money unit is known as \"{text}\"; the row is left out")
        };
        let hint = "write million rial, toman, international dollars …";
        return entry.refuse("currency", Finding::error("no-currency", message).hint(hint));
    }
    Ok(Cost { sum, money })
}

/// Units by id, name or type; `all` or nothing are all of them. What is neither is an error at its cell; with none left the
/// row is left out.
fn units_of(entry: &mut Entry, units: &Units, names: &UnitNames) -> Read<Vec<UnitIndex>> {
    let every = || units.iter().map(|(unit, _)| unit).collect::<Vec<_>>();
    let items = entry.list("units");
    if items.is_empty() {
        return Ok(every());
    }
    let mut found: Vec<UnitIndex> = Vec::new();
    let types = units.types();
    for (column, item) in items {
        if let Found::One(unit) = names.find(&item) {
            found.push(unit);
            continue;
        }
        let key = fold(&item);
        let known = match entry.sheet.layout.exact_meaning("units", &item) {
            Some(Meaning::Word(word)) => Some(word.as_str()),
            _ => types.iter().find(|known| fold(known) == key).copied(),
        };
        match known {
            Some(ALL) => found.extend(every()),
            // A type that has no unit here is no fault of the row.
            Some(unit_type) => found.extend(units.of_type(unit_type)),
            None => {
                let message = format!("\"{item}\" is no unit and no type of unit");
                let mut finding =
                    Finding::error("unknown-unit", message).at(entry.sheet.place(entry.row.number, column));
                if let Some(near) = names.nearest(&item) {
                    finding = finding.hint(format!("did you mean \"{near}\"?"));
                }
                entry.findings.push(finding.hint("write ids or types of units separated by ; or all"));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() {
        let finding = Finding::warning("missing-value", "none of its units is there; the row is left out");
        return entry.refuse("units", finding);
    }
    Ok(found)
}

/// The first row of each id.
fn without_repeats(rows: Vec<Row>, findings: &mut Vec<Finding>) -> Vec<Row> {
    let mut kept: Vec<Row> = Vec::new();
    for row in rows {
        let Strategy { id, place, .. } = &row.strategy;
        if kept.iter().any(|other| other.strategy.id == *id) {
            let message = format!("strategy \"{id}\" is listed twice; the first row is used");
            let finding = Finding::error("duplicate-strategy", message).at(place.clone());
            findings.push(finding.hint("give each strategy its own id"));
        } else {
            kept.push(row);
        }
    }
    kept
}

/// Ids of other strategies become indices; what names none, or cannot be, is an error at its cell and is left out.
fn resolve(rows: Vec<Row>, findings: &mut Vec<Finding>) -> Vec<Strategy> {
    let ids: Vec<String> = rows.iter().map(|row| row.strategy.id.clone()).collect();
    let mut strategies = Vec::new();
    let mut cells: Vec<Vec<Place>> = Vec::new();
    for row in rows {
        let mut strategy = row.strategy;
        let own = strategies.len();
        let mut find = |place: &Place, id: &str| find(&ids, own, place, id, findings);
        let mut places = Vec::new();
        for (place, id) in &row.requires {
            if let Some(other) = find(place, id).filter(|other| !strategy.requires.contains(other)) {
                strategy.requires.push(other);
                places.push(place.clone());
            }
        }
        let excludes = row.excludes.iter().filter_map(|(place, id)| Some((place, find(place, id)?)));
        let excludes: Vec<(&Place, usize)> = excludes.collect();
        let synergies: Vec<_> = row
            .synergies
            .iter()
            .filter_map(|(place, text)| {
                let (id, percent) = text.rsplit_once(':').unwrap_or((text, ""));
                Some((place, find(place, id.trim())?, printed_number(percent.trim(), None)))
            })
            .collect();
        for (place, other) in excludes {
            if strategy.requires.contains(&other) {
                let message = format!("\"{}\" is both required and excluded; it is not excluded", ids[other]);
                findings.push(Finding::error("contradictory-strategy", message).at(place.clone()));
            } else if !strategy.excludes.contains(&other) {
                strategy.excludes.push(other);
            }
        }
        for (place, other, percent) in synergies {
            match percent {
                Printed::Number(number) if (0.0..=STRONGEST).contains(&number.value) => {
                    strategy.synergies.push(Helper { strategy: other, part: number.value / 100.0 });
                }
                _ => {
                    let message = format!("the synergy with \"{}\" has no percentage; it is left out", ids[other]);
                    let hint = "write id:percent, such as mentoring:15";
                    findings.push(Finding::error("bad-synergy", message).at(place.clone()).hint(hint));
                }
            }
        }
        strategies.push(strategy);
        cells.push(places);
    }
    cut_circles(&mut strategies, &cells, findings);
    strategies
}

fn find(ids: &[String], own: usize, place: &Place, id: &str, findings: &mut Vec<Finding>) -> Option<usize> {
    let known = ids.iter().position(|known| known == id);
    if known == Some(own) {
        let message = format!("\"{id}\" names itself");
        findings.push(Finding::error("contradictory-strategy", message).at(place.clone()));
    } else if known.is_none() {
        let mut finding = Finding::error("unknown-strategy", format!("there is no strategy \"{id}\""));
        if let Some(near) = nearest(id, ids.iter().map(String::as_str)) {
            finding = finding.hint(format!("did you mean \"{near}\"?"));
        }
        findings.push(finding.at(place.clone()));
    }
    known.filter(|known| *known != own)
}

/// Leaves out every requirement that closes a circle.
fn cut_circles(strategies: &mut [Strategy], cells: &[Vec<Place>], findings: &mut Vec<Finding>) {
    for own in 0..strategies.len() {
        let wanted = std::mem::take(&mut strategies[own].requires);
        for (other, place) in wanted.into_iter().zip(&cells[own]) {
            if let Some(way) = way(strategies, other, own) {
                let ids: Vec<&str> = way.iter().map(|strategy| strategies[*strategy].id.as_str()).collect();
                let message = format!("requirements run in a circle: {} → {}", strategies[own].id, ids.join(" → "));
                let finding = Finding::error("circular-requirement", message).at(place.clone());
                findings.push(finding.hint("remove one of them; this one was left out"));
            } else {
                strategies[own].requires.push(other);
            }
        }
    }
}

/// A way along requirements from one strategy to another, both included.
fn way(strategies: &[Strategy], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut open = vec![vec![from]];
    let mut seen = vec![false; strategies.len()];
    while let Some(path) = open.pop() {
        let last = *path.last()?;
        if last == to {
            return Some(path);
        }
        if !std::mem::replace(&mut seen[last], true) {
            open.extend(strategies[last].requires.iter().map(|next| {
                let mut longer = path.clone();
                longer.push(*next);
                longer
            }));
        }
    }
    None
}
