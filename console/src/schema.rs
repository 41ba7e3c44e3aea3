//! `hrsync schema`: the JSON Schema of a flow's connection files, for editors. The same file stands beside the flow's example.

use std::io::{Write, stdout};

use crate::ends::{End, Failure};
use crate::flows;

/// Print the JSON Schema of a flow's connection files, for editors
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: hrsync schema heyflow-to-personio > heyflow-to-personio.schema.json\n\
    A file names its schema in its first line: #:schema ./heyflow-to-personio.schema.json")]
pub(crate) struct Args {
    /// The flow, e.g. heyflow-to-personio
    flow: String,
}

pub(crate) fn run(args: &Args) -> Result<End, Failure> {
    let flow = flows::named(&args.flow).map_err(Failure::Refused)?;
    // byte for byte the file beside the example
    match stdout().lock().write_all(flow.schema.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Refused(format!("standard output cannot be written ({error}); give it a place that takes it")))
        }
        _ => Ok(End::Fine),
    }
}

/// Each schema is held against what reads the files: whatever a schema says of a key, the reader has to say as well.
#[cfg(test)]
mod tests {
    use serde_json::Value as Json;
    use toml_edit::{Array, DocumentMut, Item, Table, Value};

    use super::*;
    use admin::Flow;

    /// A key of a schema: its table (empty: the file's own), its name, what the schema says of it.
    struct Key<'a> {
        table: String,
        name: &'a str,
        says: &'a Json,
        is_required: bool,
    }

    fn keys<'a>(table: &str, schema: &'a Json, into: &mut Vec<Key<'a>>) {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        for (name, says) in schema["properties"].as_object().into_iter().flatten() {
            if says["properties"].is_object() && table.is_empty() {
                keys(name, says, into);
            }
            into.push(Key {
                table: table.to_owned(),
                name,
                says,
                is_required: required.contains(&name.as_str().into()),
            });
        }
    }

    fn table<'a>(document: &'a mut DocumentMut, name: &str) -> &'a mut Table {
        if name.is_empty() {
            return document.as_table_mut();
        }
        document.entry(name).or_insert_with(|| Item::Table(Table::new())).as_table_mut().unwrap()
    }

    /// What the flow says of its example with another value; without one, with the key taken out.
    fn said(flow: &Flow, key: &Key<'_>, value: Option<Value>) -> Vec<String> {
        let mut document: DocumentMut = flow.example.parse().unwrap();
        let table = table(&mut document, &key.table);
        match value {
            Some(value) => drop(table.insert(key.name, Item::Value(value))),
            None => drop(table.remove(key.name)),
        }
        let faults = (flow.check)(&document.to_string(), false).err().unwrap_or_default();
        faults.into_iter().map(|fault| fault.what).collect()
    }

    fn words(says: &Json) -> Option<Vec<&str>> {
        says["enum"].as_array()?.iter().map(Json::as_str).collect()
    }

    /// Values that the schema refuses, of the kind that it names.
    fn wrong(says: &Json) -> Vec<Value> {
        let mut values = Vec::new();
        match says["type"].as_str() {
            Some("boolean" | "integer" | "array" | "object") => values.push(Value::from("x")),
            Some("string") => values.push(Value::from(true)),
            _ => {}
        }
        if words(says).is_some() {
            values.push(Value::from("zzz"));
        }
        values.extend(says["minimum"].as_i64().map(|least| Value::from(least - 1)));
        values.extend(says["maximum"].as_i64().map(|most| Value::from(most + 1)));
        if says["minItems"].is_u64() {
            values.push(Array::new().into());
        }
        if let Some(most) = says["maxItems"].as_u64() {
            values.push((0..=most).map(|at| format!("x-{at}")).collect::<Array>().into());
        }
        if let Some(words) = words(&says["items"]) {
            assert!(!words.is_empty());
            values.push(Array::from_iter(["zzz"]).into());
        }
        values
    }

    /// Values at the edge of what the schema takes.
    fn right(says: &Json) -> Vec<Value> {
        let mut values: Vec<Value> = words(says).into_iter().flatten().map(Value::from).collect();
        values.extend(says["minimum"].as_i64().map(Value::from));
        values.extend(says["maximum"].as_i64().map(Value::from));
        values.extend(words(&says["items"]).into_iter().flatten().map(|word| Array::from_iter([word]).into()));
        values
    }

    /// Whether a fault is about the value itself, and not about what it would need beside it.
    fn is_about(fault: &str, name: &str) -> bool {
        fault.contains("is none of") || fault.contains(&format!("`{name}` is from")) || fault.contains("unknown key")
    }

    fn schema(flow: &Flow) -> Json {
        serde_json::from_str(flow.schema).unwrap()
    }

    /// Where the reader says otherwise than the schema.
    fn differences(flow: &Flow, key: &Key<'_>) -> Vec<String> {
        let place = format!("{}: {}.{}", flow.name, key.table, key.name);
        let mut differences = Vec::new();
        for value in wrong(key.says) {
            if said(flow, key, Some(value.clone())).is_empty() {
                differences.push(format!("{place} = {value} is taken"));
            }
        }
        for value in right(key.says) {
            let mut about = said(flow, key, Some(value.clone()));
            about.retain(|fault| is_about(fault, key.name));
            differences.extend(about.first().map(|fault| format!("{place} = {value}: {fault}")));
        }
        let missing = said(flow, key, None);
        // a table that the example has in comments only would be there, and empty
        let is_there = key.table.is_empty() || flow.example.contains(&format!("\n[{}]\n", key.table));
        if is_there && key.table != "mapping" && key.is_required == missing.is_empty() {
            differences.push(format!("{place} is left out: {missing:?}"));
        }
        differences
    }

    #[test]
    fn what_a_schema_refuses_the_reader_refuses_and_what_it_takes_the_reader_takes() {
        for flow in flows::every() {
            let schema = schema(flow);
            let mut all = Vec::new();
            keys("", &schema, &mut all);
            let tried: usize = all.iter().map(|key| wrong(key.says).len() + right(key.says).len()).sum();
            assert!(tried > 25, "{}: only {tried}", flow.name);
            let differences: Vec<String> = all.iter().flat_map(|key| differences(flow, key)).collect();
            assert_eq!(differences, Vec::<String>::new());
        }
    }

    #[test]
    fn a_word_that_the_reader_offers_stands_in_the_schema() {
        for flow in flows::every() {
            let schema = schema(flow);
            let mut all = Vec::new();
            keys("", &schema, &mut all);
            for key in &all {
                let (value, words) = match (words(key.says), words(&key.says["items"])) {
                    (Some(words), _) => (Value::from("zzz"), words),
                    (None, Some(words)) => (Array::from_iter(["zzz"]).into(), words),
                    (None, None) => continue,
                };
                for fault in said(flow, key, Some(value)) {
                    let Some((_, offered)) = fault.split_once(" is none of ") else { continue };
                    let offered: Vec<&str> = offered.split('`').skip(1).step_by(2).collect();
                    assert_eq!(offered, words, "{}: {}.{}", flow.name, key.table, key.name);
                }
            }
        }
    }

    #[test]
    fn every_key_of_an_example_stands_in_its_schema_those_in_comments_too() {
        for flow in flows::every() {
            let schema = schema(flow);
            assert_eq!(flow.example.lines().next(), Some("#:schema ./connection.schema.json"), "{}", flow.name);
            let mut table = String::new();
            let mut seen = 0;
            for line in flow.example.lines() {
                if let Some(name) =
                    line.trim_start_matches("# ").strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
                {
                    table = name.trim_matches(['[', ']']).to_owned();
                    continue;
                }
                let Some((name, _)) = line.trim_start_matches("# ").split_once(" = ") else { continue };
                let path = if name.starts_with('"') { vec![name.trim_matches('"')] } else { name.split('.').collect() };
                if line.starts_with("#  ")
                    || path.iter().any(|part| part.contains(['{', ' ', '`']) && !name.starts_with('"'))
                {
                    continue;
                }
                let path = table.split('.').filter(|part| !part.is_empty()).chain(path);
                seen += 1;
                assert!(is_known(&schema, path), "{}: [{table}] {line}", flow.name);
            }
            assert!(seen > 15, "{}: only {seen}", flow.name);
        }
    }

    fn is_known<'a>(schema: &Json, path: impl Iterator<Item = &'a str>) -> bool {
        let mut at = schema;
        for part in path {
            let inner = if at["items"].is_object() { &at["items"] } else { at };
            let named = &inner["properties"][part];
            let pattern = inner["patternProperties"].as_object().and_then(|patterns| patterns.values().next());
            at = match (named.is_object(), pattern) {
                (true, _) => named,
                (false, Some(pattern)) if part.starts_with("custom_attribute_") => pattern,
                _ => return false,
            };
        }
        true
    }

    #[test]
    fn what_a_schema_says_of_a_key_is_what_the_example_says() {
        for flow in flows::every() {
            let comments = flow.example.lines().filter_map(|line| line.strip_prefix('#'));
            let comments = comments.map(str::trim).collect::<Vec<_>>().join(" ");
            let schema = schema(flow);
            let mut all = Vec::new();
            keys("", &schema, &mut all);
            let described: Vec<&str> = all.iter().filter_map(|key| key.says["description"].as_str()).collect();
            assert!(described.len() > 10, "{}", flow.name);
            for description in described {
                assert!(comments.contains(description), "{}: {description}", flow.name);
            }
        }
    }
}
