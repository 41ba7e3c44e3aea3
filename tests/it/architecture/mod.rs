//! Holds the arrows between crates and the house rules against the real tree.
//!
//! Each rule is a pure function from a [`model::Workspace`] to offences, so `planted` can show that it bites: a rule
//! without a planted offence is not trusted.

mod arrows;
mod habits;
mod lex;
mod model;
mod paths;
#[cfg(test)]
mod planted;
mod read;
#[cfg(test)]
mod scan;

use std::path::Path;

use model::Workspace;

type Rule = fn(&Workspace) -> Vec<String>;

const RULES: [Rule; 11] = [
    arrows::between_crates,
    arrows::guarded,
    arrows::lambda_runtime,
    arrows::mapping_is_pure,
    arrows::vendors_apart,
    habits::short_mains,
    habits::one_name,
    habits::readmes,
    habits::no_vendor_facts_in_flows,
    habits::expect_not_allow,
    habits::nothing_unfinished,
];

fn offences(workspace: &Workspace) -> Vec<String> {
    RULES.iter().flat_map(|rule| rule(workspace)).collect()
}

#[test]
fn the_real_tree_keeps_every_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let workspace = read::workspace(root).unwrap();
    // An empty reading would keep every rule.
    for expected in ["shared/edge", "shared/vendors", "functions/heyflow-to-personio", "functions/failures", "console"]
    {
        let member = workspace.crates.iter().find(|c| c.folder == expected);
        let member = member.unwrap_or_else(|| panic!("{expected} was not read"));
        assert!(workspace.sources_of(member).next().is_some(), "{expected}: no sources were read");
    }
    let found = offences(&workspace);
    assert!(found.is_empty(), "{} offences:\n{}", found.len(), found.join("\n"));
}
