//! What a PATCH sends (RFC 7644, 3.5.2), from changes. Pure.
//!
//! Deactivation travels alone ([`activation`]): a server that refuses anything else beside it must not keep somebody
//! active. Attributes travel in one PATCH ([`operations`]) or, where a server refuses the whole for the sake of one, group
//! by group ([`groups`]). Nothing is replaced through a filter in a path (`emails[type eq "work"].value`): where there is no
//! such address yet, that is refused.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::model::{Attribute, AttributeChange, AttributeValue};
use super::resource;
use crate::value::Personal;

/// How a server wants its PATCH: a setting of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dialect {
    /// How the names of operations are spelled.
    pub ops: Ops,
    /// Where the names of attributes stand.
    pub paths: Paths,
}

/// How the names of operations are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ops {
    /// `replace`, as the standard has it.
    #[default]
    Lower,
    /// `Replace`, as some servers want it that were built for one client.
    Capitalised,
}

/// Where the names of attributes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paths {
    /// In a `path` per attribute.
    #[default]
    Paths,
    /// In one object as `value`, without a `path`. A removal has a path all the same: without one it is refused.
    ValueObject,
}

/// One operation of a PATCH. Its `Debug` shows no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PatchOperation {
    op: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Personal<Value>>,
}

/// What is sent together where a server refuses the whole. `Display` names it in a mail, e.g. `name`, `title`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttributeGroup {
    /// An attribute of its own, the whole list of addresses and the manager among them.
    Single(Attribute),
    /// The parts of the name.
    Name,
    /// The enterprise extension but for the manager.
    Enterprise,
}

impl AttributeGroup {
    /// The group that an attribute is sent in.
    #[must_use]
    pub const fn of(attribute: Attribute) -> Self {
        match attribute {
            Attribute::FormattedName | Attribute::GivenName | Attribute::FamilyName => Self::Name,
            Attribute::Manager => Self::Single(attribute),
            _ if attribute.is_enterprise() => Self::Enterprise,
            _ => Self::Single(attribute),
        }
    }
}

impl fmt::Display for AttributeGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Single(attribute) => attribute.fmt(f),
            Self::Name => f.write_str("name"),
            Self::Enterprise => f.write_str("enterprise"),
        }
    }
}

/// The PATCH that lets a user log in, or no longer: `active` and nothing else, a boolean.
#[must_use]
pub fn activation(active: bool, dialect: Dialect) -> Vec<PatchOperation> {
    operations(&[AttributeChange::Set(AttributeValue::active(active))], dialect)
}

/// The operations of one PATCH, in the order of the changes. Empty where nothing changes: then there is nothing to send.
#[must_use]
pub fn operations(changes: &[AttributeChange], dialect: Dialect) -> Vec<PatchOperation> {
    let removals = || changes.iter().filter_map(|change| removal(change, dialect));
    match dialect.paths {
        Paths::Paths => changes.iter().map(|change| with_path(change, dialect)).collect(),
        Paths::ValueObject => value_object(changes, dialect).into_iter().chain(removals()).collect(),
    }
}

/// The same in several PATCHes, one per group, in the groups' order.
#[must_use]
pub fn groups(changes: &[AttributeChange], dialect: Dialect) -> Vec<(AttributeGroup, Vec<PatchOperation>)> {
    let mut groups: Vec<_> = changes.iter().map(|change| AttributeGroup::of(change.attribute())).collect();
    groups.sort();
    groups.dedup();
    let of_group = |group| {
        let is_in = |change: &&AttributeChange| AttributeGroup::of(change.attribute()) == group;
        let changes: Vec<_> = changes.iter().filter(is_in).cloned().collect();
        (group, operations(&changes, dialect))
    };
    groups.into_iter().map(of_group).collect()
}

fn with_path(change: &AttributeChange, dialect: Dialect) -> PatchOperation {
    let path = Some(change.attribute().path());
    match change {
        AttributeChange::Set(value) => {
            let value = Some(Personal::new(value.json().clone()));
            PatchOperation { op: replace(dialect.ops), path, value }
        }
        AttributeChange::Remove(_) => PatchOperation { op: remove(dialect.ops), path, value: None },
    }
}

fn removal(change: &AttributeChange, dialect: Dialect) -> Option<PatchOperation> {
    matches!(change, AttributeChange::Remove(_)).then(|| with_path(change, dialect))
}

fn value_object(changes: &[AttributeChange], dialect: Dialect) -> Option<PatchOperation> {
    let mut object = Map::new();
    for change in changes {
        if let AttributeChange::Set(value) = change {
            resource::put(&mut object, value.attribute(), value.json().clone());
        }
    }
    let value = (!object.is_empty()).then(|| Personal::new(Value::Object(object)))?;
    Some(PatchOperation { op: replace(dialect.ops), path: None, value: Some(value) })
}

const fn replace(ops: Ops) -> &'static str {
    match ops {
        Ops::Lower => "replace",
        Ops::Capitalised => "Replace",
    }
}

const fn remove(ops: Ops) -> &'static str {
    match ops {
        Ops::Lower => "remove",
        Ops::Capitalised => "Remove",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes() -> Vec<AttributeChange> {
        let text = |attribute, text| AttributeChange::Set(AttributeValue::text(attribute, text).unwrap());
        vec![
            text(Attribute::UserName, "dora@example.com"),
            text(Attribute::GivenName, "Dora"),
            text(Attribute::Department, "IT"),
            AttributeChange::Set(AttributeValue::manager(&"2819c223".parse().unwrap())),
            text(Attribute::Emails, "dora@example.com"),
            AttributeChange::Remove(Attribute::Title),
            text(Attribute::FamilyName, "Klein"),
            AttributeChange::Remove(Attribute::CostCenter),
        ]
    }

    fn shown(operations: &[PatchOperation]) -> String {
        let lines = operations.iter().map(|operation| serde_json::to_string(operation).unwrap());
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn changes_are_sent_in_every_dialect() {
        let paths = operations(&changes(), Dialect::default());
        insta::assert_snapshot!("paths", shown(&paths));
        let dialect = Dialect { ops: Ops::Capitalised, paths: Paths::ValueObject };
        insta::assert_snapshot!("value_object", shown(&operations(&changes(), dialect)));
        assert_eq!(operations(&[], dialect), []);
    }

    #[test]
    fn groups_are_sent_singly() {
        let groups = groups(&changes(), Dialect::default());
        let lines = groups.iter().map(|(group, operations)| format!("{group}:\n{}", shown(operations)));
        insta::assert_snapshot!("groups", lines.collect::<Vec<_>>().join("\n\n"));
    }

    #[test]
    fn a_deactivation_holds_active_alone() {
        let lower = Dialect::default();
        let sent = r#"{"op":"replace","path":"active","value":false}"#;
        assert_eq!(shown(&activation(false, lower)), sent);
        let object = Dialect { paths: Paths::ValueObject, ..lower };
        assert_eq!(shown(&activation(true, object)), r#"{"op":"replace","value":{"active":true}}"#);
        let capitalised = Dialect { ops: Ops::Capitalised, ..lower };
        assert_eq!(shown(&activation(false, capitalised)), sent.replace("replace", "Replace"));
    }

    #[test]
    fn a_dialect_is_written_as_in_the_connection_file() {
        assert_eq!(serde_json::from_str::<Ops>(r#""capitalised""#).unwrap(), Ops::Capitalised);
        assert_eq!(serde_json::from_str::<Paths>(r#""value-object""#).unwrap(), Paths::ValueObject);
    }
}
