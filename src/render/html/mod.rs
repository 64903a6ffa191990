//! page
use crate::{diagnostic::Result, model::report::Report};
/// page
pub fn page(_: &Report) -> Result<String> {
    Ok(String::new())
}
