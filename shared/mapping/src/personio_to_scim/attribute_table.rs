//! Reads the table `[attributes]` with every fault.

use toml_span::de_helpers::expected;
use toml_span::value::{Key, ValueInner};
use toml_span::{DeserError, Error, Span, Value};
use vendors::scim::model::{AddressType, Attribute};

use super::attribute_rule::{AddressRule, AddressWord, AttributeRule, RuleValue, When};
use super::attribute_source::AttributeSource;
use super::employment_value::EmploymentValue;
use crate::document::{fault, table};
use crate::nearest::hint;

/// The table below which the parts of a name may stand: `name.givenName` without quotes is one.
const NAME: &str = "name";

/// The rows of the table, in the order of the file.
///
/// # Errors
/// Every fault of the table.
pub(super) fn rules(value: &mut Value<'_>) -> Result<Vec<AttributeRule>, DeserError> {
    let mut rules: Vec<AttributeRule> = Vec::new();
    let mut errors = Vec::new();
    for row in rows(value)? {
        match rule(row) {
            Ok((rule, span)) if rules.iter().any(|other| other.attribute == rule.attribute) => {
                errors.extend(fault(span, format!("`{}` stands here twice", rule.attribute)).errors);
            }
            Ok((rule, _)) => rules.push(rule),
            Err(error) => errors.extend(error.errors),
        }
    }
    if errors.is_empty() { Ok(rules) } else { Err(DeserError { errors }) }
}

/// One row: its name, dotted where it is part of a name, and what stands there.
struct AttributeRow<'de> {
    name: String,
    span: Span,
    value: Value<'de>,
}

fn rows<'de>(value: &mut Value<'de>) -> Result<Vec<AttributeRow<'de>>, DeserError> {
    let mut rows = Vec::new();
    for (key, mut value) in members(value)? {
        if key.name == NAME {
            let parts = members(&mut value)?.into_iter();
            rows.extend(parts.map(|(part, value)| AttributeRow {
                name: format!("{NAME}.{}", part.name),
                span: part.span,
                value,
            }));
        } else {
            rows.push(AttributeRow { name: key.name.into_owned(), span: key.span, value });
        }
    }
    rows.sort_by_key(|row| row.span.start);
    Ok(rows)
}

fn members<'de>(value: &mut Value<'de>) -> Result<Vec<(Key<'de>, Value<'de>)>, Error> {
    match value.take() {
        ValueInner::Table(members) => Ok(members.into_iter().collect()),
        other => Err(expected("a table", other, value.span)),
    }
}

fn rule(mut row: AttributeRow<'_>) -> Result<(AttributeRule, Span), DeserError> {
    let attribute = attribute(&row.name, row.span)?;
    let value = &mut row.value;
    let (value, when) = match (attribute, value.as_array().is_some()) {
        (Attribute::Emails, true) => addresses(value)?,
        (Attribute::Emails, false) => address(value).map(|(rule, when)| (RuleValue::Addresses(vec![rule]), when))?,
        _ => single(value, attribute)?,
    };
    Ok((AttributeRule { attribute, when, value }, row.span))
}

fn attribute(name: &str, span: Span) -> Result<Attribute, DeserError> {
    match Attribute::from_name(name) {
        Some(Attribute::Active) => Err(fault(span, "`active` is set by `[policies]`".to_owned())),
        Some(attribute) => Ok(attribute),
        None => {
            let near = hint(name, Attribute::ALL.iter().map(|attribute| attribute.name()));
            Err(fault(span, format!("`{name}` is no attribute that can be set{near}")))
        }
    }
}

fn single(value: &mut Value<'_>, attribute: Attribute) -> Result<(RuleValue, When), DeserError> {
    let span = value.span;
    table(value, |fields| {
        let source = AttributeSource::take(fields, span);
        let when = fields.optional("set").unwrap_or_default();
        if let Some(what) = source.as_ref().and_then(|source| unsuited(source, attribute)) {
            fields.errors.extend(fault(span, what).errors);
        }
        Some((RuleValue::Single(source?), when))
    })
}

/// Why an attribute cannot be made of a source.
fn unsuited(source: &AttributeSource, attribute: Attribute) -> Option<String> {
    let is_supervisor = *source == AttributeSource::Employment(EmploymentValue::Supervisor);
    match attribute {
        Attribute::Manager if !is_supervisor => Some("`manager` is `{ employment = \"supervisor\" }`".to_owned()),
        Attribute::Manager => None,
        _ if is_supervisor => Some("`supervisor` is for `manager` alone".to_owned()),
        Attribute::UserName | Attribute::ExternalId => match source {
            AttributeSource::Text(_) => Some(format!("a fixed `text` would give everybody the same `{attribute}`")),
            AttributeSource::Name(_) => Some(format!("the name of a thing is no `{attribute}`")),
            _ => None,
        },
        _ => None,
    }
}

fn address(value: &mut Value<'_>) -> Result<(AddressRule, When), DeserError> {
    let span = value.span;
    table(value, |fields| {
        let source = AttributeSource::take(fields, span);
        let kind = fields.optional::<AddressWord>("type").map_or(AddressType::Work, |word| word.0);
        let is_primary = fields.optional("primary").unwrap_or_default();
        let when = fields.optional("set").unwrap_or_default();
        if let Some(what) = source.as_ref().and_then(|source| unsuited(source, Attribute::Emails)) {
            fields.errors.extend(fault(span, what).errors);
        }
        Some((AddressRule { source: source?, kind, is_primary }, when))
    })
}

fn addresses(value: &mut Value<'_>) -> Result<(RuleValue, When), DeserError> {
    let span = value.span;
    let ValueInner::Array(entries) = value.take() else { return Err(fault(span, "expected an array".to_owned())) };
    let mut addresses = Vec::new();
    let mut whens = Vec::new();
    let mut errors = Vec::new();
    for mut entry in entries {
        match address(&mut entry) {
            Ok((address, when)) => {
                addresses.push(address);
                whens.push(when);
            }
            Err(error) => errors.extend(error.errors),
        }
    }
    if errors.is_empty() {
        errors.extend(list_faults(&addresses, &whens).into_iter().flat_map(|what| fault(span, what).errors));
    }
    let when = whens.first().copied().unwrap_or_default();
    if errors.is_empty() { Ok((RuleValue::Addresses(addresses), when)) } else { Err(DeserError { errors }) }
}

fn list_faults(addresses: &[AddressRule], whens: &[When]) -> Vec<String> {
    let is_empty = addresses.is_empty();
    let has_several = addresses.iter().filter(|address| address.is_primary).count() > 1;
    let differs = whens.windows(2).any(|pair| pair.first() != pair.last());
    let faults = [
        (is_empty, "must list at least one address"),
        (has_several, "one address of a list is `primary`"),
        (differs, "the list is written whole: `set` is alike in all its entries"),
    ];
    faults.into_iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, what)| what.to_owned()).collect()
}
