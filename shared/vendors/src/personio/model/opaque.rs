//! Ids of the HR API v2 whose form is not documented: a number in one sample, a UUID in another. Each is kept as the
//! text that it is.

use crate::id::opaque_id;

opaque_id! {
    /// An employment: one contract of one person.
    EmploymentId
}
opaque_id! {
    /// An office, which Personio is about to call a workplace.
    OfficeId
}
opaque_id! {
    /// A department or a team.
    OrgUnitId
}
opaque_id! {
    /// A legal entity of the company.
    LegalEntityId
}
opaque_id! {
    /// A cost center.
    CostCenterId
}
