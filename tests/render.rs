//! Tests: the report and what is rendered of it.

use std::collections::BTreeSet;
use std::fmt::Write;

use sanjeh::diagnostic::{Column, Finding, Place};
use sanjeh::model::assessment::{Assessment, Attribution, Institution, Merge, Normalisation, Policy, Stability};
use sanjeh::model::edition::{
    Aggregation, Combine, Counting, Direction, Edition, Fidelity, Group, Indicator, MissingRule, Normaliser, Reference,
    Rescale, Windows,
};
use sanjeh::model::formula::Formula;
use sanjeh::model::ledger::{Account, Credit, Excluded, Ledger, Rule, Share};
use sanjeh::model::measure::{Reason, Status};
use sanjeh::model::names::Names;
use sanjeh::model::output::Output;
use sanjeh::model::publication::{Publication, PublicationIndex, Publications};
use sanjeh::model::report::{Drawing, Report};
use sanjeh::model::results::Results;
use sanjeh::model::score::{Composite, Score, Scorecard};
use sanjeh::model::sensitivity::Sensitivity;
use sanjeh::model::tables::{Source, Tables};
use sanjeh::model::unit::{UnitIndex, UnitRow, Units};
use sanjeh::model::window::Window;
use sanjeh::render::{chart, number, phrases, render};
use sanjeh::report::report;

/// No report shows a formula; any will do.
fn formula() -> Formula {
    Formula::parse("publications").expect("a measure alone is a formula")
}

const HOSTILE: &str = "</script><b>\"R&D\" 'x' ]]> {{ 7*7 }} \u{0}\u{1b}\u{202E}";

fn unit(id: &str, en: &str, fa: &str, unit_type: &str, parents: &[&str]) -> UnitRow {
    UnitRow {
        id: id.into(),
        name: Names::new(en, fa),
        unit_type: unit_type.into(),
        parents: parents.iter().map(|&id| id.into()).collect(),
        subject: String::new(),
        aliases: Vec::new(),
        valid: (None, None),
        place: Place::Run,
    }
}

fn units() -> Units {
    let long = "Interdisciplinary Research Centre for Molecular, Cellular and Translational Medicine of the Northern and \
                Western Provinces";
    let long_fa =
        "مرکز تحقیقات بین‌رشته‌ای پزشکی مولکولی، سلولی و ترجمانی استان‌های شمالی و غربی کشور با همکاری Q1 Lab (2024)";
    let mut rows = vec![
        unit("UNI", "Sabalan University of Medical Sciences", "دانشگاه علوم پزشکی سبلان", "university", &[]),
        unit("MED", "School of Medicine", "دانشکدهٔ پزشکی", "school", &["UNI"]),
        unit("med", "School of Dentistry", "دانشکدهٔ دندان‌پزشکی", "school", &["UNI"]),
        unit("PHARM", "School of Pharmacy", "دانشکدهٔ داروسازی", "school", &["UNI"]),
        unit("NURS", "School of Nursing and Midwifery", "دانشکدهٔ پرستاری و مامایی", "school", &["UNI"]),
        unit("HLTH", "School of Public Health", "دانشکدهٔ بهداشت", "school", &["UNI"]),
        unit("REHAB", "School of Rehabilitation Sciences", "دانشکدهٔ علوم توان‌بخشی", "school", &["UNI"]),
        unit("NUTR", "School of Nutrition and Food Sciences", "دانشکدهٔ علوم تغذیه و صنایع غذایی", "school", &["UNI"]),
        unit("../../etc", HOSTILE, HOSTILE, "centre", &["MED"]),
        unit("مرکز", long, long_fa, "centre", &["MED", "PHARM"]),
        unit("مرکز ۲", "Endocrine Research Centre", "مرکز تحقیقات غدد", "centre", &["MED"]),
        unit("H 1", "Imam Teaching Hospital", "مرکز آموزشی درمانی امام", "hospital", &["MED"]),
        unit("H/1", "Children's Hospital", "بیمارستان کودکان", "hospital", &["MED"]),
        unit("X", "Office for 日本 & Friends", "", "own word <i>", &["UNI"]),
    ];
    for number in 1..=45 {
        let (en, fa) = (format!("Department {number}"), format!("گروه آموزشی {number}"));
        rows.push(unit(&format!("D{number}"), &en, &fa, "department", &["MED"]));
    }
    Units::build(rows).value
}

