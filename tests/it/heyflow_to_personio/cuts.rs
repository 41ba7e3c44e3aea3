//! Crash points: every outbound call of three stories, cut before it is sent and after it was answered where that makes a
//! difference, each in a house of its own. What all of them end in, mail and schedule, is cut in one of them.
//!
//! A cut AWS call fails as a whole (the client's own repeats are switched off), or only at its first attempt (the client
//! repeats it by itself). Afterwards each response that the door took is one application or one told failure. What may
//! happen twice is an upload that the ledger did not come to know of, and a mail that went out unnoted.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::heyflow::Upload;

use super::answers;
use crate::support::cuts::Client;
use crate::support::house::House;
use crate::support::proxy::{Trouble, count};

const UPLOAD: &str = "POST /v1/recruiting/applications/documents";
const NOTE_UPLOAD: &str = "DynamoDB PutItem upload";
const QUEUE: &str = "SQS SendMessage";
const MAIL: &str = "SES SendRawEmail";
const NOTE_MAIL: &str = "DynamoDB TransactWriteItems failure+unmailed";

/// What the schedule reads, whether or not anything was left behind.
const POLL: [&str; 4] =
    ["DynamoDB Query unmailed", "DynamoDB Query storm", "DynamoDB Query connection", "DynamoDB Query poll"];
/// What a receiver and a pusher need to begin.
const BEGIN: [&str; 4] =
    ["DynamoDB GetItem connection", "SecretsManager GetSecretValue", QUEUE, "DynamoDB GetItem receipt"];
const REJECT: &str = "DynamoDB TransactWriteItems failure+unmailed+receipt";
/// What telling takes.
const MAILED: [&str; 6] = [
    "DynamoDB GetItem failure",
    "DynamoDB GetItem unmailed",
    "DynamoDB GetItem storm",
    "DynamoDB PutItem storm",
    MAIL,
    NOTE_MAIL,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Story {
    /// A response with a CV.
    WithFile,
    /// A response whose address another response of ours has used, a moment ago: it waits for its slot as well.
    Duplicate,
    /// A response that cannot become an application.
    Unmappable,
}

/// One cut: the call's number and kind, and how.
#[derive(Debug, Clone)]
struct Cut {
    number: usize,
    kind: String,
    trouble: Trouble,
    client: Client,
}

impl Cut {
    fn is(&self, kind: &str, trouble: Trouble) -> bool {
        self.kind == kind && self.trouble == trouble
    }

    /// An upload that the ledger did not come to know of is made again: its answer was lost, or it could not be noted.
    fn doubles_the_upload(&self) -> bool {
        let unnoted = self.is(NOTE_UPLOAD, Trouble::CutBefore) && self.client == Client::GivesUp;
        self.is(UPLOAD, Trouble::CutAfter) || unnoted
    }

    /// A mail that was not noted goes out again.
    fn doubles_the_mail(&self) -> bool {
        let unnoted = self.is(NOTE_MAIL, Trouble::CutBefore) && self.client == Client::GivesUp;
        self.is(MAIL, Trouble::CutAfter) || unnoted
    }
}

/// How a story went.
struct Played {
    status: u16,
    /// How many of the calls were made at the door.
    at_the_door: usize,
    settled: Vec<&'static str>,
    mails: Vec<String>,
}

impl Story {
    /// Each kind of call that the story makes.
    fn kinds(self) -> BTreeSet<&'static str> {
        let own: &[&str] = match self {
            Self::WithFile => &[
                "DynamoDB Query upload",
                "DynamoDB UpdateItem slot",
                "GET /uploads",
                UPLOAD,
                NOTE_UPLOAD,
                "DynamoDB UpdateItem intent",
                "POST /v1/recruiting/applications",
                "DynamoDB TransactWriteItems intent+receipt",
            ],
            Self::Duplicate => &[
                "DynamoDB UpdateItem slot",
                "DynamoDB PutItem receipt",
                "SQS ChangeMessageVisibility",
                "DynamoDB UpdateItem intent",
                "POST /v1/recruiting/applications",
            ],
            Self::Unmappable => &[],
        };
        let told: &[&str] = if self == Self::WithFile { &[] } else { &MAILED };
        let rejected = (self != Self::WithFile).then_some(&REJECT);
        // the first response has just read the connection
        let cached = |kind: &&str| self == Self::Duplicate && *kind == "SecretsManager GetSecretValue";
        let all = POLL.iter().chain(&BEGIN).chain(own).chain(rejected).chain(told);
        all.copied().filter(|kind| !cached(kind)).collect()
    }

    /// Whether calls of this kind are cut in this story. What mails and what the schedule does know no story: they are
    /// cut in one of the three.
    fn cuts(self, kind: &str) -> bool {
        self == Self::Unmappable || !(MAILED.contains(&kind) || POLL.contains(&kind))
    }

    /// A house in which the story can begin.
    async fn house(self, client: Client) -> House {
        let house = House::behind_a_proxy(client.retries()).await;
        if self == Self::Duplicate {
            house.deliver("first", answers("sample@applicant.example")).await;
            assert_eq!(house.until_quiet().await.len(), 1);
        }
        house
    }

    fn answers(self, house: &House) -> Value {
        let mut answers = answers("sample@applicant.example");
        match self {
            Self::WithFile => {
                let file = Upload::new("application/pdf", b"%PDF-1.7\na sample curriculum vitae");
                let path = house.twins.heyflow().upload("u1", "Sample CV.pdf", file);
                answers["CV"] = json!(format!("{}/heyflow{path}", house.vendors()));
            }
            Self::Duplicate => {}
            Self::Unmappable => answers["E-mail"] = json!("no address"),
        }
        answers
    }

    /// The response arrives, the pusher works until the queue is empty, the schedule runs, mails go out.
    async fn play(self, house: &House) -> Played {
        let answer = house.deliver("second", self.answers(house)).await;
        let at_the_door = house.proxy().calls().len();
        let ended = house.until_quiet().await;
        let settled = ended.iter().filter(|ended| ended.again.is_none()).map(|ended| ended.outcome.word()).collect();
        let mut mails = house.mails().await;
        if house.poll().run().await.is_err() {
            house.poll().run().await.expect("the schedule comes again");
        }
        mails.extend(house.mails().await);
        Played { status: answer.status.as_u16(), at_the_door, settled, mails }
    }

    /// What is there afterwards. `queued`: the queue had the response.
    fn check(self, house: &House, played: &Played, queued: bool, cut: Option<&Cut>) {
        let personio = house.twins.personio();
        let (applications, documents) = (personio.applications(), personio.documents());
        let earlier = usize::from(self == Self::Duplicate);
        let made = usize::from(queued && self == Self::WithFile);
        assert_eq!(applications.len(), earlier + made, "{cut:?}");
        assert_eq!(played.settled.len(), usize::from(queued), "{cut:?}: {:?}", played.settled);
        let uploads = if cut.is_some_and(Cut::doubles_the_upload) { 2 } else { made };
        assert_eq!(documents.len(), uploads, "{cut:?}");
        if made == 1 {
            assert_eq!(applications[0].files.len(), 1, "{cut:?}");
        }
        let told = usize::from(queued && self != Self::WithFile);
        let mails = if cut.is_some_and(Cut::doubles_the_mail) { 2 } else { told };
        assert_eq!(played.mails.len(), mails, "{cut:?}: {:?}", played.mails);
        assert!(played.mails.iter().all(|mail| mail.contains("response id: second")), "{cut:?}: {:?}", played.mails);
    }
}

