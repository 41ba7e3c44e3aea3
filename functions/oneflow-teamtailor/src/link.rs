//! What is kept of a candidate: their contracts, and the contracts that are being made for them. Of values no more than
//! digests.
//!
//! | kind | what it stands for | whose worker writes it |
//! |---|---|---|
//! | `candidate` | a candidate of Teamtailor, with all contracts | its own |
//! | `contract` | a contract of Oneflow: a part of its candidate | its candidate's |
//! | `application` | an application of Teamtailor: a part of its candidate | its candidate's |
//! | `order` | a contract that a person asks for: a part of its candidate | its candidate's |
//! | `turns` | a turn of Teamtailor's limit that is kept for a candidate or a part | the same as that |

use std::collections::BTreeMap;

use edge::verdict::Fault;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use ledger::{Fingerprint, RateLimit, Subject};
use mapping::oneflow_teamtailor::{Contender, FieldValue};
use reconcile::Attempt;
use serde::{Deserialize, Serialize};
use vendors::oneflow::model::{ContractId, CustomId};
use vendors::teamtailor::model::{ApplicationId, CandidateId};

/// The kind of a candidate.
pub const CANDIDATE: &str = "candidate";
/// The kind of a contract.
pub const CONTRACT: &str = "contract";
/// The kind of an application.
pub const APPLICATION: &str = "application";
/// The kind of an order.
pub const ORDER: &str = "order";
/// The kind of a kept turn.
const TURNS: &str = "turns";

/// A candidate's link, whose intents are steps that neither vendor can make idempotent.
pub(crate) type CandidateLink<'a> = reconcile::Object<'a, CandidateState, Sent>;
/// A link that keeps nothing but a turn.
pub(crate) type TurnLink<'a> = reconcile::Object<'a, (), ()>;

/// A digest of each field's value, by the data field's key.
pub type Digests = BTreeMap<CustomId, Fingerprint>;

/// What is kept of a candidate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateState {
    /// The contracts that concern the candidate.
    pub contracts: Vec<ContractMemory>,
    /// The contracts that were asked for, by applications or people.
    pub starts: Vec<Start>,
}

/// What is kept of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractMemory {
    /// Its id.
    pub id: ContractId,
    /// Its version when it was last processed.
    pub version: Option<Fingerprint>,
    /// When that version was made, as Oneflow tells.
    #[serde(rename = "changed_ms", with = "millisecond::optional")]
    pub changed: Option<Timestamp>,
    /// When it came into its state.
    #[serde(rename = "since_ms", with = "millisecond::optional")]
    pub since: Option<Timestamp>,
    /// When hrsync last wrote one of its fields: Oneflow tells of that as well.
    #[serde(rename = "written_ms", with = "millisecond::optional")]
    pub written: Option<Timestamp>,
    /// Whether Oneflow has shown what was written then.
    pub shows_written: bool,
    /// How far it is.
    pub stage: Stage,
    /// The values that were last the same on both sides.
    pub same: Digests,
    /// The values that a side has refused: they are sent again once they are other ones.
    pub refused: Digests,
    /// Whether something of it was in the way when it was last processed: a signed contract is read until nothing is.
    pub is_hindered: bool,
    /// Whether the signed PDF is on the candidate's card.
    pub has_pdf: bool,
    /// Whether the candidate's application was moved.
    pub is_moved: bool,
    /// The application that started it.
    pub application: Option<ApplicationId>,
}

/// How far a contract is, as far as that decides what is done about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It can be edited.
    #[default]
    Open,
    /// It is signed by all.
    Signed,
    /// The time for signing is over, which can be prolonged; or its state is not known here.
    Paused,
    /// It was declined, cancelled or deleted.
    Ended,
}

/// A contract that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// Who asks for it: an application or an order, whose id is the key that the contract carries.
    pub order: Subject,
    /// The contract, once it is made.
    pub contract: Option<ContractId>,
    /// Whether its invitations went out, or none were asked for when it was made.
    pub is_published: bool,
}

