//! Two connections of one flow over the same two accounts: everything would be entered twice, so the second is refused.

use admin::{Context, Flow, Other};

use crate::ends::Failure;
use crate::ready;
use crate::stack::Stack;

/// Refuses a connection whose accounts are those of another one that is applied.
///
/// # Errors
/// Names the other. Where the table cannot be read.
pub(crate) async fn refuse(stack: &Stack, flow: &'static Flow, context: &Context<'_>) -> Result<(), Failure> {
    let Some(accounts_of) = flow.commands.accounts else { return Ok(()) };
    let mut others = Vec::new();
    for other in context.ledger.connections().await?.items {
        if other.flow != flow.name || other.name == context.name {
            continue;
        }
        // one without its secret enters nothing yet; it is looked at when it gets one
        let Ok(secret) = ready::secret(stack, flow, &other.name).await else { continue };
        others.push(Other { name: other.name, document: other.document, secret });
    }
    match admin::doubled(accounts_of, context, &others)? {
        Some(other) => Err(doubled(context.name, other)),
        None => Ok(()),
    }
}

fn doubled(name: &str, other: &str) -> Failure {
    Failure::Refused(format!(
        "`{name}` has the accounts of `{other}`, so everything would be entered twice. A connection keeps its name: apply the \
         file under `{other}`. Or give `{name}` other accounts, or remove the other first with `hrsync connections remove {other}`, \
         which says what stays"
    ))
}
