//! The `filter` option: `eq ne gt ge lt le`, `and or not`, parentheses. <https://developer.hellohq.io>, "Filtering".
//!
//! Literals are only those of the guide: quoted strings (a quote is doubled), bare booleans and numbers,
//! `datetime'...'`. Null fits `ne` and nothing else.

use std::iter::Peekable;
use std::vec::IntoIter;

use serde_json::Value;

use super::fields::{Field, Scalar};
use super::tokens::{Token, tokens};

/// Deeper than anyone writes, and shallow enough for the stack.
const DEEPEST: usize = 32;

/// A condition on a row.
#[derive(Debug)]
pub(super) enum Filter {
    Any(Vec<Filter>),
    All(Vec<Filter>),
    Not(Box<Filter>),
    Compare(&'static Field, Operator, Scalar),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

impl Filter {
    /// Reads a filter on these properties; the error says what is wrong with it.
    pub(super) fn read(text: &str, fields: &'static [Field]) -> Result<Self, String> {
        let mut parser = Parser { tokens: tokens(text)?.into_iter().peekable(), fields, depth: 0 };
        let filter = parser.any()?;
        match parser.tokens.next() {
            None => Ok(filter),
            Some(token) => Err(format!("{token} is not expected here.")),
        }
    }

    /// Whether the row stays.
    pub(super) fn fits(&self, row: &Value) -> bool {
        match self {
            Self::Any(parts) => parts.iter().any(|part| part.fits(row)),
            Self::All(parts) => parts.iter().all(|part| part.fits(row)),
            Self::Not(part) => !part.fits(row),
            Self::Compare(field, operator, literal) => operator.holds(field.of(row).as_ref(), literal),
        }
    }
}

impl Operator {
    fn read(word: &str) -> Option<Self> {
        match word {
            "eq" => Some(Self::Eq),
            "ne" => Some(Self::Ne),
            "gt" => Some(Self::Gt),
            "ge" => Some(Self::Ge),
            "lt" => Some(Self::Lt),
            "le" => Some(Self::Le),
            _ => None,
        }
    }

    fn holds(self, value: Option<&Scalar>, literal: &Scalar) -> bool {
        match self {
            Self::Eq => value == Some(literal),
            Self::Ne => value != Some(literal),
            Self::Gt => value.is_some_and(|value| value > literal),
            Self::Ge => value.is_some_and(|value| value >= literal),
            Self::Lt => value.is_some_and(|value| value < literal),
            Self::Le => value.is_some_and(|value| value <= literal),
        }
    }
}

struct Parser {
    tokens: Peekable<IntoIter<Token>>,
    fields: &'static [Field],
    depth: usize,
}

impl Parser {
    fn any(&mut self) -> Result<Filter, String> {
        let mut parts = vec![self.all()?];
        while self.took("or") {
            parts.push(self.all()?);
        }
        Ok(Filter::Any(parts))
    }

    fn all(&mut self) -> Result<Filter, String> {
        let mut parts = vec![self.one()?];
        while self.took("and") {
            parts.push(self.one()?);
        }
        Ok(Filter::All(parts))
    }

    fn one(&mut self) -> Result<Filter, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("The filter is nested too deeply.".to_owned());
        }
        let filter = if self.took("not") {
            Filter::Not(Box::new(self.one()?))
        } else if self.tokens.next_if_eq(&Token::Open).is_some() {
            self.parenthesised()?
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(filter)
    }

    fn parenthesised(&mut self) -> Result<Filter, String> {
        let filter = self.any()?;
        self.tokens.next_if_eq(&Token::Close).ok_or("A closing parenthesis is missing.")?;
        Ok(filter)
    }

    fn comparison(&mut self) -> Result<Filter, String> {
        let name = self.word("A property")?;
        let field = Field::find(self.fields, &name).ok_or_else(|| format!("There is no property {name}."))?;
        let operator = self.word("An operator")?;
        let operator = Operator::read(&operator).ok_or_else(|| format!("There is no operator {operator}."))?;
        let literal = self.literal()?;
        if literal.kind() == field.kind {
            Ok(Filter::Compare(field, operator, literal))
        } else {
            Err(format!("{name} cannot be compared with such a value."))
        }
    }

    fn literal(&mut self) -> Result<Scalar, String> {
        let word = match self.tokens.next() {
            Some(Token::Text(text)) => return Ok(Scalar::Text(text)),
            Some(Token::When(when)) => return Ok(when),
            Some(Token::Word(word)) => word,
            _ => return Err("A value is missing.".to_owned()),
        };
        match word.as_str() {
            "true" => Ok(Scalar::Flag(true)),
            "false" => Ok(Scalar::Flag(false)),
            number => bare_number(number).ok_or_else(|| format!("{word} is not a value.")),
        }
    }

    fn word(&mut self, what: &str) -> Result<String, String> {
        match self.tokens.next() {
            Some(Token::Word(word)) => Ok(word),
            _ => Err(format!("{what} is missing.")),
        }
    }

    fn took(&mut self, word: &str) -> bool {
        self.tokens.next_if(|token| matches!(token, Token::Word(found) if found == word)).is_some()
    }
}

/// Digits with a sign and a point; Rust's `inf` and `NaN` are none.
fn bare_number(word: &str) -> Option<Scalar> {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte));
    word.parse().ok().filter(|_| digits).map(Scalar::Number)
}
