//! Report × language × format → bytes.
//!
//! Every language of the report that has a phrase file gets its charts, those of a unit with captions in its pack; the page
//! holds all languages, the workbook is in the main one. The same report gives the same bytes on one thread or many.

mod captions;
pub mod chart;
pub mod colour;
mod direction;
pub mod document;
pub mod html;
pub mod number;
pub mod pdf;
pub mod phrases;
pub mod presentation;
pub mod printable;
pub mod workbook;

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::diagnostic::Result;
use crate::model::document::Document;
use crate::model::evidence_book::EvidenceBook;
use crate::model::output::Output;
use crate::model::report::{Chart, DocumentLink, Report};

/// One piece of work; a chart is drawn once and then rastered.
enum Job<'a> {
    Workbook,
    Chart(&'a Chart, &'static phrases::Words),
    /// Captions of the charts of a unit.
    Captions(usize, &'static phrases::Words),
}

/// Where a chart is written in a language, without its ending: in the pack of its unit, else beside those that compare.
pub fn chart_path(report: &Report, chart: &Chart, language: &str) -> String {
    match chart.unit.and_then(|unit| report.units.get(unit)) {
        Some(unit) => format!("packs/{}/charts/{language}/{}", unit.slug, chart.name),
        None => format!("charts/{language}/{}", chart.name),
    }
}

/// Where the captions of a unit's charts are written in a language.
pub fn captions_path(slug: &str, language: &str) -> String {
    format!("packs/{slug}/charts/captions.{language}.txt")
}

/// The page of a report, which leads to its charts and to these documents.
///
/// # Errors
/// `render-failed`, where the template engine refuses it.
pub fn page(report: &Report, documents: &[DocumentLink]) -> Result<Output> {
    Ok(Output { path: "index.html".into(), bytes: html::page(report, documents)?.into_bytes() })
}

/// All files of a report but its page, in a fixed order. `progress` is told `(files done, files in all)` from several threads.
///
/// Errors: `render-failed`, where a library refuses to write the workbook or a picture.
pub fn render(report: &Report, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Vec<Output>> {
    let languages = phrases::of(&report.languages);
    let charts = languages.iter().flat_map(|words| report.charts.iter().map(|chart| Job::Chart(chart, words)));
    let with_charts = |unit: &usize| report.charts.iter().any(|chart| chart.unit == Some(*unit));
    let units: Vec<usize> = (0..report.units.len()).filter(with_charts).collect();
    let captions = languages.iter().flat_map(|words| units.iter().map(|&unit| Job::Captions(unit, words)));
    let jobs: Vec<Job<'_>> = [Job::Workbook].into_iter().chain(charts).chain(captions).collect();
    let total = jobs.iter().map(|job| if matches!(job, Job::Chart(..)) { 2 } else { 1 }).sum();
    let done = AtomicU64::new(0);
    progress(0, total);
    let outputs: Vec<Vec<Output>> = jobs
        .par_iter()
        .with_max_len(1)
        .map(|job| {
            let outputs = run(report, job)?;
            let added = outputs.len() as u64;
            progress(done.fetch_add(added, Ordering::Relaxed) + added, total);
            Ok(outputs)
        })
        .collect::<Result<_>>()?;
    Ok(outputs.into_iter().flatten().collect())
}

fn run(report: &Report, job: &Job<'_>) -> Result<Vec<Output>> {
    Ok(match job {
        Job::Workbook => vec![Output { path: "workbook.xlsx".into(), bytes: workbook::workbook(report)? }],
        Job::Chart(chart, words) => {
            let picture = chart::chart(chart, words.language);
            let png = chart::png(&picture)?;
            let path = |ending| format!("{}.{ending}", chart_path(report, chart, words.language));
            vec![
                Output { path: path("svg"), bytes: picture.svg.into_bytes() },
                Output { path: path("png"), bytes: png },
            ]
        }
        Job::Captions(unit, words) => {
            let path = captions_path(&report.units[*unit].slug, words.language);
            vec![Output { path, bytes: captions::captions(report, *unit, words).into_bytes() }]
        }
    })
}

/// The evidence workbook of one unit in every language of a report: `packs/<slug>/evidence.<language>.xlsx`.
///
/// # Errors
/// `render-failed`, where the spreadsheet library refuses it.
pub fn evidence(book: &EvidenceBook, languages: &[String], slug: &str) -> Result<Vec<Output>> {
    let one = |words: &&'static phrases::Words| {
        let path = format!("packs/{slug}/evidence.{}.xlsx", words.language);
        Ok(Output { path, bytes: workbook::evidence::workbook(book, words)? })
    };
    phrases::of(languages).iter().map(one).collect()
}

/// The sheets for the portals of rankings in every language of a report: `submission.<language>.xlsx`.
///
/// # Errors
/// `render-failed`, where the spreadsheet library refuses it.
pub fn submission(
    report: &Report,
    sheets: &[crate::model::partners::submission::Submission],
    languages: &[String],
) -> Result<Vec<Output>> {
    let one = |words: &&'static phrases::Words| {
        let path = format!("submission.{}.xlsx", words.language);
        Ok(Output { path, bytes: workbook::submission::workbook(report, sheets, words)? })
    };
    phrases::of(languages).iter().map(one).collect()
}

/// A document in every language of a report, as HTML and as PDF, whichever is asked for: `<path>.<language>.html` and
/// `.pdf`.
///
/// # Errors
/// `render-failed`, where the template engine or the typesetter refuses it.
pub fn document(document: &Document, languages: &[String], kinds: Kinds) -> Result<Vec<Output>> {
    let mut outputs = Vec::new();
    for words in phrases::of(languages) {
        let view = document::view(document, words);
        let path = |ending: &str| format!("{}.{}.{ending}", document.path, words.language);
        if kinds.html {
            outputs.push(Output { path: path("html"), bytes: html::document(&view)?.into_bytes() });
        }
        if kinds.pdf {
            outputs.push(Output { path: path("pdf"), bytes: pdf::print(&view)?.bytes });
        }
    }
    Ok(outputs)
}

/// A document in one language: a PDF, or a page for browsers.
///
/// # Errors
/// As [`document`].
pub fn document_bytes(document: &Document, language: &str, pdf: bool) -> Result<Vec<u8>> {
    let view = document::view(document, phrases::in_language(language));
    if pdf { Ok(pdf::print(&view)?.bytes) } else { Ok(html::document(&view)?.into_bytes()) }
}

/// Which files are made of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds {
    /// A page for browsers.
    pub html: bool,
    /// Pages of paper.
    pub pdf: bool,
}

/// A presentation in every language of a report: `<path>.<language>.pptx`. Pictures that the run has drawn already are taken
/// from `pictures`.
///
/// # Errors
/// `render-failed`.
pub fn presentations(
    shown: &crate::model::presentation::Presentation,
    languages: &[String],
    pictures: &presentation::Pictures<'_>,
) -> Result<Vec<Output>> {
    let one = |words: &&'static phrases::Words| {
        let path = format!("{}.{}.pptx", shown.path, words.language);
        Ok(Output { path, bytes: presentation::presentation(shown, words, pictures)? })
    };
    phrases::of(languages).iter().map(one).collect()
}
