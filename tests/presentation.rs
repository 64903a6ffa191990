//! Presentations: whole packages, Persian from the right, the words of the phrases, and the same bytes every time.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use resvg::usvg::roxmltree::{Document, Node};
use sanjeh::model::audit::{AddressRule, Audit, Breach};
use sanjeh::model::chart::Figure;
use sanjeh::model::document::{Column, KeyFigure, Row, Table, TableCell};
use sanjeh::model::lever_worth::LeverWorth;
use sanjeh::model::names::Names;
use sanjeh::model::presentation::{POINTS, Part, Presentation, ROWS, Slide};
use sanjeh::model::publication::PublicationIndex;
use sanjeh::model::report::{Argument, Phrase, Text};
use sanjeh::model::unit::UnitIndex;
use sanjeh::render::phrases::{Piece, Words, in_language};
use sanjeh::render::presentation::{Pictures, presentation};
use sanjeh::report::briefing::briefings;
use sanjeh::report::material::Material;
use sanjeh::report::report;

use crate::render::results;

/// Briefings of units whose names are hostile, long, of two scripts, alone of their type, and without a paper.
fn shown() -> Vec<Presentation> {
    let mut results = results();
    for publication in &mut results.publications.items {
        publication.year = Some(2024);
        publication.citations = Some(7);
    }
    let worth = |lever: &str, edition: &str, change: Option<f64>| LeverWorth {
        unit: results.tables.units.get(UnitIndex(1)).id.clone(),
        lever: lever.into(),
        name: Names::new("Students <&>", "دانشجویان"),
        of: Names::new("FTE", "معادل تمام‌وقت"),
        amount: 2.0,
        edition: edition.into(),
        target: "overall".into(),
        change,
        university_change: None,
        reason: None,
    };
    let editions: Vec<String> = results.editions.iter().map(|edition| edition.id.clone()).collect();
    results.levers = vec![
        worth("students", &editions[0], Some(0.5)),
        worth("students", editions.last().unwrap(), Some(0.75)),
        worth("papers", &editions[0], Some(-0.25)),
        worth("income", &editions[0], None),
    ];
    let report = report(&results);
    let rule = |id: &str, recoverable: bool| AddressRule {
        id: id.into(),
        valid_from: 2000,
        ranking_eligible: true,
        centres_only: false,
        recoverable,
        message: Names::new("The city is missing <&>.", "نام شهر نیامده است."),
        source: String::new(),
    };
    let breach = |rule: usize| Breach {
        unit: UnitIndex(1),
        publication: PublicationIndex(0),
        author_position: 1,
        affiliation: 0,
        rule,
        staff: None,
        request: String::new(),
        ranking_eligible: true,
        ministry_eligible: false,
    };
    let audit = Audit {
        rules: vec![rule("a", true), rule("b", false)],
        breaches: vec![breach(0), breach(1)],
        eligibility: Vec::new(),
    };
    let material = Material { results: &results, report: &report, audit: &audit, recovered: &[] };
    briefings(material, &[0, 1, 2, 8, 9, 13, 20])
}

/// The parts of a package by path.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let name = file.name().unwrap().into_owned();
            let stamp = file.last_modified().unwrap();
            assert_eq!((stamp.year(), stamp.month(), stamp.hour()), (1980, 1, 0), "{name}");
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (name, content)
        })
        .collect()
}

fn made(shown: &Presentation, words: &Words) -> BTreeMap<String, Vec<u8>> {
    parts(&presentation(shown, words, &Pictures::default()).unwrap())
}

fn text(part: &[u8]) -> &str {
    std::str::from_utf8(part).unwrap()
}

/// Without marks of direction, which are for the eye alone.
fn unmarked(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{2066}'..='\u{2069}')).collect()
}

/// All text below a node, paragraph by paragraph.
fn paragraphs(node: Node<'_, '_>) -> Vec<String> {
    let named = |node: &Node<'_, '_>, name: &str| node.tag_name().name() == name;
    let said = |paragraph: Node<'_, '_>| {
        let runs = paragraph.descendants().filter(|run| named(run, "t"));
        unmarked(&runs.filter_map(|run| run.text().map(str::to_owned)).collect::<String>())
    };
    node.descendants()
        .filter(|node| named(node, "p") && node.ancestors().any(|up| named(&up, "txBody")))
        .map(said)
        .collect()
}

