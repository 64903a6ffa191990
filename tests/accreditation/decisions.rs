//! Decision tables: what the linter finds, and what a table decides.

use proptest::prelude::*;
use sanjeh::accreditation::decision::{Undecided, decide};
use sanjeh::accreditation::linter::lint;
use sanjeh::catalogue::decision_table::text;
use sanjeh::diagnostic::{Finding, Place};
use sanjeh::model::accreditation::decision::{DecisionTable, Quantity};

/// Head of a table: what the published one does not say is said here.
const HEAD: &str = r#"name = { en = "Table", fa = "جدول" }
note = { en = "Note", fa = "یادداشت" }
source = "test"
combination = "lowest"
coverage = 1.0
scale = { not_met = 0, partial = 1, relative = 2, full = 3, met_from = "relative" }
"#;

/// The decision table of the first national round as printed (zums.ac.ir, edujournal 1486): 42 mandatory standards of 48 and
/// 85–100 percent; 38–41 and "87 to 84"; 36–37 and 74–77; fewer than 35 and below 73. How the two join is not printed.
const PUBLISHED: &str = r#"
[[criterion]]
quantity = "mandatory_met"
from = 0
to = 48
whole = true

[[criterion]]
quantity = "total_percent"
from = 0
to = 100
whole = true

[[decision]]
code = "approval"
name = { en = "Approval", fa = "تأیید" }
years = 2
mandatory_met = { from = 42 }
total_percent = { from = 85, to = 100 }

[[decision]]
code = "conditional_two_years"
name = { en = "Conditional approval, two years", fa = "تأیید مشروط دوساله" }
years = 2
mandatory_met = { from = 38, to = 41 }
total_percent = { from = 87, to = 84 }

[[decision]]
code = "conditional_one_year"
name = { en = "Conditional approval, one year", fa = "تأیید مشروط یک‌ساله" }
years = 1
mandatory_met = { from = 36, to = 37 }
total_percent = { from = 74, to = 77 }

[[decision]]
code = "notice"
name = { en = "Educational notice", fa = "تذکر آموزشی" }
mandatory_met = { below = 35 }
total_percent = { below = 73 }
"#;

fn read(toml: &str) -> DecisionTable {
    let read = text("decisions.toml", toml);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    read.value.unwrap()
}

/// Code, line and message of findings.
fn told(findings: &[Finding]) -> Vec<(&'static str, u32, &str)> {
    let line = |place: &Place| if let Place::Text { line, .. } = place { *line } else { 0 };
    findings.iter().map(|finding| (finding.code, line(&finding.place), finding.message.as_str())).collect()
}

/// Line of the first line with this text.
fn line(toml: &str, text: &str) -> u32 {
    toml.lines().position(|line| line.contains(text)).unwrap() as u32 + 1
}

#[test]
fn the_published_table_is_refused() {
    let toml = format!("{HEAD}{PUBLISHED}");
    let findings = lint(&read(&toml));
    let gap = line(&toml, "{ from = 36");
    let misprint = line(&toml, "from = 87");
    assert_eq!(
        told(&findings),
        [
            ("decision-gap", gap, "no rule covers 35 of `mandatory_met`"),
            (
                "reversed-bounds",
                misprint,
                "`total_percent` of \"conditional_two_years\" runs from 87 to 84: the ends are reversed"
            ),
            ("decision-gap", line(&toml, "from = 74"), "no rule covers 73 of `total_percent`"),
            ("decision-gap", line(&toml, "from = 85"), "no rule covers 78–84 of `total_percent`"),
        ]
    );
    assert_eq!(findings[1].hints, ["78–84 would fill what no other rule covers: a misprint?"]);
    let neighbours = format!(
        "below it ends \"notice\" (decisions.toml:{}:1); above it begins \"conditional_one_year\" (decisions.toml:{gap}:1)",
        line(&toml, "below = 35")
    );
    assert_eq!(findings[0].hints, [neighbours]);
    // Percentages that are not rounded fall between 73 and 74, and between the other rows too.
    let exact = toml.replace("to = 100\nwhole = true", "to = 100");
    let gaps: Vec<String> =
        lint(&read(&exact)).into_iter().filter(|f| f.code == "decision-gap").map(|f| f.message).collect();
    assert!(gaps.contains(&"no rule covers 73 to below 74 of `total_percent`".to_owned()), "{gaps:?}");
}

/// The same, its gaps closed downwards and its misprint corrected.
fn corrected() -> String {
    let toml = format!("{HEAD}{PUBLISHED}");
    toml.replace("from = 87, to = 84", "from = 78, to = 84")
        .replace("below = 35", "to = 35")
        .replace("below = 73", "to = 73")
}