fn edition(id: &str, en: &str, fa: &str, groups: &[(&str, &str, &str, f64)], with: Aggregation) -> Edition {
    let mut indicators = Vec::new();
    for &(code, en, fa, weight) in groups {
        for part in 1..=2 {
            indicators.push(Indicator {
                code: format!("{code}_{part}"),
                group: code.into(),
                name: Names::new(format!("{en}: part {part}"), format!("{fa}: بخش {part}")),
                weight: weight / 2.0,
                value: formula(),
                normalise: Normaliser::PercentileRank,
                direction: Direction::HigherIsBetter,
                fidelity: if part == 1 { Fidelity::AsPublished } else { Fidelity::Approximated },
                scorable: vec!["university".into()],
                reference: vec!["method".into()],
                cap: None,
                minimum: None,
                treat: None,
                impute: None,
                damping: None,
                note: Names::default(),
            });
        }
    }
    let group = |&(code, en, fa, weight): &(&str, &str, &str, f64)| {
        let name = Names::new(en, fa);
        Group { code: code.into(), parent: None, name, weight, combine: Combine::default(), floor: 0.0 }
    };
    Edition {
        id: id.into(),
        name: Names::new(en, fa),
        verified: "2026-11-23".into(),
        partial: true,
        notes: vec![Names::new("The reputation surveys cannot be computed.", "نظرسنجی‌های شهرت قابل محاسبه نیست.")],
        windows: Windows {
            publications: Window::new(2020, 2024),
            citations: Window::new(2020, 2025),
            institutional: 2023,
        },
        counting: Counting::default(),
        missing: MissingRule::OwnLowerQuartile,
        combine: Combine { with, then: Rescale::None },
        by_groups: false,
        coverage_floor: 0.6,
        ranks: None,
        references: vec![Reference {
            id: "method".into(),
            title: "Methodology <2026> & notes".into(),
            href: "https://example.org/?a=1&b=\"2\"".into(),
        }],
        groups: groups.iter().map(group).collect(),
        indicators,
        digest: "0123456789abcdef".repeat(4),
    }
}

fn editions() -> Vec<Edition> {
    vec![
        edition(
            "the/wur/2026",
            "THE World University Rankings 2026, THE-style",
            "رتبه‌بندی جهانی دانشگاه‌ها 2026، به سبک تایمز",
            &[
                ("teaching", "Teaching", "آموزش", 29.5),
                ("environment", "Research environment", "محیط پژوهش", 29.0),
                ("quality", "Research quality", "کیفیت پژوهش", 30.0),
                ("outlook", "International outlook", "وجههٔ بین‌المللی", 7.5),
                ("industry", "Industry", "صنعت", 4.0),
            ],
            Aggregation::WeightedMean,
        ),
        edition(
            "qs/wur/2026",
            "QS World University Rankings 2026, QS-style",
            "رتبه‌بندی جهانی کیو‌اس 2026، به سبک کیو‌اس",
            &[
                ("research", "Research and discovery", "پژوهش و کشف", 50.0),
                ("employability", "Employability and outcomes", "اشتغال‌پذیری و پیامدها", 20.0),
                ("experience", "Learning experience", "تجربهٔ یادگیری", 10.0),
                ("engagement", "Global engagement", "تعامل جهانی", 15.0),
                ("sustainability", "Sustainability", "پایداری", 5.0),
            ],
            Aggregation::WeightedMean,
        ),
        edition(
            "leiden/2025",
            "CWTS Leiden Ranking 2025, Leiden-style",
            "رتبه‌بندی لایدن 2025، به سبک لایدن",
            &[("impact", "Impact", "اثرگذاری", 50.0), ("collaboration", "Collaboration", "همکاری", 50.0)],
            Aggregation::None,
        ),
    ]
}

