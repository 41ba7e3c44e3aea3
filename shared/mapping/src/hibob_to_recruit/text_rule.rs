//! What one text of Recruit is made of.

use std::collections::BTreeMap;
use std::fmt;

use toml_span::de_helpers::TableHelper;
use toml_span::value::ValueInner;
use toml_span::{DeserError, Deserialize, Span, Spanned, Value};
use vendors::hibob::model::{Cell, FieldId};
use vendors::text::{cleaned, folded};

use super::row::Row;
use crate::document::{Parsed, fault, one_of, table};

/// What one text of Recruit is made of: fields of HiBob, the first that holds something, or a fixed text. In a file, a
/// mere text is a fixed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextRule {
    pub(super) source: TextSource,
    /// What HiBob's words become. Empty: each word stays as it is.
    pub(super) words: BTreeMap<String, String>,
    /// The text where HiBob has none.
    pub(super) default: Option<String>,
    /// What a word does that `words` does not name.
    pub(super) on_unknown: OnUnknown,
    /// Only what stands before this text counts.
    pub(super) until: Option<String>,
    /// Which text of a field counts.
    pub(super) reads: Reads,
}

/// Which text of a field counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Reads {
    /// What HiBob's page shows, else the value.
    #[default]
    Shown,
    /// The value: a page spells days for its readers.
    Value,
}

/// Where a text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TextSource {
    Fixed(String),
    Fields(Vec<FieldId>),
}

/// What a word does that the table of words does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum OnUnknown {
    /// The record is not mapped, and the owner is told.
    #[default]
    Problem,
    /// The default is taken.
    Default,
    /// The word stays as it is.
    Keep,
    /// The target stays empty, and the owner is told.
    Tell,
}

/// What a rule makes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Made {
    Text(String),
    Nothing,
    /// The word is not in the table of words. `is_optional`: the target stays empty all the same.
    Unknown {
        word: String,
        is_optional: bool,
    },
}

impl TextRule {
    /// The text of these fields, as it stands in HiBob.
    pub(super) fn of_fields(fields: impl IntoIterator<Item = FieldId>) -> Self {
        Self {
            source: TextSource::Fields(fields.into_iter().collect()),
            words: BTreeMap::new(),
            default: None,
            on_unknown: OnUnknown::Problem,
            until: None,
            reads: Reads::Shown,
        }
    }

    /// The same for a day: its value counts.
    pub(super) fn of_value(self) -> Self {
        Self { reads: Reads::Value, ..self }
    }

    /// The fields that the rule reads.
    pub(super) fn fields(&self) -> &[FieldId] {
        match &self.source {
            TextSource::Fixed(_) => &[],
            TextSource::Fields(fields) => fields,
        }
    }

    /// Whether HiBob shows all of the fields, be they empty. A field that is not shown says nothing.
    pub(super) fn is_shown(&self, row: Row<'_>) -> bool {
        self.fields().iter().all(|field| row.cell(field).is_some())
    }

    /// The texts that the file itself gives.
    fn texts(&self) -> impl Iterator<Item = &String> {
        let fixed = match &self.source {
            TextSource::Fixed(text) => Some(text),
            TextSource::Fields(_) => None,
        };
        fixed.into_iter().chain(self.words.values()).chain(&self.default)
    }

    /// What the rule makes of a row.
    pub(super) fn find(&self, row: Row<'_>) -> Made {
        let fields = match &self.source {
            TextSource::Fixed(text) => return Made::Text(text.clone()),
            TextSource::Fields(fields) => fields,
        };
        let found = fields.iter().filter_map(|field| row.cell(field)).find_map(|cell| self.shown(cell));
        match found {
            Some((text, value)) => self.translated(text, &value),
            None => self.default.clone().map_or(Made::Nothing, Made::Text),
        }
    }

    /// The text that counts, and what HiBob keeps; `None`: the cell is empty.
    fn shown(&self, cell: &Cell) -> Option<(String, String)> {
        let value = cell.text()?;
        let label = cell.label().filter(|_| self.reads == Reads::Shown);
        let text = label.map_or_else(|| value.clone(), ToOwned::to_owned);
        let text = match &self.until {
            Some(until) => text.split(until.as_str()).next().unwrap_or_default(),
            None => &text,
        };
        let text = cleaned(text);
        (!text.is_empty()).then_some((text, value))
    }

    fn translated(&self, text: String, value: &str) -> Made {
        if self.words.is_empty() {
            return Made::Text(text);
        }
        let is_meant = |word: &&String| same(word, &text) || same(word, value);
        if let Some(word) = self.words.keys().find(is_meant) {
            return self.words.get(word).cloned().map_or(Made::Nothing, Made::Text);
        }
        match (self.on_unknown, &self.default) {
            (OnUnknown::Keep, _) => Made::Text(text),
            (OnUnknown::Default, Some(default)) => Made::Text(default.clone()),
            (OnUnknown::Default, None) => Made::Nothing,
            (OnUnknown::Tell, _) => Made::Unknown { word: text, is_optional: true },
            (OnUnknown::Problem, _) => Made::Unknown { word: text, is_optional: false },
        }
    }
}

