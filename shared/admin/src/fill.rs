//! Fills a flow's commented example with what its accounts hold. Pure. Every comment of the example stays.

use toml_edit::{Array, DocumentMut, Item, Table, TomlError, Value};

use crate::init::{Findings, List, Place, Proposal, Proposed};

/// How many entries of a list are written into a file; `--json` has all of them.
const MOST_ENTRIES: usize = 40;

/// The example as the file of the connection `name`. `taken`: for each proposal of the findings whether it is taken.
///
/// # Errors
/// Where the example, or what is laid over it, is no TOML.
pub fn filled(example: &str, name: &str, findings: &Findings, taken: &[bool]) -> Result<String, TomlError> {
    let mut document: DocumentMut = example.parse()?;
    set(document.as_table_mut(), "name", Value::from(name));
    for table in findings.emptied {
        if let Some(table) = document.get_mut(table).and_then(Item::as_table_mut) {
            empty(table);
        }
    }
    let decided: Vec<_> = findings.proposals.iter().zip(taken.iter().copied()).collect();
    for (proposal, is_taken) in &decided {
        let place = if *is_taken { Some(&proposal.place) } else { proposal.otherwise.as_ref() };
        if let Some(place) = place {
            fill(&mut document, place, &proposal.value);
        }
    }
    for table in findings.emptied {
        if let Some(table) = document.get_mut(table).and_then(Item::as_table_mut) {
            tidy(table);
        }
    }
    let mut text = document.to_string();
    for list in findings.lists.iter().rev().filter(|list| !list.entries.is_empty()) {
        text = beneath(&text, list.table, &listed(list));
    }
    let open = decided.iter().filter(|(_, is_taken)| !is_taken).map(|(proposal, _)| *proposal);
    for proposal in open.collect::<Vec<_>>().into_iter().rev() {
        text = beneath(&text, proposal.place.table, &suggested(proposal));
    }
    Ok(text)
}

/// A value takes the place of the one before and keeps the comment behind it.
fn set(table: &mut Table, key: &str, mut value: Value) {
    if let Some(present) = table.get_mut(key).and_then(Item::as_value_mut) {
        *value.decor_mut() = present.decor().clone();
        *present = value;
    } else {
        table.insert(key, Item::Value(value));
    }
}

fn empty(table: &mut Table) {
    table.iter_mut().filter_map(|(_, item)| item.as_array_mut()).for_each(Array::clear);
}

/// Takes out the lists that got no entry. One that the example explains stays, empty, and stands last as there.
fn tidy(table: &mut Table) {
    let is_explained = |table: &Table, key: &str| {
        let prefix = table.key(key).and_then(|key| key.leaf_decor().prefix()).and_then(|prefix| prefix.as_str());
        prefix.is_some_and(|prefix| prefix.contains('#'))
    };
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        if is_explained(table, &key) {
            if let Some((explained, item)) = table.remove_entry(&key) {
                table.insert_formatted(&explained, item);
            }
        } else if table.get(&key).and_then(Item::as_array).is_some_and(Array::is_empty) {
            table.remove(&key);
        }
    }
}

fn fill(document: &mut DocumentMut, Place { table, key }: &Place, value: &Proposed) {
    let entry = document.as_table_mut().entry(table).or_insert_with(|| Item::Table(Table::new()));
    let Some(table) = entry.as_table_mut() else { return };
    match value {
        Proposed::Text(text) => set(table, key, Value::from(text.as_str())),
        Proposed::Entry(text) => {
            let list = table.entry(key).or_insert_with(|| Item::Value(Value::Array(Array::new())));
            if let Some(list) = list.as_array_mut() {
                list.push(text.as_str());
            }
        }
    }
}

