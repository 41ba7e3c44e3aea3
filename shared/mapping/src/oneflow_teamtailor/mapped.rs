//! Which fields take part, given the custom fields that the company has.

use std::collections::BTreeSet;

use vendors::oneflow::model::CustomId;
use vendors::teamtailor::model::{CustomField, CustomFieldId};

use super::direction::Direction;
use super::field_kind::FieldKind;
use super::field_rules::{FieldRules, ListedField};
use super::target_name::{DefaultField, TargetName};
use crate::Problem;

/// The fields that take part, and what stands in the way of others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapped {
    /// Those that take part.
    pub fields: Vec<MappedField>,
    /// Those that cannot, and why.
    pub problems: Vec<Problem>,
}

/// A field that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedField {
    /// The data field.
    pub oneflow: CustomId,
    /// What it stands for, as people name it.
    pub name: TargetName,
    /// What it stands for.
    pub target: Target,
    /// What that holds.
    pub kind: FieldKind,
    /// Which ways its values may go.
    pub direction: Direction,
    /// Whether a value that was cleared clears the other side.
    pub clears: bool,
}

/// What a data field stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An attribute of the candidate.
    Default(DefaultField),
    /// A custom field.
    Custom(CustomFieldId),
}

/// The fields that take part: those that are listed, and every other custom field whose API name begins with the prefix. Such a
/// field's data field bears the API name.
#[must_use]
pub fn mapped(rules: &FieldRules, custom_fields: &[CustomField]) -> Mapped {
    let mut mapped = Mapped::default();
    for listed in &rules.listed {
        mapped.add(rules, listed, custom_fields);
    }
    let taken: BTreeSet<String> = rules.listed.iter().map(|listed| listed.teamtailor.to_string()).collect();
    let ids: BTreeSet<&CustomId> = rules.listed.iter().map(|listed| &listed.oneflow).collect();
    let is_meant = |field: &&CustomField| !rules.prefix.is_empty() && field.api_name.starts_with(&rules.prefix);
    for field in custom_fields.iter().filter(is_meant).filter(|field| !taken.contains(&field.api_name)) {
        let Ok(oneflow) = field.api_name.parse::<CustomId>() else { continue };
        if !ids.contains(&oneflow) {
            let teamtailor = TargetName::Custom(field.api_name.clone());
            mapped.add(rules, &ListedField { oneflow, teamtailor, direction: None, clears: None }, custom_fields);
        }
    }
    mapped
}

impl Mapped {
    fn add(&mut self, rules: &FieldRules, listed: &ListedField, custom_fields: &[CustomField]) {
        let found = match &listed.teamtailor {
            TargetName::Default(field) => Ok((Target::Default(*field), field.kind(), field.direction())),
            TargetName::Custom(name) => custom(name, custom_fields),
        };
        match found {
            Ok((target, kind, usual)) => self.fields.push(MappedField {
                oneflow: listed.oneflow.clone(),
                name: listed.teamtailor.clone(),
                target,
                kind,
                direction: listed.direction.unwrap_or(usual),
                clears: listed.clears.unwrap_or(rules.clears),
            }),
            Err(what) => self.problems.push(Problem::new("fields", what)),
        }
    }
}

fn custom(name: &str, custom_fields: &[CustomField]) -> Result<(Target, FieldKind, Direction), String> {
    let field = custom_fields.iter().find(|field| field.api_name == name);
    let field = field.ok_or_else(|| format!("Teamtailor has no custom field `{name}`"))?;
    let kind = FieldKind::of(&field.kind);
    let kind =
        kind.ok_or_else(|| format!("the custom field `{name}` is of the kind {}, which is not known", field.kind))?;
    Ok((Target::Custom(field.id.clone()), kind, Direction::Both))
}
