//! A source file as the rules see it.

use std::ops::RangeInclusive;

use proc_macro2::TokenStream;
use syn::spanned::Spanned as _;
use syn::{Attribute, File, Ident, Item};

use super::paths::{Named, paths};
use super::tokens::Tokens;

/// A source file.
pub(super) struct Source {
    /// Relative to the root, with `/`.
    pub(super) path: String,
    /// Its lines.
    pub(super) lines: Vec<String>,
    /// Its items, parsed.
    pub(super) file: File,
    /// Its words and literals.
    pub(super) tokens: Tokens,
    /// The paths it names.
    pub(super) paths: Vec<Named>,
    /// The lines of its `#[cfg(test)]` modules.
    tests: Vec<RangeInclusive<usize>>,
}

impl Source {
    /// Reads `text` as the file at `path`.
    pub(super) fn new(path: &str, text: &str) -> syn::Result<Self> {
        let stream: TokenStream = text.parse()?;
        let file: File = syn::parse2(stream.clone())?;
        let paths = paths(stream.clone())?;
        let tests = file.items.iter().filter(|item| is_test_module(item)).map(lines_of).collect();
        let lines = text.lines().map(str::to_owned).collect();
        Ok(Self { path: path.to_owned(), lines, file, tokens: Tokens::read(stream), paths, tests })
    }

    /// `path:line`, as an editor opens it.
    pub(super) fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path)
    }

    /// The file's own name.
    pub(super) fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Whether the whole file is compiled for tests only: `tests.rs`, or below `tests/`.
    pub(super) fn is_test_file(&self) -> bool {
        self.path.split('/').any(|part| ["tests", "tests.rs"].contains(&part))
    }

    /// Whether this line is compiled for tests only.
    pub(super) fn is_test(&self, line: usize) -> bool {
        self.is_test_file() || self.tests.iter().any(|lines| lines.contains(&line))
    }

    /// The items that are not compiled for tests only.
    pub(super) fn shipped_items(&self) -> impl Iterator<Item = &Item> {
        self.file.items.iter().filter(|item| !self.is_test_file() && !is_test_module(item))
    }
}

/// The lines from an item's first attribute to its end.
pub(super) fn lines_of(item: &Item) -> RangeInclusive<usize> {
    let span = item.span();
    span.start().line..=span.end().line
}

fn is_test_module(item: &Item) -> bool {
    matches!(item, Item::Mod(module) if module.attrs.iter().any(is_cfg_test))
}

fn is_cfg_test(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") && attribute.parse_args::<Ident>().is_ok_and(|condition| condition == "test")
}
