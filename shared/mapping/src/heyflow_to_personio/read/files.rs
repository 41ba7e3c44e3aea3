//! `[[application.files]]`: which inputs hold which documents.

use std::collections::BTreeSet;

use toml_span::de_helpers::{TableHelper, expected};
use toml_span::value::ValueInner;
use toml_span::{DeserError, Deserialize, Spanned, Value};
use vendors::personio::model::FileCategory;

use super::names::named;
use crate::document::{fault, table};
use crate::heyflow_to_personio::file_rule::FileRule;

/// A row, its inputs still with their places in the file.
struct FileRow {
    category: FileCategory,
    inputs: Vec<Spanned<String>>,
}

impl<'de> Deserialize<'de> for FileRow {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |fields| {
            let category = category(fields);
            let one = fields.contains("input") != fields.contains("inputs");
            let input: Option<Spanned<String>> = fields.optional_s("input");
            let inputs: Option<Vec<Spanned<String>>> = fields.optional("inputs");
            let empty = inputs.as_ref().is_some_and(Vec::is_empty);
            if !one || empty {
                let what = "needs either `input` or `inputs`, with at least one".to_owned();
                fields.errors.extend(fault(span, what).errors);
            }
            let inputs = inputs.unwrap_or_default().into_iter().chain(input).collect();
            Some(Self { category: category?, inputs })
        })
    }
}

fn category(fields: &mut TableHelper<'_>) -> Option<FileCategory> {
    let name: Spanned<String> = fields.required_s("category").ok()?;
    let read = named(FileCategory::ALL, &name, "Personio's categories");
    read.map_err(|error| fields.errors.extend(error.errors)).ok()
}

/// The rules about files. Every input is attached once at most.
pub(crate) fn file_rules(fields: &mut TableHelper<'_>) -> Vec<FileRule> {
    let rows = rows(fields);
    let mut taken = BTreeSet::new();
    for input in rows.iter().flat_map(|row| &row.inputs) {
        if input.value.trim().is_empty() {
            fields.errors.extend(fault(input.span, "must not be empty".to_owned()).errors);
        } else if !taken.insert(&input.value) {
            let what = format!("the input `{}` is attached already", input.value);
            fields.errors.extend(fault(input.span, what).errors);
        }
    }
    rows.into_iter().map(file_rule).collect()
}

fn file_rule(row: FileRow) -> FileRule {
    let inputs = row.inputs.into_iter().map(|input| input.value).collect();
    FileRule { category: row.category, inputs }
}

/// The sound rows: one that is not does not hide what is wrong with the others.
fn rows(fields: &mut TableHelper<'_>) -> Vec<FileRow> {
    let Some((_, mut value)) = fields.take("files") else { return Vec::new() };
    let rows = match value.take() {
        ValueInner::Array(rows) => rows,
        other => {
            fields.errors.push(expected("an array of tables", other, value.span));
            return Vec::new();
        }
    };
    let read = rows.into_iter().map(|mut row| FileRow::deserialize(&mut row));
    read.filter_map(|row| row.map_err(|error| fields.errors.extend(error.errors)).ok()).collect()
}
