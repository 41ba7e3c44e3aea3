//! helloHQ's ids, absence types, absence entries and users (API v2).
//!
//! An entry is written with other names than it is read with (`start`, `end`; `startDate`, `startOn`), so what is
//! written ([`Entry`]) and what is found ([`Found`]) are two types that share [`Period`]. Source:
//! developer.hellohq.io, `POST /v2/Absences`.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::id::number_id;
use crate::value::Email;

pub use crate::id::NotANumberId;

number_id! {
    /// A user.
    UserId, i32
}
number_id! {
    /// An absence entry.
    EntryId, i32
}

/// The types of absence that the vendor's own Personio integration writes. helloHQ knows four more (for example
/// `Outage`), which are read as "none of these" and never written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AbsenceType {
    /// Sickness.
    SickLeave,
    /// Child sick.
    ChildSick,
    /// Unpaid illness.
    SickLeaveUnpaid,
    /// Overtime compensation: full days only.
    OvertimeCompensation,
    /// Remote work.
    RemoteWork,
    /// Corporate reasons: kept in hours.
    CompanyAbsence,
    /// Personal reasons: kept in hours.
    PrivateAbsence,
    /// Advanced education.
    ProfessionalEducation,
    /// Trade school.
    TradeSchool,
    /// Maternity leave: full days only.
    MaternityLeave,
    /// Parental leave: full days only.
    ParentalLeave,
    /// Holiday.
    Vacation,
    /// Unpaid leave.
    VacationUnpaid,
    /// Special leave.
    SpecialLeave,
}

impl AbsenceType {
    /// All of them, in the order of the vendor's article.
    pub const ALL: &[Self] = &[
        Self::SickLeave,
        Self::ChildSick,
        Self::SickLeaveUnpaid,
        Self::OvertimeCompensation,
        Self::RemoteWork,
        Self::CompanyAbsence,
        Self::PrivateAbsence,
        Self::ProfessionalEducation,
        Self::TradeSchool,
        Self::MaternityLeave,
        Self::ParentalLeave,
        Self::Vacation,
        Self::VacationUnpaid,
        Self::SpecialLeave,
    ];

    /// The JSON value of the API.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::SickLeave => "SickLeave",
            Self::ChildSick => "ChildSick",
            Self::SickLeaveUnpaid => "SickLeaveUnpaid",
            Self::OvertimeCompensation => "OvertimeCompensation",
            Self::RemoteWork => "RemoteWork",
            Self::CompanyAbsence => "CompanyAbsence",
            Self::PrivateAbsence => "PrivateAbsence",
            Self::ProfessionalEducation => "ProfessionalEducation",
            Self::TradeSchool => "TradeSchool",
            Self::MaternityLeave => "MaternityLeave",
            Self::ParentalLeave => "ParentalLeave",
            Self::Vacation => "Vacation",
            Self::VacationUnpaid => "VacationUnpaid",
            Self::SpecialLeave => "SpecialLeave",
        }
    }

    /// The name that people see in helloHQ (support.personio.de, article "HQ").
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::SickLeave => "Sickness",
            Self::ChildSick => "Child sick",
            Self::SickLeaveUnpaid => "Unpaid illness (>6 weeks)",
            Self::OvertimeCompensation => "Overtime compensation",
            Self::RemoteWork => "Remote work",
            Self::CompanyAbsence => "Corporate reasons",
            Self::PrivateAbsence => "Personal reasons",
            Self::ProfessionalEducation => "Advanced education",
            Self::TradeSchool => "Trade school",
            Self::MaternityLeave => "Maternity leave",
            Self::ParentalLeave => "Parental leave",
            Self::Vacation => "Holiday",
            Self::VacationUnpaid => "Unpaid leave",
            Self::SpecialLeave => "Special leave",
        }
    }

    /// The type with this label, whatever its case and the blanks around it.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.label().eq_ignore_ascii_case(label.trim()))
    }

    /// The type with this JSON value, whatever its case.
    #[must_use]
    pub fn from_wire(wire: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.wire().eq_ignore_ascii_case(wire.trim()))
    }

    /// Whether helloHQ enters whole days of this type, whatever the source says of half ones.
    #[must_use]
    pub const fn full_days_only(self) -> bool {
        matches!(self, Self::OvertimeCompensation | Self::MaternityLeave | Self::ParentalLeave)
    }

    /// Whether entries of this type are kept in hours (UTC), not in local days.
    #[must_use]
    pub const fn in_hours(self) -> bool {
        matches!(self, Self::CompanyAbsence | Self::PrivateAbsence)
    }
}

