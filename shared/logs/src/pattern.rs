//! Which lines CloudWatch hands out. A pattern spares transport only: whoever reads looks at each line once more, as the
//! local cloud takes every pattern of this kind for "all".
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html>

/// A filter pattern on the members of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(String);

/// CloudWatch takes at most 1,024 characters.
const LONGEST: usize = 1024;

impl Pattern {
    /// Every line about a request or a record.
    #[must_use]
    pub fn any() -> Self {
        Self(r#"{ $.connection = "*" }"#.to_owned())
    }

    /// Every line about a record that has not ended at its first attempt: the line by which it stays, and all that come after.
    #[must_use]
    pub fn not_at_once() -> Self {
        Self("{ ($.again_in_s >= 0) || ($.receive > 1) }".to_owned())
    }

    /// Every line of one connection.
    #[must_use]
    pub fn of_connection(name: &str) -> Self {
        Self(format!("{{ {} }}", connection(name)))
    }

    /// Those of them that name the object.
    #[must_use]
    pub fn of_object(name: &str, object: &str) -> Self {
        let id = object.split_once('/').map_or(object, |(_, id)| id);
        Self::narrowed(name, &[id], |id| format!(r#"$.object = "*={id}*""#))
    }

    /// Those of them whose event begins like one of these.
    #[must_use]
    pub fn of_events(name: &str, events: &[&str]) -> Self {
        Self::narrowed(name, events, |event| format!(r#"$.event = "{event}*""#))
    }

    /// Not narrowed where a value would mean something to the pattern, or the pattern would be too long.
    fn narrowed(name: &str, values: &[&str], term: impl Fn(&str) -> String) -> Self {
        let is_plain = |value: &&str| value.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        let terms: Vec<_> = values.iter().map(|value| term(value)).collect();
        let pattern = format!("{{ ({}) && ({}) }}", connection(name), terms.join(" || "));
        let fits = !values.is_empty() && values.iter().all(is_plain) && pattern.len() <= LONGEST;
        if fits { Self(pattern) } else { Self::of_connection(name) }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

fn connection(name: &str) -> String {
    format!(r#"$.connection = "{name}""#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_as_narrow_as_it_can_be() {
        let object = Pattern::of_object("careers", "response/8f14");
        assert_eq!(object.as_str(), r#"{ ($.connection = "careers") && ($.object = "*=8f14*") }"#);
        let events = Pattern::of_events("careers", &["e9b3", "8f14"]);
        let expected = r#"{ ($.connection = "careers") && ($.event = "e9b3*" || $.event = "8f14*") }"#;
        assert_eq!(events.as_str(), expected);
    }

    #[test]
    fn what_cannot_be_narrowed_names_the_connection_alone() {
        let whole = Pattern::of_connection("careers");
        assert_eq!(whole.as_str(), r#"{ $.connection = "careers" }"#);
        assert_eq!(Pattern::of_object("careers", r#"a" || $.x = "b"#), whole);
        assert_eq!(Pattern::of_events("careers", &[]), whole);
        assert_eq!(Pattern::of_events("careers", &["e9b3a731f54cfed559c4cbfb76a55ace"; 40]), whole);
    }
}
