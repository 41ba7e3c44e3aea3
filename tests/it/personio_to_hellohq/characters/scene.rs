//! A house in which a row is played: both accounts, the connection's file, and a door at which Personio's webhooks arrive.

use edge::batch::Handled;
use twins::hellohq::SEED_ACCOUNT;
use twins::personio::v2::{Edit, Modes, SEED_CLIENT, Span, Tenant};
use uuid::Uuid;

use super::super::console::{COMMANDS, Desk};
use super::super::house::House;
use super::settings::{SETTINGS, with};
use super::table::Row;
use super::{hellohq, personio};
use crate::support::door::Door;

pub(super) struct Scene {
    pub(super) house: House,
    pub(super) row: Row,
    door: Door,
}

impl Scene {
    pub(super) async fn new(row: Row) -> Self {
        let (house, door) = (House::new().await, Door::new().await);
        house.twins.hellohq().seed(SEED_ACCOUNT, hellohq::account(&row));
        let mut tenant =
            Tenant { quirks: personio::quirks(row.personio), modes: personio::modes(row.personio), ..Tenant::seed() };
        // everybody works every day, or what stands in HQ would depend on the weekday of today
        tenant.persons.iter_mut().for_each(|person| person.week_percent = [100; 7]);
        house.twins.personio().seed_tenant(SEED_CLIENT, tenant).unwrap();
        let scene = Self { house, row, door };
        scene.house.configure(&scene.document()).await;
        scene.register().await;
        scene
    }

    /// The house's connection with this row's settings.
    pub(super) fn document(&self) -> String {
        let others = SETTINGS.iter().filter(|setting| self.row.differs(setting.key));
        let others = others.map(|setting| (setting.lines[0], setting.lines[1]));
        let lines = others.chain(personio::answers(self.row.personio).iter().copied());
        lines.fold(self.house.document(), |document, (line, other)| with(&document, line, other))
    }

    /// Has the console make the webhook, as a user would.
    async fn register(&self) {
        let url = self.door.url(personio_to_hellohq::NAME, "absences");
        let desk = Desk::with(&self.house, self.document(), &self.house.secret());
        (COMMANDS.webhooks.unwrap().register)(desk.context(), &url).await.unwrap();
    }

    /// Somebody acts in Personio, and the receiver takes what is delivered meanwhile.
    async fn heard<T>(&self, act: impl Future<Output = T>) -> T {
        self.door.during(act, async |request| self.house.receiver.receive(request).await).await
    }

    /// Somebody enters an approved absence.
    pub(super) async fn create(&self, person: u64, type_id: Uuid, span: Span) -> Uuid {
        self.heard(self.house.create(person, type_id, span)).await
    }

    pub(super) async fn edit(&self, absence: Uuid, edit: Edit) {
        self.heard(self.house.edit(absence, edit)).await;
    }

    pub(super) async fn delete(&self, absence: Uuid) {
        self.heard(self.house.delete(absence)).await;
    }

    /// From now on Personio keeps its deliveries until they are [`Scene::released`].
    pub(super) fn hold(&self) {
        let modes = Modes { hold: true, ..personio::modes(self.row.personio) };
        self.house.office().set_modes(modes).unwrap();
    }

    /// The delivery kept last arrives first, each when all before it has been dealt with.
    pub(super) async fn released_backwards(&self) -> Vec<Handled> {
        let mut ended = Vec::new();
        for letter in self.house.office().held().iter().rev() {
            self.heard(self.house.office().release(&[letter.number])).await.unwrap();
            ended.extend(self.house.until_quiet().await);
        }
        ended
    }
}
