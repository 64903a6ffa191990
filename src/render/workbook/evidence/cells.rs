//! Cells and formulas: what a cell is called, a formula with its result.

use rust_xlsxwriter::utility::{cell_range_absolute, row_col_to_cell_absolute};
use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use crate::render::number::ABSENT;

/// `$C$7`.
pub fn cell(row: u32, column: u16) -> String {
    row_col_to_cell_absolute(row, column)
}

/// Sums over the rows of a column, each a run of neighbours: `SUMPRODUCT` of what `product` makes of a run.
pub fn sum_over(rows: &[u32], product: impl Fn(u32, u32) -> String) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => runs.push((row, row)),
        }
    }
    let sums: Vec<String> =
        runs.iter().map(|(first, last)| format!("SUMPRODUCT({})", product(*first, *last))).collect();
    if sums.is_empty() { "0".to_owned() } else { sums.join("+") }
}

/// `$C$7:$C$9`.
pub fn run(column: u16, first: u32, last: u32) -> String {
    cell_range_absolute(first, column, last, column)
}

/// Writes a formula that gives `result`; without one it gives a dash.
pub fn live(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    formula: &str,
    result: Option<f64>,
    format: &Format,
) -> Result<(), XlsxError> {
    let result = result.map_or_else(|| ABSENT.to_owned(), |value| value.to_string());
    let formula = Formula::new(format!("={formula}")).set_result(result);
    sheet.write_formula_with_format(row, column, formula, format)?;
    Ok(())
}
