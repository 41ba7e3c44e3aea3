//! The absence types, as API v2 spells them.

use serde::de::IntoDeserializer as _;
use serde::de::value::Error;
use serde::{Deserialize, Serialize};

/// An absence type. `Maintenence` is spelt so by the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[expect(missing_docs, reason = "the names are those of AbsencePost")]
pub enum Kind {
    SickLeave,
    Vacation,
    CompanyAbsence,
    PrivateAbsence,
    OvertimeCompensation,
    Outage,
    Maintenence,
    BuildingMeasure,
    ForeignVacation,
    ProfessionalEducation,
    TradeSchool,
    SpecialLeave,
    ParentalLeave,
    VacationUnpaid,
    SickLeaveUnpaid,
    RemoteWork,
    ChildSick,
    MaternityLeave,
}

impl Kind {
    /// Reads the vendor's spelling, case and all.
    pub(super) fn read(name: &str) -> Option<Self> {
        let name: serde::de::value::StrDeserializer<'_, Error> = name.into_deserializer();
        Self::deserialize(name).ok()
    }

    /// Whether start and end are UTC times; all other types have local dates and half days.
    #[must_use]
    pub fn in_hours(self) -> bool {
        matches!(self, Self::CompanyAbsence | Self::PrivateAbsence)
    }

    /// The types that the HQ's forms offer only for full days.
    pub(super) fn is_full_day(self) -> bool {
        matches!(self, Self::OvertimeCompensation | Self::ParentalLeave | Self::MaternityLeave)
    }

    /// The four types that the HQ's own settings do not name: assumed not to be for callers.
    pub(super) fn is_written_by_hand_only(self) -> bool {
        matches!(self, Self::Outage | Self::Maintenence | Self::BuildingMeasure | Self::ForeignVacation)
    }
}
