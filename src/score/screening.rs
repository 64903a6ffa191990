//! Which units have data enough to be looked at, and which are screened out, by name.

/// Share of the columns in which a unit has a value, 0–1. All columns are of one length; without columns it is 0.
pub fn available(columns: &[Vec<Option<f64>>], unit: usize) -> f64 {
    let present = columns.iter().filter(|column| column.get(unit).is_some_and(Option::is_some)).count();
    if columns.is_empty() { 0.0 } else { present as f64 / columns.len() as f64 }
}

/// Share of the columns in which a unit has a value other than 0, among those in which it has one; `None` if it has none.
pub fn non_zero(columns: &[Vec<Option<f64>>], unit: usize) -> Option<f64> {
    let values: Vec<f64> = columns.iter().filter_map(|column| column.get(unit).copied().flatten()).collect();
    let count = values.iter().filter(|value| **value != 0.0).count();
    (!values.is_empty()).then(|| count as f64 / values.len() as f64)
}

/// Units that have values in fewer than `least` (0–1) of the columns, ascending.
pub fn screened_out(columns: &[Vec<Option<f64>>], least: f64) -> Vec<usize> {
    let units = columns.first().map_or(0, Vec::len);
    (0..units).filter(|&unit| available(columns, unit) < least).collect()
}
