//! What the page of a run leads to: the documents, workbooks and presentations that were made.

use crate::cli::choice::Part;
use crate::model::output::Output;
use crate::model::report::{DocumentLink, Report};

/// Endings in the order in which they are shown.
const ENDINGS: [&str; 4] = ["html", "pdf", "pptx", "xlsx"];

/// The documents among `outputs`, those of the whole run first, then unit by unit, parts in their order.
pub fn documents(report: &Report, outputs: &[Output]) -> Vec<DocumentLink> {
    let mut found: Vec<(Option<usize>, Part, usize)> =
        outputs.iter().filter_map(|output| document(report, &output.path)).collect();
    found.sort_unstable();
    found.dedup();
    let of_one = |files: &[(Option<usize>, Part, usize)]| {
        let (unit, part, _) = files[0];
        let folder = unit.map_or_else(String::new, |unit| format!("packs/{}/", report.units[unit].slug));
        DocumentLink {
            unit,
            kind: part.stem(),
            path: format!("{folder}{}", part.stem()),
            endings: files.iter().map(|(_, _, ending)| ENDINGS[*ending]).collect(),
        }
    };
    found.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(of_one).collect()
}

/// Unit, part and ending of a document; `None` of charts and tables.
fn document(report: &Report, path: &str) -> Option<(Option<usize>, Part, usize)> {
    let part = Part::of(path).filter(|part| *part != Part::Charts)?;
    let ending = ENDINGS.iter().position(|ending| path.ends_with(&format!(".{ending}")))?;
    let slug = path.strip_prefix("packs/").and_then(|rest| rest.split('/').next());
    let unit = slug.map(|slug| report.units.iter().position(|unit| unit.slug == slug));
    match unit {
        Some(None) => None,
        unit => Some((unit.flatten(), part, ending)),
    }
}
