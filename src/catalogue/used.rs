//! The files of the catalogue that editions and benchmarks were read from, as they stand.

use std::path::Path;

use crate::catalogue::source::{self, Source};
use crate::catalogue::{Kind, embedded, kind};
use crate::model::benchmark::Benchmark;
use crate::model::edition::Edition;

/// Path within its folder and text of each file.
pub type Files = Vec<(String, String)>;

/// The files of `editions` and `benchmarks`, found by path and digest, and those that define measures: first those of the
/// built-in catalogue or of the folder `indicators`, second those of the folder `own`. Read again, as two folders in these
/// places, they give the same editions and benchmarks.
pub fn used(
    indicators: Option<&Path>,
    own: Option<&Path>,
    editions: &[Edition],
    benchmarks: &[Benchmark],
) -> (Files, Files) {
    let first = match indicators {
        None => embedded::sources(),
        Some(folder) => source::read_folder(folder, "indicators", true, &mut Vec::new()),
    };
    let second = own.map_or_else(Vec::new, |folder| source::read_folder(folder, "editions", false, &mut Vec::new()));
    let wanted = |source: &Source| match kind(source) {
        Kind::Measures | Kind::Rules => true,
        Kind::Benchmark => benchmarks.iter().any(|benchmark| {
            benchmark.digest == source.digest && source.path == format!("benchmarks/{}.toml", benchmark.edition)
        }),
        Kind::Edition => editions
            .iter()
            .any(|edition| edition.digest == source.digest && source.path == format!("{}.toml", edition.id)),
    };
    let second: Vec<Source> = second.into_iter().filter(wanted).collect();
    let replaced = |source: &Source| {
        !matches!(kind(source), Kind::Measures | Kind::Rules) && second.iter().any(|own| own.path == source.path)
    };
    let files = |sources: Vec<Source>| sources.into_iter().map(|source| (source.path, source.text)).collect();
    let first: Vec<Source> = first.into_iter().filter(|source| wanted(source) && !replaced(source)).collect();
    (files(first), files(second))
}
