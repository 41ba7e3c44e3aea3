//! Targets that take one value.

use toml_span::de_helpers::TableHelper;
use toml_span::{ErrorKind, Span, Value};

use crate::document::fault;
use crate::heyflow_to_personio::source::{self, ValueSource};
use crate::heyflow_to_personio::target::Target;

/// A target that must have a source. `None` only beside a fault.
pub(crate) fn required(
    fields: &mut TableHelper<'_>,
    span: Span,
    key: &'static str,
    target: Target,
) -> Option<ValueSource> {
    if !fields.contains(key) {
        fields.errors.push((ErrorKind::MissingField(key), span).into());
    }
    let on_unusable = fields.table.get(key).and_then(Value::as_table).and_then(|source| source.get("on_unusable"));
    if let Some(value) = on_unusable {
        let what = "`on_unusable` is for optional targets: without this one there is no application".to_owned();
        fields.errors.extend(fault(value.span, what).errors);
    }
    optional(fields, key, target)
}

/// A target that may have a source.
pub(crate) fn optional(fields: &mut TableHelper<'_>, key: &'static str, target: Target) -> Option<ValueSource> {
    let (_, mut value) = fields.take(key)?;
    source::read(&mut value, target).map_err(|error| fields.errors.extend(error.errors)).ok()
}
