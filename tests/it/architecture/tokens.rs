//! A file's words and literals with their lines, those inside macros and attributes included.

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use syn::Lit;

/// A piece of text and the line it begins on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Counted from 1.
    pub(super) line: usize,
    /// A word or mark as written, or what a literal says.
    pub(super) text: String,
}

/// A file's tokens, sorted by kind.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// Words and marks; of a pair of brackets only the opening one.
    pub(super) words: Vec<Spot>,
    /// Texts in quotes; documentation is none.
    pub(super) literals: Vec<Spot>,
}

impl Tokens {
    /// Sorts the tokens of `stream`.
    pub(super) fn read(stream: TokenStream) -> Self {
        let mut tokens = Self::default();
        tokens.add(stream);
        tokens
    }

    fn add(&mut self, stream: TokenStream) {
        for tree in stream {
            let line = tree.span().start().line;
            match tree {
                TokenTree::Group(group) if is_documentation(&group) => {}
                TokenTree::Group(group) => {
                    self.words.push(Spot { line, text: opening(&group).to_owned() });
                    self.add(group.stream());
                }
                TokenTree::Literal(literal) => self.literals.extend(text_of(literal).map(|text| Spot { line, text })),
                word => self.words.push(Spot { line, text: word.to_string() }),
            }
        }
    }
}

/// `[doc = ".."]`, which a documenting comment becomes.
fn is_documentation(group: &Group) -> bool {
    group.delimiter() == Delimiter::Bracket && group.stream().to_string().starts_with("doc =")
}

fn opening(group: &Group) -> &'static str {
    match group.delimiter() {
        Delimiter::Parenthesis => "(",
        Delimiter::Brace => "{",
        Delimiter::Bracket => "[",
        Delimiter::None => "",
    }
}

/// What a text literal says, its escapes resolved; nothing for numbers and characters.
pub(super) fn text_of(literal: Literal) -> Option<String> {
    match Lit::new(literal) {
        Lit::Str(text) => Some(text.value()),
        Lit::ByteStr(bytes) => Some(String::from_utf8_lossy(&bytes.value()).into_owned()),
        Lit::CStr(text) => Some(text.value().to_string_lossy().into_owned()),
        _ => None,
    }
}
