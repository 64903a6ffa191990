//! Finds the header row of a sheet and the layout it speaks: by what the columns are called, never by file name or order.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::load::grid::{Cell, Grid, Row};
use crate::load::layout::{Layout, Table};
use crate::load::number::decimal_comma;
use crate::load::title;
use crate::load::unit_names::UnitNames;
use crate::model::text::{clean, fold};

/// Fields that hold numbers.
const NUMBERS: &[&str] = &[
    "headcount",
    "fte",
    "international",
    "female",
    "count",
    "institutional_income",
    "research_income",
    "industry_income",
    "amount",
    "value",
    "rate",
];
/// Rows searched for a header.
const SEARCHED_ROWS: usize = 40;
/// Columns looked at in a header.
const SEARCHED_COLUMNS: usize = 2048;

/// A header that was found.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// Index of its first row in [`Grid::rows`].
    pub first: usize,
    /// Number of header rows, 1 or 2.
    pub height: usize,
    /// Columns of each field.
    pub columns: BTreeMap<String, Vec<usize>>,
    /// Header text of every column as shown; two rows are joined.
    pub labels: Vec<String>,
    /// Columns that two claim the same field: `(column, field)`; the first is used.
    pub repeated: Vec<(usize, String)>,
    /// Regions of one column that are merged downwards, by column: first and last row, ascending.
    pub merged_down: BTreeMap<usize, Vec<(u32, u32)>>,
    /// Columns of numbers whose values show whether their decimals have a comma.
    pub decimal_commas: BTreeMap<usize, bool>,
}

/// What came of looking for a header.
#[derive(Debug, Clone)]
pub enum Recognition<'a> {
    /// The sheet speaks this layout.
    Known(&'a Layout, Header),
    /// It does not, but this one is near.
    Near {
        /// The nearest layout.
        layout: &'a Layout,
        /// Row of the nearest header as shown.
        row: u32,
        /// Required fields that no column has.
        missing: Vec<String>,
        /// Headers that mean nothing to the layout.
        unused: Vec<String>,
    },
    /// No layout is near.
    Unknown,
}

/// Header texts of one or two rows.
pub(super) struct Labels {
    /// Index of the first row in the grid.
    pub first: usize,
    /// Number of rows.
    pub height: usize,
    /// Header text by column.
    pub shown: Vec<String>,
    /// Per column, keys from the most to the least particular.
    pub keys: Vec<Vec<String>>,
}

/// Finds the layout. The office's own come first; then the one with most recognised columns. `names` are the units,
/// once they are known: only then may a sheet's name stand for a unit column.
pub fn recognise<'a>(grid: &Grid, layouts: &'a [Layout], names: Option<&UnitNames>) -> Recognition<'a> {
    let mut best: Option<(bool, usize, &Layout, Header)> = None;
    let mut near: Option<(i64, Recognition)> = None;
    for labels in candidates(grid) {
        // Looking for a year in all that stands above is slow, and few layouts need it.
        let titled = OnceCell::new();
        let titled = || *titled.get_or_init(|| title::year(grid, labels.first).is_some());
        for layout in layouts {
            let Assigned { columns, repeated } = assign(layout, &labels);
            // Rows of data mean nothing to any layout; looking for what they lack would cost more than all else.
            if columns.is_empty() {
                continue;
            }
            let missing = missing_fields(layout, &columns, grid, &titled, names);
            let score = columns.len();
            if missing.is_empty() {
                if best.as_ref().is_none_or(|(own, most, ..)| (layout.own, score) > (*own, *most)) {
                    let Labels { first, height, ref shown, .. } = labels;
                    let labels = shown.clone();
                    let header = Header { first, height, columns, labels, repeated, ..Header::default() };
                    best = Some((layout.own, score, layout, header));
                }
            } else if score >= 2 {
                let closeness = score as i64 - 2 * missing.len() as i64;
                if near.as_ref().is_none_or(|(most, ..)| closeness > *most) {
                    let used: Vec<usize> = columns.values().flatten().copied().collect();
                    let unused = labels.shown.iter().enumerate().filter(|(column, label)| {
                        !label.is_empty() && !used.contains(column) && !layout.ignores(&fold(label))
                    });
                    let unused = unused.map(|(_, label)| label.clone()).collect();
                    let row = grid.rows[labels.first].number;
                    near = Some((closeness, Recognition::Near { layout, row, missing, unused }));
                }
            }
        }
    }
    match (best, near) {
        (Some((_, _, layout, mut header)), _) => {
            header.merged_down = merged_down(grid, &header);
            header.decimal_commas = decimal_commas(grid, &header);
            Recognition::Known(layout, header)
        }
        (None, Some((_, near))) => near,
        (None, None) => Recognition::Unknown,
    }
}

