//! What people call the systems that a flow joins.

/// One of the systems of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct System<'a> {
    /// What its users call it.
    pub name: &'a str,
    /// Whether people fill in forms there, so that a record is an answer and no state that is followed.
    pub has_forms: bool,
}

/// The word in flows' names, and the system.
const SYSTEMS: &[(&str, &str, bool)] = &[
    ("heyflow", "Heyflow", true),
    ("hellohq", "helloHQ", false),
    ("hibob", "HiBob", false),
    ("oneflow", "Oneflow", false),
    ("personio", "Personio", false),
    ("recruit", "Recruit", false),
    ("scim", "the partner system", false),
    ("teamtailor", "Teamtailor", false),
];

/// The source and the target that a flow's name names: `personio-to-scim`, or `oneflow-teamtailor` where both are both.
#[must_use]
pub fn systems(flow: &str) -> [System<'_>; 2] {
    let (source, target) = flow.split_once("-to-").or_else(|| flow.split_once('-')).unwrap_or((flow, flow));
    [named(source), named(target)]
}

/// A system that nobody has listed is called by its word.
fn named(word: &str) -> System<'_> {
    let listed = SYSTEMS.iter().find(|(known, ..)| *known == word);
    listed
        .map_or(System { name: word, has_forms: false }, |(_, name, has_forms)| System { name, has_forms: *has_forms })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flows_systems_are_called_as_their_users_call_them() {
        let said = |flow| systems(flow).map(|system| system.name);
        assert_eq!(said("personio-to-hellohq"), ["Personio", "helloHQ"]);
        assert_eq!(said("personio-to-scim"), ["Personio", "the partner system"]);
        assert_eq!(said("oneflow-teamtailor"), ["Oneflow", "Teamtailor"]);
        assert_eq!(said("a-to-b"), ["a", "b"]);
        assert_eq!(systems("heyflow-to-personio").map(|system| system.has_forms), [true, false]);
    }
}
