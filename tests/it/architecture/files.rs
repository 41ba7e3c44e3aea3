//! What stands in which file.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, Type};

use super::model::Workspace;
use super::modules::Modules;
use super::source::{Source, lines_of};

/// Whether the file may only declare and re-export.
pub(super) fn declares_only(source: &Source) -> bool {
    ["lib.rs", "mod.rs"].contains(&source.file_name())
}

/// `lib.rs` and `mod.rs` that do more than declare and re-export.
pub(super) fn no_logic_in_mod(workspace: &Workspace) -> Vec<String> {
    let mut offences = Vec::new();
    for source in workspace.shipped().flat_map(|member| workspace.sources_of(member)).filter(|s| declares_only(s)) {
        let logic = source.shipped_items().filter(|item| !only_declares(item));
        let lines: Vec<_> = logic.map(|item| lines_of(item).start().to_string()).collect();
        if !lines.is_empty() {
            offences.push(format!("{}: what begins on line {} has a file of its own", source.path, lines.join(", ")));
        }
    }
    offences
}

fn only_declares(item: &Item) -> bool {
    match item {
        Item::Mod(module) => module.content.is_none(),
        Item::Use(_) | Item::Const(_) | Item::Static(_) | Item::Type(_) => true,
        _ => false,
    }
}

/// The ledger is the table: its methods stand in one file for each kind of item (decision 20 in shared/README.md).
const BY_ITEM_KIND: (&str, &str) = ("shared/ledger", "Ledger");

/// Types whose own methods stand in several files.
pub(super) fn methods_in_one_file(workspace: &Workspace) -> Vec<String> {
    let mut offences = Vec::new();
    for member in workspace.shipped() {
        let types = methods(&Modules::of(workspace, member));
        let is_exempt = |name: &str| (member.folder.as_str(), name) == BY_ITEM_KIND;
        let scattered = types.into_iter().filter(|((_, name), files)| files.len() > 1 && !is_exempt(name));
        offences.extend(scattered.map(|((_, name), files)| {
            let files: Vec<_> = files.into_iter().collect();
            format!("{}: {name} has methods in {}", member.folder, files.join(", "))
        }));
    }
    offences
}

/// Per type (the module that defines it, and its name) the files with methods of its own.
fn methods<'a>(modules: &Modules<'a>) -> BTreeMap<(Vec<String>, String), BTreeSet<&'a str>> {
    let mut types: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (module, source) in modules.files() {
        for name in source.shipped_items().filter_map(type_with_methods) {
            let defining = modules.defining_module(module, &name);
            let last = name.last().cloned().unwrap_or_default();
            types.entry((defining, last)).or_default().insert(source.path.as_str());
        }
    }
    types
}

/// The path of the type, for `impl Type` without a trait.
fn type_with_methods(item: &Item) -> Option<Vec<String>> {
    match item {
        Item::Impl(block) if block.trait_.is_none() => match block.self_ty.as_ref() {
            Type::Path(path) => Some(path.path.segments.iter().map(|s| s.ident.to_string()).collect()),
            _ => None,
        },
        _ => None,
    }
}
