//! What moved from one run to the next, as CSV.

use crate::model::moved::{EditionMove, Factor};
use crate::model::output::Output;

/// Points below this are other orders of sums.
const NOISE: f64 = 1e-12;

/// `moved.csv` (`edition,unit,group,from,to,change,own_data,peers,method,corrections`) and `moved_indicators.csv`
/// (`edition,unit,indicator,factor,points,cause`). `edition` is that of the second run, with that of the first before
/// it where they differ. Parts are empty where a mixture of the runs has no composite; rows of indicators are those that
/// moved.
///
/// # Errors
/// Only where the CSV writer refuses a row, which it does not do in memory.
pub fn tables(editions: &[EditionMove]) -> Result<Vec<Output>, csv::Error> {
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let mut moved = csv::Writer::from_writer(Vec::new());
    moved.write_record(["edition", "unit", "group", "from", "to", "change"].into_iter().chain(factors()))?;
    let mut indicators = csv::Writer::from_writer(Vec::new());
    indicators.write_record(["edition", "unit", "indicator", "factor", "points", "cause"])?;
    for edition in editions {
        let id = label(edition);
        for unit in &edition.units {
            for row in &unit.moves {
                let mut record = vec![id.clone(), unit.unit.clone(), row.group.clone()];
                record.extend([row.from, row.to, row.change()].map(number));
                record.extend((0..Factor::ALL.len()).map(|at| number(row.parts.map(|parts| parts[at]))));
                moved.write_record(record)?;
            }
            for part in unit.indicators.iter().filter(|part| part.points.abs() > NOISE) {
                let (factor, points) = (part.factor.as_str(), part.points.to_string());
                indicators.write_record([&id, &unit.unit, &part.indicator, factor, &points, &part.cause])?;
            }
        }
    }
    let output = |path: &str, writer: csv::Writer<Vec<u8>>| -> Result<Output, csv::Error> {
        let bytes = writer.into_inner().map_err(|error| error.into_error())?;
        Ok(Output { path: path.to_owned(), bytes })
    };
    Ok(vec![output("moved.csv", moved)?, output("moved_indicators.csv", indicators)?])
}

fn factors() -> impl Iterator<Item = &'static str> {
    Factor::ALL.into_iter().map(Factor::as_str)
}

/// The two editions in one name.
pub fn label(edition: &EditionMove) -> String {
    if edition.from == edition.to { edition.to.clone() } else { format!("{} → {}", edition.from, edition.to) }
}
