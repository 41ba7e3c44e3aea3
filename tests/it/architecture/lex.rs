//! Splits Rust text into words and marks, literals and comments, each with its line.
//!
//! Not a parser: it knows only what keeps a scan honest, namely where a comment or a literal begins and ends
//! (nested block comments, raw strings, lifetimes against characters), after the Rust reference, "Lexical structure",
//! <https://doc.rust-lang.org/reference/lexical-structure.html>.

/// A piece of text and the line it begins on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Counted from 1.
    pub(super) line: usize,
    /// Without quotes or comment marks.
    pub(super) text: String,
}

/// A file's text, sorted by kind.
#[derive(Debug, Default)]
pub(super) struct Lexed {
    /// Words whole, every other mark one character each.
    pub(super) tokens: Vec<Spot>,
    /// String literals as written, escapes not resolved.
    pub(super) literals: Vec<Spot>,
    /// Comments, documentation included.
    pub(super) comments: Vec<Spot>,
}

/// Sorts `text`; an unclosed literal or comment reaches to the end.
pub(super) fn lex(text: &str) -> Lexed {
    let mut cursor = Cursor { chars: text.chars().collect(), at: 0, line: 1, out: Lexed::default() };
    while let Some(next) = cursor.peek(0) {
        cursor.step(next);
    }
    cursor.out
}

/// Whether a word may hold this character.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

struct Cursor {
    chars: Vec<char>,
    at: usize,
    line: usize,
    out: Lexed,
}

impl Cursor {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn bump(&mut self) -> Option<char> {
        let next = self.peek(0)?;
        self.at += 1;
        self.line += usize::from(next == '\n');
        Some(next)
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.bump();
        }
    }

    fn step(&mut self, next: char) {
        match (next, self.peek(1)) {
            ('/', Some('/')) => self.line_comment(),
            ('/', Some('*')) => self.block_comment(),
            ('"', _) => self.string(),
            ('\'', _) => self.quote(),
            _ if in_word(next) => self.word(),
            _ => self.mark(next),
        }
    }

    fn mark(&mut self, next: char) {
        if !next.is_whitespace() {
            self.out.tokens.push(Spot { line: self.line, text: next.to_string() });
        }
        self.bump();
    }

    fn line_comment(&mut self) {
        let line = self.line;
        let text = self.take_while(|c| c != '\n');
        self.out.comments.push(Spot { line, text });
    }

    /// One spot per line, so that a finding deep in a long comment is shown where it stands.
    fn block_comment(&mut self) {
        let (first, start) = (self.line, self.at);
        let mut depth = 0_usize;
        while let Some(next) = self.peek(0) {
            match (next, self.peek(1)) {
                ('/', Some('*')) => depth += 1,
                ('*', Some('/')) => depth -= 1,
                _ => {
                    self.bump();
                    continue;
                }
            }
            self.skip(2);
            if depth == 0 {
                break;
            }
        }
        let text: String = self.chars.iter().skip(start).take(self.at - start).collect();
        let lines = text.lines().enumerate().map(|(n, l)| Spot { line: first + n, text: l.to_owned() });
        self.out.comments.extend(lines);
    }

    fn string(&mut self) {
        let line = self.line;
        self.bump();
        let mut text = String::new();
        while let Some(next) = self.bump() {
            match next {
                '"' => break,
                '\\' => text.extend([Some('\\'), self.bump()].into_iter().flatten()),
                _ => text.push(next),
            }
        }
        self.out.literals.push(Spot { line, text });
    }

    fn raw_string(&mut self, hashes: usize) {
        let line = self.line;
        self.skip(hashes + 1);
        let mut text = String::new();
        while let Some(next) = self.bump() {
            if next == '"' && (0..hashes).all(|n| self.peek(n) == Some('#')) {
                self.skip(hashes);
                break;
            }
            text.push(next);
        }
        self.out.literals.push(Spot { line, text });
    }

    /// A character literal, or else a lifetime's or label's tick.
    fn quote(&mut self) {
        let (escaped, closed) = (self.peek(1) == Some('\\'), self.peek(2) == Some('\''));
        self.bump();
        if !escaped && !closed {
            self.take_while(in_word);
            return;
        }
        // The character itself, or the mark behind the backslash, may be a tick.
        self.skip(1 + usize::from(escaped));
        self.take_while(|c| c != '\'');
        self.bump();
    }

    fn word(&mut self) {
        let line = self.line;
        let text = self.take_while(in_word);
        let hashes = (0..).take_while(|&n| self.peek(n) == Some('#')).count();
        match (text.as_str(), self.peek(hashes)) {
            ("r" | "br" | "cr", Some('"')) => self.raw_string(hashes),
            ("b" | "c", Some('"')) if hashes == 0 => self.string(),
            ("b", Some('\'')) if hashes == 0 => self.quote(),
            ("r", Some(next)) if hashes == 1 && in_word(next) => self.skip(1),
            _ => self.out.tokens.push(Spot { line, text }),
        }
    }

    fn take_while(&mut self, holds: impl Fn(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(next) = self.peek(0).filter(|&c| holds(c)) {
            text.push(next);
            self.bump();
        }
        text
    }
}
