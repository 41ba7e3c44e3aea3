//! The lines as people and scripts see them.

use admin::{Finding, Level};
use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};

use crate::ends::Failure;
use crate::say;

/// The narrowest that a column of sentences gets.
const NARROW: usize = 30;
const INDENT: &str = "         ";
const TO_DO: &str = "to do: ";

/// What belongs together.
pub(super) struct Section {
    /// `None`: the stack.
    pub(super) connection: Option<String>,
    pub(super) findings: Vec<Finding>,
}

/// Prints all.
pub(super) fn print(sections: &[Section], json: bool) -> Result<(), Failure> {
    if json {
        return say::json(&as_json(sections));
    }
    let width = say::screen_width();
    for section in sections {
        say::line(lines(section, width))?;
    }
    say::line(summary(sections))
}

fn lines(Section { connection, findings }: &Section, width: Option<usize>) -> String {
    let head = connection.as_ref().map_or_else(|| "the stack".to_owned(), |name| format!("the connection {name}"));
    let about = findings.iter().map(|finding| finding.about.chars().count()).max().unwrap_or_default();
    let rows = findings.iter().map(|finding| row(finding, about, width));
    std::iter::once(painted(Style::new().bold(), &head)).chain(rows).collect::<Vec<_>>().join("\n")
}

/// Level, what was looked at and what was seen; what mends it on lines of its own.
fn row(Finding { level, about, seen, mend }: &Finding, width_of_about: usize, width: Option<usize>) -> String {
    let indent = " ".repeat(INDENT.len() + width_of_about + 2);
    let seen = wrapped(seen, &indent, width);
    let level = painted(style(*level), &format!("{:<7}", level.word()));
    let row = format!("{level}  {about:<width_of_about$}  {seen}");
    match mend {
        Some(mend) => format!("{row}\n{indent}{TO_DO}{}", wrapped(mend, &format!("{indent}{TO_DO}"), width)),
        None => row,
    }
}

/// A sentence in lines that fit beside the columns before it. Nothing is broken where there is no screen.
fn wrapped(text: &str, indent: &str, width: Option<usize>) -> String {
    let Some(room) = width.map(|width| width.saturating_sub(indent.len()).max(NARROW)) else { return text.to_owned() };
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join(&format!("\n{indent}"))
}

fn style(level: Level) -> Style {
    let colour = match level {
        Level::Ok => AnsiColor::Green,
        Level::Warning => AnsiColor::Yellow,
        Level::Fault => AnsiColor::Red,
    };
    Style::new().fg_color(Some(colour.into()))
}

fn painted(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

fn summary(sections: &[Section]) -> String {
    let count = |level| sections.iter().flat_map(|section| &section.findings).filter(|it| it.level == level).count();
    let [faults, warnings, well] = [Level::Fault, Level::Warning, Level::Ok].map(count);
    format!("faults: {faults}, warnings: {warnings}, ok: {well}; nothing was written")
}

fn as_json(sections: &[Section]) -> Value {
    let findings = sections.iter().flat_map(|Section { connection, findings }| {
        findings.iter().map(move |Finding { level, about, seen, mend }| {
            json!({"connection": connection, "level": level.word(), "about": about, "seen": seen, "mend": mend})
        })
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections() -> [Section; 2] {
        let of_stack = vec![Finding::ok("deployment", "UPDATE_COMPLETE")];
        let missing = "the right is missing: scope personio:absences:read";
        let of_connection = vec![
            Finding::ok("personio: login", "accepted"),
            Finding::fault("personio: absences", missing, "Personio > Settings > API credentials"),
            Finding::warning("hellohq: writing", "not known", "try it"),
        ];
        let connection = Some("absences".to_owned());
        [Section { connection: None, findings: of_stack }, Section { connection, findings: of_connection }]
    }

    /// Without colours, as where there is no terminal.
    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn each_line_tells_its_level_and_what_mends_it() {
        let shown: Vec<String> = sections().iter().map(|section| plain(&lines(section, None))).collect();
        insta::assert_snapshot!(format!("{}\n{}", shown.join("\n"), summary(&sections())), @"
        the stack
        ok       deployment  UPDATE_COMPLETE
        the connection absences
        ok       personio: login     accepted
        fault    personio: absences  the right is missing: scope personio:absences:read
                                     to do: Personio > Settings > API credentials
        warning  hellohq: writing    not known
                                     to do: try it
        faults: 1, warnings: 1, ok: 2; nothing was written
        ");
    }

    #[test]
    fn a_narrow_screen_breaks_sentences_and_no_words() {
        let [_, connection] = sections();
        let shown = plain(&lines(&connection, Some(64)));
        assert!(shown.lines().all(|line| line.chars().count() <= 64), "{shown}");
        assert!(
            shown.contains("the right is missing: scope\n                             personio:absences:read\n"),
            "{shown}"
        );
    }

    #[test]
    fn a_level_has_its_colour() {
        let [_, connection] = sections();
        assert!(lines(&connection, None).contains("\u{1b}[31mfault  \u{1b}[0m"));
    }

    #[test]
    fn scripts_see_the_same() {
        let seen = as_json(&sections());
        let expected =
            json!({"connection": null, "level": "ok", "about": "deployment", "seen": "UPDATE_COMPLETE", "mend": null});
        assert_eq!(seen[0], expected);
        assert_eq!(seen[2]["connection"], "absences");
        assert_eq!(seen[2]["mend"], "Personio > Settings > API credentials");
    }
}
