//! Files of a response: what is stated where an upload is expected.

use std::fmt;

use serde_json::{Map, Value};

use super::answer::Answer;

/// What a response states under the name of an input for files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatedFiles {
    /// How many fields of the name were answered.
    pub fields: usize,
    /// What they state, in the order of the response.
    pub files: Vec<StatedFile>,
}

/// What is stated of one file, or of several in one text.
#[derive(Clone, PartialEq, Eq)]
pub struct StatedFile {
    /// A link, several of them, or a text that is none.
    pub text: String,
    /// The file's name, where the same object gives one.
    pub name: Option<String>,
    /// What kind of answer it is, in words for people.
    pub kind: &'static str,
}

/// Members of an object that name its file, of which Heyflow documents none.
const NAMES: &[&str] = &["name", "filename", "fileName", "file_name", "label", "title"];

/// Whether a text begins as a link of the web does.
#[must_use]
pub fn begins_link(text: &str) -> bool {
    let scheme = text.trim_start().split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| ["http", "https"].contains(&scheme.as_str()))
}

/// What a value states. An object with a link in it is a file, whatever its members are called.
pub(super) fn stated_files(value: &Value) -> Vec<StatedFile> {
    match value {
        Value::Array(items) => items.iter().flat_map(stated_files).collect(),
        Value::Object(members) => {
            let linked = linked(members);
            if linked.is_empty() { plain(value) } else { linked }
        }
        _ => plain(value),
    }
}

/// The links of an object, each once, and of what is nested in it.
fn linked(members: &Map<String, Value>) -> Vec<StatedFile> {
    let texts = || members.iter().filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)));
    let is_name = |text: &str| text.contains('.') && !begins_link(text);
    let name = NAMES.iter().find_map(|wanted| texts().find(|(key, text)| key == wanted && is_name(text)));
    let name = name.map(|(_, text)| text.to_owned());
    let mut files: Vec<StatedFile> = Vec::new();
    for (_, text) in texts().filter(|(_, text)| begins_link(text)) {
        if !files.iter().any(|known| known.text == text) {
            files.push(StatedFile { text: text.to_owned(), name: name.clone(), kind: "a text" });
        }
    }
    if !files.is_empty() {
        return files;
    }
    let nested = members.values().filter(|value| value.is_array() || value.is_object()).flat_map(stated_files);
    nested.filter(|file| begins_link(&file.text)).collect()
}

/// What a value without a link states.
fn plain(value: &Value) -> Vec<StatedFile> {
    let answer = Answer::of(value);
    let kind = answer.kind();
    let stated = |text| StatedFile { text, name: None, kind };
    match answer {
        Answer::Nothing => Vec::new(),
        Answer::One(text) => vec![stated(text)],
        Answer::Many(texts) => texts.into_iter().map(stated).collect(),
        Answer::Parts(_) => vec![stated(String::new())],
    }
}

impl fmt::Debug for StatedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(json: &str) -> Vec<(String, Option<String>)> {
        let files = stated_files(&serde_json::from_str(json).unwrap());
        files.into_iter().map(|file| (file.text, file.name)).collect()
    }

    #[test]
    fn an_object_with_a_link_is_a_file() {
        let link = || "https://files.example/1".to_owned();
        for json in [
            r#"{"name": "cv.pdf", "url": "https://files.example/1"}"#,
            r#"[{"label": "cv.pdf", "value": {"href": "https://files.example/1"}, "name": "cv.pdf"}]"#,
            r#"{"fileName": "cv.pdf", "link": "https://files.example/1", "value": "https://files.example/1"}"#,
        ] {
            let (text, _) = &stated(json)[0];
            assert_eq!((stated(json).len(), text), (1, &link()), "{json}");
        }
        assert_eq!(stated(r#"{"name": "cv.pdf", "url": "https://files.example/1"}"#)[0].1.as_deref(), Some("cv.pdf"));
        assert_eq!(stated(r#"{"answer": "https://files.example/1", "name": "CV"}"#), [(link(), None)]);
        assert_eq!(stated(r#"{"name": "cv.pdf"}"#), [("cv.pdf".to_owned(), None)]);
        assert_eq!(stated(r#"{"a": "b"}"#), [(String::new(), None)]);
        assert_eq!(stated(r#"[null, ""]"#), []);
    }
}
