//! One life of a position, told by HiBob's own deliveries, whatever both vendors are like where their documentation is
//! silent: each ends alike.

use twins::faults::Effect;
use twins::hibob::{Cell, Modes, NewHook, NewPosition, Office, SEED_COMPANY};
use twins::recruit::CustomId;

use super::characters;
use super::house::{House, MINUTE};
use super::stage::{SECRET, cells, opening_cells, position};
use crate::support::characters::Character;
use crate::support::door::Door;
use crate::support::rows::play;

const START: &str = "/positionOpening/expectedStartDate";

/// Which events the webhook is registered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    All,
    /// The three of the vendors' article.
    Article,
}

/// A house with a door at which HiBob delivers.
struct Scene {
    house: House,
    door: Door,
    office: Office,
    told: Told,
}

impl Scene {
    async fn new(hibob: Character, recruit: Character, told: Told) -> Self {
        let mut house = House::new().await;
        house.hibob(|quirks| *quirks = characters::hibob(hibob));
        house.quirks(|quirks| *quirks = characters::recruit(recruit));
        let document = house.document().replace("no_open_requests = false", "no_open_requests = true");
        let keeps_ids = characters::recruit(recruit).custom_id == CustomId::Kept;
        house.configure(&document.replace("custom_id = false", &format!("custom_id = {keeps_ids}"))).await;
        if keeps_ids {
            house.recruit_fails("POST /positions/", Effect::DropAnswer, 1);
        }
        let deliveries = if hibob == Character::AtItsWorst { 2 } else { 1 };
        let office = house.twins.hibob().office(SEED_COMPANY).with(Modes { deliveries, ..Modes::default() });
        let scene = Self { house, door: Door::new().await, office, told };
        scene.connect().await;
        scene
    }

    async fn connect(&self) {
        let url = self.door.url("hibob-to-recruit", "openings");
        let mut hook = if self.told == Told::All { NewHook::all(&url) } else { NewHook::of_the_article(&url) };
        hook.secret = Some(SECRET.to_owned());
        let connected = self.during(self.office.connect(hook)).await.unwrap();
        assert_eq!(connected.pings, [Some(200)], "the first form is enough");
    }

    /// Somebody acts in HiBob, and HiBob tells.
    async fn during<T>(&self, act: impl Future<Output = T>) -> T {
        self.door.during(act, async |request| self.house.receiver.receive(request).await).await
    }

    /// What follows from the events. Of what the article's events do not tell, the next sweep.
    async fn settle(&self) {
        self.house.until_quiet().await;
        self.house.pass(2 * MINUTE);
        self.house.schedule().await;
        self.house.until_quiet().await;
        if self.told == Told::Article {
            self.house.sweep_all().await;
        }
    }
}

/// A request is approved; one of its openings changes and is cancelled, another one comes.
async fn live(hibob: Character, recruit: Character, told: Told) {
    let scene = Scene::new(hibob, recruit, told).await;
    let Scene { house, office, .. } = &scene;
    let request = NewPosition { approved: false, openings: vec![opening_cells()], ..position() };
    let made = scene.during(office.create(request)).await.unwrap();
    scene.settle().await;
    assert_eq!(house.held(), Vec::<String>::new(), "nothing before the approval");
    scene.during(office.approve(made.id)).await.unwrap();
    scene.settle().await;
    assert_eq!(house.held().len(), 2, "{:?}", house.held());

    let first = made.opening_ids[0];
    scene.during(office.edit_opening(first, cells(START, Cell::new("2026-07-01")))).await.unwrap();
    scene.settle().await;
    assert_eq!(house.openings()[0].time_expected_hire.as_deref(), Some("2026-07-01T00:00:00Z"));
    scene.during(office.add_opening(made.id, opening_cells())).await.unwrap();
    scene.settle().await;
    assert!(house.held()[2].contains(" Open Api"), "{:?}", house.held());
    scene.during(office.cancel_opening(first, false)).await.unwrap();
    scene.settle().await;
    let held = house.held();
    assert!(held[1].contains(" Canceled Api") && held[2].contains(" Open Api"), "{held:?}");
    scene.during(office.cancel(made.id, false)).await.unwrap();
    scene.settle().await;
    let held = house.held();
    assert!(held.len() == 3 && held[2].contains(" Canceled Api"), "{held:?}");
    scene.house.close().await;
}

#[tokio::test]
async fn a_position_lives_alike_whatever_the_vendors_are_like() {
    let pairs = Character::ALL.into_iter().flat_map(|hibob| Character::ALL.map(|recruit| (hibob, recruit)));
    let rows = pairs.zip([Told::All, Told::Article].into_iter().cycle());
    play(rows.map(|((hibob, recruit), told)| (format!("{hibob:?} {recruit:?} {told:?}"), live(hibob, recruit, told))))
        .await;
}