/// The text with comment lines right under the head of a table; at its end where the table is not there.
fn beneath(text: &str, table: &str, lines: &[String]) -> String {
    let head = format!("[{table}]");
    let comment: String = lines.iter().map(|line| format!("# {line}\n")).collect();
    let mut written = String::new();
    let mut is_placed = false;
    for line in text.lines() {
        written.push_str(line);
        written.push('\n');
        if line == head {
            written.push_str(&comment);
            is_placed = true;
        }
    }
    if is_placed { written } else { format!("{written}\n{comment}") }
}

fn listed(list: &List) -> Vec<String> {
    let entries = list.entries.iter().take(MOST_ENTRIES).map(|entry| {
        let name = on_one_line(&entry.name);
        if name.is_empty() {
            format!("  {}", on_one_line(&entry.id))
        } else {
            format!("  {}  {name}", on_one_line(&entry.id))
        }
    });
    let left = list.entries.len().saturating_sub(MOST_ENTRIES);
    let more = (left > 0).then(|| format!("  and {left} more; `hrsync init --json` shows them"));
    [format!("{}:", list.title)].into_iter().chain(entries).chain(more).collect()
}

fn suggested(Proposal { about, place, value, .. }: &Proposal) -> Vec<String> {
    let key = toml_edit::Key::new(place.key.as_str()).to_string();
    let value = match value {
        Proposed::Text(text) => Value::from(text.as_str()).to_string(),
        Proposed::Entry(text) => Value::from_iter([text.as_str()]).to_string(),
    };
    vec![format!("{}, perhaps:", on_one_line(about)), on_one_line(&format!("{key} = {value}"))]
}

/// A vendor's text must not end a comment.
fn on_one_line(text: &str) -> String {
    vendors::text::on_one_line(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::init::{Certainty, Entry};

    const EXAMPLE: &str = r#"# the name
name = "example" # unique

[start]
# what contracts are made from
template = "101" # by id

# homes
[mapping]
"Holiday" = ["Urlaub"]
"Sickness" = ["Krankheit"]

# left out
ignore = ["Home Office"]
"#;

    fn proposal(about: &str, key: &str, certainty: Certainty) -> Proposal {
        let place = |key: &str| Place { table: "mapping", key: key.to_owned() };
        let otherwise = (certainty == Certainty::Likely).then(|| place("ignore"));
        let value = Proposed::Entry(about.to_owned());
        Proposal { about: format!("type \"{about}\""), place: place(key), value, certainty, otherwise }
    }

    #[test]
    fn comments_stay_and_what_is_not_taken_is_left_as_a_comment() {
        let template = Proposal {
            about: String::new(),
            place: Place { table: "start", key: "template".to_owned() },
            value: Proposed::Text("31".to_owned()),
            certainty: Certainty::Exact,
            otherwise: None,
        };
        let findings = Findings {
            emptied: &["mapping"],
            lists: vec![List {
                title: "templates of Oneflow".to_owned(),
                table: "start",
                entries: vec![Entry { id: "31".to_owned(), name: "two\nlines".to_owned() }],
            }],
            proposals: vec![
                template,
                proposal("Special \"leave\"", "Special leave", Certainty::Exact),
                proposal("Kur", "Sickness", Certainty::Likely),
            ],
            remarks: Vec::new(),
        };
        let text = filled(EXAMPLE, "absences", &findings, &[true, true, false]).unwrap();
        insta::assert_snapshot!(text, @r#"
        # the name
        name = "absences" # unique

        [start]
        # templates of Oneflow:
        #   31  two lines
        # what contracts are made from
        template = "31" # by id

        # homes
        [mapping]
        # type "Kur", perhaps:
        # Sickness = ["Kur"]
        "Special leave" = ['Special "leave"']

        # left out
        ignore = ["Kur"]
        "#);
    }

    #[test]
    fn without_findings_only_the_name_changes() {
        let text = filled(EXAMPLE, "absences", &Findings::default(), &[]).unwrap();
        assert_eq!(text, EXAMPLE.replace("\"example\"", "\"absences\""));
    }
}
