//! The verb: the stack first, then each connection.

use admin::{Finding, Level};
use jiff::Timestamp;
use ledger::Connection;

use super::desk::Desk;
use super::metrics::Metrics;
use super::report::{Section, print};
use super::resources::{self, Resource};
use super::{about_connection, concurrency, deployment, mails, queues, schedules};
use crate::ends::{End, Failure};
use crate::stack::{Cloud, Stack};
use crate::{flows, say};

/// Say whether all is well with a connection and the stack: logins, rights, webhooks, mails, queues
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each line is ok, a warning or a fault, with what mends it. Nothing is written, and nothing halted.\n\
    Exit status: 0 no fault; 1 a fault.\n\n\
    Example: hrsync doctor careers\n         \
             hrsync doctor --all --json"
)]
pub(crate) struct Args {
    /// The connection's name
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    connection: Option<String>,
    /// Every connection of the stack
    #[arg(long)]
    all: bool,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let stack = Cloud::load().await.stack(stack).await?;
    let (connections, unreadable) = meant(args, &stack).await?;
    let resources = resources::read(&stack).await;
    let mut sections =
        vec![Section { connection: None, findings: of_stack(args, &stack, &connections, &resources, now).await }];
    let desk = Desk {
        stack: &stack,
        metrics: Metrics::new(stack.config()),
        resources: resources.as_deref().unwrap_or_default(),
    };
    for connection in &connections {
        say::aside(format!("{}: is looked at", connection.name));
        // read anew: a vendor's clock is compared with this moment
        let findings = about_connection::look(&desk, connection, Timestamp::now()).await;
        sections.push(Section { connection: Some(connection.name.clone()), findings });
    }
    print(&sections, args.json)?;
    let all_read = say::unreadable(&unreadable);
    let is_fault = |section: &Section| section.findings.iter().any(|finding| finding.level == Level::Fault);
    Ok(if sections.iter().any(is_fault) { End::Problems } else { all_read })
}

/// The connections that were asked for, and the items of the table that cannot be read.
async fn meant(args: &Args, stack: &Stack) -> Result<(Vec<Connection>, Vec<String>), Failure> {
    match &args.connection {
        Some(name) => Ok((vec![stack.connection(name).await?.0], Vec::new())),
        None => {
            let listing = stack.ledger().connections().await?;
            Ok((listing.items, listing.unreadable))
        }
    }
}

/// What all connections share. Of one connection, only the queues and the schedule of its flow.
async fn of_stack(
    args: &Args,
    stack: &Stack,
    connections: &[Connection],
    resources: &Result<Vec<Resource>, Failure>,
    now: Timestamp,
) -> Vec<Finding> {
    let meant: Vec<&str> =
        flows::names().filter(|flow| args.all || connections.iter().any(|it| it.flow == *flow)).collect();
    let on: Vec<&str> = meant.into_iter().filter(|flow| stack.runs(flow)).collect();
    let mut findings = deployment::look(stack);
    findings.extend(mails::look(stack, connections).await);
    match resources {
        Ok(resources) => {
            findings.push(deployment::functions(stack, resources).await);
            findings.push(concurrency::look(stack, resources).await);
            findings.extend(queues::look(stack, resources, &on, now).await);
        }
        Err(failure) => findings.push(Finding::warning("functions and queues", "not known", failure.to_string())),
    }
    findings.extend(schedules::look(stack, &on, now).await);
    findings
}
