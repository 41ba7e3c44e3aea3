//! `hrsync check --live`: sound files compared with the accounts that they name, by their flows.

use admin::{Context, Verification};
use jiff::Timestamp;

use crate::ends::Failure;
use crate::files::{Checked, Problem};
use crate::stack::Stack;
use crate::{doubled, flows, ready, say};

/// What was looked at for a file, a line each; `None`: it was not compared.
pub(crate) type Looked = Option<Vec<String>>;

/// Where files are compared from.
pub(crate) struct Place<'a> {
    /// The stack that has the secrets.
    pub(crate) stack: &'a Stack,
    /// Whether vendors may be twins on loopback.
    pub(crate) local: bool,
    /// The time.
    pub(crate) now: Timestamp,
    /// The address of a test user, for whom something may be entered and removed again.
    pub(crate) probe: Option<&'a str>,
}

/// Adds to the problems of each sound file what does not fit its accounts. What was looked at, file by file.
pub(crate) async fn compare(files: &mut [Checked], place: &Place<'_>) -> Result<Vec<Looked>, Failure> {
    let mut seen = Vec::new();
    for file in files {
        seen.push(match look(file, place).await {
            Ok(Some(Verification { seen, problems })) => {
                file.problems.extend(problems.into_iter().map(|what| Problem { line: None, what }));
                Some(seen)
            }
            Ok(None) => None,
            Err(Failure::Refused(what)) => {
                file.problems.push(Problem { line: None, what });
                None
            }
            Err(failure) => return Err(failure),
        });
    }
    Ok(seen)
}

async fn look(file: &Checked, Place { stack, local, now, probe }: &Place<'_>) -> Result<Option<Verification>, Failure> {
    let Some((flow, head)) = &file.sound else {
        say::aside(format!("{}: is compared with its accounts once it is mended", file.label));
        return Ok(None);
    };
    let verify = match flows::command(flow, "comparison with accounts", |commands| commands.verify) {
        Ok(verify) => verify,
        Err(failure) => {
            say::aside(format!("{}: {failure}", file.label));
            return Ok(None);
        }
    };
    let name = head.name.as_str();
    let ledger = stack.ledger();
    if let Some(applied) = ledger.connection(name).await? {
        if applied.flow != flow.name {
            let what = format!("the name `{name}` is taken by a connection of the flow `{}`", applied.flow);
            return Err(Failure::Refused(format!("{what}, whose secret it is; give this one another `name`")));
        }
        if let Some(halted) = ready::halted(&applied) {
            say::aside(halted);
        }
    }
    let secret = ready::secret(stack, flow, name).await?;
    let progress = &ready::progress;
    let context =
        Context { name, document: &file.text, secret: &secret, local: *local, ledger: &ledger, now: *now, progress };
    doubled::refuse(stack, flow, &context).await?;
    let mut found = verify(context).await?;
    if let Some(user) = probe {
        let probe = flows::command(flow, "probe", |commands| commands.probe)?;
        let probed = probe(context, user).await?;
        found.seen.extend(probed.seen);
        found.problems.extend(probed.problems);
    }
    Ok(Some(found))
}
