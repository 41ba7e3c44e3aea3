//! Files import each other in one direction: no file imports a file that imports it, on however long a way.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::files::declares_only;
use super::model::Workspace;
use super::modules::Modules;
use super::paths::Named;
use super::source::Source;

/// Per file the files it imports, each with the line of the first import.
type Imports<'a> = BTreeMap<&'a str, BTreeMap<&'a str, usize>>;

/// Circles of imports, each shown once, its shortest way round.
pub(super) fn no_circles(workspace: &Workspace) -> Vec<String> {
    let mut circles = BTreeSet::new();
    for member in workspace.shipped() {
        let imports = imports(&Modules::of(workspace, member));
        for (from, targets) in &imports {
            let ways = targets.keys().filter_map(|to| shortest_way(&imports, to, from));
            circles.extend(ways.map(|way| shown(&imports, &from_smallest(way))));
        }
    }
    circles.into_iter().collect()
}

fn imports<'a>(modules: &Modules<'a>) -> Imports<'a> {
    let mut imports = Imports::new();
    for (module, source) in modules.files() {
        for named in source.paths.iter().filter(|named| !source.is_test(named.line)) {
            let target = modules.defining_module(module, &named.segments);
            if target == module || is_re_export(source, module, named, &target) {
                continue;
            }
            if let Some(file) = modules.file(&target) {
                imports.entry(&source.path).or_default().entry(&file.path).or_insert(named.line);
            }
        }
    }
    imports
}

/// A `pub use child::..` of a `mod.rs` or `lib.rs`.
fn is_re_export(source: &Source, module: &[String], named: &Named, target: &[String]) -> bool {
    declares_only(source) && named.is_public && target.starts_with(module)
}

/// The shortest way from one file to another.
fn shortest_way<'a>(imports: &Imports<'a>, from: &'a str, to: &str) -> Option<Vec<&'a str>> {
    let mut seen = BTreeSet::from([from]);
    let mut ways = VecDeque::from([vec![from]]);
    while let Some(way) = ways.pop_front() {
        let last = way.last().copied()?;
        if last == to {
            return Some(way);
        }
        let next = imports.get(last).into_iter().flat_map(BTreeMap::keys).copied();
        ways.extend(next.filter(|file| seen.insert(file)).map(|file| [way.as_slice(), &[file]].concat()));
    }
    None
}

/// The same circle, wherever it was entered.
fn from_smallest(mut circle: Vec<&str>) -> Vec<&str> {
    let smallest = circle.iter().enumerate().min_by_key(|(_, file)| **file).map_or(0, |(at, _)| at);
    circle.rotate_left(smallest);
    circle
}

/// `a.rs:1 -> b.rs:2 -> a.rs`, with the line of each import.
fn shown(imports: &Imports<'_>, circle: &[&str]) -> String {
    let next = circle.iter().skip(1).chain(circle.first());
    let lines = circle.iter().zip(next).map(|(from, to)| {
        let line = imports.get(from).and_then(|targets| targets.get(to)).copied().unwrap_or_default();
        format!("{from}:{line} -> ")
    });
    lines.chain(circle.first().map(|first| (*first).to_owned())).collect()
}
