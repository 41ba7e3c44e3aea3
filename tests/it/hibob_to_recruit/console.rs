//! What the console can ask of this flow.

use std::cell::RefCell;

use admin::{ChangeKind, Commands, Context, People};
use hibob_to_recruit::FLOW;
use secrecy::SecretString;
use serde_json::Value;
use twins::Vendor as _;
use twins::hibob::MetadataForm;
use twins::recruit::{OpeningEdit, SEED_ACCOUNT};

use super::house::House;
use super::stage::secret;
use crate::support::init::{asked, file, ids};

const COMMANDS: Commands = FLOW.commands;

/// What a command is told of a house, and what it says on its way.
pub(super) struct Desk<'a> {
    house: &'a House,
    document: String,
    secret: SecretString,
}

impl<'a> Desk<'a> {
    pub(super) fn of(house: &'a House) -> Self {
        Self { house, document: house.document(), secret: secret().to_string().into() }
    }

    /// With another word in the file.
    pub(super) fn with(self, from: &str, to: &str) -> Self {
        assert!(self.document.contains(from), "{from}");
        Self { document: self.document.replace(from, to), ..self }
    }

    /// With another secret.
    pub(super) fn secret(self, secret: &Value) -> Self {
        Self { secret: secret.to_string().into(), ..self }
    }

    pub(super) fn context<'b>(&'b self, progress: &'b dyn Fn(&str)) -> Context<'b> {
        Context {
            name: "openings",
            document: &self.document,
            secret: &self.secret,
            local: true,
            ledger: &self.house.ledger,
            now: self.house.hands.now(),
            progress,
        }
    }

    async fn remarks(&self) -> Vec<String> {
        (COMMANDS.remarks.unwrap())(self.context(&|_| {})).await.unwrap()
    }

    /// What a preview says beside what would change.
    async fn said_by_preview(&self) -> Vec<String> {
        let said = RefCell::new(Vec::new());
        let note = |line: &str| said.borrow_mut().push(line.to_owned());
        let everything = COMMANDS.preview.unwrap().everything;
        everything(self.context(&note).reading()).await.unwrap();
        said.into_inner()
    }
}

#[tokio::test]
async fn a_field_that_hibob_does_not_know_is_named_however_its_metadata_is_wrapped() {
    for form in [MetadataForm::Bare, MetadataForm::Fields] {
        let house = House::new().await;
        house.hibob(|quirks| quirks.metadata_list = form);
        let desk = Desk::of(&house);
        let verify = COMMANDS.verify.unwrap();
        let found = verify(desk.context(&|_| {})).await.unwrap();
        assert_eq!(found.problems, Vec::<String>::new(), "{form:?}: {found:?}");
        let unknown = "strip_job_code = true\nexperience_level = { field = \"/position/field_9\" }";
        let desk = desk.with("strip_job_code = true", unknown);
        let found = verify(desk.context(&|_| {})).await.unwrap();
        assert_eq!(found.problems, ["hibob: `/position/field_9` is no field of this account"], "{form:?}");
        house.close().await;
    }
}

#[tokio::test]
async fn whoever_applies_a_file_hears_how_many_positions_the_first_sweep_leaves() {
    let house = House::unswept().await;
    for _ in 0..3 {
        house.position(2).await;
    }
    let left = |number: usize| {
        vec![format!("{number} positions were approved before the first sweep, and `policies.backfill` leaves them")]
    };
    assert_eq!(Desk::of(&house).remarks().await, left(3));
    let all = Desk::of(&house).with("backfill = \"none\"", "backfill = \"all\"");
    assert_eq!(all.remarks().await, left(0));
    house.sweep_all().await;
    assert_eq!(Desk::of(&house).remarks().await, Vec::<String>::new(), "it is decided");
    house.close().await;
}

#[tokio::test]
async fn a_preview_shows_no_word_that_somebody_entered_and_writes_nothing() {
    let house = House::new().await;
    house.entered(1).await;
    house.position(2).await;
    let desk = Desk::of(&house);
    let (before, held) = (house.contents().await, house.held());
    let (calls, asked) = (house.twins.recruit().desk().calls().len(), house.twins.hibob().desk().calls().len());
    let preview = (COMMANDS.preview.unwrap().everything)(desk.context(&|_| {}).reading()).await.unwrap();
    let kinds: Vec<ChangeKind> = preview.changes.iter().map(|change| change.kind).collect();
    assert_eq!((kinds, preview.unchanged), (vec![ChangeKind::Created, ChangeKind::Created], 1), "{preview:?}");
    let value = preview.changes[0].value.as_ref().unwrap().reveal();
    assert!(value.contains("time_expected_hire: "), "{value}");

    assert_eq!((house.contents().await, house.held()), (before, held));
    let made = house.twins.recruit().desk().calls().split_off(calls);
    assert!(made.iter().all(|call| call.method == "GET"), "{made:?}");
    let read = house.twins.hibob().desk().calls().split_off(asked);
    assert!(
        !read.is_empty() && read.iter().all(|call| call.method == "GET" || call.path.ends_with("/search")),
        "{read:?}"
    );
    house.sweep_all().await;
    house.close().await;
}

#[tokio::test]
async fn a_preview_tells_of_openings_that_recruiters_have_added() {
    let house = House::new().await;
    house.entered(2).await;
    assert_eq!(Desk::of(&house).said_by_preview().await, Vec::<String>::new());
    let position = house.openings()[0].position_uid.clone();
    let twin = house.twins.recruit();
    let added = twin.add_opening(SEED_ACCOUNT, &position, OpeningEdit::default()).unwrap();
    let expected =
        format!("openings of Recruit's position {position} that hrsync has not made, and leaves alone: {added}");
    assert_eq!(Desk::of(&house).said_by_preview().await, [expected]);
    house.close().await;
}

#[tokio::test]
async fn a_new_file_lists_the_fields_and_fits_the_accounts() {
    let house = House::new().await;
    let desk = Desk::of(&house);
    let findings = asked(&FLOW, desk.context(&|_| {}), People::Ids).await;
    assert!(ids(&findings, "fields of positions").contains(&"/position/jobProfile"));
    assert!(findings.remarks[0].contains("[careers]"), "{:?}", findings.remarks);
    let text = file(&desk.document, "openings", &findings, false);
    assert!(text.contains("[position]\n# fields of positions in HiBob:\n#   /position/"), "{text}");
    (FLOW.check)(&text, true).unwrap();
    let desk = Desk { document: text, ..desk };
    let found = COMMANDS.verify.unwrap()(desk.context(&|_| {})).await.unwrap();
    assert_eq!(found.problems, Vec::<String>::new(), "{found:?}");
    house.close().await;
}
