//! All rules, by name.

use super::model::Workspace;
use super::{arrows, errors, files, habits, imports, reconcile};

/// A rule gives its offences, each with where it stands.
pub(super) type Rule = fn(&Workspace) -> Vec<String>;

/// Every rule.
pub(super) const RULES: [(&str, Rule); 18] = [
    ("arrows between crates", arrows::between_crates),
    ("guarded crates", arrows::guarded),
    ("the Lambda runtime", arrows::lambda_runtime),
    ("mapping is pure", arrows::mapping_is_pure),
    ("vendors apart", arrows::vendors_apart),
    ("no circle of imports", imports::no_circles),
    ("no logic in mod.rs and lib.rs", files::no_logic_in_mod),
    ("methods of a type in one file", files::methods_in_one_file),
    ("reconcile defines no trait", reconcile::no_trait),
    ("reconcile names no vendor and no flow", reconcile::no_names),
    ("reconcile sees little of vendors", reconcile::little_of_vendors),
    ("no dropped errors", errors::no_dropped_errors),
    ("short main files", habits::short_mains),
    ("one name for a flow", habits::one_name),
    ("READMEs", habits::readmes),
    ("no vendor's facts in flows", habits::no_vendor_facts_in_flows),
    ("expect, not allow", habits::expect_not_allow),
    ("nothing unfinished", habits::nothing_unfinished),
];

/// The offences of every rule that has any, under the rule's name and their number.
pub(super) fn offences(workspace: &Workspace) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, rule) in RULES {
        let found = rule(workspace);
        if !found.is_empty() {
            lines.push(format!("{name}: {}", found.len()));
            lines.extend(found.into_iter().map(|offence| format!("  {offence}")));
        }
    }
    lines
}
