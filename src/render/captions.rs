//! Captions of the charts of a pack: for each its files, what to read from it, the tables of its numbers, and what a screen
//! reader says.

use std::fmt::Write;

use crate::model::report::{Argument, Chart, Phrase, Report};
use crate::render::chart::described;
use crate::render::phrases::Words;

/// The charts of one unit, in the order of the report, as plain text.
pub fn captions(report: &Report, unit: usize, words: &Words) -> String {
    let named = &report.units[unit];
    let title = Phrase::new("caption.title").with("unit", Argument::Text(named.name.clone().into()));
    let title = words.say(&title);
    let mut text = format!("{title}\n{}\n", "=".repeat(title.chars().count()));
    let institution = words.text(&report.institution.clone().into());
    let year = words.say(&Phrase::new("page.year").with("year", Argument::Year(report.year)));
    let _ = writeln!(text, "{institution} · {year}");
    if report.invented {
        let _ = writeln!(text, "{}", words.word("notice.invented"));
    }
    for chart in report.charts.iter().filter(|chart| chart.unit == Some(unit)) {
        caption(chart, words, &mut text);
    }
    text
}

fn caption(chart: &Chart, words: &Words, text: &mut String) {
    let title = words.text(&chart.title);
    let _ = write!(text, "\n{title}\n{}\n", "-".repeat(title.chars().count()));
    let mut line = |key: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{}: {value}", words.word(key));
        }
    };
    let files = ["svg", "png"].map(|ending| words.isolated(&format!("{}/{}.{ending}", words.language, chart.name)));
    line("caption.files", &files.join(" · "));
    line("caption.reading", &words.text(&chart.reading));
    let tables: Vec<String> = chart.sources.iter().map(|file| words.isolated(file)).collect();
    line("caption.tables", &tables.join(" · "));
    line("caption.alt", &described(chart, words));
}
