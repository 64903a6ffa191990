//! Formulas over measures: `(publications / (academic_staff + research_staff))`, `0.1 * square(score(alumni) / 100)`.
//!
//! ```text
//! sum     = product { ("+" | "-") product }
//! product = factor { ("*" | "/") factor }
//! factor  = "-" factor | "(" sum ")" | number | measure | function "(" sum { "," sum } ")" | "score" "(" indicator ")"
//! ```
//!
//! Functions: `ln`, `sqrt`, `square` of one argument, `min` and `max` of two or more. `score(code)` is the 0–100 score
//! of another indicator of the same edition. There is no power, no condition and no constant beyond numbers: what
//! cannot be said so is a measure.

use std::collections::BTreeSet;
use std::fmt;

mod parse;

/// Longest source text, bytes. It bounds the height of the tree, hence the depth of every walk over it.
const LONGEST: usize = 2048;

/// A formula: what was written and its tree. Equal when written alike.
#[derive(Debug, Clone)]
pub struct Formula {
    source: String,
    root: Expression,
}

impl PartialEq for Formula {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

/// Why a text is no formula.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FormulaError {
    /// Byte offset in the text, never beyond its end, always between characters.
    pub offset: usize,
    /// What is wrong: a fragment without capital or full stop.
    pub message: String,
}

/// What a formula comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A finite number.
    Value(f64),
    /// This measure has no value.
    MissingMeasure(String),
    /// This indicator has no score.
    MissingScore(String),
    /// A division by zero.
    ZeroDenominator,
    /// Logarithm of zero or less, root of less than zero, or a number too large to hold.
    Undefined,
}

impl Outcome {
    /// The number, if there is one.
    pub fn value(&self) -> Option<f64> {
        match self {
            Outcome::Value(value) => Some(*value),
            _ => None,
        }
    }

    /// `number` if it is finite.
    fn of(number: f64) -> Self {
        if number.is_finite() { Outcome::Value(number) } else { Outcome::Undefined }
    }
}

/// A function of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Natural logarithm.
    Ln,
    /// Square root.
    Sqrt,
    /// The argument times itself.
    Square,
    /// The least argument.
    Min,
    /// The greatest argument.
    Max,
}

/// A sign between two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// A node of a formula's tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A number.
    Number(f64),
    /// The value of a measure, by code.
    Measure(String),
    /// The score of another indicator, by code.
    Score(String),
    /// The argument with the other sign.
    Negative(Box<Expression>),
    /// Two expressions joined.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// A function of its arguments.
    Call(Function, Vec<Expression>),
}

