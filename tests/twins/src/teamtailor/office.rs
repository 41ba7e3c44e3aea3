//! The acts of one account's people, in process. Each gives back when its webhooks are delivered, held or lost.

use serde_json::Value;

use super::changes;
use super::people::{self, Applied, Edit};
use super::twin::Twin;

/// One account's people.
#[derive(Clone)]
pub struct Office {
    twin: Twin,
    account: String,
}

/// What a person did; the error says why it could not be.
pub type Done<T = ()> = Result<T, String>;

#[expect(clippy::missing_errors_doc, reason = "every act is refused where Teamtailor would not let a person do so")]
impl Office {
    /// The people of this account.
    #[must_use]
    pub fn new(twin: &Twin, account: &str) -> Self {
        Self { twin: twin.clone(), account: account.to_owned() }
    }

    /// Somebody applies for a job, and is a new candidate unless the e-mail address is known.
    pub async fn apply(&self, job: u64, who: Edit) -> Done<Applied> {
        self.twin.act(&self.account, |books, now| people::apply(books, job, who, now)).await
    }

    /// A recruiter moves an application to a stage of its job.
    pub async fn move_to(&self, application: u64, stage: u64) -> Done {
        let moved = self.twin.act(&self.account, |books, now| {
            changes::move_to(books, application, stage, now).map_err(|problem| problem.told())
        });
        moved.await
    }

    /// A recruiter rejects an application.
    pub async fn reject(&self, application: u64) -> Done {
        let rejected = self.twin.act(&self.account, |books, now| {
            changes::reject(books, application, now).map_err(|problem| problem.told())
        });
        rejected.await
    }

    /// A recruiter edits a candidate.
    pub async fn edit(&self, candidate: u64, edit: Edit) -> Done {
        self.twin.act(&self.account, |books, now| people::edit(books, candidate, edit, now)).await
    }

    /// A recruiter fills a custom field in; a select with a list of labels. Null clears it.
    pub async fn fill(&self, candidate: u64, api_name: &str, value: &Value) -> Done {
        self.twin.act(&self.account, |books, now| people::fill(books, candidate, api_name, value, now)).await
    }

    /// A recruiter removes an application.
    pub async fn remove_application(&self, application: u64) -> Done {
        let removed = self.twin.act(&self.account, |books, now| {
            changes::remove_application(books, application, now).map_err(|problem| problem.told())
        });
        removed.await
    }

    /// A recruiter removes a candidate, with everything that is about it.
    pub async fn remove(&self, candidate: u64) -> Done {
        let removed = self.twin.act(&self.account, |books, now| {
            changes::remove_candidate(books, candidate, now).map_err(|problem| problem.told())
        });
        removed.await
    }
}
