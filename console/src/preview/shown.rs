//! How previews are told: a line for each change, a step for each of an explanation, a block for each saved delivery.

use admin::{Change, ChangeKind, Explanation, Preview};
use serde_json::{Value, json};

use super::bodies::Read;
use super::record::{self, Line, Record};
use crate::say;

/// One line for each change.
pub(super) fn changes(preview: &Preview, values: bool) -> String {
    let row = |Change { object, kind, what, value }: &Change| {
        let object = if object.is_empty() { "(no id)" } else { object };
        let line = Line { what: kind.word().to_owned(), seen: what.clone(), value: value.clone() };
        [line.what.clone(), object.to_owned(), line.shown(values)]
    };
    say::columns(&preview.changes.iter().map(row).collect::<Vec<_>>())
}

/// Kinds that some flows never have are named only where there are some.
pub(super) fn summary(name: &str, Preview { changes, unchanged, .. }: &Preview) -> String {
    let count = |kind: ChangeKind| changes.iter().filter(|it| it.kind == kind).count();
    let is_rare =
        |kind| matches!(kind, ChangeKind::Adopted | ChangeKind::Deactivated | ChangeKind::Held | ChangeKind::Unmatched);
    let counted = ChangeKind::ALL.into_iter().map(|kind| (kind, count(kind)));
    let told = counted.filter(|(kind, count)| *count > 0 || !is_rare(*kind));
    let told: Vec<_> = told.map(|(kind, count)| format!("{count} {}", kind.word())).collect();
    format!("{name}: {} and {unchanged} unchanged; nothing was written", told.join(", "))
}

/// The changes for scripts.
pub(super) fn changes_as_json(name: &str, preview: &Preview, values: bool) -> Value {
    let change = |Change { object, kind, what, value }: &Change| {
        let line = Line { what: kind.word().to_owned(), seen: what.clone(), value: value.clone() };
        let mut told = line.as_json(["change", "what"], values);
        if let Some(members) = told.as_object_mut() {
            members.insert("id".to_owned(), json!(object));
        }
        told
    };
    let changes: Vec<Value> = preview.changes.iter().map(change).collect();
    json!({"connection": name, "changes": changes, "unchanged": preview.unchanged, "unlisted": preview.unlisted})
}

/// One line for each step.
pub(super) fn steps(explanation: &Explanation, values: bool) -> String {
    lines(&record::of_explanation("", explanation).lines, values)
}

/// The steps for scripts.
pub(super) fn steps_as_json(name: &str, id: &str, explanation: &Explanation, values: bool) -> Value {
    json!({"connection": name, "id": id, "steps": lines_as_json(&record::of_explanation("", explanation).lines, values)})
}

/// A block for each delivery: what it comes to, and how it is read.
pub(super) fn bodies(read: &[Read], values: bool) -> String {
    let block = |read: &Read| {
        let Record { id, lines: all } = record::of_body(read);
        format!("{id}\n{}", indented(&lines(&all, values)))
    };
    read.iter().map(block).collect::<Vec<_>>().join("\n")
}

/// The deliveries for scripts.
pub(super) fn bodies_as_json(name: &str, read: &[Read], values: bool) -> Value {
    let one = |Read { label, reading }: &Read| {
        let steps = lines_as_json(&record::of_explanation("", &reading.explanation).lines, values);
        json!({"body": label, "end": reading.end.word(), "object": reading.object, "steps": steps})
    };
    json!({"connection": name, "bodies": read.iter().map(one).collect::<Vec<_>>()})
}

fn lines(lines: &[Line], values: bool) -> String {
    say::columns(&lines.iter().map(|line| [line.what.clone(), line.shown(values)]).collect::<Vec<_>>())
}

