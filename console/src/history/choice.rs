//! Whose history is wanted, and which lines tell it.

use std::collections::BTreeSet;

use ledger::Subject;
use logs::{Line, Pattern, is_about};

/// Whose history is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// The whole connection's.
    All,
    /// One object's: its id, or its kind and its id as `absence/1d8e`.
    Object(String),
    /// One event's, by the beginning of its id.
    Event(String),
}

impl Choice {
    /// Which lines of the workers to ask for.
    pub(super) fn pattern(&self, connection: &str) -> Pattern {
        match self {
            Self::All => Pattern::of_connection(connection),
            Self::Object(object) => Pattern::of_object(connection, object),
            Self::Event(event) => Pattern::of_events(connection, &[event]),
        }
    }

    /// Which lines of the receiver to ask for: a delivery that was queued is known by its event alone.
    pub(super) fn pattern_of_deliveries(&self, connection: &str, of_workers: &[Line]) -> Pattern {
        match self {
            Self::Object(_) => {
                let events: Vec<&str> = self.events(of_workers).into_iter().collect();
                Pattern::of_events(connection, &events)
            }
            Self::All | Self::Event(_) => self.pattern(connection),
        }
    }

    /// The lines that tell it: those that name it, and all of the events that these are about.
    pub(super) fn of(&self, connection: &str, lines: Vec<Line>) -> Vec<Line> {
        let events: BTreeSet<String> = self.events(&lines).into_iter().map(str::to_owned).collect();
        let wanted = |line: &Line| {
            line.connection == connection
                && (self.names(line) || line.event.as_ref().is_some_and(|event| events.contains(event)))
        };
        lines.into_iter().filter(wanted).collect()
    }

    /// The objects that lines of the choice name, as they are spelled in links.
    pub(super) fn subjects(&self, lines: &[Line]) -> BTreeSet<Subject> {
        let ids = lines.iter().flat_map(|line| line.object.split(' '));
        let named: BTreeSet<String> = ids.map(|id| id.replacen('=', "/", 1)).collect();
        let read = |text: &String| text.parse::<Subject>().ok();
        match self {
            Self::All => BTreeSet::new(),
            Self::Object(object) => {
                let is_it = |subject: &Subject| subject.to_string() == *object || subject.id.as_str() == object;
                named.iter().chain([object]).filter_map(read).filter(is_it).collect()
            }
            Self::Event(_) => named.iter().filter_map(read).collect(),
        }
    }

    fn events<'a>(&self, lines: &'a [Line]) -> BTreeSet<&'a str> {
        lines.iter().filter(|line| self.names(line)).filter_map(|line| line.event.as_deref()).collect()
    }

    fn names(&self, line: &Line) -> bool {
        match self {
            Self::All => true,
            Self::Object(object) => is_about(&line.object, object),
            Self::Event(begin) => line.event.as_ref().is_some_and(|event| event.starts_with(begin)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::show::tests::line;
    use super::*;

    fn lines() -> Vec<Line> {
        vec![
            Line { object: String::new(), ..line("e1") },
            Line { object: "absence=1d8e".to_owned(), ..line("e1") },
            Line { object: "absence=77c0".to_owned(), ..line("e2") },
            Line { object: "absence=1d8e".to_owned(), connection: "office".to_owned(), ..line("e3") },
        ]
    }

    fn told(choice: &Choice) -> Vec<String> {
        let told = choice.of("absences", lines());
        told.into_iter().map(|line| format!("{} {}", line.event.unwrap_or_default(), line.object)).collect()
    }

    #[test]
    fn an_objects_history_has_the_deliveries_of_its_events() {
        for object in ["1d8e", "absence/1d8e"] {
            assert_eq!(told(&Choice::Object(object.to_owned())), ["e1 ", "e1 absence=1d8e"]);
        }
        assert_eq!(told(&Choice::Event("e2".to_owned())), ["e2 absence=77c0"]);
        assert_eq!(told(&Choice::All).len(), 3);
        assert_eq!(told(&Choice::Object("other".to_owned())), [""; 0]);
    }

    #[test]
    fn links_are_looked_up_of_what_is_named() {
        let subjects = |choice: Choice| -> Vec<String> {
            choice.subjects(&choice.of("absences", lines())).iter().map(ToString::to_string).collect()
        };
        assert_eq!(subjects(Choice::Object("1d8e".to_owned())), ["absence/1d8e"]);
        assert_eq!(subjects(Choice::Object("absence/quiet".to_owned())), ["absence/quiet"]);
        assert_eq!(subjects(Choice::Event("e".to_owned())), ["absence/1d8e", "absence/77c0"]);
        assert_eq!(subjects(Choice::All), [""; 0]);
    }

    #[test]
    fn deliveries_are_asked_for_by_the_events_of_the_object() {
        let asked = Choice::Object("1d8e".to_owned()).pattern_of_deliveries("absences", &lines()[..2]);
        assert_eq!(asked, Pattern::of_events("absences", &["e1"]));
    }
}
