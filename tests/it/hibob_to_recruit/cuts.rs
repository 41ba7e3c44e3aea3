//! Crash points: every outbound call of a creation, a change and a cancellation, cut before it is sent and after it was
//! answered where that makes a difference, by functions that remember nothing. Afterwards Recruit holds exactly what it
//! should.

use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::hibob::{Cell, Made};
use twins::recruit::{CustomId, Opening, SEED_ACCOUNT, Status};

use super::house::{House, MINUTE};
use super::stage::{cells, opening_cells};
use crate::support::cuts::Client;
use crate::support::proxy::Trouble;

const START: &str = "/positionOpening/expectedStartDate";
const NAME: &str = "/positionOpening/positionOpeningName";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Story {
    /// A position with its first opening.
    Create,
    /// A second opening.
    Add,
    Change,
    Cancel,
    Delete,
}

/// A position, and the opening that the story is about.
struct Begun {
    made: Made,
    opening: u64,
    name: String,
}

impl Story {
    fn event(self) -> &'static str {
        match self {
            Self::Create | Self::Add => "created",
            Self::Change | Self::Cancel => "updated",
            Self::Delete => "deleted",
        }
    }

    /// A position of its own at the point where the story begins.
    async fn begin(self, house: &House) -> Begun {
        let made = match self {
            Self::Create => house.position(1).await,
            Self::Delete => house.entered(2).await,
            Self::Add | Self::Change | Self::Cancel => house.entered(1).await,
        };
        house.pass(MINUTE);
        let (office, mut opening) = (house.office(), made.opening_ids[0]);
        let name = office.opening(opening).unwrap().text(NAME);
        match self {
            Self::Create => {}
            Self::Add => opening = office.add_opening(made.id, opening_cells()).await.unwrap(),
            Self::Change => office.edit_opening(opening, cells(START, Cell::new("2026-07-01"))).await.unwrap(),
            Self::Cancel => office.cancel_opening(opening, false).await.unwrap(),
            Self::Delete => office.delete_opening(opening).await.unwrap(),
        }
        let name = office.opening(opening).map_or(name, |row| row.text(NAME));
        Begun { made, opening, name }
    }

    async fn play(self, house: &House, begun: &Begun) {
        let answer = house.told_of_opening(self.event(), begun.opening).await;
        if answer.status != 200 {
            assert_eq!(answer.status, 503, "HiBob comes again");
            house.pass(MINUTE);
            assert_eq!(house.told_of_opening(self.event(), begun.opening).await.status, 200);
        }
        house.until_quiet().await;
    }

    /// One opening of Recruit for it, as it should be, and no other.
    fn check(self, house: &House, begun: &Begun, after: &str) {
        let twin = house.twins.recruit();
        let all = house.openings();
        let ours: Vec<&Opening> = all.iter().filter(|opening| opening.name == begun.name).collect();
        let [opening] = ours.as_slice() else { panic!("{after}: {:?}", house.held()) };
        let is_over = matches!(self, Self::Cancel | Self::Delete);
        assert_eq!(opening.status, if is_over { Status::Canceled } else { Status::Open }, "{after}");
        let start = if self == Self::Change { "2026-07-01T00:00:00Z" } else { "2026-06-01T00:00:00Z" };
        assert_eq!(opening.time_expected_hire.as_deref(), Some(start), "{after}");
        let in_position = begun.made.opening_ids.len() + usize::from(self == Self::Add);
        assert_eq!(twin.openings_of(SEED_ACCOUNT, &opening.position_uid).len(), in_position, "{after}");
    }
}

/// Where a story is cut. Calls of AWS are cut by the proxy, calls of the vendors by their twins.
#[derive(Debug, Clone)]
enum Cut {
    Aws(usize, Trouble),
    Hibob(u32, Effect),
    Recruit(u32, Effect),
}

