//! The sound workspace, and what plants offences in it.

use crate::architecture::model::{Binary, Crate, Workspace};
use crate::architecture::rules::{Rule, offences};
use crate::architecture::source::Source;

fn member(folder: &str, dependencies: &[&str]) -> Crate {
    let name = folder.rsplit('/').next().unwrap_or(folder).to_owned();
    let dependencies = dependencies.iter().map(|&d| d.to_owned()).collect();
    Crate { name, folder: folder.to_owned(), dependencies, binaries: Vec::new(), readme: true }
}

/// A small workspace that keeps every rule.
pub(super) fn sound() -> Workspace {
    let flow = ["admin", "edge", "mapping", "vendors", "ledger", "reconcile", "lambda_runtime"];
    let mut flow = member("functions/a-to-b", &flow);
    let path = "functions/a-to-b/src/bin/a-to-b-push.rs".to_owned();
    flow.binaries.push(Binary { name: "a-to-b-push".to_owned(), path });
    let crates = vec![
        member("shared/edge", &["ledger", "vendors", "mapping", "aws-sdk-sqs", "aws_lambda_events", "lambda_runtime"]),
        member("shared/ledger", &["aws-sdk-dynamodb"]),
        member("shared/mail", &["aws-sdk-ses"]),
        member("shared/mapping", &["vendors"]),
        member("shared/vendors", &["reqwest"]),
        member("shared/admin", &["edge", "ledger", "mapping", "vendors"]),
        member("shared/reconcile", &["edge", "ledger", "vendors"]),
        member("functions/failures", &["edge", "mail"]),
        flow,
        member("console", &["a-to-b", "admin", "ledger", "aws-sdk-secretsmanager"]),
        member("tests/it", &["a-to-b", "mail", "reqwest", "aws-sdk-dynamodb"]),
    ];
    let files = [
        ("shared/edge/src/lib.rs", "mod message;\npub use message::Message;\npub const A: u8 = 1;"),
        ("shared/edge/src/message.rs", "pub struct Message;\nimpl Message {}\nimpl Drop for Message {}"),
        ("shared/ledger/src/lib.rs", "pub mod failures;\npub use failures::Failure;"),
        ("shared/ledger/src/failures.rs", "pub enum Failure {}\npub(crate) struct Inner;"),
        ("shared/mapping/src/lib.rs", "use vendors::{acme::model::X, value::Email};"),
        ("shared/reconcile/src/lib.rs", "pub use vendors::{Error, Kind as K};"),
        ("shared/vendors/src/acme/client.rs", "use crate::value::Email; use super::model::X;"),
        ("shared/vendors/src/bob/model.rs", "use crate::value::Email;"),
        ("functions/a-to-b/src/bin/a-to-b-push.rs", "use lambda_runtime::run;"),
        ("tests/it/main.rs", "use mail::Report;"),
    ];
    let sources = files.map(|(path, text)| Source::new(path, text).unwrap()).into();
    Workspace { crates, sources }
}

/// `rule` finds nothing in the sound workspace, and exactly `expected` once `plant` has worked.
pub(super) fn caught(rule: Rule, plant: impl FnOnce(&mut Workspace), expected: &[&str]) {
    let mut workspace = sound();
    assert_eq!(rule(&workspace), [""; 0], "the sound workspace offends");
    plant(&mut workspace);
    assert_eq!(rule(&workspace), expected);
}

pub(super) fn write(workspace: &mut Workspace, path: &str, text: &str) {
    workspace.sources.retain(|s| s.path != path);
    workspace.sources.push(Source::new(path, text).unwrap());
}

pub(super) fn depend(workspace: &mut Workspace, name: &str, on: &str) {
    workspace.crates.iter_mut().find(|c| c.name == name).unwrap().dependencies.push(on.to_owned());
}

#[test]
fn a_sound_workspace_keeps_every_rule() {
    assert_eq!(offences(&sound()), [""; 0]);
}
