//! Baselines of the assessment: the long form that `sanjeh baselines` writes, with a row per cell and number of citations,
//! and a summary with the mean of each cell.

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::load::cell::{Entry, Read};
use crate::load::document_type::fold_document_type;
use crate::load::findings::Findings;
use crate::load::sheet::{Count, Sheet};
use crate::model::baseline::{ALL_FIELDS, ALL_TYPES, Baseline, Cell, CellKey, Step};
use crate::model::field_scheme::{FieldScheme, Printed, SCHEMES};

/// A row of either form.
struct Row {
    scheme: String,
    key: CellKey,
    figures: Figures,
}

/// What a row says of its cell.
enum Figures {
    Step(Step),
    Mean { papers: f64, mean: f64 },
}

/// Reads a sheet: one baseline per scheme, ascending. Rows without a scheme are of `scheme`.
pub fn read(sheet: &Sheet, scheme: &str, findings: &mut Findings) -> (Vec<Baseline>, Count) {
    let schemes: Vec<FieldScheme> = SCHEMES.into_iter().filter_map(FieldScheme::named).collect();
    let mut means: BTreeMap<(String, CellKey), ()> = BTreeMap::new();
    let (rows, count) = sheet.each(findings, |entry| {
        let row = row(entry, scheme, &schemes)?;
        if matches!(row.figures, Figures::Mean { .. })
            && means.insert((row.scheme.clone(), row.key.clone()), ()).is_some()
        {
            let message = "another row gives the mean of the same field, year and type; this one is left out";
            return entry.refuse("field", Finding::warning("repeated-cell", message));
        }
        Ok(row)
    });
    let mut steps: BTreeMap<String, BTreeMap<CellKey, Vec<Step>>> = BTreeMap::new();
    let mut baselines: BTreeMap<String, Baseline> = BTreeMap::new();
    for Row { scheme, key, figures } in rows {
        let baseline = baselines.entry(scheme.clone()).or_insert_with(|| Baseline {
            scheme: scheme.clone(),
            source: sheet.grid.file.clone(),
            cells: BTreeMap::new(),
        });
        match figures {
            Figures::Step(step) => steps.entry(scheme).or_default().entry(key).or_default().push(step),
            Figures::Mean { papers, mean } => {
                baseline.cells.insert(key, Cell::of_mean(papers, mean));
            }
        }
    }
    for (scheme, cells) in steps {
        if let Some(baseline) = baselines.get_mut(&scheme) {
            baseline.cells.extend(cells.into_iter().map(|(key, steps)| (key, Cell::new(steps))));
        }
    }
    (baselines.into_values().collect(), count)
}

fn row(entry: &mut Entry, scheme: &str, schemes: &[FieldScheme]) -> Read<Row> {
    let named = entry.word("scheme");
    let name = if named.is_empty() { scheme } else { &named };
    let Some(scheme) = schemes.iter().find(|known| known.name() == name) else {
        let message = format!("there is no scheme of fields \"{name}\"; the row is left out");
        let hint = format!("one of {}", SCHEMES.join(", "));
        return entry.refuse("scheme", Finding::error("unknown-scheme", message).hint(hint));
    };
    let printed = entry.required("field")?;
    let field = match scheme.of_printed(&printed) {
        _ if printed == ALL_FIELDS => ALL_FIELDS.to_owned(),
        Printed::Field(field) => scheme.fields()[usize::from(field)].clone(),
        Printed::NoField | Printed::Unknown => {
            let message = format!("\"{printed}\" is no field of the scheme {}; the row is left out", scheme.name());
            let hint = format!("its fields are {}", scheme.fields().join(", "));
            return entry.refuse("field", Finding::error("unknown-field", message).hint(hint));
        }
    };
    let year = entry.required_year()?;
    let document_type = match entry.word("type") {
        printed if printed.is_empty() || printed == ALL_TYPES => ALL_TYPES.to_owned(),
        printed => fold_document_type(&printed),
    };
    let window = whole(entry, "window")?.and_then(|years| u32::try_from(years).ok());
    let key = CellKey { field, year, document_type, window };
    let figures = if entry.sheet.has("mean_citations") {
        let Some(papers) = entry.count("papers")? else { return entry.missing("papers") };
        let Some(mean) = entry.count("mean_citations")? else { return entry.missing("mean_citations") };
        Figures::Mean { papers, mean }
    } else {
        let Some(citations) = whole(entry, "citations")? else { return entry.missing("citations") };
        let Some(weight) = whole(entry, "weight")? else { return entry.missing("weight") };
        let works = whole(entry, "works")?.unwrap_or_else(|| weight.div_ceil(crate::model::baseline::WHOLE));
        Figures::Step(Step { citations, works, weight })
    };
    Ok(Row { scheme: scheme.name().to_owned(), key, figures })
}

/// A field as a whole number, exact as `f64`.
fn whole(entry: &mut Entry, field: &str) -> Read<Option<u64>> {
    match entry.count(field)? {
        Some(number) if number.fract() != 0.0 || number > 9e15 => {
            let message = format!("{number} for `{field}` is not a whole number; the row is left out");
            entry.refuse(field, Finding::error("not-a-number", message))
        }
        number => Ok(number.map(|number| number as u64)),
    }
}
