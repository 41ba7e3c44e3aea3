//! Finds the paths a file names: `a::b::c`, and every leaf of a `use` tree.
//!
//! Paths in macros and attributes count, and so does a path in a literal (`#[serde(with = "crate::x")]`). What a macro
//! builds from parts is not seen.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseBuffer, ParseStream, Parser as _};
use syn::token::{Brace, Bracket, Paren};
use syn::{Ident, ItemUse, Token, UseTree, Visibility, braced, bracketed, parenthesized};

use super::tokens::text_of;

/// A path as written, and the line it begins on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Counted from 1.
    pub(super) line: usize,
    /// Without the `::`; a glob ends in `*`.
    pub(super) segments: Vec<String>,
    /// The name that a `use` gives to it in this file.
    pub(super) bound: Option<String>,
    /// Whether it is a `pub use`.
    pub(super) is_public: bool,
}

impl Named {
    /// The first segment.
    pub(super) fn root(&self) -> &str {
        self.segments.first().map_or("", String::as_str)
    }
}

/// Every path that `stream` names.
pub(super) fn paths(stream: TokenStream) -> syn::Result<Vec<Named>> {
    read.parse2(stream)
}

fn read(input: ParseStream<'_>) -> syn::Result<Vec<Named>> {
    let mut found = Vec::new();
    while !input.is_empty() {
        if begins_import(input) {
            found.extend(imported(&input.parse()?));
        } else if input.peek(Ident::peek_any) {
            found.extend(expression(input)?);
        } else if let Some(inside) = group(input)? {
            found.extend(read(&inside)?);
        } else if let TokenTree::Literal(literal) = input.parse()? {
            let line = literal.span().start().line;
            found.extend(text_of(literal).and_then(|text| in_text(&text)).map(|named| Named { line, ..named }));
        }
    }
    Ok(found)
}

/// What stands between brackets, if they come next.
fn group<'a>(input: &ParseBuffer<'a>) -> syn::Result<Option<ParseBuffer<'a>>> {
    let inside;
    if input.peek(Paren) {
        parenthesized!(inside in input);
    } else if input.peek(Brace) {
        braced!(inside in input);
    } else if input.peek(Bracket) {
        bracketed!(inside in input);
    } else {
        return Ok(None);
    }
    Ok(Some(inside))
}

/// `use` also stands in bounds (`use<'a>`), `pub` before any item.
fn begins_import(input: ParseStream<'_>) -> bool {
    (input.peek(Token![use]) || input.peek(Token![pub])) && input.fork().parse::<ItemUse>().is_ok()
}

/// `a::b::c` outside of an import; a lone word is no path.
fn expression(input: ParseStream<'_>) -> syn::Result<Option<Named>> {
    let first = input.call(Ident::parse_any)?;
    let line = first.span().start().line;
    let mut segments = vec![name(&first)];
    while input.peek(Token![::]) && input.peek3(Ident::peek_any) {
        input.parse::<Token![::]>()?;
        segments.push(name(&input.call(Ident::parse_any)?));
    }
    Ok((segments.len() > 1).then_some(Named { line, segments, bound: None, is_public: false }))
}

fn in_text(text: &str) -> Option<Named> {
    let is_path = text.contains("::") && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ':');
    if is_path { expression.parse_str(text).ok().flatten() } else { None }
}

fn name(ident: &Ident) -> String {
    ident.unraw().to_string()
}

fn imported(import: &ItemUse) -> Vec<Named> {
    let mut found = Vec::new();
    leaves(&import.tree, &[], &mut found);
    for named in &mut found {
        named.is_public = !matches!(import.vis, Visibility::Inherited);
    }
    found
}

fn leaves(tree: &UseTree, before: &[String], found: &mut Vec<Named>) {
    let below = |ident: &Ident| [before, &[name(ident)]].concat();
    let leaf = |line, segments, bound| Named { line, segments, bound, is_public: false };
    match tree {
        UseTree::Path(path) => leaves(&path.tree, &below(&path.ident), found),
        UseTree::Name(last) if last.ident == "self" => {
            found.push(leaf(last.ident.span().start().line, before.to_vec(), before.last().cloned()));
        }
        UseTree::Name(last) => {
            found.push(leaf(last.ident.span().start().line, below(&last.ident), Some(name(&last.ident))));
        }
        UseTree::Rename(last) => {
            let segments = if last.ident == "self" { before.to_vec() } else { below(&last.ident) };
            found.push(leaf(last.ident.span().start().line, segments, Some(name(&last.rename))));
        }
        UseTree::Glob(glob) => {
            let segments = [before, &["*".to_owned()]].concat();
            found.push(leaf(glob.star_token.span.start().line, segments, None));
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, before, found)),
    }
}