/// Scores that differ in all digits and miss here and there; the same each time.
fn scorecard(edition: &Edition, units: &Units, seed: u64) -> Scorecard {
    let mut state = seed;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut card = Scorecard { edition: edition.id.clone(), ..Scorecard::default() };
    for (unit, noun) in units.iter() {
        let level = 15.0 + 65.0 * next();
        let drawn: Vec<Option<f64>> = edition
            .indicators
            .iter()
            .map(|_| {
                let (known, score) = (next() > 0.15, (level + 40.0 * (next() - 0.5)).clamp(0.0, 100.0));
                (known && noun.unit_type != "own word <i>").then_some(score)
            })
            .collect();
        let weight_of = |keep: &dyn Fn(usize) -> bool| -> (f64, f64, f64) {
            let mut sums = (0.0, 0.0, 0.0);
            for (index, indicator) in edition.indicators.iter().enumerate().filter(|(index, _)| keep(*index)) {
                sums.0 += indicator.weight;
                if let Some(score) = drawn[index] {
                    sums.1 += indicator.weight;
                    sums.2 += indicator.weight * score;
                }
            }
            sums
        };
        let composite = |group: Option<usize>, (all, known, sum): (f64, f64, f64)| {
            let coverage = known / all;
            let none = group.is_none() && edition.combine.with == Aggregation::None;
            let score = (coverage >= edition.coverage_floor && !none).then(|| sum / known);
            let (low, high) = (score.map(|score| score - 2.0), score.map(|score| score + 2.0));
            Composite { unit, group, score, low, high, coverage, rank: score.map(|_| 1), of: 7 }
        };
        let total = weight_of(&|_| true);
        for (index, indicator) in edition.indicators.iter().enumerate() {
            let score = drawn[index];
            card.scores.push(Score {
                unit,
                indicator: index,
                status: if score.is_some() { Status::Computed } else { Status::Missing },
                reason: score.is_none().then_some(Reason::NotSupplied),
                raw: score.map(|score| score / 97.0),
                numerator: score,
                denominator: score.map(|_| 97.0),
                n: 12,
                score,
                low: None,
                high: None,
                weight: indicator.weight,
                contribution: score.map(|score| score * indicator.weight / total.1),
                rank: score.map(|_| 2),
                of: 7,
                benchmark: None,
            });
        }
        for (index, group) in edition.groups.iter().enumerate() {
            let sums = weight_of(&|indicator: usize| edition.indicators[indicator].group == group.code);
            card.composites.push(composite(Some(index), sums));
        }
        card.composites.push(composite(None, total));
    }
    card
}

