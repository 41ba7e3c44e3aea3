//! Holds `template.yaml` against the house rules and against what the functions' code declares, both ways.
//!
//! Each rule is a pure function from a [`model::Template`] to offences; the `planted` modules show that each
//! of them bites, with a small sound template (`sound.yaml`) in which one text is replaced.

mod metrics;
mod model;
#[cfg(test)]
mod planted;
#[cfg(test)]
mod planted_metrics;
#[cfg(test)]
mod planted_rights;
mod queues;
mod rights;
mod shape;
#[cfg(test)]
mod waiting;
mod yaml;

use std::fs;
use std::path::Path;

use metrics::Measured;
use model::Template;
use rights::Declared;

type Rule = fn(&Template) -> Vec<String>;

/// The rules that need only the template.
const RULES: [Rule; 15] = [
    queues::have_dead_letters,
    queues::retention,
    queues::receive_count,
    queues::visibility,
    queues::batches,
    queues::dead_letters_seen,
    rights::own_roles,
    rights::exact,
    rights::secrets,
    rights::readers_may_read,
    rights::own_log_only,
    shape::events,
    shape::logs,
    shape::routes,
    shape::table,
];

fn offences(template: &Template, binaries: &[String], declared: &[Declared], measured: &[Measured]) -> Vec<String> {
    let mut found: Vec<_> = RULES.iter().flat_map(|rule| rule(template)).collect();
    found.extend(shape::binaries(template, binaries));
    found.extend(rights::as_declared(template, declared));
    found.extend(metrics::as_measured(template, measured));
    found
}

/// What the functions' crates export. A crate missing here shows as a binary that no code declares.
fn declared() -> Vec<Declared> {
    let flows = heyflow_to_personio::FUNCTIONS.iter().chain(personio_to_hellohq::FUNCTIONS);
    let all = flows.chain(failures::FUNCTIONS);
    let mirror = |f: &edge::Function| Declared {
        name: f.name.to_owned(),
        environment: f.environment().map(str::to_owned).collect(),
        actions: f.actions().map(str::to_owned).collect(),
    };
    all.map(mirror).collect()
}

/// What the code measures.
fn measured() -> Vec<Measured> {
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let mirror = |m: &edge::telemetry::Metric| Measured { name: m.name.to_owned(), dimensions: owned(m.dimensions) };
    edge::telemetry::METRICS.iter().map(mirror).collect()
}

/// The names of `functions/*/src/bin/*.rs`.
fn binaries(root: &Path) -> std::io::Result<Vec<String>> {
    let mut found = Vec::new();
    for flow in fs::read_dir(root.join("functions"))? {
        let mains = flow?.path().join("src/bin");
        if !mains.is_dir() {
            continue;
        }
        for file in fs::read_dir(mains)? {
            let path = file?.path();
            let name = path.file_stem().filter(|_| path.extension().is_some_and(|e| e == "rs"));
            found.extend(name.map(|name| name.to_string_lossy().into_owned()));
        }
    }
    Ok(found)
}

#[test]
fn the_real_template_keeps_every_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let template = Template::parse(&fs::read_to_string(root.join("template.yaml")).unwrap()).unwrap();
    let binaries = binaries(root).unwrap();
    // An empty reading would keep every rule.
    assert!(!binaries.is_empty(), "no binaries were found");
    assert!(template.functions().iter().any(|f| !f.sources.is_empty() && !f.statements.is_empty()), "nothing was read");
    let found = offences(&template, &binaries, &declared(), &measured());
    assert!(found.is_empty(), "{} offences:\n{}", found.len(), found.join("\n"));
}
