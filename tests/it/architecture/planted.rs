//! One planted offence per rule, in a workspace that is sound otherwise.

use super::model::{Binary, Crate, Source, Workspace};
use super::{RULES, Rule, arrows, habits, offences};

fn member(folder: &str, dependencies: &[&str]) -> Crate {
    let name = folder.rsplit('/').next().unwrap_or(folder).to_owned();
    let dependencies = dependencies.iter().map(|&d| d.to_owned()).collect();
    Crate { name, folder: folder.to_owned(), dependencies, binaries: Vec::new(), readme: true }
}

/// A small workspace that keeps every rule.
fn sound() -> Workspace {
    let mut flow = member("functions/a-to-b", &["edge", "mapping", "vendors", "ledger", "lambda_runtime"]);
    let path = "functions/a-to-b/src/bin/a-to-b-push.rs".to_owned();
    flow.binaries.push(Binary { name: "a-to-b-push".to_owned(), path });
    let crates = vec![
        member("shared/edge", &["ledger", "vendors", "mapping", "aws-sdk-sqs", "aws_lambda_events", "lambda_runtime"]),
        member("shared/ledger", &["aws-sdk-dynamodb"]),
        member("shared/mail", &["aws-sdk-ses"]),
        member("shared/mapping", &["vendors"]),
        member("shared/vendors", &["reqwest"]),
        member("functions/failures", &["edge", "mail"]),
        flow,
        member("console", &["a-to-b", "ledger", "aws-sdk-secretsmanager"]),
        member("tests/it", &["a-to-b", "mail", "reqwest", "aws-sdk-dynamodb"]),
    ];
    let sources = vec![
        Source::new("shared/ledger/src/lib.rs", "pub mod failures;\npub use failures::Failure;"),
        Source::new("shared/mapping/src/lib.rs", "use vendors::{a::model::X, value::Email};"),
        Source::new("shared/vendors/src/a/client.rs", "use crate::value::Email; use super::model::X;"),
        Source::new("shared/vendors/src/b/model.rs", "use crate::value::Email;"),
        Source::new("functions/a-to-b/src/bin/a-to-b-push.rs", "use lambda_runtime::run;"),
        Source::new("tests/it/main.rs", "use mail::Report;"),
    ];
    Workspace { crates, sources }
}

/// `rule` finds nothing in the sound workspace, and exactly `expected` once `plant` has worked.
fn caught(rule: Rule, plant: impl FnOnce(&mut Workspace), expected: &[&str]) {
    let mut workspace = sound();
    assert_eq!(rule(&workspace), [""; 0], "the sound workspace offends");
    plant(&mut workspace);
    assert_eq!(rule(&workspace), expected);
}

fn write(workspace: &mut Workspace, path: &str, text: &str) {
    workspace.sources.retain(|s| s.path != path);
    workspace.sources.push(Source::new(path, text));
}

fn depend(workspace: &mut Workspace, name: &str, on: &str) {
    workspace.crates.iter_mut().find(|c| c.name == name).unwrap().dependencies.push(on.to_owned());
}

#[test]
fn a_sound_workspace_keeps_every_rule() {
    assert_eq!(offences(&sound()), [""; 0]);
    assert_eq!(RULES.len(), 11, "a new rule needs a planted offence here");
}

#[test]
fn an_arrow_that_is_not_drawn() {
    for (from, to) in [
        ("edge", "mail"),
        ("edge", "a-to-b"),
        ("mapping", "ledger"),
        ("ledger", "vendors"),
        ("vendors", "ledger"),
        ("mail", "ledger"),
        ("a-to-b", "mail"),
        ("a-to-b", "failures"),
        ("failures", "a-to-b"),
        ("console", "mail"),
        ("console", "it"),
    ] {
        let folder = sound().crates.into_iter().find(|c| c.name == from).unwrap().folder;
        let declared = format!("{from} -> {to} ({folder}/Cargo.toml)");
        caught(arrows::between_crates, |w| depend(w, from, to), &[&declared]);
    }
}

#[test]
fn an_arrow_is_shown_where_it_is_used() {
    let plant = |w: &mut Workspace| {
        depend(w, "edge", "mail");
        write(
            w,
            "shared/edge/src/x.rs",
            "// mail::no\nuse std::fmt;\nuse {mail::Report};\nfn f() { mail::send(\"mail::\") }",
        );
    };
    let expected = ["edge -> mail (shared/edge/src/x.rs:3)", "edge -> mail (shared/edge/src/x.rs:4)"];
    caught(arrows::between_crates, plant, &expected);
    let plant = |w: &mut Workspace| {
        depend(w, "failures", "a-to-b");
        write(w, "functions/failures/src/lib.rs", "use a_to_b::FUNCTIONS;");
    };
    caught(arrows::between_crates, plant, &["failures -> a-to-b (functions/failures/src/lib.rs:1)"]);
}

