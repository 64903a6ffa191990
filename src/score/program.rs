//! A formula with its names looked up once: measures as columns, scores as indicators. It comes to what
//! [`Formula::evaluate`](crate::model::formula::Formula::evaluate) comes to, without a search per unit.

use crate::model::formula::{Expression, Formula, Function, Operator};

/// Why there is no number. The first obstacle from left to right decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// A measure has no value.
    MissingMeasure,
    /// An indicator has no score.
    MissingScore,
    /// A division by zero.
    ZeroDenominator,
    /// Logarithm of zero or less, root of less than zero, or a number too large to hold.
    Undefined,
}

/// A part of a formula.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    Number(f64),
    /// Index into [`Program::measures`].
    Measure(usize),
    /// Index into [`Program::scores`].
    Score(usize),
    Negative(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
}

/// A formula ready to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    /// The formula but for a division at its root, whose right side is `below`.
    above: Node,
    below: Option<Node>,
    /// Codes of its measures, ascending.
    pub measures: Vec<String>,
    /// Codes of the indicators whose scores it uses, ascending.
    pub scores: Vec<String>,
}

/// What a formula comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// The number.
    pub outcome: Result<f64, Obstacle>,
    /// Left side of the division at the root, where there is one and it has a value.
    pub numerator: Option<f64>,
    /// Right side of it.
    pub denominator: Option<f64>,
}

impl Program {
    /// Looks the names of a formula up.
    pub fn new(formula: &Formula) -> Program {
        let measures: Vec<String> = formula.measures().into_iter().map(str::to_owned).collect();
        let scores: Vec<String> = formula.scores().into_iter().map(str::to_owned).collect();
        let node = |expression: &Expression| node(expression, &measures, &scores);
        let (above, below) = match formula.division() {
            Some((above, below)) => (node(above), Some(node(below))),
            None => (node(formula.root()), None),
        };
        Program { above, below, measures, scores }
    }

    /// Runs it. The two give the value of a measure and of a score by its index in the program.
    #[inline]
    pub fn run(&self, measure: impl Fn(usize) -> Option<f64>, score: impl Fn(usize) -> Option<f64>) -> Value {
        // Most sides are one measure: no walk for those.
        let side = |node: &Node| match node {
            Node::Measure(at) => held(measure(*at).ok_or(Obstacle::MissingMeasure)?),
            _ => node.run(&measure, &score),
        };
        let above = side(&self.above);
        let Some(below) = self.below.as_ref().map(side) else {
            return Value { outcome: above, numerator: None, denominator: None };
        };
        let outcome = above.and_then(|above| divided(above, below?));
        Value { outcome, numerator: above.ok(), denominator: below.ok() }
    }

    /// The count that a value rests on. A ratio is as shaky as what it divides by, and anything made of publications as
    /// their number, so the first of these that there is: publications below the line, publications above it, everything
    /// below it, everything.
    #[inline]
    pub fn count(&self, of_measure: impl Fn(usize) -> u64, of_publications: &[bool]) -> Option<u64> {
        let published = |at: usize| of_publications[at].then(|| of_measure(at));
        let any = |at: usize| Some(of_measure(at));
        let below = self.below.as_ref();
        if let (Node::Measure(above), Some(Node::Measure(below))) = (&self.above, below) {
            let at = if of_publications[*above] && !of_publications[*below] { *above } else { *below };
            return Some(of_measure(at));
        }
        below
            .and_then(|below| below.count(&published))
            .or_else(|| self.above.count(&published))
            .or_else(|| below.and_then(|below| below.count(&any)))
            .or_else(|| self.above.count(&any))
    }
}

fn node(expression: &Expression, measures: &[String], scores: &[String]) -> Node {
    // Each code is in the list that was made of the same tree.
    let at = |codes: &[String], code: &String| codes.binary_search(code).unwrap_or(usize::MAX);
    let inner = |part: &Expression| node(part, measures, scores);
    match expression {
        Expression::Number(number) => Node::Number(*number),
        Expression::Measure(code) => Node::Measure(at(measures, code)),
        Expression::Score(code) => Node::Score(at(scores, code)),
        Expression::Negative(part) => Node::Negative(Box::new(inner(part))),
        Expression::Binary(operator, left, right) => {
            Node::Binary(*operator, Box::new(inner(left)), Box::new(inner(right)))
        }
        Expression::Call(function, parts) => Node::Call(*function, parts.iter().map(inner).collect()),
    }
}

fn held(number: f64) -> Result<f64, Obstacle> {
    if number.is_finite() { Ok(number) } else { Err(Obstacle::Undefined) }
}

fn divided(above: f64, below: f64) -> Result<f64, Obstacle> {
    if below == 0.0 { Err(Obstacle::ZeroDenominator) } else { held(above / below) }
}

impl Node {
    fn run<M, S>(&self, measure: &M, score: &S) -> Result<f64, Obstacle>
    where
        M: Fn(usize) -> Option<f64>,
        S: Fn(usize) -> Option<f64>,
    {
        match self {
            Node::Number(number) => Ok(*number),
            Node::Measure(at) => held(measure(*at).ok_or(Obstacle::MissingMeasure)?),
            Node::Score(at) => held(score(*at).ok_or(Obstacle::MissingScore)?),
            Node::Negative(part) => part.run(measure, score).map(|value| -value),
            Node::Binary(operator, left, right) => {
                let (left, right) = (left.run(measure, score)?, right.run(measure, score)?);
                match operator {
                    Operator::Add => held(left + right),
                    Operator::Subtract => held(left - right),
                    Operator::Multiply => held(left * right),
                    Operator::Divide => divided(left, right),
                }
            }
            Node::Call(function, parts) => {
                let mut values = Vec::with_capacity(parts.len());
                for part in parts {
                    values.push(part.run(measure, score)?);
                }
                // The parser has checked the number of arguments.
                let first = values.first().copied().ok_or(Obstacle::Undefined)?;
                match function {
                    Function::Ln if first <= 0.0 => Err(Obstacle::Undefined),
                    Function::Ln => held(libm::log(first)),
                    Function::Sqrt if first < 0.0 => Err(Obstacle::Undefined),
                    Function::Sqrt => held(first.sqrt()),
                    Function::Square => held(first * first),
                    Function::Min => held(values.iter().copied().fold(first, f64::min)),
                    Function::Max => held(values.iter().copied().fold(first, f64::max)),
                }
            }
        }
    }

    /// A sum or difference rests on both its terms together, everything else on the smaller.
    fn count<M: Fn(usize) -> Option<u64>>(&self, of_measure: &M) -> Option<u64> {
        match self {
            Node::Number(_) | Node::Score(_) => None,
            Node::Measure(at) => of_measure(*at),
            Node::Negative(part) => part.count(of_measure),
            Node::Binary(operator, left, right) => match (left.count(of_measure), right.count(of_measure), operator) {
                (Some(left), Some(right), Operator::Add | Operator::Subtract) => Some(left.saturating_add(right)),
                (Some(left), Some(right), _) => Some(left.min(right)),
                (left, right, _) => left.or(right),
            },
            Node::Call(_, parts) => parts.iter().filter_map(|part| part.count(of_measure)).min(),
        }
    }
}