pub(crate) fn results() -> Results {
    let units = units();
    let editions = editions();
    let scorecards = (0..).zip(&editions).map(|(seed, edition)| scorecard(edition, &units, 17 + seed)).collect();
    let credit = |publication: u32, account| Credit {
        publication: PublicationIndex(publication),
        account,
        author_position: 1,
        staff: None,
        rule: Rule::Outside,
        confidence: 1.0,
        full: true,
        share: Share::WHOLE,
    };
    let cell = Place::Cell {
        file: "staff/اعضا.xlsx".into(),
        sheet: Some("Sheet <1>".into()),
        row: 12,
        column: Some(Column { index: 3, header: "FTE".into() }),
    };
    let mut findings = vec![
        Finding::info("layout", "recognised as Scopus"),
        Finding::error("bad-number", format!("\"{HOSTILE}\" is not a number")).at(cell).hint("write 0.5"),
    ];
    findings.extend((0..600).map(|row| Finding::warning("unknown-unit", format!("row {row} names an unknown unit"))));
    let assessment = Assessment {
        institution: Institution {
            name: Names::new("Sabalan University of Medical Sciences", "دانشگاه علوم پزشکی سبلان"),
            country: "Iran".into(),
            city: String::new(),
            aliases: Vec::new(),
            invented: true,
        },
        year: 2026,
        languages: vec!["en".into(), "fa".into()],
        editions: editions.iter().map(|edition| edition.id.clone()).collect(),
        publications: None,
        merge: Merge::default(),
        attribution: Attribution::default(),
        normalisation: Normalisation::default(),
        stability: Stability::default(),
        calibration: sanjeh::model::assessment::Calibration::default(),
        policy: Policy::default(),
        sensitivity: Sensitivity::default(),
        calendar: sanjeh::model::assessment::Calendar::default(),
        advice: sanjeh::model::assessment::Advising::default(),
    };
    Results {
        assessment_digest: "ab".repeat(32),
        tables: Tables {
            sources: vec![Source {
                file: "publications/scopus <1>.csv".into(),
                digest: "cd".repeat(32),
                bytes: 1,
                layouts: vec![(String::new(), "scopus".into())],
                rows: 12_345,
                left_out: 6,
            }],
            units,
            ..Tables::default()
        },
        publications: Publications {
            items: vec![Publication::default(), Publication::default(), Publication::default()],
            authors: Vec::new(),
            offsets: vec![0; 4],
            ..Publications::default()
        },
        ledger: Ledger {
            credits: vec![
                credit(0, Account::Unit(UnitIndex(1))),
                credit(1, Account::Outside),
                credit(2, Account::Unit(UnitIndex(2))),
            ],
            excluded: vec![
                Excluded {
                    record: "a:1".into(),
                    source: "a:1".into(),
                    reason: "duplicate-record",
                    detail: String::new(),
                },
                Excluded {
                    record: "a:2".into(),
                    source: "a:2".into(),
                    reason: "reason-of-another-stage",
                    detail: String::new(),
                },
            ],
            ..Ledger::default()
        },
        editions,
        scorecards,
        findings,
        ..Results::bare(assessment)
    }
}

pub(crate) fn rendered(report: &Report) -> Vec<Output> {
    let page = sanjeh::render::page(report, &[]).expect("a report of any content has a page");
    let others = render(report, &|_, _| {}).expect("a report of any content can be rendered");
    std::iter::once(page).chain(others).collect()
}

#[test]
fn render_writes_every_file_once_and_the_same_each_time() {
    let mut report = report(&results());
    let outputs = rendered(&report);
    // For a look at the pictures after a test run.
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("render");
    for output in &outputs {
        let path = folder.join(&output.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &output.bytes).unwrap();
    }
    let paths: BTreeSet<String> = outputs.iter().map(|output| output.path.to_lowercase()).collect();
    assert_eq!(paths.len(), outputs.len(), "two outputs share a path");
    assert_eq!(outputs.len(), 2 + 2 * 2 * report.charts.len() + 2 * report.units.len());
    for output in &outputs {
        assert!(!output.bytes.is_empty(), "{} is empty", output.path);
        assert!(output.path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-./".contains(&b)), "{}", output.path);
        assert!(!output.path.contains(".."), "{}", output.path);
    }
    for path in [
        "index.html",
        "workbook.xlsx",
        "charts/en/the-wur-2026-school-heatmap.svg",
        "packs/pharm/charts/fa/unit-pharm.png",
    ] {
        assert!(paths.contains(path), "{path} is not among the outputs");
    }
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    report.charts.truncate(12);
    let (many, one) = (rendered(&report), one.install(|| rendered(&report)));
    assert!(many == one, "one thread gives other bytes than many");
    assert!(one[2..].iter().all(|output| outputs.contains(output)), "a second run gives other bytes");
}

#[test]
fn render_tells_its_progress() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let mut report = report(&results());
    report.charts.truncate(3);
    let (last, calls) = (AtomicU64::new(0), AtomicU64::new(0));
    let outputs = render(&report, &|done, total| {
        assert!(done <= total);
        last.fetch_max(done, Ordering::Relaxed);
        calls.fetch_add(1, Ordering::Relaxed);
    })
    .unwrap();
    assert_eq!(last.into_inner(), outputs.len() as u64);
    assert!(calls.into_inner() > 4);
}