fn lines_as_json(lines: &[Line], values: bool) -> Vec<Value> {
    lines.iter().map(|line| line.as_json(["what", "seen"], values)).collect()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use admin::{PayloadEnd, PayloadReading};
    use vendors::value::Personal;

    use super::*;

    fn changed(object: &str, kind: ChangeKind, what: &str, value: Option<&str>) -> Change {
        let value = value.map(|value| Personal::new(value.to_owned()));
        Change { object: object.to_owned(), kind, what: what.to_owned(), value }
    }

    fn preview() -> Preview {
        let changes = vec![
            changed("1d8e", ChangeKind::Changed, "Holiday -> Special leave", Some("note: Erholung")),
            changed("", ChangeKind::Refused, "it cannot be read: `starts_from`", None),
            changed("2f00", ChangeKind::Changed, "Holiday -> Sickness", None),
        ];
        Preview { changes, unchanged: 7, unlisted: 1 }
    }

    #[test]
    fn a_preview_is_one_line_for_each_and_a_count() {
        let expected = "\
changed  1d8e     Holiday -> Special leave
refused  (no id)  it cannot be read: `starts_from`
changed  2f00     Holiday -> Sickness";
        assert_eq!(changes(&preview(), false), expected);
        assert!(changes(&preview(), true).contains("Holiday -> Special leave: note: Erholung"));
        let expected = "absences: 0 created, 2 changed, 0 removed, 1 refused and 7 unchanged; nothing was written";
        assert_eq!(summary("absences", &preview()), expected);
    }

    #[test]
    fn scripts_see_the_same_and_values_only_where_they_ask_for_them() {
        let seen = changes_as_json("absences", &preview(), false);
        assert_eq!(seen["changes"][0], json!({"id": "1d8e", "change": "changed", "what": "Holiday -> Special leave"}));
        assert_eq!((&seen["unchanged"], &seen["unlisted"]), (&json!(7), &json!(1)));
        let open = changes_as_json("absences", &preview(), true);
        assert_eq!(open["changes"][0]["value"], json!("note: Erholung"));
    }

    #[test]
    fn kinds_that_only_some_flows_have_are_counted_where_there_are_some() {
        let changes = vec![
            changed("3002", ChangeKind::Held, "deactivate", None),
            changed("person 3004", ChangeKind::Unmatched, "no user", None),
        ];
        let preview = Preview { changes, unchanged: 7, unlisted: 0 };
        let expected = "accounts: 0 created, 0 changed, 0 removed, 1 held, 1 unmatched, 0 refused and 7 unchanged; \
            nothing was written";
        assert_eq!(summary("accounts", &preview), expected);
    }

    #[test]
    fn an_object_is_explained_step_by_step() {
        let mut explanation = Explanation::default();
        explanation.add("wanted today", "no account: the employment is over");
        explanation.add_value("steps", "write title", "title: Lead");
        let expected = "wanted today  no account: the employment is over\nsteps         write title";
        assert_eq!(steps(&explanation, false), expected);
        let seen = steps_as_json("accounts", "3002", &explanation, false);
        assert_eq!(seen["steps"][1], json!({"what": "steps", "seen": "write title"}));
        assert!(steps(&explanation, true).ends_with("write title: title: Lead"));
    }

    #[test]
    fn a_saved_delivery_is_a_block_that_hides_what_fields_hold() {
        let mut explanation = Explanation::default();
        explanation.add("job", "4711");
        explanation.add_value("first name", "", "Dora");
        explanation.add_value("attribute", "birthday", "1990-01-01");
        let reading = PayloadReading { object: "response/r-1".to_owned(), end: PayloadEnd::Created, explanation };
        let read = [Read { label: "one.json".to_owned(), reading }];
        let expected = "\
one.json
  created     response/r-1
  job         4711
  first name  (hidden)
  attribute   birthday";
        assert_eq!(bodies(&read, false), expected);
        let open = bodies(&read, true);
        assert!(open.contains("first name  Dora") && open.contains("birthday: 1990-01-01"), "{open}");
        let seen = bodies_as_json("careers", &read, false);
        assert_eq!(
            (&seen["bodies"][0]["end"], &seen["bodies"][0]["object"]),
            (&json!("created"), &json!("response/r-1"))
        );
        assert!(!seen.to_string().contains("Dora"));
    }
}
