//! The scan itself: what it takes for code, and which paths it finds there.

use super::lex::lex;
use super::paths::paths;

fn named(text: &str) -> Vec<String> {
    paths(&lex(text)).into_iter().map(|p| format!("{} {}", p.line, p.segments.join("::"))).collect()
}

#[test]
fn comments_and_strings_are_no_code() {
    let text =
        "// mail::a\n/* mail::b /* mail::c */ mail::d */\n/// mail::e\nlet s = \"a mail::f \\\" mail::g\";\nx::y();";
    assert_eq!(named(text), ["5 x::y"]);
    let raw = "let s = r#\"a \" mail::f\"#; let t = br\"mail::g \"; let u = c\"mail::h \"; x::y();";
    assert_eq!(named(raw), ["1 x::y"]);
}

#[test]
fn ticks_are_characters_or_lifetimes() {
    assert_eq!(
        named("fn f<'a>(x: &'a a::B) { let q = '\"'; let r = '\\''; let s = b'\"'; c::d(); }"),
        ["1 a::B", "1 c::d"]
    );
    assert_eq!(named("let e = '\\u{1F600}'; 'outer: loop { a::b(); break 'outer; }"), ["1 a::b"]);
    assert_eq!(named("let t = '\\\\'; a::b();"), ["1 a::b"]);
}

#[test]
fn use_trees_are_spelled_out() {
    let text = "use a::{self, b::{c as d, e::*},\n f};\npub(crate) use ::g::h;\nuse i as j;\nextern crate k;";
    let expected = ["1 a::self", "1 a::b::c", "1 a::b::e::*", "2 a::f", "3 g::h", "4 i", "5 k"];
    assert_eq!(named(text), expected);
}

#[test]
fn paths_in_expressions_attributes_and_path_strings_count() {
    assert_eq!(named("#[a::b]\nfn f() -> impl C + use<'_> { <d::E as f::G>::h() }"), ["1 a::b", "2 d::E", "2 f::G"]);
    assert_eq!(named("#[serde(with = \"crate::x\")]\nstruct S;"), ["1 crate::x"]);
    assert_eq!(named("let r#type = a::r#b::c; let s = \"see a::z for more\";"), ["1 a::b::c"]);
}

#[test]
fn arguments_of_a_generic_are_read() {
    assert_eq!(named("Vec::<mail::A>::new(); x.y::<B>();"), ["1 mail::A"]);
}

#[test]
fn literals_and_comments_carry_their_line() {
    let lexed = lex("/* one\ntwo */\nlet s = \"a\nb\";\n// three");
    let lines = |spots: &[super::lex::Spot]| spots.iter().map(|s| s.line).collect::<Vec<_>>();
    assert_eq!(lines(&lexed.comments), [1, 2, 5]);
    assert_eq!(lines(&lexed.literals), [3]);
    assert_eq!(lexed.literals[0].text, "a\nb");
}
