//! Why a value of one side does not fit the other.

/// Why a value does not fit. Never shows the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// No day.
    #[error("not a date")]
    NotADate,
    /// Which number is the day, and which the month?
    #[error("a date whose day and month cannot be told apart; `fields.date` can say which comes first")]
    AmbiguousDate,
    /// No number.
    #[error("not a number, or one of more than 15 digits")]
    NotANumber,
    /// Is it a decimal mark, or does it part thousands?
    #[error("a number whose mark may part thousands or decimals; `fields.decimal` can say which")]
    AmbiguousNumber,
    /// Neither yes nor no.
    #[error("neither 0 nor 1")]
    NotACheckbox,
    /// No address.
    #[error("not an e-mail address")]
    NotAnEmail,
    /// No web address.
    #[error("not a web address that begins with http:// or https://")]
    NotAUrl,
    /// The field has no such option.
    #[error("none of the field's options")]
    UnknownOption,
    /// Several options of the field have this label.
    #[error("the label of several of the field's options")]
    AmbiguousOption,
    /// Only one option may be selected.
    #[error("several options where the field takes one")]
    SeveralOptions,
    /// Longer than Oneflow takes.
    #[error("longer than the 1024 characters that Oneflow takes")]
    TooLong,
    /// Oneflow's text would be read as another value.
    #[error("labels that cannot be told apart once they stand in one text")]
    Indistinct,
    /// Teamtailor shows several values of a field that has one.
    #[error("several values where the field has one")]
    SeveralValues,
}