#[test]
fn render_charts_are_well_formed_and_say_what_they_are() {
    let report = report(&results());
    for language in ["en", "fa"] {
        let words = phrases::in_language(language);
        let notice = format!("aria-label=\"{}\"", words.word("notice.invented"));
        for each in &report.charts {
            let svg = chart::chart(each, language).svg;
            assert!(svg.contains(&notice), "{} {language} does not say that the university is invented", each.name);
            assert!(!svg.contains("<text"), "{}: text that needs a font", each.name);
            let picture = resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default());
            assert!(picture.is_ok(), "{} {language}: {:?}", each.name, picture.err());
        }
    }
}

#[test]
fn render_charts_show_the_numbers_of_the_scorecard_in_the_digits_of_the_language() {
    let results = results();
    let report = report(&results);
    let each = report.charts.iter().find(|chart| chart.name == "the-wur-2026-school-heatmap").unwrap();
    let Drawing::HeatMap(map) = &each.drawing else { panic!("a heat map") };
    let (english, persian) = (chart::chart(each, "en").svg, chart::chart(each, "fa").svg);
    let mut seen = 0;
    for (_, cells) in &map.rows {
        for cell in cells.iter().flatten() {
            assert!(results.scorecards[0].composites.iter().any(|composite| composite.score == Some(cell.score)));
            let text = number::score(cell.score);
            let star = if cell.partial { "*" } else { "" };
            assert!(english.contains(&format!("aria-label=\"{text}{star}\"")), "{text}");
            let digits: String = text
                .chars()
                .map(|c| if c == '.' { '٫' } else { char::from_u32(c as u32 - '0' as u32 + '۰' as u32).unwrap() })
                .collect();
            assert!(persian.contains(&format!("aria-label=\"{digits}{star}\"")), "{digits}");
            seen += 1;
        }
    }
    assert!(seen > 20);
}

#[test]
fn render_persian_text_is_joined_and_runs_from_right_to_left() {
    let results = results();
    let report = report(&results);
    let each = report.charts.iter().find(|chart| chart.name == "unit-pharm").unwrap();
    let svg = chart::chart(each, "fa").svg;
    let line =
        svg.lines().find(|line| line.starts_with("<g ") && line.contains("aria-label=\"دانشکدهٔ داروسازی\"")).unwrap();
    // 16 letters and a blank; a ligature or a mark may change the count by a few, an unshaped box font would not place them
    // ascending from the left edge of the right-anchored string.
    let glyphs = line.matches("<use ").count();
    assert!((12..=18).contains(&glyphs), "{glyphs} glyphs: {line}");
    let left: f64 = line.split("matrix(").nth(1).unwrap().split([' ', ')']).nth(4).unwrap().parse().unwrap();
    assert!(left > 500.0, "the title of a Persian chart begins at the right: {left}");
}

#[test]
fn phrases_have_the_same_keys_and_placeholders_in_every_language() {
    let placeholders = |text: &str| -> BTreeSet<String> {
        text.split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name.split(':').next().unwrap().to_owned())
            .collect()
    };
    let all = phrases::all();
    assert_eq!(all.iter().map(|words| words.language).collect::<Vec<_>>(), sanjeh::model::names::LANGUAGES);
    assert!(all.iter().all(|words| !words.name.is_empty() && words.locale.starts_with(words.language)));
    for words in all {
        for (key, english) in all[0].phrases() {
            let text = words.phrases().get(key).unwrap_or_else(|| panic!("{} lacks {key}", words.language));
            assert_eq!(placeholders(text), placeholders(english), "{key} in {}", words.language);
            assert!(!text.trim().is_empty(), "{key} in {}", words.language);
        }
        assert_eq!(words.phrases().len(), all[0].phrases().len(), "{} has keys of its own", words.language);
    }
}

