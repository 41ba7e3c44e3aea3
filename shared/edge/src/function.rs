//! What a Lambda function is told and allowed, declared beside its code. A test compares the declaration with
//! template.yaml both ways.

use std::collections::HashMap;

/// One Lambda function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Function {
    /// Its binary's name, which is also its name in the template.
    pub name: &'static str,
    /// The environment variables it reads.
    pub environment: &'static [&'static str],
    /// The AWS actions its code asks for. What Lambda does on its behalf (receiving from its queue, writing logs) is
    /// not listed.
    pub actions: &'static [&'static str],
}

/// The declared variables of a function, read once.
#[derive(Debug, Clone)]
pub struct Environment(HashMap<&'static str, String>);

/// A variable that is not set, or that the function does not declare.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the environment variable {0} is not set (template.yaml sets it)")]
pub struct MissingVariable(pub String);

impl Environment {
    /// Reads what `function` declares.
    ///
    /// # Errors
    /// The first variable that is not set.
    pub fn read(function: &Function) -> Result<Self, MissingVariable> {
        let read = |name: &&'static str| match std::env::var(name) {
            Ok(value) => Ok((*name, value)),
            Err(_) => Err(MissingVariable((*name).to_owned())),
        };
        function.environment.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// A declared variable's value.
    ///
    /// # Errors
    /// Where the function does not declare it: then the template need not set it either.
    pub fn get(&self, name: &str) -> Result<&str, MissingVariable> {
        self.0.get(name).map(String::as_str).ok_or_else(|| MissingVariable(name.to_owned()))
    }
}
