//! Which positions and openings would be made, changed or cancelled by the next sweep, which wait, and why. Reads what that
//! takes as sweeper and pusher do, and cannot write.

use std::collections::HashSet;

use admin::{Change, ChangeKind, Error, ExplainedStep, Explanation, Preview, ReadingContext};
use jiff::tz::TimeZone;
use ledger::{Budget, BudgetUse, Guarded, Link, Subject};
use mapping::hibob_to_recruit::{OpeningField, Row, mapped_position};
use reconcile::Memory;
use reconcile::guard::Effect;
use serde::de::DeserializeOwned;
use vendors::hibob::model::{Opening, OpeningId, PositionId};
use vendors::hibob::{openings, positions};
use vendors::value::Personal;

use super::context::{hibob, only_reading, settings};
use super::listed::HibobLists;
use super::{by_hand, remarks};
use crate::blocker::Blocker;
use crate::connection::Settings;
use crate::desired::{Desired, Known, decide};
use crate::link::{self, GroupState, OPENING, OpeningState, SentOpening, SentPosition};
use crate::plan::{Plan, Step};

/// After how many openings it is said how far it is.
const TOLD_AFTER: usize = 200;

struct Reading<'a> {
    context: ReadingContext<'a>,
    settings: &'a Settings,
    creations: BudgetUse,
    cancellations: BudgetUse,
    has_been_swept: bool,
    preview: Preview,
    /// The ids of all that HiBob lists.
    listed: HashSet<String>,
    /// The groups whose position the preview has made.
    made: HashSet<Subject>,
    /// The positions that `policies.backfill` leaves.
    left: HashSet<PositionId>,
}

/// What would be done about one opening.
enum Judged {
    Steps { plan: Plan, group: Subject, because: String, values: Entered },
    Left,
    Refused(String, Entered),
}

/// What people have entered in HiBob, as far as it would be written or stands in the way.
type Entered = Option<Personal<String>>;

/// Compares all openings with what the links hold.
///
/// # Errors
/// Where it cannot be read to its end; half a comparison would look like a whole one.
pub(super) async fn preview(context: ReadingContext<'_>) -> Result<Preview, Error> {
    let settings = settings(&context)?;
    let http = only_reading()?;
    let hibob = hibob(&context, &settings, &http);
    let [creations, cancellations] = budgets(&context, &settings);
    let mut reading = Reading {
        creations: context.ledger.budget_use(creations).await?,
        cancellations: context.ledger.budget_use(cancellations).await?,
        has_been_swept: context.ledger.cursor(context.name).await?.is_some(),
        context,
        settings: &settings,
        preview: Preview::default(),
        listed: HashSet::new(),
        made: HashSet::new(),
        left: HashSet::new(),
    };
    reading.compare_all(&HibobLists::read(&hibob, &settings).await?).await?;
    reading.count_unlisted().await?;
    if !reading.left.is_empty() {
        (context.progress)(&remarks::said(reading.left.len()));
    }
    by_hand::tell(&context, &settings, &http).await?;
    Ok(reading.preview)
}

/// Explains one opening, by HiBob's id.
///
/// # Errors
/// HiBob's; where the table fails.
pub(super) async fn explain(context: ReadingContext<'_>, object: &str) -> Result<Explanation, Error> {
    let settings = settings(&context)?;
    let hibob = hibob(&context, &settings, &only_reading()?);
    let id: OpeningId = object.parse().map_err(|error| Error::Refused(format!("`{object}`: {error}")))?;
    let mut told = Explanation::default();
    let Some(opening) = openings::read(&hibob, &id, &settings.fields.of_openings).await? else {
        told.add("HiBob", "shows no such opening");
        return Ok(told);
    };
    let Some(position) = &opening.position else {
        told.add("HiBob", "does not show which position the opening belongs to");
        return Ok(told);
    };
    told.add("position", position.to_string());
    let Some(position) = positions::read(&hibob, position, &settings.fields.of_positions).await? else {
        told.add("HiBob", "does not show the position");
        return Ok(told);
    };
    let row = Row { position: &position, opening: &opening };
    told.add("approved", format!("{:?}", settings.rules.approval.of(row)));
    let known = context.ledger.cursor(context.name).await?.map_or(Known::BeforeFirstSweep, |_| Known::Later);
    let (seen, value) = match judge(&context, &settings, row, known).await? {
        Judged::Steps { plan, group, because, values } => {
            (format!("{plan}, in the turn of {group}: {because}"), values)
        }
        Judged::Left => ("left: it was approved before the first sweep".to_owned(), None),
        Judged::Refused(why, entered) => (format!("refused: {why}"), entered),
    };
    told.steps.push(ExplainedStep { what: "the next sweep would", seen, value });
    Ok(told)
}

