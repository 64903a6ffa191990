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

/// Sizes of letters in points that are tried, one after the other, until a document of one page fits on it.
const SIZES: [f64; 7] = [10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0];

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
    let sizes: &[f64] = if view.one_page { &SIZES } else { &SIZES[1..2] };
    let mut pages = 0;
    for &size in sizes {
        let document = typeset(view, size)?;
        pages = document.pages().len();
        if !view.one_page || pages == 1 {
            let bytes = encode(&document)?;
            // What was remembered for this document helps the next one; what none has asked for since is let go.
            comemo::evict(8);
            return Ok(Printed { bytes, pages });
        }
    }
    Err(failed(&format!("the document takes {pages} pages and must fit on one")))
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
