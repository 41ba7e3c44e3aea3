//! Whether a connection's secret has all that its flow needs. States, never values.

use admin::{Finding, Flow};
use jiff::Timestamp;

use crate::secrets::kept::Kept;

/// What is missing, what functions refuse, and whether the webhook secret ends.
pub(super) fn look(flow: &Flow, name: &str, kept: &Kept, now: Timestamp) -> Vec<Finding> {
    let missing = kept.missing(flow, now);
    let set = format!("`hrsync secrets set {name}`");
    let mut findings: Vec<Finding> = missing
        .iter()
        .map(|(key, hint)| Finding::fault(format!("secret: {key}"), "missing", format!("{set}; its value: {hint}")))
        .collect();
    findings.extend(kept.unknown(flow).iter().map(|key| {
        let seen = "not known to the flow, so functions refuse the whole secret";
        Finding::fault(format!("secret: {key}"), seen, format!("{set} takes it out"))
    }));
    if findings.is_empty() {
        findings.push(Finding::ok("secret", format!("all {} keys are set", flow.secrets.len())));
    }
    findings.extend(ends(kept, &set));
    findings
}

/// A rotation that was left half done: the earlier secret runs out, and no new one stands beside it.
fn ends(kept: &Kept, set: &str) -> Option<Finding> {
    let end = kept.incoming.iter().map(|secret| secret.not_after).collect::<Option<Vec<_>>>()?.into_iter().max()?;
    let seen = format!("the last one ends {end:.0}");
    Some(Finding::warning("secret: webhook_secrets", seen, format!("{set} makes one that does not end")))
}

#[cfg(test)]
mod tests {
    use admin::Level;

    use super::*;

    fn look_at(text: &str) -> Vec<(Level, String)> {
        let now = "2026-03-01T10:00:00Z".parse().unwrap();
        let found = look(&heyflow_to_personio::FLOW, "careers", &Kept::read(text).unwrap(), now);
        found.into_iter().map(|finding| (finding.level, finding.about)).collect()
    }

    #[test]
    fn each_key_that_is_missing_or_too_much_is_a_fault_of_its_own() {
        let told = |level, about: &str| (level, about.to_owned());
        let whole = r#"{"webhook_secrets": [{"value": "0123456789abcdef"}], "personio_recruiting_token": "hunter2"}"#;
        assert_eq!(look_at(whole), [told(Level::Ok, "secret")]);
        let empty =
            [told(Level::Fault, "secret: webhook_secret"), told(Level::Fault, "secret: personio_recruiting_token")];
        assert_eq!(look_at("{}"), empty);
        let odd = whole.replace("hunter2\"", "hunter2\", \"old\": \"x\"");
        assert_eq!(look_at(&odd), [told(Level::Fault, "secret: old")]);
    }

    #[test]
    fn a_webhook_secret_that_ends_without_another_is_a_warning() {
        let ending = r#"{"webhook_secrets": [{"value": "0123456789abcdef", "not_after": "2026-03-02T10:00:00Z"}],
            "personio_recruiting_token": "t"}"#;
        let warned = (Level::Warning, "secret: webhook_secrets".to_owned());
        assert_eq!(look_at(ending)[1], warned);
    }
}
