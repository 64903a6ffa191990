//! The built-in catalogue: every file of `indicators/`, compiled in, so that the program runs from any folder.

use crate::catalogue::source::Source;

/// Path within `indicators/` and text of every file, ascending by path. A test holds the list against the folder.
pub const FILES: &[(&str, &str)] = &[
    ("arwu/2025.toml", include_str!("../../indicators/arwu/2025.toml")),
    ("benchmarks/arwu/2025.toml", include_str!("../../indicators/benchmarks/arwu/2025.toml")),
    ("benchmarks/qs/wur/2026.toml", include_str!("../../indicators/benchmarks/qs/wur/2026.toml")),
    ("benchmarks/the/wur/2026.toml", include_str!("../../indicators/benchmarks/the/wur/2026.toml")),
    ("measures.toml", include_str!("../../indicators/measures.toml")),
    ("qs/wur/2026.toml", include_str!("../../indicators/qs/wur/2026.toml")),
    ("the/wur/2011.toml", include_str!("../../indicators/the/wur/2011.toml")),
    ("the/wur/2012.toml", include_str!("../../indicators/the/wur/2012.toml")),
    ("the/wur/2013.toml", include_str!("../../indicators/the/wur/2013.toml")),
    ("the/wur/2014.toml", include_str!("../../indicators/the/wur/2014.toml")),
    ("the/wur/2015.toml", include_str!("../../indicators/the/wur/2015.toml")),
    ("the/wur/2016.toml", include_str!("../../indicators/the/wur/2016.toml")),
    ("the/wur/2017.toml", include_str!("../../indicators/the/wur/2017.toml")),
    ("the/wur/2018.toml", include_str!("../../indicators/the/wur/2018.toml")),
    ("the/wur/2019.toml", include_str!("../../indicators/the/wur/2019.toml")),
    ("the/wur/2020.toml", include_str!("../../indicators/the/wur/2020.toml")),
    ("the/wur/2021.toml", include_str!("../../indicators/the/wur/2021.toml")),
    ("the/wur/2022.toml", include_str!("../../indicators/the/wur/2022.toml")),
    ("the/wur/2023.toml", include_str!("../../indicators/the/wur/2023.toml")),
    ("the/wur/2024.toml", include_str!("../../indicators/the/wur/2024.toml")),
    ("the/wur/2025.toml", include_str!("../../indicators/the/wur/2025.toml")),
    ("the/wur/2026.toml", include_str!("../../indicators/the/wur/2026.toml")),
];

/// The built-in files as sources.
pub fn sources() -> Vec<Source> {
    FILES.iter().map(|(path, text)| Source::new("indicators", path, text)).collect()
}
