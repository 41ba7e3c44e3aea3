//! What is wrong with a template, found without a response.
//!
//! minijinja itself finds broken syntax and undeclared names. It looks filters, tests and our own fields up only when
//! it reaches them, so they are read from the template's words, and two trial fillings (nothing answered, everything
//! answered) find wrong numbers of arguments on the ways they take. What a value makes of it stays for the response.

use std::collections::BTreeSet;

use minijinja::{Environment, Error, ErrorKind, Value};

use super::environment::{FUNCTIONS, at_line, environment};
use super::words::{Word, words};
use crate::heyflow_to_personio::lookup::{Lookup, unknown_own_field};
use crate::nearest::hint;

/// Statements that stay within the text.
const STATEMENTS: &[&str] = &["if", "elif", "else", "endif", "for", "endfor", "set", "endset", "with", "endwith"];

/// What minijinja provides by itself.
const PROVIDED: &[&str] = &["dict", "namespace", "range"];

/// Everything wrong with `source`, each once.
pub(super) fn faults(source: &str) -> Vec<String> {
    let environment = environment(|_| Ok(Value::UNDEFINED));
    let undeclared = match environment.template_from_named_str("template", source) {
        Ok(template) => template.undeclared_variables(false),
        Err(error) => return vec![format!("the template is not well formed: {}", described(&error))],
    };
    let known = |name: &String| FUNCTIONS.contains(&name.as_str()) || PROVIDED.contains(&name.as_str());
    let unknown = undeclared.iter().filter(|name| !known(name));
    let mut faults: BTreeSet<String> = unknown.map(|name| unknown_name(name)).collect();
    faults.extend(in_words(&environment, &words(source)));
    if faults.is_empty() {
        faults.extend(trial(source, |_| Ok(Value::UNDEFINED)));
        faults.extend(trial(source, |_| Ok(Value::from("1"))));
    }
    faults.into_iter().collect()
}

fn unknown_name(name: &str) -> String {
    format!("unknown name `{name}` in the template{}", hint(name, FUNCTIONS.iter().copied()))
}

/// What a filling says that no response could mend.
fn trial(source: &str, look: fn(Lookup) -> Result<Value, Error>) -> Option<String> {
    let error = environment(look).render_named_str("template", source, ()).err()?;
    let certain = matches!(
        error.kind(),
        ErrorKind::UnknownFilter
            | ErrorKind::UnknownTest
            | ErrorKind::UnknownFunction
            | ErrorKind::UnknownMethod
            | ErrorKind::MissingArgument
            | ErrorKind::TooManyArguments
    );
    certain.then(|| format!("the template cannot be filled: {}", described(&error)))
}

fn described(error: &Error) -> String {
    let detail = error.detail().map_or_else(String::new, |detail| format!(": {detail}"));
    format!("{}{detail}{}", error.kind(), at_line(error))
}

fn in_words(environment: &Environment<'_>, words: &[Word<'_>]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut rest = words;
    while let Some((_, after)) = rest.split_first() {
        faults.extend(match rest {
            [Word::Statement, Word::Name(name), ..] => statement(name),
            [Word::Sign('|'), Word::Name(name), ..] => filter(environment, name),
            [Word::Name("is"), Word::Name("not"), Word::Name(name), ..] => test(environment, name),
            [Word::Name("is"), Word::Name(name), ..] if *name != "not" => test(environment, name),
            [Word::Name("own"), Word::Sign('('), Word::Text(name), Word::Sign(')'), ..] => own(name),
            [Word::Name("own"), Word::Sign('('), ..] => Some("`own(...)` takes a name in quotes".to_owned()),
            [Word::Name(_), Word::Sign('('), ..] => None,
            [Word::Name(name), ..] if FUNCTIONS.contains(name) => {
                Some(format!("`{name}` is a function: `{name}(...)`"))
            }
            _ => None,
        });
        rest = after;
    }
    faults
}

fn statement(name: &str) -> Option<String> {
    // What ends a statement that cannot be used is told with its beginning.
    let unknown = !STATEMENTS.contains(&name) && !name.starts_with("end");
    unknown.then(|| format!("the statement `{name}` cannot be used here; there are {}", STATEMENTS.join(", ")))
}

fn filter(environment: &Environment<'_>, name: &str) -> Option<String> {
    let error = environment.empty_state().apply_filter(name, &[]).err();
    let unknown = error.is_some_and(|error| error.kind() == ErrorKind::UnknownFilter);
    unknown.then(|| format!("unknown filter `{name}` in the template"))
}

fn test(environment: &Environment<'_>, name: &str) -> Option<String> {
    let error = environment.empty_state().perform_test(name, &[]).err();
    let unknown = error.is_some_and(|error| error.kind() == ErrorKind::UnknownTest);
    unknown.then(|| format!("unknown test `{name}` in the template"))
}

fn own(name: &str) -> Option<String> {
    Lookup::own(name).is_none().then(|| unknown_own_field(name))
}
