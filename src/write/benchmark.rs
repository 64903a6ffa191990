//! A benchmark as a file of the catalogue (`indicators/README.md` documents every key).

use std::fmt::Write as _;

use crate::model::benchmark::Benchmark;

/// The file, with `comment` at its head. Numbers are written without loss.
pub fn benchmark(benchmark: &Benchmark, comment: &[String]) -> String {
    let mut text = String::new();
    for line in comment {
        writeln!(text, "# {}", line.replace(['\n', '\r'], " ")).ok();
    }
    writeln!(text, "\nedition = {}", quoted(&benchmark.edition)).ok();
    for reference in &benchmark.references {
        let (id, title, href) = (quoted(&reference.id), quoted(&reference.title), quoted(&reference.href));
        writeln!(text, "\n[[reference]]\nid    = {id}\ntitle = {title}\nhref  = {href}").ok();
    }
    for entry in &benchmark.entries {
        let types: Vec<String> = entry.unit_types.iter().map(|name| quoted(name)).collect();
        writeln!(text, "\n[[entry]]\nindicator  = {}", quoted(&entry.indicator)).ok();
        writeln!(text, "unit_types = [{}]", types.join(", ")).ok();
        let (mean, sd) = entry.mean_sd.unzip();
        for (key, value) in [("mean", mean), ("sd", sd), ("min", entry.min), ("max", entry.max)] {
            if let Some(value) = value {
                writeln!(text, "{key:<10} = {value:?}").ok();
            }
        }
        if !entry.quantiles.is_empty() {
            let pairs: Vec<String> =
                entry.quantiles.iter().map(|[share, value]| format!("[{share:?}, {value:?}]")).collect();
            writeln!(text, "quantiles  = [{}]", pairs.join(", ")).ok();
        }
        writeln!(text, "reference  = {}", quoted(&entry.reference)).ok();
    }
    for band in &benchmark.bands {
        let reference = quoted(&band.reference);
        writeln!(text, "\n[[band]]\nrank      = {}\nscore     = {:?}\nreference = {reference}", band.rank, band.score)
            .ok();
    }
    text
}

/// A text as TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
