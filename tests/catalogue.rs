//! Tests: catalogue – the built-in files are sound, every kind of fault is found at its place, formulas.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sanjeh::catalogue::{self, Catalogue, EMBEDDED_FILES};
use sanjeh::diagnostic::{Finding, Place, Severity};
use sanjeh::model::edition::{Edition, Fidelity, Normaliser};
use sanjeh::model::formula::{Formula, Outcome};
use sanjeh::model::measure::{MeasureKind, WindowKind};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn built_in() -> Catalogue {
    let checked = catalogue::load(None, None);
    assert_eq!(checked.findings, Vec::new());
    checked.value
}

fn codes(edition: &Edition) -> Vec<&str> {
    edition.indicators.iter().map(|indicator| indicator.code.as_str()).collect()
}

#[test]
fn built_in_editions_are_those_documented() {
    let catalogue = built_in();
    let ids: Vec<&str> = catalogue.editions.iter().map(|edition| edition.id.as_str()).collect();
    assert_eq!(ids, ["arwu/2025", "qs/wur/2026", "the/wur/2026"]);
    assert_eq!(
        codes(catalogue.find("the/wur/2026").unwrap()).join(" "),
        "teaching_reputation staff_to_students doctorates_to_bachelors doctorates_per_staff \
         institutional_income_per_staff research_reputation research_income_per_staff publications_per_staff \
         citation_impact research_strength research_excellence research_influence international_students \
         international_staff international_coauthorship study_abroad industry_income_per_staff patents"
    );
    assert_eq!(
        codes(catalogue.find("qs/wur/2026").unwrap()).join(" "),
        "academic_reputation citations_per_faculty employer_reputation employment_outcomes faculty_student_ratio \
         international_faculty international_students international_research_network \
         international_student_diversity sustainability"
    );
    assert_eq!(
        codes(catalogue.find("arwu/2025").unwrap()).join(" "),
        "alumni award highly_cited nature_science publications per_capita"
    );
    assert_eq!(catalogue.measures.len(), 39);
    assert_eq!(catalogue.nearest("the/wur/2062"), Some("the/wur/2026"));
}

#[test]
fn built_in_weights_are_the_published_ones() {
    let catalogue = built_in();
    let published = [
        (
            "the/wur/2026",
            vec![15.0, 4.5, 2.0, 5.5, 2.5, 18.0, 5.5, 5.5, 15.0, 5.0, 5.0, 5.0, 2.5, 2.5, 2.5, 0.0, 2.0, 2.0],
        ),
        ("qs/wur/2026", vec![30.0, 20.0, 15.0, 5.0, 10.0, 5.0, 5.0, 5.0, 0.0, 5.0]),
        ("arwu/2025", vec![10.0, 20.0, 20.0, 20.0, 20.0, 10.0]),
    ];
    for (id, weights) in published {
        let edition = catalogue.find(id).unwrap();
        let found: Vec<f64> = edition.indicators.iter().map(|indicator| indicator.weight).collect();
        assert_eq!(found, weights, "{id}");
        assert!((found.iter().sum::<f64>() - 100.0).abs() < 1e-9, "{id}");
    }
}

#[test]
fn built_in_editions_say_where_they_come_from() {
    for edition in built_in().editions {
        let text = fs::read_to_string(project(&format!("indicators/{}.toml", edition.id))).unwrap();
        let windows = text.lines().find(|line| line.starts_with("windows")).unwrap();
        assert!(windows.contains("reference = "), "{}: the windows name no reference", edition.id);
        for indicator in &edition.indicators {
            assert!(!indicator.reference.is_empty(), "{}: {} names no reference", edition.id, indicator.code);
            let supplied = indicator.fidelity == Fidelity::Supplied;
            let given = indicator.normalise == Normaliser::Given;
            assert_eq!(supplied, given, "{}: {}", edition.id, indicator.code);
        }
        let cited: BTreeSet<&String> = edition.indicators.iter().flat_map(|indicator| &indicator.reference).collect();
        for reference in &edition.references {
            let id = &reference.id;
            let elsewhere = text.matches(&format!("\"{id}\"")).count() > 1;
            assert!(cited.contains(id) || elsewhere, "{}: nothing cites {id}", edition.id);
        }
        assert!(edition.partial && edition.notes.len() >= 3, "{}", edition.id);
        assert_eq!(edition.digest.len(), 64);
    }
}

