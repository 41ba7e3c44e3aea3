//! What keeps a command from being done, in one sentence with what mends it. Shows codes and keys, never a value.

use edge::verdict::{Fault, advice};
use vendors::Kind;

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something that the command asked for failed.
    #[error("{}", in_words(.0))]
    Fault(#[from] Fault),
    /// It cannot be done as things stand. The sentence names what mends it.
    #[error("{0}")]
    Refused(String),
}

impl From<vendors::Error> for Error {
    fn from(error: vendors::Error) -> Self {
        Self::Fault(error.into())
    }
}

impl From<ledger::Error> for Error {
    fn from(error: ledger::Error) -> Self {
        Self::Fault(error.into())
    }
}

fn in_words(fault: &Fault) -> String {
    match fault {
        Fault::Vendor(error) => format!("{error}; {}", mend(fault, &error.kind)),
        Fault::Connection(error) => {
            format!("{error}; use `hrsync check` and `hrsync secrets show` to see what")
        }
        other => other.to_string(),
    }
}

/// What the vendor advises, or else what helps against any failure of this kind.
fn mend(fault: &Fault, kind: &Kind) -> String {
    let advice = advice(fault);
    if advice.is_empty() { mend_of(kind).to_owned() } else { advice.join(" ") }
}

/// What helps against any failure of this kind.
pub(crate) fn mend_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::LoginRefused => "check the credential at the vendor and give it with `hrsync secrets set`",
        Kind::RightMissing(_) => "give the credential this right at the vendor",
        Kind::WrongAddress => "check `base_url`",
        Kind::Network => "check the network and `base_url`",
        Kind::RateLimited { .. } | Kind::Unavailable { .. } | Kind::Unanswered => "try again in a few minutes",
        Kind::Stale(_) | Kind::Gone => "it has changed meanwhile; try again",
        Kind::Invalid(_) | Kind::Conflict(_) => "mend what the reason names",
        Kind::ReadOnly => "this is a mistake in hrsync, and nothing was written",
        Kind::Endless | Kind::Incomplete | Kind::Unexplained { .. } => {
            "try again; if it stays, the vendor's API is not as documented"
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use edge::connections::LoadError;

    use super::*;

    fn said(kind: Kind) -> String {
        Error::from(vendors::Error::new(vendors::personio::operations::LIST_WEBHOOKS, kind)).to_string()
    }

    #[test]
    fn a_vendors_refusal_is_told_with_what_mends_it() {
        let login = "personio list webhooks: login-refused; check the credential at the vendor and give it with \
            `hrsync secrets set`";
        assert_eq!(said(Kind::LoginRefused), login);
        assert_eq!(said(Kind::WrongAddress), "personio list webhooks: wrong-address; check `base_url`");
    }

    #[test]
    fn what_the_vendor_advises_comes_first() {
        let meaning = Some(vendors::Meaning { means: "it is closed", to_do: "Open it." });
        let reason = vendors::Reason { field: None, code: "closed".to_owned(), meaning };
        let expected = "personio list webhooks: invalid; closed (it is closed); Open it.";
        assert_eq!(said(Kind::Invalid(vec![reason])), expected);
    }

    #[test]
    fn settings_that_cannot_be_used_are_told_with_where_to_look() {
        let unusable = LoadError::Unusable(vec!["line 3: unknown key".to_owned()]);
        let expected = "the connection's settings cannot be used: line 3: unknown key; use `hrsync check` and \
            `hrsync secrets show` to see what";
        assert_eq!(Error::from(Fault::Connection(Arc::new(unusable))).to_string(), expected);
    }

    #[test]
    fn other_faults_and_plain_sentences_stand_for_themselves() {
        assert_eq!(Error::from(Fault::OutOfTime).to_string(), "out of time");
        assert_eq!(Error::Refused("no address".to_owned()).to_string(), "no address");
    }
}
