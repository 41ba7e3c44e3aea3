//! Who would get an account, be adopted, changed, activated, deactivated or removed by the next sweep, and why. Reads
//! what that takes as the pusher does, and writes nothing anywhere.

use std::collections::HashSet;
use std::time::Duration;

use admin::{Change, ChangeKind, Context, Error, Preview};
use edge::verdict::Fault;
use ledger::{Link, Subject};
use mapping::personio_to_scim::{Adoption, MappedAttributes, MappedChange};
use reconcile::Memory;
use vendors::personio::persons;
use vendors::scim::client::Scim;
use vendors::scim::lookup::{self, UserMatch};
use vendors::scim::model::{AttributeChange, AttributeValue, User};

use super::context::{reader, settings};
use crate::Reader;
use crate::connection::Settings;
use crate::desired::{Decided, Desired, decide};
use crate::enter::adopted;
use crate::goal::{Content, Goal};
use crate::link::{Account, KIND, Sent, State};
use crate::plan::{Plan, Step};
use crate::source::Source;

/// After how many persons it is said how far it is.
const TOLD_AFTER: usize = 50;

struct Reading<'a> {
    context: Context<'a>,
    settings: &'a Settings,
    scim: Scim,
    preview: Preview,
    /// The ids of all whom Personio lists.
    listed: HashSet<String>,
}

/// What the look-up of an account would find.
enum Found {
    Nobody,
    User(Box<User>),
    InTheWay(&'static str),
}

/// Compares all persons with what the links hold, and looks for accounts of those who have none.
///
/// # Errors
/// Where it cannot be read to its end; half a comparison would look like a whole one.
pub(super) async fn preview(context: Context<'_>) -> Result<Preview, Error> {
    let settings = settings(&context)?;
    let reader = reader(&context)?;
    let scim = reader.scim(&settings);
    let mut reading =
        Reading { context, settings: &settings, scim, preview: Preview::default(), listed: HashSet::new() };
    reading.read_everybody(&reader).await?;
    reading.count_unlisted().await?;
    Ok(reading.preview)
}

impl Reading<'_> {
    async fn read_everybody(&mut self, reader: &Reader) -> Result<(), Error> {
        let personio = reader.personio(self.settings);
        let mut pages = persons::list(&personio, None);
        let mut people = Vec::new();
        while let Some(page) = pages.next().await? {
            for unreadable in page.unreadable {
                let object = unreadable.id.map(|id| id.to_string()).unwrap_or_default();
                self.note(object, ChangeKind::Refused, format!("cannot be read: `{}`", unreadable.what));
            }
            people.extend(page.items);
        }
        let all = people.len();
        for (index, person) in people.into_iter().enumerate() {
            let object = person.id.to_string();
            let source = reader.complete(&personio, self.settings, person).await?;
            self.compare(object, source).await?;
            if (index + 1).is_multiple_of(TOLD_AFTER) {
                (self.context.progress)(&format!("{} of {all} persons compared", index + 1));
            }
            tokio::time::sleep(self.settings.between_employments()).await;
        }
        Ok(())
    }

    async fn compare(&mut self, object: String, source: Source) -> Result<(), Error> {
        let record = match source {
            Source::Found(record) => record,
            Source::Gone => return Ok(()),
            Source::Unreadable(reasons) => {
                self.note(object, ChangeKind::Refused, reasons.join("; "));
                return Ok(());
            }
        };
        let Decided { desired, .. } = decide(&record, self.settings, self.context.now)?;
        let account = self.account(&object).await?;
        match desired {
            Err(blocker) => self.note(object, ChangeKind::Refused, blocker.notice.reasons.join("; ")),
            Ok(desired) => self.compare_desired(object, account, desired).await?,
        }
        Ok(())
    }

    async fn compare_desired(
        &mut self,
        object: String,
        account: Option<Account>,
        desired: Desired,
    ) -> Result<(), Error> {
        let (goal, because) = self.goal(desired).await?;
        let found = match (&account, &goal) {
            (None, Goal::Active(content)) => self.look_up(content).await?,
            _ => Found::Nobody,
        };
        let plan = match &found {
            Found::Nobody => Plan::of(account.as_ref(), &goal),
            Found::User(user) => Plan::adopting(&adopted(user), &goal),
            Found::InTheWay(why) => {
                self.note(object, ChangeKind::Refused, (*why).to_owned());
                return Ok(());
            }
        };
        match kind(&plan) {
            Some(kind) => self.note(object, kind, format!("{plan}: {because}")),
            None => {
                self.listed.insert(object);
                self.preview.unchanged += 1;
            }
        }
        Ok(())
    }