/// The story without a cut: its calls in order, and how many of them are the door's.
async fn calls(story: Story) -> (Vec<String>, usize) {
    let house = story.house(Client::GivesUp).await;
    house.proxy().watch(|_, _| None);
    let played = story.play(&house).await;
    let calls = house.proxy().calls();
    story.check(&house, &played, true, None);
    house.close().await;
    let counts = count(&calls);
    eprintln!("{story:?}: {} calls, {counts:#?}", calls.len());
    assert_eq!(counts.keys().copied().collect::<BTreeSet<_>>(), story.kinds(), "each kind at least once");
    (calls.into_iter().map(|(kind, _)| kind).collect(), played.at_the_door)
}

/// Every way of cutting these calls that can make a difference.
fn cuts(story: Story, calls: &[String]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for client in [Client::GivesUp, Client::Repeats] {
        let of_client = client.cuts(calls.iter().map(String::as_str)).into_iter();
        let meant = of_client.filter(|(_, kind, _)| story.cuts(kind));
        cuts.extend(meant.map(|(number, kind, trouble)| Cut { number, kind: kind.to_owned(), trouble, client }));
    }
    cuts
}

async fn cut_everywhere(story: Story) {
    let (calls, at_the_door) = calls(story).await;
    for cut in cuts(story, &calls) {
        let house = story.house(cut.client).await;
        let Cut { number, trouble, .. } = cut;
        house.proxy().watch(move |call, _| (call == number).then_some(trouble));
        let played = story.play(&house).await;
        let hit = house.proxy().calls().into_iter().nth(number);
        assert_eq!(hit, Some((cut.kind.clone(), Some(trouble))), "the call came and was cut");

        let refused = number < at_the_door && cut.client == Client::GivesUp;
        assert_eq!(played.status, if refused { 503 } else { 200 }, "{cut:?}");
        // a sender who was answered 503 is told by Heyflow; the queue may have the response all the same
        let queued = !refused || cut.is(QUEUE, Trouble::CutAfter);
        story.check(&house, &played, queued, Some(&cut));
        house.close().await;
    }
}

#[tokio::test]
async fn a_response_with_a_file_is_one_application_wherever_it_is_cut() {
    cut_everywhere(Story::WithFile).await;
}

#[tokio::test]
async fn a_duplicate_is_told_wherever_it_is_cut() {
    cut_everywhere(Story::Duplicate).await;
}

#[tokio::test]
async fn an_unmappable_response_is_told_wherever_it_is_cut() {
    cut_everywhere(Story::Unmappable).await;
}

/// Two responses of one address, both unanswered: the first's request never arrived, the second's was carried out. The
/// first must not take the second's application for its own; nobody can say whose it is, so both are told.
#[tokio::test]
async fn of_two_unanswered_responses_of_one_address_neither_is_lost() {
    let house = House::new().await;
    let rule = |effect| Rule::new("POST /v1/recruiting/applications", effect).unwrap();
    let rules = vec![rule(Effect::DropRequest), rule(Effect::DropAnswer)];
    house.twins.personio().desk().set_faults(Faults { rules, ..Faults::default() });
    let mut records = Vec::new();
    for response in ["first", "second"] {
        let mut answers = answers("sample@applicant.example");
        answers["First name"] = json!(response);
        house.deliver(response, answers).await;
        records.push(house.take().await);
    }
    for records in records {
        assert_eq!(house.push(&records).await[0].reason, "personio create application: unanswered");
        house.pass(Duration::from_secs(60));
    }
    house.until_quiet().await;
    let applications = house.twins.personio().applications();
    assert_eq!(applications.len(), 1);
    assert_eq!(applications[0].first_name, "second");
    let mails = house.mails().await;
    for response in ["first", "second"] {
        let told = mails.iter().filter(|mail| mail.contains(&format!("response id: {response}")));
        assert_eq!(told.count(), 1, "{response}: {mails:?}");
    }
    house.close().await;
}
