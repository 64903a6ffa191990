//! A browser, a page of units with awkward names, and a script that drives it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use sanjeh::sample::{Size, generate};

use crate::support::Folder;

/// A name of 120 characters, one of markup and quotes in two scripts, and a unit that is the only one of its type; none
/// of the three has a publication.
pub const AWKWARD: [[&str; 4]; 3] = [
    [
        "long",
        "Interdisciplinary Research Centre for Molecular, Cellular & Translational Medicine of the Northern and Western Regions 1",
        "مرکز تحقیقات بین‌رشته‌ای پزشکی مولکولی، سلولی و ترجمانی استان‌های شمالی و غربی کشور با همکاری آزمایشگاه Q1 Lab (2024–2025)",
        "centre",
    ],
    [
        "mixed",
        "<b>R&D</b> \"Bio\" واحد & 'Tech' Office",
        "واحد <b>R&D</b> \"زیست\" سال 2024–2025 (رتبهٔ Q1) با p < 0.05",
        "centre",
    ],
    ["lone", "Virtual Campus", "پردیس مجازی", "campus"],
];

const DRIVER: &str = include_str!("driver.js");

/// The first browser of the search path; says that the test was skipped where there is none.
fn browser() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    let found = found.into_iter().find(|file| file.is_file());
    if found.is_none() {
        println!("skipped: neither chromium nor google-chrome is installed");
    }
    found
}

/// A sample with the awkward units, run once for all tests.
pub fn folder() -> &'static Folder {
    static FOLDER: OnceLock<Folder> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let sample = generate(&Size { units: 20, staff: 80, publications: 300, hyper_authored: 6, seed: 5 });
        let mut folder = Folder::new();
        for file in &sample.files {
            let mut bytes = file.bytes.clone();
            if file.path == "units.csv" {
                let mut rows = csv::Writer::from_writer(Vec::new());
                for [id, en, fa, unit_type] in AWKWARD {
                    rows.write_record([id, en, fa, unit_type, "sarv", "", "2010", ""]).unwrap();
                }
                bytes.extend(rows.into_inner().unwrap());
            }
            if file.path == "assessment.toml" {
                let text = String::from_utf8(bytes).unwrap();
                assert!(text.contains("samples = 1000 "), "the sample's assessment has no line of samples");
                bytes = text.replace("samples = 1000 ", "samples = 0 ").into_bytes();
            }
            folder = folder.with(&file.path, bytes);
        }
        let ran = folder.sanjeh(&["run", "--format", "csv,html,svg,png", "--only", "charts"]);
        assert!(folder.path().join("out/index.html").exists(), "{}{}", ran.out, ran.err);
        folder
    })
}

/// How the page is opened.
pub struct Opened<'a> {
    /// Width of the frame in CSS pixels; the height is 800.
    pub width: u32,
    /// What follows the file name, e.g. `#fa`.
    pub fragment: &'a str,
    /// Whether the page's own script runs.
    pub script: bool,
}

impl Opened<'_> {
    /// The page in a language at a width.
    pub fn at(width: u32, fragment: &str) -> Opened<'_> {
        Opened { width, fragment, script: true }
    }

    /// What the steps `say`, by name; `None` where there is no browser.
    pub fn drive(&self, name: &str, steps: &str) -> Option<BTreeMap<String, String>> {
        let browser = browser()?;
        let out = folder().path().join("out");
        let sandbox = if self.script { "" } else { " sandbox=\"allow-same-origin\"" };
        let host = format!(
            "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<body style=\"margin:0\">\n\
             <iframe{sandbox} style=\"border:0;width:{}px;height:800px\"></iframe>\n<pre></pre>\n\
             <script>\n{DRIVER}\nasync function steps() {{\n{steps}\n}}\nframe.src = \"index.html{}\";\n</script>\n",
            self.width, self.fragment,
        );
        let file = out.join(format!("{name}.html"));
        fs::write(&file, host).unwrap();
        let document = printed(&browser, &file);
        let seen = document
            .split("<pre>")
            .nth(1)
            .and_then(|rest| rest.split("</pre>").next())
            .unwrap_or_else(|| panic!("the browser printed no result: {document}"));
        let seen = seen.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&");
        let seen: BTreeMap<String, String> = seen
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        assert!(seen.get("done").is_some_and(|done| done == "yes"), "{name} stopped: {seen:#?}");
        Some(seen)
    }
}

/// The document after the scripts. The flag of file access lets the frame's document be read from disk; the page itself
/// needs none.
fn printed(browser: &Path, file: &Path) -> String {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1400,900"])
        .args(["--allow-file-access-from-files", "--virtual-time-budget=20000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}", file.display()))
        .stderr(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}
