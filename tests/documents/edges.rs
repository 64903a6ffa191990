//! Packs of unusual units: without a paper, with one paper, with a name of 120 characters, with signs that mean something to
//! HTML, SVG, XML and Typst, in two scripts, and the only unit of its type.

use std::fs;
use std::path::Path;

use sanjeh::sample::{Size, generate};

use super::{checker, output};
use crate::support::{Folder, sanjeh, table};

const LONG: &str = "Department of the History, Philosophy and Ethics of Medicine, Pharmacy, Nursing and Allied Health Sciences in the Region";
const SIGNS: &str = "Unit <b>&\"quotes\" 'and' #set $x$ *stars* _lines_ @ref \\ `code`";
const MIXED: &str = "گروه β-Blocker (فاز II) آزمون p < 0.05 و Q1 «۲۰۲۴–۲۰۲۵» 测试";

/// Id, English name, Persian name, type of the units that are added.
const UNITS: [(&str, &str, &str, &str); 5] = [
    ("empty", "Unit without papers", "واحد بی‌مقاله", "department"),
    ("single", "Unit of one paper", "واحد تک‌مقاله", "department"),
    (
        "long",
        LONG,
        "گروه تاریخ و فلسفه و اخلاق پزشکی و داروسازی و پرستاری و علوم پیراپزشکی و بهداشت عمومی منطقه و استان‌های هم‌جوار آن در کشور",
        "department",
    ),
    ("signs", SIGNS, MIXED, "department"),
    ("museum", "Museum of Medicine", "موزهٔ پزشکی", "museum"),
];

fn folder() -> Folder {
    let mut folder = Folder::new();
    for file in generate(&Size { units: 12, ..Size::scaled(200) }).files {
        let mut bytes = file.bytes;
        if file.path == "units.csv" {
            let mut writer = csv::Writer::from_writer(bytes);
            for (id, english, persian, kind) in UNITS {
                writer.write_record([id, english, persian, kind, "sarv", "", "", ""]).unwrap();
            }
            bytes = writer.into_inner().unwrap();
        }
        if file.path == "assessment.toml" {
            // Levers and plans are tested elsewhere.
            let text = String::from_utf8(bytes).unwrap().replace("\nbudget =", "\n# budget =");
            bytes = text.into_bytes();
        }
        folder = folder.with(&file.path, bytes);
    }
    let credit =
        "publication,author_position,unit,action,who,date\n2-s2.0-99000000001,1,single,credit,office,2025-01-01\n";
    folder.with("overrides/attribution.csv", credit)
}

#[test]
fn packs_of_unusual_units_are_whole() {
    assert_eq!(LONG.chars().count(), 120);
    let folder = folder();
    let ran = sanjeh(&["run", folder.path().to_str().unwrap(), "--units", "empty,single,long,signs,museum", "--annex"]);
    assert!(ran.code < 2, "{}", ran.err);
    let out = folder.path().join("out");
    let profiles = table(&out.join("profiles.csv"));
    let papers = |id: &str| profiles.iter().find(|row| row["unit"] == id).unwrap()["publications"].clone();
    assert_eq!((papers("empty"), papers("single"), papers("museum")), ("0".into(), "1".into(), "0".into()));
    for (id, english, persian, _) in UNITS {
        let pack = out.join("packs").join(id);
        for (language, name) in [("en", english), ("fa", persian)] {
            for document in ["card", "handbook"] {
                let html = fs::read_to_string(pack.join(format!("{document}.{language}.html"))).unwrap();
                well_formed(&html);
                assert!(
                    words(&html).contains(&words(&escaped(name))),
                    "{id}, {document}.{language}: {name} is missing"
                );
            }
            for file in ["card", "handbook"].map(|name| format!("{name}.{language}.pdf")) {
                assert!(fs::read(pack.join(&file)).unwrap().starts_with(b"%PDF-"), "{id}: {file}");
            }
            for file in [format!("evidence.{language}.xlsx"), format!("briefing.{language}.pptx")] {
                assert!(pack.join(&file).is_file(), "{id}: {file}");
            }
            let annex = fs::read_to_string(pack.join(format!("annex.{language}.html"))).unwrap();
            well_formed(&annex);
            one_page(&pack.join(format!("card.{language}.pdf")));
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// Text without tags, with single blanks.
fn words(html: &str) -> String {
    let mut inside = false;
    let text: String = html
        .chars()
        .filter(|&c| {
            let shown = !inside && c != '<';
            inside = (inside || c == '<') && c != '>';
            shown
        })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every element that is opened is closed in its order.
fn well_formed(html: &str) {
    const VOID: [&str; 4] = ["meta", "br", "link", "input"];
    let mut open: Vec<String> = Vec::new();
    for part in html.split('<').skip(1) {
        let tag = part.split('>').next().unwrap();
        let name: String = tag.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        if tag.starts_with('!') || tag.ends_with('/') || VOID.contains(&name.as_str()) || name.is_empty() {
            continue;
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name.as_str()), "…{part}");
        } else {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
}

fn one_page(pdf: &Path) {
    if checker("pdfinfo") {
        let (_, told, _) = output("pdfinfo", &[pdf.to_str().unwrap()]);
        assert!(told.lines().any(|line| line.starts_with("Pages:") && line.ends_with(" 1")), "{}", pdf.display());
    }
}