    async fn goal(&self, desired: Desired) -> Result<(Goal, String), Error> {
        Ok(match desired {
            Desired::Active(mapped) => {
                let manager = self.manager(&mapped).await?;
                (Goal::Active(Box::new(Content::of(*mapped, manager))), "an employment runs".to_owned())
            }
            Desired::Inactive { because, .. } => (Goal::Inactive { known_as: None }, because),
            Desired::Nothing { because, .. } => (Goal::Nothing { known_as: None }, because),
            Desired::AsItStands { because } => (Goal::AsItStands, because),
        })
    }

    async fn manager(&self, mapped: &MappedAttributes) -> Result<Option<MappedChange>, Error> {
        let Some(manager) = mapped.manager else { return Ok(None) };
        let Some(person) = manager.person else { return Ok(None) };
        let account = self.account(&person.to_string()).await?;
        let change = account.map(|account| AttributeChange::Set(AttributeValue::manager(&account.id)));
        Ok(change.map(|change| MappedChange { change, when: manager.when }))
    }

    async fn account(&self, person: &str) -> Result<Option<Account>, Error> {
        let subject = Subject::new(KIND, person);
        let link: Option<Link<Memory<State, Sent>>> = self.context.ledger.link(self.context.name, &subject).await?;
        Ok(link.and_then(|link| link.state.state.account))
    }

    /// The look-ups that the pusher would make.
    async fn look_up(&self, content: &Content) -> Result<Found, Error> {
        let adoption = self.settings.rules.policies.adoption;
        if adoption == Adoption::Off {
            return Ok(Found::Nobody);
        }
        let adopts = matches!(adoption, Adoption::ExternalId | Adoption::UserName);
        match patiently(async || lookup::by_external_id(&self.scim, &content.external_id).await).await? {
            UserMatch::One(user) if adopts => return Ok(Found::User(Box::new(user))),
            UserMatch::Nobody => {}
            UserMatch::One(_) => {
                return Ok(Found::InTheWay("a user with the person's id is there, and none is adopted"));
            }
            UserMatch::Several(_) => return Ok(Found::InTheWay("several users have the person's id")),
            UserMatch::Unclear(_) => return Ok(Found::InTheWay("the partner system's look-up says nothing")),
        }
        Ok(match patiently(async || lookup::by_user_name(&self.scim, &content.user_name).await).await? {
            UserMatch::Nobody => Found::Nobody,
            UserMatch::One(user) if adoption == Adoption::UserName => Found::User(Box::new(user)),
            UserMatch::One(_) => Found::InTheWay("another user has the person's login"),
            UserMatch::Several(_) => Found::InTheWay("several users have the person's login"),
            UserMatch::Unclear(_) => Found::InTheWay("the partner system's look-up says nothing"),
        })
    }

    fn note(&mut self, object: String, kind: ChangeKind, what: String) {
        self.listed.insert(object.clone());
        self.preview.changes.push(Change { object, kind, what });
    }

    /// Whom Personio does not list, two sweeps look at.
    async fn count_unlisted(&mut self) -> Result<(), Error> {
        let mut from = None;
        loop {
            let (links, next) = self.context.ledger.link_summaries(self.context.name, from).await?;
            let held = links.iter().filter(|link| link.holds);
            let unlisted = held.filter(|link| !self.listed.contains(link.subject.id.as_str())).count();
            self.preview.unlisted += u64::try_from(unlisted).unwrap_or(u64::MAX);
            from = next;
            if from.is_none() {
                return Ok(());
            }
        }
    }
}

/// What a plan comes to for the person. `None`: nothing.
fn kind(plan: &Plan) -> Option<ChangeKind> {
    plan.0.first().map(|step| match step {
        Step::Create => ChangeKind::Created,
        Step::Adopt | Step::Activate | Step::Change(_) => ChangeKind::Changed,
        Step::Deactivate | Step::Remove => ChangeKind::Removed,
    })
}

/// Repeats a call that the partner puts off: thousands of calls meet a rate limit sooner or later.
async fn patiently<T>(mut call: impl AsyncFnMut() -> Result<T, vendors::Error>) -> Result<T, Fault> {
    for rest in [1, 4, 16, 60] {
        match call().await {
            Err(vendors::Error { kind: vendors::Kind::RateLimited { retry_after }, .. }) => {
                let rest = retry_after.unwrap_or_default().max(Duration::from_secs(rest));
                tokio::time::sleep(rest).await;
            }
            answer => return Ok(answer?),
        }
    }
    Ok(call().await?)
}
