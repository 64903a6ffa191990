//! A document as tagged PDF (PDF/UA-1), typeset by Typst from one template.
//!
//! What the document says goes in as data, never as markup, so that a name with `#` or `$` is only a name. The template
//! sees no clock, no network and no file but the ones given here.

mod world;

use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::diagnostic::{Error, Finding, Result};
use crate::render::document::View;
use world::World;

/// Sizes of letters in points of a document of one page, from the smallest: the largest that fits is taken.
const SIZES: [f64; 7] = [7.0, 7.5, 8.0, 8.5, 9.0, 9.5, 10.0];

/// Size of letters of longer documents.
const SIZE: f64 = 9.5;

/// A PDF and how many pages it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its pages.
    pub pages: usize,
}

/// Prints a document.
///
/// # Errors
/// `render-failed`, where the typesetter refuses it, or a document of one page fits on none in the smallest letters.
pub fn print(view: &View) -> Result<Printed> {
    let document = if view.one_page { one_page(view)? } else { typeset(view, SIZE)? };
    let bytes = encode(&document)?;
    // What was remembered for this document helps the next one; what none has asked for since is let go.
    comemo::evict(8);
    Ok(Printed { bytes, pages: document.pages().len() })
}

/// The document in the largest letters in which it fits on one page. Larger letters never take less room, so that halving
/// finds them in three tries where trying one after the other takes up to seven.
fn one_page(view: &View) -> Result<PagedDocument> {
    let (mut from, mut to) = (0, SIZES.len());
    let mut best = None;
    while from < to {
        let middle = from + (to - from) / 2;
        let document = typeset(view, SIZES[middle])?;
        if document.pages().len() == 1 {
            best = Some(document);
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    best.ok_or_else(|| failed("the document must fit on one page and does not in the smallest letters"))
}

fn typeset(view: &View, size: f64) -> Result<PagedDocument> {
    let world = World::new(view, size)?;
    typst::compile::<PagedDocument>(&world).output.map_err(|faults| {
        let first = faults.first().map_or_else(String::new, |fault| fault.message.to_string());
        failed(&first)
    })
}

fn encode(document: &PagedDocument) -> Result<Vec<u8>> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| failed(error.message()))?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    typst_pdf::pdf(document, &options).map_err(|faults| {
        let first = faults.first().map_or_else(String::new, |fault| fault.message.to_string());
        failed(&first)
    })
}

fn failed(why: &str) -> Error {
    Finding::error("render-failed", format!("a PDF could not be typeset: {why}")).into()
}
