//! Shapes of a slide: placeholders, boxes of text, pictures and tables as `PresentationML`.

use std::fmt::Write;

use super::frame::{Frame, POINT};
use super::text::{INSET, Paragraph, fitted, height, paragraph};
use crate::render::phrases::Words;
use crate::render::printable::escaped;

/// Shapes in reading order; every one has a number of its own.
pub struct Shapes<'a> {
    words: &'a Words,
    next: u32,
    xml: String,
}

/// What a shape of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The title.
    Title,
    /// The first text of the slide.
    Body,
    /// The foot.
    Footer,
    /// Any other text, on paper or on a ground.
    Box(Option<&'static str>),
}

/// A cell of a table.
pub struct Cell {
    /// What it says.
    pub text: Paragraph,
    /// At the end of the cell.
    pub figures: bool,
    /// Colour of the ground; empty without one.
    pub ground: String,
}

impl<'a> Shapes<'a> {
    /// None yet. Number 1 is the slide itself.
    pub fn new(words: &'a Words) -> Self {
        Shapes { words, next: 2, xml: String::new() }
    }

    /// The tree of all shapes.
    pub fn tree(self) -> String {
        let group = r#"<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>"#;
        format!("<p:spTree>{group}{}</p:spTree>", self.xml)
    }

    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    /// A text with letters of at most `most` points, as large as the frame allows.
    pub fn text(&mut self, place: Place, frame: Frame, paragraphs: &[Paragraph], most: f64, anchor: &str) {
        let size = fitted(paragraphs, frame, most, self.words.right_to_left);
        let number = self.number();
        let (name, placeholder, extra) = match place {
            Place::Title => ("Title", r#"<p:ph type="title"/>"#, ""),
            Place::Body => ("Text", r#"<p:ph type="body" idx="1"/>"#, ""),
            Place::Footer => ("Footer", r#"<p:ph type="ftr" sz="quarter" idx="11"/>"#, ""),
            Place::Box(_) => ("Text", "", r#" txBox="1""#),
        };
        let fill = match place {
            Place::Box(Some(colour)) => format!(r#"<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>"#),
            _ => "<a:noFill/>".to_owned(),
        };
        let lock = if placeholder.is_empty() { "" } else { r#"<a:spLocks noGrp="1"/>"# };
        let inset = (INSET * POINT as f64) as i64;
        let _ = write!(
            self.xml,
            r#"<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name} {number}"/><p:cNvSpPr{extra}>{lock}</p:cNvSpPr><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr><p:spPr>{}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}</p:spPr><p:txBody><a:bodyPr wrap="square" lIns="{inset}" tIns="0" rIns="{inset}" bIns="0" rtlCol="{}" anchor="{anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle/>"#,
            frame.mirrored(self.words.right_to_left).transform("a:xfrm"),
            u8::from(self.words.right_to_left),
        );
        for each in paragraphs {
            self.xml.push_str(&paragraph(each, size, self.words));
        }
        self.xml.push_str("</p:txBody></p:sp>");
    }

    /// The number of the slide.
    pub fn slide_number(&mut self, frame: Frame, slide: usize) {
        let (number, rtl) = (self.number(), self.words.right_to_left);
        let _ = write!(
            self.xml,
            r#"<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Slide Number {number}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldNum" sz="quarter" idx="12"/></p:nvPr></p:nvSpPr><p:spPr>{}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{}" rtl="{}"/><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="{}" sz="1100"><a:latin typeface="+mn-lt"/><a:cs typeface="+mn-cs"/></a:rPr><a:t>{}</a:t></a:fld></a:p></p:txBody></p:sp>"#,
            frame.mirrored(rtl).transform("a:xfrm"),
            if rtl { "l" } else { "r" },
            u8::from(rtl),
            super::text::tag(self.words, false),
            self.words.digits(&slide.to_string()),
        );
    }

    /// A picture; `relation` names its file, `description` says what it shows.
    pub fn picture(&mut self, relation: &str, frame: Frame, title: &str, description: &str) {
        let number = self.number();
        let _ = write!(
            self.xml,
            r#"<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="Chart {number}" descr="{}" title="{}"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>"#,
            escaped(description),
            escaped(title),
            frame.mirrored(self.words.right_to_left).transform("a:xfrm"),
        );
    }

    /// A table, its first row being its head; `widths` are parts of the whole.
    pub fn table(&mut self, frame: Frame, widths: &[f64], rows: &[Vec<Cell>], description: &str, most: f64) {
        let (number, rtl) = (self.number(), self.words.right_to_left);
        let all: f64 = widths.iter().sum();
        let widths: Vec<i64> = widths.iter().map(|width| (frame.width as f64 * width / all) as i64).collect();
        let tall = |row: &Vec<Cell>, size: f64| {
            let cell = |(cell, width): (&Cell, &i64)| {
                height(std::slice::from_ref(&cell.text), size, *width as f64 / POINT as f64, rtl)
            };
            row.iter().zip(&widths).map(cell).fold(0.0, f64::max) + 5.0
        };
        let mut size = most;
        let room = frame.height as f64 / POINT as f64;
        while size > 9.0 && rows.iter().map(|row| tall(row, size)).sum::<f64>() > room {
            size -= 1.0;
        }
        let heights: Vec<i64> = rows.iter().map(|row| (tall(row, size) * POINT as f64) as i64).collect();
        let placed = Frame { width: widths.iter().sum(), height: heights.iter().sum(), ..frame };
        let _ = write!(
            self.xml,
            r#"<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Table {number}" descr="{}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr rtl="{}" firstRow="1"/><a:tblGrid>"#,
            escaped(description),
            placed.mirrored(rtl).transform("p:xfrm"),
            u8::from(rtl),
        );
        for width in &widths {
            let _ = write!(self.xml, r#"<a:gridCol w="{width}"/>"#);
        }
        self.xml.push_str("</a:tblGrid>");
        for (row, height) in rows.iter().zip(heights) {
            let _ = write!(self.xml, r#"<a:tr h="{height}">"#);
            for cell in row {
                self.cell(cell, size);
            }
            self.xml.push_str("</a:tr>");
        }
        self.xml.push_str("</a:tbl></a:graphicData></a:graphic></p:graphicFrame>");
    }

    fn cell(&mut self, cell: &Cell, size: f64) {
        let mut text = paragraph(&cell.text, size, self.words);
        if cell.figures {
            // A number stands at the end of its cell, in either direction of reading.
            let (start, end) = if self.words.right_to_left { ("r", "l") } else { ("l", "r") };
            text = text.replacen(&format!(r#"algn="{start}""#), &format!(r#"algn="{end}""#), 1);
        }
        let inset = (INSET * POINT as f64) as i64;
        let none = |side: &str| format!("<a:{side}><a:noFill/></a:{side}>");
        let line = r#"<a:lnB w="9525"><a:solidFill><a:srgbClr val="C9D1D8"/></a:solidFill></a:lnB>"#;
        let fill = if cell.ground.is_empty() {
            "<a:noFill/>".to_owned()
        } else {
            format!(r#"<a:solidFill><a:srgbClr val="{}"/></a:solidFill>"#, cell.ground)
        };
        let _ = write!(
            self.xml,
            r#"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody><a:tcPr marL="{inset}" marR="{inset}" marT="25400" marB="0" anchor="ctr">{}{}{}{line}{fill}</a:tcPr></a:tc>"#,
            none("lnL"),
            none("lnR"),
            none("lnT"),
        );
    }
}
