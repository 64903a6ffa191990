//! A formula with the unit's numbers in the places of the names.

use crate::model::formula::{Expression, Formula, Function, Lookup, Operator};

/// `publications / academic_staff` → `212 / 45.5`; a measure or score without a value stays a name with `?`.
pub fn substituted(formula: &Formula, measure: Lookup, score: Lookup) -> String {
    written(formula.root(), measure, score, 0)
}

/// How tightly a sign binds.
fn strength(operator: Operator) -> u8 {
    match operator {
        Operator::Add | Operator::Subtract => 1,
        Operator::Multiply | Operator::Divide => 2,
    }
}

fn written(expression: &Expression, measure: Lookup, score: Lookup, around: u8) -> String {
    match expression {
        Expression::Number(number) => number.to_string(),
        Expression::Measure(code) => measure(code).map_or_else(|| format!("{code}?"), |value| value.to_string()),
        Expression::Score(code) => score(code).map_or_else(|| format!("score({code})?"), |value| value.to_string()),
        Expression::Negative(inner) => format!("-{}", written(inner, measure, score, 3)),
        Expression::Binary(operator, left, right) => {
            let own = strength(*operator);
            let sign = match operator {
                Operator::Add => "+",
                Operator::Subtract => "-",
                Operator::Multiply => "*",
                Operator::Divide => "/",
            };
            let (left, right) = (written(left, measure, score, own), written(right, measure, score, own + 1));
            let text = format!("{left} {sign} {right}");
            if own < around { format!("({text})") } else { text }
        }
        Expression::Call(function, arguments) => {
            let name = match function {
                Function::Ln => "ln",
                Function::Sqrt => "sqrt",
                Function::Square => "square",
                Function::Min => "min",
                Function::Max => "max",
            };
            let arguments: Vec<String> =
                arguments.iter().map(|argument| written(argument, measure, score, 0)).collect();
            format!("{name}({})", arguments.join(", "))
        }
    }
}
