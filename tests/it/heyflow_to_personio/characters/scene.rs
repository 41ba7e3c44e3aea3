//! A house in which a row is played: the recruiting account, the connection's file, and a form whose hook leads to a door.

use serde_json::{Value, json};
use twins::heyflow::{Flow, Modes, Sent, Submission, Upload};

use super::table::{Row, Unavailable};
use super::{recruiting, sender};
use crate::support::door::Door;
use crate::support::house::{FLOW, House};

pub(super) struct Scene {
    pub(super) house: House,
    pub(super) row: Row,
    door: Door,
}

impl Scene {
    pub(super) async fn new(row: Row) -> Self {
        let (house, door) = (House::new().await, Door::new().await);
        house.twins.personio().seed("48151", recruiting::account(row.recruiting));
        let scene = Self { house, row, door };
        scene.house.configure(&scene.document()).await;
        scene.activate().await;
        scene
    }

    /// The example connection with this row's settings, an address's city and the skills that were chosen.
    fn document(&self) -> String {
        let unavailable = match self.row.unavailable {
            Unavailable::Tell => "tell",
            Unavailable::Ignore => "ignore",
            Unavailable::Reject => "reject",
        };
        let skills = format!("tags = [{{ input = \"Skills\", split = \"{}\" }}]", sender::separator(&self.row));
        let lines = [
            ("secret_header = \"x-heyflow-secret\"", format!("secret_header = \"{}\"", sender::HEADER)),
            ("secret_parameter = \"secret\"", format!("secret_parameter = \"{}\"", sender::PARAMETER)),
            ("unavailable = \"tell\"", format!("unavailable = \"{unavailable}\"")),
            ("calls_per_minute = 20", format!("calls_per_minute = {}", self.row.calls_per_minute)),
            ("tags = [{ text = \"heyflow\" }]", skills),
            ("# location = {", "location = {".to_owned()),
        ];
        lines.into_iter().fold(self.house.document(), |document, (line, other)| {
            let (line, other) = (format!("\n{line}"), format!("\n{other}"));
            assert!(document.contains(&line), "{line} is not in the example");
            document.replace(&line, &other)
        })
    }

    /// The form's owner sets the hook up and presses the test button, as Heyflow wants it.
    async fn activate(&self) {
        let url = self.door.url(heyflow_to_personio::NAME, "careers");
        let hook = sender::hook(&self.row, &url);
        let flow = Flow { owner: self.house.owner.clone(), hook, blocks: Vec::new(), active: false };
        self.house.twins.heyflow().save(FLOW, flow);
        let tested = self.heard(self.house.twins.heyflow().test(FLOW)).await.unwrap();
        assert_eq!(tested.error, None);
    }

    /// Something happens at Heyflow, and the receiver takes what is delivered meanwhile.
    async fn heard<T>(&self, act: impl Future<Output = T>) -> T {
        self.door.during(act, async |request| self.house.receiver.receive(request).await).await
    }

    /// Somebody fills the form in.
    pub(super) async fn submit(&self, id: &str, answers: Value) -> Sent {
        self.submit_as(id, answers, sender::modes(&self.row)).await
    }

    async fn submit_as(&self, id: &str, answers: Value, modes: Modes) -> Sent {
        let Value::Object(answers) = answers else { panic!("answers are an object") };
        let submission = Submission { answers, id: Some(id.to_owned()), created_at: None, modes };
        self.heard(self.house.twins.heyflow().submit(FLOW, submission)).await.unwrap()
    }

    /// The sender writes something that is no JSON.
    pub(super) async fn submit_broken(&self, id: &str) -> Sent {
        let raw_body = Some(format!("{{\"flowID\": \"{FLOW}\", \"id\": \"{id}\", \"fields\": "));
        self.submit_as(id, json!({}), Modes { raw_body, deliveries: 1, ..sender::modes(&self.row) }).await
    }

    /// Answers with a file, an address and a choice of several.
    pub(super) fn answers(&self, email: &str, file: Upload) -> Value {
        let path = self.house.twins.heyflow().upload("u1", "Sample CV.pdf", file);
        let link = format!("{}/heyflow{path}", self.house.twins.url());
        json!({"First name": "Sample", "Last name": "Applicant", "E-mail": email, "CV": link,
            "Skills": ["Drawing", "Writing"], "Address": {"street": "Street 1", "city": "Sample City"}})
    }
}
