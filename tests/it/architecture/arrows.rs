//! Who may know whom. Every offence reads `from -> to (file:line)`.
//!
//! A crate can only be named where its Cargo.toml declares it, so what is declared decides and the sources tell where
//! it is used; that also keeps a local module called like a crate (`ledger`'s `failures`) from being taken for it.

use super::model::{Crate, Workspace};
use super::source::Source;

/// Crates from outside that only these crates of ours may declare; `tests/` may use anything.
const GUARDED: [(&str, &[&str]); 10] = [
    ("aws-sdk-cloudwatch", &["console"]),
    ("aws-sdk-cloudwatchlogs", &["logs"]),
    ("aws-sdk-dynamodb", &["ledger"]),
    ("aws-sdk-lambda", &["console"]),
    ("aws-sdk-ses", &["mail"]),
    // looks at the account, and sends nothing
    ("aws-sdk-sesv2", &["console"]),
    ("aws-sdk-sqs", &["edge"]),
    ("aws-sdk-secretsmanager", &["edge", "console"]),
    ("aws_lambda_events", &["edge"]),
    ("reqwest", &["vendors"]),
];

/// Arrows between crates of the workspace that the design does not draw.
pub(super) fn between_crates(workspace: &Workspace) -> Vec<String> {
    let mut offences = Vec::new();
    for from in workspace.shipped() {
        for to in workspace.crates.iter().filter(|to| from.dependencies.contains(&to.name)) {
            if !drawn(from, to) {
                offences.extend(arrow(workspace, from, &to.name));
            }
        }
    }
    offences
}

fn drawn(from: &Crate, to: &Crate) -> bool {
    let is_one_of = |names: &[&str]| names.contains(&to.name.as_str());
    match from.folder.as_str() {
        "shared/admin" => is_one_of(&["edge", "ledger", "mapping", "vendors"]),
        "shared/edge" => is_one_of(&["ledger", "mapping", "vendors"]),
        "shared/logs" => is_one_of(&["edge"]),
        "shared/mapping" => is_one_of(&["vendors"]),
        "shared/reconcile" => is_one_of(&["edge", "ledger", "vendors"]),
        "functions/failures" if is_one_of(&["logs", "mail"]) => true,
        "console" => to.under("functions") || is_one_of(&["admin", "edge", "ledger", "logs", "mapping", "vendors"]),
        _ if from.under("functions") => is_one_of(&["admin", "edge", "ledger", "mapping", "reconcile", "vendors"]),
        _ => false,
    }
}

/// Crates from outside in the wrong hands.
pub(super) fn guarded(workspace: &Workspace) -> Vec<String> {
    let mut offences = Vec::new();
    for from in workspace.shipped() {
        for (to, owners) in GUARDED {
            if from.dependencies.iter().any(|d| d == to) && !owners.contains(&from.name.as_str()) {
                offences.extend(arrow(workspace, from, to));
            }
        }
    }
    offences
}

/// The Lambda runtime anywhere but in `edge` and in a function's main file.
pub(super) fn lambda_runtime(workspace: &Workspace) -> Vec<String> {
    let mut offences = Vec::new();
    for from in workspace.shipped().filter(|c| c.folder != "shared/edge") {
        if !from.dependencies.iter().any(|d| d == "lambda_runtime") {
            continue;
        }
        if !from.under("functions") {
            offences.extend(arrow(workspace, from, "lambda_runtime"));
            continue;
        }
        let mains = format!("{}/src/bin/", from.folder);
        let elsewhere = workspace.sources_of(from).filter(|s| !s.path.starts_with(&mains));
        offences.extend(elsewhere.flat_map(|s| uses(s, from, "lambda_runtime")));
    }
    offences
}

/// `mapping` may see of `vendors` only models, value types and what cleans texts, and nothing that waits.
pub(super) fn mapping_is_pure(workspace: &Workspace) -> Vec<String> {
    let mut offences = Vec::new();
    for from in workspace.crates.iter().filter(|c| c.folder == "shared/mapping") {
        if from.dependencies.iter().any(|d| d == "tokio") {
            offences.extend(arrow(workspace, from, "tokio"));
        }
        for source in workspace.sources_of(from) {
            let beyond = source.paths.iter().filter(|p| p.root() == "vendors" && !is_model(&p.segments));
            offences.extend(beyond.map(|p| format!("mapping -> {} ({})", p.segments.join("::"), source.at(p.line))));
            let waits = source.tokens.words.iter().filter(|t| ["async", "await"].contains(&t.text.as_str()));
            offences.extend(waits.map(|t| format!("mapping -> {} ({})", t.text, source.at(t.line))));
        }
    }
    offences
}

/// `vendors::value::..`, `vendors::text::..` or `vendors::<vendor>::model..`.
fn is_model(segments: &[String]) -> bool {
    let segment = |n: usize| segments.get(n).map(String::as_str);
    matches!(segment(1), Some("value" | "text")) || segment(2) == Some("model")
}

/// One vendor's module naming another's.
pub(super) fn vendors_apart(workspace: &Workspace) -> Vec<String> {
    let all = workspace.vendors();
    let mut offences = Vec::new();
    for own in &all {
        let inside = workspace.sources_below(&format!("shared/vendors/src/{own}"));
        let beside = format!("shared/vendors/src/{own}.rs");
        let beside = workspace.sources.iter().filter(move |s| s.path == beside);
        for source in inside.chain(beside) {
            for named in &source.paths {
                let first =
                    named.segments.iter().find(|s| !["crate", "super", "self", "vendors"].contains(&s.as_str()));
                if let Some(other) = first.filter(|f| *f != own && all.contains(*f)) {
                    offences.push(format!("vendors::{own} -> vendors::{other} ({})", source.at(named.line)));
                }
            }
        }
    }
    offences
}

/// Where `from` names `to`; its Cargo.toml if nowhere else.
fn arrow(workspace: &Workspace, from: &Crate, to: &str) -> Vec<String> {
    let found: Vec<_> = workspace.sources_of(from).flat_map(|s| uses(s, from, to)).collect();
    if found.is_empty() { vec![format!("{} -> {to} ({}/Cargo.toml)", from.name, from.folder)] } else { found }
}

fn uses(source: &Source, from: &Crate, to: &str) -> Vec<String> {
    let identifier = Crate::identifier(to);
    let named = source.paths.iter().filter(|p| p.root() == identifier);
    named.map(|p| format!("{} -> {to} ({})", from.name, source.at(p.line))).collect()
}