/// A step on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Sent {
    /// A contract is made.
    Contract {
        /// The key that it carries.
        key: String,
        /// The values that it begins with.
        same: Digests,
    },
    /// A contract's invitations go out.
    Publication(ContractId),
    /// A contract's PDF is attached.
    Pdf(ContractId),
}

impl ContractMemory {
    /// A contract of which nothing was seen yet.
    #[must_use]
    pub fn new(id: ContractId) -> Self {
        Self {
            id,
            version: None,
            changed: None,
            since: None,
            written: None,
            shows_written: false,
            stage: Stage::Open,
            same: Digests::new(),
            refused: Digests::new(),
            is_hindered: false,
            has_pdf: false,
            is_moved: false,
            application: None,
        }
    }
}

impl CandidateState {
    /// What is kept of a contract.
    #[must_use]
    pub fn contract(&self, id: ContractId) -> Option<&ContractMemory> {
        self.contracts.iter().find(|contract| contract.id == id)
    }

    /// The same, to be changed; a new one where nothing is kept.
    pub fn contract_mut(&mut self, id: ContractId) -> &mut ContractMemory {
        let index = self.contracts.iter().position(|contract| contract.id == id).unwrap_or_else(|| {
            self.contracts.push(ContractMemory::new(id));
            self.contracts.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "the index was found or pushed just now")]
        &mut self.contracts[index]
    }

    /// What is kept of the contract that carries this key.
    pub fn start_mut(&mut self, key: &str) -> Option<&mut Start> {
        self.starts.iter_mut().find(|start| start.order.id.as_str() == key)
    }

    /// The contracts whose values may count.
    #[must_use]
    pub fn contenders(&self) -> Vec<Contender> {
        let counts = self.contracts.iter().filter(|it| matches!(it.stage, Stage::Open | Stage::Signed));
        counts.map(|it| Contender { id: it.id, is_signed: it.stage == Stage::Signed, since: it.since }).collect()
    }

    /// Whether a contract may still change, or is still to be made.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let is_open = |contract: &ContractMemory| matches!(contract.stage, Stage::Open | Stage::Paused);
        self.contracts.iter().any(is_open) || self.starts.iter().any(|start| start.contract.is_none())
    }

    /// Whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.contracts.is_empty() && self.starts.is_empty()
    }
}

/// The subject of a candidate.
pub(crate) fn candidate(id: &CandidateId) -> Subject {
    Subject::new(CANDIDATE, id)
}

/// The subject of a contract.
pub(crate) fn contract(id: ContractId) -> Subject {
    Subject::new(CONTRACT, id)
}

/// The subject of an application.
pub(crate) fn application(id: &ApplicationId) -> Subject {
    Subject::new(APPLICATION, id)
}

/// Where a turn of Teamtailor's limit is kept for a subject.
pub(crate) fn turns(of: &Subject) -> Subject {
    Subject::new(TURNS, of)
}

/// Takes turns of a limit for what has no link of its own. A turn that has to be waited for is kept, and goes once it is taken.
///
/// # Errors
/// [`Fault::Throttled`]: come back then. Where the table fails.
pub(crate) async fn take_turns(
    attempt: &Attempt<'_>,
    of: &Subject,
    limit: &RateLimit,
    step: &str,
    calls: u32,
) -> Result<(), Fault> {
    let mut kept = TurnLink::load(attempt, of).await?;
    kept.turns(limit, step, calls).await?;
    if kept.summary().is_some() { kept.forget().await } else { Ok(()) }
}

/// A contract belongs to one candidate.
pub(crate) fn claim_of(contract: ContractId) -> String {
    format!("contract {contract}")
}

/// The digest of a value.
pub(crate) fn digest(value: &FieldValue) -> Fingerprint {
    Fingerprint::of(value.spelled().reveal())
}
