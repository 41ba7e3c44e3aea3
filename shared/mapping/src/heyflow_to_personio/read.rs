//! Reads `[application]`.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use toml_span::de_helpers::{TableHelper, expected};
use toml_span::value::ValueInner;
use toml_span::{DeserError, Deserialize, ErrorKind, Span, Spanned, Value};
use vendors::personio::model::{AttributeId, FileCategory, Phase, SystemPhase};

use super::Rules;
use super::files::FileRule;
use super::source::Source;
use super::target::{Target, parsed};
use crate::document::{fault, table};
use crate::nearest::hint;

/// Where both vendors are at home.
const DEFAULT_ZONE: &str = "Europe/Berlin";

impl<'de> Deserialize<'de> for Rules {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |it| {
            let first_name = required(it, span, "first_name", Target::Text);
            let last_name = required(it, span, "last_name", Target::Text);
            let email = required(it, span, "email", Target::Email);
            let job_position_id = required(it, span, "job_position_id", Target::Job);
            let recruiting_channel_id = optional(it, "recruiting_channel_id", Target::Channel);
            let external_posting_id = optional(it, "external_posting_id", Target::Text);
            let message = optional(it, "message", Target::Text);
            let application_date = optional(it, "application_date", Target::Day);
            let time_zone = time_zone(it);
            let phase = it.optional::<InitialPhase>("phase").map(|phase| phase.0);
            let tags: Option<Vec<Tag>> = it.optional("tags");
            let attributes: Option<Attributes> = it.optional("attributes");
            let files = files(it);
            Some(Self {
                first_name: first_name?,
                last_name: last_name?,
                email: email?,
                job_position_id: job_position_id?,
                recruiting_channel_id,
                external_posting_id,
                message,
                application_date,
                time_zone: time_zone?,
                phase,
                tags: tags.unwrap_or_default().into_iter().map(|tag| tag.0).collect(),
                attributes: attributes.map(|attributes| attributes.0).unwrap_or_default(),
                files,
            })
        })
    }
}

fn required(it: &mut TableHelper<'_>, span: Span, key: &'static str, target: Target) -> Option<Source> {
    if !it.contains(key) {
        it.errors.push((ErrorKind::MissingField(key), span).into());
    }
    optional(it, key, target)
}

fn optional(it: &mut TableHelper<'_>, key: &'static str, target: Target) -> Option<Source> {
    let (_, mut value) = it.take(key)?;
    Source::read(&mut value, target).map_err(|error| it.errors.extend(error.errors)).ok()
}

fn time_zone(it: &mut TableHelper<'_>) -> Option<TimeZone> {
    let name = it.optional_s::<String>("time_zone").unwrap_or_else(|| Spanned::new(DEFAULT_ZONE.to_owned()));
    let zone = TimeZone::get(&name.value).ok();
    if zone.is_none() {
        let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        let near = hint(&name.value, names.iter().map(String::as_str));
        it.errors.extend(fault(name.span, format!("`{}` is no IANA time zone{near}", name.value)).errors);
    }
    zone
}

struct InitialPhase(Phase);

impl<'de> Deserialize<'de> for InitialPhase {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        let (system, custom): (Option<Spanned<String>>, Option<Spanned<u64>>) =
            table(value, |it| Some((it.optional_s("system"), it.optional_s("custom"))))?;
        match (system, custom) {
            (Some(name), None) => system_phase(&name),
            (None, Some(id)) => parsed(&id.value.to_string())
                .map(|id| Self(Phase::Custom(id)))
                .map_err(|not| fault(id.span, format!("the phase `{}` is {not}", id.value))),
            _ => Err(fault(span, "needs exactly one of `system` (a name) and `custom` (a phase's id)".to_owned())),
        }
    }
}

fn system_phase(name: &Spanned<String>) -> Result<InitialPhase, DeserError> {
    named(SystemPhase::ALL, name, "Personio's own phases").map(|phase| InitialPhase(Phase::System(phase)))
}

