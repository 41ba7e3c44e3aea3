//! What a preview works with: the table and the partner system, neither of which it can write to.

use admin::{Error, ReadingContext};
use ledger::{Link, Subject};
use reconcile::Memory;
use vendors::scim::client::Scim;
use vendors::scim::model::UserId;

use crate::connection::Settings;
use crate::link::{KIND, Sent, State};

/// What a preview works with.
pub(super) struct Desk<'a> {
    pub(super) context: ReadingContext<'a>,
    pub(super) settings: &'a Settings,
    pub(super) scim: Scim,
}

impl Desk<'_> {
    /// What the link of a person holds; of one without a link, nothing.
    pub(super) async fn state(&self, person: &str) -> Result<State, Error> {
        let link: Option<Link<Memory<State, Sent>>> =
            self.context.ledger.link(self.context.name, &subject(person)).await?;
        Ok(link.map(|link| link.state.state).unwrap_or_default())
    }

    /// Which other person of the connection holds the partner's id.
    pub(super) async fn other_holder(&self, person: &str, id: &UserId) -> Result<Option<Subject>, Error> {
        let holder = self.context.ledger.claimed_by(self.context.name, id.as_str()).await?;
        Ok(holder.filter(|holder| *holder != subject(person)))
    }
}

/// A person as links name them.
pub(super) fn subject(person: &str) -> Subject {
    Subject::new(KIND, person)
}
