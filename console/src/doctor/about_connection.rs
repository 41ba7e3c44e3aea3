//! One connection: its file, its secret, what keeps it from working, its webhook, and its accounts as its flow looks at them.
//! Each is looked at on its own, so that one fault hides no other.

use admin::{Context, Error, Finding, Flow};
use edge::verdict::Fault;
use jiff::Timestamp;
use ledger::{Connection, Ledger, ReadOnly, State};

use super::desk::Desk;
use super::{about_secret, about_webhook, deliveries};
use crate::ends::Failure;
use crate::held::Waiting;
use crate::parameter::{off, parameter};
use crate::secrets::kept::Kept;
use crate::stack::Stack;
use crate::{doubled, flows, ready};

/// All that can be told of it.
pub(super) async fn look(desk: &Desk<'_>, connection: &Connection, now: Timestamp) -> Vec<Finding> {
    let stack = desk.stack;
    let flow = match flows::of(connection) {
        Ok(flow) => flow,
        Err(failure) => {
            return vec![Finding::fault("flow", failure.to_string(), "deploy and use one version of hrsync")];
        }
    };
    let mut findings = vec![switch(stack, flow), file(flow, connection, stack.is_local()), standing(connection)];
    findings.extend(waiting(&stack.ledger(), &connection.name).await);
    match stack.secrets().read(flow, &connection.name).await {
        Ok(kept) => {
            let kept = kept.unwrap_or_default();
            findings.extend(about_secret::look(flow, &connection.name, &kept, now));
            findings.extend(with_secret(desk, flow, connection, &kept, now).await);
        }
        Err(Failure::Aws(why)) => findings.push(Finding::warning("secret", "not known", why)),
        Err(Failure::Refused(why)) => findings.push(Finding::fault("secret", why, "functions cannot read it as it is")),
    }
    if flow.webhook.is_some() {
        findings.push(deliveries::look(desk, flow, now).await);
    }
    findings
}

fn switch(stack: &Stack, flow: &Flow) -> Finding {
    if stack.runs(flow.name) {
        return Finding::ok("flow", format!("{} is on", flow.name));
    }
    Finding::fault("flow", off(flow.name, stack.name()), format!("deploy it with {}=true", parameter(flow.name)))
}

fn file(flow: &Flow, Connection { document, revision, .. }: &Connection, local: bool) -> Finding {
    match (flow.check)(document, local) {
        Ok(_) => Finding::ok("file", format!("revision {revision} is sound")),
        Err(faults) => {
            let faults: Vec<String> =
                faults.iter().map(|fault| format!("line {}: {}", fault.line, fault.what)).collect();
            Finding::fault("file", faults.join("; "), "mend the file, then `hrsync apply`")
        }
    }
}

fn standing(connection: &Connection) -> Finding {
    const ABOUT: &str = "standing";
    let minute = "%Y-%m-%d %H:%M UTC";
    if let Some(breaker) = &connection.breaker {
        let seen = format!("halted since {}: {}", breaker.since.strftime(minute), breaker.cause);
        let mend =
            "mend this cause; what waits is tried again by itself within 15 minutes, or at once by `hrsync sweep`";
        return Finding::fault(ABOUT, seen, mend);
    }
    match connection.paused {
        Some(since) => {
            let seen = format!("paused since {}", since.strftime(minute));
            Finding::warning(ABOUT, seen, format!("`hrsync resume {}` has it go on", connection.name))
        }
        None => Finding::ok(ABOUT, "neither halted nor paused"),
    }
}

/// What waits for a person.
async fn waiting(ledger: &Ledger, name: &str) -> Vec<Finding> {
    let failures = match ledger.failures(Some(name)).await {
        Ok(failures) => failures.items,
        Err(error) => return vec![Finding::warning("failures", "not known", Failure::from(error).to_string())],
    };
    let open = failures.iter().filter(|failure| failure.triage.state == State::Open).count();
    let held = match Waiting::with(ReadOnly::from(ledger), name, &failures).await {
        Ok(waiting) => held(name, &waiting),
        Err(failure) => Finding::warning("held steps", "not known", failure.to_string()),
    };
    vec![open_failures(name, open), held]
}

fn open_failures(name: &str, count: usize) -> Finding {
    match count {
        0 => Finding::ok("failures", "none is open"),
        _ => Finding::warning(
            "failures",
            format!("{count} are open"),
            format!("`hrsync failures list {name}` names them"),
        ),
    }
}

fn held(name: &str, waiting: &Waiting) -> Finding {
    if waiting.is_empty() {
        return Finding::ok("held steps", "none waits for a person");
    }
    let mend =
        format!("look with `hrsync sweep {name} --confirm-deletions --dry-run`, then let them go without --dry-run");
    Finding::warning("held steps", format!("waits for a person: {}", waiting.counted()), mend)
}

