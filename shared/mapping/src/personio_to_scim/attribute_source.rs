//! Where the value of an attribute comes from.

use std::fmt;

use toml_span::de_helpers::TableHelper;
use toml_span::{Span, Spanned};
use vendors::personio::model::custom::CustomValue;

use super::attribute_input::{AttributeInput, NameOf};
use super::custom_source::CustomSource;
use super::employment_value::EmploymentValue;
use super::obstacle::SourceValue;
use super::person_value::PersonValue;
use crate::document::fault;

const SOURCES: &[&str] = &["person", "employment", "custom_id", "global_id", "name_of", "text"];

/// Where the value of an attribute comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AttributeSource {
    /// The person.
    Person(PersonValue),
    /// The employment that counts.
    Employment(EmploymentValue),
    /// A custom attribute of the person.
    Custom(CustomSource),
    /// The name of what the employment gives by id.
    Name(NameOf),
    /// This text, always.
    Text(String),
}

impl AttributeSource {
    /// Takes exactly one source from a table; `span` is the table's.
    pub(super) fn take(fields: &mut TableHelper<'_>, span: Span) -> Option<Self> {
        let is_one = SOURCES.iter().filter(|key| fields.contains(key)).count() == 1;
        let person = fields.optional("person").map(Self::Person);
        let employment = fields.optional("employment").map(Self::Employment);
        let custom = CustomSource::take(fields).map(Self::Custom);
        let name = fields.optional("name_of").map(Self::Name);
        let text = text(fields).map(Self::Text);
        if !is_one {
            let keys: Vec<String> = SOURCES.iter().map(|key| format!("`{key}`")).collect();
            fields.errors.extend(fault(span, format!("needs exactly one of {}", keys.join(", "))).errors);
            return None;
        }
        person.or(employment).or(custom).or(name).or(text)
    }

    /// The value.
    pub(super) fn find(&self, input: AttributeInput<'_>) -> SourceValue<String> {
        match self {
            Self::Person(value) => value.find(input.person),
            Self::Employment(value) => value.find(input.employment),
            Self::Custom(source) => custom(source, input),
            Self::Name(thing) => name(*thing, input),
            Self::Text(text) => SourceValue::There(text.clone()),
        }
    }
}

fn custom(source: &CustomSource, input: AttributeInput<'_>) -> SourceValue<String> {
    match source.find(input.person) {
        SourceValue::There(CustomValue::Text(text)) => SourceValue::There(text.reveal().clone()),
        SourceValue::There(CustomValue::Boolean(yes)) => SourceValue::There(yes.reveal().to_string()),
        SourceValue::There(CustomValue::List(texts)) => match texts.reveal().as_slice() {
            [one] => SourceValue::There(one.clone()),
            _ => SourceValue::Unusable(format!("{source} holds several texts")),
        },
        SourceValue::There(CustomValue::Empty | CustomValue::Unusable) | SourceValue::Empty => SourceValue::Empty,
        SourceValue::NotShown(right) => SourceValue::NotShown(right),
        SourceValue::Unusable(what) => SourceValue::Unusable(what),
    }
}

/// The name, where the employment has such a thing at all.
fn name(thing: NameOf, input: AttributeInput<'_>) -> SourceValue<String> {
    let id = match thing {
        NameOf::Department => EmploymentValue::DepartmentId,
        NameOf::Team => EmploymentValue::TeamId,
        NameOf::Office => EmploymentValue::OfficeId,
        NameOf::LegalEntity => EmploymentValue::LegalEntityId,
    };
    match (id.find(input.employment), input.names.of(thing)) {
        (SourceValue::There(_), Some(name)) => SourceValue::There(name.to_owned()),
        (SourceValue::There(_), None) => {
            SourceValue::Unusable(format!("Personio shows no name of the {}", thing.word()))
        }
        (other, _) => other,
    }
}

fn text(fields: &mut TableHelper<'_>) -> Option<String> {
    let text: Spanned<String> = fields.optional_s("text")?;
    let trimmed = text.value.trim();
    if trimmed.is_empty() {
        fields.errors.extend(fault(text.span, "must not be empty".to_owned()).errors);
        return None;
    }
    Some(trimmed.to_owned())
}

impl fmt::Display for AttributeSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(value) => write!(f, "the person's `{value}`"),
            Self::Employment(value) => write!(f, "the employment's `{value}`"),
            Self::Custom(source) => source.fmt(f),
            Self::Name(thing) => write!(f, "the name of the {}", thing.word()),
            Self::Text(_) => f.write_str("a fixed text"),
        }
    }
}
