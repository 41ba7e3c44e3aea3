//! Filters: `eq ne co sw ew gt ge lt le pr`, `and or not`, parentheses and `emails[...]`. RFC 7644, section 3.4.2.2.

use std::iter::Peekable;
use std::vec::IntoIter;

use serde_json::Value;

use super::attributes::{Attribute, Kind};
use super::field::Field;
use super::lexer::{Token, tokens};
use super::problem::Problem;
use super::resource::Attributes;

/// Deeper than anyone writes, and shallow enough for the stack.
const DEEPEST: usize = 32;

/// A condition on a user, or on one value of a list.
#[derive(Debug)]
pub(super) enum Filter {
    Any(Vec<Filter>),
    All(Vec<Filter>),
    Not(Box<Filter>),
    Present(Field),
    Compare {
        field: Field,
        operator: Operator,
        literal: Literal,
        exact: bool,
    },
    /// One of the values fits.
    Within(Field, Box<Filter>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Eq,
    Ne,
    Co,
    Sw,
    Ew,
    Gt,
    Ge,
    Lt,
    Le,
}

/// What a value is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    Text(String),
    Flag(bool),
    Null,
}

/// Whose names stand in the filter.
#[derive(Clone, Copy)]
pub(super) enum Scope {
    User,
    Parts(&'static [Attribute]),
}

impl Filter {
    /// Reads a filter. With `exact` the case of letters counts everywhere.
    pub(super) fn read(text: &str, scope: Scope, exact: bool) -> Result<Self, Problem> {
        let mut parser = Parser { tokens: tokens(text)?.into_iter().peekable(), exact, depth: 0 };
        let filter = parser.any(scope)?;
        match parser.tokens.next() {
            None => Ok(filter),
            Some(_) => Err(Problem::filter("The filter does not end where it should.")),
        }
    }

    /// Whether the resource stays.
    pub(super) fn fits(&self, resource: &Attributes) -> bool {
        match self {
            Self::Any(parts) => parts.iter().any(|part| part.fits(resource)),
            Self::All(parts) => parts.iter().all(|part| part.fits(resource)),
            Self::Not(part) => !part.fits(resource),
            Self::Present(field) => !field.values(resource).is_empty(),
            Self::Compare { field, operator, literal, exact } => {
                operator.holds(&field.values(resource), literal, *exact)
            }
            Self::Within(field, filter) => {
                let whole = Field { part: None, ..*field };
                let held = resource.get(whole.attribute.name).and_then(Value::as_array);
                held.is_some_and(|items| items.iter().filter_map(Value::as_object).any(|item| filter.fits(item)))
            }
        }
    }

    /// Whether the filter looks at this attribute.
    pub(super) fn names(&self, attribute: &str) -> bool {
        match self {
            Self::Any(parts) | Self::All(parts) => parts.iter().any(|part| part.names(attribute)),
            Self::Not(part) => part.names(attribute),
            Self::Present(field) | Self::Compare { field, .. } | Self::Within(field, _) => {
                field.attribute.name == attribute
            }
        }
    }
}

impl Operator {
    fn read(word: &str) -> Option<Self> {
        let known = [
            ("eq", Self::Eq),
            ("ne", Self::Ne),
            ("co", Self::Co),
            ("sw", Self::Sw),
            ("ew", Self::Ew),
            ("gt", Self::Gt),
            ("ge", Self::Ge),
            ("lt", Self::Lt),
            ("le", Self::Le),
        ];
        known.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, operator)| operator)
    }

    /// Whether one of the values compares so; "not equal" is that none is equal.
    fn holds(self, values: &[&Value], literal: &Literal, exact: bool) -> bool {
        match self {
            Self::Ne => !Self::Eq.holds(values, literal, exact),
            _ if *literal == Literal::Null => values.is_empty() && self == Self::Eq,
            _ => values.iter().any(|value| self.compares(value, literal, exact)),
        }
    }

    fn compares(self, value: &Value, literal: &Literal, exact: bool) -> bool {
        match (value, literal) {
            (Value::Bool(value), Literal::Flag(literal)) => value == literal,
            (Value::String(value), Literal::Text(literal)) if exact => self.texts(value, literal),
            (Value::String(value), Literal::Text(literal)) => {
                self.texts(&value.to_lowercase(), &literal.to_lowercase())
            }
            _ => false,
        }
    }

    fn texts(self, value: &str, literal: &str) -> bool {
        match self {
            Self::Eq => value == literal,
            Self::Ne => value != literal,
            Self::Co => value.contains(literal),
            Self::Sw => value.starts_with(literal),
            Self::Ew => value.ends_with(literal),
            Self::Gt => value > literal,
            Self::Ge => value >= literal,
            Self::Lt => value < literal,
            Self::Le => value <= literal,
        }
    }
}

