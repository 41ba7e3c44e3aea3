//! Finds personal values in a text, in whichever way they are written there.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

pub(super) const FIRST_NAME: &str = "Samplinette";
pub(super) const LAST_NAME: &str = "Quastenflosser";
pub(super) const EMAIL: &str = "samplinette.Q@Applicant.example";
pub(super) const MESSAGE: &str = "I collect umbrellas, mostly blue ones";
pub(super) const PHONE: &str = "+49 151 5550143";
pub(super) const FILE_NAME: &str = "CV of Samplinette.pdf";
pub(super) const CV: &[u8] = b"%PDF-1.7\nborn on a raft in the Baltic Sea";
const CV_WORDS: &str = "born on a raft in the Baltic Sea";
pub(super) const UTM: &str = "umbrella-gazette";

/// What the stories' applicant answers: none of it may be found in a log or a mail.
pub(crate) fn personal_values() -> [&'static str; 8] {
    [FIRST_NAME, LAST_NAME, EMAIL, MESSAGE, PHONE, FILE_NAME, CV_WORDS, UTM]
}

/// The personal values that `text` holds, and how they are written there.
pub(crate) fn found(text: &str) -> Vec<String> {
    let folded = text.to_lowercase();
    let mut found = Vec::new();
    for value in personal_values() {
        let written = folded_forms(value).into_iter().find(|form| folded.contains(form.as_str()));
        let encoded = base64_forms(value).into_iter().find(|form| text.contains(form.as_str()));
        found.extend(written.or(encoded).map(|form| format!("{value} (as {form})")));
    }
    found
}

/// As it is, in URLs, in forms, in hexadecimal and as a list of bytes; all in lower case.
fn folded_forms(value: &str) -> [String; 5] {
    let encoded = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string().to_lowercase();
    let spaced = encoded.replace("%20", "+");
    let gently = value.replace(' ', "%20").to_lowercase();
    let bytes: Vec<String> = value.bytes().map(|byte| byte.to_string()).collect();
    [value.to_lowercase(), gently, encoded, spaced, bytes.join(", ")]
}

/// The inner part of its base64, wherever in a longer text it begins.
fn base64_forms(value: &str) -> [String; 3] {
    [0, 1, 2].map(|before: usize| {
        let bytes = [vec![0; before], value.as_bytes().to_vec()].concat();
        let encoded = STANDARD_NO_PAD.encode(&bytes);
        encoded[(before * 8).div_ceil(6)..bytes.len() * 8 / 6].to_owned()
    })
}

#[test]
fn the_search_finds_what_it_looks_for() {
    for value in personal_values() {
        let forms = [
            format!("x{value}x"),
            value.to_uppercase(),
            format!("a={}&b", utf8_percent_encode(value, NON_ALPHANUMERIC)),
            format!("{:?}", value.as_bytes()),
            STANDARD.encode(value),
            STANDARD.encode(format!("{{\"a\":\"{value}\"}}")),
            STANDARD.encode(format!("user:{value}, and more")),
        ];
        for form in forms {
            assert!(!found(&form).is_empty(), "{value} is not found in {form}");
        }
    }
    assert_eq!(found(r#"{"message":"heyflow-to-personio careers flow=F response=r1: done"}"#), [""; 0]);
}
