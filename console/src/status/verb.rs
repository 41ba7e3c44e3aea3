//! The verb: reads table, queues and logs, and says how each connection stands. Writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use ledger::{Connection, Listing, ReadOnly};
use logs::{Line, Pattern};

use super::standing::{Standing, find_lost};
use super::{json, table, told};
use crate::ends::{End, Failure};
use crate::held::Waiting;
use crate::logged::{Reader, STORES_DEAD_LETTERS, receiver, workers};
use crate::stack::{Cloud, Stack};
use crate::{flows, say};

/// Say whether all is well with each connection
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: hrsync status careers --hours 72")]
pub(crate) struct Args {
    /// Of this connection alone
    connection: Option<String>,
    /// For how many hours back records are counted
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(i64).range(1..=720))]
    hours: i64,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let stack = Cloud::load().await.stack(stack).await?;
    let since = now - SignedDuration::from_hours(args.hours);
    let ledger = stack.ledger();
    let listing = connections(&stack, ReadOnly::from(&ledger), args.connection.as_deref()).await?;
    let pattern = args.connection.as_deref().map_or_else(Pattern::any, Pattern::of_connection);
    let heard = Heard::read(&stack, &listing.items, &pattern, since).await?;
    let failures = ReadOnly::from(&ledger).failures(args.connection.as_deref()).await?.items;
    let mut standings = Vec::new();
    for connection in listing.items {
        let waiting = Waiting::with((&ledger).into(), &connection.name, &failures).await?;
        let queue = heard.queues.get(&connection.flow).copied();
        standings.push(Standing::of(connection, waiting, queue, &heard.lines, now));
    }
    find_lost(&mut standings);
    let read = say::unreadable(&listing.unreadable);
    tell(args, &standings, since, now)?;
    Ok(if standings.iter().all(Standing::is_well) { read } else { End::Problems })
}

fn tell(args: &Args, standings: &[Standing], since: Timestamp, now: Timestamp) -> Result<(), Failure> {
    if args.json {
        return say::json(&json::all(standings, since, now));
    }
    if standings.is_empty() {
        say::aside("no connection is applied; write one with `hrsync apply`");
        return Ok(());
    }
    say::line(table::shown(standings, now, say::screen_width()))?;
    standings.iter().flat_map(told::remarks).for_each(say::aside);
    Ok(())
}

async fn connections(stack: &Stack, ledger: ReadOnly<'_>, name: Option<&str>) -> Result<Listing<Connection>, Failure> {
    match name {
        Some(name) => Ok(Listing { items: vec![stack.connection(name).await?.0], unreadable: Vec::new() }),
        None => Ok(ledger.connections().await?),
    }
}

/// What logs and queues tell.
struct Heard {
    lines: Vec<Line>,
    /// What the pusher's queue of each flow holds that is on.
    queues: BTreeMap<String, u64>,
}

impl Heard {
    async fn read(
        stack: &Stack,
        connections: &[Connection],
        pattern: &Pattern,
        since: Timestamp,
    ) -> Result<Self, Failure> {
        let mut reader = Reader::new(stack.logs());
        let mut heard = Self { lines: Vec::new(), queues: BTreeMap::new() };
        let named: BTreeSet<&str> = connections.iter().map(|connection| connection.flow.as_str()).collect();
        for name in named.into_iter().filter(|name| stack.runs(name)) {
            let Ok(flow) = flows::named(name) else { continue };
            for function in workers(flow).into_iter().chain(receiver(flow)) {
                heard.lines.extend(reader.read(&function, pattern, since).await?);
            }
            heard.queues.insert(name.to_owned(), stack.depth(name).await?);
        }
        if !heard.queues.is_empty() {
            heard.lines.extend(reader.read(STORES_DEAD_LETTERS, pattern, since).await?);
        }
        Ok(heard)
    }
}
