//! `hrsync forget`: erases what a connection remembers of one person. The tombstones stand first, so that nothing new comes of
//! what is queued; then, once every function knows, the items go.

use std::time::Duration;

use admin::ForgetCommand;
use jiff::Timestamp;
use ledger::{Found, Traces};
use serde_json::json;

use crate::agree::agreed;
use crate::ends::{End, Failure};
use crate::ready::Ready;
use crate::say;

/// By when every function has read that somebody is forgotten.
const UNTIL_READ: Duration = Duration::from_secs(65);

/// What no erasure of the table reaches: where, and what becomes of it.
const REMAINS: [(&str, &str); 6] = [
    ("queues", "what was received before is dropped when its turn comes, within 14 days; dead letters too"),
    ("backups", "the table can be restored to any moment of the last 35 days: forget the person again after that"),
    ("logs", "ids and digests of records, no names and no addresses, for as long as LogRetentionDays says"),
    ("mails", "what the owner was told: ids and reasons, no answers; the mailbox's rules"),
    ("tombstones", "salted digests of ids and addresses, for 15 days; failures' ids in rounds of mails, for 14 days"),
    (
        "vendors",
        "everything: nothing was removed there. A person whom the source still has comes back with the next event or sweep",
    ),
];

/// Erase what is stored of one person, and drop what is queued
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: hrsync forget accounts 3002 --yes\n\
    It says what would be erased, and asks. Nothing is removed at the vendors: do that first, or the person comes back.")]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// The person: an e-mail address, or an id as the flow has it
    #[arg(value_name = "PERSON-OR-ADDRESS", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    person: String,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let name = &args.connection;
    let what = "person who can be forgotten";
    let (ready, forget) = Ready::load(stack, name, now, what, |commands| commands.forget).await?;
    let mut traces = (forget.traces)(ready.context().reading(), &args.person).await?;
    let progress = |read: usize| say::aside(format!("{name}: {read} items of the table are read"));
    let found = ready.ledger.find_person(name, &mut traces, forget.names_of, &progress).await?;
    if !args.yes {
        tell_before(name, &forget, &found);
    }
    agreed(args.yes, "Erase this, and drop what is queued? Nothing is removed at the vendors.", "nothing was erased")?;
    let erased = erase(&ready, name, &forget, &mut traces).await?;
    let left = ready.ledger.find_person(name, &mut traces, forget.names_of, &progress).await?;
    tell(args, &erased, now, &left)
}

/// What would be erased.
fn tell_before(name: &str, forget: &ForgetCommand, found: &Found) {
    if found.is_empty() {
        say::aside(format!(
            "{name}: nothing is stored of this person; a person is named by {}. With --yes, what is queued is dropped",
            forget.named_by
        ));
    } else {
        say::aside(format!("{name}: would be erased: {}", counted(found)));
    }
    REMAINS.iter().for_each(|(place, what)| say::aside(format!("{name}: stays in {place}: {what}")));
}

/// Buries, waits until every function knows, and erases. What a function wrote meanwhile goes with the rest.
async fn erase(ready: &Ready, name: &str, forget: &ForgetCommand, traces: &mut Traces) -> Result<Found, Failure> {
    let ledger = &ready.ledger;
    let buried = Timestamp::now();
    ledger.bury(name, &traces.names(), buried).await?;
    say::aside(format!(
        "{name}: what is queued is dropped from now on; in a minute, when every function knows, the rest goes"
    ));
    tokio::time::sleep(UNTIL_READ).await;
    let progress = |_| {};
    let erased = ledger.erase_person(name, traces, forget.names_of, &progress).await?;
    // what was learned meanwhile may be queued as well
    ledger.bury(name, &traces.names(), buried).await?;
    Ok(erased)
}

fn tell(args: &Args, erased: &Found, now: Timestamp, left: &Found) -> Result<End, Failure> {
    let name = &args.connection;
    if args.json {
        let remains = REMAINS.map(|(place, what)| json!({"where": place, "what": what}));
        say::json(&json!({
            "connection": name, "forgotten": now, "erased": erased.items, "lists": erased.lists,
            "left": left.items.values().sum::<usize>() + left.lists, "remains": remains,
        }))?;
    } else {
        receipt(name, erased, now).into_iter().try_for_each(say::line)?;
    }
    if left.is_empty() {
        return Ok(End::Fine);
    }
    say::aside(format!("{name}: meanwhile was written: {}; forget the person once more", counted(left)));
    Ok(End::Problems)
}

/// What was done, to be kept: it names nobody.
fn receipt(name: &str, erased: &Found, now: Timestamp) -> Vec<String> {
    let at = now.strftime("%Y-%m-%d %H:%M UTC");
    let done = if erased.is_empty() { "nothing was stored".to_owned() } else { counted(erased) };
    let stays = REMAINS.iter().map(|(place, what)| format!("{name}: stays in {place}: {what}"));
    std::iter::once(format!("{name}: erased on {at}: {done}")).chain(stays).collect()
}

/// `1 link, 2 receipts`.
fn counted(found: &Found) -> String {
    let word = |kind: &str, count: usize| match (kind, count) {
        ("unmailed", _) => format!("{count} waiting for a mail"),
        ("told" | "open", _) => format!("{count} {kind} notes of failures"),
        ("replays", _) => format!("{count} counts of replays"),
        ("guard", _) => format!("{count} confirmed steps"),
        ("pending" | "waiting", _) => format!("{count} {kind}"),
        (kind, 1) => format!("1 {kind}"),
        (kind, count) => format!("{count} {kind}s"),
    };
    let items = found.items.iter().map(|(kind, count)| word(kind, *count));
    let lists = (found.lists > 0).then(|| format!("a place in {} lists", found.lists));
    items.chain(lists).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_says_what_went_and_what_stays_where() {
        let items = [("claim", 1), ("link", 1), ("receipt", 2), ("told", 1)].into();
        let said = receipt("accounts", &Found { items, lists: 1 }, "2026-03-01T10:00:30Z".parse().unwrap());
        let expected = "accounts: erased on 2026-03-01 10:00 UTC: 1 claim, 1 link, 2 receipts, 1 told notes of failures, \
            a place in 1 lists";
        assert_eq!(said[0], expected);
        let places = ["queues", "backups", "logs", "mails", "tombstones", "vendors"];
        assert_eq!(said.len(), 1 + places.len());
        for (line, place) in said[1..].iter().zip(places) {
            assert!(line.starts_with(&format!("accounts: stays in {place}: ")), "{line}");
        }
        assert!(said[6].contains("comes back with the next event or sweep"), "{}", said[6]);
        let nothing = receipt("accounts", &Found::default(), Timestamp::UNIX_EPOCH);
        assert_eq!(nothing[0], "accounts: erased on 1970-01-01 00:00 UTC: nothing was stored");
    }
}
