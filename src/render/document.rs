//! A document in one language, ready for any renderer: strings, full numbers and pictures, no ranking and no phrase key.

use serde::Serialize;

use crate::model::chart::Chart;
use crate::model::document::{Block, Document, KeyFigure, Table, TableCell};
use crate::model::report::{Phrase, Text};
use crate::render::chart;
use crate::render::colour;
use crate::render::number::ABSENT;
use crate::render::phrases::{Piece, Words};

/// A document in one language.
#[derive(Debug, Clone, Serialize)]
pub struct View {
    /// Language tag.
    pub language: &'static str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// What it is about.
    pub title: Vec<Piece>,
    /// Below the title.
    pub subtitle: Vec<Vec<Piece>>,
    /// Whose it is.
    pub institution: String,
    /// That the institution does not exist; empty where it does.
    pub invented: String,
    /// The day at which the data stood; empty without one.
    pub data_day: Vec<Piece>,
    /// Whose calculation it is.
    pub style: String,
    /// The first number of a page, in the digits of the language.
    pub first: String,
    /// Whether it must fit on one sheet.
    pub one_page: bool,
    /// What it says.
    pub blocks: Vec<BlockView>,
    /// The pictures that blocks name by number, as SVG.
    #[serde(skip)]
    pub pictures: Vec<String>,
}

/// A block in one language.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the block of the same name")]
pub enum BlockView {
    /// A heading.
    Heading { level: u8, text: Vec<Piece> },
    /// Sentences.
    Paragraph { text: Vec<Piece> },
    /// Small sentences.
    Note { text: Vec<Piece> },
    /// Points.
    List { numbered: bool, items: Vec<Vec<Piece>> },
    /// Key figures.
    KeyFigures { figures: Vec<KeyFigureView> },
    /// A table, with its number in the document.
    Table { number: usize, caption: Vec<Piece>, columns: Vec<ColumnView>, rows: Vec<RowView> },
    /// A picture by its number.
    Chart { picture: usize, title: String, description: String },
    /// Side by side.
    Columns { columns: Vec<PartView> },
    /// Lines to sign.
    Signatures { lines: Vec<Vec<Piece>> },
    /// A new page.
    PageBreak,
}

/// A key figure in one language.
#[derive(Debug, Clone, Serialize)]
pub struct KeyFigureView {
    label: Vec<Piece>,
    value: Vec<Piece>,
    note: Vec<Piece>,
}

/// A column in one language.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnView {
    pub(super) head: Vec<Piece>,
    pub(super) width: u8,
    figures: bool,
}

/// A row in one language.
#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    pub(super) cells: Vec<CellView>,
    pub(super) strong: bool,
}

/// A cell in one language.
#[derive(Debug, Clone, Serialize)]
pub struct CellView {
    pub(super) text: Vec<Piece>,
    figures: bool,
    /// Colour of the ground as `#rrggbb`; empty without one.
    ground: String,
    /// Colour of the letters on it.
    ink: String,
    /// Parts of a hundred: the bar, and the tick on it where there is one; empty without a bar.
    bar: Vec<f64>,
}

/// Blocks that stand beside others.
#[derive(Debug, Clone, Serialize)]
pub struct PartView {
    pub(super) width: u8,
    pub(super) blocks: Vec<BlockView>,
}

/// A document in a language.
pub fn view(document: &Document, words: &Words) -> View {
    let mut pictures = Pictures { words, drawn: Vec::new(), tables: 0 };
    let blocks = pictures.blocks(&document.blocks);
    View {
        language: words.language,
        direction: if words.right_to_left { "rtl" } else { "ltr" },
        title: words.text_pieces(&document.title),
        subtitle: document.subtitle.iter().map(|text| words.text_pieces(text)).collect(),
        institution: words.text(&Text::Names(document.institution.clone())),
        invented: if document.invented { words.word("notice.invented") } else { String::new() },
        data_day: document.data_day.map_or_else(Vec::new, |day| {
            words.pieces(&Phrase::new("document.data_day").with("day", crate::model::report::Argument::Day(day)))
        }),
        style: words.word("notice.style"),
        first: words.digits("1"),
        one_page: document.one_page,
        blocks,
        pictures: pictures.drawn,
    }
}

