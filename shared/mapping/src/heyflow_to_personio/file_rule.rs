//! Uploads of a form: links, of which Heyflow documents neither the host nor how several are joined.

use url::Url;
use vendors::heyflow::model::Submission;
use vendors::personio::model::FileCategory;
use vendors::value::Personal;

use super::desired::DesiredUpload;
use super::lookup::{Found, Lookup, Missing, Take};

/// Which inputs hold documents of which kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileRule {
    pub(super) category: FileCategory,
    pub(super) inputs: Vec<String>,
}

/// The files of one input.
#[derive(Default)]
pub(super) struct InputFiles {
    pub(super) uploads: Vec<DesiredUpload>,
    /// What the log says of how they were found.
    pub(super) notices: Vec<String>,
}

impl FileRule {
    /// Every file of the rule's inputs, or what is wrong with an input. An input without a file gives nothing.
    pub(super) fn inputs(&self, response: &Submission) -> Vec<Result<InputFiles, String>> {
        self.inputs.iter().map(|input| self.of_input(input, response)).collect()
    }

    fn of_input(&self, input: &str, response: &Submission) -> Result<InputFiles, String> {
        let lookup = Lookup::Input { key: input.to_owned(), part: None };
        let Found { texts, kind, notices } = match lookup.find(response, Take::All) {
            Ok(found) => found,
            Err(Missing::Absent(_)) => return Ok(InputFiles::default()),
            Err(Missing::Unusable(_)) => return Err(format!("{lookup} holds named parts, a link is needed")),
        };
        let links: Vec<String> = texts.iter().flat_map(|text| links(text)).collect();
        if !links.iter().all(|link| is_link(link)) {
            return Err(format!("{lookup} holds {kind} that is no http or https link"));
        }
        let upload =
            |link| DesiredUpload { category: self.category, input: input.to_owned(), link: Personal::new(link) };
        Ok(InputFiles { uploads: links.into_iter().map(upload).collect(), notices })
    }
}

/// The links that `text` joins with commas. A comma that no link follows is part of a link.
fn links(text: &str) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for piece in text.trim().trim_end_matches(',').split(',') {
        match links.last_mut() {
            Some(link) if !begins_link(piece.trim()) => {
                link.push(',');
                link.push_str(piece);
            }
            _ => links.push(piece.trim().to_owned()),
        }
    }
    links.into_iter().map(|link| link.trim().to_owned()).collect()
}

fn begins_link(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| ["http", "https"].contains(&scheme.as_str()))
}

/// Blanks inside are refused although URL parsers take them: they are the mark of something else than one link.
fn is_link(text: &str) -> bool {
    let bare = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    bare && begins_link(text) && Url::parse(text).is_ok_and(|url| url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_links_are_taken_apart_and_commas_in_a_link_are_not() {
        for (text, expected) in [
            ("https://a.example/1", &["https://a.example/1"][..]),
            (" https://a.example/1, HTTP://b.example/2 ", &["https://a.example/1", "HTTP://b.example/2"]),
            ("https://a.example/1,https://b.example/2,", &["https://a.example/1", "https://b.example/2"]),
            (
                "https://a.example/cv,final.pdf,https://b.example/2",
                &["https://a.example/cv,final.pdf", "https://b.example/2"],
            ),
        ] {
            assert_eq!(links(text), expected, "{text}");
        }
    }

    #[test]
    fn only_web_links_are_links() {
        for text in ["https://a.example/1?x=%20", "http://a.example:8080", "https://[::1]/a"] {
            assert!(is_link(text), "{text}");
        }
        for text in [
            "cv.pdf",
            "ftp://a.example/1",
            "file:///a",
            "data:text/plain,a",
            "https://",
            "https://a b/",
            "javascript:a",
        ] {
            assert!(!is_link(text), "{text}");
        }
    }
}