/// The merged regions below a header that reach over several rows of one of its columns.
fn merged_down(grid: &Grid, header: &Header) -> BTreeMap<usize, Vec<(u32, u32)>> {
    let end = grid.rows.get(header.first + header.height - 1).map_or(0, |row| row.number);
    let mut regions: BTreeMap<usize, Vec<(u32, u32)>> = BTreeMap::new();
    for m in grid.merged.iter().filter(|m| m.first_row > end && m.last_row > m.first_row) {
        if m.first_column == m.last_column {
            regions.entry(m.first_column as usize).or_default().push((m.first_row, m.last_row));
        }
    }
    regions.values_mut().for_each(|regions| regions.sort_unstable());
    regions
}

/// Decides the decimal sign of every column of numbers by its values. In a sheet a thousands comma and a decimal comma
/// look alike; only the column as a whole tells them apart.
fn decimal_commas(grid: &Grid, header: &Header) -> BTreeMap<usize, bool> {
    let rows = grid.rows.get(header.first + header.height..).unwrap_or_default();
    let columns = NUMBERS.iter().filter_map(|field| header.columns.get(*field)).flatten().copied();
    let decide = |column: usize| {
        let texts = rows.iter().filter_map(|row| match row.cell(column) {
            Cell::Text(text) => Some(&**text),
            _ => None,
        });
        decimal_comma(texts).map(|comma| (column, comma))
    };
    columns.filter_map(decide).collect()
}

/// Single rows before pairs, so that a pair is chosen only where its second row adds columns.
pub(super) fn candidates(grid: &Grid) -> Vec<Labels> {
    let searched = grid.rows.len().min(SEARCHED_ROWS);
    let singles = (0..searched).map(|first| {
        let shown = labels(&grid.rows[first]);
        let keys = shown.iter().map(|label| keys_of(label)).collect();
        Labels { first, height: 1, shown, keys }
    });
    let pairs = (0..searched.saturating_sub(1))
        .filter(|&first| grid.rows[first].number + 1 == grid.rows[first + 1].number)
        .map(|first| pair(grid, first));
    singles.chain(pairs).collect()
}

/// A group row above a row of sub-headers. A merged group cell, or one followed by empty cells, stands over all of its
/// sub-headers; a header merged downwards stands in the upper row alone.
fn pair(grid: &Grid, first: usize) -> Labels {
    let (upper_row, lower_row) = (&grid.rows[first], &grid.rows[first + 1]);
    let (upper, lower) = (labels(upper_row), labels(lower_row));
    let width = upper.len().max(lower.len()).max(group_width(grid, upper_row.number));
    let mut shown = Vec::with_capacity(width);
    let mut keys = Vec::with_capacity(width);
    for column in 0..width {
        let own = upper.get(column).map_or("", String::as_str);
        let below = lower.get(column).map_or("", String::as_str);
        let group = if own.is_empty() { group_over(grid, upper_row.number, &upper, column) } else { own };
        let mut column_keys = Vec::new();
        if !below.is_empty() {
            if !group.is_empty() {
                column_keys.push(fold(group) + &fold(below));
            }
            column_keys.extend(keys_of(below));
        }
        if !own.is_empty() && (below.is_empty() || group_is_single(grid, upper_row.number, column)) {
            column_keys.extend(keys_of(own));
        }
        shown.push(match (group.is_empty() || below == group, below.is_empty()) {
            (true, _) => below.to_owned(),
            (false, true) => own.to_owned(),
            (false, false) => format!("{group} / {below}"),
        });
        keys.push(column_keys);
    }
    Labels { first, height: 2, shown, keys }
}

