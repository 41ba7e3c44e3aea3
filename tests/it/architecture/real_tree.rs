//! The rules against the real tree.

use std::path::Path;

use super::{read, rules};

#[test]
fn the_real_tree_keeps_every_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let workspace = read::workspace(root).unwrap();
    // An empty reading would keep every rule.
    for expected in ["shared/edge", "shared/vendors", "functions/heyflow-to-personio", "functions/failures", "console"]
    {
        assert!(workspace.crates.iter().any(|c| c.folder == expected), "{expected} was not read");
    }
    for member in &workspace.crates {
        assert!(workspace.sources_of(member).next().is_some(), "{}: no sources were read", member.folder);
    }
    let found = rules::offences(&workspace);
    assert!(found.is_empty(), "offences:\n{}", found.join("\n"));
}
