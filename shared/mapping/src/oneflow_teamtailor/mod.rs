//! Contracts of Oneflow and candidates of Teamtailor: one and the same field has a value on both sides, and what flows where.
//!
//! A value is read from either side into a [`FieldValue`] ([`read_oneflow`], [`read_teamtailor`]), compared, and written to the
//! other ([`write_oneflow`], [`write_teamtailor`]). [`flow`] says which way it goes. What a connection may set is in
//! [`FieldRules`] (`[fields]`); [`mapped`] says which fields take part. [`winner`] says whose contract's values count,
//! [`Status`] and [`Ending`] what is told of one, [`Person`] what a new one needs, [`pdf_name`] what a signed one is called. Rules of the
//! source: developer.oneflow.com, "Data field"; of the target: Teamtailor's API documents, "Custom field values".

mod checkbox_text;
mod contract_status;
mod date_text;
mod decimal;
mod direction;
mod ending;
mod field_kind;
mod field_rules;
mod field_value;
mod flow;
mod formats;
mod from_oneflow;
mod from_teamtailor;
mod lacking;
mod mapped;
mod misfit;
mod option_labels;
mod pdf_name;
mod person;
mod target_name;
#[cfg(test)]
mod tests;
mod to_oneflow;
mod to_teamtailor;
mod winner;

pub use contract_status::Status;
pub use decimal::Decimal;
pub use direction::Direction;
pub use ending::Ending;
pub use field_kind::FieldKind;
pub use field_rules::FieldRules;
pub use field_value::FieldValue;
pub use flow::{Flow, News, Side, Ways, flow};
pub use formats::{DateFormat, DecimalMark, Formats};
pub use from_oneflow::read_oneflow;
pub use from_teamtailor::read_teamtailor;
pub use lacking::{Lacking, is_api_name, lacking};
pub use mapped::{Mapped, MappedField, Target, mapped};
pub use misfit::Misfit;
pub use pdf_name::{is_pdf_of, pdf_name};
pub use person::{Missing, Person};
pub use target_name::{DefaultField, TargetName};
pub use to_oneflow::write_oneflow;
pub use to_teamtailor::write_teamtailor;
pub use winner::{Contender, winner};
