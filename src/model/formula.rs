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

/// Longest source text, bytes. It bounds the height of the tree, hence the depth of every walk over it.
const LONGEST: usize = 2048;
/// Deepest nesting of parentheses, functions and signs.
const DEEPEST: usize = 64;

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

impl Function {
    const ALL: [(&'static str, Function); 5] = [
        ("ln", Function::Ln),
        ("sqrt", Function::Sqrt),
        ("square", Function::Square),
        ("min", Function::Min),
        ("max", Function::Max),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|&(_, function)| function)
    }

    fn arguments_fit(self, count: usize) -> bool {
        match self {
            Function::Ln | Function::Sqrt | Function::Square => count == 1,
            Function::Min | Function::Max => count >= 2,
        }
    }
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
        let mut parser = Parser { source, at: 0, depth: 0 };
        let root = parser.sum()?;
        match parser.peek() {
            None => Ok(Formula { source: source.to_owned(), root }),
            Some(sign) => Err(parser.error(format!("expected an operator or the end, found \"{sign}\""))),
        }
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

/// Recursive descent over the source text.
struct Parser<'a> {
    source: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn error(&self, message: impl Into<String>) -> FormulaError {
        FormulaError { offset: self.at, message: message.into() }
    }

    /// The next character that is not white space.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.source[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.source[self.at..].chars().next()
    }

    /// Steps over `sign` if it comes next.
    fn takes(&mut self, sign: char) -> bool {
        let next = self.peek() == Some(sign);
        if next {
            self.at += sign.len_utf8();
        }
        next
    }

    fn expects(&mut self, sign: char) -> Result<(), FormulaError> {
        if self.takes(sign) {
            return Ok(());
        }
        let found = self.peek().map_or_else(|| "the end".to_owned(), |found| format!("\"{found}\""));
        Err(self.error(format!("expected \"{sign}\", found {found}")))
    }

    fn sum(&mut self) -> Result<Expression, FormulaError> {
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Some('+') => Operator::Add,
                Some('-') => Operator::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Expression::Binary(operator, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Expression, FormulaError> {
        let mut left = self.factor()?;
        loop {
            let operator = match self.peek() {
                Some('*') => Operator::Multiply,
                Some('/') => Operator::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Expression::Binary(operator, Box::new(left), Box::new(self.factor()?));
        }
    }

    fn factor(&mut self) -> Result<Expression, FormulaError> {
        if self.depth == DEEPEST {
            return Err(self.error(format!("nested deeper than {DEEPEST} levels")));
        }
        self.depth += 1;
        let factor = match self.peek() {
            None => Err(self.error("expected a number, a measure or \"(\", found the end")),
            Some('-') => {
                self.at += 1;
                self.factor().map(|inner| Expression::Negative(Box::new(inner)))
            }
            Some('(') => {
                self.at += 1;
                self.sum().and_then(|inner| self.expects(')').map(|()| inner))
            }
            Some(digit) if digit.is_ascii_digit() || digit == '.' => self.number(),
            Some(letter) if letter.is_ascii_lowercase() => self.name(),
            Some(sign) => Err(self.error(format!("expected a number, a measure or \"(\", found \"{sign}\""))),
        };
        self.depth -= 1;
        factor
    }

    fn number(&mut self) -> Result<Expression, FormulaError> {
        let rest = &self.source[self.at..];
        let length = rest.find(|sign: char| !(sign.is_ascii_digit() || sign == '.')).unwrap_or(rest.len());
        let digits = &rest[..length];
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.at += length;
                Ok(Expression::Number(number))
            }
            _ => Err(self.error(format!("\"{digits}\" is not a number"))),
        }
    }

    fn word(&mut self) -> &str {
        let rest = &self.source[self.at..];
        let known = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_';
        let length = rest.find(|sign: char| !known(sign)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn name(&mut self) -> Result<Expression, FormulaError> {
        let start = self.at;
        let name = self.word().to_owned();
        if !self.takes('(') {
            return Ok(Expression::Measure(name));
        }
        if name == "score" {
            self.peek();
            let code = self.word().to_owned();
            if code.is_empty() {
                return Err(self.error("score( ) needs the code of an indicator"));
            }
            self.expects(')')?;
            return Ok(Expression::Score(code));
        }
        let Some(function) = Function::named(&name) else {
            let known = Function::ALL.map(|(known, _)| known).join(", ");
            let message = format!("unknown function \"{name}\"; known are {known} and score");
            return Err(FormulaError { offset: start, message });
        };
        let mut arguments = vec![self.sum()?];
        while self.takes(',') {
            arguments.push(self.sum()?);
        }
        self.expects(')')?;
        if !function.arguments_fit(arguments.len()) {
            let message = format!("{name} cannot take {} argument(s)", arguments.len());
            return Err(FormulaError { offset: start, message });
        }
        Ok(Expression::Call(function, arguments))
    }
}