fn slides(parts: &BTreeMap<String, Vec<u8>>) -> usize {
    parts.keys().filter(|path| path.starts_with("ppt/slides/slide")).count()
}

#[test]
fn every_part_is_well_formed_and_named() {
    for shown in shown() {
        for language in ["en", "fa"] {
            let parts = made(&shown, in_language(language));
            let types = Document::parse(text(&parts["[Content_Types].xml"])).unwrap();
            let named: BTreeSet<&str> =
                types.descendants().filter_map(|node| node.attribute("PartName")).map(|path| &path[1..]).collect();
            for (path, bytes) in &parts {
                let by_ending = path.ends_with(".png") || path.ends_with(".rels") || path == "[Content_Types].xml";
                assert_eq!(!by_ending, named.contains(path.as_str()), "{path}");
                if path.ends_with(".png") {
                    assert!(bytes.starts_with(b"\x89PNG"), "{path}");
                    continue;
                }
                let document = Document::parse(text(bytes)).unwrap_or_else(|error| panic!("{path}: {error}"));
                if path.ends_with(".rels") {
                    relations_hold(path, &document, &parts);
                }
            }
            assert!(named.iter().all(|path| parts.contains_key(*path)), "{named:?}");
        }
    }
}

/// Every relation leads to a part, and every relation that the part names is there.
fn relations_hold(path: &str, document: &Document<'_>, parts: &BTreeMap<String, Vec<u8>>) {
    let folder = path.split("_rels/").next().unwrap();
    let mut ids = BTreeSet::new();
    for relation in document.descendants().filter(|node| node.has_attribute("Target")) {
        let mut place: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in relation.attribute("Target").unwrap().split('/') {
            if part == ".." { assert!(place.pop().is_some()) } else { place.push(part) }
        }
        assert!(parts.contains_key(&place.join("/")), "{path}: {place:?}");
        ids.insert(relation.attribute("Id").unwrap().to_owned());
    }
    let owner = format!("{folder}{}", path.split("_rels/").nth(1).unwrap().trim_end_matches(".rels"));
    let Some(owner) = parts.get(&owner) else { return };
    for used in text(owner).split("r:embed=\"").skip(1).chain(text(owner).split("r:id=\"").skip(1)) {
        assert!(ids.contains(used.split('"').next().unwrap()), "{path}");
    }
}

#[test]
fn every_slide_has_a_title_a_number_and_pictures_with_words() {
    for shown in shown() {
        let parts = made(&shown, in_language("fa"));
        assert_eq!(slides(&parts), shown.slides.len() + 1);
        for (path, bytes) in parts.iter().filter(|(path, _)| path.starts_with("ppt/slides/slide")) {
            let document = Document::parse(text(bytes)).unwrap();
            let placeholders: Vec<&str> = document
                .descendants()
                .filter(|node| node.tag_name().name() == "ph")
                .filter_map(|node| node.attribute("type"))
                .collect();
            assert_eq!(placeholders.iter().filter(|kind| **kind == "title").count(), 1, "{path}");
            assert_eq!(placeholders.contains(&"sldNum"), path != "ppt/slides/slide1.xml", "{path}");
            let mut ids = BTreeSet::new();
            for shape in document.descendants().filter(|node| node.tag_name().name() == "cNvPr") {
                assert!(ids.insert(shape.attribute("id").unwrap().to_owned()), "{path}: an id twice");
            }
            for picture in document.descendants().filter(|node| node.tag_name().name() == "pic") {
                let named = picture.descendants().find(|node| node.tag_name().name() == "cNvPr").unwrap();
                assert!(named.attribute("descr").unwrap().chars().count() > 20, "{path}");
            }
            for frame in document.descendants().filter(|node| node.tag_name().name() == "xfrm") {
                let number = |child: &str, name: &str| -> i64 {
                    let child = frame.children().find(|node| node.tag_name().name() == child).unwrap();
                    child.attribute(name).unwrap().parse().unwrap()
                };
                let (right, low) = (number("off", "x") + number("ext", "cx"), number("off", "y") + number("ext", "cy"));
                assert!(number("off", "x") >= 0 && right <= 12_192_000 && low <= 6_858_000, "{path}: {right}, {low}");
            }
        }
    }
}

