//! Holds `template.yaml` against the house rules and against what the functions' code declares, both ways.
//!
//! Each rule is a pure function from a [`model::Template`] to offences; the `planted` modules show that each
//! of them bites, with a small sound template (`sound.yaml`) in which one text is replaced.

mod conditions;
mod metrics;
mod model;
#[cfg(test)]
mod planted;
#[cfg(test)]
mod planted_conditions;
#[cfg(test)]
mod planted_metrics;
#[cfg(test)]
mod planted_rights;
mod queues;
mod rights;
#[cfg(test)]
mod schedules;
mod shape;
#[cfg(test)]
mod waiting;
mod yaml;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

pub(crate) use rights::{RECEIVER_READS, RECEIVER_WRITES};

use metrics::Measured;
use model::Template;
use rights::Declared;
use shape::Binary;

type Rule = fn(&Template) -> Vec<String>;

/// The rules that need only the template.
const RULES: [Rule; 20] = [
    queues::have_dead_letters,
    queues::retention,
    queues::receive_count,
    queues::visibility,
    queues::batches,
    queues::dead_letters_seen,
    queues::draining_seen,
    queues::ages_seen,
    rights::own_roles,
    rights::exact,
    rights::secrets,
    rights::readers_may_read,
    rights::receivers_narrowed,
    rights::own_log_only,
    shape::events,
    shape::logs,
    shape::routes,
    shape::throttles,
    shape::policies,
    shape::table,
];

fn offences(template: &Template, binaries: &[Binary], declared: &[Declared], measured: &[Measured]) -> Vec<String> {
    let mut found: Vec<_> = RULES.iter().flat_map(|rule| rule(template)).collect();
    found.extend(shape::binaries(template, binaries));
    found.extend(conditions::resolved(template, &flows(binaries)));
    found.extend(rights::as_declared(template, declared));
    found.extend(metrics::as_measured(template, measured));
    found
}

/// What the functions' crates export. A crate missing here shows as a binary that no code declares.
fn declared() -> Vec<Declared> {
    let flows = heyflow_to_personio::FUNCTIONS.iter().chain(personio_to_hellohq::FUNCTIONS);
    let flows = flows.chain(personio_to_scim::FUNCTIONS).chain(hibob_to_recruit::FUNCTIONS);
    let all = flows.chain(oneflow_teamtailor::FUNCTIONS).chain(failures::FUNCTIONS);
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

/// The flows that the binaries belong to, which parameters switch on.
fn flows(binaries: &[Binary]) -> Vec<String> {
    let folders: BTreeSet<_> = binaries.iter().filter_map(|binary| binary.folder.strip_prefix("functions/")).collect();
    folders.into_iter().filter(|flow| *flow != "failures").map(str::to_owned).collect()
}

/// `functions/*/src/bin/*.rs`.
fn binaries(root: &Path) -> std::io::Result<Vec<Binary>> {
    let mut found = Vec::new();
    for flow in fs::read_dir(root.join("functions"))? {
        let flow = flow?;
        let folder = format!("functions/{}", flow.file_name().to_string_lossy());
        let mains = flow.path().join("src/bin");
        if !mains.is_dir() {
            continue;
        }
        for file in fs::read_dir(mains)? {
            let path = file?.path();
            let name = path.file_stem().filter(|_| path.extension().is_some_and(|e| e == "rs"));
            found.extend(name.map(|name| Binary { folder: folder.clone(), name: name.to_string_lossy().into_owned() }));
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

/// A stack of the same name imports these, so they must be what the last one left behind.
#[test]
fn what_outlives_a_stack_is_described_alike_for_the_next() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let read = |name: &str| Template::parse(&fs::read_to_string(root.join(name)).unwrap()).unwrap();
    let (whole, kept) = (read("template.yaml"), read("kept.yaml"));
    let keeps = |resource: &model::Resource| resource.entry["DeletionPolicy"] == "RetainExceptOnCreate";
    // The sender's identity is not imported: a parameter says that it is there.
    let outliving = whole.resources.iter().filter(|(_, r)| keeps(r) && r.kind != "AWS::SES::EmailIdentity");
    let bare = |(id, resource): (&String, &model::Resource)| {
        let mut entry = resource.entry.clone();
        entry.as_object_mut().unwrap().remove("Condition");
        (id.clone(), entry)
    };
    let outliving: Vec<_> = outliving.map(bare).collect();
    assert_eq!(kept.resources.iter().map(bare).collect::<Vec<_>>(), outliving);
    assert_eq!(outliving.len(), 3);
}
