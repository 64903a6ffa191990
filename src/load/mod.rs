//! Load: any export or sheet → [`crate::model::tables::Tables`], with findings.
//!
//! Reading has two storeys. [`file::read`] turns the bytes of any file into [`grid::Grid`]s: [`text_file`], [`xlsx`],
//! and, in a helper process ([`guard`]), [`workbook`] and [`parquet`]. [`crate::model::text`], [`number`] and [`date`] then say what
//! a cell means.

pub mod archive;
pub mod date;
pub mod encoding;
pub mod file;
pub mod grid;
pub mod guard;
pub mod limits;
pub mod number;
pub mod parquet;
pub mod refusal;
pub mod text_file;
pub mod wire;
pub mod workbook;
pub mod xlsx;
