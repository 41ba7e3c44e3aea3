//! Reads a source from its table, and finds every fault that shows without a response.

use std::collections::BTreeMap;

use toml_span::de_helpers::TableHelper;
use toml_span::value::ValueInner;
use toml_span::{DeserError, Deserialize, Span, Spanned, Value};
use vendors::heyflow::model::OwnField;

use super::translate::Translation;
use super::{Origin, Source};
use crate::document::{Parsed, fault, table};
use crate::heyflow_to_personio::lookup::Lookup;
use crate::heyflow_to_personio::target::Target;
use crate::heyflow_to_personio::template::Template;
use crate::nearest::hint;

const ORIGINS: &[&str] = &["input", "own", "url_parameter", "text", "template"];

impl Source {
    /// Reads a source that is for `target`.
    pub(in crate::heyflow_to_personio) fn read(value: &mut Value<'_>, target: Target) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |it| {
            unsuited(it, target);
            let origin = origin(it, span, target);
            let (split, join) = (it.optional_s::<String>("split"), it.optional("join"));
            let split =
                split.and_then(|text| if text.value.is_empty() { blank(it, text.span) } else { Some(text.value) });
            let default = fixed(it, "default", target);
            let translate = translation(it, target);
            Some(Self { origin: origin?, split, translate, join, default })
        })
    }
}

/// Modifiers that cannot do anything here: whoever wrote them expects something.
fn unsuited(it: &mut TableHelper<'_>, target: Target) {
    let (of_input, of_text) = (it.contains("input"), it.contains("text"));
    let tag = target == Target::Tag;
    let rules = [
        ("part", !of_input, "`part` goes with `input`"),
        ("join", !of_input, "`join` goes with `input`"),
        ("join", of_input && tag, "`join` has no use here: each choice is a tag of its own"),
        ("split", !tag, "`split` is for tags: everything else takes one text"),
        ("split", of_text && tag, "a fixed `text` takes no `split`"),
        ("translate", of_text, "a fixed `text` takes no `translate`"),
        ("default", of_text, "a fixed `text` takes no `default`"),
        ("on_unknown", !it.contains("translate"), "`on_unknown` goes with `translate`"),
    ];
    for (key, unsuited, why) in rules {
        if unsuited && let Some(value) = it.table.get(key) {
            it.errors.extend(fault(value.span, why.to_owned()).errors);
        }
    }
}

fn origin(it: &mut TableHelper<'_>, span: Span, target: Target) -> Option<Origin> {
    let one = ORIGINS.iter().filter(|key| it.contains(key)).count() == 1;
    let part = filled(it, "part").map(|part| part.value);
    let input = filled(it, "input").map(|key| Origin::Place(Lookup::Input { key: key.value, part }));
    let own = filled(it, "own").and_then(|name| own(it, &name));
    let parameter = filled(it, "url_parameter").map(|name| Origin::Place(Lookup::UrlParameter(name.value)));
    let text = fixed(it, "text", target).map(Origin::Text);
    let template = filled(it, "template").and_then(|source| template(it, &source));
    if !one {
        let what = "needs exactly one of `input`, `own`, `url_parameter`, `text` and `template`";
        it.errors.extend(fault(span, what.to_owned()).errors);
        return None;
    }
    input.or(own).or(parameter).or(text).or(template)
}

fn own(it: &mut TableHelper<'_>, name: &Spanned<String>) -> Option<Origin> {
    let found = Lookup::own(&name.value).map(Origin::Place);
    if found.is_none() {
        it.errors.extend(fault(name.span, no_own(&name.value)).errors);
    }
    found
}

/// What is wrong with a name that no own field has.
pub(in crate::heyflow_to_personio) fn no_own(name: &str) -> String {
    let names: Vec<&str> = OwnField::ALL.iter().map(|(name, _)| *name).collect();
    match hint(name, names.iter().copied()) {
        near if near.is_empty() => format!("`{name}` is none of Heyflow's own fields: {}", names.join(", ")),
        near => format!("`{name}` is none of Heyflow's own fields{near}"),
    }
}

fn template(it: &mut TableHelper<'_>, source: &Spanned<String>) -> Option<Origin> {
    let read = Template::read(&source.value);
    let faults =
        |faults: Vec<String>| it.errors.extend(faults.into_iter().flat_map(|what| fault(source.span, what).errors));
    read.map_err(faults).ok().map(Origin::Template)
}

fn translation(it: &mut TableHelper<'_>, target: Target) -> Option<Translation> {
    let on_unknown = it.optional::<Parsed<_>>("on_unknown").map(|on_unknown| on_unknown.0).unwrap_or_default();
    let (_, mut value) = it.take("translate")?;
    let span = value.span;
    let ValueInner::Table(rows) = value.take() else {
        it.errors.extend(fault(span, "expected a table of texts, as in { \"Yes\" = \"true\" }".to_owned()).errors);
        return None;
    };
    let mut table = BTreeMap::new();
    for (from, mut to) in rows {
        let text = Spanned::<String>::deserialize(&mut to).map_err(|error| it.errors.extend(error.errors)).ok();
        if from.name.trim().is_empty() {
            blank::<()>(it, from.span);
        }
        table.extend(text.and_then(|text| fit(it, "translation", text, target)).map(|to| (from.name.into_owned(), to)));
    }
    let translation = Translation { table, on_unknown };
    if let Some((one, other)) = translation.ambiguous() {
        let what = format!("`{one}` and `{other}` differ only in case or blanks, but not in meaning");
        it.errors.extend(fault(span, what).errors);
    }
    Some(translation)
}

/// A text that is not blank.
fn filled(it: &mut TableHelper<'_>, key: &'static str) -> Option<Spanned<String>> {
    let text = it.optional_s::<String>(key)?;
    if text.value.trim().is_empty() { blank(it, text.span) } else { Some(text) }
}

/// A text of the file that goes to the target as it is.
fn fixed(it: &mut TableHelper<'_>, key: &'static str, target: Target) -> Option<String> {
    let text = it.optional_s::<String>(key)?;
    fit(it, key, text, target)
}

fn fit(it: &mut TableHelper<'_>, what: &str, text: Spanned<String>, target: Target) -> Option<String> {
    let trimmed = text.value.trim();
    if trimmed.is_empty() {
        return blank(it, text.span);
    }
    if let Err(not) = target.check(trimmed) {
        it.errors.extend(fault(text.span, format!("the {what} `{trimmed}` is {not}")).errors);
        return None;
    }
    Some(trimmed.to_owned())
}

fn blank<T>(it: &mut TableHelper<'_>, span: Span) -> Option<T> {
    it.errors.extend(fault(span, "must not be empty".to_owned()).errors);
    None
}
