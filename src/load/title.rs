//! What stands outside the table of a sheet but belongs to every row: the year or the money unit in a title, the unit in
//! the sheet's name.

use crate::load::date::parse_year;
use crate::load::grid::{Cell, Grid};
use crate::load::unit_names::UnitNames;
use crate::model::money::MoneyUnit;
use crate::model::text::{clean, digits_to_ascii};
use crate::model::unit::UnitIndex;

/// The texts above the header, the nearest first.
fn lines(grid: &Grid, first: usize) -> impl Iterator<Item = &str> {
    let above = grid.rows.iter().take(first).rev();
    above.flat_map(|row| row.cells.iter()).filter_map(|cell| match cell {
        Cell::Text(text) => Some(&**text),
        _ => None,
    })
}

/// The one year that the titles, else the sheet's name, state, as printed.
pub fn printed_year(grid: &Grid, first: usize) -> Option<String> {
    let titles: Vec<String> = lines(grid, first).flat_map(years_in).collect();
    let mut years = if titles.is_empty() { grid.sheet.as_deref().map(years_in).unwrap_or_default() } else { titles };
    years.sort();
    years.dedup();
    if years.len() == 1 { years.pop() } else { None }
}

/// The same as a Gregorian year.
pub fn year(grid: &Grid, first: usize) -> Option<i32> {
    printed_year(grid, first).and_then(|printed| parse_year(&printed).ok())
}

/// The money unit of the title nearest to the header, else of the sheet's name.
pub fn money_unit(grid: &Grid, first: usize) -> Option<MoneyUnit> {
    lines(grid, first).find_map(MoneyUnit::parse).or_else(|| grid.sheet.as_deref().and_then(MoneyUnit::parse))
}

/// The unit that the sheet's name, or for a file of one sheet the file's name, spells.
pub fn unit(grid: &Grid, names: &UnitNames) -> Option<UnitIndex> {
    let stem = || grid.file.rsplit('/').next().and_then(|name| name.split('.').next());
    let name = grid.sheet.as_deref().or_else(stem)?;
    names.find(&clean(name)).one()
}

/// Years such as `1402`, `۱۴۰۲–۱۴۰۳` or `2023/24` in a text, with ASCII digits.
fn years_in(text: &str) -> Vec<String> {
    let signs: Vec<char> = digits_to_ascii(text).chars().collect();
    let mut years = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        let end = run(&signs, at);
        if end == at {
            at += 1;
            continue;
        }
        let mut printed: String = signs[at..end].iter().collect();
        let plausible = printed.len() == 4
            && printed.parse().is_ok_and(|y: u32| (1300..1500).contains(&y) || (1900..2100).contains(&y));
        at = end;
        if !plausible {
            continue;
        }
        if signs.get(end).is_some_and(|sign| matches!(sign, '-' | '–' | '—' | '/')) {
            let second = run(&signs, end + 1);
            if matches!(second - end - 1, 2 | 4) {
                printed.push('-');
                printed.extend(&signs[end + 1..second]);
                at = second;
            }
        }
        if parse_year(&printed).is_ok() {
            years.push(printed);
        }
    }
    years
}

/// End of the run of digits that begins at `start`.
fn run(signs: &[char], start: usize) -> usize {
    let digits = signs.iter().skip(start).take_while(|sign| sign.is_ascii_digit()).count();
    start + digits
}