/// What only a whole secret opens.
async fn with_secret(
    desk: &Desk<'_>,
    flow: &'static Flow,
    Connection { name, document, .. }: &Connection,
    kept: &Kept,
    now: Timestamp,
) -> Vec<Finding> {
    let stack = desk.stack;
    let Ok(secret) = ready::usable(Some(kept), flow, name) else {
        let seen = "not looked at: the secret is not whole";
        return vec![Finding::warning("accounts", seen, "mend that first, then look again")];
    };
    let ledger = stack.ledger();
    let progress = &ready::progress;
    let context = Context { name, document, secret: &secret, local: stack.is_local(), ledger: &ledger, now, progress };
    // first: vendors' clocks are compared with `now`
    let accounts = match flow.commands.doctor {
        Some(doctor) => doctor(context.reading()).await.unwrap_or_else(|error| vec![unusable(error)]),
        None => Vec::new(),
    };
    let url = stack.webhook(flow, name);
    let mut findings = vec![others(doubled::refuse(stack, flow, &context).await)];
    findings.extend(about_webhook::look(flow, &context.reading(), url.as_deref()).await);
    findings.extend(accounts);
    findings
}

/// Whether another connection has the same accounts.
fn others(refused: Result<(), Failure>) -> Finding {
    const ABOUT: &str = "accounts";
    match refused {
        Ok(()) => Finding::ok(ABOUT, "no other connection keeps them in step"),
        Err(Failure::Refused(why)) => Finding::fault(ABOUT, why, "mend file or secret, then look again"),
        Err(Failure::Aws(why)) => Finding::warning(ABOUT, "not known", why),
    }
}

/// What keeps the flow from looking at all.
fn unusable(error: Error) -> Finding {
    const ABOUT: &str = "settings";
    match error {
        Error::Fault(Fault::Ledger(error)) => Finding::warning(ABOUT, "not known", Failure::from(error).to_string()),
        error => Finding::fault(ABOUT, error.to_string(), "mend file or secret, then look again"),
    }
}

#[cfg(test)]
mod tests {
    use admin::Level;
    use ledger::{Breaker, Subject};

    use super::*;

    fn connection() -> Connection {
        Connection {
            name: "careers".to_owned(),
            flow: heyflow_to_personio::NAME.to_owned(),
            owner: "it@example.com".to_owned(),
            document: include_str!("../../../functions/heyflow-to-personio/connection.example.toml").to_owned(),
            revision: 3,
            applied: Timestamp::UNIX_EPOCH,
            breaker: None,
            paused: None,
            forgot: None,
        }
    }

    #[test]
    fn a_halt_is_a_fault_with_its_cause_and_a_pause_a_warning() {
        assert_eq!(standing(&connection()).level, Level::Ok);
        let breaker = Some(Breaker::open("personio get token: login-refused", Timestamp::UNIX_EPOCH));
        let halted = standing(&Connection { breaker, ..connection() });
        assert_eq!(halted.level, Level::Fault);
        assert_eq!(halted.seen, "halted since 1970-01-01 00:00 UTC: personio get token: login-refused");
        let paused = standing(&Connection { paused: Some(Timestamp::UNIX_EPOCH), ..connection() });
        assert_eq!(
            (paused.level, paused.mend.unwrap().as_str()),
            (Level::Warning, "`hrsync resume careers` has it go on")
        );
    }

    #[test]
    fn a_file_that_functions_cannot_use_is_a_fault_by_line() {
        let flow = &heyflow_to_personio::FLOW;
        assert_eq!(file(flow, &connection(), false), Finding::ok("file", "revision 3 is sound"));
        let document = connection().document.replace("calls_per_minute = 20", "calls_a_minute = 20");
        let broken = file(flow, &Connection { document, ..connection() }, false);
        assert!(broken.level == Level::Fault && broken.seen.contains("calls_a_minute"), "{broken:?}");
    }

    #[test]
    fn what_waits_for_a_person_is_a_warning() {
        assert_eq!(open_failures("careers", 0).level, Level::Ok);
        assert_eq!(open_failures("careers", 2).seen, "2 are open");
        assert_eq!(held("absences", &Waiting::default()).level, Level::Ok);
        let waiting = Waiting { missing: vec![Subject::new("absence", "a")], held: Vec::new() };
        assert_eq!(held("absences", &waiting).level, Level::Warning);
    }

    #[test]
    fn what_aws_keeps_from_us_is_no_fault_of_the_connection() {
        assert_eq!(others(Ok(())).level, Level::Ok);
        assert_eq!(others(Err(Failure::Refused("doubled".to_owned()))).level, Level::Fault);
        assert_eq!(others(Err(Failure::Aws("no right".to_owned()))).level, Level::Warning);
        assert_eq!(unusable(Error::Refused("no URL".to_owned())).level, Level::Fault);
    }
}
