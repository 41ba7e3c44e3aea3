//! The settings that answer what accounts of helloHQ are like, as they stand in a connection's file.

/// A setting with two values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) key: &'static str,
    /// The example's line, and the other one.
    pub(super) lines: [&'static str; 2],
}

pub(super) const SETTINGS: [Setting; 6] = [
    Setting { key: "replace", lines: ["replace = \"create-then-delete\"", "replace = \"delete-then-create\""] },
    Setting { key: "query_options", lines: ["query_options = \"plain\"", "query_options = \"dollar\""] },
    Setting { key: "half_day_end", lines: ["half_day_end = \"same-day-noon\"", "half_day_end = \"next-day-noon\""] },
    Setting { key: "match_by", lines: ["match_by = \"work\"", "match_by = \"work-or-private\""] },
    Setting { key: "skip_deactivated", lines: ["skip_deactivated = true", "skip_deactivated = false"] },
    Setting { key: "hours_as", lines: ["hours_as = \"refuse\"", "hours_as = \"days\""] },
];

/// The document with one line instead of another, which must be there.
pub(super) fn with(document: &str, line: &str, other: &str) -> String {
    let (line, other) = (format!("\n{line}\n"), format!("\n{other}\n"));
    assert!(document.contains(&line), "{line} is not in the example");
    document.replace(&line, &other)
}
