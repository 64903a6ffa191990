//! Reading a formula: recursive descent over the grammar in the head of the module above.

use crate::model::formula::{Expression, FormulaError, Function, Operator};

/// Deepest nesting of parentheses, functions and signs.
const DEEPEST: usize = 64;

/// The tree of a whole text.
pub(super) fn expression(source: &str) -> Result<Expression, FormulaError> {
    let mut parser = Parser { source, at: 0, depth: 0 };
    let root = parser.sum()?;
    match parser.peek() {
        None => Ok(root),
        Some(sign) => Err(parser.error(format!("expected an operator or the end, found \"{sign}\""))),
    }
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
