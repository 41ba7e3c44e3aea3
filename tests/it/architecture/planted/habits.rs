use super::sound::{caught, write};
use crate::architecture::habits;
use crate::architecture::model::{Crate, Workspace};

#[test]
fn a_long_main_file() {
    let path = "functions/a-to-b/src/bin/a-to-b-push.rs";
    let plant = |w: &mut Workspace| write(w, path, &"\n".repeat(26));
    caught(habits::short_mains, plant, &[&format!("{path}: 26 lines, a main file has at most 25")]);
}

#[test]
fn a_main_file_with_tests() {
    let path = "functions/a-to-b/src/bin/a-to-b-push.rs";
    let plant = |w: &mut Workspace| write(w, path, "fn main() {}\n#[cfg(test)]\nmod tests {}\n");
    caught(habits::short_mains, plant, &[&format!("{path}:2: a main file has no tests, since nothing runs them")]);
}

fn flow(workspace: &mut Workspace) -> &mut Crate {
    workspace.crates.iter_mut().find(|c| c.name == "a-to-b").unwrap()
}

#[test]
fn a_flow_with_two_names() {
    let plant = |w: &mut Workspace| flow(w).name = "b-to-a".to_owned();
    let offences = [
        "functions/a-to-b: its crate is called b-to-a",
        "functions/a-to-b/src/bin/a-to-b-push.rs: a-to-b-push is not b-to-a-<trigger>",
    ];
    caught(habits::one_name, plant, &offences);
    let plant = |w: &mut Workspace| flow(w).binaries[0].path = "functions/a-to-b/src/main.rs".to_owned();
    let expected = ["functions/a-to-b/src/main.rs: not functions/a-to-b/src/bin/a-to-b-push.rs"];
    caught(habits::one_name, plant, &expected);
}

#[test]
fn a_crate_without_a_readme() {
    caught(habits::readmes, |w| w.crates[0].readme = false, &["shared/edge: no README.md"]);
}

#[test]
fn a_flow_that_spells_a_vendors_path_or_header() {
    let path = "functions/a-to-b/src/push.rs";
    for literal in ["/v1/recruiting/applications", "{base}/v2/persons", "x-company-id", "X-Company-ID"] {
        let text = format!("// \"/v1/\" in a comment is fine\nconst A: &str = \"{literal}\";");
        let expected = format!("{path}:2: \"{literal}\" belongs in shared/vendors");
        caught(habits::no_vendor_facts_in_flows, |w| write(w, path, &text), &[&expected]);
    }
}

#[test]
fn a_lint_that_is_allowed_away() {
    let attributes = ["#[allow(dead_code)]", "#![allow(dead_code)]", "#[cfg_attr(test, allow(dead_code))]"];
    for text in attributes.map(|attribute| format!("{attribute} struct S;")) {
        let expected = ["tests/it/x.rs:1: allow(..) where expect(.., reason) belongs"];
        caught(habits::expect_not_allow, |w| write(w, "tests/it/x.rs", &text), &expected);
    }
}

#[test]
fn unfinished_work() {
    for (text, shown) in [
        ("// TODO: later", "// TODO: later"),
        ("/// FIXME\nstruct S;", "/// FIXME"),
        (concat!("struct S; /", "/ FIXME"), "// FIXME"),
        ("fn f() { g!(todo!()) }", "todo"),
        ("fn f() { unimplemented!() }", "unimplemented"),
    ] {
        let expected = format!("tests/it/x.rs:1: unfinished: {shown}");
        caught(habits::nothing_unfinished, |w| write(w, "tests/it/x.rs", text), &[&expected]);
    }
}
