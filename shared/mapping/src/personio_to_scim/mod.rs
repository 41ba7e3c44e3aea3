//! A Personio person and their employments become a user of a system that speaks SCIM 2.0.
//!
//! [`wanted()`] says whether somebody is to have an account now, from the state that Personio shows and a date, never
//! from the name of an event; [`mapped()`] says which attributes the account holds. What a connection may set is in
//! [`ProvisioningRules`]: [`AttributeMapping`] (`[attributes]`), [`People`] (`[people]`), [`Policies`] (`[policies]`);
//! [`Budgets`] (`[guard]`) says how much may happen in a day. [`version()`] spells what decides, for links. Rules of
//! the source: developer.personio.de, "Persons" and "Employments", and the guides of both; of the target: RFC 7643.

mod adoption;
mod attribute_input;
mod attribute_mapping;
mod attribute_rule;
mod attribute_source;
mod attribute_table;
mod attribute_values;
mod budgets;
mod custom_source;
mod employment_days;
mod employment_state;
mod employment_value;
mod joint_state;
mod keys;
mod leave;
mod main_employment;
mod missing_right;
mod obstacle;
mod participation;
mod people;
mod person_value;
mod policies;
mod reasons;
mod rules;
mod source_person;
mod start;
mod termination_policy;
#[cfg(test)]
mod tests;
mod version;
mod wanted;

pub use adoption::Adoption;
pub use attribute_input::{AttributeInput, NameOf, Names};
pub use attribute_mapping::AttributeMapping;
pub use attribute_rule::When;
pub use attribute_values::{MappedAttributes, MappedChange, MappedManager, NotMapped, mapped};
pub use budgets::{Budgets, StepBudget};
pub use leave::{Leave, LongAbsences};
pub use main_employment::main_employment;
pub use missing_right::MissingRight;
pub use people::People;
pub use policies::Policies;
pub use reasons::{AccountReason, WaitingFor};
pub use rules::ProvisioningRules;
pub use source_person::SourcePerson;
pub use start::{Start, WhenStartMoves};
pub use termination_policy::{Departure, LastDay, TerminationPolicy};
pub use version::version;
pub use wanted::{Decision, Wanted, wanted};
