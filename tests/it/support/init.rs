//! `hrsync init` as the console does it: a flow's command asks the accounts, one piece for all flows fills the example.

use admin::{Context, Findings, Flow, People, filled};
use ledger::Ledger;

/// What the accounts of a connection hold.
pub(crate) async fn asked(flow: &Flow, context: Context<'_, &Ledger>, people: People) -> Findings {
    let Context { name, document, secret, local, now, progress, .. } = context;
    let without_table = Context { name, document, secret, local, ledger: (), now, progress };
    flow.commands.init.unwrap()(without_table, people).await.unwrap()
}

/// The file, where every proposal is taken or none that is not exact.
pub(crate) fn file(document: &str, name: &str, findings: &Findings, all: bool) -> String {
    let is_taken = |proposal: &admin::Proposal| all || proposal.certainty == admin::Certainty::Exact;
    let taken: Vec<bool> = findings.proposals.iter().map(is_taken).collect();
    filled(document, name, findings, &taken).unwrap()
}

/// The ids that a list of the findings has.
pub(crate) fn ids<'a>(findings: &'a Findings, title: &str) -> Vec<&'a str> {
    let list = findings.lists.iter().find(|list| list.title.contains(title));
    list.unwrap_or_else(|| panic!("{title}")).entries.iter().map(|entry| entry.id.as_str()).collect()
}