#[test]
fn persian_runs_from_the_right_and_english_from_the_left() {
    for shown in shown() {
        for (language, rtl, align) in [("en", "0", "l"), ("fa", "1", "r")] {
            let mut seen = BTreeSet::new();
            for (path, bytes) in made(&shown, in_language(language)) {
                if !path.ends_with(".xml") {
                    continue;
                }
                let document = Document::parse(text(&bytes)).unwrap();
                for node in document.descendants() {
                    let name = node.tag_name().name();
                    if ["pPr", "tblPr", "presentation"].contains(&name) || name.starts_with("lvl") {
                        assert_eq!(node.attribute("rtl"), Some(rtl), "{path}: {name}");
                        seen.insert(name.to_owned());
                    }
                    if name == "titleStyle" {
                        assert_eq!(node.first_element_child().unwrap().attribute("algn"), Some(align));
                    }
                }
            }
            assert!(seen.contains("pPr") && seen.contains("presentation"), "{seen:?}");
        }
        let fa = made(&shown, in_language("fa"));
        assert!(text(&fa["ppt/slides/slide1.xml"]).contains(r#"lang="fa-IR""#));
    }
}

#[test]
fn the_text_of_slides_is_the_words_of_the_phrases() {
    let mut compared = 0;
    for shown in shown() {
        for language in ["en", "fa"] {
            let words = in_language(language);
            let parts = made(&shown, words);
            for (number, slide) in (2..).zip(&shown.slides) {
                let document = Document::parse(text(&parts[&format!("ppt/slides/slide{number}.xml")])).unwrap();
                let said = paragraphs(document.root());
                let of = |pieces: Vec<Piece>| unmarked(&pieces.into_iter().map(|piece| piece.text).collect::<String>());
                assert_eq!(said[0], unmarked(&words.say(&slide.title)), "{}", shown.path);
                for part in &slide.parts {
                    let wanted: Vec<String> = match part {
                        Part::Points(points) => points.iter().map(|point| of(words.sentences(point))).collect(),
                        Part::KeyFigures(figures) => {
                            figures.iter().map(|figure| of(words.pieces(&figure.value))).collect()
                        }
                        Part::Table(table) => {
                            table.columns.iter().map(|column| of(words.text_pieces(&column.head))).collect()
                        }
                        Part::Chart(_) => Vec::new(),
                    };
                    for wanted in wanted {
                        assert!(said.contains(&wanted), "{} slide {number}: {wanted:?} is not in {said:?}", shown.path);
                        compared += 1;
                    }
                }
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn both_languages_tell_the_same_numbers() {
    let figures = |slide: &Slide, words: &Words| -> Vec<String> {
        let mut pieces = words.pieces(&slide.title);
        for part in &slide.parts {
            match part {
                Part::Points(points) => pieces.extend(points.iter().flat_map(|point| words.sentences(point))),
                Part::KeyFigures(figures) => pieces.extend(figures.iter().flat_map(|f| words.pieces(&f.value))),
                Part::Table(_) | Part::Chart(_) => {}
            }
        }
        let mut values: Vec<String> = pieces.into_iter().map(|p| p.value).filter(|value| !value.is_empty()).collect();
        values.sort();
        values
    };
    for slide in shown().iter().flat_map(|shown| &shown.slides) {
        assert_eq!(figures(slide, in_language("en")), figures(slide, in_language("fa")), "{:?}", slide.title);
    }
}

#[test]
fn the_same_presentation_is_the_same_bytes() {
    let (first, again) = (shown(), shown());
    for (first, again) in first.iter().zip(&again) {
        let bytes = |shown: &Presentation| presentation(shown, in_language("fa"), &Pictures::default()).unwrap();
        assert!(bytes(first) == bytes(again), "{}", first.path);
    }
}

#[test]
fn a_unit_without_papers_is_told_so_and_lost_credit_is_counted_once() {
    let shown = shown();
    let keys =
        |shown: &Presentation| -> Vec<String> { shown.slides.iter().map(|slide| slide.title.key.clone()).collect() };
    let alone = shown.iter().find(|shown| shown.path.contains("d7")).unwrap_or_else(|| panic!("{:?}", shown.len()));
    assert!(keys(alone).contains(&"briefing.no_papers".to_owned()), "{:?}", keys(alone));
    assert!(!keys(alone).contains(&"briefing.breaches".to_owned()));
    // One address that breaks two rules is one address; the university answers for its school.
    for unit in &shown[..2] {
        let slide = unit.slides.iter().find(|slide| slide.title.key == "briefing.breaches").unwrap();
        let count = Argument::Count(1);
        assert_eq!(slide.title.arguments, [("n", count.clone()), ("papers", count)], "{}", unit.path);
        let Part::Table(table) = &slide.parts[0] else { panic!("{:?}", slide.parts) };
        assert_eq!(table.rows.len(), 2);
    }
}

/// A lever stands once, by the edition in which it brings most; what brings nothing is not shown.
#[test]
fn levers_have_a_slide_where_they_bring_something() {
    let shown = shown();
    let levers = |shown: &Presentation| {
        let slide = shown.slides.iter().find(|slide| slide.title.key == "briefing.levers");
        slide.map(|slide| match &slide.parts[..] {
            [Part::Table(table)] => table.rows.iter().map(|row| row.cells[1].clone()).collect::<Vec<TableCell>>(),
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(levers(&shown[1]), Some(vec![TableCell::Change(0.75, Figure::Raw)]));
    assert_eq!(levers(&shown[0]), None);
}

fn one_slide(parts: Vec<Part>) -> Presentation {
    Presentation {
        path: "packs/x/briefing".into(),
        title: Text::Verbatim("<&\"'>".into()),
        subtitle: Vec::new(),
        institution: Names::new("A & B", "الف و ب"),
        invented: false,
        slides: vec![Slide { title: Phrase::new("word.score"), parts, notes: Vec::new() }],
    }
}

#[test]
fn a_slide_that_holds_too_much_is_refused() {
    let table = |rows: usize| {
        Part::Table(Table {
            caption: None,
            columns: vec![Column::figures(Phrase::new("word.score"))],
            rows: vec![Row::of(vec![TableCell::figure(Some(1.5), Figure::Score)]); rows],
        })
    };
    let points = |count: usize| Part::Points(vec![vec![Phrase::new("word.score")]; count]);
    let refused = |parts: Vec<Part>| {
        presentation(&one_slide(parts), in_language("en"), &Pictures::default()).err().map(|error| error.0.message)
    };
    assert_eq!(refused(vec![table(ROWS), points(POINTS)]), None);
    for (parts, what) in [
        (vec![table(ROWS + 1)], "rows"),
        (vec![points(POINTS + 1)], "points"),
        (vec![table(1), points(1), points(1)], "parts"),
    ] {
        let message = refused(parts).unwrap();
        assert!(message.contains(what) && message.contains("slide 2"), "{message}");
    }
}

#[test]
fn a_long_text_is_set_smaller_and_a_latin_run_keeps_its_order() {
    let figure = KeyFigure {
        label: Text::Verbatim("Q1 (2024)".into()),
        value: Phrase::new("briefing.score").with("score", Argument::Score(12.34)),
        note: None,
    };
    let size = |points: usize| {
        let point = |_| vec![Phrase::new("page.rounding"), Phrase::new("page.comparison_intro")];
        let shown =
            one_slide(vec![Part::KeyFigures(vec![figure.clone()]), Part::Points((0..points).map(point).collect())]);
        let parts = made(&shown, in_language("fa"));
        let document = Document::parse(text(&parts["ppt/slides/slide2.xml"])).unwrap();
        let of_body = |node: &Node<'_, '_>| node.tag_name().name() == "sp" && paragraphs(*node).len() == points;
        let body = document.descendants().rfind(of_body).filter(|_| points > 1);
        body.and_then(|body| body.descendants().find_map(|node| node.attribute("sz")?.parse::<u32>().ok()))
    };
    assert!(size(5).unwrap() < size(2).unwrap(), "{:?} {:?}", size(5), size(2));
    let parts = made(&one_slide(vec![Part::KeyFigures(vec![figure])]), in_language("fa"));
    let slide = text(&parts["ppt/slides/slide2.xml"]);
    assert!(slide.contains("\u{200E}Q1 (2024)\u{200E}\u{200F}"), "{slide}");
    assert!(slide.contains("۱۲٫۳"), "{slide}");
    assert!(text(&parts["docProps/core.xml"]).contains("&lt;&amp;&quot;&#39;&gt;"));
}
