//! workbook
use crate::{diagnostic::Result, model::report::Report};
/// workbook
pub fn workbook(_: &Report) -> Result<Vec<u8>> { Ok(Vec::new()) }