/// Looks up the value of a measure or of a score by code; `None` where it has none.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<f64>;

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// The first place at which the text leaves the grammar in the head of this module, is nested deeper than 64 levels
    /// or is longer than 2,048 bytes.
    pub fn parse(source: &str) -> Result<Formula, FormulaError> {
        if source.len() > LONGEST {
            let message = format!("the formula is longer than {LONGEST} bytes");
            return Err(FormulaError { offset: 0, message });
        }
        parse::expression(source).map(|root| Formula { source: source.to_owned(), root })
    }

    /// The text it was read from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The tree.
    pub fn root(&self) -> &Expression {
        &self.root
    }

    /// Codes of the measures in it, ascending, without repeats.
    pub fn measures(&self) -> Vec<&str> {
        let mut codes = BTreeSet::new();
        self.root.visit(&mut |node| {
            if let Expression::Measure(code) = node {
                codes.insert(code.as_str());
            }
        });
        codes.into_iter().collect()
    }

    /// Codes of the indicators whose score it uses, ascending, without repeats.
    pub fn scores(&self) -> Vec<&str> {
        let mut codes = BTreeSet::new();
        self.root.visit(&mut |node| {
            if let Expression::Score(code) = node {
                codes.insert(code.as_str());
            }
        });
        codes.into_iter().collect()
    }

    /// The value of the formula. The first obstacle from left to right decides the outcome.
    pub fn evaluate(&self, measure: Lookup, score: Lookup) -> Outcome {
        self.root.evaluate(measure, score)
    }

    /// Numerator and denominator where the formula as a whole is a division, else `None`.
    pub fn division(&self) -> Option<(&Expression, &Expression)> {
        match &self.root {
            Expression::Binary(Operator::Divide, left, right) => Some((left, right)),
            _ => None,
        }
    }

    /// Values of numerator and denominator where the formula as a whole is a division, else `None`.
    pub fn sides(&self, measure: Lookup, score: Lookup) -> Option<(Outcome, Outcome)> {
        self.division().map(|(left, right)| (left.evaluate(measure, score), right.evaluate(measure, score)))
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl Expression {
    /// The value of this part of a formula.
    pub fn evaluate(&self, measure: Lookup, score: Lookup) -> Outcome {
        match self {
            Expression::Number(number) => Outcome::Value(*number),
            Expression::Measure(code) => match measure(code) {
                Some(value) => Outcome::of(value),
                None => Outcome::MissingMeasure(code.clone()),
            },
            Expression::Score(code) => match score(code) {
                Some(value) => Outcome::of(value),
                None => Outcome::MissingScore(code.clone()),
            },
            Expression::Negative(inner) => match inner.evaluate(measure, score) {
                Outcome::Value(value) => Outcome::Value(-value),
                obstacle => obstacle,
            },
            Expression::Binary(operator, left, right) => {
                let left = match left.evaluate(measure, score) {
                    Outcome::Value(value) => value,
                    obstacle => return obstacle,
                };
                let right = match right.evaluate(measure, score) {
                    Outcome::Value(value) => value,
                    obstacle => return obstacle,
                };
                match operator {
                    Operator::Add => Outcome::of(left + right),
                    Operator::Subtract => Outcome::of(left - right),
                    Operator::Multiply => Outcome::of(left * right),
                    Operator::Divide if right == 0.0 => Outcome::ZeroDenominator,
                    Operator::Divide => Outcome::of(left / right),
                }
            }
            Expression::Call(function, arguments) => {
                let mut values = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    match argument.evaluate(measure, score) {
                        Outcome::Value(value) => values.push(value),
                        obstacle => return obstacle,
                    }
                }
                call(*function, &values)
            }
        }
    }

    /// The count that the value of this part rests on, from the counts of its measures: a sum or difference rests on
    /// both its terms together, everything else on the smaller; `None` where no measure has one.
    pub fn count(&self, of_measure: &dyn Fn(&str) -> Option<u64>) -> Option<u64> {
        match self {
            Expression::Number(_) | Expression::Score(_) => None,
            Expression::Measure(code) => of_measure(code),
            Expression::Negative(inner) => inner.count(of_measure),
            Expression::Binary(operator, left, right) => {
                match (left.count(of_measure), right.count(of_measure), operator) {
                    (Some(left), Some(right), Operator::Add | Operator::Subtract) => Some(left.saturating_add(right)),
                    (Some(left), Some(right), _) => Some(left.min(right)),
                    (left, right, _) => left.or(right),
                }
            }
            Expression::Call(_, arguments) => arguments.iter().filter_map(|part| part.count(of_measure)).min(),
        }
    }

    fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Expression)) {
        see(self);
        match self {
            Expression::Number(_) | Expression::Measure(_) | Expression::Score(_) => {}
            Expression::Negative(inner) => inner.visit(see),
            Expression::Binary(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Expression::Call(_, arguments) => arguments.iter().for_each(|argument| argument.visit(see)),
        }
    }
}

/// The value of a function; the parser has checked the number of arguments.
fn call(function: Function, values: &[f64]) -> Outcome {
    let first = values[0];
    match function {
        Function::Ln if first <= 0.0 => Outcome::Undefined,
        Function::Ln => Outcome::of(libm::log(first)),
        Function::Sqrt if first < 0.0 => Outcome::Undefined,
        Function::Sqrt => Outcome::of(first.sqrt()),
        Function::Square => Outcome::of(first * first),
        Function::Min => Outcome::of(values.iter().copied().fold(first, f64::min)),
        Function::Max => Outcome::of(values.iter().copied().fold(first, f64::max)),
    }
}
