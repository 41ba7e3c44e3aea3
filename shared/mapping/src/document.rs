//! Reads a connection file (TOML) into its type, or lists every fault of it with its line.

use std::fmt;
use std::str::FromStr;

use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Deserialize, ErrorKind, Span, Spanned, Value};

use crate::nearest::hint;
use crate::toml_slip::slip;

/// One thing wrong with a connection file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// 1-based line.
    pub line: usize,
    /// What is wrong and, where it can be said, what would mend it.
    pub what: String,
}

impl Fault {
    /// A fault found after reading, at a `span` of `text`.
    #[must_use]
    pub fn at(text: &str, span: Span, what: impl Into<String>) -> Self {
        Self { line: line_of(text, span), what: what.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// Reads `text` as a `T`. Keys that `T` does not know are faults.
///
/// # Errors
/// All faults, by line.
pub fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, Vec<Fault>> {
    let parsed = toml_span::parse(text).map_err(DeserError::from);
    parsed.and_then(|mut value| T::deserialize(&mut value)).map_err(|error| {
        let mut faults: Vec<Fault> = error.errors.into_iter().flat_map(|error| faults(text, error)).collect();
        faults.sort();
        faults.dedup();
        faults
    })
}

/// Every fault that one error of the TOML reader stands for.
fn faults(text: &str, error: toml_span::Error) -> Vec<Fault> {
    let what = match error.kind {
        ErrorKind::UnexpectedKeys { keys, expected } => {
            let unknown = |key: &str| format!("unknown key `{key}`{}", hint(key, expected.iter().map(String::as_str)));
            return keys.iter().map(|(key, span)| Fault::at(text, *span, unknown(key))).collect();
        }
        ErrorKind::MissingField(key) => format!("the key `{key}` is missing here"),
        ErrorKind::Wanted { expected, found } if error.line_info.is_none() => wanted(text, error.span, expected, found),
        ErrorKind::Custom(what) => what.into_owned(),
        _ => not_toml(text, error.span, &error.to_string()),
    };
    vec![Fault::at(text, error.span, what)]
}

/// A value of another kind than the key takes, with how it is written where that is clear.
fn wanted(text: &str, span: Span, expected: &str, found: &str) -> String {
    let raw = text.get(span.start..span.end).unwrap_or_default().trim_matches('"');
    let mend = match (expected, found) {
        ("string" | "a string", "integer" | "float") => format!("; put it in quotes: `\"{raw}\"`"),
        ("boolean" | "bool", "string") => "; write `true` or `false` without quotes".to_owned(),
        ("array" | "an array", "string") => format!("; put it in brackets: `[\"{raw}\"]`"),
        (number, "string") if raw.parse::<f64>().is_ok() && is_number(number) => "; leave the quotes out".to_owned(),
        _ => String::new(),
    };
    format!("expected {expected}, found {found}{mend}")
}

fn is_number(kind: &str) -> bool {
    matches!(kind, "integer" | "float" | "u8" | "u16" | "u32" | "u64" | "i8" | "i16" | "i32" | "i64" | "f64")
}

/// A text that is no TOML, with what would mend the line where it is one of the usual slips.
fn not_toml(text: &str, span: Span, said: &str) -> String {
    let line = text.lines().nth(line_of(text, span).saturating_sub(1)).unwrap_or_default();
    slip(line).map_or_else(|| said.to_owned(), |mend| format!("this is no TOML: {mend}"))
}

fn line_of(text: &str, span: Span) -> usize {
    1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count()
}

/// A value read from a TOML string by its `FromStr`; the fault is the `FromStr` error's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed<T>(pub T);

impl<'de, T: FromStr<Err: fmt::Display>> Deserialize<'de> for Parsed<T> {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let text = value.take_string(None)?;
        text.parse().map(Self).map_err(|error: T::Err| fault(value.span, error.to_string()))
    }
}

/// A text that a table must have and that must pass `check`; a fault is put beside the table's others.
pub fn required(
    table: &mut TableHelper<'_>,
    key: &'static str,
    check: impl FnOnce(&str) -> Result<(), String>,
) -> Option<String> {
    let text: Spanned<String> = table.required_s(key).ok()?;
    match check(&text.value) {
        Ok(()) => Some(text.value),
        Err(what) => {
            table.errors.extend(fault(text.span, what).errors);
            None
        }
    }
}

/// One of a list of words, each with what the word stands for.
///
/// # Errors
/// A value that is no text, or none of the words.
pub fn one_of<T: Copy>(value: &mut Value<'_>, words: &[(&str, T)]) -> Result<T, DeserError> {
    let text = value.take_string(None)?;
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, known)| *known);
    found.ok_or_else(|| {
        let quoted: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let near = hint(&text, words.iter().map(|(word, _)| *word));
        fault(value.span, format!("`{text}` is none of {}{near}", quoted.join(", ")))
    })
}

/// A fault of one's own at `span`, for [`Deserialize`] implementations.
#[must_use]
pub fn fault(span: Span, what: String) -> DeserError {
    toml_span::Error { kind: ErrorKind::Custom(what.into()), span, line_info: None }.into()
}

/// Reads a table: `fields` takes what it knows (each taken key is then known), and only a table without a fault
/// becomes a value. Faults of all fields are collected, not just the first.
///
/// # Errors
/// All faults of the table.
pub fn table<'de, T>(
    value: &mut Value<'de>,
    fields: impl FnOnce(&mut TableHelper<'de>) -> Option<T>,
) -> Result<T, DeserError> {
    let span = value.span;
    let mut helper = TableHelper::new(value)?;
    let read = fields(&mut helper);
    helper.finalize(None)?;
    read.ok_or_else(|| fault(span, "something in this table is missing".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Door {
        width: u32,
        colour: String,
    }

    impl<'de> Deserialize<'de> for Door {
        fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
            table(value, |door| {
                let (width, colour) = (door.required("width").ok(), door.required("colour").ok());
                Some(Self { width: width?, colour: colour? })
            })
        }
    }

    #[test]
    fn a_whole_document_is_read() {
        assert_eq!(read("width = 90\ncolour = \"red\""), Ok(Door { width: 90, colour: "red".to_owned() }));
    }

    #[test]
    fn every_fault_is_listed_with_its_line() {
        let faults = read::<Door>("# a door\nwidth = \"wide\"\ncolor = \"red\"\nhinge = 1").unwrap_err();
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        line 1: the key `colour` is missing here
        line 2: expected u32, found string
        line 3: unknown key `color`; did you mean `colour`?
        line 4: unknown key `hinge`
        ");
    }

    #[test]
    fn a_value_of_another_kind_is_told_with_how_it_is_written() {
        let faults = |text: &str| {
            let faults = read::<Door>(text).unwrap_err();
            faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(
            faults("width = \"90\"\ncolour = 5"),
            "line 1: expected u32, found string; leave the quotes out\n\
             line 2: expected a string, found integer; put it in quotes: `\"5\"`"
        );
        assert_eq!(
            faults("width = 90\ncolour = 2026-03-01"),
            "line 2: this is no TOML: a date stands in quotes: `\"2026-03-01\"`"
        );
        let said = faults("width = 90\nDoor colour = \"red\"");
        assert!(said.starts_with("line 2: this is no TOML: a key with more than"), "{said}");
    }

    #[test]
    fn text_that_is_no_toml_is_one_fault_at_its_line() {
        let faults = read::<Door>("width = 90\ncolour = = 3").unwrap_err();
        assert_eq!((faults.len(), faults[0].line), (1, 2));
    }
}
