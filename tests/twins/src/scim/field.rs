//! A name in a filter, a path or a list of attributes: `[URN:]attribute[.part]` (RFC 7644, figures 1 and 7).

use serde_json::Value;

use super::attributes::{Attribute, ENTERPRISE, EXTENSION, Kind, USER, find, find_core};
use super::resource::Attributes;

/// An attribute, or a part of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    /// It stands in the extension's object.
    pub(super) extension: bool,
    pub(super) attribute: &'static Attribute,
    pub(super) part: Option<&'static Attribute>,
}

impl Field {
    /// One of the user's own.
    pub(super) fn read(name: &str) -> Option<Self> {
        let (extension, name) = without_urn(name);
        let (name, part) = split(name);
        let attribute = if extension { find(EXTENSION, name) } else { find_core(name) }?;
        let part = part.map(|part| find(attribute.parts(), part).ok_or(())).transpose().ok()?;
        Some(Self { extension, attribute, part })
    }

    /// One of a complex value's parts.
    pub(super) fn among(parts: &'static [Attribute], name: &str) -> Option<Self> {
        find(parts, name).map(|attribute| Self { extension: false, attribute, part: None })
    }

    /// What a filter looks at: `emails` stands for `emails.value`. None where that is no simple value.
    pub(super) fn simple(&self) -> Option<&'static Attribute> {
        let named = self.part.unwrap_or(self.attribute);
        match named.kind {
            Kind::Complex(parts) if named.many => find(parts, "value"),
            Kind::Complex(_) => None,
            _ => Some(named),
        }
    }

    /// All values of it that stand here.
    pub(super) fn values<'a>(&self, resource: &'a Attributes) -> Vec<&'a Value> {
        let home = if self.extension { resource.get(ENTERPRISE).and_then(Value::as_object) } else { Some(resource) };
        let held = home.and_then(|home| home.get(self.attribute.name));
        let items = held.map(|held| held.as_array().map_or_else(|| vec![held], |items| items.iter().collect()));
        let part = match (self.part, self.attribute.kind) {
            (None, Kind::Complex(_)) if self.attribute.many => Some("value"),
            (part, _) => part.map(|part| part.name),
        };
        let items = items.unwrap_or_default().into_iter();
        items.filter_map(|item| part.map_or(Some(item), |part| item.get(part))).collect()
    }
}

/// Whether the name belongs to the extension, and what stands behind the URN.
pub(super) fn without_urn(name: &str) -> (bool, &str) {
    let behind = |urn: &str| {
        let (head, rest) = (name.get(..urn.len())?, name.get(urn.len()..)?);
        rest.strip_prefix(':').filter(|_| head.eq_ignore_ascii_case(urn))
    };
    match (behind(ENTERPRISE), behind(USER)) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => (false, name),
    }
}

fn split(name: &str) -> (&str, Option<&str>) {
    name.split_once('.').map_or((name, None), |(name, part)| (name, Some(part)))
}
