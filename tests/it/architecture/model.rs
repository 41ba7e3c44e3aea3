//! What the rules look at: crates with what they declare, and source files with what they say.

use super::lex::{Lexed, lex};
use super::paths::{Named, paths};

/// The workspace as the rules see it.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    /// Every member.
    pub(super) crates: Vec<Crate>,
    /// Every `.rs` file of every member.
    pub(super) sources: Vec<Source>,
}

/// A member of the workspace.
#[derive(Debug, Clone, Default)]
pub(super) struct Crate {
    /// The package's name.
    pub(super) name: String,
    /// Relative to the root, with `/`.
    pub(super) folder: String,
    /// Names of the packages it declares, of every kind (normal, build, dev).
    pub(super) dependencies: Vec<String>,
    /// Its binaries.
    pub(super) binaries: Vec<Binary>,
    /// Whether a README.md stands beside its Cargo.toml.
    pub(super) readme: bool,
}

/// A binary target.
#[derive(Debug, Clone)]
pub(super) struct Binary {
    /// The target's name.
    pub(super) name: String,
    /// Its main file, relative to the root.
    pub(super) path: String,
}

/// A source file.
#[derive(Debug)]
pub(super) struct Source {
    /// Relative to the root, with `/`.
    pub(super) path: String,
    /// How many lines it has.
    pub(super) lines: usize,
    /// Its text, sorted by kind.
    pub(super) lexed: Lexed,
    /// The paths it names.
    pub(super) paths: Vec<Named>,
}

impl Source {
    /// Reads `text` as the file at `path`.
    pub(super) fn new(path: &str, text: &str) -> Self {
        let lexed = lex(text);
        let paths = paths(&lexed);
        Self { path: path.to_owned(), lines: text.lines().count(), lexed, paths }
    }

    /// `path:line`, as an editor opens it.
    pub(super) fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path)
    }
}

impl Crate {
    /// Whether it lies below the top folder `top`.
    pub(super) fn under(&self, top: &str) -> bool {
        self.folder.split('/').next() == Some(top)
    }

    /// Its last folder.
    pub(super) fn folder_name(&self) -> &str {
        self.folder.rsplit('/').next().unwrap_or_default()
    }

    /// The name its code is known by in Rust.
    pub(super) fn identifier(package: &str) -> String {
        package.replace('-', "_")
    }
}

impl Workspace {
    /// The files of one crate.
    pub(super) fn sources_of<'a>(&'a self, member: &'a Crate) -> impl Iterator<Item = &'a Source> {
        self.sources_below(&member.folder)
    }

    /// The files below a folder.
    pub(super) fn sources_below<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a Source> + use<'a> {
        let start = format!("{folder}/");
        self.sources.iter().filter(move |s| s.path.starts_with(&start))
    }

    /// The crates that ship: everything but `tests/`.
    pub(super) fn shipped(&self) -> impl Iterator<Item = &Crate> {
        self.crates.iter().filter(|c| !c.under("tests"))
    }
}
