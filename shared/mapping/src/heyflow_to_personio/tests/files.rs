//! Uploads.

use vendors::personio::model::FileCategory::{Certificate, Cv};

use super::*;

const RULES: &str = r#"
[[files]]
category = "cv"
input = "CV"

[[files]]
category = "certificate"
inputs = ["School", "Other papers"]
"#;

fn uploads(fields: &str) -> Vec<(vendors::personio::model::FileCategory, String, String)> {
    let uploads = desired(RULES, fields).uploads;
    uploads.into_iter().map(|upload| (upload.category, upload.input, upload.link.reveal().clone())).collect()
}

#[test]
fn every_link_becomes_an_upload_of_its_category() {
    let fields = r#""cv":" https://files.example/a ","School":["https://files.example/b","https://files.example/c,1"],
        "Other papers":"https://files.example/d,https://files.example/e""#;
    let link = |name: &str| format!("https://files.example/{name}");
    assert_eq!(
        uploads(fields),
        [
            (Cv, "CV".to_owned(), link("a")),
            (Certificate, "School".to_owned(), link("b")),
            (Certificate, "School".to_owned(), link("c,1")),
            (Certificate, "Other papers".to_owned(), link("d")),
            (Certificate, "Other papers".to_owned(), link("e")),
        ]
    );
}

#[test]
fn an_input_without_a_file_gives_none() {
    assert_eq!(uploads(r#""CV":null,"School":"""#), []);
}

#[test]
fn what_is_no_link_is_told_and_costs_no_application() {
    let fields =
        r#""CV":"cv.pdf","School":["https://files.example/b","ftp://files.example/c"],"Other papers":{"a":"b"}"#;
    insta::assert_snapshot!(told(RULES, fields), @r"
        `application.files`: the input `CV` holds a text that is no http or https link
        `application.files`: the input `School` holds a text that is no http or https link
        `application.files`: the input `Other papers` holds named parts, a link is needed
        ");
}

#[test]
fn links_are_taken_apart_and_the_rest_is_told() {
    let fields = r#""CV":"lebenslauf.pdf\nhttps://files.example/a https://files.example/b\nhttps://files.example/Lebenslauf Mina.pdf""#;
    let links: Vec<String> = uploads(fields).into_iter().map(|(_, _, link)| link).collect();
    assert_eq!(
        links,
        ["https://files.example/a", "https://files.example/b", "https://files.example/Lebenslauf Mina.pdf"]
    );
    assert_eq!(told(RULES, fields), "`application.files`: the input `CV` holds a text that is no http or https link");
}

#[test]
fn an_object_with_a_name_and_a_link_is_a_file() {
    let desired = desired(RULES, r#""CV":{"name":"Lebenslauf.pdf","url":"https://files.example/8c1f2e"}"#);
    let upload = &desired.uploads[0];
    assert_eq!(upload.link.reveal(), "https://files.example/8c1f2e");
    assert_eq!(upload.name.as_ref().map(|name| name.reveal().as_str()), Some("Lebenslauf.pdf"));
    assert_eq!(desired.no_files, []);
}

#[test]
fn links_are_not_shown_in_debug() {
    let shown = format!("{:?}", desired(RULES, r#""CV":"https://files.example/mina""#).uploads);
    assert!(!shown.contains("mina"), "{shown}");
}

#[test]
fn every_answered_block_of_an_input_gives_its_files() {
    let blocks = r#"[{"label":"First name","value":"Mina"},{"label":"Last name","value":"Aydin"},
        {"label":"E-mail","value":"mina@bewerbung.example"},{"label":"CV","values":[]},
        {"label":"CV","values":[{"answer":"https://files.example/a"}]},{"label":"CV","values":["https://files.example/b"]}]"#;
    let desired = apply(&format!("{REQUIRED}{RULES}"), blocks).unwrap();
    let links: Vec<&str> = desired.uploads.iter().map(|upload| upload.link.reveal().as_str()).collect();
    assert_eq!(links, ["https://files.example/a", "https://files.example/b"]);
    assert_eq!(desired.notices, ["the input `CV` is answered 2 times; all of them count"]);
}

#[test]
fn at_most_twenty_files_are_attached() {
    for (given, taken, left_out) in [(20, 20, 0), (21, 20, 1), (500, 20, 480)] {
        let links: Vec<String> = (0..given).map(|number| format!("https://files.example/{number}")).collect();
        let desired =
            desired(RULES, &format!(r#""School":"{}","CV":"https://files.example/cv""#, links[1..].join(",")));
        assert_eq!((desired.uploads.len(), desired.uploads_left_out), (taken, left_out), "{given}");
        assert_eq!(desired.uploads[0].category, Cv);
    }
}