/// Every key that the sources name, so that no page shows a key in place of words.
#[test]
fn phrases_exist_for_every_key_in_the_sources() {
    fn walk(folder: &std::path::Path, text: &mut String) {
        let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, text);
            } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "html") {
                let _ = writeln!(text, "{}", std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut source = String::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    walk(&root.join("report"), &mut source);
    walk(&root.join("render"), &mut source);
    let known = phrases::all()[0].phrases();
    let mut used = 0;
    for start in ["Phrase::new(\"", "word(\"", "tile(\n            \"", "tile(\"", "t('"] {
        for rest in source.split(start).skip(1) {
            let key: String = rest.chars().take_while(|c| !matches!(c, '"' | '\'')).collect();
            if key.contains('.')
                && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
                && key.len() > 1
            {
                assert!(known.contains_key(&key), "no words for {key}");
                used += 1;
            }
        }
    }
    assert!(used > 50, "only {used} keys were found: the search is broken");
    for status in ["computed", "supplied", "proxy", "inherited", "not_scorable", "missing"] {
        assert!(
            known.contains_key(&format!("status.{status}")) && known.contains_key(&format!("status_meaning.{status}"))
        );
    }
    for reason in [
        Reason::NotSupplied,
        Reason::ZeroDenominator,
        Reason::UnitType,
        Reason::TooFew,
        Reason::NoBenchmark,
        Reason::DependsOnMissing,
    ] {
        assert!(known.contains_key(&format!("reason.{}", reason.as_str())), "{}", reason.as_str());
    }
    for (key, value) in &report(&results()).policies {
        assert!(known.contains_key(&key.key), "{}", key.key);
        if let sanjeh::model::report::Text::Phrase(phrase) = value {
            assert!(known.contains_key(&phrase.key), "{}", phrase.key);
        }
    }
    for edition in report(&results()).editions {
        assert!(known.contains_key(&edition.missing.key), "{}", edition.missing.key);
        assert!(edition.indicators.iter().all(|indicator| known.contains_key(&indicator.fidelity.key)));
    }
}

#[test]
fn report_counts_what_the_results_hold() {
    let results = results();
    let report = report(&results);
    let tile = |key: &str| report.tiles.iter().find(|tile| tile.label.key == key).unwrap().count;
    assert_eq!(tile("tile.units"), results.tables.units.len() as u64);
    assert_eq!(tile("tile.publications"), 3);
    assert_eq!(tile("tile.credited"), 2);
    assert_eq!(report.left_out.len(), 2);
    assert_eq!(report.findings.counts, [1, 600, 1]);
    assert_eq!(report.findings.lines.len(), 500);
    assert_eq!(report.findings.omitted(), 102);
    assert_eq!(report.findings.lines[0].code, "bad-number");
    let schools = &report.editions[0].comparisons[1];
    assert_eq!(schools.unit_type, "school");
    let scores: Vec<f64> = schools.rows.iter().filter_map(|row| row.overall.score).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b));
    let middle = if scores.len() % 2 == 1 {
        scores[scores.len() / 2]
    } else {
        f64::midpoint(scores[scores.len() / 2 - 1], scores[scores.len() / 2])
    };
    assert_eq!(schools.median, Some(middle));
    let hospitals = report.editions[0].comparisons.iter().find(|each| each.unit_type == "hospital").unwrap();
    assert_eq!(hospitals.median, None, "two hospitals are too few for a median");
}

/// Links of the page to files lead to files of the run, those of every chart among them.
#[test]
fn page_links_to_the_charts_where_they_are_written() {
    let report = report(&results());
    let outputs = rendered(&report);
    let files: BTreeSet<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
    let page = sanjeh::render::html::page(&report, &[]).unwrap();
    let links: BTreeSet<&str> = page
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.starts_with("packs/") || link.starts_with("charts/"))
        .collect();
    let written = |path: &&&str| path.starts_with("packs/") || path.starts_with("charts/");
    assert_eq!(links, files.iter().filter(written).copied().collect());
}

