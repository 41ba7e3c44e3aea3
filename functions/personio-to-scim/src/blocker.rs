//! What stands in the way of a person's account, in words for the owner: ids of persons, keys and fixed words, never a
//! value, nor an id of the partner's, which some make of an address.

use jiff::civil::Date;
use ledger::{Cause, Subject};
use mapping::Unmappable;
use reconcile::guard::Effect;
use reconcile::{Blocked, Notice};
use vendors::Reason;
use vendors::personio::model::id::PersonId;
use vendors::scim::patch::AttributeGroup;

/// What stands in the way of a person's account.
#[derive(Debug)]
pub(crate) struct Blocker {
    /// What can end it.
    pub(crate) ends: Blocked,
    /// What the owner is told of it.
    pub(crate) notice: Notice,
}

/// Why nobody is taken for the person's account, and none is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InTheWay {
    /// Several users fit.
    Several(usize),
    /// The partner's look-up says nothing.
    Unclear,
    /// Another user has the login.
    Login,
    /// The user with our id is there, and the policy adopts nobody.
    Known,
    /// The partner says that something of the account is taken, and shows nobody who has it.
    Taken,
}

impl Blocker {
    /// The person cannot be made an account. The connection's settings may change that, or an edit.
    pub(crate) fn unmappable(person: PersonId, unmappable: &Unmappable) -> Self {
        let reasons = unmappable.problems.iter().map(|problem| format!("person {person}: {problem}")).collect();
        let code = unmappable.problems.first().map_or("unmappable", |problem| problem.key.as_str());
        Self::unmapped(format!("{person}-unmappable"), code, reasons)
    }

    /// Something of the person cannot be read: what is there stays.
    pub(crate) fn unreadable(person: PersonId, reasons: Vec<String>) -> Self {
        Self::unmapped(format!("{person}-unreadable"), "unreadable", reasons)
    }

    /// Nobody is adopted and none is made.
    pub(crate) fn in_the_way(person: PersonId, why: InTheWay) -> Self {
        let what = match why {
            InTheWay::Several(users) => {
                format!("{users} users of the partner system fit person {person}, so none is taken and none is made")
            }
            InTheWay::Unclear => format!(
                "whether the partner system has an account of person {person} cannot be found out: its look-up does not \
                 filter. None is made."
            ),
            InTheWay::Login => format!(
                "another user of the partner system has the login of person {person}. Give that user another login, or let \
                 hrsync take it with `policies.adoption = \"user-name\"`."
            ),
            InTheWay::Known => format!(
                "`policies.adoption`: the partner system has a user with the id of person {person} whom hrsync did not make, so \
                 none is taken and none is made"
            ),
            InTheWay::Taken => format!(
                "the partner system says that something of the account of person {person} is taken, and shows nobody who has it"
            ),
        };
        let code = match why {
            InTheWay::Several(_) => "several-users",
            InTheWay::Unclear => "unclear-look-up",
            InTheWay::Login => "login-taken",
            InTheWay::Known => "not-adopted",
            InTheWay::Taken => "taken",
        };
        Self::by_hand(Blocked::Waiting, format!("{person}-{code}"), code, what)
    }

    /// The account that fits belongs to another person of the connection.
    pub(crate) fn claimed(person: PersonId, by: &Subject) -> Self {
        let what = format!(
            "the account that fits person {person} belongs to {by}, so hrsync leaves it to them. If it is to be this person's, \
             change the login or the address of {by}, or delete the person in Personio."
        );
        Self::by_hand(Blocked::Waiting, format!("{person}-claimed"), "claimed", what)
    }

    /// The account went over from somebody who is no longer current. Nothing blocks; the owner is told.
    pub(crate) fn moved(person: PersonId, from: &Subject) -> Self {
        let what = format!(
            "the account of {from}, who has none any more by the rules, is that of person {person} now: both have the same login. \
             Nothing is to be done if they are the same human being; otherwise give them different addresses."
        );
        Self::by_hand(Blocked::UntilEdited, format!("{person}-moved"), "account-moved", what)
    }

