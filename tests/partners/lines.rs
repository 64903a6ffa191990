//! Lines by rules: each is traced back to the rows that it names, and rule files are refused where they are wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;

use sanjeh::catalogue::rules;
use sanjeh::diagnostic::Place;
use sanjeh::model::partners::rule::{Basis, LineKind};
use tempfile::TempDir;

use crate::support::{sanjeh, table};

type Row = BTreeMap<String, String>;

/// The tables of `partners` on a small sample.
pub fn sample() -> &'static (TempDir, PathBuf) {
    static SAMPLE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let size = sanjeh::sample::Size { units: 16, staff: 120, ..sanjeh::sample::Size::scaled(500) };
        for file in sanjeh::sample::generate(&size).files {
            let path = dir.path().join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file.bytes).unwrap();
        }
        let out = dir.path().join("out");
        let ran = sanjeh(&[
            "partners",
            &dir.path().to_string_lossy(),
            "--out",
            &out.to_string_lossy(),
            "--quiet",
            "--format",
            "csv,xlsx",
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        (dir, out)
    })
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

/// The slope of the least-squares line through values over their mean, as a textbook writes it.
fn rate(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = |of: &dyn Fn(usize) -> f64| (0..values.len()).map(of).sum::<f64>() / n;
    let (x, y) = (mean(&|at| at as f64), mean(&|at| values[at]));
    let covariance: f64 = values.iter().enumerate().map(|(at, value)| (at as f64 - x) * (value - y)).sum();
    let variance: f64 = (0..values.len()).map(|at| (at as f64 - x) * (at as f64 - x)).sum();
    covariance / variance / y
}

#[test]
fn every_line_is_traced_to_its_rows() {
    let out = &sample().1;
    let known = rules::rules(None, None);
    assert!(known.findings.is_empty(), "{:?}", known.findings);
    let basis: BTreeMap<String, Basis> = known.value.rules.iter().map(|rule| (rule.id.clone(), rule.basis)).collect();
    let mut tables: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let lines = table(&out.join("swot.csv"));
    let mut seen = BTreeSet::new();
    for line in &lines {
        let basis = basis.get(&line["rule"]).unwrap_or_else(|| panic!("no rule {line:?}"));
        seen.insert(*basis);
        let rows =
            tables.entry(line["source_table"].clone()).or_insert_with(|| table(&out.join(&line["source_table"])));
        let key: Vec<(&str, &str)> = line["source_key"].split(';').map(|pair| pair.split_once('=').unwrap()).collect();
        let found: Vec<&Row> =
            rows.iter().filter(|row| key.iter().all(|(column, value)| row[*column] == *value)).collect();
        assert!(!found.is_empty(), "no row of {line:?}");
        let column = line["source_column"].as_str();
        let value = match basis {
            Basis::FallingPapers => rate(&found.iter().map(|row| number(row, column)).collect::<Vec<_>>()),
            Basis::StaffWithoutId => number(found[0], column) / number(found[0], "academic_staff"),
            Basis::CorrectableAddresses => number(found[0], column) / number(found[0], "publications"),
            Basis::DormantAgreement => found.len() as f64,
            _ => {
                assert_eq!(found.len(), 1, "{line:?} names {} rows", found.len());
                number(found[0], column)
            }
        };
        assert!((value - number(line, "value")).abs() < 1e-12, "{line:?}: the rows say {value}");
    }
    let expected = [
        Basis::ScoreAtLeastQuantile,
        Basis::ScoreAtMostQuantile,
        Basis::GapToMedian,
        Basis::OnePartner,
        Basis::OneAuthor,
        Basis::ExposedCountry,
        Basis::PartnerWithoutAgreement,
        Basis::CandidatePartner,
    ];
    assert!(expected.iter().all(|basis| seen.contains(basis)), "{seen:?}");
    // The threshold of strengths is reached, and of opportunities the weight is what is left of the gap.
    for line in &lines {
        let (value, threshold) = (number(line, "value"), number(line, "threshold"));
        match line["rule"].as_str() {
            "score_upper_quarter" => assert!(value >= threshold, "{line:?}"),
            "score_lower_quarter" | "gap_to_median" | "ending_agreement" => assert!(value <= threshold, "{line:?}"),
            _ => {}
        }
    }
}

