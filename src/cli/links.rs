//! What the page of a run leads to: the documents, workbooks and presentations that were made.

use crate::model::output::Output;
use crate::model::report::{DocumentLink, Report};

/// Kinds in the order in which they are shown; others follow in the order of their names.
const ORDER: [&str; 15] = [
    "president",
    "university",
    "strategy",
    "final-opinion",
    "accreditation",
    "international",
    "opportunities",
    "data-quality",
    "card",
    "handbook",
    "fact-sheet",
    "briefing",
    "evidence",
    "annex",
    "submission",
];

/// Endings in the order in which they are shown.
const ENDINGS: [&str; 4] = ["html", "pdf", "pptx", "xlsx"];

/// The documents among `outputs`, those of the whole run first, then unit by unit.
pub fn documents(report: &Report, outputs: &[Output]) -> Vec<DocumentLink> {
    let mut links: Vec<DocumentLink> = Vec::new();
    for output in outputs {
        let Some((unit, kind, ending)) = parts(report, &output.path) else { continue };
        match links.iter_mut().find(|link| link.unit == unit && link.kind == kind) {
            Some(link) if link.endings.contains(&ending) => {}
            Some(link) => link.endings.push(ending),
            None => {
                let folder = unit.map_or_else(String::new, |unit| format!("packs/{}/", report.units[unit].slug));
                let path = format!("{folder}{kind}");
                links.push(DocumentLink { unit, kind: kind.to_owned(), path, endings: vec![ending] });
            }
        }
    }
    let place = |known: &[&str], word: &str| known.iter().position(|known| *known == word).unwrap_or(known.len());
    for link in &mut links {
        link.endings.sort_by_key(|ending| place(&ENDINGS, ending));
    }
    links.sort_by(|a, b| (a.unit, place(&ORDER, &a.kind), &a.kind).cmp(&(b.unit, place(&ORDER, &b.kind), &b.kind)));
    links
}

/// Unit, kind and ending of `packs/<slug>/<kind>.<language>.<ending>` or `<kind>.<language>.<ending>`.
fn parts<'p>(report: &Report, path: &'p str) -> Option<(Option<usize>, &'p str, &'static str)> {
    let (unit, file) = match path.strip_prefix("packs/") {
        Some(rest) => {
            let (slug, file) = rest.split_once('/')?;
            (Some(report.units.iter().position(|unit| unit.slug == slug)?), file)
        }
        None => (None, path),
    };
    let mut words = file.split('.');
    let (kind, language, ending) = (words.next()?, words.next()?, words.next()?);
    let ending = ENDINGS.into_iter().find(|known| *known == ending)?;
    let whole = words.next().is_none() && !kind.contains('/') && report.languages.iter().any(|known| known == language);
    whole.then_some((unit, kind, ending))
}
