//! Overrides on a connection file: keys that another stack needs otherwise. What they do not name keeps its text,
//! comments included. Pure but for reading the overrides' own file.

use std::path::Path;
use std::str::FromStr;

use toml_edit::{DocumentMut, InlineTable, Item, Key, Table, TableLike, Value};

use crate::ends::Failure;
use crate::files::line_of;

/// One `--set key=value`.
#[derive(Debug, Clone)]
pub(crate) struct Assignment {
    path: Vec<String>,
    text: String,
}

/// What is laid over each file: first the overrides' file, then each assignment.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    file: Option<DocumentMut>,
    assignments: Vec<Assignment>,
}

impl FromStr for Assignment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (key, value) = text.split_once('=').ok_or("it must look like key=value, e.g. personio.company_id=48151")?;
        let path =
            Key::parse(key.trim()).map_err(|_| format!("`{key}` is no key; dots lead into tables: a.b=value"))?;
        Ok(Self { path: path.iter().map(|key| key.get().to_owned()).collect(), text: value.trim().to_owned() })
    }
}

impl Overrides {
    /// Reads the overrides' file.
    pub(crate) fn read(file: Option<&Path>, assignments: Vec<Assignment>) -> Result<Self, Failure> {
        let file = file.map(parse).transpose().map_err(Failure::Refused)?;
        Ok(Self { file, assignments })
    }

    /// Whether there are none.
    pub(crate) fn are_none(&self) -> bool {
        self.file.is_none() && self.assignments.is_empty()
    }

    /// `document` with the overrides in it. What is no TOML comes back as it is, for the check to tell.
    pub(crate) fn over(&self, document: String) -> String {
        if self.are_none() {
            return document;
        }
        let Ok(mut merged) = document.parse::<DocumentMut>() else { return document };
        if let Some(file) = &self.file {
            merge(merged.as_table_mut(), file.as_table());
        }
        for assignment in &self.assignments {
            let value = assignment.value(merged.as_item());
            merge(merged.as_table_mut(), &assignment.table(value));
        }
        merged.to_string()
    }
}

fn parse(path: &Path) -> Result<DocumentMut, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|error| format!("{shown}: the overrides cannot be read ({error}); check the path"))?;
    text.parse::<DocumentMut>().map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(&text, span.start));
        format!("{shown}:{line}: the overrides are no TOML: {}", error.message())
    })
}

impl Assignment {
    /// TOML where the text is TOML, else a string. Where the file holds a string now, only quotes and a table's braces are read
    /// as TOML, so that an id made of digits stays the text it is.
    fn value(&self, document: &Item) -> Value {
        let present = self.path.iter().try_fold(document, |item, key| item.get(key.as_str()));
        let was_text = present.is_some_and(Item::is_str);
        let parsed =
            self.text.parse::<Value>().ok().filter(|value| value.is_str() || value.is_inline_table() || !was_text);
        parsed.unwrap_or_else(|| Value::from(self.text.as_str()))
    }

    fn table(&self, value: Value) -> InlineTable {
        let mut table = InlineTable::new();
        let mut path = self.path.iter().rev();
        let Some(last) = path.next() else { return table };
        table.insert(last, value);
        for key in path {
            let inner = std::mem::take(&mut table);
            table.insert(key, Value::InlineTable(inner));
        }
        table
    }
}

/// Tables are merged key by key, everything else is replaced whole.
fn merge(document: &mut dyn TableLike, over: &dyn TableLike) {
    for (key, new) in over.iter() {
        match document.get_mut(key) {
            Some(present) => match (present.as_table_like_mut(), new.as_table_like()) {
                (Some(present), Some(new)) => merge(present, new),
                _ => replace(present, new),
            },
            None => drop(document.insert(key, bare(new))),
        }
    }
}

/// A value stays a value (an inline table cannot hold a `[table]`) and keeps the comment behind it.
fn replace(present: &mut Item, new: &Item) {
    let new = bare(new);
    match (present.as_value_mut(), new) {
        (Some(value), new) => {
            let decor = value.decor().clone();
            if let Ok(mut new) = new.into_value() {
                *new.decor_mut() = decor;
                *value = new;
            }
        }
        (None, new) => *present = new,
    }
}

