//! JSON laid out for people, and back. Only blanks between the tokens change: order, numbers and doubled keys stay as they came.

/// One member or element a line.
pub(super) fn lines(json: &str) -> String {
    let mut laid = String::new();
    let mut depth: usize = 0;
    for token in tokens(json) {
        match token {
            "{" | "[" => {
                depth += 1;
                laid.push_str(token);
                begin_line(&mut laid, depth);
            }
            "}" | "]" => {
                depth = depth.saturating_sub(1);
                begin_line(&mut laid, depth);
                laid.push_str(token);
            }
            "," => {
                laid.push(',');
                begin_line(&mut laid, depth);
            }
            other => laid.push_str(other),
        }
    }
    laid.push('\n');
    laid
}

/// All in one line.
pub(super) fn compact(json: &str) -> String {
    tokens(json).concat()
}

fn begin_line(laid: &mut String, depth: usize) {
    laid.push('\n');
    laid.push_str(&"  ".repeat(depth));
}

/// The texts, signs and words of a JSON, without the blanks between them.
fn tokens(json: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = json.trim_start();
    while !rest.is_empty() {
        let (token, behind) = rest.split_at(length(rest));
        tokens.push(token);
        rest = behind.trim_start();
    }
    tokens
}

/// How long the first token is: at least one letter.
fn length(rest: &str) -> usize {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let sign = |c: char| "{}[],:\"".contains(c);
    if rest.starts_with('"') {
        return text_length(rest);
    }
    if rest.starts_with(sign) {
        return first;
    }
    rest.find(|c: char| sign(c) || c.is_whitespace()).unwrap_or(rest.len()).max(first)
}

/// A text with both quotes; one that does not end takes the rest.
fn text_length(rest: &str) -> usize {
    let mut is_escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_blanks_between_tokens_change() {
        let json = r#"{ "b" : [1.50, true], "a":"x, {\"y\"} \\", "a": null}"#;
        let laid = lines(json);
        assert_eq!(
            laid,
            "{\n  \"b\":[\n    1.50,\n    true\n  ],\n  \"a\":\"x, {\\\"y\\\"} \\\\\",\n  \"a\":null\n}\n"
        );
        assert_eq!(compact(&laid), r#"{"b":[1.50,true],"a":"x, {\"y\"} \\","a":null}"#);
        for odd in ["", "  ", "\"open", "nul", "{{", "ä ö"] {
            assert_eq!(compact(odd), odd.split_whitespace().collect::<String>(), "{odd}");
        }
    }
}
