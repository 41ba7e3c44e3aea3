//! `[contracts]`: which contracts concern which candidate, and what becomes of a signed one.

use std::collections::BTreeMap;

use edge::head::number;
use mapping::document::{Parsed, fault, table};
use toml_span::value::ValueInner;
use toml_span::{DeserError, Deserialize, Value};
use vendors::teamtailor::model::{JobId, StageId};

const MEGABYTE: u64 = 1024 * 1024;

/// `[contracts]` of a connection file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractRules {
    /// Whether a counterparty's address says whose contract it is, where nothing else does.
    pub match_email: bool,
    /// Whether later edits of candidates reach contracts that are not signed yet.
    pub update: bool,
    /// Whether the signed PDF is attached to the candidate.
    pub attach_pdf: bool,
    /// The largest PDF that is attached, in bytes.
    pub largest_pdf: u64,
    /// Where a candidate goes whose contract is signed, by job.
    pub move_to: BTreeMap<JobId, StageId>,
    /// The API name of the custom field that says what has become of the contract.
    pub status_field: Option<String>,
}

impl Default for ContractRules {
    fn default() -> Self {
        Self {
            match_email: false,
            update: false,
            attach_pdf: true,
            largest_pdf: 50 * MEGABYTE,
            move_to: BTreeMap::new(),
            status_field: None,
        }
    }
}

impl<'de> Deserialize<'de> for ContractRules {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |contracts| {
            let default = Self::default();
            let megabytes = number(contracts, "largest_pdf_megabytes", 1, 200);
            let move_to: Option<Stages> = contracts.optional("move_to");
            let match_email = contracts.optional("match_email");
            let update = contracts.optional("update");
            let attach_pdf = contracts.optional("attach_pdf");
            let status_field = contracts.optional("status_field");
            Some(Self {
                match_email: match_email.unwrap_or(default.match_email),
                update: update.unwrap_or(default.update),
                attach_pdf: attach_pdf.unwrap_or(default.attach_pdf),
                largest_pdf: megabytes?.map_or(default.largest_pdf, |megabytes| u64::from(megabytes) * MEGABYTE),
                move_to: move_to.map(|stages| stages.0).unwrap_or_default(),
                status_field,
            })
        })
    }
}

/// A stage for each job.
struct Stages(BTreeMap<JobId, StageId>);

impl<'de> Deserialize<'de> for Stages {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        let ValueInner::Table(rows) = value.take() else {
            return Err(fault(span, "a table is needed: the id of a job, and the id of its stage".to_owned()));
        };
        let mut stages = BTreeMap::new();
        let mut errors = Vec::new();
        for (key, mut value) in rows {
            match (key.name.parse(), Parsed::<StageId>::deserialize(&mut value)) {
                (Ok(job), Ok(stage)) => {
                    stages.insert(job, stage.0);
                }
                (job, stage) => {
                    let of_job = job.err().map(|error| fault(key.span, format!("`{}`: {error}", key.name)).errors);
                    errors.extend(of_job.into_iter().flatten());
                    errors.extend(stage.err().into_iter().flat_map(|error| error.errors));
                }
            }
        }
        if errors.is_empty() { Ok(Self(stages)) } else { Err(DeserError { errors }) }
    }
}