/// What would be done about one opening.
async fn judge(context: &ReadingContext<'_>, settings: &Settings, row: Row<'_>, known: Known) -> Result<Judged, Error> {
    let state: OpeningState = state::<_, SentOpening>(context, &link::opening(&row.opening.id)).await?;
    let known = if state.is_left { Known::BeforeFirstSweep } else { known };
    let desired = match decide(row, &state, &settings.rules, known) {
        Ok(Desired::Left) => return Ok(Judged::Left),
        Ok(desired) => desired,
        Err(Blocker { notice, entered, .. }) => {
            return Ok(Judged::Refused(
                notice.reasons.join("; "),
                joined(entered.iter().map(|it| it.reveal().clone())),
            ));
        }
    };
    let group = state.group.clone().unwrap_or_else(|| link::group(&settings.rules.group_by.key(row)));
    let of_group: GroupState = self::state::<_, SentPosition>(context, &group).await?;
    let plan = Plan::of(&desired, &state, &of_group);
    if plan.0.contains(&Step::CreatePosition)
        && let Err(unmappable) = mapped_position(row, &settings.rules.position)
    {
        let words = unmappable.problems.iter().filter_map(|problem| problem.word.as_ref());
        return Ok(Judged::Refused(unmappable.to_string(), joined(words.map(|word| word.reveal().clone()))));
    }
    let values = values(&plan, &desired);
    let because = match desired {
        Desired::AsItStands(because) => because.to_string(),
        Desired::Cancelled(reason) => reason.to_string(),
        Desired::Open(_) | Desired::Elsewhere | Desired::Left => "as HiBob shows it".to_owned(),
    };
    Ok(Judged::Steps { plan, group, because, values })
}

/// What the fields of an opening that would be made or changed are to hold.
fn values(plan: &Plan, desired: &Desired) -> Entered {
    let Desired::Open(mapped) = desired else { return None };
    let is_written = |field: &OpeningField| {
        plan.0.iter().any(|step| match step {
            Step::CreatePosition | Step::CreateOpening => true,
            Step::Change(fields) => fields.contains(field),
            Step::Cancel(_) | Step::GiveUp => false,
        })
    };
    let written = mapped.values().into_iter().filter(|(field, _)| is_written(field));
    joined(written.map(|(field, text)| format!("{field}: {text}")))
}

fn joined(texts: impl Iterator<Item = String>) -> Entered {
    let texts: Vec<String> = texts.collect();
    (!texts.is_empty()).then(|| Personal::new(texts.join(", ")))
}

