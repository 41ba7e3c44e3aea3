//! The environment that Lambda gives a function.

use std::collections::HashMap;
use std::fmt;

use crate::function::Function;

/// The declared variables of a function, read once. `Debug` shows their names.
#[derive(Clone)]
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
        let read = |name: &'static str| match std::env::var(name) {
            Ok(value) => Ok((name, value)),
            Err(_) => Err(MissingVariable(name.to_owned())),
        };
        function.environment().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// A declared variable's value.
    ///
    /// # Errors
    /// Where the function does not declare it: then the template need not set it either.
    pub fn get(&self, name: &str) -> Result<&str, MissingVariable> {
        self.0.get(name).map(String::as_str).ok_or_else(|| MissingVariable(name.to_owned()))
    }
}

#[cfg(test)]
impl Environment {
    /// One for tests, with a single variable.
    pub(crate) fn planted(name: &'static str, value: &str) -> Self {
        Self(HashMap::from([(name, value.to_owned())]))
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
