//! What a token of helloHQ must show. Source: developer.hellohq.io: a sync token sees all, a user's token what the user sees.

use crate::Right;

const NAME: &str = "a sync token, which sees all users";

const GIVEN: &str = "helloHQ > Admin > Settings > API-Clients > a sync token, no user's token";

/// Where the credential stands.
pub const CREDENTIAL: &str = "helloHQ > Admin > Settings > API-Clients";

/// Users.
pub const USERS: Right = Right { opens: "users", name: NAME, given: GIVEN };

/// A user's entries.
pub const ENTRIES: Right = Right { opens: "entries", name: NAME, given: GIVEN };
