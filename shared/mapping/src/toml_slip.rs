//! What people often write in a connection file that TOML does not take, or takes for something else.

use jiff::civil::Date;

/// What would mend a line that TOML does not take. `None`: it is none of the usual slips.
#[must_use]
pub fn slip(line: &str) -> Option<String> {
    let line = line.trim();
    if let Some(quote) = line.chars().find(|c| "\u{201c}\u{201d}\u{201e}\u{2019}".contains(*c)) {
        return Some(format!("`{quote}` is no quote of TOML; write `\"`"));
    }
    let (key, value) = line.split_once('=')?;
    bare_key(key.trim()).or_else(|| bare_value(value.trim()))
}

/// Names of inputs and types hold blanks and umlauts; such a key stands in quotes.
fn bare_key(key: &str) -> Option<String> {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || "_-. \t".contains(c);
    let has_blank = key.split('.').any(|part| part.trim().contains(char::is_whitespace));
    let quoted = key.contains(['"', '\'']);
    (!key.is_empty() && !quoted && (has_blank || !key.chars().all(is_bare)))
        .then(|| format!("a key with more than letters, digits, `_` and `-` stands in quotes: `\"{key}\" = ...`"))
}

fn bare_value(value: &str) -> Option<String> {
    let value = value.split('#').next().unwrap_or_default().trim();
    if is_date(value) {
        return Some(format!("a date stands in quotes: `\"{value}\"`"));
    }
    let is_word = value.starts_with(char::is_alphabetic) && !["true", "false", "inf", "nan"].contains(&value);
    is_word.then(|| format!("a text stands in quotes: `\"{value}\"`"))
}

fn is_date(value: &str) -> bool {
    let beginning: String = value.chars().take(10).collect();
    beginning.parse::<Date>().is_ok() || Date::strptime("%d.%m.%Y", &beginning).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_slips_are_told_with_what_mends_them() {
        let said = |line: &str| slip(line).unwrap_or_default();
        assert_eq!(
            said("First name = \"x\""),
            "a key with more than letters, digits, `_` and `-` stands in quotes: `\"First name\" = ...`"
        );
        assert!(said("Überstunden = [\"1\"]").ends_with("`\"Überstunden\" = ...`"));
        assert_eq!(said("start = 2026-03-01"), "a date stands in quotes: `\"2026-03-01\"`");
        assert_eq!(said("start = 01.03.2026 # from then on"), "a date stands in quotes: `\"01.03.2026\"`");
        assert_eq!(said("zone = Europe/Berlin"), "a text stands in quotes: `\"Europe/Berlin\"`");
        assert_eq!(said("zone = \u{201e}Europe/Berlin\u{201c}"), "`\u{201e}` is no quote of TOML; write `\"`");
    }

    #[test]
    fn what_toml_takes_is_no_slip() {
        for line in ["a.b = 1", "\"First name\" = \"x\"", "on = true", "[table]", "list = [", "a = 5"] {
            assert_eq!(slip(line), None, "{line}");
        }
    }
}
