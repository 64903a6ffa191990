//! Limits: how much a file may ask for before it is refused. Sheets come from anywhere, so nothing is allocated on a
//! file's word.

use std::path::PathBuf;
use std::time::Duration;

use crate::load::refusal::{Refusal, too_large};

/// What a single file may ask for. [`Limits::default`] fits every honest sheet of a university.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Largest text file in bytes; also the largest sum of text in the cells of one file.
    pub text_bytes: u64,
    /// Largest workbook or Parquet file in bytes.
    pub workbook_bytes: u64,
    /// Largest sum of a workbook's parts in bytes once unpacked.
    pub unpacked_bytes: u64,
    /// Largest ratio of unpacked to packed bytes of a workbook.
    pub unpacked_ratio: u64,
    /// Most parts within a workbook's archive.
    pub parts: usize,
    /// Longest single piece of text or markup within a workbook's part, in bytes. A spreadsheet's own bound of a cell
    /// is 32,767 characters.
    pub piece_bytes: usize,
    /// Last usable row, from 1; the spreadsheet programs' own bound by default.
    pub rows: u32,
    /// Number of usable columns. A used cell to the right of them is left out and named.
    pub columns: u32,
    /// Most cells kept in memory for one file, the empty ones left of a row's last used cell included.
    pub cells: u64,
    /// Most sheets of a workbook.
    pub sheets: usize,
    /// The program that is started as `HELPER __parse FILE` for formats whose parser cannot be trusted; `None` is the
    /// running program itself.
    pub helper: Option<PathBuf>,
    /// Address space of that helper in bytes, its own program text included (Unix only).
    pub helper_memory: u64,
    /// Time after which that helper is ended.
    pub helper_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            text_bytes: 512 << 20,
            workbook_bytes: 128 << 20,
            unpacked_bytes: 512 << 20,
            unpacked_ratio: 200,
            parts: 10_000,
            piece_bytes: 4 << 20,
            rows: 1_048_576,
            columns: 4_096,
            cells: 20_000_000,
            sheets: 1_000,
            helper: None,
            helper_memory: 1 << 30,
            helper_time: Duration::from_secs(5),
        }
    }
}

/// What is left of the limits on cells and text while one file is read.
#[derive(Debug)]
pub struct Budget {
    cells: u64,
    text: u64,
    limits: (u64, u64),
}

impl Budget {
    /// The whole budget of one file.
    pub fn new(limits: &Limits) -> Self {
        Budget { cells: limits.cells, text: limits.text_bytes, limits: (limits.cells, limits.text_bytes) }
    }

    /// Takes `cells` cells and `text` bytes.
    ///
    /// # Errors
    /// A finding `too-large`, without place, when the budget does not hold that much.
    pub fn spend(&mut self, cells: u64, text: u64) -> Result<(), Refusal> {
        match (self.cells.checked_sub(cells), self.text.checked_sub(text)) {
            (Some(cells), Some(text)) => {
                (self.cells, self.text) = (cells, text);
                Ok(())
            }
            (None, _) => Err(too_large(format!("it holds more than {} cells", self.limits.0)).into()),
            (_, None) => Err(too_large(format!("its cells hold more than {} bytes of text", self.limits.1)).into()),
        }
    }
}