/// Of opportunities: weight of the indicator × gap to the median / 100 × how far the unit controls it.
#[test]
fn an_opportunity_weighs_weight_gap_and_control() {
    let out = &sample().1;
    let rules = rules::rules(None, None).value;
    let scores = table(&out.join("scores.csv"));
    let lines = table(&out.join("swot.csv"));
    let mut checked = 0;
    for line in lines.iter().filter(|line| line["rule"] == "gap_to_median" && line["kind"] == "opportunity") {
        let (edition, code) = line["subject"].split_once(':').unwrap();
        let own = scores
            .iter()
            .find(|row| row["edition"] == edition && row["indicator"] == code && row["unit"] == line["unit"])
            .unwrap();
        let mut alike: Vec<f64> = scores
            .iter()
            .filter(|row| row["edition"] == edition && row["indicator"] == code && row["unit_type"] == own["unit_type"])
            .filter_map(|row| row["score"].parse().ok())
            .collect();
        alike.sort_by(f64::total_cmp);
        let median = (alike[(alike.len() - 1) / 2] + alike[alike.len() / 2]) / 2.0;
        let points = number(own, "weight") * (median - number(own, "score")) / 100.0;
        let weight = points * rules.control_of(code);
        assert!((number(line, "threshold") - median).abs() < 1e-9, "{line:?}");
        assert!((number(line, "weight") - weight).abs() < 1e-9 && points >= 0.5, "{line:?}: {weight}");
        checked += 1;
    }
    assert!(checked > 5, "{checked}");
}

#[test]
fn faults_of_rule_files_are_located() {
    let sound = "[[rule]]\nid = \"a\"\nkind = \"threat\"\nbasis = \"one_author\"\nthreshold = 0.25\nname.en = \"A\"\nname.fa = \"آ\"\n";
    assert!(rules::text("editions/rules/own.toml", sound).findings.is_empty());
    let cases = [
        (sound.replace("threshold", "treshold"), "unknown-key", 5, 1),
        (sound.replace("one_author", "one_autor"), "unknown-value", 4, 9),
        (sound.replace("\"threat\"", "\"danger\""), "unknown-value", 3, 8),
        (sound.replace("0.25", "1.5"), "bad-number", 5, 13),
        (sound.replace("name.fa = \"آ\"\n", ""), "missing-language", 1, 1),
        (format!("{sound}{sound}"), "duplicate-code", 9, 6),
        (format!("{sound}[[control]]\nindicator = \"x\"\nshare = 2\n"), "bad-number", 10, 9),
        (format!("strict = true\n{sound}"), "unknown-key", 1, 1),
        (String::new(), "empty-file", 1, 1),
    ];
    for (text, code, line, column) in cases {
        let read = rules::text("editions/rules/own.toml", &text);
        let found = read.findings.iter().find(|finding| finding.code == code);
        let found = found.unwrap_or_else(|| panic!("{code}: {:?}", read.findings));
        let at = matches!(&found.place, Place::Text { line: l, column: c, .. } if *l == line && (*c == column || code == "missing-language"));
        assert!(at || code == "missing-language", "{code}: {:?}", found.place);
        assert!(read.value.rules.is_empty(), "{code}: the file is left out");
    }
}

/// An assessment's own file takes the place of a built-in rule.
#[test]
fn an_own_rule_replaces_the_built_in_one() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("editions/rules")).unwrap();
    let own = "[[rule]]\nid = \"one_author\"\nkind = \"threat\"\nbasis = \"one_author\"\nthreshold = 0.9\nname.en = \"A\"\nname.fa = \"آ\"\n";
    std::fs::write(dir.path().join("editions/rules/own.toml"), own).unwrap();
    let read = rules::rules(None, Some(dir.path()));
    assert_eq!(read.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["catalogue-replaced"]);
    let of = |rules: &sanjeh::model::partners::rule::Rules| -> Vec<(LineKind, f64)> {
        rules.rules.iter().filter(|rule| rule.id == "one_author").map(|rule| (rule.kind, rule.threshold)).collect()
    };
    assert_eq!(of(&read.value), [(LineKind::Threat, 0.9)]);
    assert_eq!(read.value.rules.len(), rules::rules(None, None).value.rules.len());
}
