//! How a person gets an account: it is made, or one that is there is adopted. Its id is claimed in the same write as
//! the link.

use edge::verdict::Fault;
use reconcile::Answered;
use reconcile::guard::Effect;
use vendors::scim::model::User;
use vendors::scim::operations::CREATE_USER;
use vendors::scim::users::{self, Created};

use crate::adopt::{Candidate, after_taken, may_take, other_holder};
use crate::blocker::{Blocker, InTheWay};
use crate::contest::contest;
use crate::goal::Content;
use crate::held::held;
use crate::link::{Account, Digests, Object, Origin, Sent, digest, digest_of_name};
use crate::work::Work;

/// Makes an account. It may turn out that there is one, which is then adopted where the policy says so.
pub(crate) async fn create(
    work: &Work<'_>,
    object: &mut Object<'_>,
    content: &Content,
) -> Result<Option<Blocker>, Fault> {
    if let Some(blocker) = held(work, object, Effect::Create).await? {
        return Ok(Some(blocker));
    }
    work.turn(object).await?;
    let sent = sent(work, content);
    object.intend(sent.clone()).await?;
    let answer = users::create(&work.scim, &content.user_name, &content.for_creation()).await;
    let created = match object.answered(answer).await? {
        Answered::Made(created) => created,
        Answered::Refused { reasons, .. } => {
            return Ok(Some(Blocker::step_refused(
                work.person,
                &format!("make an account ({})", reasons.join("; ")),
                &[],
            )));
        }
    };
    work.has_answered(CREATE_USER);
    match created {
        Created::Made(user) => {
            let account = Account { id: user.id, origin: Origin::Created, active: Some(true), sent: sent.digests };
            enter(work, object, account).await
        }
        Created::Existing(user) if may_take(work, object, &user, &content.external_id).await? => {
            adopt(work, object, &user).await
        }
        Created::Existing(_) => Ok(Some(Blocker::in_the_way(work.person, InTheWay::Login))),
        Created::Taken(_) => match after_taken(work, object, &content.external_id, &content.user_name).await? {
            Candidate::User(user) => adopt(work, object, &user).await,
            Candidate::InTheWay(blocker) => Ok(Some(blocker)),
            Candidate::Nobody => Ok(Some(Blocker::in_the_way(work.person, InTheWay::Taken))),
        },
        Created::Refused(reasons) => Ok(Some(Blocker::step_refused(work.person, "make an account", &reasons))),
    }
}

/// Takes a user as the person's account, unless they are another person's.
pub(crate) async fn adopt(work: &Work<'_>, object: &mut Object<'_>, user: &User) -> Result<Option<Blocker>, Fault> {
    enter(work, object, adopted(user)).await
}

/// The account that a found user would be.
pub(crate) fn adopted(user: &User) -> Account {
    Account { id: user.id.clone(), origin: Origin::Adopted, active: user.active, sent: Digests::new() }
}

/// The account is the person's from now on. An id that another person holds stays theirs, unless they are no longer
/// current.
pub(crate) async fn enter(
    work: &Work<'_>,
    object: &mut Object<'_>,
    account: Account,
) -> Result<Option<Blocker>, Fault> {
    if let Some(holder) = other_holder(work, object, &account.id).await? {
        return contest(work, object, &account.id, &holder).await;
    }
    if account.origin == Origin::Adopted {
        tracing::info!(connection = work.attempt.connection(), person = %work.person, "an account that was there is adopted");
    }
    object.claim(account.id.as_str());
    object.state_mut().account = Some(account);
    object.state_mut().former = None;
    object.save().await?;
    Ok(None)
}

/// What is written down before an account is made.
fn sent(work: &Work<'_>, content: &Content) -> Sent {
    let digests = content.told_at_creation().map(|change| (change.attribute(), digest(change))).collect();
    Sent {
        external_id: content.external_id.clone(),
        user_name: digest_of_name(&content.user_name),
        was_looked_for: work.settings.rules.policies.adoption != mapping::personio_to_scim::Adoption::Off,
        digests,
    }
}
