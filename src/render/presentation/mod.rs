//! An editable presentation (PPTX): native text and tables, charts as pictures with their description.
//!
//! The parts of the package are written here as they are, because no library writes right-to-left slides. Every slide
//! has a title for screen readers, shapes stand in reading order, and the same presentation gives the same bytes.

mod frame;
mod package;
mod pictures;
mod shape;
mod slide;
mod text;

pub use pictures::Pictures;

use crate::diagnostic::Result;
use crate::model::presentation::Presentation;
use crate::model::report::Text;
use crate::render::phrases::Words;

/// The presentation in a language, as the bytes of a `.pptx` file.
///
/// # Errors
/// `render-failed`, where a slide says more than it can hold or a library refuses to pack a picture or the archive.
pub fn presentation(presentation: &Presentation, words: &Words, pictures: &Pictures<'_>) -> Result<Vec<u8>> {
    let mut slides = vec![slide::cover(presentation, words)];
    for (number, each) in (2..).zip(&presentation.slides) {
        slides.push(slide::slide(presentation, each, number, words, pictures)?);
    }
    let institution = words.text(&Text::Names(presentation.institution.clone()));
    package::packed(&words.text(&presentation.title), &institution, &slides, words)
}