struct Parser {
    tokens: Peekable<IntoIter<Token>>,
    exact: bool,
    depth: usize,
}

impl Parser {
    fn any(&mut self, scope: Scope) -> Result<Filter, Problem> {
        let mut parts = vec![self.all(scope)?];
        while self.took("or") {
            parts.push(self.all(scope)?);
        }
        Ok(Filter::Any(parts))
    }

    fn all(&mut self, scope: Scope) -> Result<Filter, Problem> {
        let mut parts = vec![self.one(scope)?];
        while self.took("and") {
            parts.push(self.one(scope)?);
        }
        Ok(Filter::All(parts))
    }

    fn one(&mut self, scope: Scope) -> Result<Filter, Problem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Problem::filter("The filter is nested too deeply."));
        }
        let filter = if self.took("not") {
            self.expect(&Token::Open)?;
            Filter::Not(Box::new(self.enclosed(scope, &Token::Close)?))
        } else if self.tokens.next_if_eq(&Token::Open).is_some() {
            self.enclosed(scope, &Token::Close)?
        } else {
            self.condition(scope)?
        };
        self.depth -= 1;
        Ok(filter)
    }

    fn enclosed(&mut self, scope: Scope, close: &Token) -> Result<Filter, Problem> {
        let filter = self.any(scope)?;
        self.expect(close)?;
        Ok(filter)
    }

    fn condition(&mut self, scope: Scope) -> Result<Filter, Problem> {
        let name = self.word("An attribute")?;
        let field = match scope {
            Scope::User => Field::read(&name),
            Scope::Parts(parts) => Field::among(parts, &name),
        };
        let field = field.ok_or_else(|| Problem::filter(format!("There is no attribute {name}.")))?;
        if self.tokens.next_if_eq(&Token::OpenBracket).is_some() {
            let parts = Scope::Parts(field.attribute.parts());
            return Ok(Filter::Within(field, Box::new(self.enclosed(parts, &Token::CloseBracket)?)));
        }
        let operator = self.word("An operator")?;
        if operator.eq_ignore_ascii_case("pr") {
            return Ok(Filter::Present(field));
        }
        let read =
            Operator::read(&operator).ok_or_else(|| Problem::filter(format!("There is no operator {operator}.")))?;
        let literal = self.literal()?;
        let simple = field.simple().filter(|simple| comparable(simple.kind, read, &literal));
        let simple = simple.ok_or_else(|| Problem::filter(format!("{name} {operator} takes no such value.")))?;
        Ok(Filter::Compare { field, operator: read, literal, exact: self.exact || simple.exact })
    }

    fn literal(&mut self) -> Result<Literal, Problem> {
        match self.tokens.next() {
            Some(Token::Text(text)) => Ok(Literal::Text(text)),
            Some(Token::Word(word)) if word == "true" || word == "false" => Ok(Literal::Flag(word == "true")),
            Some(Token::Word(word)) if word == "null" => Ok(Literal::Null),
            _ => Err(Problem::filter("A value is missing, or a text has no quotes.")),
        }
    }

    fn word(&mut self, what: &str) -> Result<String, Problem> {
        match self.tokens.next() {
            Some(Token::Word(word)) => Ok(word),
            _ => Err(Problem::filter(format!("{what} is missing."))),
        }
    }

    fn took(&mut self, word: &str) -> bool {
        self.tokens.next_if(|token| matches!(token, Token::Word(found) if found.eq_ignore_ascii_case(word))).is_some()
    }

    fn expect(&mut self, token: &Token) -> Result<(), Problem> {
        self.tokens.next_if_eq(token).map(drop).ok_or_else(|| Problem::filter("A parenthesis is missing."))
    }
}

fn comparable(kind: Kind, operator: Operator, literal: &Literal) -> bool {
    let equality = matches!(operator, Operator::Eq | Operator::Ne);
    match literal {
        Literal::Null => equality,
        Literal::Flag(_) => equality && matches!(kind, Kind::Flag),
        Literal::Text(_) => !matches!(kind, Kind::Flag | Kind::Complex(_)),
    }
}