/// What a link holds; of what has none, nothing.
async fn state<S, I>(context: &ReadingContext<'_>, subject: &Subject) -> Result<S, Error>
where
    S: Default + DeserializeOwned,
    I: DeserializeOwned,
{
    let link: Option<Link<Memory<S, I>>> = context.ledger.link(context.name, subject).await?;
    Ok(link.map(|link| link.state.state).unwrap_or_default())
}

impl Reading<'_> {
    async fn compare_all(&mut self, lists: &HibobLists) -> Result<(), Error> {
        for (object, what) in &lists.unreadable {
            self.note(object.clone(), ChangeKind::Refused, format!("cannot be read: `{what}`"), None);
        }
        for opening in &lists.openings {
            self.compare(opening, lists).await?;
        }
        Ok(())
    }

    async fn compare(&mut self, opening: &Opening, lists: &HibobLists) -> Result<(), Error> {
        let object = opening.id.to_string();
        let Some(row) = lists.row(opening) else {
            self.note(object, ChangeKind::Refused, "HiBob does not show its position".to_owned(), None);
            return Ok(());
        };
        let known = if self.has_been_swept { Known::Later } else { Known::BeforeFirstSweep };
        let judged = judge(&self.context, self.settings, row, known).await?;
        if matches!(judged, Judged::Left) {
            self.left.insert(row.position.id.clone());
        }
        self.count(object, judged);
        if self.listed.len().is_multiple_of(TOLD_AFTER) {
            (self.context.progress)(&format!("{} openings compared", self.listed.len()));
        }
        Ok(())
    }

    fn count(&mut self, object: String, judged: Judged) {
        let (mut plan, group, because, values) = match judged {
            Judged::Steps { plan, group, because, values } => (plan, group, because, values),
            Judged::Left => {
                self.listed.insert(object);
                self.preview.unchanged += 1;
                return;
            }
            Judged::Refused(why, entered) => return self.note(object, ChangeKind::Refused, why, entered),
        };
        self.make_once(&mut plan, group);
        let Some(kind) = kind(&plan) else {
            self.listed.insert(object);
            self.preview.unchanged += 1;
            return;
        };
        let budget = match kind {
            ChangeKind::Created => Some(&mut self.creations),
            ChangeKind::Removed => Some(&mut self.cancellations),
            _ => None,
        };
        let subject = Subject::new(OPENING, &object);
        match budget.map(|budget| budget.take(&subject)) {
            Some(Guarded::Held) => {
                self.note(object, ChangeKind::Held, format!("{plan}: {because}; today's budget is used up"), values)
            }
            _ => self.note(object, kind, format!("{plan}: {because}"), values),
        }
    }

    /// The first opening of a group brings its position; the others find it.
    fn make_once(&mut self, plan: &mut Plan, group: Subject) {
        for step in &mut plan.0 {
            if *step == Step::CreatePosition && !self.made.insert(group.clone()) {
                *step = Step::CreateOpening;
            }
        }
    }

    fn note(&mut self, object: String, kind: ChangeKind, what: String, value: Entered) {
        self.listed.insert(object.clone());
        self.preview.changes.push(Change { object, kind, what, value });
    }

    /// What HiBob does not list, two sweeps look at.
    async fn count_unlisted(&mut self) -> Result<(), Error> {
        let mut from = None;
        loop {
            let (links, next) = self.context.ledger.link_summaries(self.context.name, from).await?;
            let held = links.iter().filter(|link| link.holds && link.subject.kind == OPENING);
            let unlisted = held.filter(|link| !self.listed.contains(link.subject.id.as_str())).count();
            self.preview.unlisted += u64::try_from(unlisted).unwrap_or(u64::MAX);
            from = next;
            if from.is_none() {
                return Ok(());
            }
        }
    }
}

fn budgets<'a>(context: &ReadingContext<'a>, settings: &Settings) -> [Budget<'a>; 2] {
    let day = context.now.to_zoned(TimeZone::UTC).date();
    [Effect::Create, Effect::Remove].map(|effect| Budget {
        connection: context.name,
        effect: effect.word(),
        day,
        most: settings.budgets.most(effect),
    })
}

/// What a plan comes to. `None`: nothing.
fn kind(plan: &Plan) -> Option<ChangeKind> {
    let of = |step: &Step| match step {
        Step::CreatePosition | Step::CreateOpening => ChangeKind::Created,
        Step::Change(_) | Step::GiveUp => ChangeKind::Changed,
        Step::Cancel(_) => ChangeKind::Removed,
    };
    let ends = plan.0.iter().find(|step| matches!(step, Step::Cancel(_)));
    ends.or(plan.0.first()).map(of)
}
