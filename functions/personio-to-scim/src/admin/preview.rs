//! Who would get an account, be adopted, changed, activated, deactivated or removed by the next sweep, who would be held,
//! and why. Reads what that takes as the pusher does, and cannot write.

use std::collections::HashSet;

use admin::{Change, ChangeKind, Error, Explanation, Preview, ReadingContext};
use vendors::personio::model::person::Person;
use vendors::personio::persons;
use vendors::value::Personal;

use super::budgets::Copies;
use super::context::{only_reading, settings};
use super::desk::{Desk, subject};
use super::judge::{Judged, judge};
use crate::Reader;
use crate::plan::{Plan, Step};

/// After how many persons it is said how far it is.
const TOLD_AFTER: usize = 50;

struct Reading<'a> {
    desk: Desk<'a>,
    budgets: Copies,
    preview: Preview,
    /// The ids of all whom Personio lists.
    listed: HashSet<String>,
}

/// Compares all persons with what the links hold, and looks for accounts of those who have none.
///
/// # Errors
/// Where it cannot be read to its end; half a comparison would look like a whole one.
pub(super) async fn preview(context: ReadingContext<'_>) -> Result<Preview, Error> {
    let settings = settings(&context)?;
    let reader = only_reading(&context)?;
    let budgets = Copies::of(&context, &settings).await?;
    let desk = Desk { context, settings: &settings, scim: reader.scim(&settings) };
    let mut reading = Reading { desk, budgets, preview: Preview::default(), listed: HashSet::new() };
    reading.read_everybody(&reader).await?;
    reading.count_unlisted().await?;
    Ok(reading.preview)
}

impl Reading<'_> {
    async fn read_everybody(&mut self, reader: &Reader) -> Result<(), Error> {
        let settings = self.desk.settings;
        let people = self.people(reader).await?;
        let all = people.len();
        for (index, person) in people.into_iter().enumerate() {
            let object = person.id.to_string();
            let source = reader.complete(&reader.personio(settings), settings, person).await?;
            let judged = judge(&self.desk, source, &mut Explanation::default()).await?;
            self.count(object, judged);
            if (index + 1).is_multiple_of(TOLD_AFTER) {
                (self.desk.context.progress)(&format!("{} of {all} persons compared", index + 1));
            }
            tokio::time::sleep(settings.between_employments()).await;
        }
        Ok(())
    }

    /// All of them before the first is compared: a comparison takes long, and Personio's cursors do not last.
    async fn people(&mut self, reader: &Reader) -> Result<Vec<Person>, Error> {
        let personio = reader.personio(self.desk.settings);
        let mut pages = persons::list(&personio, None);
        let mut people = Vec::new();
        while let Some(page) = pages.next().await? {
            for unreadable in page.unreadable {
                let object = unreadable.id.map(|id| id.to_string()).unwrap_or_default();
                self.note(object, ChangeKind::Refused, format!("cannot be read: `{}`", unreadable.what));
            }
            people.extend(page.items);
        }
        Ok(people)
    }

    fn count(&mut self, object: String, judged: Judged) {
        let (plan, because, values) = match judged {
            Judged::Gone => return,
            Judged::Refused(why) => return self.note(object, ChangeKind::Refused, why),
            Judged::Steps { plan, because, values } => (plan, because, values),
        };
        let Some(kind) = kind(&plan) else {
            self.listed.insert(object);
            self.preview.unchanged += 1;
            return;
        };
        match self.budgets.take(&plan, &subject(&object)).filter(|taken| taken.is_held) {
            Some(held) => self.add(object, ChangeKind::Held, format!("{plan}: {because}; {}", held.state), values),
            None => self.add(object, kind, format!("{plan}: {because}"), values),
        }
    }

    fn note(&mut self, object: String, kind: ChangeKind, what: String) {
        self.add(object, kind, what, None);
    }

    fn add(&mut self, object: String, kind: ChangeKind, what: String, value: Option<Personal<String>>) {
        self.listed.insert(object.clone());
        self.preview.changes.push(Change { object, kind, what, value });
    }

    /// Whom Personio does not list, two sweeps look at.
    async fn count_unlisted(&mut self) -> Result<(), Error> {
        let mut from = None;
        loop {
            let context = &self.desk.context;
            let (links, next) = context.ledger.link_summaries(context.name, from).await?;
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

/// What a plan comes to for the person. `None`: nothing. Whether people can log in says more than how they came.
fn kind(plan: &Plan) -> Option<ChangeKind> {
    let of = |step: &Step| match step {
        Step::Create => ChangeKind::Created,
        Step::Adopt => ChangeKind::Adopted,
        Step::Activate | Step::Change(_) => ChangeKind::Changed,
        Step::Deactivate => ChangeKind::Deactivated,
        Step::Remove => ChangeKind::Removed,
    };
    let ends = plan.0.iter().find(|step| matches!(step, Step::Deactivate | Step::Remove));
    ends.or(plan.0.first()).map(of)
}