#[test]
fn reputation_is_only_scored_for_the_university() {
    for edition in built_in().editions {
        for indicator in edition.indicators.iter().filter(|indicator| indicator.code.ends_with("reputation")) {
            assert_eq!(indicator.scorable, ["university"], "{}: {}", edition.id, indicator.code);
        }
    }
}

#[test]
fn supplied_measures_are_the_ones_no_office_can_compute() {
    let catalogue = built_in();
    let supplied: Vec<&str> = catalogue
        .measures
        .iter()
        .filter(|measure| measure.kind == MeasureKind::Supplied)
        .map(|measure| measure.code.as_str())
        .collect();
    assert_eq!(
        supplied.join(" "),
        "academic_reputation alumni_awards employer_reputation employment_outcomes highly_cited_researchers \
         international_student_diversity outbound_exchange_students patents_citing_research research_influence \
         research_reputation staff_awards sustainability teaching_reputation"
    );
    let last_year: Vec<&str> = catalogue
        .measures
        .iter()
        .filter(|measure| measure.window == WindowKind::LastPublicationYear)
        .map(|measure| measure.code.as_str())
        .collect();
    assert_eq!(last_year, ["publications_last_year"]);
    for measure in &catalogue.measures {
        let persian = |text: &str| text.chars().any(|sign| ('\u{0600}'..='\u{06ff}').contains(&sign));
        assert!(persian(measure.name.get("fa")) && persian(measure.definition.get("fa")), "{}", measure.code);
    }
}

#[test]
fn benchmarks_hold_only_what_is_published() {
    let catalogue = built_in();
    let entries: Vec<String> = catalogue
        .benchmarks
        .iter()
        .flat_map(|benchmark| {
            benchmark
                .entries
                .iter()
                .map(|entry| format!("{} {} {:?} {:?}", benchmark.edition, entry.indicator, entry.mean_sd, entry.max))
        })
        .collect();
    assert_eq!(
        entries,
        [
            "arwu/2025 highly_cited None Some(231.0)",
            "qs/wur/2026 international_research_network Some((40.3, 17.4)) None",
            "the/wur/2026 staff_to_students Some((0.067, 0.0273)) None",
            "the/wur/2026 international_students Some((0.106, 0.113)) None",
        ]
    );
}

#[test]
fn every_file_of_the_folder_is_compiled_in() {
    fn walk(folder: &Path, below: &str, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{below}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{path}/"), found);
            } else if path.ends_with(".toml") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&project("indicators"), "", &mut found);
    found.sort();
    let listed: Vec<String> = EMBEDDED_FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(found, listed);
}

#[test]
fn a_folder_of_indicators_reads_like_the_built_in_one() {
    let from_folder = catalogue::load(Some(&project("indicators")), None);
    assert_eq!(from_folder.findings, Vec::new());
    let catalogue = built_in();
    assert_eq!(from_folder.value.editions, catalogue.editions);
    assert_eq!(from_folder.value.benchmarks, catalogue.benchmarks);
    assert_eq!(from_folder.value.measures, catalogue.measures);
}

