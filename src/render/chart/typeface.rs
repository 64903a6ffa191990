//! The bundled typeface (Vazirmatn, OFL): shaping of mixed Persian and Latin lines into glyph outlines.

use std::fmt::Write;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use harfrust::{Direction, FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use rustc_hash::FxHashMap;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{GlyphId, MetadataProvider};
use tiny_skia::{Path, PathBuilder};
use unicode_bidi::{BidiInfo, Level};

static REGULAR: &[u8] = include_bytes!("../fonts/Vazirmatn-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../fonts/Vazirmatn-Bold.ttf");

/// Weight of the typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 400.
    Regular,
    /// 700.
    Bold,
}

/// A glyph in place, in font units from the start of the baseline, x to the right, y up.
#[derive(Debug, Clone, Copy)]
pub struct PlacedGlyph {
    /// Number in the font.
    pub id: u32,
    /// To the right.
    pub x: i32,
    /// Up.
    pub y: i32,
}

/// A shaped line in visual order, left to right.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Its glyphs that have an outline.
    pub glyphs: Vec<PlacedGlyph>,
    /// Advance in font units.
    pub width: i32,
}

/// The outline of a glyph in font units, y up.
#[derive(Debug, Default)]
pub struct Outline {
    /// As SVG path data; empty for blanks and unknown glyphs.
    pub data: String,
    /// As a path to fill; none where `data` is empty.
    pub path: Option<Path>,
}

/// One weight with everything worked out once per process.
pub struct Face {
    font: FontRef<'static>,
    shaping: ShaperData,
    /// Font units per em.
    pub units_per_em: f64,
    outlines: Vec<OnceLock<Outline>>,
    /// Lines shaped already, of documents from left to right and of those from right to left: charts of a run share most
    /// of their names and labels.
    lines: [RwLock<FxHashMap<Box<str>, Arc<Line>>>; 2],
}

/// The face of a weight.
pub fn face(weight: Weight) -> &'static Face {
    static FACES: [OnceLock<Face>; 2] = [OnceLock::new(), OnceLock::new()];
    let (slot, bytes) = match weight {
        Weight::Regular => (&FACES[0], REGULAR),
        Weight::Bold => (&FACES[1], BOLD),
    };
    slot.get_or_init(|| {
        let font = FontRef::new(bytes).expect("the bundled font is a font");
        let shaping = ShaperData::new(&font);
        let units_per_em = f64::from(shaping.shaper(&font).build().units_per_em());
        let glyphs = font.glyph_names().num_glyphs();
        let outlines = (0..glyphs).map(|_| OnceLock::new()).collect();
        Face { font, shaping, units_per_em, outlines, lines: Default::default() }
    })
}

impl Face {
    /// Shapes one line; `right_to_left` is the direction of the document, not of the text.
    pub fn shape(&self, text: &str, right_to_left: bool) -> Arc<Line> {
        let lines = &self.lines[usize::from(right_to_left)];
        let known = lines.read().unwrap_or_else(PoisonError::into_inner).get(text).cloned();
        known.unwrap_or_else(|| {
            let line = Arc::new(self.shaped(text, right_to_left));
            lines.write().unwrap_or_else(PoisonError::into_inner).insert(text.into(), Arc::clone(&line));
            line
        })
    }

    fn shaped(&self, text: &str, right_to_left: bool) -> Line {
        let base = if right_to_left { Level::rtl() } else { Level::ltr() };
        let bidi = BidiInfo::new(text, Some(base));
        let shaper = self.shaping.shaper(&self.font).build();
        let mut line = Line::default();
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                // Marks of direction have done their work and have no glyph.
                let visible: String = text[run.clone()].chars().filter(|&c| !is_direction_mark(c)).collect();
                if visible.is_empty() {
                    continue;
                }
                let mut buffer = UnicodeBuffer::new();
                buffer.push_str(&visible);
                let backwards = levels[run.start].is_rtl();
                buffer.set_direction(if backwards { Direction::RightToLeft } else { Direction::LeftToRight });
                buffer.guess_segment_properties();
                let shaped = shaper.shape(buffer, ShapeOptions::new());
                for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
                    if self.outline(info.glyph_id).is_some_and(|outline| outline.path.is_some()) {
                        let (x, y) = (line.width + position.x_offset, position.y_offset);
                        line.glyphs.push(PlacedGlyph { id: info.glyph_id, x, y });
                    }
                    line.width += position.x_advance;
                }
            }
        }
        line
    }

    /// The outline of a glyph; `None` for numbers beyond the font.
    pub fn outline(&self, glyph: u32) -> Option<&Outline> {
        let slot = self.outlines.get(glyph as usize)?;
        Some(slot.get_or_init(|| {
            let mut pen = PathPen::default();
            if let Some(outline) = self.font.outline_glyphs().get(GlyphId::new(glyph)) {
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                // A glyph that cannot be drawn is left blank, as viewers do.
                let _ = outline.draw(settings, &mut pen);
            }
            Outline { data: pen.data, path: pen.path.finish() }
        }))
    }
}

fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[derive(Default)]
struct PathPen {
    data: String,
    path: PathBuilder,
}

impl PathPen {
    /// Writes a command; numbers are whole font units in both forms.
    fn command(&mut self, letter: char, numbers: &[f32]) {
        self.data.push(letter);
        for (place, number) in numbers.iter().enumerate() {
            let number = number.round() as i32;
            if place > 0 && number >= 0 {
                self.data.push(' ');
            }
            let _ = write!(self.data, "{number}");
        }
    }
}

impl OutlinePen for PathPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.command('M', &[x, y]);
        self.path.move_to(x.round(), y.round());
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.command('L', &[x, y]);
        self.path.line_to(x.round(), y.round());
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.command('Q', &[cx, cy, x, y]);
        self.path.quad_to(cx.round(), cy.round(), x.round(), y.round());
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.command('C', &[ax, ay, bx, by, x, y]);
        self.path.cubic_to(ax.round(), ay.round(), bx.round(), by.round(), x.round(), y.round());
    }

    fn close(&mut self) {
        self.data.push('Z');
        self.path.close();
    }
}
