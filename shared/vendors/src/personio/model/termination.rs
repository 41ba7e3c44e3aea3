//! How an employment ends.

use std::fmt;

use jiff::civil::Date;

/// How an employment ends. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Termination {
    /// The last day of the contract.
    pub date: Option<Date>,
    /// The last day on which the person works; often before the contract's.
    pub last_working_day: Option<Date>,
    /// Why it ends.
    pub kind: Option<TerminationType>,
    /// The day on which notice was given.
    pub terminated_at: Option<Date>,
}

/// Why an employment ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TerminationType {
    /// Personio does not say.
    Unspecified,
    /// The person gave notice.
    Employee,
    /// The company gave notice.
    Fired,
    /// The person has died.
    Death,
    /// A contract for a limited time has run out.
    ContractExpired,
    /// By agreement.
    Agreement,
    /// The person goes on in another legal entity of the company: no leaver.
    SubCompanySwitch,
    /// The person is released from work for good.
    IrrevocableSuspension,
    /// A cancellation.
    Cancellation,
    /// By a collective agreement.
    CollectiveAgreement,
    /// By a settlement.
    SettlementAgreement,
    /// The person retires.
    Retirement,
    /// By a settlement in court.
    CourtSettlement,
    /// The person has left.
    Quit,
    /// A type that is not known: at most 40 plain characters of it.
    Other(String),
}

impl fmt::Debug for Termination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Termination(personal)")
    }
}

impl TerminationType {
    /// The types that Personio documents.
    pub const LISTED: &[Self] = &[
        Self::Unspecified,
        Self::Employee,
        Self::Fired,
        Self::Death,
        Self::ContractExpired,
        Self::Agreement,
        Self::SubCompanySwitch,
        Self::IrrevocableSuspension,
        Self::Cancellation,
        Self::CollectiveAgreement,
        Self::SettlementAgreement,
        Self::Retirement,
        Self::CourtSettlement,
        Self::Quit,
    ];

    /// The vendor's word, or what is kept of one that is not known.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Unspecified => "UNSPECIFIED",
            Self::Employee => "EMPLOYEE",
            Self::Fired => "FIRED",
            Self::Death => "DEATH",
            Self::ContractExpired => "CONTRACT_EXPIRED",
            Self::Agreement => "AGREEMENT",
            Self::SubCompanySwitch => "SUB_COMPANY_SWITCH",
            Self::IrrevocableSuspension => "IRREVOCABLE_SUSPENSION",
            Self::Cancellation => "CANCELLATION",
            Self::CollectiveAgreement => "COLLECTIVE_AGREEMENT",
            Self::SettlementAgreement => "SETTLEMENT_AGREEMENT",
            Self::Retirement => "RETIREMENT",
            Self::CourtSettlement => "COURT_SETTLEMENT",
            Self::Quit => "QUIT",
            Self::Other(word) => word,
        }
    }

    /// The documented type with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::LISTED.iter().find(|listed| listed.word() == word).cloned()
    }
}