/// File in `tests/editions`, code, words of the message, line, column.
const FAULTS: &[(&str, &str, &str, u32, u32)] = &[
    ("bad_code", "bad-code", "\"my output\" is not a code", 40, 13),
    ("bad_formula", "bad-formula", "expected \")\", found the end", 45, 44),
    ("bad_issn", "bad-issn", "\"0028-0836\" is not an ISSN", 12, 20),
    ("bad_normaliser", "bad-normaliser", "does not fit \"square_root_of_max\"", 46, 22),
    ("bad_number", "bad-number", "from 0 to 100, found NaN", 44, 13),
    ("bad_tails", "bad-normaliser", "two rising shares", 34, 44),
    ("blank_language", "missing-language", "\"fa\" is missing", 42, 1),
    ("combine_without_factor", "bad-combine", "factor and offset do not fit", 8, 51),
    ("constant_formula", "bad-formula", "uses no measure", 45, 13),
    ("coverage_floor", "coverage-floor", "60 is not a share", 9, 18),
    ("duplicate_code", "duplicate-code", "\"staff_to_students\" is defined twice", 40, 13),
    ("duplicate_key", "duplicate-key", "\"fidelity\" is given twice", 36, 1),
    ("empty_edition", "empty-edition", "no indicator", 1, 1),
    ("empty_file", "empty-file", "the file is empty", 1, 1),
    ("empty_group", "empty-group", "\"industry\" holds no indicator", 28, 11),
    ("group_cycle", "group-cycle", "teaching → research → teaching", 17, 11),
    ("group_weight", "weights-do-not-sum", "weighs 60.5, its parts weigh 60 together", 25, 11),
    ("id_path", "id-path", "\"id/path\" does not match", 2, 18),
    ("missing_key", "missing-key", "\"weight\" is missing", 39, 1),
    ("missing_language", "missing-language", "\"fa\" is missing", 42, 1),
    ("negative_weight", "negative-weight", "-60 is negative", 44, 13),
    ("not_scorable", "empty-list", "no type of unit", 36, 13),
    ("score_cycle", "score-cycle", "\"staff_to_students\" is made of itself", 33, 13),
    ("toml_syntax", "toml-syntax", "invalid basic string", 13, 18),
    ("total_weight", "weights-do-not-sum", "sum to 99, not to 100", 25, 11),
    ("unknown_function", "bad-formula", "unknown function \"log\"", 45, 29),
    ("unknown_group", "unknown-group", "\"reserch\"", 41, 13),
    ("unknown_key", "unknown-key", "\"weigth\"", 44, 1),
    ("unknown_key_at_top", "unknown-key", "\"colour\"", 10, 1),
    ("unknown_measure", "unknown-measure", "\"acedemic_staff\"", 45, 29),
    ("unknown_normaliser", "unknown-normaliser", "\"sqrt_of_max\"", 46, 22),
    ("unknown_reference", "unknown-reference", "\"metod\"", 37, 13),
    ("unknown_rescale", "unknown-value", "\"top100\"", 8, 51),
    ("unknown_score", "unknown-score", "score(staff_to_student) names no indicator", 45, 20),
    ("unknown_value", "unknown-value", "\"renormalize\"", 7, 27),
    ("window_backwards", "bad-window", "ends (2020) before it begins", 6, 35),
    ("window_calendar", "bad-window", "1402 is not a Gregorian year", 6, 91),
    ("window_uncovered", "bad-window", "do not cover the publications", 6, 61),
    ("wrong_type", "wrong-type", "expected a number", 44, 13),
    ("wrong_type_verified", "wrong-type", "expected a day", 5, 18),
];

#[test]
fn each_fault_is_found_once_and_at_its_place() {
    let checked = catalogue::load(None, Some(&project("tests/editions")));
    assert!(checked.value.find("sound").is_some(), "the file without fault is read");
    let mut files: Vec<String> = Vec::new();
    for entry in fs::read_dir(project("tests/editions")).unwrap() {
        files.push(entry.unwrap().file_name().to_str().unwrap().trim_end_matches(".toml").to_owned());
    }
    files.sort();
    let listed: Vec<&str> = FAULTS.iter().map(|(file, ..)| *file).collect();
    assert_eq!(files.iter().filter(|file| *file != "sound").collect::<Vec<_>>(), listed, "one row per file");
    for (file, code, words, line, column) in FAULTS {
        let name = format!("editions/{file}.toml");
        let of_file: Vec<&Finding> =
            checked.findings.iter().filter(|finding| finding.place.file_name() == Some(&name)).collect();
        let [finding] = of_file[..] else { panic!("{file}: {of_file:#?}") };
        assert_eq!(finding.severity, Severity::Error, "{file}");
        assert_eq!(finding.code, *code, "{file}");
        assert!(finding.message.contains(words), "{file}: {}", finding.message);
        let Place::Text { line: found_line, column: found_column, excerpt, .. } = &finding.place else {
            panic!("{file}: {:?}", finding.place)
        };
        assert_eq!((found_line, found_column), (line, column), "{file}");
        let text = fs::read_to_string(project(&format!("tests/editions/{file}.toml"))).unwrap();
        let shown = text.lines().nth(*line as usize - 1).unwrap_or("");
        assert_eq!(excerpt.as_deref(), Some(shown), "{file}");
        assert!(checked.value.find(file).is_none(), "{file} is left out");
    }
    assert_eq!(checked.findings.len(), FAULTS.len());
}

