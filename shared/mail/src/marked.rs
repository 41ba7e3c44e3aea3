//! Code in the page: what a sentence marks by backticks.

use minijinja::HtmlEscape;
use minijinja::value::Value;

/// A sentence as HTML, with what stands between two backticks as code.
pub(crate) fn marked(text: &str) -> Value {
    let parts: Vec<&str> = text.split('`').collect();
    let last = parts.len().saturating_sub(1);
    let mut html = String::new();
    for (number, part) in parts.iter().enumerate() {
        let escaped = HtmlEscape(part);
        // a backtick without a second one marks nothing
        match (number % 2 == 1, number == last) {
            (true, false) => html.push_str(&format!("<code>{escaped}</code>")),
            (true, true) => html.push_str(&format!("`{escaped}")),
            (false, _) => html.push_str(&escaped.to_string()),
        }
    }
    Value::from_safe_string(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_marked_and_everything_is_escaped() {
        let said = |text: &str| marked(text).to_string();
        assert_eq!(said("mend `a.b` & try"), "mend <code>a.b</code> &amp; try");
        assert_eq!(said("`<b>`"), "<code>&lt;b&gt;</code>");
        assert_eq!(said("a ` alone"), "a ` alone");
        assert_eq!(said(""), "");
    }
}
