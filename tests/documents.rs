//! Tests: the documents of a run, read back from their HTML and PDF: every number is one of the tables, of the right
//! unit, the same in both languages; the pages are whole.

mod edges;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::table;
use sanjeh::render::phrases;

/// The results of a small sample, which `cli` runs for all.
fn run() -> PathBuf {
    crate::cli::folder().join("out")
}

/// Documents below a folder with this ending, as paths within it, ascending.
fn documents(out: &Path, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![out.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path.strip_prefix(out).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.retain(|path| path != "index.html");
    found.sort();
    found
}

/// The full numbers of a page in the order in which they stand.
pub(crate) fn numbers(html: &str) -> Vec<f64> {
    html.split("data-value=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
}

/// Every number in a text, also those in `401–500` and `12; 13`.
pub(crate) fn numbers_in(text: &str, into: &mut BTreeSet<u64>) {
    if let Ok(number) = text.parse::<f64>() {
        into.insert(number.to_bits());
    } else {
        for part in text.split(|c: char| !c.is_ascii_digit() && c != '.') {
            if let Ok(number) = part.parse::<f64>() {
                into.insert(number.to_bits());
            }
        }
    }
}

/// Tables at the top of the results, each with its rows.
fn tables(out: &Path) -> Vec<(String, Vec<BTreeMap<String, String>>)> {
    let mut names: Vec<String> = fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".csv"))
        .collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), table(&out.join(&name)))).collect()
}

#[test]
fn every_number_of_every_document_stands_in_the_tables() {
    let out = &run();
    let mut known = BTreeSet::new();
    for (_, rows) in tables(out) {
        for row in rows {
            row.values().for_each(|cell| numbers_in(cell, &mut known));
        }
    }
    let pages = documents(out, ".html");
    assert!(pages.len() >= 2 * (12 * 2 + 4), "{pages:?}");
    for page in pages {
        let html = fs::read_to_string(out.join(&page)).unwrap();
        let told = numbers(&html);
        assert!(!told.is_empty(), "{page} tells no number");
        for number in told {
            assert!(known.contains(&number.to_bits()), "{page}: {number} stands in no table");
        }
    }
}

/// Outside elements that carry the full number, a page has no digit but in names, days and the words of the phrase files.
#[test]
fn no_number_of_a_document_stands_without_its_full_value() {
    let out = &run();
    let mut constants: BTreeSet<String> = BTreeSet::new();
    for words in phrases::all() {
        for phrase in words.phrases().values() {
            constants.extend(digits(phrase));
        }
    }
    for page in documents(out, ".html") {
        let html = fs::read_to_string(out.join(&page)).unwrap();
        let body = html.split("<main>").nth(1).unwrap().split("</main>").next().unwrap();
        for run in digits(&bare(body)) {
            assert!(constants.contains(&run), "{page}: \"{run}\" stands without its full value");
        }
    }
}

