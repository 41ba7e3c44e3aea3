//! Reasons as the log has them: each fact once, and no longer than a line that people read.

use std::borrow::Cow;

/// The longest reason. What is cut stands whole in the failure, which `hrsync failures show` prints.
const LONGEST: usize = 400;
const CUT: &str = "...";

/// A reason whose facts (`a; b`) stand once each, cut to 400 characters.
pub(super) fn short(reason: &str) -> Cow<'_, str> {
    let mut facts: Vec<&str> = Vec::new();
    for fact in reason.split("; ") {
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    let repeats = facts.len() < reason.split("; ").count();
    let reason = if repeats { Cow::Owned(facts.join("; ")) } else { Cow::Borrowed(reason) };
    if reason.chars().count() <= LONGEST {
        return reason;
    }
    let kept: String = reason.chars().take(LONGEST - CUT.len()).collect();
    Cow::Owned(kept + CUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fact_stands_once() {
        assert_eq!(short("hellohq: start: refused; hellohq: start: refused; why"), "hellohq: start: refused; why");
        assert_eq!(short("one; two"), "one; two");
        assert_eq!(short(""), "");
    }

    #[test]
    fn a_long_reason_is_cut_at_400_characters() {
        let whole = "ä".repeat(400);
        assert_eq!(short(&whole), whole);
        let long = short(&"ä".repeat(401)).into_owned();
        assert!(long.chars().count() == 400 && long.ends_with("ä..."), "{long}");
    }
}
