//! A filter's words: parentheses, names and bare values, quoted texts, and `datetime'...'`.

use std::fmt;
use std::iter::Peekable;
use std::str::Chars;

use super::fields::Scalar;

/// One word of a filter.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Open,
    Close,
    Word(String),
    Text(String),
    When(Scalar),
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("An opening parenthesis"),
            Self::Close => f.write_str("A closing parenthesis"),
            Self::Word(word) => f.write_str(word),
            Self::Text(_) | Self::When(_) => f.write_str("A value"),
        }
    }
}

/// Cuts a filter into words; the error says what is wrong with it.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut chars = text.chars().peekable();
    let mut found = Vec::new();
    while let Some(next) = chars.peek().copied() {
        let token = match next {
            ' ' => {
                chars.next();
                continue;
            }
            '(' | ')' => {
                chars.next();
                if next == '(' { Token::Open } else { Token::Close }
            }
            '\'' => Token::Text(quoted(&mut chars)?),
            _ => word(&mut chars)?,
        };
        found.push(token);
    }
    Ok(found)
}

/// A word up to a blank or a parenthesis. A quote may follow only `datetime`.
fn word(chars: &mut Peekable<Chars<'_>>) -> Result<Token, String> {
    let mut word = String::new();
    while let Some(next) = chars.next_if(|next| !" ()'".contains(*next)) {
        word.push(next);
    }
    match chars.peek() {
        Some('\'') if word == "datetime" => {
            let text = quoted(chars)?;
            Scalar::when(&text).map(Token::When).ok_or_else(|| format!("{text} is not a date and time."))
        }
        Some('\'') => Err(format!("A quote is not expected after {word}.")),
        _ => Ok(Token::Word(word)),
    }
}

/// A text between single quotes; two of them stand for one.
fn quoted(chars: &mut Peekable<Chars<'_>>) -> Result<String, String> {
    let mut text = String::new();
    chars.next();
    while let Some(next) = chars.next() {
        if next != '\'' {
            text.push(next);
        } else if chars.next_if_eq(&'\'').is_some() {
            text.push('\'');
        } else {
            return Ok(text);
        }
    }
    Err("A closing quote is missing.".to_owned())
}
