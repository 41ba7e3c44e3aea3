//! Whether mails go out: SES's account, the sender's identity with its configuration set, and, while the account is in SES's
//! sandbox, the owners' identities.
//! <https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html>

use std::collections::BTreeSet;

use admin::Finding;
use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::operation::get_email_identity::GetEmailIdentityError;
use ledger::Connection;

use super::not_known::not_known;
use crate::aws;
use crate::stack::Stack;

const SENDER: &str = "mails: sender";
const SET: &str = "mails: configuration set";
const SANDBOX: &str = "mails: sandbox";
const SENDING: &str = "mails: sending";
const QUOTA: &str = "mails: quota";
/// How much of a day's quota may be used up before it is told.
const MUCH: f64 = 0.8;

/// An identity, as SES shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Identity {
    /// Mails may come from it and, in the sandbox, go to it.
    Confirmed { set: Option<String> },
    /// Its owner has not followed SES's link.
    Unconfirmed,
    /// SES knows neither the address nor its domain.
    Unknown,
}

/// What SES says of the account.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Account {
    in_sandbox: bool,
    may_send: bool,
    on_probation: bool,
    sent: f64,
    a_day: f64,
}

/// Looks at SES as the stack uses it. `connections`: whose owners are to get mails.
pub(super) async fn look(stack: &Stack, connections: &[Connection]) -> Vec<Finding> {
    let client = Client::new(stack.config());
    let mut findings = match stack.parameter("Sender") {
        Some(sender) => of_sender(&client, sender).await,
        None => vec![Finding::warning(SENDER, "not known: the stack does not tell it", "deploy it again")],
    };
    let account = match client.get_account().send().await {
        Ok(account) => {
            let quota = account.send_quota();
            Account {
                in_sandbox: !account.production_access_enabled(),
                may_send: account.sending_enabled() && account.enforcement_status() != Some("SHUTDOWN"),
                on_probation: account.enforcement_status() == Some("PROBATION"),
                sent: quota.map_or(0.0, |quota| quota.sent_last24_hours()),
                a_day: quota.map_or(0.0, |quota| quota.max24_hour_send()),
            }
        }
        Err(error) => {
            findings.push(not_known(SENDING, "SES GetAccount", &error));
            return findings;
        }
    };
    findings.extend([sandbox(account), sending(account), quota(account)]);
    if account.in_sandbox {
        findings.extend(of_owners(&client, connections).await);
    }
    findings
}

async fn of_sender(client: &Client, sender: &str) -> Vec<Finding> {
    match identity(client, sender).await {
        Ok(Identity::Confirmed { set: None }) => {
            vec![confirmed(), Finding::ok(SET, "none is set for the sender, and none is needed")]
        }
        Ok(Identity::Confirmed { set: Some(set) }) => vec![confirmed(), of_set(client, &set).await],
        Ok(other) => vec![sender_of(&other)],
        Err(why) => vec![Finding::warning(SENDER, "not known", why)],
    }
}

fn confirmed() -> Finding {
    Finding::ok(SENDER, "SES has confirmed it")
}

fn sender_of(identity: &Identity) -> Finding {
    let follow = "follow the link that SES has mailed to the sender, or have it sent anew in SES > Identities";
    match identity {
        Identity::Confirmed { .. } => confirmed(),
        Identity::Unconfirmed => Finding::fault(SENDER, "SES has not confirmed it, so no mail goes out", follow),
        Identity::Unknown => {
            let mend = "deploy with CreateSenderIdentity=true, or make the identity in SES > Identities in this region";
            Finding::fault(SENDER, "SES knows neither the address nor its domain, so no mail goes out", mend)
        }
    }
}

/// The configuration set that SES uses for mails of the sender.
async fn of_set(client: &Client, set: &str) -> Finding {
    match client.get_configuration_set().configuration_set_name(set).send().await {
        Ok(found) if found.sending_options().is_some_and(|options| !options.sending_enabled()) => {
            Finding::fault(SET, format!("`{set}` sends nothing"), "switch its sending on in SES > Configuration sets")
        }
        Ok(_) => Finding::ok(SET, format!("`{set}`")),
        Err(error) if error.as_service_error().is_some_and(|error| error.is_not_found_exception()) => {
            let mend = "take it from the sender in SES > Identities, or make it in SES > Configuration sets";
            Finding::fault(SET, format!("the sender's, `{set}`, does not exist, so no mail goes out"), mend)
        }
        Err(error) => not_known(SET, "SES GetConfigurationSet", &error),
    }
}

fn sandbox(Account { in_sandbox, .. }: Account) -> Finding {
    if in_sandbox {
        let seen = "the account is in SES's sandbox: mails go only to addresses that are confirmed";
        return Finding::warning(SANDBOX, seen, "ask for production access in SES > Account dashboard");
    }
    Finding::ok(SANDBOX, "the account is out of it")
}

