//! What the command says: results on standard output, everything else on standard error.

use std::fmt::Display;
use std::io::{ErrorKind, Write, stderr};

use anstream::stdout;
use serde::Serialize;

use crate::ends::{End, Failure};

/// A result. Its colours are left out unless it goes to a terminal. A reader that has gone away (`hrsync ... | head`) is no failure: the work is done all the same.
pub(crate) fn line(text: impl Display) -> Result<(), Failure> {
    match writeln!(stdout().lock(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Refused(format!("standard output cannot be written ({error}); give it a place that takes it")))
        }
        _ => Ok(()),
    }
}

/// A result for scripts.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value);
    line(text.map_err(|error| Failure::Refused(format!("the result is no JSON ({error}); leave --json out")))?)
}

/// A remark beside the result. Where nobody can read remarks, nothing is lost but the remark.
pub(crate) fn aside(text: impl Display) {
    writeln!(stderr().lock(), "{text}").unwrap_or_default();
}

/// Remarks on what of a list cannot be read, and how the verb that shows the list ends.
pub(crate) fn unreadable(keys: &[String]) -> End {
    for key in keys {
        aside(format!(
            "cannot be read, and is left out: the table's item `{key}`; mend it, or apply the connection again"
        ));
    }
    if keys.is_empty() { End::Fine } else { End::Problems }
}

/// How many characters a line of the terminal has. `None`: results do not go to one.
pub(crate) fn screen_width() -> Option<usize> {
    terminal_size::terminal_size_of(std::io::stdout()).map(|(terminal_size::Width(width), _)| width.into())
}

/// Rows in columns two blanks apart.
pub(crate) fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let lines = rows.iter().map(|row| {
        let padded = row.iter().enumerate().map(|(column, cell)| format!("{cell:<0$}", width(rows, column) + 2));
        padded.collect::<String>().trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn width<const N: usize>(rows: &[[String; N]], column: usize) -> usize {
    rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["name", "flow"], ["careers", "a-to-b"], ["é", "b"]].map(|row| row.map(str::to_owned));
        assert_eq!(columns(&rows), "name     flow\ncareers  a-to-b\né        b");
    }
}
