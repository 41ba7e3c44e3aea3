//! What an API token of Oneflow opens. Source: developer.oneflow.com/docs/authentication-and-authorization: without a user's
//! address a call is an administrator's, with one the user's rights count.

use crate::Right;

const NAME: &str = "an API token of the account";

const GIVEN: &str = "Oneflow > Marketplace > API tokens; the user of the file needs a role in the workspace";

/// Where the credential stands.
pub const CREDENTIAL: &str = "Oneflow > Marketplace > API tokens";

/// Anything at all.
pub const ACCOUNT: Right = Right { opens: "account", name: NAME, given: GIVEN };

/// Users.
pub const USERS: Right = Right { opens: "users", name: NAME, given: GIVEN };

/// Workspaces.
pub const WORKSPACES: Right = Right { opens: "workspaces", name: NAME, given: GIVEN };

/// Contracts.
pub const CONTRACTS: Right = Right { opens: "contracts", name: NAME, given: GIVEN };

/// Templates and their types.
pub const TEMPLATES: Right = Right { opens: "templates", name: NAME, given: GIVEN };
