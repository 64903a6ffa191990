//! Tests: catalogue – every kind of fault is found at its place.

use super::*;

/// File in `tests/editions`, code, words of the message, line, column.
const FAULTS: &[(&str, &str, &str, u32, u32)] = &[
    ("bad_code", "bad-code", "\"my output\" is not a code", 40, 13),
    ("bad_formula", "bad-formula", "expected \")\", found the end", 45, 44),
    ("bad_issn", "bad-issn", "\"0028-0836\" is not an ISSN", 12, 20),
    ("bad_means", "bad-number", "means must be a number", 46, 46),
    ("bad_normaliser", "bad-normaliser", "does not fit \"square_root_of_max\"", 46, 22),
    ("bad_number", "bad-number", "from 0 to 100, found NaN", 44, 13),
    ("bad_sd", "bad-number", "sd must be a number", 46, 38),
    ("bad_skew", "bad-number", "skew must be a number", 47, 22),
    ("bad_tails", "bad-normaliser", "two rising shares", 34, 44),
    ("best_of_too_many", "bad-combine", "the best 2 of the 1 parts of \"research\"", 26, 38),
    ("best_of_weight", "weights-do-not-sum", "weighs 60, the heaviest 1 of its parts weigh 50 together", 25, 11),
    ("best_without_number", "bad-combine", "\"best_of\" and the keys power and best do not fit", 26, 20),
    ("blank_language", "missing-language", "\"fa\" is missing", 42, 1),
    ("blank_unit", "bad-normaliser", "unit must name a peer or a unit", 46, 54),
    ("combine_without_factor", "bad-combine", "factor and offset do not fit", 8, 51),
    ("combine_without_then", "missing-key", "\"then\" is missing", 8, 18),
    ("constant_formula", "bad-formula", "uses no measure", 45, 13),
    ("coverage_floor", "coverage-floor", "60 is not a share", 9, 18),
    ("damping_recovery", "bad-number", "recovery must be a number from 0 to 1, found 20", 47, 13),
    ("damping_without_threshold", "missing-key", "\"threshold\" is missing", 47, 13),
    ("duplicate_code", "duplicate-code", "\"staff_to_students\" is defined twice", 40, 13),
    ("duplicate_key", "duplicate-key", "\"fidelity\" is given twice", 36, 1),
    ("empty_edition", "empty-edition", "no indicator", 1, 1),
    ("empty_file", "empty-file", "the file is empty", 1, 1),
    ("empty_group", "empty-group", "\"industry\" holds no indicator", 28, 11),
    ("ends_backwards", "bad-combine", "two rising scores from 0 to 100", 8, 67),
    ("ends_without_min_max", "bad-combine", "\"none\" and the keys from and to", 8, 51),
    ("group_cycle", "group-cycle", "teaching → research → teaching", 17, 11),
    ("group_floor", "coverage-floor", "the floor 60 is not a share", 26, 11),
    ("group_weight", "weights-do-not-sum", "weighs 60.5, its parts weigh 60 together", 25, 11),
    ("group_without_score", "bad-combine", "a group cannot be without score", 26, 20),
    ("id_path", "id-path", "\"id/path\" does not match", 2, 18),
    ("impute_bands", "bad-treatment", "nothing to take a centre of", 47, 13),
    ("limits_of_bands", "bad-normaliser", "limits must be rising numbers", 46, 40),
    ("min_max_with_factor", "bad-combine", "\"min_max\" and the keys factor and offset", 8, 51),
    ("missing_key", "missing-key", "\"weight\" is missing", 39, 1),
    ("missing_language", "missing-language", "\"fa\" is missing", 42, 1),
    ("negative_weight", "negative-weight", "-60 is negative", 44, 13),
    ("not_scorable", "empty-list", "no type of unit", 36, 13),
    ("over_in_group", "bad-combine", "a group is always over what lies in it", 26, 40),
    ("points_of_bands", "bad-normaliser", "2 limits make 3 bands, found points for 2", 46, 57),
    ("posts_backwards", "bad-normaliser", "posts must be two rising values", 46, 43),
    ("posts_missing", "bad-normaliser", "\"goalposts\" needs the key \"posts\"", 46, 22),
    ("power_of_zero", "bad-combine", "power must not be 0", 8, 44),
    ("power_without_exponent", "bad-combine", "\"power\" and the keys power and best do not fit", 8, 27),
    ("ranks_backwards", "bad-ranks", "the band that ends at 250 begins beyond it, at 251", 9, 44),
    ("score_cycle", "score-cycle", "\"staff_to_students\" is made of itself", 33, 13),
    ("to_of_two_pieces", "bad-normaliser", "three rising scores", 46, 40),
    ("toml_syntax", "toml-syntax", "invalid basic string", 13, 18),
    ("total_weight", "weights-do-not-sum", "sum to 99, not to 100", 25, 11),
    ("treat_given", "bad-treatment", "\"given\" compares with no values, so there is no outlier", 47, 13),
    ("unknown_function", "bad-formula", "unknown function \"log\"", 45, 29),
    ("unknown_group", "unknown-group", "\"reserch\"", 41, 13),
    ("unknown_imputation", "unknown-value", "\"mode\"", 47, 13),
    ("unknown_key", "unknown-key", "\"weigth\"", 44, 1),
    ("unknown_key_at_top", "unknown-key", "\"colour\"", 10, 1),
    ("unknown_mean", "unknown-value", "\"mean\"", 8, 27),
    ("unknown_measure", "unknown-measure", "\"acedemic_staff\"", 45, 29),
    ("unknown_normaliser", "unknown-normaliser", "\"sqrt_of_max\"", 46, 22),
    ("unknown_over", "unknown-value", "\"pillars\"", 8, 66),
    ("unknown_reference", "unknown-reference", "\"metod\"", 37, 13),
    ("unknown_rescale", "unknown-value", "\"top100\"", 8, 51),
    ("unknown_score", "unknown-score", "score(staff_to_student) names no indicator", 45, 20),
    ("unknown_ties", "unknown-value", "\"max\"", 46, 37),
    ("unknown_treatment", "unknown-key", "\"winsorize\"", 47, 15),
    ("unknown_value", "unknown-value", "\"renormalize\"", 7, 27),
    ("unweighted_total", "weights-do-not-sum", "the weights of the groups sum to 0, not to 100", 25, 11),
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
    assert_eq!(catalogue.editions.len(), built_in().editions.len());
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
    assert_eq!(catalogue.editions.len(), built_in().editions.len());
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
    assert_eq!(catalogue.measures.len(), built_in().measures.len() + 1);

    let changed = EMBEDDED_FILES.iter().find(|(path, _)| *path == "arwu/2025.toml").unwrap().1;
    let changed = changed.replace("coverage_floor = 0.60", "coverage_floor = 0.50");
    let (catalogue, findings) = own(&[("arwu/2025.toml", changed.as_bytes())]);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["catalogue-replaced"]);
    assert_eq!(findings[0].severity, Severity::Warning);
    assert_eq!(catalogue.find("arwu/2025").unwrap().coverage_floor, 0.5);
    assert_eq!(catalogue.editions.len(), built_in().editions.len());
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
    let (_, findings) = own(&[("benchmarks/the/wur/2026.toml", b"edition = \"the/wur/1066\"\n")]);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["id-path", "unknown-edition"]);
    let (_, findings) = own(&[(
        "measures.toml",
        b"[[measure]]\ncode = \"ln\"\nname = {en=\"a\",fa=\"b\"}\n\
        definition = {en=\"a\",fa=\"b\"}\nunit = \"\"\nwindow = \"institutional\"\nkind = \"computed\"\n",
    )]);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["bad-code", "empty-text"]);
}
