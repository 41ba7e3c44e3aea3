//! What stands in the way of a candidate's contracts, in words for the owner: ids, keys and fixed words.

use jiff::civil::Date;
use ledger::Cause;
use mapping::Problem;
use mapping::oneflow_teamtailor::{Ending, Missing, Status};
use reconcile::guard::Effect;
use reconcile::{Blocked, Notice};
use vendors::Reason;
use vendors::oneflow::model::{ContractId, CustomId, TemplateId};
use vendors::teamtailor::model::{ApplicationId, CandidateId};

use crate::order::Order;

/// What stands in the way.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Blocker {
    /// What can end it.
    pub(crate) ends: Blocked,
    /// What the owner is told of it.
    pub(crate) notice: Notice,
}

impl Blocker {
    /// A field that takes part by the file cannot: told once for the connection.
    pub(crate) fn field(problem: &Problem) -> Self {
        let key = format!("field-{}", problem.what.replace(char::is_whitespace, "-"));
        Self::until_edited(key, "field", Cause::Unmappable, format!("{problem}. All other fields are kept in step."))
    }

    /// A value does not fit. The other fields go all the same.
    pub(crate) fn misfit(contract: ContractId, problem: &Problem) -> Self {
        let key = format!("contract-{contract}-{}", problem.key);
        let what = format!("contract {contract}: {problem}. It was not written; all other fields were.");
        Self::until_edited(key, "misfit", Cause::Unmappable, what)
    }

    /// A vendor refuses a value.
    pub(crate) fn value_refused(contract: ContractId, field: &CustomId, by: &str, reasons: &[Reason]) -> Self {
        let what = format!("{by} refuses the value of `{field}` of contract {contract}: {}", listed(reasons));
        Self::refused(format!("contract-{contract}-{field}-refused"), "refused", what)
    }

    /// A vendor has refused the same value before.
    pub(crate) fn still_refused(contract: ContractId, field: &CustomId) -> Self {
        let what = format!("the value of `{field}` of contract {contract} was refused, and is the same as then");
        Self::refused(format!("contract-{contract}-{field}-refused"), "refused", what)
    }

    /// A contract is shown in a shape that cannot be read.
    pub(crate) fn unreadable(contract: ContractId, reasons: &[Reason]) -> Self {
        let what = format!("contract {contract} cannot be read as Oneflow shows it: {}", listed(reasons));
        Self::waiting(format!("contract-{contract}-unreadable"), "unreadable", Cause::Refused, what)
    }

    /// Oneflow fills a data field by itself.
    pub(crate) fn filled_by_oneflow(contract: ContractId, field: &CustomId) -> Self {
        let what = format!(
            "Oneflow fills the data field `{field}` of contract {contract} by itself and passes over what is written. Map it with \
             `direction = \"to-teamtailor\"`."
        );
        Self::refused(format!("field-{field}-filled"), "filled", what)
    }

    /// A contract ended without the signature of all. Nothing of it is written back.
    pub(crate) fn not_signed(
        candidate: &CandidateId,
        contract: ContractId,
        status: Status,
        reason: Option<Ending>,
    ) -> Self {
        let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        let what =
            format!("contract {contract} of candidate {candidate}: {status}{reason}. Nothing of it is written back.");
        Self::refused(format!("contract-{contract}-not-signed"), "not-signed", what)
    }

    /// The signed PDF cannot be fetched.
    pub(crate) fn no_pdf(contract: ContractId, why: &str) -> Self {
        let what = format!("the PDF of the signed contract {contract} {why}. All fields were written.");
        Self::waiting(format!("contract-{contract}-pdf"), "pdf", Cause::Refused, what)
    }

    /// Teamtailor refuses the signed PDF.
    pub(crate) fn pdf_refused(contract: ContractId, reasons: &[String]) -> Self {
        let what = format!("Teamtailor refuses the PDF of the signed contract {contract}: {}", reasons.join("; "));
        Self::refused(format!("contract-{contract}-pdf-refused"), "refused", what)
    }

