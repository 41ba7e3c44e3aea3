//! The modules of one crate: which file stands for which, and in which file a path ends.

use std::collections::BTreeMap;
use std::slice;

use super::model::{Crate, Workspace};
use super::source::Source;

/// Names that lead through more re-exports than this lead in a ring (`use anyhow::anyhow`).
const RE_EXPORTS: usize = 8;

/// The shipped files of one crate by their module path; the crate's root has the empty one.
pub(super) struct Modules<'a> {
    files: BTreeMap<Vec<String>, &'a Source>,
}

impl<'a> Modules<'a> {
    /// The modules of `member`. Its `src/bin` is left out: those files see the crate from outside.
    pub(super) fn of(workspace: &'a Workspace, member: &Crate) -> Self {
        let start = format!("{}/src/", member.folder);
        let inside = |source: &'a Source| Some((module(source.path.strip_prefix(&start)?), source));
        let shipped = workspace.sources_of(member).filter(|s| !s.is_test_file());
        let files = shipped.filter_map(inside).filter(|(module, _)| module.first().is_none_or(|first| first != "bin"));
        Self { files: files.collect() }
    }

    /// Every module with its file.
    pub(super) fn files(&self) -> impl Iterator<Item = (&[String], &'a Source)> {
        self.files.iter().map(|(module, source)| (module.as_slice(), *source))
    }

    /// The module whose file defines what `module` calls `path`; `module` itself for what is not of this crate.
    /// A name that a file on the way re-exports leads on to where it comes from.
    pub(super) fn defining_module(&self, module: &[String], path: &[String]) -> Vec<String> {
        self.follow(module, path, RE_EXPORTS)
    }

    fn follow(&self, module: &[String], path: &[String], left: usize) -> Vec<String> {
        let Some((first, rest)) = path.split_first() else { return module.to_vec() };
        let child = [module, slice::from_ref(first)].concat();
        match first.as_str() {
            "crate" => self.follow(&[], rest, left),
            "self" => self.follow(module, rest, left),
            "super" => self.follow(parent(module), rest, left),
            _ if self.files.contains_key(&child) => self.follow(&child, rest, left),
            name => match self.imported(module, name) {
                Some(source) if left > 0 => self.follow(module, &[source, rest].concat(), left - 1),
                _ => module.to_vec(),
            },
        }
    }

    /// What `module` imports under `name`.
    fn imported(&self, module: &[String], name: &str) -> Option<&'a [String]> {
        let source = self.files.get(module)?;
        let mut named = source.paths.iter().filter(|named| !source.is_test(named.line));
        named.find(|named| named.bound.as_deref() == Some(name)).map(|named| named.segments.as_slice())
    }

    /// The file of a module.
    pub(super) fn file(&self, module: &[String]) -> Option<&'a Source> {
        self.files.get(module).copied()
    }
}

fn parent(module: &[String]) -> &[String] {
    module.split_last().map_or(&[], |(_, parent)| parent)
}

/// `a/b.rs` and `a/b/mod.rs` are the module `a::b`.
fn module(path: &str) -> Vec<String> {
    let parts = path.trim_end_matches(".rs").split('/');
    parts.filter(|part| !["lib", "main", "mod"].contains(part)).map(str::to_owned).collect()
}