/// The text of the group cell over a column whose own upper cell is empty.
fn group_over<'t>(grid: &Grid, row: u32, upper: &'t [String], column: usize) -> &'t str {
    let at = |column: usize| upper.get(column).map_or("", String::as_str);
    let over = grid.merged.iter().find(|m| {
        m.first_row <= row && row <= m.last_row && (m.first_column as usize..=m.last_column as usize).contains(&column)
    });
    match over {
        Some(merged) => at(merged.first_column as usize),
        // Formats that keep no merged regions (CSV) leave the rest of a group empty.
        None if grid.merged.is_empty() => {
            upper[..column.min(upper.len())].iter().rfind(|t| !t.is_empty()).map_or("", |t| t)
        }
        None => "",
    }
}

/// Whether an upper cell stands over its own column only, so that it may be a header by itself.
fn group_is_single(grid: &Grid, row: u32, column: usize) -> bool {
    let wide = |m: &&crate::load::grid::Merged| m.last_column > m.first_column;
    !grid.merged.iter().filter(wide).any(|m| {
        m.first_row <= row && row <= m.last_row && (m.first_column as usize..=m.last_column as usize).contains(&column)
    })
}

/// One past the last column of a merged region that touches the row, bounded.
fn group_width(grid: &Grid, row: u32) -> usize {
    let touching = grid.merged.iter().filter(|m| m.first_row <= row && row <= m.last_row);
    touching.map(|m| m.last_column as usize + 1).max().unwrap_or(0).min(SEARCHED_COLUMNS)
}

/// The texts of a row; numbers and other values are no headers.
fn labels(row: &Row) -> Vec<String> {
    let label = |cell: &Cell| match cell {
        Cell::Text(text) if text.len() <= 400 => clean(text),
        _ => String::new(),
    };
    row.cells.iter().take(SEARCHED_COLUMNS).map(label).collect()
}

/// Match keys of a header: the whole, then without what stands in brackets (`Income (million rial)`).
fn keys_of(label: &str) -> Vec<String> {
    if label.is_empty() {
        return Vec::new();
    }
    let mut keys = vec![fold(label)];
    let mut plain = String::new();
    let mut depth = 0_u32;
    for sign in label.chars() {
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(sign),
            _ => {}
        }
    }
    let plain = fold(&plain);
    if !plain.is_empty() && plain != keys[0] {
        keys.push(plain);
    }
    keys.retain(|key| !key.is_empty());
    keys
}

/// Columns given to fields.
struct Assigned {
    columns: BTreeMap<String, Vec<usize>>,
    repeated: Vec<(usize, String)>,
}

/// Gives columns to fields: the most particular keys first, then from left to right.
fn assign(layout: &Layout, labels: &Labels) -> Assigned {
    let mut columns: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut repeated = Vec::new();
    let mut taken = vec![false; labels.keys.len()];
    let depth = labels.keys.iter().map(Vec::len).max().unwrap_or(0);
    for level in 0..depth {
        for (column, keys) in labels.keys.iter().enumerate() {
            let Some(field) = keys.get(level).and_then(|key| layout.field_of(key)) else { continue };
            if taken[column] {
                continue;
            }
            taken[column] = true;
            let several = layout.fields.get(field).is_some_and(|field| field.several);
            let columns = columns.entry(field.to_owned()).or_default();
            if columns.is_empty() || several {
                columns.push(column);
            } else {
                repeated.push((column, field.to_owned()));
            }
        }
    }
    columns.values_mut().for_each(|columns| columns.sort_unstable());
    Assigned { columns, repeated }
}

/// The required fields that neither a column nor a constant, the sheet's name or a title gives; `titled` tells whether a
/// title states the year.
fn missing_fields(
    layout: &Layout,
    columns: &BTreeMap<String, Vec<usize>>,
    grid: &Grid,
    titled: &dyn Fn() -> bool,
    names: Option<&UnitNames>,
) -> Vec<String> {
    let given = |field: &str| {
        columns.contains_key(field)
            || layout.constants.contains_key(field)
            || layout.sheet_is.as_deref() == Some(field)
                && names.is_some_and(|names| title::unit(grid, names).is_some())
            || field == "year" && layout.table != Table::Records && titled()
    };
    let mut missing: Vec<String> = (layout.fields.iter())
        .filter(|(name, field)| field.required && !given(name))
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    for group in &layout.any_of {
        // A value that is the same for all rows tells nothing about the sheet.
        if !group
            .iter()
            .any(|field| given(field) && !layout.constants.contains_key(field) || columns.contains_key(field))
        {
            missing.push(group.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(" or "));
        }
    }
    missing
}
