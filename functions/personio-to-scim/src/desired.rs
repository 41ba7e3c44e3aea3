//! What the partner system should hold for a person on this day. Pure: source, settings and time decide.

use edge::verdict::Fault;
use jiff::Timestamp;
use mapping::personio_to_scim::{
    AttributeInput, MappedAttributes, MissingRight, NotMapped, Wanted, main_employment, mapped, wanted,
};
use vendors::scim::model::UserName;

use crate::blocker::Blocker;
use crate::connection::Settings;
use crate::source::Record;

/// What the partner system should hold, and from when on something else.
#[derive(Debug)]
pub(crate) struct Decided {
    /// What is wanted, or why that cannot be said.
    pub(crate) desired: Result<Desired, Blocker>,
    /// When the next day begins on which something else is wanted although Personio shows the same.
    pub(crate) due: Option<Timestamp>,
}

/// What the partner system should hold.
#[derive(Debug)]
pub(crate) enum Desired {
    /// An account that the person can use.
    Active(Box<MappedAttributes>),
    /// No account that the person can use.
    Inactive { mapped: Option<Box<MappedAttributes>>, because: String },
    /// No account.
    Nothing { mapped: Option<Box<MappedAttributes>>, because: String },
    /// What it holds: something is waited for.
    AsItStands { because: String },
}

impl Desired {
    /// The person's login, where it can be made.
    pub(crate) fn user_name(&self) -> Option<&UserName> {
        match self {
            Self::Active(mapped) => Some(&mapped.user_name),
            Self::Inactive { mapped, .. } | Self::Nothing { mapped, .. } => {
                mapped.as_ref().map(|mapped| &mapped.user_name)
            }
            Self::AsItStands { .. } => None,
        }
    }
}

/// Works out what should be there.
///
/// # Errors
/// [`Fault::Setting`]: a right is missing, so nothing can be said of anybody.
pub(crate) fn decide(record: &Record, settings: &Settings, now: Timestamp) -> Result<Decided, Fault> {
    let policies = &settings.rules.policies;
    let decision = wanted(record.source(), &settings.rules, policies.today(now));
    let due = decision.changes_on.and_then(|day| policies.beginning(day));
    let desired = match decision.wanted {
        Wanted::Account { active: true, .. } => match attributes(record, settings, now) {
            Ok(mapped) => Ok(Desired::Active(Box::new(mapped))),
            Err(NotMapped::MissingRight(right)) => return Err(missing(&right)),
            Err(NotMapped::Unmappable(problems)) => Err(Blocker::unmappable(record.person.id, &problems)),
        },
        Wanted::Account { active: false, because } => {
            Ok(Desired::Inactive { mapped: if_they_can_be_made(record, settings, now), because: because.to_string() })
        }
        Wanted::NoAccount { because } => {
            Ok(Desired::Nothing { mapped: if_they_can_be_made(record, settings, now), because: because.to_string() })
        }
        Wanted::Waiting(waits) => Ok(Desired::AsItStands { because: format!("waits for {waits}") }),
        Wanted::Unknowable(right) => return Err(missing(&right)),
        Wanted::Unclear(problems) => Err(Blocker::unmappable(record.person.id, &problems)),
    };
    Ok(Decided { desired, due })
}

fn attributes(record: &Record, settings: &Settings, now: Timestamp) -> Result<MappedAttributes, NotMapped> {
    let today = settings.rules.policies.today(now);
    let employment = main_employment(&record.employments, &settings.rules, today);
    let input = AttributeInput { person: &record.person, employment, names: &record.names };
    mapped(input, &settings.rules.attributes)
}

/// A leaver is one whatever their attributes are; only our id of them is of use.
fn if_they_can_be_made(record: &Record, settings: &Settings, now: Timestamp) -> Option<Box<MappedAttributes>> {
    attributes(record, settings, now).ok().map(Box::new)
}

/// Without the right, everybody would look as if they had none of it: the connection stands still.
fn missing(right: &MissingRight) -> Fault {
    Fault::Setting(format!("the credential may not read {right}. {}", MissingRight::GRANTED))
}
