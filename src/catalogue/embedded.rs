//! The built-in catalogue: every file of `indicators/`, compiled in, so that the program runs from any folder.

use crate::catalogue::source::Source;

/// Path within `indicators/` and text of every file, ascending by path. A test holds the list against the folder.
pub const FILES: &[(&str, &str)] = &[
    ("arwu/2025.toml", include_str!("../../indicators/arwu/2025.toml")),
    ("benchmarks/arwu/2025.toml", include_str!("../../indicators/benchmarks/arwu/2025.toml")),
    ("benchmarks/qs/wur/2026.toml", include_str!("../../indicators/benchmarks/qs/wur/2026.toml")),
    ("benchmarks/the/wur/2023.toml", include_str!("../../indicators/benchmarks/the/wur/2023.toml")),
    ("benchmarks/the/wur/2024.toml", include_str!("../../indicators/benchmarks/the/wur/2024.toml")),
    ("benchmarks/the/wur/2025.toml", include_str!("../../indicators/benchmarks/the/wur/2025.toml")),
    ("benchmarks/the/wur/2026.toml", include_str!("../../indicators/benchmarks/the/wur/2026.toml")),
    ("measures.toml", include_str!("../../indicators/measures.toml")),
    ("qs/wur/2026.toml", include_str!("../../indicators/qs/wur/2026.toml")),
    ("the/asia/2016.toml", include_str!("../../indicators/the/asia/2016.toml")),
    ("the/asia/2023.toml", include_str!("../../indicators/the/asia/2023.toml")),
    ("the/asia/2024.toml", include_str!("../../indicators/the/asia/2024.toml")),
    ("the/impact/2024/overall.toml", include_str!("../../indicators/the/impact/2024/overall.toml")),
    ("the/impact/2024/sdg17.toml", include_str!("../../indicators/the/impact/2024/sdg17.toml")),
    ("the/impact/2024/sdg3.toml", include_str!("../../indicators/the/impact/2024/sdg3.toml")),
    ("the/interdisciplinary/2025.toml", include_str!("../../indicators/the/interdisciplinary/2025.toml")),
    ("the/subject/2023/arts-humanities.toml", include_str!("../../indicators/the/subject/2023/arts-humanities.toml")),
    (
        "the/subject/2023/business-economics.toml",
        include_str!("../../indicators/the/subject/2023/business-economics.toml"),
    ),
    ("the/subject/2023/clinical-health.toml", include_str!("../../indicators/the/subject/2023/clinical-health.toml")),
    ("the/subject/2023/computer-science.toml", include_str!("../../indicators/the/subject/2023/computer-science.toml")),
    ("the/subject/2023/education.toml", include_str!("../../indicators/the/subject/2023/education.toml")),
    ("the/subject/2023/engineering.toml", include_str!("../../indicators/the/subject/2023/engineering.toml")),
    ("the/subject/2023/law.toml", include_str!("../../indicators/the/subject/2023/law.toml")),
    ("the/subject/2023/life-sciences.toml", include_str!("../../indicators/the/subject/2023/life-sciences.toml")),
    (
        "the/subject/2023/physical-sciences.toml",
        include_str!("../../indicators/the/subject/2023/physical-sciences.toml"),
    ),
    ("the/subject/2023/psychology.toml", include_str!("../../indicators/the/subject/2023/psychology.toml")),
    ("the/subject/2023/social-sciences.toml", include_str!("../../indicators/the/subject/2023/social-sciences.toml")),
    ("the/subject/2024/arts-humanities.toml", include_str!("../../indicators/the/subject/2024/arts-humanities.toml")),
    (
        "the/subject/2024/business-economics.toml",
        include_str!("../../indicators/the/subject/2024/business-economics.toml"),
    ),
    ("the/subject/2024/psychology.toml", include_str!("../../indicators/the/subject/2024/psychology.toml")),
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
    ("the/young/2023.toml", include_str!("../../indicators/the/young/2023.toml")),
    ("the/young/2024.toml", include_str!("../../indicators/the/young/2024.toml")),
];

/// The built-in files as sources.
pub fn sources() -> Vec<Source> {
    FILES.iter().map(|(path, text)| Source::new("indicators", path, text)).collect()
}
