//! What the typesetter may see: the template, the fonts, the document as JSON and its pictures.

use std::sync::OnceLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

use super::failed;
use super::tracks::Page;
use crate::diagnostic::Result;
use crate::render::document::View;

const TEMPLATE: &str = include_str!("document.typ");
/// Persian and Latin; then, for Greek, Cyrillic and signs of titles, what the first two lack.
static FONTS: [&[u8]; 3] = [
    include_bytes!("../fonts/Vazirmatn-Regular.ttf"),
    include_bytes!("../fonts/Vazirmatn-Bold.ttf"),
    include_bytes!("../fonts/DejaVuSans.ttf"),
];
/// Stands for a letter that no font has.
const UNKNOWN: char = '□';

/// The template's path, that of the data and that of the measures of the page.
const MAIN: &str = "/document.typ";
const DATA: &str = "/document.json";
const PAGE: &str = "/page.json";

/// What is the same for all documents: reading fonts once is most of the time of a short one.
struct Press {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    language: LazyHash<Library>,
    main: Source,
}

fn press() -> &'static Press {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| {
        let fonts: Vec<Font> = FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        let language = LazyHash::new(Library::builder().build());
        let main = Source::new(id(MAIN), TEMPLATE.to_owned());
        Press { fonts, book, language, main }
    })
}

fn id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the paths are ours");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// Whether a font has a letter, or it is a mark of direction or joining that has no shape.
fn can_be_printed(letter: char) -> bool {
    let shapeless = matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | ' '..='~');
    let book = &press().book;
    shapeless || (0..FONTS.len()).any(|font| book.info(font).is_some_and(|info| info.coverage.contains(letter as u32)))
}

/// Fields of a view that list things. Every other list is the pieces of one text, which paper needs no numbers of.
const LISTS: [&str; 9] = ["bar", "blocks", "cells", "columns", "figures", "items", "lines", "rows", "subtitle"];

/// The world of one document.
pub struct World {
    files: Vec<(FileId, Bytes)>,
}

impl World {
    /// A document that lies on no pages yet.
    ///
    /// # Errors
    /// `render-failed`, where the document cannot be written as JSON.
    pub fn new(view: &View) -> Result<Self> {
        let refused = |error: serde_json::Error| failed(&error.to_string());
        let mut data = serde_json::to_value(view).map_err(refused)?;
        plain(&mut data, true);
        let data = serde_json::to_string(&data).map_err(refused)?;
        let data: String = data.chars().map(|c| if can_be_printed(c) { c } else { UNKNOWN }).collect();
        let mut files = vec![(id(DATA), Bytes::from_string(data))];
        for (number, picture) in view.pictures.iter().enumerate() {
            files.push((id(&format!("/{number}.svg")), Bytes::from_string(picture.clone())));
        }
        Ok(World { files })
    }

    /// The document on pages of these measures.
    ///
    /// # Errors
    /// `render-failed`, where these cannot be written as JSON.
    pub fn on(&self, page: &Page) -> Result<Self> {
        let measures = serde_json::to_string(page).map_err(|error| failed(&error.to_string()))?;
        let mut files = self.files.clone();
        files.push((id(PAGE), Bytes::from_string(measures)));
        Ok(World { files })
    }
}

/// Joins the pieces of each text.
fn plain(value: &mut Value, lists: bool) {
    match value {
        Value::Array(items) if lists => {
            for item in items {
                // A list of texts is a list of lists of pieces.
                plain(item, item.is_object());
            }
        }
        Value::Array(pieces) => {
            let text: String = pieces.iter().filter_map(|piece| piece["text"].as_str()).collect();
            *value = Value::String(text);
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                plain(field, LISTS.contains(&name.as_str()));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &press().language
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &press().book
    }

    fn main(&self) -> FileId {
        press().main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let main = &press().main;
        if id == main.id() { Ok(main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(known, _)| *known == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        press().fonts.get(index).cloned()
    }

    /// No clock: the same document gives the same bytes on any day.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
