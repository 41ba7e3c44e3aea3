//! Ids of the HR API v2 whose form is not documented: a number in one sample, a UUID in another. Each is kept as the
//! text that it is.

use crate::id::opaque_id;

pub use crate::id::NotAnId;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_kept_as_it_is_and_names_no_other_path() {
        let id: EmploymentId = " 6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1 ".parse().unwrap();
        assert_eq!(id.to_string(), "6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1");
        assert_eq!(serde_json::to_string(&id).unwrap(), r#""6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1""#);
        assert!("501".parse::<OrgUnitId>().is_ok());
        for bad in ["", " ", "..", "1/2", "1?x", "ä", &"1".repeat(65)] {
            assert_eq!(bad.parse::<OfficeId>(), Err(NotAnId), "{bad:?}");
            assert!(serde_json::from_str::<LegalEntityId>(&format!("{bad:?}")).is_err());
        }
    }
}