    /// Whether an unanswered creation was carried out cannot be found out.
    pub(crate) fn unknowable(person: PersonId) -> Self {
        let what = format!(
            "whether an unanswered creation for person {person} was carried out cannot be found out, so it is not repeated; look \
             the account up in the partner system, then retry"
        );
        Self::refused(format!("{person}-unknowable"), "unknowable", vec![what])
    }

    /// The partner refuses a step for this person.
    pub(crate) fn step_refused(person: PersonId, step: &str, reasons: &[Reason]) -> Self {
        let listed: Vec<String> = reasons.iter().map(ToString::to_string).collect();
        let why = if listed.is_empty() { "without a reason".to_owned() } else { listed.join("; ") };
        let what = format!("the partner system refuses to {step} for person {person}: {why}");
        Self::refused(format!("{person}-{step}"), "refused", vec![what])
    }

    /// The partner does not take a group of attributes: told once for all persons.
    pub(crate) fn attributes_refused(group: AttributeGroup, why: &str) -> Self {
        let what = format!(
            "the partner system does not take `{group}`: {why}. All else is written. Leave it out of `[attributes]` if the \
             partner does not know it."
        );
        Self::refused(format!("attribute-{group}"), "attribute-refused", vec![what])
    }

    /// The partner has answered well, and the account is not as it was told.
    pub(crate) fn not_carried_out(person: PersonId, wanted: bool) -> Self {
        let (did, is) = if wanted { ("activate", "cannot log in") } else { ("deactivate", "can still log in") };
        let what = format!(
            "the partner system was told to {did} the account of person {person} and said yes, but by its own answer the person \
             {is}. {did} the account there by hand."
        );
        let notice = Notice {
            key: format!("{person}-not-carried-out"),
            code: "not-carried-out".to_owned(),
            cause: Cause::Refused,
            reasons: vec![what],
        };
        Self { ends: Blocked::Waiting, notice }
    }

    /// The partner removes nobody.
    pub(crate) fn removes_nobody() -> Self {
        let what =
            "the partner system removes no accounts. Set `policies.after_termination` and `policies.deletion` to \
            \"deactivate\"."
                .to_owned();
        Self::refused("removes-nobody".to_owned(), "removes-nobody", vec![what])
    }

    /// The day's budget of steps of a kind is used up: told once a day.
    pub(crate) fn held(connection: &str, effect: Effect, today: Date, most: u32) -> Self {
        let (word, key) = match effect {
            Effect::Create => ("created", "creations"),
            Effect::Deactivate => ("deactivated", "deactivations"),
            Effect::Remove => ("removed", "removals"),
        };
        let what = format!(
            "accounts of more than {most} persons would be {word} today, which is more than `guard.{key}` allows; the others \
             wait. If that is meant: `hrsync sweep {connection} --confirm-deletions`."
        );
        let notice = Notice {
            key: effect.held_key(today),
            code: format!("{key}-held"),
            cause: Cause::Held,
            reasons: vec![what],
        };
        Self { ends: Blocked::Waiting, notice }
    }

    fn refused(key: String, code: &str, reasons: Vec<String>) -> Self {
        let notice = Notice { key, code: code.to_owned(), cause: Cause::Refused, reasons };
        Self { ends: Blocked::UntilEdited, notice }
    }

    fn by_hand(ends: Blocked, key: String, code: &str, what: String) -> Self {
        Self { ends, notice: Notice { key, code: code.to_owned(), cause: Cause::ByHand, reasons: vec![what] } }
    }

    fn unmapped(key: String, code: &str, reasons: Vec<String>) -> Self {
        let notice = Notice { key, code: code.to_owned(), cause: Cause::Unmappable, reasons };
        Self { ends: Blocked::Waiting, notice }
    }
}
