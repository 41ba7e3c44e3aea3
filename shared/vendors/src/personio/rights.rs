//! The scopes of a credential for the HR API, by what they open. Source: the reference pages of the endpoints at
//! developer.personio.de. Employments have no scope of their own there: *assumed*, that of persons.

use crate::Right;

const GIVEN: &str = "Personio > Settings > API credentials > the credential > its scopes";

/// Where the id and the secret of a credential stand.
pub const CREDENTIAL: &str = "Personio > Settings > API credentials > the credential > client id and client secret";

/// The types of absences.
pub const ABSENCE_TYPES: Right = Right { opens: "absence types", name: "scope personio:absences:read", given: GIVEN };

/// Absences.
pub const ABSENCES: Right = Right { opens: "absences", name: "scope personio:absences:read", given: GIVEN };

/// Persons.
pub const PERSONS: Right = Right { opens: "persons", name: "scope personio:persons:read", given: GIVEN };

/// The employments of a person.
pub const EMPLOYMENTS: Right = Right { opens: "employments", name: "scope personio:persons:read", given: GIVEN };

/// Departments and teams.
pub const ORG_UNITS: Right =
    Right { opens: "departments and teams", name: "scope personio:org-units:read", given: GIVEN };

/// Offices.
pub const WORKPLACES: Right = Right { opens: "offices", name: "scope personio:workplaces:read", given: GIVEN };

/// Sub-companies.
pub const LEGAL_ENTITIES: Right =
    Right { opens: "legal entities", name: "scope personio:legal-entities:read", given: GIVEN };

/// Which attributes of persons a credential shows: others are left out of an answer without a word.
pub const READABLE: &str = "Personio > Settings > API credentials > the credential > its readable attributes";

/// Webhooks, and the log of what they were to tell.
pub const WEBHOOKS: Right = Right { opens: "webhooks", name: "scope personio:webhooks:read", given: GIVEN };
