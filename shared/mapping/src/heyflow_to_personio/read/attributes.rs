//! `[application.attributes]`: sources by an attribute's id.

use toml_span::de_helpers::expected;
use toml_span::value::ValueInner;
use toml_span::{DeserError, Deserialize, Value};
use vendors::personio::model::AttributeId;

use crate::document::fault;
use crate::heyflow_to_personio::source::{self, ValueSource};
use crate::heyflow_to_personio::target::{Target, parsed};
use crate::nearest::hint;

/// The sources of attributes.
#[derive(Default)]
pub(crate) struct Attributes(pub(crate) Vec<(AttributeId, ValueSource)>);

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let rows = match value.take() {
            ValueInner::Table(rows) => rows,
            other => return Err(expected("a table", other, value.span).into()),
        };
        let mut attributes = Vec::new();
        let mut errors = Vec::new();
        for (key, mut value) in rows {
            let id = parsed::<AttributeId>(&key.name).map_err(|not| {
                let near = hint(&key.name, AttributeId::SYSTEM.iter().copied());
                errors.extend(fault(key.span, format!("`{}` is {not}{near}", key.name)).errors);
            });
            let target = id.as_ref().map_or(Target::Attribute, Target::of_attribute);
            let source = source::read(&mut value, target).map_err(|error| errors.extend(error.errors));
            attributes.extend(id.ok().zip(source.ok()));
        }
        if errors.is_empty() { Ok(Self(attributes)) } else { Err(DeserError { errors }) }
    }
}
