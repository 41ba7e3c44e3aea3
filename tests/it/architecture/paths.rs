//! Finds the paths a file names: `a::b::c`, every leaf of a `use` tree, and `extern crate`.
//!
//! A path in a string (`#[serde(with = "crate::x")]`) counts as well. What a macro builds from parts is not seen.

use super::lex::{Lexed, Spot, lex};

/// A path as written, and the line it begins on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Counted from 1.
    pub(super) line: usize,
    /// Without the `::`; a glob ends in `*`.
    pub(super) segments: Vec<String>,
}

impl Named {
    /// The first segment.
    pub(super) fn root(&self) -> &str {
        self.segments.first().map_or("", String::as_str)
    }
}

/// Every path that `lexed` names.
pub(super) fn paths(lexed: &Lexed) -> Vec<Named> {
    let mut found = in_tokens(&lexed.tokens);
    for literal in lexed.literals.iter().filter(|l| is_path(&l.text)) {
        let inner = in_tokens(&lex(&literal.text).tokens);
        found.extend(inner.into_iter().map(|named| Named { line: literal.line, ..named }));
    }
    found
}

fn is_path(text: &str) -> bool {
    text.contains("::") && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ':')
}

fn in_tokens(tokens: &[Spot]) -> Vec<Named> {
    let mut reader = Reader { tokens, at: 0, found: Vec::new() };
    while let Some(token) = tokens.get(reader.at) {
        match token.text.as_str() {
            // `use<'a>` is a bound, not an import.
            "use" if reader.text(1) != "<" => reader.import(),
            "extern" if reader.text(1) == "crate" => reader.extern_crate(),
            text if is_word(text) => reader.expression(),
            _ => reader.at += 1,
        }
    }
    reader.found
}

fn is_word(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
}

struct Reader<'a> {
    tokens: &'a [Spot],
    at: usize,
    found: Vec<Named>,
}

impl Reader<'_> {
    fn text(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |t| t.text.as_str())
    }

    fn line(&self) -> usize {
        self.tokens.get(self.at).map_or(0, |t| t.line)
    }

    fn colons(&self) -> bool {
        self.text(0) == ":" && self.text(1) == ":"
    }

    fn extern_crate(&mut self) {
        self.at += 2;
        self.found.push(Named { line: self.line(), segments: vec![self.text(0).to_owned()] });
    }

    /// `a::b::c` outside of an import; a lone word is no path.
    fn expression(&mut self) {
        let line = self.line();
        let mut segments = vec![self.text(0).to_owned()];
        self.at += 1;
        while self.colons() && is_word(self.text(2)) {
            segments.push(self.text(2).to_owned());
            self.at += 3;
        }
        if segments.len() > 1 {
            self.found.push(Named { line, segments });
        }
    }

    fn import(&mut self) {
        self.at += 1;
        self.tree(&[]);
    }

    /// One branch of a `use` tree; stops before the `,`, `}` or `;` behind it.
    fn tree(&mut self, prefix: &[String]) {
        let mut segments = prefix.to_vec();
        let line = self.line();
        loop {
            match self.text(0) {
                ":" => self.at += 1,
                "{" => return self.group(&segments),
                "," | "}" | ";" | "" => break,
                "as" => self.at += 2,
                text => {
                    segments.push(text.to_owned());
                    self.at += 1;
                }
            }
        }
        self.found.push(Named { line, segments });
    }

    fn group(&mut self, prefix: &[String]) {
        self.at += 1;
        loop {
            match self.text(0) {
                "," => self.at += 1,
                "}" => {
                    self.at += 1;
                    return;
                }
                "" | ";" => return,
                _ => self.tree(prefix),
            }
        }
    }
}