/// Without the place and the comments it had in the overrides.
fn bare(item: &Item) -> Item {
    match item {
        Item::Table(table) => Item::Table(bare_table(table)),
        Item::ArrayOfTables(tables) => Item::ArrayOfTables(tables.iter().map(bare_table).collect()),
        Item::Value(value) => {
            let mut value = value.clone();
            value.decor_mut().clear();
            Item::Value(value)
        }
        Item::None => Item::None,
    }
}

fn bare_table(table: &Table) -> Table {
    let mut bared = Table::new();
    for (key, item) in table {
        bared.insert(key, bare(item));
    }
    bared
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"# who
name = "careers" # unique

[personio]
# a number, in quotes
company_id = "48151" # ours
calls_per_minute = 20

[application]
email = { input = "E-mail" }
"#;

    fn merged(file: &str, assignments: &[&str]) -> String {
        let file = (!file.is_empty()).then(|| file.parse().unwrap());
        let assignments = assignments.iter().map(|text| text.parse().unwrap()).collect();
        Overrides { file, assignments }.over(DOCUMENT.to_owned())
    }

    #[test]
    fn without_overrides_not_a_byte_changes() {
        assert_eq!(merged("", &[]), DOCUMENT);
    }

    #[test]
    fn what_is_named_changes_and_the_rest_keeps_its_text() {
        let expected = DOCUMENT.replace("48151", "99").replace("= 20", "= 5");
        assert_eq!(merged("", &["personio.company_id=99", "personio.calls_per_minute=5"]), expected);
        assert_eq!(
            merged("[personio]\ncompany_id = '99'\ncalls_per_minute = 5", &[]),
            expected.replace("\"99\"", "'99'")
        );
    }

    #[test]
    fn a_text_stays_a_text_and_anything_else_is_toml_where_it_can_be() {
        assert!(merged("", &["name=true"]).contains("name = \"true\" # unique"));
        assert!(merged("", &["name=\"other\""]).contains("name = \"other\" # unique"));
        assert!(merged("", &["personio.calls_per_minute=many"]).contains("calls_per_minute = \"many\""));
        assert!(
            merged("", &["personio.base_url=http://127.0.0.1:1/a=b"]).contains("base_url = \"http://127.0.0.1:1/a=b\"")
        );
    }

    #[test]
    fn a_table_takes_a_texts_place() {
        let back: DocumentMut = merged("", &["name={ method = \"GET\" }"]).parse().unwrap();
        assert_eq!(back["name"]["method"].as_str(), Some("GET"));
        assert!(merged("", &["name={first} of many"]).contains("name = \"{first} of many\" # unique"));
    }

    #[test]
    fn new_keys_and_tables_find_their_place() {
        let merged =
            merged("owner = \"a@example.com\"\n[heyflow]\nflows = [\"x\"]", &["application.phone={input=\"Phone\"}"]);
        let back: DocumentMut = merged.parse().unwrap();
        assert_eq!(back["owner"].as_str(), Some("a@example.com"));
        assert_eq!(back["heyflow"]["flows"][0].as_str(), Some("x"));
        assert_eq!(back["application"]["phone"]["input"].as_str(), Some("Phone"));
        assert_eq!(back["personio"]["company_id"].as_str(), Some("48151"));
    }

    #[test]
    fn tables_inside_a_line_are_merged_as_well() {
        assert!(merged("", &["application.email.input=Mail"]).contains("email = { input = \"Mail\" }"));
        let replaced = merged("[application.email.input]\na = 1", &[]).parse::<DocumentMut>().unwrap();
        assert_eq!(replaced["application"]["email"]["input"]["a"].as_integer(), Some(1));
    }

    #[test]
    fn the_last_override_wins() {
        assert!(merged("name = \"one\"", &["name=two", "name=three"]).contains("name = \"three\" # unique"));
    }

    #[test]
    fn what_is_no_assignment_is_told() {
        assert!("name".parse::<Assignment>().unwrap_err().contains("key=value"));
        assert!("a..b=1".parse::<Assignment>().unwrap_err().contains("`a..b` is no key"));
    }
}
