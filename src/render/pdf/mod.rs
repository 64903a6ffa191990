//! A document as tagged PDF (PDF/UA-1), typeset by Typst from one template.
//!
//! What the document says goes in as data, never as markup, so that a name with `#` or `$` is only a name. The template
//! sees no clock, no network and no file but the ones given here.

mod tracks;
mod world;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::diagnostic::{Error, Finding, Result};
use crate::render::document::View;
use tracks::{Page, Tables};
use world::World;

/// Sizes of letters in points of a document of one page, from the largest: the first that fits is taken.
const SIZES: [f64; 7] = [10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0];

/// After how many documents the typesetter's memory is cleared.
const REMEMBERED: usize = 16;

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
    let printed = alone(|| {
        let (world, tables) = (World::new(view)?, Tables::of(view));
        let document = if view.one_page { one_page(&world, &tables)? } else { typeset(&world, &tables.page(SIZE))? };
        let bytes = encode(&document)?;
        Ok(Printed { bytes, pages: document.pages().len() })
    });
    forget();
    printed
}

/// Runs the typesetter on a pool of one thread. It shares its work out over the pool it is called from, and a thread that
/// waits there takes up the next document meanwhile, and the next: documents in hand would pile up in memory. The thread
/// in between belongs to no pool and only waits. Pools are kept, so that their threads keep the memory they have.
fn alone<T: Send>(work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    static FREE: Mutex<Vec<ThreadPool>> = Mutex::new(Vec::new());
    let free = || FREE.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = free().pop();
    let pool = match kept {
        Some(pool) => pool,
        None => ThreadPoolBuilder::new().num_threads(1).build().map_err(|error| failed(&error.to_string()))?,
    };
    let done = std::thread::scope(|scope| scope.spawn(|| pool.install(work)).join());
    free().push(pool);
    done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// What the typesetter remembers helps it with the same document and with documents like it; it is let go every few
/// documents, as looking through it costs more the more there is.
fn forget() {
    static PRINTED: AtomicUsize = AtomicUsize::new(0);
    if PRINTED.fetch_add(1, Ordering::Relaxed) % REMEMBERED == REMEMBERED - 1 {
        comemo::evict(0);
    }
}

/// The document in the largest letters in which it fits on one page. Most fit in the largest or the next.
fn one_page(world: &World, tables: &Tables<'_>) -> Result<PagedDocument> {
    for size in SIZES {
        let document = typeset(world, &tables.page(size))?;
        if document.pages().len() == 1 {
            return Ok(document);
        }
    }
    Err(failed("the document must fit on one page and does not in the smallest letters"))
}

fn typeset(world: &World, page: &Page) -> Result<PagedDocument> {
    let world = world.on(page)?;
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
