//! A filter's words: parentheses, brackets, bare words, and texts as JSON writes them.

use super::problem::Problem;

/// One word of a filter.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    Word(String),
    Text(String),
}

/// Cuts a filter into words.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Problem> {
    let mut rest = text.trim_start();
    let mut found = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            '[' => (Token::OpenBracket, 1),
            ']' => (Token::CloseBracket, 1),
            '"' => quoted(rest)?,
            _ => word(rest),
        };
        found.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(found)
}

fn word(text: &str) -> (Token, usize) {
    let length = text.find(|next: char| next.is_whitespace() || "()[]\"".contains(next)).unwrap_or(text.len());
    (Token::Word(text.get(..length).unwrap_or_default().to_owned()), length)
}

/// A text up to its closing quote; a backslash takes the meaning from what follows it.
fn quoted(text: &str) -> Result<(Token, usize), Problem> {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, next)| {
        let closes = *next == '"' && !escaped;
        escaped = *next == '\\' && !escaped;
        closes
    });
    let (end, _) = end.ok_or_else(|| Problem::filter("A closing quote is missing."))?;
    let literal = text.get(..=end).unwrap_or_default();
    let text = serde_json::from_str(literal).map_err(|_| Problem::filter(format!("{literal} is not a value.")))?;
    Ok((Token::Text(text), literal.len()))
}