/// One of a list of names.
fn named<T: Copy>(all: &[(&'static str, T)], name: &Spanned<String>, of: &str) -> Result<T, DeserError> {
    let found = all.iter().find(|(known, _)| *known == name.value).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
        let near = hint(&name.value, names.iter().copied());
        fault(name.span, format!("`{}` is none of {of}: {}{near}", name.value, names.join(", ")))
    })
}

struct Tag(Source);

impl<'de> Deserialize<'de> for Tag {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        Source::read(value, Target::Tag).map(Self)
    }
}

struct Attributes(Vec<(AttributeId, Source)>);

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let rows = match value.take() {
            ValueInner::Table(rows) => rows,
            other => return Err(expected("a table", other, value.span).into()),
        };
        let (mut attributes, mut errors) = (Vec::new(), Vec::new());
        for (key, mut value) in rows {
            let id = parsed::<AttributeId>(&key.name).map_err(|not| {
                let near = hint(&key.name, AttributeId::SYSTEM.iter().copied());
                errors.extend(fault(key.span, format!("`{}` is {not}{near}", key.name)).errors);
            });
            let target = id.as_ref().map_or(Target::Text, Target::of_attribute);
            let source = Source::read(&mut value, target).map_err(|error| errors.extend(error.errors));
            attributes.extend(id.ok().zip(source.ok()));
        }
        if errors.is_empty() { Ok(Self(attributes)) } else { Err(DeserError { errors }) }
    }
}

/// A row of `[[application.files]]`, its inputs still with their places in the file.
struct FileRow {
    category: FileCategory,
    inputs: Vec<Spanned<String>>,
}

impl<'de> Deserialize<'de> for FileRow {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |it| {
            let category: Option<Spanned<String>> = it.required_s("category").ok();
            let category = category.and_then(|name| {
                let read = named(FileCategory::ALL, &name, "Personio's categories");
                read.map_err(|error| it.errors.extend(error.errors)).ok()
            });
            let one = it.contains("input") != it.contains("inputs");
            let (input, inputs): (Option<Spanned<String>>, Option<Vec<Spanned<String>>>) =
                (it.optional_s("input"), it.optional("inputs"));
            let empty = inputs.as_ref().is_some_and(Vec::is_empty);
            if !one || empty {
                it.errors.extend(fault(span, "needs either `input` or `inputs`, with at least one".to_owned()).errors);
            }
            let inputs = inputs.unwrap_or_default().into_iter().chain(input).collect();
            Some(Self { category: category?, inputs })
        })
    }
}

fn files(it: &mut TableHelper<'_>) -> Vec<FileRule> {
    let rows = file_rows(it);
    let mut taken = BTreeSet::new();
    for input in rows.iter().flat_map(|row| &row.inputs) {
        if input.value.trim().is_empty() {
            it.errors.extend(fault(input.span, "must not be empty".to_owned()).errors);
        } else if !taken.insert(&input.value) {
            it.errors.extend(fault(input.span, format!("the input `{}` is attached already", input.value)).errors);
        }
    }
    let names = |row: FileRow| row.inputs.into_iter().map(|input| input.value).collect();
    rows.into_iter().map(|row| FileRule { category: row.category, inputs: names(row) }).collect()
}

/// The sound rows: one that is not does not hide what is wrong with the others.
fn file_rows(it: &mut TableHelper<'_>) -> Vec<FileRow> {
    let Some((_, mut value)) = it.take("files") else { return Vec::new() };
    let rows = match value.take() {
        ValueInner::Array(rows) => rows,
        other => {
            it.errors.push(expected("an array of tables", other, value.span));
            return Vec::new();
        }
    };
    let read = rows.into_iter().map(|mut row| FileRow::deserialize(&mut row));
    read.filter_map(|row| row.map_err(|error| it.errors.extend(error.errors)).ok()).collect()
}