#[test]
fn a_guarded_crate_in_the_wrong_hands() {
    for (name, to, folder) in [
        ("edge", "aws-sdk-dynamodb", "shared/edge"),
        ("failures", "aws-sdk-ses", "functions/failures"),
        ("edge", "aws-sdk-sesv2", "shared/edge"),
        ("a-to-b", "aws-sdk-sqs", "functions/a-to-b"),
        ("ledger", "aws-sdk-secretsmanager", "shared/ledger"),
        ("a-to-b", "aws_lambda_events", "functions/a-to-b"),
        ("console", "reqwest", "console"),
    ] {
        let expected = format!("{name} -> {to} ({folder}/Cargo.toml)");
        caught(arrows::guarded, |w| depend(w, name, to), &[&expected]);
    }
}

#[test]
fn the_lambda_runtime_outside_a_main_file() {
    let plant = |w: &mut Workspace| write(w, "functions/a-to-b/src/push.rs", "\nuse lambda_runtime::Error;");
    caught(arrows::lambda_runtime, plant, &["a-to-b -> lambda_runtime (functions/a-to-b/src/push.rs:2)"]);
    let plant = |w: &mut Workspace| depend(w, "console", "lambda_runtime");
    caught(arrows::lambda_runtime, plant, &["console -> lambda_runtime (console/Cargo.toml)"]);
}

#[test]
fn a_mapping_that_sees_a_client_or_waits() {
    let path = "shared/mapping/src/x.rs";
    for (text, expected) in [
        ("use vendors::a::client::Client;", "mapping -> vendors::a::client::Client (shared/mapping/src/x.rs:1)"),
        ("use vendors::{a::model::X, b};", "mapping -> vendors::b (shared/mapping/src/x.rs:1)"),
        ("use vendors::*;", "mapping -> vendors::* (shared/mapping/src/x.rs:1)"),
        ("async fn f() {}", "mapping -> async (shared/mapping/src/x.rs:1)"),
        ("let x = y.await;", "mapping -> await (shared/mapping/src/x.rs:1)"),
    ] {
        caught(arrows::mapping_is_pure, |w| write(w, path, text), &[expected]);
    }
    caught(
        arrows::mapping_is_pure,
        |w| depend(w, "mapping", "tokio"),
        &["mapping -> tokio (shared/mapping/Cargo.toml)"],
    );
}

#[test]
fn a_vendor_that_sees_another() {
    let path = "shared/vendors/src/a/webhook.rs";
    for text in ["use crate::b::model::Y;", "use super::super::b;", "use crate::{value::Email, b::X};", "f(b::Y)"] {
        let expected = ["vendors::a -> vendors::b (shared/vendors/src/a/webhook.rs:1)"];
        caught(arrows::vendors_apart, |w| write(w, path, text), &expected);
    }
    let plant = |w: &mut Workspace| write(w, path, "\n#[serde(with = \"crate::b::date\")]");
    caught(arrows::vendors_apart, plant, &["vendors::a -> vendors::b (shared/vendors/src/a/webhook.rs:2)"]);
}

#[test]
fn a_long_main_file() {
    let path = "functions/a-to-b/src/bin/a-to-b-push.rs";
    let plant = |w: &mut Workspace| write(w, path, &"\n".repeat(41));
    caught(habits::short_mains, plant, &[&format!("{path}: 41 lines, a main file has at most 40")]);
}

#[test]
fn a_flow_with_two_names() {
    let plant = |w: &mut Workspace| w.crates[6].name = "b-to-a".to_owned();
    let offences = [
        "functions/a-to-b: its crate is called b-to-a",
        "functions/a-to-b/src/bin/a-to-b-push.rs: a-to-b-push is not b-to-a-<trigger>",
    ];
    caught(habits::one_name, plant, &offences);
    let plant = |w: &mut Workspace| w.crates[6].binaries[0].path = "functions/a-to-b/src/main.rs".to_owned();
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
    for text in ["#[allow(dead_code)]", "#![allow(dead_code)]", "#[cfg_attr(test, allow(dead_code))]"] {
        let expected = ["tests/it/x.rs:1: allow(..) where expect(.., reason) belongs"];
        caught(habits::expect_not_allow, |w| write(w, "tests/it/x.rs", text), &expected);
    }
}

#[test]
fn unfinished_work() {
    for (text, shown) in [
        ("// TODO: later", "// TODO: later"),
        ("/// FIXME", "/// FIXME"),
        ("todo!()", "todo"),
        ("fn f() { unimplemented!() }", "unimplemented"),
    ] {
        let expected = format!("tests/it/x.rs:1: unfinished: {shown}");
        caught(habits::nothing_unfinished, |w| write(w, "tests/it/x.rs", text), &[&expected]);
    }
}