#[test]
fn misspelt_names_get_a_hint() {
    let checked = catalogue::load(None, Some(&project("tests/editions")));
    let hint = |file: &str| {
        let name = format!("editions/{file}.toml");
        let of_file = |finding: &&Finding| finding.place.file_name() == Some(&name);
        checked.findings.iter().find(of_file).and_then(|finding| finding.hints.first()).cloned().unwrap_or_default()
    };
    assert_eq!(hint("unknown_key"), "did you mean \"weight\"?");
    assert_eq!(hint("unknown_measure"), "did you mean \"academic_staff\"?");
    assert_eq!(hint("unknown_score"), "did you mean \"staff_to_students\"?");
    assert_eq!(hint("unknown_group"), "did you mean \"research\"?");
    assert!(hint("unknown_key_at_top").starts_with("known are: id, name"));
}

/// Loads a folder with these files as an assessment's own.
fn own(files: &[(&str, &[u8])]) -> (Catalogue, Vec<Finding>) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let checked = catalogue::load(None, Some(folder.path()));
    (checked.value, checked.findings)
}

fn sound() -> String {
    fs::read_to_string(project("tests/editions/sound.toml")).unwrap()
}

#[test]
fn all_faults_of_a_file_are_reported_together() {
    let text = sound()
        .replace("0.60", "6")
        .replace("/ students", "/ student")
        .replace("\"publications / ", "\"publication / ")
        .replace("square_root_of_max", "square_root_of_min")
        .replace("name.fa   = \"برون‌داد\"\n", "");
    let (catalogue, findings) = own(&[("sound.toml", text.as_bytes())]);
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(
        codes,
        ["coverage-floor", "unknown-measure", "missing-language", "unknown-measure", "unknown-normaliser"]
    );
    assert_eq!(catalogue.editions.len(), 3);
    // A wrong shape in one indicator does not hide one in another.
    let text =
        sound().replace("weight    = 40.0", "weight    = true").replace("value     = \"pub", "valu      = \"pub");
    let (_, findings) = own(&[("sound.toml", text.as_bytes())]);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["wrong-type", "unknown-key"]);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_do_no_harm() {
    let text = format!("\u{feff}{}", sound().replace('\n', "\r\n").replace("0.60", "7"));
    let (_, findings) = own(&[("sound.toml", text.as_bytes())]);
    let Place::Text { line, column, excerpt, .. } = &findings[0].place else { panic!("{findings:?}") };
    assert_eq!((*line, *column, excerpt.as_deref()), (9, 18, Some("coverage_floor = 7")));
    assert_eq!(findings.len(), 1);
}

#[test]
fn unreadable_files_are_findings() {
    let large = vec![b'#'; (1 << 20) + 1];
    let deep = format!("id = {}{}", "[".repeat(5000), "]".repeat(5000));
    let (catalogue, findings) = own(&[
        ("deep.toml", deep.as_bytes()),
        ("large.toml", &large),
        ("latin.toml", b"id = \"\xe9\""),
        ("notes.txt", b"not a TOML file"),
        ("nul.toml", b"\0\0\0"),
    ]);
    let mut files: Vec<(&str, &str)> =
        findings.iter().map(|finding| (finding.place.file_name().unwrap(), finding.code)).collect();
    files.dedup();
    assert!(files.contains(&("editions/large.toml", "too-large")), "{files:?}");
    assert!(files.contains(&("editions/latin.toml", "not-utf8")), "{files:?}");
    assert!(files.iter().any(|(file, code)| *file == "editions/deep.toml" && *code == "toml-syntax"), "{files:?}");
    assert!(files.iter().any(|(file, _)| *file == "editions/nul.toml"), "{files:?}");
    assert!(!files.iter().any(|(file, _)| *file == "editions/notes.txt"), "{files:?}");
    assert_eq!(catalogue.editions.len(), 3);
}

