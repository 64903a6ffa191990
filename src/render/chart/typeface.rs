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
#[derive(Debug, Clone)]
pub struct Line {
    /// Its glyphs that have an outline.
    pub glyphs: Vec<PlacedGlyph>,
    /// Advance in font units.
    pub width: i32,
    /// Whether the face has all its letters.
    pub whole: bool,
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
    /// By letter, the advance of its glyph.
    advances: FxHashMap<char, i32>,
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
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let advance = |(letter, glyph)| Some((char::from_u32(letter)?, metrics.advance_width(glyph)?.round() as i32));
        let advances = font.charmap().mappings().filter_map(advance).collect();
        Face { font, shaping, units_per_em, outlines, advances, lines: Default::default() }
    })
}

impl Face {
    /// Width of a line in em; `None` where the face lacks one of its letters. Letters that do not join are added up, which
    /// leaves out their kerning; others are shaped.
    pub fn width(&self, text: &str, right_to_left: bool) -> Option<f64> {
        let width = if text.chars().any(joins) {
            let line = self.shape(text, right_to_left);
            line.whole.then_some(line.width)?
        } else {
            let visible = text.chars().filter(|&letter| !is_direction_mark(letter));
            visible.map(|letter| self.advances.get(&letter).copied()).sum::<Option<i32>>()?
        };
        Some(f64::from(width) / self.units_per_em)
    }

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
        let mut line = Line { glyphs: Vec::new(), width: 0, whole: true };
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
                    line.whole &= info.glyph_id != 0;
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

/// Letters whose shape depends on their neighbours, and marks that stand on them.
fn joins(letter: char) -> bool {
    matches!(letter, '\u{0300}'..='\u{036F}' | '\u{0610}'..='\u{061A}' | '\u{0620}'..='\u{065F}' | '\u{066E}'..='\u{06D5}'
        | '\u{0700}'..='\u{1FFF}' | '\u{200C}' | '\u{200D}' | '\u{FB00}'..='\u{FDFF}' | '\u{FE00}'..='\u{FEFC}')
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

#[cfg(test)]
mod tests {
    use super::{Weight, face};

    /// Added up or shaped, a line is as wide; kerning may take a little from it.
    #[test]
    fn letters_that_do_not_join_are_added_up() {
        for weight in [Weight::Regular, Weight::Bold] {
            let face = face(weight);
            for text in [
                "+26.8",
                "۱٬۵۲۷",
                "۰٫۰۱۲",
                "101–150",
                "1 of 10",
                "School of Advanced Medical Technologies",
                "AVATAR To We",
            ] {
                let shaped = f64::from(face.shape(text, false).width) / face.units_per_em;
                let added = face.width(text, false).unwrap();
                assert!(added >= shaped - 0.01 && added <= 1.04 * shaped, "{text}: {added} and {shaped}");
            }
            // A joined word is narrower or wider than its letters by themselves, and is shaped.
            let shaped = f64::from(face.shape("دانشکدهٔ پزشکی", true).width) / face.units_per_em;
            assert_eq!(face.width("دانشکدهٔ پزشکی", true), Some(shaped));
            assert_eq!(face.width("漢字", false), None);
            assert_eq!(face.width("س漢", true), None);
        }
    }
}
