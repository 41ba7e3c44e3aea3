//! A template, filled with the values of a response.

use std::mem;
use std::sync::{Arc, Mutex};

use minijinja::{Error, ErrorKind, Value};
use vendors::heyflow::model::Submission;

use super::check;
use super::environment::{at_line, environment};
use super::words::{Word, words};
use crate::heyflow_to_personio::lookup::{Found, Lookup, Missing, SEPARATOR, Take};

/// A template that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CheckedTemplate(String);

/// A template that was filled.
pub(crate) struct Filled {
    pub(crate) text: String,
    /// What the log says of how its values were found.
    pub(crate) notices: Vec<String>,
}

/// What a filling leaves beside its text.
#[derive(Default)]
struct Traces {
    /// Why the last place that was not found was not: an error that follows is about it.
    missed: Option<String>,
    notices: Vec<String>,
}

impl CheckedTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// Everything wrong with it that shows without a response.
    pub(crate) fn read(source: &str) -> Result<Self, Vec<String>> {
        let faults = check::faults(source);
        if faults.is_empty() { Ok(Self(source.to_owned())) } else { Err(faults) }
    }

    /// The inputs that it names in quotes.
    pub(crate) fn inputs(&self) -> Vec<Lookup> {
        let words = words(&self.0);
        let named = words.windows(5).filter_map(|words| match words {
            [Word::Name("part"), Word::Sign('('), Word::Text(key), Word::Sign(','), Word::Text(part)] => {
                Some(Lookup::Input { keys: vec![(*key).to_owned()], part: Some((*part).to_owned()) })
            }
            _ => None,
        });
        let whole = words.windows(3).filter_map(|words| match words {
            [Word::Name("input"), Word::Sign('('), Word::Text(key)] => Some(Lookup::input(key)),
            _ => None,
        });
        named.chain(whole).collect()
    }

    /// The text for this response, or why there is none. Of minijinja's errors only kind and line are told: their
    /// details may hold values.
    pub(crate) fn fill(&self, response: &Submission) -> Result<Filled, String> {
        let traces = Arc::new(Mutex::new(Traces::default()));
        let environment = environment(look_in(response, &traces));
        let rendered = environment.render_str(&self.0, ());
        let Traces { missed, notices } = traces.lock().map(|mut traces| mem::take(&mut *traces)).unwrap_or_default();
        match rendered {
            Ok(text) => Ok(Filled { text, notices }),
            Err(error) => Err(match missed.filter(|_| error.kind() == ErrorKind::UndefinedError) {
                Some(why) => format!("the template cannot be filled: {why}"),
                None => format!("the template cannot be filled: {}{}", error.kind(), at_line(&error)),
            }),
        }
    }
}

/// How a template's functions find their values in a response.
fn look_in(
    response: &Submission,
    traces: &Arc<Mutex<Traces>>,
) -> impl Fn(Lookup) -> Result<Value, Error> + Clone + Send + Sync + use<> {
    let response = Arc::new(response.clone());
    let traces = Arc::clone(traces);
    move |lookup| match lookup.find(&response, Take::First) {
        Ok(Found { texts, notices, .. }) => {
            remember(&traces, |traces| traces.notices.extend(notices));
            Ok(Value::from(texts.join(SEPARATOR)))
        }
        Err(Missing::Absent(why)) => {
            remember(&traces, |traces| traces.missed = Some(why));
            Ok(Value::UNDEFINED)
        }
        Err(Missing::Unusable(why) | Missing::Problem(why)) => {
            remember(&traces, |traces| traces.missed = Some(why));
            Err(ErrorKind::UndefinedError.into())
        }
    }
}

fn remember(traces: &Mutex<Traces>, note: impl FnOnce(&mut Traces)) {
    if let Ok(mut traces) = traces.lock() {
        note(&mut traces);
    }
}
