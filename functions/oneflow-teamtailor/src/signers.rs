//! Who signs for the company: the job's recruiter, where the connection asks for that and they are a user of Oneflow; else whom
//! the connection names; else as the template has it.

use edge::verdict::Fault;
use vendors::oneflow::model::NewParticipant;
use vendors::oneflow::operations::LIST_USERS;
use vendors::oneflow::users;
use vendors::teamtailor::jobs;
use vendors::teamtailor::model::{JobId, User};
use vendors::teamtailor::operations::READ_JOB;
use vendors::value::Email;
use vendors::{Error, Kind};

use crate::connection::StartRules;
use crate::reader::Reader;

/// Who signs for the company.
pub(crate) enum Signers {
    /// These; nobody: as the template has it.
    These(Vec<NewParticipant>),
    /// The job has no recruiter who is a user of Oneflow, and the connection names nobody else.
    Nobody,
}

/// Who signs for the company in a contract for an application to this job.
///
/// # Errors
/// The vendors'; [`Fault::OutOfTime`].
pub(crate) async fn signers(reader: &Reader<'_>, rules: &StartRules, job: Option<&JobId>) -> Result<Signers, Fault> {
    if !rules.own_recruiter {
        return Ok(Signers::These(rules.own.iter().cloned().collect()));
    }
    let recruiter = match job {
        Some(job) => recruiter(reader, job).await?,
        None => None,
    };
    Ok(match recruiter.or_else(|| rules.own.clone()) {
        Some(signer) => Signers::These(vec![signer]),
        None => Signers::Nobody,
    })
}

async fn recruiter(reader: &Reader<'_>, job: &JobId) -> Result<Option<NewParticipant>, Fault> {
    reader.needs_a_call()?;
    let recruiter = match reader.note(READ_JOB, jobs::recruiter(&reader.teamtailor, job).await) {
        Ok(recruiter) => recruiter,
        Err(Error { kind: Kind::Gone, .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let Some(User { name: Some(name), email: Some(email), .. }) = recruiter else { return Ok(None) };
    let is_user = is_user(reader, &email).await?;
    Ok(is_user.then_some(NewParticipant { name, email, phone: None, is_signatory: true }))
}

/// Whether somebody with this address may act in Oneflow.
async fn is_user(reader: &Reader<'_>, email: &Email) -> Result<bool, Fault> {
    let mut cursor = None;
    loop {
        reader.needs_a_call()?;
        let page = reader.note(LIST_USERS, users::page(&reader.oneflow, cursor.as_ref()).await)?;
        let is_theirs = |user: &&vendors::oneflow::model::User| user.email.folded() == email.folded();
        if let Some(user) = page.items.iter().find(is_theirs) {
            return Ok(user.is_active != Some(false));
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(false);
        }
    }
}