/// Runs of digits of any script.
fn digits(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// The text of a page without pictures, names, days and numbers that carry their value.
fn bare(html: &str) -> String {
    let mut text = html.to_owned();
    for (open, close) in
        [("<svg", "</svg>"), ("<bdi class=\"name\"", "</bdi>"), ("<time", "</time>"), ("<span data-value", "</span>")]
    {
        while let Some(from) = text.find(open) {
            let inner = &text[from..];
            // Names hold isolated runs of the other direction.
            let to = inner.find(close).unwrap() + close.len();
            let nested = inner[..to].matches("<bdi").count();
            let mut end = from + to;
            for _ in 1..nested.max(1) {
                end += text[end..].find(close).unwrap() + close.len();
            }
            text.replace_range(from..end, " ");
        }
    }
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    for (entity, sign) in [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")] {
        out = out.replace(entity, sign);
    }
    out
}

#[test]
fn the_page_leads_to_every_document_and_to_nothing_else() {
    let out = &run();
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    let mut led: BTreeSet<String> = BTreeSet::new();
    for rest in page.split("href=\"").skip(1) {
        let address = rest.split('"').next().unwrap().replace("&#x2f;", "/");
        if !address.starts_with('#') && !address.contains("://") {
            assert!(out.join(&address).is_file(), "{address} does not exist");
            led.insert(address);
        }
    }
    for ending in [".html", ".pdf", ".pptx"] {
        for document in documents(out, ending) {
            assert!(led.contains(&document), "{document} is not led to");
        }
    }
}

#[test]
fn no_list_of_persons_is_made_unless_it_is_asked_for() {
    assert!(documents(&run(), ".html").iter().all(|page| !page.contains("annex")));
}

#[test]
fn both_languages_tell_the_same_numbers_in_the_same_order() {
    let out = &run();
    for page in documents(out, ".en.html") {
        let english = fs::read_to_string(out.join(&page)).unwrap();
        let persian = fs::read_to_string(out.join(page.replace(".en.", ".fa."))).unwrap();
        assert_eq!(numbers(&english), numbers(&persian), "{page}");
        assert!(persian.contains("dir=\"rtl\"") && english.contains("dir=\"ltr\""), "{page}");
    }
}

/// Every figure of a pack belongs to its own unit, to its type, or to the method; in the handbook's sentences on the
/// nearest units, to the unit that is named.
#[test]
fn every_number_of_a_pack_belongs_to_its_unit() {
    let out = &run();
    let tables = tables(out);
    let units: BTreeMap<String, String> = tables
        .iter()
        .find(|(name, _)| name == "scores.csv")
        .unwrap()
        .1
        .iter()
        .map(|row| (row["unit"].clone(), row["unit_type"].clone()))
        .collect();
    let nearest = phrases::in_language("en").phrases()["handbook.nearest"].split(':').next().unwrap().to_owned();
    for (unit, unit_type) in &units {
        let mut own = BTreeSet::new();
        for (name, rows) in &tables {
            for row in rows {
                let of_unit = row.get("unit").is_none_or(|id| id == unit);
                let of_type = row.get("unit_type").is_none_or(|kind| kind == unit_type);
                let listed = ["publications.csv", "excluded.csv", "links.csv", "counts.csv", "findings.csv"];
                if of_unit && of_type && (!listed.contains(&name.as_str()) || name == "publications.csv") {
                    row.iter()
                        .filter(|(head, _)| *head != "publication")
                        .for_each(|(_, cell)| numbers_in(cell, &mut own));
                }
            }
        }
        for document in ["card", "handbook"] {
            let html = fs::read_to_string(out.join(format!("packs/{unit}/{document}.en.html"))).unwrap();
            for paragraph in html.split("<p>").flat_map(|part| part.split("</p>")) {
                if paragraph.trim_start().starts_with(&nearest) {
                    continue;
                }
                for number in numbers(paragraph) {
                    assert!(own.contains(&number.to_bits()), "{unit}, {document}: {number} is not of the unit");
                }
            }
        }
    }
}

/// A program, unless it is not installed; `SANJEH_CHECKERS=required` makes its absence a failure.
fn checker(name: &str) -> bool {
    let there = Command::new(name).arg("--version").output().is_ok() || Command::new(name).arg("-v").output().is_ok();
    let required = std::env::var("SANJEH_CHECKERS").is_ok_and(|value| value == "required");
    assert!(there || !required, "{name} is not installed");
    if !there {
        eprintln!("skipped: {name} is not installed");
    }
    there
}

fn output(program: &str, arguments: &[&str]) -> (bool, String, String) {
    let ran = Command::new(program).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (ran.status.success(), text(&ran.stdout), text(&ran.stderr))
}

#[test]
fn pdfs_open_without_a_warning_and_carry_their_fonts() {
    if !checker("qpdf") || !checker("pdffonts") {
        return;
    }
    let out = &run();
    let files = documents(out, ".pdf");
    assert!(files.len() >= 2 * (12 * 2 + 4), "{files:?}");
    for file in files {
        let path = out.join(&file);
        let path = path.to_str().unwrap();
        let (fine, said, complaints) = output("qpdf", &["--check", path]);
        assert!(fine && complaints.is_empty(), "{file}: {said}{complaints}");
        let (_, fonts, _) = output("pdffonts", &[path]);
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!rows.is_empty(), "{file} has no font");
        for row in rows {
            // … emb sub uni object ID
            let columns: Vec<&str> = row.split_whitespace().rev().collect();
            assert_eq!(&columns[2..5], ["yes", "yes", "yes"], "{file}: {row}");
        }
    }
}

#[test]
fn pages_of_one_sheet_are_one_sheet() {
    if !checker("pdfinfo") {
        return;
    }
    let out = &run();
    let one = |path: &String| path.contains("/card.") || path.starts_with("president.");
    for file in documents(out, ".pdf").iter().filter(|path| one(path)) {
        let (_, told, _) = output("pdfinfo", &[out.join(file).to_str().unwrap()]);
        let line = |name: &str| told.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        assert!(line("Pages:").ends_with(" 1"), "{file}: {}", line("Pages:"));
        assert!(line("Page size:").contains("A4"), "{file}");
        assert!(line("Tagged:").ends_with("yes"), "{file}");
    }
}

/// Extracted text is in logical order: what a reader copies from the PDF.
#[test]
fn persian_text_of_a_pdf_is_in_logical_order() {
    if !checker("pdftotext") {
        return;
    }
    let out = &run();
    let path = out.join("president.fa.pdf");
    let (_, text, _) = output("pdftotext", &["-layout", path.to_str().unwrap(), "-"]);
    // Marks of direction are the extractor's own.
    let text: String =
        text.chars().filter(|c| !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')).collect();
    let words = phrases::in_language("fa").phrases();
    for key in ["president.title", "president.decisions", "president.risks", "notice.invented"] {
        let wanted = plain(&words[key]);
        assert!(plain(&text).contains(&wanted), "{key} \"{wanted}\" is not in\n{text}");
    }
    assert!(text.contains("THE 2026") || text.contains("THE\u{A0}2026"), "{text}");
}

/// Without joiners and with single blanks.
fn plain(text: &str) -> String {
    let joined: String = text.chars().filter(|c| !matches!(c, '\u{200C}' | '\u{0654}')).collect();
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}
