//! Which custom fields the company lacks, given what it has and which data fields Oneflow has.

use vendors::oneflow::model::CustomId;
use vendors::teamtailor::model::CustomField;

use super::field_rules::FieldRules;
use super::target_name::TargetName;

/// A custom field that the company lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The data field that would stand for it.
    pub oneflow: CustomId,
    /// Its name for programs.
    pub api_name: String,
}

/// The custom fields that are listed and not there, and those whose data fields bear the prefix.
#[must_use]
pub fn lacking<'a>(
    rules: &FieldRules,
    custom_fields: &[CustomField],
    data_fields: impl IntoIterator<Item = &'a CustomId>,
) -> Vec<Lacking> {
    let is_there = |name: &str| custom_fields.iter().any(|field| field.api_name == name);
    let listed = rules.listed.iter().filter_map(|listed| match &listed.teamtailor {
        TargetName::Custom(name) => Some(Lacking { oneflow: listed.oneflow.clone(), api_name: name.clone() }),
        TargetName::Default(_) => None,
    });
    let is_listed = |id: &CustomId| rules.listed.iter().any(|listed| listed.oneflow == *id);
    let has_prefix = |id: &CustomId| !rules.prefix.is_empty() && id.as_str().starts_with(&rules.prefix);
    let meant = data_fields.into_iter().filter(|id| has_prefix(id) && !is_listed(id));
    let named = meant.map(|id| Lacking { oneflow: id.clone(), api_name: id.to_string() });
    let mut lacking: Vec<Lacking> = Vec::new();
    for field in listed.chain(named).filter(|field| !is_there(&field.api_name)) {
        // two template types may have the same data field
        if !lacking.contains(&field) {
            lacking.push(field);
        }
    }
    lacking
}

/// Whether Teamtailor takes a name for programs as it is: small letters, digits and hyphens. It makes others up from what it is given.
#[must_use]
pub fn is_api_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
