//! A template, filled with the values of a response.

use std::sync::{Arc, Mutex};

use minijinja::{Error, ErrorKind, Value};
use vendors::heyflow::model::Submission;

use super::check;
use super::environment::{at_line, environment};
use crate::heyflow_to_personio::lookup::{Lookup, Missing, SEPARATOR};

/// A template that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CheckedTemplate(String);

impl CheckedTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// Everything wrong with it that shows without a response.
    pub(crate) fn read(source: &str) -> Result<Self, Vec<String>> {
        let faults = check::faults(source);
        if faults.is_empty() { Ok(Self(source.to_owned())) } else { Err(faults) }
    }

    /// The text for this response, or why there is none. Of minijinja's errors only kind and line are told: their
    /// details may hold values.
    pub(crate) fn fill(&self, response: &Submission) -> Result<String, String> {
        let missed = Arc::new(Mutex::new(None));
        let environment = environment(look_in(response, &missed));
        environment.render_str(&self.0, ()).map_err(|error| {
            let missed = missed.lock().ok().and_then(|mut missed| missed.take());
            match missed.filter(|_| error.kind() == ErrorKind::UndefinedError) {
                Some(why) => format!("the template cannot be filled: {why}"),
                None => format!("the template cannot be filled: {}{}", error.kind(), at_line(&error)),
            }
        })
    }
}

/// How a template's functions find their values in a response. `missed` keeps why the last one was not found.
fn look_in(
    response: &Submission,
    missed: &Arc<Mutex<Option<String>>>,
) -> impl Fn(Lookup) -> Result<Value, Error> + Clone + Send + Sync + use<> {
    let response = Arc::new(response.clone());
    let missed = Arc::clone(missed);
    move |lookup| match lookup.find(&response) {
        Ok(found) => Ok(Value::from(found.texts.join(SEPARATOR))),
        Err(Missing::Absent(why)) => {
            remember(&missed, why);
            Ok(Value::UNDEFINED)
        }
        Err(Missing::Unusable(why)) => {
            remember(&missed, why);
            Err(ErrorKind::UndefinedError.into())
        }
    }
}

/// The last lookup that failed is the one that a following error is about.
fn remember(missed: &Mutex<Option<String>>, why: String) {
    if let Ok(mut missed) = missed.lock() {
        *missed = Some(why);
    }
}
