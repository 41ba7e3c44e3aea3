//! Who calls: <https://developer.oneflow.com/docs/authentication-and-authorization>.

use axum::http::HeaderMap;

use super::account::{Account, User};
use super::contract::Contract;
use super::problem::Problem;

const TOKEN: &str = "x-oneflow-api-token";
const EMAIL: &str = "x-oneflow-user-email";
/// In the place of an address: whoever made the contract.
const CREATOR: &str = "__CREATOR__";

/// For whom a call is made.
pub(super) enum Caller {
    /// No user was named: an administrator without a name.
    Anonymous,
    User(User),
    Creator,
}

impl Caller {
    /// The user who makes something; the header is required for that.
    pub(super) fn maker(&self) -> Result<&User, Problem> {
        match self {
            Self::User(user) => Ok(user),
            Self::Anonymous | Self::Creator => Err(Problem::parameter(EMAIL, "A user of the account is required.")),
        }
    }

    /// Whether there is anything to do in this workspace.
    pub(super) fn may_use(&self, workspace: i64) -> bool {
        match self {
            Self::User(user) => user.may_use(workspace),
            Self::Anonymous | Self::Creator => true,
        }
    }

    /// Refuses whoever may not change the account's settings.
    pub(super) fn administers(&self) -> Result<(), Problem> {
        match self {
            Self::User(user) if !user.admin => Err(Problem::forbidden("The user is no administrator.")),
            Self::Creator => Err(Problem::forbidden("There is no creator here.")),
            _ => Ok(()),
        }
    }

    /// The address of whoever changes this contract.
    pub(super) fn actor(&self, contract: &Contract) -> Result<Option<String>, Problem> {
        match self {
            Self::Anonymous => Ok(None),
            Self::Creator => Ok(Some(contract.creator.clone())),
            Self::User(user) if user.may_use(contract.workspace_id) => Ok(Some(user.email.clone())),
            Self::User(_) => Err(Problem::forbidden("The user may not use this workspace.")),
        }
    }

    /// The same where a user must be named.
    pub(super) fn named_actor(&self, contract: &Contract) -> Result<String, Problem> {
        self.actor(contract)?.ok_or_else(|| Problem::parameter(EMAIL, "A user of the account is required."))
    }
}

/// Whether the call's token is that of the account.
pub(super) fn opens(account: &Account, headers: &HeaderMap) -> bool {
    text(headers, TOKEN) == Some(account.token.as_str())
}

/// For whom the call is made.
pub(super) fn caller(account: &Account, headers: &HeaderMap) -> Result<Caller, Problem> {
    match text(headers, EMAIL) {
        None => Ok(Caller::Anonymous),
        Some(CREATOR) => Ok(Caller::Creator),
        Some(email) => {
            let user = account.user(email).ok_or_else(|| Problem::forbidden("No user has this e-mail address."))?;
            Ok(Caller::User(user.clone()))
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