#[test]
fn a_corrected_table_passes_and_decides() {
    let table = read(&corrected());
    assert!(lint(&table).is_empty(), "{:?}", lint(&table));
    let decided = |met: f64, percent: f64| {
        decide(&table, &[Some(met), Some(percent)]).map(|rule| table.rules[rule].code.as_str())
    };
    assert_eq!(decided(48.0, 100.0), Ok("approval"));
    assert_eq!(decided(42.0, 84.5), Ok("approval"), "half a percent is rounded upwards");
    assert_eq!(decided(48.0, 84.4), Ok("conditional_two_years"), "the lower of the two holds");
    assert_eq!(decided(37.0, 99.0), Ok("conditional_one_year"));
    assert_eq!(decided(35.0, 73.4), Ok("notice"));
    assert_eq!(decide(&table, &[Some(1.0), None]), Err(Undecided::NoValue(Quantity::TotalPercent)));
    let published = read(&format!("{HEAD}{PUBLISHED}"));
    assert_eq!(decide(&published, &[Some(35.0), Some(90.0)]), Err(Undecided::Gap(Quantity::MandatoryMet)));
}

#[test]
fn overlaps_order_and_bounds() {
    let with = |from: &str, to: &str| -> Vec<(&'static str, u32)> {
        let toml = corrected().replace(from, to);
        told(&lint(&read(&toml))).into_iter().map(|(code, line, _)| (code, line)).collect()
    };
    let at = |text: &str| line(&corrected(), text);
    assert_eq!(with("from = 36, to = 37", "from = 36, to = 38"), [("decision-overlap", at("from = 36"))]);
    assert_eq!(with("from = 85, to = 100", "from = 85, to = 101"), [("bound-outside", at("from = 85"))]);
    // The two middle rows exchanged: a higher percentage leads to the lower decision.
    let toml = corrected().replace("from = 78, to = 84", "from = 74, to = 77 ").replacen(
        "from = 74, to = 77 }",
        "from = 78, to = 84 }",
        1,
    );
    assert_eq!(told(&lint(&read(&toml))).into_iter().map(|(code, ..)| code).collect::<Vec<_>>(), ["decision-order"]);
    // Held together, 42 mandatory standards at 50 percent are in no row at all.
    let together: Vec<(&'static str, u32)> = with("\"lowest\"", "\"all\"");
    assert_eq!(together.len(), 12, "4 rows by 4 columns, of which 4 have a rule");
    assert!(together.iter().all(|(code, _)| *code == "decision-gap"));
}

#[test]
fn faults_of_the_file() {
    let codes = |from: &str, to: &str| -> Vec<(&'static str, u32)> {
        let toml = corrected().replacen(from, to, 1);
        let read = text("decisions.toml", &toml);
        assert!(read.value.is_none());
        told(&read.findings).into_iter().map(|(code, line, _)| (code, line)).collect()
    };
    let at = |text: &str| line(&corrected(), text);
    assert_eq!(codes("total_percent = { from = 85", "totl_percent = { from = 85"), [("unknown-key", at("from = 85"))]);
    assert_eq!(codes("{ from = 85, to", "{ from = 85, upto"), [("wrong-type", at("from = 85"))]);
    assert_eq!(codes("{ from = 85, to", "{ from = 85, above = 84, to"), [("duplicate-key", at("from = 85"))]);
    assert_eq!(codes("full = 3", "full = 1"), [("bad-number", at("scale"))]);
    assert_eq!(
        codes("quantity = \"mandatory_met\"", "quantity = \"mandatory\"").first(),
        Some(&("unknown-value", at("quantity = \"mandatory_met\"")))
    );
    assert_eq!(codes("code = \"notice\"", "code = \"approval\""), [("duplicate-code", at("code = \"notice\""))]);
    assert!(!codes("coverage = 1.0\n", "").is_empty());
}

proptest! {
    /// A table that passes gives every value exactly one decision; one that does not pass has a value without or with two.
    #[test]
    fn tables_that_pass_leave_nothing_open(cuts in prop::collection::vec((0_u32..=20, any::<bool>(), 0_u32..=20, any::<bool>()), 1..5), whole in any::<bool>()) {
        let mut toml = format!("{HEAD}\n[[criterion]]\nquantity = \"total_percent\"\nfrom = 0\nto = 20\nwhole = {whole}\n");
        for (number, (low, own_low, high, own_high)) in cuts.iter().enumerate() {
            let (low_key, high_key) = (if *own_low { "from" } else { "above" }, if *own_high { "to" } else { "below" });
            toml += &format!("[[decision]]\ncode = \"d{number}\"\nname = {{ en = \"d\", fa = \"d\" }}\ntotal_percent = {{ {low_key} = {low}, {high_key} = {high} }}\n");
        }
        let table = read(&toml);
        let findings = lint(&table);
        let steps = if whole { 1 } else { 4 };
        let counts: Vec<usize> = (0..=20 * steps)
            .map(|step| f64::from(step) / f64::from(steps))
            .map(|value| table.rules.iter().filter(|rule| rule.ranges[0].as_ref().is_some_and(|r| r.holds(value))).count())
            .collect();
        let gap = findings.iter().any(|finding| finding.code == "decision-gap");
        let overlap = findings.iter().any(|finding| finding.code == "decision-overlap");
        prop_assert_eq!(gap, counts.contains(&0));
        prop_assert_eq!(overlap, counts.iter().any(|count| *count > 1));
    }
}
