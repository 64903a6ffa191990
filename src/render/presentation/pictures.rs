//! Pictures of charts that the run has drawn already: to draw and pack one again costs more than the rest of a slide.

use std::collections::BTreeMap;

use crate::diagnostic::Result;
use crate::model::chart::Chart;
use crate::model::output::Output;
use crate::render::chart;
use crate::render::phrases::Words;

/// PNG files by language and name of the chart.
#[derive(Debug, Default)]
pub struct Pictures<'a> {
    drawn: BTreeMap<(&'a str, &'a str), &'a [u8]>,
}

impl<'a> Pictures<'a> {
    /// The pictures among the files of a run: `…/<language>/<chart>.png`.
    pub fn of(outputs: &'a [Output]) -> Self {
        let named = |output: &'a Output| {
            let mut parts = output.path.strip_suffix(".png")?.rsplit('/');
            let (name, language) = (parts.next()?, parts.next()?);
            Some(((language, name), output.bytes.as_slice()))
        };
        Pictures { drawn: outputs.iter().filter_map(named).collect() }
    }

    /// The picture of a chart, drawn where the run has not.
    ///
    /// # Errors
    /// `render-failed`.
    pub fn png(&self, drawn: &Chart, words: &Words) -> Result<Vec<u8>> {
        match self.drawn.get(&(words.language, drawn.name.as_str())) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => chart::png(&chart::chart(drawn, words.language)),
        }
    }
}
