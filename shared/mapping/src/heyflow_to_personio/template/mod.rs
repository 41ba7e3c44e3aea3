//! Texts that combine several values of a response: minijinja, strict about what is undefined, without anything that
//! reaches outside the text (no includes, no macros).

mod check;
mod words;

use std::sync::{Arc, Mutex};

use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};
use vendors::heyflow::model::Submission;

use super::lookup::{Lookup, Missing};
use super::source::SEPARATOR;

/// What a template can call. What is absent is undefined, so `| default("")` applies; several choices are one text.
const FUNCTIONS: &[&str] = &["input", "part", "own", "url_parameter"];

/// A template that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(String);

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// Everything wrong with it that shows without a response.
    pub(super) fn read(source: &str) -> Result<Self, Vec<String>> {
        let faults = check::faults(source);
        if faults.is_empty() { Ok(Self(source.to_owned())) } else { Err(faults) }
    }

    /// The text for this response, or why there is none. Of minijinja's errors only kind and line are told: their
    /// details may hold values.
    pub(super) fn fill(&self, response: &Submission) -> Result<String, String> {
        let (response, missed) = (Arc::new(response.clone()), Arc::new(Mutex::new(None)));
        let note = Arc::clone(&missed);
        let environment = environment(move |lookup| match lookup.find(&response) {
            Ok(found) => Ok(Value::from(found.texts.join(SEPARATOR))),
            Err(Missing::Absent(why)) => {
                keep(&note, why);
                Ok(Value::UNDEFINED)
            }
            Err(Missing::Unusable(why)) => {
                keep(&note, why);
                Err(ErrorKind::UndefinedError.into())
            }
        });
        environment.render_str(&self.0, ()).map_err(|error| {
            let missed = missed.lock().ok().and_then(|mut missed| missed.take());
            match missed.filter(|_| error.kind() == ErrorKind::UndefinedError) {
                Some(why) => format!("the template cannot be filled: {why}"),
                None => format!("the template cannot be filled: {}{}", error.kind(), at_line(&error)),
            }
        })
    }
}

/// The last lookup that failed is the one that a following error is about.
fn keep(note: &Mutex<Option<String>>, why: String) {
    if let Ok(mut note) = note.lock() {
        *note = Some(why);
    }
}

fn at_line(error: &Error) -> String {
    error.line().map_or_else(String::new, |line| format!(" (line {line} of the template)"))
}

/// minijinja with the functions, which find values by `look`.
fn environment<F>(look: F) -> Environment<'static>
where
    F: Fn(Lookup) -> Result<Value, Error> + Clone + Send + Sync + 'static,
{
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.remove_global("debug");
    let (input, part, own) = (look.clone(), look.clone(), look.clone());
    environment.add_function("input", move |key: String| input(Lookup::Input { key, part: None }));
    environment.add_function("part", move |key: String, name: String| part(Lookup::Input { key, part: Some(name) }));
    environment.add_function("own", move |name: String| match Lookup::own(&name) {
        Some(lookup) => own(lookup),
        None => Err(ErrorKind::UndefinedError.into()),
    });
    environment.add_function("url_parameter", move |name: String| look(Lookup::UrlParameter(name)));
    environment
}