    /// Teamtailor refuses to move the application.
    pub(crate) fn not_moved(application: &ApplicationId, reasons: &[Reason]) -> Self {
        let what = format!("Teamtailor refuses to move application {application}: {}", listed(reasons));
        Self::refused(format!("application-{application}-move"), "refused", what)
    }

    /// The status does not fit its field, or Teamtailor refuses it.
    pub(crate) fn no_status(field: &str, why: &str) -> Self {
        let what = format!("what has become of contracts cannot be written to `{field}`: {why}");
        Self::refused(format!("status-{field}"), "status", what)
    }

    /// The candidate lacks what a contract needs.
    pub(crate) fn lacks(candidate: &CandidateId, order: &Order, missing: &[Missing]) -> Self {
        let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
        let what = format!(
            "{order} starts a contract, and candidate {candidate} has no {}. Once that is entered, the contract is made.",
            missing.join(", no ")
        );
        Self::waiting(key_of(order, "lacks"), "lacks", Cause::Unmappable, what)
    }

    /// Nobody can sign for the company.
    pub(crate) fn no_signer(order: &Order) -> Self {
        let what = format!(
            "no contract is made for {order}: its job has no recruiter who is a user of Oneflow. Add the recruiter in Oneflow, or name \
             somebody as `start.own_signatory`."
        );
        Self::waiting(key_of(order, "signer"), "signer", Cause::Refused, what)
    }

    /// The template lacks a hidden data field.
    pub(crate) fn template_lacks(template: TemplateId, field: &CustomId) -> Self {
        let what = format!(
            "no contract is made: the type of template {template} has no data field with the external key `{field}`, by which hrsync \
             finds its contracts again. Add it in Oneflow, hidden from the contract's text."
        );
        Self::waiting(format!("template-{template}-{field}"), "template", Cause::Refused, what)
    }

    /// Oneflow refuses to make or publish a contract.
    pub(crate) fn step_refused(order: &Order, step: &str, reasons: &[String]) -> Self {
        let why = if reasons.is_empty() { "without a reason".to_owned() } else { reasons.join("; ") };
        let what = format!("Oneflow refuses to {step} the contract of {order}: {why}");
        Self::refused(key_of(order, step), "refused", what)
    }

    /// The application left its stage before the contract was sent.
    pub(crate) fn stays_a_draft(order: &Order, contract: ContractId) -> Self {
        let what = format!(
            "contract {contract} of {order} was made and not sent, and the application does not stand in a stage that starts \
             contracts any more. The contract stays a draft: send or delete it in Oneflow, or move the application back."
        );
        Self::waiting(format!("contract-{contract}-draft"), "draft", Cause::Refused, what)
    }

    /// The day's budget is used up: told once a day.
    pub(crate) fn budget_used_up(connection: &str, today: Date, most: u32) -> Self {
        let what = format!(
            "contracts would be made today for more than {most} candidates, which is more than `start.creations_per_day` allows; the \
             others wait. If that is meant: hrsync sweep {connection} --confirm-deletions."
        );
        Self::waiting(Effect::Create.held_key(today), "creations-held", Cause::Held, what)
    }

    fn refused(key: String, code: &str, what: String) -> Self {
        Self::until_edited(key, code, Cause::Refused, what)
    }

    fn until_edited(key: String, code: &str, cause: Cause, what: String) -> Self {
        let notice = Notice { key, code: code.to_owned(), cause, reasons: vec![what] };
        Self { ends: Blocked::UntilEdited, notice }
    }

    fn waiting(key: String, code: &str, cause: Cause, what: String) -> Self {
        Self { ends: Blocked::Waiting, ..Self::until_edited(key, code, cause, what) }
    }
}

/// A notice's key: blanks part notices in lists.
fn key_of(order: &Order, what: &str) -> String {
    format!("{}-{}-{what}", order.subject().kind, order.subject().id)
}

fn listed(reasons: &[Reason]) -> String {
    let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
    if reasons.is_empty() { "without a reason".to_owned() } else { reasons.join("; ") }
}
