//! `index.html`: one file that opens from disk without network, in all languages of the report.

mod base64;
mod document;
mod mixed;
mod view;

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Value, context};

use crate::diagnostic::{Error, Finding, Result};
use crate::model::report::{DocumentLink, Report};
use crate::render::phrases;

pub use document::document;
pub use mixed::mixed;

const PAGE: &str = include_str!("page.html");
const LANGUAGE: &str = include_str!("language.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// The fonts as text, made once for all pages.
static REGULAR: LazyLock<String> = LazyLock::new(|| base64::base64(include_bytes!("../fonts/Vazirmatn-Regular.woff2")));
static BOLD: LazyLock<String> = LazyLock::new(|| base64::base64(include_bytes!("../fonts/Vazirmatn-Bold.woff2")));

/// The page.
///
/// Errors: `render-failed`, where the template engine refuses it.
pub fn page(report: &Report, documents: &[DocumentLink]) -> Result<String> {
    write(report, documents).map_err(|error| {
        Error::from(Finding::error("render-failed", format!("the page could not be written: {error:#}")))
    })
}

/// The template engine with what every template may use.
fn environment() -> std::result::Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_function("t", |language: &str, key: &str| phrases::in_language(language).word(key));
    environment.add_filter("mixed", |text: &str, direction: &str| Value::from_safe_string(mixed(text, direction)));
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    Ok(environment)
}

/// Names, messages and paths of the input may hold control characters, which HTML forbids.
fn without_controls(page: &str) -> String {
    page.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

fn write(report: &Report, documents: &[DocumentLink]) -> std::result::Result<String, minijinja::Error> {
    let mut environment = environment()?;
    environment.add_template("page.html", PAGE)?;
    environment.add_template("language.html", LANGUAGE)?;
    let languages: Vec<_> =
        phrases::of(&report.languages).into_iter().map(|words| view::language(report, documents, words)).collect();
    let page = environment.get_template("page.html")?.render(context! {
        languages,
        style => STYLE,
        script => SCRIPT,
        regular => REGULAR.as_str(),
        bold => BOLD.as_str(),
    })?;
    Ok(without_controls(&page))
}
