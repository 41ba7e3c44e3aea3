//! What an API key of Teamtailor opens. Source: docs.teamtailor.com: keys are Public, Internal or Admin; candidates and the
//! values of custom fields need Admin.

use crate::Right;

const NAME: &str = "an API key with the scope Admin, read and write";

const GIVEN: &str =
    "Teamtailor > Settings > Integrations > API keys > New API key, with the scope Admin, read and write";

/// Where the credential stands.
pub const CREDENTIAL: &str = "Teamtailor > Settings > Integrations > API keys";

/// The company.
pub const COMPANY: Right = Right { opens: "company", name: NAME, given: GIVEN };

/// Users.
pub const USERS: Right = Right { opens: "users", name: NAME, given: GIVEN };

/// Candidates' applications.
pub const APPLICATIONS: Right = Right { opens: "applications", name: NAME, given: GIVEN };

/// Custom fields.
pub const CUSTOM_FIELDS: Right = Right { opens: "custom fields", name: NAME, given: GIVEN };
