//! A document as one HTML file that opens from disk without network.

use minijinja::context;
use minijinja::value::{Serde, Value};

use super::{BOLD, REGULAR, environment, without_controls};
use crate::diagnostic::{Error, Finding, Result};
use crate::render::document::View;

const DOCUMENT: &str = include_str!("document.html");
const STYLE: &str = include_str!("document.css");

/// The file. Every number of the run's tables stands in an element whose `data-value` is the full number.
///
/// # Errors
/// `render-failed`, where the template engine refuses it.
pub fn document(view: &View) -> Result<String> {
    write(view).map_err(|error| {
        Error::from(Finding::error("render-failed", format!("a document could not be written: {error:#}")))
    })
}

fn write(view: &View) -> std::result::Result<String, minijinja::Error> {
    let mut environment = environment()?;
    environment.add_template("document.html", DOCUMENT)?;
    let page = environment.get_template("document.html")?.render(context! {
        view => Value::from(Serde(view)),
        pictures => view.pictures.clone(),
        style => STYLE,
        regular => REGULAR.as_str(),
        bold => BOLD.as_str(),
    })?;
    Ok(without_controls(&page))
}