/// Invariant: every score in the page is the score of the tables, rounded by the one rule.
#[test]
fn page_shows_every_score_rounded_with_its_full_value() {
    let results = results();
    let page = sanjeh::render::html::page(&report(&results), &[]).unwrap();
    let mut seen = 0;
    for card in &results.scorecards {
        let composites = card.composites.iter().filter_map(|composite| composite.score);
        for score in composites.chain(card.scores.iter().filter_map(|score| score.score)) {
            let english = format!("<span data-value=\"{score}\">{}</span>", number::score(score));
            assert!(page.contains(&english), "{english}");
            let persian = phrases::in_language("fa").score(score);
            assert!(page.contains(&format!("<span data-value=\"{score}\">{persian}</span>")), "{persian}");
            seen += 1;
        }
    }
    assert!(seen > 500);
    // And the other way round: what stands in the cells is a composite or a median of composites.
    let scores: BTreeSet<String> = results
        .scorecards
        .iter()
        .flat_map(|card| card.composites.iter().filter_map(|composite| composite.score))
        .map(|score| score.to_string())
        .collect();
    let cells = page.split("<td class=\"cell\" style=").skip(1);
    let mut cells_seen = 0;
    for cell in cells {
        let value = cell.split("data-value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert!(scores.contains(value), "{value}");
        cells_seen += 1;
    }
    assert!(cells_seen > 200);
}

#[test]
fn page_is_one_file_in_both_languages_and_escapes_what_it_is_given() {
    let page = sanjeh::render::html::page(&report(&results()), &[]).unwrap();
    for language in ["en", "fa"] {
        assert!(page.contains(&format!("<div class=\"language\" id=\"{language}\" lang=\"{language}\"")));
        assert!(page.contains(&format!(
            "<p class=\"invented\">{}</p>",
            phrases::in_language(language).word("notice.invented")
        )));
    }
    for outside in ["src=\"", "<link", "@import", "url(http", "fetch(", "XMLHttpRequest"] {
        assert!(!page.contains(outside), "the page loads something: {outside}");
    }
    assert!(!page.contains("<b>\"R&D\"") && !page.contains("<b>&quot;R"), "markup of a name reaches the page");
    assert!(page.contains("{{ 7*7 }}"), "a name is taken for a template");
    assert_eq!(page.matches("</script>").count(), 1);
    assert!(!page.contains('\u{0}') && !page.contains('\u{1b}'));
    let mut ids = BTreeSet::new();
    for id in page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ids.insert(id), "the id {id} is used twice");
    }
    for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ids.contains(target), "a link leads nowhere: #{target}");
    }
}

#[test]
fn page_of_an_empty_run_is_a_page() {
    let mut results = results();
    results.tables = Tables::default();
    results.editions.clear();
    results.scorecards.clear();
    results.findings.clear();
    results.assessment.languages = vec!["de".into()];
    results.assessment.institution.invented = false;
    let outputs = rendered(&report(&results));
    assert_eq!(outputs.len(), 2);
    let page = String::from_utf8(outputs[0].bytes.clone()).unwrap();
    assert!(page.contains("No edition was scored."));
    assert!(!page.contains("Invented university"));
}

#[test]
fn workbook_holds_the_scores_in_full_and_turns_with_the_language() {
    use calamine::{Data, Reader, Xlsx};
    use std::io::{Cursor, Read};
    let mut results = results();
    results.assessment.languages = vec!["fa".into(), "en".into()];
    let bytes = sanjeh::render::workbook::workbook(&report(&results)).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    assert_eq!(book.sheet_names().len(), 1 + results.editions.len() + results.tables.units.types().len());
    let sheet = book.worksheet_range("the wur 2026").unwrap();
    let head = sheet.rows().position(|row| row.iter().any(|cell| *cell == Data::String("کد".into()))).unwrap();
    let mut seen = 0;
    for row in sheet.rows().skip(head + 1) {
        let unit = results.tables.units.find(&row[1].to_string()).expect("the code of a unit");
        let indicators = results.editions[0].indicators.len();
        let groups = results.editions[0].groups.len();
        let overall = results.scorecards[0].composites_of(unit, groups).last().unwrap();
        let cell = |cell: &Data| if let Data::Float(value) = cell { Some(*value) } else { None };
        assert_eq!(cell(&row[3]), overall.score);
        for (score, shown) in results.scorecards[0].scores_of(unit, indicators).iter().zip(&row[7..]) {
            assert_eq!(cell(shown), score.score);
            seen += 1;
        }
    }
    assert_eq!(seen, results.tables.units.len() * results.editions[0].indicators.len());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("xl/worksheets/sheet2.xml").unwrap().read_to_string(&mut xml).unwrap();
    assert!(xml.contains("rightToLeft=\"1\""), "the sheet does not begin at the right");
    assert!(xml.contains("<autoFilter") && xml.contains("state=\"frozen\"") && xml.contains("<colorScale>"));
}

