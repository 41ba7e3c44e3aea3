//! `shared/reconcile` serves every flow: it knows none of them, and no vendor.

use super::model::Workspace;
use super::source::Source;

/// All that it may see of `vendors`.
const OF_VENDORS: [&str; 5] = ["Cursor", "Error", "Kind", "Operation", "Page"];

/// A trait defined in `reconcile`: a flow calls it, it calls no flow.
pub(super) fn no_trait(workspace: &Workspace) -> Vec<String> {
    let mut offences = Vec::new();
    for source in sources(workspace) {
        let traits = source.tokens.words.iter().filter(|w| w.text == "trait" && !source.is_test(w.line));
        offences.extend(traits.map(|w| format!("{}: a trait", source.at(w.line))));
    }
    offences
}

/// A vendor's or flow's name anywhere in `reconcile`, comments and texts included.
pub(super) fn no_names(workspace: &Workspace) -> Vec<String> {
    let flows = workspace.flows().flat_map(|flow| [flow.to_owned(), flow.replace('-', "_")]);
    let names: Vec<String> = workspace.vendors().into_iter().chain(flows).collect();
    let mut offences = Vec::new();
    for source in sources(workspace) {
        let lines = source.lines.iter().zip(1..).filter(|(_, line)| !source.is_test(*line));
        for (text, line) in lines {
            let text = text.to_lowercase();
            let named = names.iter().filter(|name| text.contains(name.as_str()));
            offences.extend(named.map(|name| format!("{}: names {name}", source.at(line))));
        }
    }
    offences
}

/// More of `vendors` than what all vendors have in common.
pub(super) fn little_of_vendors(workspace: &Workspace) -> Vec<String> {
    let mut offences = Vec::new();
    for source in sources(workspace) {
        let named = source.paths.iter().filter(|p| p.root() == "vendors" && !source.is_test(p.line));
        let beyond = named.filter(|p| !p.segments.get(1).is_some_and(|second| OF_VENDORS.contains(&second.as_str())));
        offences.extend(beyond.map(|p| format!("{}: sees {}", source.at(p.line), p.segments.join("::"))));
    }
    offences
}

fn sources(workspace: &Workspace) -> impl Iterator<Item = &Source> {
    workspace.sources_below("shared/reconcile")
}