/// Whether two words are alike but for case, blanks and what nobody sees.
fn same(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// A rule whose own texts must all pass `check`: a wrong one is found before deployment.
pub(super) fn checked<E: fmt::Display>(
    table: &mut TableHelper<'_>,
    key: &'static str,
    check: impl Fn(&str) -> Result<(), E>,
) -> Option<TextRule> {
    let rule: Spanned<TextRule> = table.optional_s(key)?;
    for text in rule.value.texts() {
        if let Err(error) = check(text) {
            table.errors.extend(fault(rule.span, format!("`{key}` cannot be `{text}`: {error}")).errors);
        }
    }
    Some(rule.value)
}

impl<'de> Deserialize<'de> for TextRule {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        if value.as_str().is_some() {
            let Filled(text) = Filled::deserialize(value)?;
            return Ok(Self { source: TextSource::Fixed(text), ..Self::of_fields([]) });
        }
        table(value, |rule| {
            check_companions(rule, span);
            let source = source(rule, span);
            let words: Option<Words> = rule.optional("words");
            let default: Option<Filled> = rule.optional("default");
            let on_unknown = rule.optional("on_unknown").unwrap_or_default();
            let until: Option<Filled> = rule.optional("until");
            if on_unknown == OnUnknown::Default && default.is_none() {
                rule.errors.extend(fault(span, "`on_unknown = \"default\"` needs a `default`".to_owned()).errors);
            }
            Some(Self {
                source: source?,
                words: words.unwrap_or_default().0,
                default: default.map(|text| text.0),
                on_unknown,
                until: until.map(|text| text.0),
                reads: Reads::default(),
            })
        })
    }
}

/// A key that could do nothing is a fault: whoever wrote it meant something.
fn check_companions(rule: &mut TableHelper<'_>, span: Span) {
    let given: Vec<&str> =
        ["words", "default", "on_unknown", "until"].into_iter().filter(|key| rule.contains(key)).collect();
    let mut faults = Vec::new();
    if rule.contains("text") {
        faults.extend(given.iter().map(|key| format!("`{key}` goes with `field` or `fields`")));
    } else if given.contains(&"on_unknown") && !given.contains(&"words") {
        faults.push("`on_unknown` goes with `words`".to_owned());
    }
    rule.errors.extend(faults.into_iter().flat_map(|what| fault(span, what).errors));
}

/// A text that is not empty.
struct Filled(String);

impl<'de> Deserialize<'de> for Filled {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        let text = String::deserialize(value)?;
        if text.is_empty() { Err(fault(span, "must not be empty".to_owned())) } else { Ok(Self(text)) }
    }
}

fn source(rule: &mut TableHelper<'_>, span: Span) -> Option<TextSource> {
    let given = ["field", "fields", "text"].into_iter().filter(|key| rule.contains(key)).count();
    let text: Option<Filled> = rule.optional("text");
    let field: Option<Parsed<FieldId>> = rule.optional("field");
    let fields: Option<Vec<Parsed<FieldId>>> = rule.optional("fields");
    if fields.as_ref().is_some_and(Vec::is_empty) {
        rule.errors.extend(fault(span, "`fields` lists at least one field".to_owned()).errors);
    }
    if given != 1 {
        rule.errors.extend(fault(span, "one of `field`, `fields`, `text` is needed".to_owned()).errors);
        return None;
    }
    let listed =
        field.map(|field| vec![field.0]).or_else(|| fields.map(|fields| fields.into_iter().map(|it| it.0).collect()));
    text.map(|text| TextSource::Fixed(text.0)).or(listed.map(TextSource::Fields))
}

/// A table of words.
#[derive(Default)]
pub(super) struct Words(pub(super) BTreeMap<String, String>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        let ValueInner::Table(rows) = value.take() else {
            return Err(fault(span, "a table of words is needed".to_owned()));
        };
        let mut words = BTreeMap::new();
        let mut errors = Vec::new();
        for (key, mut value) in rows {
            match Filled::deserialize(&mut value) {
                Ok(word) => {
                    words.insert(key.name.into_owned(), word.0);
                }
                Err(error) => errors.extend(error.errors),
            }
        }
        if errors.is_empty() { Ok(Self(words)) } else { Err(DeserError { errors }) }
    }
}

impl<'de> Deserialize<'de> for OnUnknown {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let words =
            [("problem", Self::Problem), ("default", Self::Default), ("keep", Self::Keep), ("tell", Self::Tell)];
        one_of(value, &words)
    }
}
