//! What the rules look at: crates with what they declare, and their source files.

use std::collections::BTreeSet;

use super::source::Source;

/// The workspace as the rules see it.
#[derive(Default)]
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
    pub(super) fn sources_of<'a>(&'a self, member: &Crate) -> impl Iterator<Item = &'a Source> + use<'a> {
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

    /// The vendors: a vendor is a folder with a client, a model or a webhook.
    pub(super) fn vendors(&self) -> BTreeSet<String> {
        let parts = self.sources_below("shared/vendors/src").map(|s| s.path.split('/').skip(3).collect::<Vec<_>>());
        let vendors = parts.filter_map(|parts| match parts.as_slice() {
            [vendor, "client.rs" | "model.rs" | "webhook.rs" | "client" | "model" | "webhook", ..] => {
                Some((*vendor).to_owned())
            }
            _ => None,
        });
        vendors.collect()
    }

    /// The flows: the folders of `functions/` but `failures`, which keeps no two systems in step.
    pub(super) fn flows(&self) -> impl Iterator<Item = &str> {
        let functions = self.crates.iter().filter(|c| c.under("functions"));
        functions.map(Crate::folder_name).filter(|name| *name != "failures")
    }
}
