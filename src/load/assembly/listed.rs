//! The sheets that list people and works of the university and of others: highly cited researchers, awards, patents.

use crate::load::assembly::Assembly;
use crate::load::grid::Grid;
use crate::load::header::Header;
use crate::load::layout::{Layout, Table};
use crate::load::{awards, highly_cited, patents};

impl Assembly<'_> {
    /// Reads a sheet of one of these tables; of any other, nothing.
    pub(super) fn read_listed(&mut self, at: (usize, &Grid), by: (&Layout, &Header)) {
        match by.0.table {
            Table::HighlyCited => {
                let rows = self.with(at, by, |_, sheet, findings| highly_cited::read(sheet, findings));
                self.tables.highly_cited.extend(rows);
            }
            Table::Awards => {
                let rows = self.with(at, by, |this, sheet, f| awards::read(sheet, &this.tables.units, &this.names, f));
                self.tables.awards.extend(rows);
            }
            Table::Patents => {
                let rows = self.with(at, by, |_, sheet, findings| patents::read(sheet, findings));
                self.tables.patents.extend(rows);
            }
            _ => {}
        }
    }
}
