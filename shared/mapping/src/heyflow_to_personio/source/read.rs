//! Reads a source from its table, and finds every fault that shows without a response.

use std::collections::BTreeMap;

use toml_span::de_helpers::TableHelper;
use toml_span::value::ValueInner;
use toml_span::{DeserError, Deserialize, Span, Spanned, Value};
use vendors::text::is_blank;

use super::origin::Origin;
use super::translation::{OnUnknown, Translation};
use super::value_source::ValueSource;
use crate::document::{Parsed, fault, table};
use crate::heyflow_to_personio::date::DateFormat;
use crate::heyflow_to_personio::lookup::{Lookup, unknown_own_field};
use crate::heyflow_to_personio::target::Target;
use crate::heyflow_to_personio::template::CheckedTemplate;

const ORIGINS: &[&str] = &["input", "inputs", "own", "url_parameter", "text", "template"];

/// What texts of the file must fit.
#[derive(Clone, Copy)]
struct Fit<'a> {
    target: Target,
    date: Option<&'a DateFormat>,
}

/// Reads a source that is for `target`.
pub(crate) fn read(value: &mut Value<'_>, target: Target) -> Result<ValueSource, DeserError> {
    let span = value.span;
    table(value, |fields| {
        unsuited(fields, target);
        let date: Option<Parsed<DateFormat>> = fields.optional("date");
        let fit = Fit { target, date: date.as_ref().map(|date| &date.0) };
        let origin = origin(fields, span, fit);
        let split = split(fields);
        let join = fields.optional("join");
        let default = fixed(fields, "default", fit);
        let translate = translation(fields, fit);
        let on_unusable = fields.optional("on_unusable").unwrap_or_default();
        let date = date.map(|date| date.0);
        Some(ValueSource { origin: origin?, split, translate, join, default, date, on_unusable })
    })
}

/// Blanks may be what a text is split at.
fn split(fields: &mut TableHelper<'_>) -> Option<String> {
    let text: Spanned<String> = fields.optional_s("split")?;
    if text.value.is_empty() { blank(fields, text.span) } else { Some(text.value) }
}

/// Modifiers that cannot do anything here: whoever wrote them expects something.
fn unsuited(fields: &mut TableHelper<'_>, target: Target) {
    let of_input = fields.contains("input") || fields.contains("inputs");
    let of_text = fields.contains("text");
    let tag = target == Target::Tag;
    let rules = [
        ("part", !of_input, "`part` goes with `input`"),
        ("join", !of_input, "`join` goes with `input`"),
        ("join", of_input && tag, "`join` has no use here: each choice is a tag of its own"),
        ("split", !tag, "`split` is for tags: everything else takes one text"),
        ("split", of_text && tag, "a fixed `text` takes no `split`"),
        ("translate", of_text, "a fixed `text` takes no `translate`"),
        ("default", of_text, "a fixed `text` takes no `default`"),
        ("on_unusable", of_text, "a fixed `text` takes no `on_unusable`"),
        ("date", !target.takes_date(), "`date` is for `application_date` and for attributes that hold a date"),
        ("on_unknown", !fields.contains("translate"), "`on_unknown` goes with `translate`"),
    ];
    for (key, unsuited, why) in rules {
        if unsuited && let Some(value) = fields.table.get(key) {
            fields.errors.extend(fault(value.span, why.to_owned()).errors);
        }
    }
}

fn origin(fields: &mut TableHelper<'_>, span: Span, fit: Fit<'_>) -> Option<Origin> {
    let one = ORIGINS.iter().filter(|key| fields.contains(key)).count() == 1;
    let part = filled(fields, "part").map(|part| part.value);
    let several = inputs(fields);
    let keys = filled(fields, "input").map(|key| vec![key.value]).or(several);
    let input = keys.map(|keys| Origin::Place(Lookup::Input { keys, part }));
    let own = filled(fields, "own").and_then(|name| own(fields, &name));
    let parameter = filled(fields, "url_parameter").map(|name| Origin::Place(Lookup::UrlParameter(name.value)));
    let text = fixed(fields, "text", fit).map(Origin::Text);
    let template = filled(fields, "template").and_then(|source| template(fields, &source));
    if !one {
        let what = "needs exactly one of `input`, `inputs`, `own`, `url_parameter`, `text` and `template`";
        fields.errors.extend(fault(span, what.to_owned()).errors);
        return None;
    }
    input.or(own).or(parameter).or(text).or(template)
}

