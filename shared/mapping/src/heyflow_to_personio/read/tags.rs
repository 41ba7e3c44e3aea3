//! `tags`: a list of sources.

use toml_span::{DeserError, Deserialize, Value};

use crate::heyflow_to_personio::source::{self, ValueSource};
use crate::heyflow_to_personio::target::Target;

/// The sources of tags, in their order.
#[derive(Default)]
pub(crate) struct Tags(pub(crate) Vec<ValueSource>);

struct Tag(ValueSource);

impl<'de> Deserialize<'de> for Tags {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let tags: Vec<Tag> = Vec::deserialize(value)?;
        Ok(Self(tags.into_iter().map(|tag| tag.0).collect()))
    }
}

impl<'de> Deserialize<'de> for Tag {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        source::read(value, Target::Tag).map(Self)
    }
}
