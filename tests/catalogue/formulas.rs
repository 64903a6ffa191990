//! Tests: catalogue – the language of formulas.

use sanjeh::model::formula::{Formula, Outcome};

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
