//! The words of a template's code. For templates that minijinja has compiled: takes well-formed syntax for granted.

/// A word of the code between `{{` and `}}` or `{%` and `%}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word<'a> {
    /// Where a statement (`{%`) begins.
    Statement,
    /// A name, a keyword or a number.
    Name(&'a str),
    /// A text in quotes, as it stands between them.
    Text(&'a str),
    /// Anything else.
    Sign(char),
}

/// All words, without comments and without the text around the code.
pub(super) fn words(mut rest: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    while let Some((_, at)) = rest.split_once('{') {
        rest = if let Some(comment) = at.strip_prefix('#') {
            comment.split_once("#}").map_or("", |(_, after)| after)
        } else if let Some(statement) = at.strip_prefix('%') {
            words.push(Word::Statement);
            code(statement, &mut words)
        } else if let Some(expression) = at.strip_prefix('{') {
            code(expression, &mut words)
        } else {
            at
        };
    }
    words
}

/// Adds the words up to the end of the code; gives what follows.
fn code<'a>(rest: &'a str, words: &mut Vec<Word<'a>>) -> &'a str {
    // A `-` or `+` right after the opening governs blanks, as one before the end does.
    let mut rest = rest.trim_start_matches(['-', '+']);
    let mut depth = 0_u32;
    loop {
        rest = rest.trim_start();
        if depth == 0
            && let Some(after) = END.iter().find_map(|end| rest.strip_prefix(end))
        {
            return after;
        }
        let Some(next) = rest.chars().next() else { return "" };
        match next {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let (word, after) = word(next, rest);
        words.push(word);
        rest = after;
    }
}

const END: &[&str] = &["}}", "%}", "-}}", "-%}", "+}}", "+%}"];

fn word(first: char, rest: &str) -> (Word<'_>, &str) {
    let in_name = |c: char| c.is_alphanumeric() || c == '_';
    if in_name(first) {
        let end = rest.find(|c| !in_name(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        return (Word::Name(name), after);
    }
    let after = rest.strip_prefix(first).unwrap_or_default();
    if !matches!(first, '"' | '\'') {
        return (Word::Sign(first), after);
    }
    let mut escaped = false;
    let end = after.find(|c: char| {
        let ends = c == first && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    let (text, after) = after.split_at(end.unwrap_or(after.len()));
    (Word::Text(text), after.strip_prefix(first).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::Word::{Name, Sign, Statement, Text};
    use super::*;

    #[test]
    fn code_is_read_word_by_word_and_nothing_else_is() {
        let template = r#"a { b {# input("c") #} {%- if x -%}{{ own("d}}") | upper }}{% endif %} is z"#;
        let expected = [Statement, Name("if"), Name("x"), Name("own"), Sign('('), Text("d}}"), Sign(')'), Sign('|')];
        assert_eq!(words(template)[..8], expected);
        assert_eq!(words(template)[8..], [Name("upper"), Statement, Name("endif")]);
    }

    #[test]
    fn quotes_in_texts_and_braces_in_braces_do_not_end_the_code() {
        assert_eq!(words(r#"{{ "a\"b" ~ 'c"' }}"#), [Text(r#"a\"b"#), Sign('~'), Text("c\"")]);
        assert_eq!(words(r#"{{ {"a": {"b": x}} }} y"#).last(), Some(&Sign('}')));
        assert_eq!(words("{{ \"unended"), [Text("unended")]);
    }
}
