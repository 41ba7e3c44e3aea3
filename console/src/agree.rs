//! Asking before something that cannot be taken back.

use std::io::{IsTerminal as _, stdin};

use crate::ends::Failure;
use crate::say;

/// Has the person at the terminal agree, unless `yes` was said before. `not`: what has not happened otherwise.
///
/// # Errors
/// Where nobody agrees, or there is no terminal to ask at.
pub(crate) fn agreed(yes: bool, question: &str, not: &str) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !stdin().is_terminal() {
        return Err(Failure::Refused(format!("{not}; do it with --yes")));
    }
    say::aside(format!("{question} (yes/no)"));
    let mut answer = String::new();
    let read = stdin().read_line(&mut answer);
    match (read, answer.trim()) {
        (Ok(_), "y" | "yes") => Ok(()),
        _ => Err(Failure::Refused(not.to_owned())),
    }
}