#[test]
fn own_files_add_and_replace() {
    let text = sound();
    let measure = "[[measure]]\ncode = \"theses\"\nname.en = \"Theses\"\nname.fa = \"پایان‌نامه‌ها\"\n\
                   definition.en = \"Theses defended\"\ndefinition.fa = \"پایان‌نامه‌های دفاع‌شده\"\nunit = \"theses\"\n\
                   window = \"institutional\"\nkind = \"supplied\"\n";
    let edition = text
        .replace("id             = \"sound\"", "id             = \"own/2026\"")
        .replace("publications / academic_staff", "theses / academic_staff");
    let (catalogue, findings) = own(&[("measures.toml", measure.as_bytes()), ("own/2026.toml", edition.as_bytes())]);
    assert_eq!(findings, Vec::new());
    assert!(catalogue.measure("theses").is_some() && catalogue.find("own/2026").is_some());
    assert_eq!(catalogue.measures.len(), 40);

    let changed = EMBEDDED_FILES.iter().find(|(path, _)| *path == "arwu/2025.toml").unwrap().1;
    let changed = changed.replace("coverage_floor = 0.60", "coverage_floor = 0.50");
    let (catalogue, findings) = own(&[("arwu/2025.toml", changed.as_bytes())]);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["catalogue-replaced"]);
    assert_eq!(findings[0].severity, Severity::Warning);
    assert_eq!(catalogue.find("arwu/2025").unwrap().coverage_floor, 0.5);
    assert_eq!(catalogue.editions.len(), 3);
}

#[test]
fn absent_folders() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent");
    assert_eq!(catalogue::load(None, Some(&absent)).findings, Vec::new());
    let checked = catalogue::load(Some(&absent), None);
    assert_eq!(checked.findings[0].code, "no-indicators");
    assert!(checked.value.editions.is_empty());
}

#[test]
fn faults_of_benchmarks_and_measures() {
    let benchmark = |entry: &str| {
        format!(
            "edition = \"sound\"\n[[reference]]\nid = \"r\"\ntitle = \"t\"\n[[entry]]\nreference = \"r\"\n{entry}\n"
        )
    };
    let text = sound();
    let faults = [
        ("indicator = \"output\"\nunit_types = [\"university\"]\nmax = 3", None),
        ("indicator = \"outputs\"\nunit_types = [\"university\"]\nmax = 3", Some("unknown-indicator")),
        ("indicator = \"output\"\nunit_types = []\nmax = 3", Some("empty-list")),
        ("indicator = \"output\"\nunit_types = [\"university\"]\nmean = 3", Some("missing-key")),
        ("indicator = \"output\"\nunit_types = [\"university\"]\nmean = 3\nsd = 0", Some("bad-number")),
        ("indicator = \"output\"\nunit_types = [\"university\"]", Some("missing-key")),
        ("indicator = \"output\"\nunit_types = [\"university\"]\nmin = 3\nmax = 2", Some("bad-number")),
        ("indicator = \"output\"\nunit_types = [\"university\", \"university\"]\nmax = 2", Some("duplicate-code")),
    ];
    for (entry, code) in faults {
        let entry = benchmark(entry);
        let (catalogue, findings) =
            own(&[("sound.toml", text.as_bytes()), ("benchmarks/sound.toml", entry.as_bytes())]);
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), Vec::from_iter(code), "{entry}");
        assert_eq!(catalogue.benchmark("sound").is_some(), code.is_none(), "{entry}");
    }
    let (_, findings) = own(&[("benchmarks/the/wur/2026.toml", b"edition = \"the/wur/2025\"\n")]);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["id-path", "unknown-edition"]);
    let (_, findings) = own(&[(
        "measures.toml",
        b"[[measure]]\ncode = \"ln\"\nname = {en=\"a\",fa=\"b\"}\n\
        definition = {en=\"a\",fa=\"b\"}\nunit = \"\"\nwindow = \"institutional\"\nkind = \"computed\"\n",
    )]);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["bad-code", "empty-text"]);
}

