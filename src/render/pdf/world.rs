//! What the typesetter may see: the template, the fonts, the document as JSON and its pictures.

use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

use super::failed;
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

/// The template's path, that of the data and that of the size of letters.
const MAIN: &str = "/document.typ";
const DATA: &str = "/document.json";
const SIZE: &str = "/size.json";

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

/// The world of one document.
pub struct World {
    files: Vec<(FileId, Bytes)>,
}

impl World {
    /// A document at a size of letters in points.
    ///
    /// # Errors
    /// `render-failed`, where the document cannot be written as JSON.
    pub fn new(view: &View, size: f64) -> Result<Self> {
        let data = serde_json::to_string(view).map_err(|error| failed(&error.to_string()))?;
        let data: String = data.chars().map(|c| if can_be_printed(c) { c } else { UNKNOWN }).collect();
        let mut files = vec![(id(DATA), Bytes::from_string(data)), (id(SIZE), Bytes::from_string(size.to_string()))];
        for (number, picture) in view.pictures.iter().enumerate() {
            files.push((id(&format!("/{number}.svg")), Bytes::from_string(picture.clone())));
        }
        Ok(World { files })
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