/// Turns blocks into their view; draws their pictures and counts their tables on the way.
struct Pictures<'a> {
    words: &'a Words,
    drawn: Vec<String>,
    tables: usize,
}

impl Pictures<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Vec<BlockView> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: &Block) -> BlockView {
        let words = self.words;
        match block {
            Block::Heading(level, text) => BlockView::Heading { level: *level, text: words.text_pieces(text) },
            Block::Paragraph(sentences) => BlockView::Paragraph { text: words.sentences(sentences) },
            Block::Note(sentences) => BlockView::Note { text: words.sentences(sentences) },
            Block::List { numbered, items } => BlockView::List {
                numbered: *numbered,
                items: items.iter().map(|sentences| words.sentences(sentences)).collect(),
            },
            Block::KeyFigures(figures) => {
                BlockView::KeyFigures { figures: figures.iter().map(|figure| key_figure(words, figure)).collect() }
            }
            Block::Table(table) => {
                self.tables += 1;
                table_view(words, table, self.tables - 1)
            }
            Block::Chart(chart) => self.chart(chart),
            Block::Columns(columns) => {
                let part = |(width, blocks): &(u8, Vec<Block>)| PartView { width: *width, blocks: self.blocks(blocks) };
                BlockView::Columns { columns: columns.iter().map(part).collect() }
            }
            Block::Signatures(lines) => {
                BlockView::Signatures { lines: lines.iter().map(|line| words.pieces(line)).collect() }
            }
            Block::PageBreak => BlockView::PageBreak,
        }
    }

    fn chart(&mut self, drawn: &Chart) -> BlockView {
        let picture = chart::chart(drawn, self.words.language);
        let description = chart::described(drawn, self.words);
        self.drawn.push(picture.svg);
        BlockView::Chart { picture: self.drawn.len() - 1, title: self.words.text(&drawn.title), description }
    }
}

fn key_figure(words: &Words, figure: &KeyFigure) -> KeyFigureView {
    KeyFigureView {
        label: words.text_pieces(&figure.label),
        value: words.pieces(&figure.value),
        note: figure.note.as_ref().map_or_else(Vec::new, |note| words.pieces(note)),
    }
}

fn table_view(words: &Words, table: &Table, number: usize) -> BlockView {
    let column = |column: &crate::model::document::Column| ColumnView {
        head: words.text_pieces(&column.head),
        width: column.width,
        figures: column.figures,
    };
    let row = |row: &crate::model::document::Row| RowView {
        cells: row.cells.iter().zip(&table.columns).map(|(known, column)| cell(words, known, column.figures)).collect(),
        strong: row.strong,
    };
    BlockView::Table {
        number,
        caption: table.caption.as_ref().map_or_else(Vec::new, |caption| words.text_pieces(caption)),
        columns: table.columns.iter().map(column).collect(),
        rows: table.rows.iter().map(row).collect(),
    }
}

fn cell(words: &Words, cell: &TableCell, figures: bool) -> CellView {
    let mut view = CellView { text: Vec::new(), figures, ground: String::new(), ink: String::new(), bar: Vec::new() };
    view.text = pieces(words, cell);
    match cell {
        TableCell::Heat { score, .. } => {
            let ground = colour::of_score(*score);
            view.ground = colour::hex(ground);
            view.ink = colour::hex(colour::on(ground));
        }
        TableCell::Bullet { score, median } => view.bar = std::iter::once(*score).chain(*median).collect(),
        TableCell::Text(_) | TableCell::Figure(..) | TableCell::Change(..) | TableCell::Absent => {}
    }
    view
}

/// What a cell says.
pub fn pieces(words: &Words, cell: &TableCell) -> Vec<Piece> {
    match cell {
        TableCell::Text(text) => words.text_pieces(text),
        TableCell::Figure(value, figure) => vec![Piece::figure(words.figure(*value, *figure), *value)],
        TableCell::Change(value, figure) => vec![Piece::figure(words.signed(*value, *figure), *value)],
        TableCell::Heat { score, partial } => {
            let number = Piece::figure(words.score(*score), *score);
            std::iter::once(number).chain(partial.then(Piece::star)).collect()
        }
        TableCell::Bullet { score, .. } => vec![Piece::figure(words.score(*score), *score)],
        TableCell::Absent => vec![Piece::name(ABSENT)],
    }
}