/// From when to when an entry goes. Which of the two it is follows from its type: [`AbsenceType::in_hours`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Period {
    /// Local date-times without a zone.
    Days {
        /// Midnight, or noon where the first half of the day is worked.
        start: DateTime,
        /// The midnight after the last day, or a noon.
        end: DateTime,
    },
    /// Instants.
    Hours {
        /// The first instant.
        start: Timestamp,
        /// The instant after the last.
        end: Timestamp,
    },
}

/// Times as helloHQ is told them: of days without a zone, else in UTC.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MINUTE: &str = "%Y-%m-%d %H:%M";
        match self {
            Self::Days { start, end } => write!(f, "{} to {}", start.strftime(MINUTE), end.strftime(MINUTE)),
            Self::Hours { start, end } => write!(f, "{} UTC to {} UTC", start.strftime(MINUTE), end.strftime(MINUTE)),
        }
    }
}

/// An absence that is to be entered, approved as it is. Its `Debug` shows neither type, time nor note. It is sent and never
/// stored: its note is in people's own words.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its type.
    pub kind: AbsenceType,
    /// Whose it is.
    pub user: UserId,
    /// In days or in hours, as its type demands.
    pub period: Period,
    /// What people read beside it.
    pub note: String,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("user", &self.user).finish_non_exhaustive()
    }
}

/// An entry as helloHQ holds it, written by whomever. Its `Debug` shows neither type, time nor note.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub id: EntryId,
    /// Whose it is.
    pub user: UserId,
    /// `None`: of a type that hrsync never writes.
    pub kind: Option<AbsenceType>,
    /// `None`: its times are left out or cannot be read.
    pub period: Option<Period>,
    /// What people read beside it.
    pub note: Option<String>,
    /// When it was made. `None`: left out or unreadable.
    pub created: Option<Timestamp>,
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found").field("id", &self.id).field("user", &self.user).finish_non_exhaustive()
    }
}

/// A user, as far as absences need to know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// The address at work. `None`: empty, or no address.
    pub work: Option<Email>,
    /// The private address. `None`: empty, or no address.
    pub private: Option<Email>,
    /// Whether they have left. A user of whom helloHQ does not say it counts as active.
    pub deactivated: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_found_by_its_label_and_by_its_wire_value() {
        for kind in AbsenceType::ALL.iter().copied() {
            assert_eq!(AbsenceType::from_label(&format!(" {} ", kind.label().to_uppercase())), Some(kind));
            assert_eq!(AbsenceType::from_wire(&kind.wire().to_lowercase()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("{:?}", kind.wire()));
        }
        assert_eq!((AbsenceType::from_label("Outage"), AbsenceType::from_wire("Outage")), (None, None));
    }

    #[test]
    fn only_two_types_are_kept_in_hours_and_three_in_full_days() {
        let of =
            |is: fn(AbsenceType) -> bool| AbsenceType::ALL.iter().copied().filter(|kind| is(*kind)).collect::<Vec<_>>();
        assert_eq!(of(AbsenceType::in_hours), [AbsenceType::CompanyAbsence, AbsenceType::PrivateAbsence]);
        let full = [AbsenceType::OvertimeCompensation, AbsenceType::MaternityLeave, AbsenceType::ParentalLeave];
        assert_eq!(of(AbsenceType::full_days_only), full);
    }

    #[test]
    fn a_period_is_kept_as_it_is() {
        for text in [
            r#"{"days":{"start":"2026-03-02T00:00:00","end":"2026-03-03T12:00:00"}}"#,
            r#"{"hours":{"start":"2026-03-29T07:00:00Z","end":"2026-03-29T15:00:00Z"}}"#,
        ] {
            let period: Period = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&period).unwrap(), text);
        }
    }

    #[test]
    fn ids_are_positive_whole_numbers() {
        assert_eq!(" 15 ".parse::<UserId>().unwrap().to_string(), "15");
        for bad in ["0", "-1", "x", "", "1.5", "2147483648"] {
            assert_eq!(bad.parse::<UserId>(), Err(NotANumberId), "{bad}");
        }
    }
}
