use super::sound::{caught, depend, sound, write};
use crate::architecture::arrows;
use crate::architecture::model::Workspace;

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
        ("console", "reconcile"),
        ("edge", "admin"),
        ("edge", "reconcile"),
        ("ledger", "reconcile"),
        ("admin", "reconcile"),
        ("admin", "mail"),
        ("admin", "a-to-b"),
        ("reconcile", "admin"),
        ("reconcile", "mapping"),
        ("reconcile", "a-to-b"),
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
            "// mail::no\nuse std::fmt;\nuse {mail::Report};\nfn f() { mail::send::<u8>(\"mail::\") }",
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
        ("use vendors::acme::client::Client;", "mapping -> vendors::acme::client::Client (shared/mapping/src/x.rs:1)"),
        ("use vendors::{acme::model::X, bob};", "mapping -> vendors::bob (shared/mapping/src/x.rs:1)"),
        ("use vendors::*;", "mapping -> vendors::* (shared/mapping/src/x.rs:1)"),
        ("async fn f() {}", "mapping -> async (shared/mapping/src/x.rs:1)"),
        ("fn f() { y.await }", "mapping -> await (shared/mapping/src/x.rs:1)"),
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
    let path = "shared/vendors/src/acme/webhook.rs";
    for text in [
        "use crate::bob::model::Y;",
        "use super::super::bob;",
        "use crate::{value::Email, bob::X};",
        "fn f() { g!(bob::Y) }",
    ] {
        let expected = ["vendors::acme -> vendors::bob (shared/vendors/src/acme/webhook.rs:1)"];
        caught(arrows::vendors_apart, |w| write(w, path, text), &expected);
    }
    let plant = |w: &mut Workspace| write(w, path, "\n#[serde(with = \"crate::bob::date\")] struct S;");
    caught(arrows::vendors_apart, plant, &["vendors::acme -> vendors::bob (shared/vendors/src/acme/webhook.rs:2)"]);
}
