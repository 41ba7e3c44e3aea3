//! Reads the table `[mapping]` with every fault.

use std::collections::BTreeMap;

use toml_span::de_helpers::expected;
use toml_span::value::{Key, ValueInner};
use toml_span::{DeserError, Deserialize, Error, Span, Spanned, Value};
use vendors::hellohq::model::AbsenceType;

use super::listed_type::{Destination, IGNORE, ListedType, TypeName};
use crate::document::fault;
use crate::nearest::hint;

/// What the table lists, in the order of the file.
///
/// # Errors
/// Every fault of the table.
pub(super) fn listed_types(value: &mut Value<'_>) -> Result<Vec<ListedType>, DeserError> {
    let span = value.span;
    let rows = match value.take() {
        ValueInner::Table(rows) => rows,
        other => return Err(expected("a table", other, span).into()),
    };
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|(key, _)| key.span.start);
    let mut reader = TableReader::default();
    for (key, mut value) in rows {
        reader.row(&key, &mut value);
    }
    reader.finish(span)
}

/// A `[mapping]` being read.
#[derive(Default)]
struct TableReader {
    listed: Vec<ListedType>,
    /// Each type of helloHQ that has a key, with the key as it is spelled.
    keys: BTreeMap<AbsenceType, String>,
    /// Each name that is listed, with the key under which it is.
    names: BTreeMap<TypeName, String>,
    errors: Vec<Error>,
}

impl TableReader {
    fn row(&mut self, key: &Key<'_>, value: &mut Value<'_>) {
        let destination = self.destination(key);
        let span = value.span;
        let texts = match Vec::<Spanned<String>>::deserialize(value) {
            Ok(texts) => texts,
            Err(error) => return self.errors.extend(error.errors),
        };
        if texts.is_empty() && key.name != IGNORE {
            self.fault(span, "must list at least one absence type of Personio".to_owned());
        }
        for text in texts {
            let name = self.name(&key.name, &text);
            let (Some(destination), Some(name)) = (destination, name) else { continue };
            self.listed.push(ListedType {
                destination,
                key: key.name.clone().into_owned(),
                text: text.value.trim().to_owned(),
                name,
            });
        }
    }

    /// What a key names; `None` beside a fault.
    fn destination(&mut self, key: &Key<'_>) -> Option<Destination> {
        if key.name == IGNORE {
            return Some(Destination::Ignored);
        }
        let Some(kind) = AbsenceType::from_label(&key.name).or_else(|| AbsenceType::from_wire(&key.name)) else {
            let names = AbsenceType::ALL.iter().flat_map(|kind| [kind.label(), kind.wire()]).chain([IGNORE]);
            let near = hint(&key.name, names);
            self.fault(key.span, format!("`{}` is no absence type of helloHQ, nor `{IGNORE}`{near}", key.name));
            return None;
        };
        if let Some(other) = self.keys.insert(kind, key.name.clone().into_owned()) {
            self.fault(key.span, format!("`{}` is the same absence type as `{other}`", key.name));
        }
        Some(Destination::Type(kind))
    }

    /// What is listed; `None` beside a fault.
    fn name(&mut self, key: &str, text: &Spanned<String>) -> Option<TypeName> {
        if text.value.trim().is_empty() {
            self.fault(text.span, "must not be empty".to_owned());
            return None;
        }
        let name = TypeName::read(&text.value);
        if let Some(other) = self.names.get(&name) {
            self.fault(text.span, format!("`{}` is listed already, under `{other}`", text.value.trim()));
            return None;
        }
        self.names.insert(name.clone(), key.to_owned());
        Some(name)
    }

    fn fault(&mut self, span: Span, what: String) {
        self.errors.extend(fault(span, what).errors);
    }

    fn finish(mut self, span: Span) -> Result<Vec<ListedType>, DeserError> {
        if self.errors.is_empty() && self.keys.is_empty() {
            self.fault(span, "must name at least one absence type of helloHQ".to_owned());
        }
        if self.errors.is_empty() { Ok(self.listed) } else { Err(DeserError { errors: self.errors }) }
    }
}