/// Papers of a unit count once for it and once for each unit above it, and only in years and types of the profile.
#[test]
fn report_shows_how_many_papers_a_unit_has_by_year_and_how_few_hold_its_citations() {
    let mut results = results();
    let paper =
        |year: i32, citations: Option<i64>| Publication { year: Some(year), citations, ..Publication::default() };
    results.publications.items = vec![
        paper(2022, Some(40)),
        paper(2022, None),
        paper(2024, Some(3)),
        paper(2019, Some(500)),
        Publication { document_type: "erratum".into(), ..paper(2023, Some(900)) },
    ];
    results.publications.offsets = vec![0; 6];
    results.assessment.policy.document_types = [String::new()].into();
    let whole = results.ledger.credits[0];
    let of = |publication: u32, unit: u32| {
        let account = Account::Unit(UnitIndex(unit));
        Credit { publication: PublicationIndex(publication), account, ..whole }
    };
    // The first paper is held by two schools and counts once for the university.
    results.ledger.credits = vec![of(0, 1), of(0, 2), of(1, 1), of(2, 2), of(3, 1), of(4, 1)];
    let charts = report(&results).charts;
    let values = |name: &str| -> Option<Vec<f64>> {
        match &charts.iter().find(|chart| chart.name == name)?.drawing {
            Drawing::Trend(trend) => trend.points.iter().map(|point| point.value).collect(),
            Drawing::Concentration(papers) => Some(papers.citations.iter().map(|&cited| cited as f64).collect()),
            _ => None,
        }
    };
    // 2021 to 2025 are the five years before the assessment of 2026.
    assert_eq!(values("trend-uni").unwrap(), [0.0, 2.0, 0.0, 1.0, 0.0]);
    assert_eq!(values("trend-pharm"), None, "a unit without papers has no picture of them");
    assert_eq!(values("concentration-uni").unwrap(), [40.0, 3.0]);
    let university = charts.iter().find(|chart| chart.name == "concentration-uni").unwrap();
    let svg = chart::chart(university, "en").svg;
    assert!(svg.contains("Left out, because their number of citations is not known: 1."));
    assert!(svg.contains("2 papers of 2021–2025, 43 citations"));
    let slug = |id: &str| report(&results).units.iter().find(|unit| unit.id == id).unwrap().slug.clone();
    assert_eq!(values(&format!("trend-{}", slug("MED"))).unwrap(), [0.0, 2.0, 0.0, 0.0, 0.0]);
    assert_eq!(values(&format!("concentration-{}", slug("MED"))).unwrap(), [40.0]);
    assert_eq!(values(&format!("concentration-{}", slug("med"))).unwrap(), [40.0, 3.0]);
}

/// The bars of a card carry the stability intervals of the composites, and say so.
#[test]
fn report_cards_carry_the_intervals_of_the_scorecard() {
    let results = results();
    let report = report(&results);
    let card = report.charts.iter().find(|chart| chart.name == "unit-pharm").unwrap();
    let Drawing::Bars(panels) = &card.drawing else { panic!("bars") };
    let mut seen = 0;
    for bar in panels.iter().flat_map(|panel| &panel.bars) {
        assert_eq!(bar.interval, bar.value.map(|value| (value - 2.0, value + 2.0)));
        seen += usize::from(bar.interval.is_some());
    }
    assert!(seen > 3);
    let says = |key: &str| {
        card.notes.iter().any(|note| matches!(note, sanjeh::model::report::Text::Phrase(phrase) if phrase.key == key))
    };
    assert!(says("chart.interval_note"));
}
