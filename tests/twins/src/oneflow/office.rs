//! The acts of one account's people, in process. Each gives back when its webhooks are delivered, held or lost.

use super::acts;
use super::create::Draft;
use super::people::{self, Edit};
use super::twin::Twin;

/// One account's people.
#[derive(Clone)]
pub struct Office {
    twin: Twin,
    account: String,
}

/// What a person did; the error says why it could not be.
pub type Done<T = ()> = Result<T, String>;

#[expect(clippy::missing_errors_doc, reason = "every act is refused where Oneflow would not let a person do so")]
impl Office {
    /// The people of this account.
    #[must_use]
    pub fn new(twin: &Twin, account: &str) -> Self {
        Self { twin: twin.clone(), account: account.to_owned() }
    }

    /// The user makes a contract, and publishes it if asked. Gives its id.
    pub async fn create(&self, by: &str, draft: &Draft, publish: bool) -> Done<i64> {
        self.twin.act(&self.account, |work| people::create(work, by, draft, publish)).await
    }

    /// The creator publishes a draft.
    pub async fn publish(&self, contract: i64) -> Done {
        self.twin.act(&self.account, |work| people::publish(work, contract)).await
    }

    /// The participant `by`, or a user where it is `None`, fills in a data field.
    pub async fn edit_field(&self, contract: i64, custom_id: &str, value: &str, by: Option<&str>) -> Done {
        self.twin.act(&self.account, |work| people::edit_field(work, contract, custom_id, value, by)).await
    }

    /// A user changes the participant who has this address.
    pub async fn edit_participant(&self, contract: i64, email: &str, edit: &Edit) -> Done {
        self.twin.act(&self.account, |work| people::edit_participant(work, contract, email, edit)).await
    }

    /// A participant looks at the contract.
    pub async fn open(&self, contract: i64, by: &str) -> Done {
        self.twin.act(&self.account, |work| acts::open(work, people::found(work, contract)?, by)).await
    }

    /// A participant signs; all who have not yet where it is `None`.
    pub async fn sign(&self, contract: i64, by: Option<&str>) -> Done {
        self.twin.act(&self.account, |work| acts::sign(work, people::found(work, contract)?, by)).await
    }

    /// A participant declines.
    pub async fn decline(&self, contract: i64, by: &str) -> Done {
        self.twin.act(&self.account, |work| acts::decline(work, people::found(work, contract)?, by)).await
    }

    /// The time to sign is over.
    pub async fn expire(&self, contract: i64) -> Done {
        self.twin.act(&self.account, |work| acts::expire(work, people::found(work, contract)?)).await
    }

    /// The invitation to this address came back.
    pub async fn bounce(&self, contract: i64, to: &str) -> Done {
        self.twin.act(&self.account, |work| acts::bounce(work, people::found(work, contract)?, to)).await
    }

    /// A user deletes the contract.
    pub async fn delete(&self, contract: i64) -> Done {
        self.twin.act(&self.account, |work| people::delete(work, contract)).await
    }

    /// An event of any type is told, and nothing comes of it.
    pub async fn announce(&self, contract: i64, kind: &str) -> Done {
        let announce = self.twin.act(&self.account, |work| {
            let found = people::found(work, contract)?;
            acts::announce(work, found, kind);
            Ok(())
        });
        announce.await
    }
}