impl Cut {
    fn set(&self, house: &House) {
        match self.clone() {
            Self::Aws(number, trouble) => house.proxy().watch(move |call, _| (call == number).then_some(trouble)),
            Self::Hibob(number, effect) => house.twins.hibob().desk().set_faults(the(number, effect)),
            Self::Recruit(number, effect) => house.twins.recruit().desk().set_faults(the(number, effect)),
        }
    }

    fn unset(house: &House) {
        house.proxy().watch(|_, _| None);
        house.twins.hibob().desk().set_faults(Faults::default());
        house.twins.recruit().desk().set_faults(Faults::default());
    }
}

/// The call with this number, from now on, goes wrong.
fn the(number: u32, effect: Effect) -> Faults {
    Faults::one(Rule::new("*", effect).unwrap().skip(number).times(1))
}

/// How many calls both vendors have got.
fn vendors_calls(house: &House) -> [usize; 2] {
    [house.twins.hibob().desk().calls().len(), house.twins.recruit().desk().calls().len()]
}

/// The cuts of a story that made these calls. A vendor's client never repeats a call.
fn cuts(client: Client, of_aws: &[(String, Option<Trouble>)], [hibob, recruit]: [usize; 2]) -> Vec<Cut> {
    let of_aws = client.cuts(of_aws.iter().map(|(kind, _)| kind.as_str()));
    let mut cuts: Vec<Cut> = of_aws.into_iter().map(|(number, _, trouble)| Cut::Aws(number, trouble)).collect();
    if client == Client::GivesUp {
        // HiBob is only read, and whether that was carried out before its answer was lost makes no difference
        cuts.extend((0..u32::try_from(hibob).unwrap()).map(|number| Cut::Hibob(number, Effect::DropRequest)));
        for effect in [Effect::DropRequest, Effect::DropAnswer] {
            cuts.extend((0..u32::try_from(recruit).unwrap()).map(|number| Cut::Recruit(number, effect.clone())));
        }
    }
    cuts
}

async fn cut_everywhere(story: Story, client: Client) {
    let mut house = House::behind_a_proxy(client.retries()).await;
    house.set("custom_id = false", "custom_id = true").await;
    house.quirks(|quirks| quirks.custom_id = CustomId::Kept);
    let begun = story.begin(&house).await;
    house.cold();
    house.proxy().watch(|_, _| None);
    let before = vendors_calls(&house);
    story.play(&house, &begun).await;
    let after = vendors_calls(&house);
    story.check(&house, &begun, "uncut");
    let cuts = cuts(client, &house.proxy().calls(), [after[0] - before[0], after[1] - before[1]]);
    assert!(!cuts.is_empty());
    for cut in &cuts {
        let begun = story.begin(&house).await;
        house.cold();
        cut.set(&house);
        story.play(&house, &begun).await;
        Cut::unset(&house);
        story.check(&house, &begun, &format!("{cut:?}"));
    }
    let positions = house.twins.recruit().positions(SEED_ACCOUNT).len();
    assert_eq!(positions, cuts.len() + 2, "one for each story, the uncut one, the template");
    assert_eq!(house.mails().await, Vec::<String>::new(), "nothing of this is a person's business");
    house.close().await;
}

#[tokio::test]
async fn a_new_position_ends_well_wherever_it_is_cut() {
    cut_everywhere(Story::Create, Client::GivesUp).await;
}

#[tokio::test]
async fn a_new_position_ends_well_where_the_aws_client_repeats() {
    cut_everywhere(Story::Create, Client::Repeats).await;
}

#[tokio::test]
async fn a_new_opening_ends_well_wherever_it_is_cut() {
    cut_everywhere(Story::Add, Client::GivesUp).await;
}

#[tokio::test]
async fn a_change_ends_well_wherever_it_is_cut() {
    cut_everywhere(Story::Change, Client::GivesUp).await;
}

#[tokio::test]
async fn a_cancellation_ends_well_wherever_it_is_cut() {
    cut_everywhere(Story::Cancel, Client::GivesUp).await;
}

#[tokio::test]
async fn a_deletion_ends_well_wherever_it_is_cut() {
    cut_everywhere(Story::Delete, Client::GivesUp).await;
}