/// Several names of one input, as of forms in several languages.
fn inputs(fields: &mut TableHelper<'_>) -> Option<Vec<String>> {
    let given = fields.optional_s::<Vec<Spanned<String>>>("inputs")?;
    if given.value.is_empty() {
        return blank(fields, given.span);
    }
    let keys =
        given.value.into_iter().map(|key| if is_blank(&key.value) { blank(fields, key.span) } else { Some(key.value) });
    keys.collect()
}

fn own(fields: &mut TableHelper<'_>, name: &Spanned<String>) -> Option<Origin> {
    let found = Lookup::own(&name.value).map(Origin::Place);
    if found.is_none() {
        fields.errors.extend(fault(name.span, unknown_own_field(&name.value)).errors);
    }
    found
}

fn template(fields: &mut TableHelper<'_>, source: &Spanned<String>) -> Option<Origin> {
    match CheckedTemplate::read(&source.value) {
        Ok(template) => Some(Origin::Template(template)),
        Err(faults) => {
            fields.errors.extend(faults.into_iter().flat_map(|what| fault(source.span, what).errors));
            None
        }
    }
}

fn translation(fields: &mut TableHelper<'_>, fit: Fit<'_>) -> Option<Translation> {
    let on_unknown: Option<Parsed<OnUnknown>> = fields.optional("on_unknown");
    let (_, mut value) = fields.take("translate")?;
    let span = value.span;
    let ValueInner::Table(rows) = value.take() else {
        fields.errors.extend(fault(span, "expected a table of texts, as in { \"Yes\" = \"true\" }".to_owned()).errors);
        return None;
    };
    let mut table = BTreeMap::new();
    for (from, mut to) in rows {
        if is_blank(&from.name) {
            blank::<()>(fields, from.span);
        }
        if let Some(to) = translated(fields, &mut to, fit) {
            table.insert(from.name.into_owned(), to);
        }
    }
    let on_unknown = on_unknown.map_or_else(OnUnknown::default, |given| given.0);
    let translation = Translation { table, on_unknown };
    if let Some((one, other)) = translation.ambiguous() {
        let what = format!("`{one}` and `{other}` differ only in case or blanks, but not in meaning");
        fields.errors.extend(fault(span, what).errors);
    }
    Some(translation)
}

/// What a word is translated to.
fn translated(fields: &mut TableHelper<'_>, value: &mut Value<'_>, fit: Fit<'_>) -> Option<String> {
    match Spanned::<String>::deserialize(value) {
        Ok(text) => fitting(fields, "translation", text, fit),
        Err(error) => {
            fields.errors.extend(error.errors);
            None
        }
    }
}

/// A text that is not blank.
fn filled(fields: &mut TableHelper<'_>, key: &'static str) -> Option<Spanned<String>> {
    let text = fields.optional_s::<String>(key)?;
    if is_blank(&text.value) { blank(fields, text.span) } else { Some(text) }
}

/// A text of the file that goes to the target as it is.
fn fixed(fields: &mut TableHelper<'_>, key: &'static str, fit: Fit<'_>) -> Option<String> {
    let text = fields.optional_s::<String>(key)?;
    fitting(fields, key, text, fit)
}

fn fitting(fields: &mut TableHelper<'_>, what: &str, text: Spanned<String>, fit: Fit<'_>) -> Option<String> {
    let trimmed = text.value.trim();
    if trimmed.is_empty() {
        return blank(fields, text.span);
    }
    if let Err(not) = fit.target.check(trimmed, fit.date) {
        fields.errors.extend(fault(text.span, format!("the {what} `{trimmed}` is {not}")).errors);
        return None;
    }
    Some(trimmed.to_owned())
}

fn blank<T>(fields: &mut TableHelper<'_>, span: Span) -> Option<T> {
    fields.errors.extend(fault(span, "must not be empty".to_owned()).errors);
    None
}
