//! What a flow asks the accounts for whoever sets a connection up, said beside what a verb does.

use admin::{Context, Flow};

use crate::say;

/// Says what the flow has to remark. That the accounts cannot be asked is a remark as well.
pub(crate) async fn tell(flow: &Flow, context: Context<'_>) {
    let Some(remarks) = flow.commands.remarks else { return };
    let name = context.name;
    match remarks(context).await {
        Ok(said) => said.iter().for_each(|line| say::aside(format!("{name}: {line}"))),
        Err(error) => say::aside(format!("{name}: its accounts cannot be asked: {error}")),
    }
}
