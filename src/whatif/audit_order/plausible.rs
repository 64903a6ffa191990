//! Errors that cells can plausibly have, from `data/reference/plausible_errors.toml`.

use serde::Deserialize;

/// The file.
const TEXT: &str = include_str!("../../../data/reference/plausible_errors.toml");

/// How a cell is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Way {
    Add,
    Share,
    Factor,
    Other,
}

/// The plausible error of one field.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    table: String,
    field: String,
    kind: Way,
    by: Option<f64>,
    at_least: Option<f64>,
    reason: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    error: Vec<Entry>,
}

/// All of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Plausible(File);

impl Plausible {
    /// The errors of the file that comes with the program.
    ///
    /// # Panics
    /// Where that file is not as it should be, which a test sees.
    pub fn built_in() -> Self {
        Plausible(toml::from_str(TEXT).expect("data/reference/plausible_errors.toml is read by a test"))
    }

    /// Whether a field can say the other thing; also where it is not listed to be off by an amount.
    pub fn other(&self, table: &str, field: &str) -> bool {
        self.find(table, field).is_some_and(|entry| entry.kind == Way::Other)
    }

    /// Tables and fields with the reason of each, in file order.
    pub fn reasons(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.0.error.iter().map(|entry| (entry.table.as_str(), entry.field.as_str(), entry.reason.as_str()))
    }

    fn find(&self, table: &str, field: &str) -> Option<&Entry> {
        self.0.error.iter().find(|entry| entry.table == table && entry.field == field)
    }

    /// What a number may be instead, with the error in words: none below zero, none that is the number itself.
    pub fn instead(&self, table: &str, field: &str, value: f64) -> Vec<(f64, String)> {
        let Some(entry) = self.find(table, field) else { return Vec::new() };
        let by = entry.by.unwrap_or(0.0);
        let around = |step: f64| vec![(value + step, format!("+{step}")), (value - step, format!("-{step}"))];
        let mut instead = match entry.kind {
            Way::Add => around(by),
            Way::Share => match entry.at_least.filter(|least| *least > by * value) {
                Some(least) => around(least),
                None => {
                    let percent = by * 100.0;
                    vec![(value * (1.0 + by), format!("+{percent} %")), (value * (1.0 - by), format!("-{percent} %"))]
                }
            },
            Way::Factor => vec![(value * by, format!("× {by}")), (value / by, format!("÷ {by}"))],
            Way::Other => Vec::new(),
        };
        instead.iter_mut().for_each(|(number, _)| *number = number.max(0.0));
        instead.retain(|(number, _)| *number != value);
        instead
    }
}