fn value(formula: &str, measure: impl Fn(&str) -> Option<f64>) -> Outcome {
    Formula::parse(formula).unwrap().evaluate(&measure, &|code| (code == "other").then_some(81.0))
}

#[test]
fn formulas_follow_the_rules_of_arithmetic() {
    let measure = |code: &str| match code {
        "a" => Some(6.0),
        "b_2" => Some(3.0),
        "zero" => Some(0.0),
        _ => None,
    };
    let cases = [
        ("a", 6.0),
        ("a + b_2 * 2", 12.0),
        ("(a + b_2) * 2", 18.0),
        ("a - b_2 - 1", 2.0),
        ("a / b_2 / 2", 1.0),
        ("-a + 10", 4.0),
        ("a - -b_2", 9.0),
        ("square(a) / 2", 18.0),
        ("sqrt(a * a)", 6.0),
        ("min(a, b_2, 4)", 3.0),
        ("max(a, b_2)", 6.0),
        ("ln(a / a)", 0.0),
        ("0.5 * score(other) / 81 * a", 3.0),
        ("  a\t/\n.5 ", 12.0),
    ];
    for (formula, expected) in cases {
        assert_eq!(value(formula, measure), Outcome::Value(expected), "{formula}");
    }
    assert_eq!(value("a / zero", measure), Outcome::ZeroDenominator);
    assert_eq!(value("a / c", measure), Outcome::MissingMeasure("c".into()));
    assert_eq!(value("a * score(none)", measure), Outcome::MissingScore("none".into()));
    assert_eq!(value("ln(zero)", measure), Outcome::Undefined);
    assert_eq!(value("sqrt(0 - a)", measure), Outcome::Undefined);
    assert_eq!(value("a * 1000000", |_| Some(f64::MAX)), Outcome::Undefined);
}

#[test]
fn formulas_know_what_they_are_made_of() {
    let formula = Formula::parse("(b + a * b) / (c + score(y) + score(x))").unwrap();
    assert_eq!(formula.measures(), ["a", "b", "c"]);
    assert_eq!(formula.scores(), ["x", "y"]);
    let sides = formula.sides(&|_| Some(2.0), &|_| Some(10.0));
    assert_eq!(sides, Some((Outcome::Value(6.0), Outcome::Value(22.0))));
    assert_eq!(Formula::parse("a + b").unwrap().sides(&|_| Some(1.0), &|_| None), None);
    let count = |code: &str| match code {
        "a" => Some(4),
        "b" => Some(9),
        _ => None,
    };
    assert_eq!(Formula::parse("a + b").unwrap().root().count(&count), Some(13));
    assert_eq!(Formula::parse("a * b").unwrap().root().count(&count), Some(4));
    assert_eq!(Formula::parse("2 * c").unwrap().root().count(&count), None);
}

#[test]
fn faulty_formulas_are_refused_where_they_go_wrong() {
    let cases = [
        ("", 0),
        ("a +", 3),
        ("a b", 2),
        ("(a", 2),
        ("a)", 1),
        ("a / * b", 4),
        ("1.2.3", 0),
        ("a ^ 2", 2),
        ("A + 1", 0),
        ("exp(a)", 0),
        ("min(a)", 0),
        ("ln(a, b)", 0),
        ("score(a + b)", 8),
        ("score()", 6),
        ("a + سنجه", 4),
    ];
    for (formula, offset) in cases {
        let error = Formula::parse(formula).expect_err(formula);
        assert_eq!(error.offset, offset, "{formula}: {error}");
    }
}

#[test]
fn deep_and_long_formulas_are_refused_not_overflowed() {
    for nested in ["(", "-", "sqrt("] {
        let error = Formula::parse(&nested.repeat(400)).expect_err(nested);
        assert!(error.message.contains("nested deeper"), "{error}");
    }
    let error = Formula::parse(&"a+".repeat(5000)).unwrap_err();
    assert!(error.message.contains("longer than"), "{error}");
    let longest = format!("{}a", "a+".repeat(1023));
    assert_eq!(value(&longest, |_| Some(1.0)), Outcome::Value(1024.0));
}