fn sending(Account { may_send, on_probation, .. }: Account) -> Finding {
    let review = "look at SES > Account dashboard and answer AWS's review";
    match (may_send, on_probation) {
        (false, _) => Finding::fault(SENDING, "AWS has paused it for the account, so no mail goes out", review),
        (true, true) => Finding::warning(SENDING, "the account is under review", review),
        (true, false) => Finding::ok(SENDING, "the account may"),
    }
}

fn quota(Account { sent, a_day, .. }: Account) -> Finding {
    let seen = format!("{sent:.0} of {a_day:.0} mails went out in 24 hours");
    let mend = "ask for a higher quota in SES > Account dashboard; failures are kept and mailed later";
    match sent / a_day {
        // below 0: the account has no limit
        _ if a_day < 0.0 => Finding::ok(QUOTA, format!("{sent:.0} mails went out in 24 hours, without a limit")),
        used if used < MUCH => Finding::ok(QUOTA, seen),
        used if used < 1.0 => Finding::warning(QUOTA, seen, mend),
        _ => Finding::fault(QUOTA, seen, mend),
    }
}

/// Each address once; the connection is named, not its owner.
async fn of_owners(client: &Client, connections: &[Connection]) -> Vec<Finding> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut findings = Vec::new();
    for connection in connections.iter().filter(|connection| seen.insert(&connection.owner)) {
        let about = format!("mails: owner of {}", connection.name);
        findings.push(match identity(client, &connection.owner).await {
            Ok(identity) => owner_of(about, &identity),
            Err(why) => Finding::warning(about, "not known", why),
        });
    }
    findings
}

fn owner_of(about: String, identity: &Identity) -> Finding {
    match identity {
        Identity::Confirmed { .. } => Finding::ok(about, "SES has confirmed it"),
        Identity::Unconfirmed | Identity::Unknown => {
            let mend = "confirm the owner's address in SES > Identities, or ask for production access";
            Finding::fault(about, "SES has not confirmed it, so in the sandbox the owner gets no mail", mend)
        }
    }
}

/// The address's own identity, or else its domain's. The error is in words.
async fn identity(client: &Client, address: &str) -> Result<Identity, String> {
    let domain = address.rsplit('@').next().unwrap_or(address);
    let mut found = Identity::Unknown;
    for name in [address, domain] {
        match client.get_email_identity().email_identity(name).send().await {
            Ok(shown) if shown.verified_for_sending_status() => {
                let set = shown.configuration_set_name.filter(|set| !set.is_empty());
                return Ok(Identity::Confirmed { set });
            }
            Ok(_) => found = Identity::Unconfirmed,
            Err(error) if error.as_service_error().is_some_and(GetEmailIdentityError::is_not_found_exception) => {}
            Err(error) => return Err(aws::failed("SES GetEmailIdentity", &error)),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use admin::Level;

    use super::*;

    const WELL: Account =
        Account { in_sandbox: false, may_send: true, on_probation: false, sent: 10.0, a_day: 50_000.0 };

    /// The levels of sandbox, sending and quota.
    fn levels(account: Account) -> [Level; 3] {
        [sandbox(account), sending(account), quota(account)].map(|finding| finding.level)
    }

    #[test]
    fn each_trouble_of_the_account_is_told_in_its_own_line_and_no_other() {
        use Level::{Fault, Ok, Warning};
        assert_eq!(levels(WELL), [Ok, Ok, Ok]);
        assert_eq!(levels(Account { in_sandbox: true, ..WELL }), [Warning, Ok, Ok]);
        assert_eq!(levels(Account { may_send: false, ..WELL }), [Ok, Fault, Ok]);
        assert_eq!(levels(Account { on_probation: true, ..WELL }), [Ok, Warning, Ok]);
        assert_eq!(levels(Account { sent: 40_000.0, ..WELL }), [Ok, Ok, Warning]);
        assert_eq!(levels(Account { sent: 50_000.0, ..WELL }), [Ok, Ok, Fault]);
        assert_eq!(levels(Account { a_day: -1.0, ..WELL }), [Ok, Ok, Ok]);
        assert_eq!(levels(Account { sent: 0.0, a_day: 0.0, ..WELL }), [Ok, Ok, Fault]);
    }

    #[test]
    fn a_sender_or_an_owner_whom_ses_does_not_know_is_a_fault() {
        let confirmed = Identity::Confirmed { set: None };
        assert_eq!(sender_of(&confirmed).level, Level::Ok);
        assert_eq!(owner_of("mails: owner of careers".to_owned(), &confirmed).level, Level::Ok);
        for identity in [Identity::Unconfirmed, Identity::Unknown] {
            assert_eq!(sender_of(&identity).level, Level::Fault);
            assert_eq!(owner_of("mails: owner of careers".to_owned(), &identity).level, Level::Fault);
        }
    }
}
