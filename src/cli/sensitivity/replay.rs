//! One draw again: what it did, its scores, and whether the ledger says the same.

use std::path::Path;

use crate::diagnostic::{Error, Finding, Place};
use crate::model::edition::Edition;
use crate::model::sensitivity::UncertainInput;
use crate::model::unit::{UnitIndex, Units};
use crate::whatif::sensitivity::outcome::{Outcome, ranked};
use crate::whatif::sensitivity::study::Study;
use crate::whatif::sensitivity::tables::{number, recorded};
use crate::whatif::sensitivity::tree::Scratch;

/// The ledger of an analysis.
const LEDGER: &str = "ledger.csv";

/// Works a draw out again and holds it against the ledger in `out`, where there is one; what differs is a finding.
///
/// # Errors
/// `no-draw` where the study has no such draw.
pub fn replay(
    study: &Study,
    edition: &Edition,
    units: &Units,
    draw: usize,
    out: &Path,
    findings: &mut Vec<Finding>,
) -> Result<String, Error> {
    let draws = study.design.draws();
    if draw >= draws {
        let finding = Finding::error("no-draw", format!("there is no draw {draw}"));
        return Err(finding.hint(format!("draws are 0 to {}", draws - 1)).into());
    }
    let mut row = recorded(study, draw);
    let mut text = format!("Draw {draw} of {draws}: sample {}, point {}\n", row[1], row[2]);
    for (input, alternative) in study.inputs.iter().zip(&row[3..]) {
        text += &format!("  {:<14}{alternative}\n", input.kind.as_str());
    }
    let setting = study.setting(draw);
    if setting.get(UncertainInput::Weights) > 0 {
        text += "\n  weight                                edition     draw\n";
        let names = edition.groups.iter().map(|group| group.code.as_str());
        let names = edition.indicators.iter().map(|indicator| indicator.code.as_str()).chain(names);
        let pairs = study.weights(0).iter().zip(study.weights(setting.weights));
        for (name, (own, drawn)) in names.zip(pairs) {
            text += &format!("  {name:<34}{own:>11.3}{drawn:>9.3}\n");
        }
    }
    for (at, own) in study.types.iter().enumerate() {
        let count = own.members.len();
        let mut totals = vec![f64::NAN; count];
        study.totals(at, setting, &mut Scratch::default(), &mut totals);
        let mut ranks = vec![0; count];
        ranked(&totals, &mut ranks);
        let change = Outcome { units: count, totals: totals.clone(), ranks: ranks.clone() }.changes(&own.ranks)[0];
        row.push(number(change));
        text += &format!("\n{}: units are {} ranks from the run's on average\n", own.unit_type, number(change));
        text += &format!("  {:<28}{:>20}{:>6}{:>12}\n", "unit", "score", "rank", "in the run");
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|&unit| (ranks[unit] == 0, ranks[unit], unit));
        let shown = |rank: u32| if rank == 0 { "–".to_owned() } else { rank.to_string() };
        for unit in order {
            let id = &units.get(UnitIndex(own.members[unit] as u32)).id;
            let (rank, before) = (shown(ranks[unit]), shown(own.ranks[unit]));
            text += &format!("  {id:<28}{:>20}{rank:>6}{before:>12}\n", number(totals[unit]));
        }
    }
    text += &against_ledger(&row, draw, out, findings);
    Ok(text)
}

/// Whether the ledger has the same row.
fn against_ledger(row: &[String], draw: usize, out: &Path, findings: &mut Vec<Finding>) -> String {
    let path = out.join(LEDGER);
    let Ok(mut reader) = csv::Reader::from_path(&path) else {
        return format!("\nThere is no ledger at {} to compare with.\n", path.display());
    };
    let known = reader.records().nth(draw).and_then(Result::ok);
    if known.as_ref().is_some_and(|known| known.iter().eq(row.iter().map(String::as_str))) {
        return format!("\nAs recorded in {}.\n", path.display());
    }
    let recorded = known.map_or_else(|| "nothing".to_owned(), |known| known.iter().collect::<Vec<_>>().join(","));
    let message = format!("draw {draw} is not as recorded: {} now, {recorded} there", row.join(","));
    // The header is row 1.
    let place = Place::Cell { file: LEDGER.to_owned(), sheet: None, row: draw as u32 + 2, column: None };
    let hint = "the inputs, [sensitivity], --unit-type or the program are not those of the recorded analysis";
    findings.push(Finding::error("not-as-recorded", message).at(place).hint(hint));
    String::new()
}
