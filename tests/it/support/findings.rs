//! What a look of `hrsync doctor` at a connection's accounts has found.

use admin::{Finding, Level};

/// All that is not well, as `fault personio: absences`.
pub(crate) fn troubles(findings: &[Finding]) -> Vec<String> {
    let troubled = findings.iter().filter(|finding| finding.level != Level::Ok);
    troubled.map(|finding| format!("{} {}", finding.level.word(), finding.about)).collect()
}

/// Whether something of a finding's text is what nobody may see, e.g. a secret or an address.
pub(crate) fn shows(findings: &[Finding], hidden: &str) -> bool {
    findings.iter().any(|finding| format!("{finding:?}").contains(hidden))
}

/// What mends the one fault there is about this.
pub(crate) fn mend_of(findings: &[Finding], about: &str) -> String {
    let found = findings.iter().find(|finding| finding.about == about && finding.level == Level::Fault);
    found.and_then(|finding| finding.mend.clone()).unwrap_or_else(|| panic!("no fault about {about}: {findings:?}"))
}
