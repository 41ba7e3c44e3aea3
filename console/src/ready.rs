//! A connection with everything that a command of its flow works with: its file as it is applied, its secret, the table.

use admin::{Commands, Context, Flow};
use jiff::Timestamp;
use ledger::{Connection, Ledger};
use secrecy::SecretString;

use crate::ends::Failure;
use crate::secrets::kept::Kept;
use crate::stack::{Cloud, Stack};
use crate::{flows, say};

/// A connection to work on.
pub(crate) struct Ready {
    /// Where it is applied.
    pub(crate) stack: Stack,
    /// Its flow.
    pub(crate) flow: &'static Flow,
    /// The stack's table.
    pub(crate) ledger: Ledger,
    connection: Connection,
    secret: SecretString,
    now: Timestamp,
}

impl Ready {
    /// The connection `name`, with the command of its flow that `of` picks. That it is halted is a remark: a command
    /// may be what finds out whether it still is.
    pub(crate) async fn load<T>(
        stack: &str,
        name: &str,
        now: Timestamp,
        what: &str,
        of: impl Fn(&Commands) -> Option<T>,
    ) -> Result<(Self, T), Failure> {
        let stack = Cloud::load().await.stack(stack).await?;
        let (connection, flow) = stack.connection(name).await?;
        let command = flows::command(flow, what, of)?;
        let secret = secret(&stack, flow, name).await?;
        if let Some(halted) = halted(&connection) {
            say::aside(halted);
        }
        let ledger = stack.ledger();
        Ok((Self { stack, flow, ledger, connection, secret, now }, command))
    }

    /// What a command works with.
    pub(crate) fn context(&self) -> Context<'_> {
        let Connection { name, document, .. } = &self.connection;
        let Self { secret, ledger, now, .. } = self;
        Context { name, document, secret, local: self.stack.is_local(), ledger, now: *now, progress: &progress }
    }

    /// The connection's own webhook address.
    pub(crate) fn webhook(&self) -> Result<String, Failure> {
        let flow = self.flow;
        let name = &self.connection.name;
        self.stack.must_run(flow.name)?;
        let url = self.stack.webhook(flow, name);
        url.ok_or_else(|| {
            Failure::Refused(format!("nobody calls `{name}`: connections of `{}` have no door", flow.name))
        })
    }

    /// Has a halted connection tried at once.
    pub(crate) async fn probe(&self) -> Result<(), Failure> {
        let name = &self.connection.name;
        if self.connection.breaker.is_some() && self.ledger.probe_now(name, self.now).await? {
            say::line(format!("{name}: is halted and will be tried at once"))?;
        }
        Ok(())
    }
}

/// How far long work is, beside its result.
pub(crate) fn progress(line: &str) {
    say::aside(line);
}

/// The secret of a connection, where no key is missing that calls to vendors need. The webhook secret may be missing: a
/// command that needs it says so.
pub(crate) async fn secret(stack: &Stack, flow: &Flow, name: &str) -> Result<SecretString, Failure> {
    usable(stack.secrets().read(flow, name).await?.as_ref(), flow, name)
}

/// The same of a secret that was read.
pub(crate) fn usable(kept: Option<&Kept>, flow: &Flow, name: &str) -> Result<SecretString, Failure> {
    let set = format!("set it with `hrsync secrets set {name}`");
    let Some(kept) = kept else { return Err(Failure::Refused(format!("`{name}` has no secret yet; {set}"))) };
    let missing: Vec<_> = kept.missing_keys(flow).iter().map(|(key, hint)| format!("`{key}` ({hint})")).collect();
    if missing.is_empty() {
        return Ok(kept.write(flow).into());
    }
    Err(Failure::Refused(format!("the secret of `{name}` lacks {}; {set}", missing.join(", "))))
}

/// That a connection is halted, why, and what becomes of it. `None`: it is not.
pub(crate) fn halted(connection: &Connection) -> Option<String> {
    let breaker = connection.breaker.as_ref()?;
    let since = breaker.since.strftime("%Y-%m-%d %H:%M UTC");
    let then = "mend this cause; what waits is tried again by itself within 15 minutes, or at once by `hrsync sweep`";
    Some(format!("{}: is halted since {since}: {}; {then}", connection.name, breaker.cause))
}

#[cfg(test)]
mod tests {
    use ledger::Breaker;
    use secrecy::ExposeSecret;

    use super::*;

    const FLOW: Flow = heyflow_to_personio::FLOW;

    fn read(text: Option<&str>) -> Result<String, String> {
        let kept = text.map(|text| Kept::read(text).unwrap());
        let secret = usable(kept.as_ref(), &FLOW, "careers");
        secret.map(|secret| secret.expose_secret().to_owned()).map_err(|failure| failure.to_string())
    }

    #[test]
    fn what_is_missing_of_a_secret_is_told_with_what_mends_it() {
        let set = "set it with `hrsync secrets set careers`";
        assert_eq!(read(None), Err(format!("`careers` has no secret yet; {set}")));
        let without_token = r#"{"webhook_secrets": [{"value": "long-enough-to-count"}]}"#;
        let expected = "the secret of `careers` lacks `personio_recruiting_token` (Personio > Settings > API credentials > \
            Recruiting API > access token); ";
        assert_eq!(read(Some(without_token)), Err(format!("{expected}{set}")));
    }

    #[test]
    fn a_missing_webhook_secret_keeps_nothing_waiting_that_does_not_need_it() {
        let text = r#"{"personio_recruiting_token":"t","webhook_secrets":[]}"#;
        assert_eq!(read(Some(r#"{"personio_recruiting_token": "t"}"#)).as_deref(), Ok(text));
    }

    #[test]
    fn a_whole_secret_is_given_as_functions_read_it() {
        let text = r#"{"personio_recruiting_token":"t","webhook_secrets":[{"not_after":null,"value":"long-enough-to-count"}]}"#;
        assert_eq!(read(Some(text)).as_deref(), Ok(text));
    }

    #[test]
    fn a_halt_is_told_with_its_cause() {
        let mut connection = Connection {
            name: "absences".to_owned(),
            flow: "a-to-b".to_owned(),
            owner: "it@example.com".to_owned(),
            document: String::new(),
            revision: 1,
            applied: Timestamp::UNIX_EPOCH,
            breaker: None,
            paused: None,
            forgot: None,
        };
        assert_eq!(halted(&connection), None);
        connection.breaker = Some(Breaker::open("personio get token: login-refused", Timestamp::UNIX_EPOCH));
        let said = halted(&connection).unwrap();
        assert!(
            said.starts_with("absences: is halted since 1970-01-01 00:00 UTC: personio get token: login-refused; mend")
        );
    }
}
