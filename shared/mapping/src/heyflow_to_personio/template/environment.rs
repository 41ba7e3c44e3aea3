//! minijinja as templates see it.

use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};

use crate::heyflow_to_personio::lookup::Lookup;

/// What a template can call. What is absent is undefined, so `| default("")` applies; several choices are one text.
pub(super) const FUNCTIONS: &[&str] = &["input", "part", "own", "url_parameter"];

/// The line of the template that an error is about.
pub(super) fn at_line(error: &Error) -> String {
    error.line().map_or_else(String::new, |line| format!(" (line {line} of the template)"))
}

/// minijinja with the functions, which find values by `look`.
pub(super) fn environment<F>(look: F) -> Environment<'static>
where
    F: Fn(Lookup) -> Result<Value, Error> + Clone + Send + Sync + 'static,
{
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.remove_global("debug");
    let input = look.clone();
    let part = look.clone();
    let own = look.clone();
    environment.add_function("input", move |key: String| input(Lookup::input(&key)));
    environment.add_function("part", move |key: String, name: String| {
        part(Lookup::Input { keys: vec![key], part: Some(name) })
    });
    environment.add_function("own", move |name: String| match Lookup::own(&name) {
        Some(lookup) => own(lookup),
        None => Err(ErrorKind::UndefinedError.into()),
    });
    environment.add_function("url_parameter", move |name: String| look(Lookup::UrlParameter(name)));
    environment
}
