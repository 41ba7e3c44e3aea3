//! The tour's applicant: what is fresh in every tour, and what is looked for where it should have arrived.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::emulator::Mail;
use crate::stage::Http;

const CV: &[u8] = b"%PDF-1.7\na sample curriculum vitae";
const CV_NAME: &str = "sample-cv.pdf";
const PHONE: &str = "+49 30 5550100";

pub(super) struct Applicant {
    email: String,
    /// Also the id of the upload.
    message: String,
    /// `utm_source` of the form's address.
    source: String,
    pub(super) response: String,
    pub(super) second_response: String,
    pub(super) unmappable_response: String,
    pub(super) stranger_response: String,
    /// Sent before the tour began.
    pub(super) known_mails: BTreeSet<String>,
}

impl Applicant {
    pub(super) async fn new(http: &Http<'_>) -> anyhow::Result<Self> {
        let known_mails = http.mails().await?.into_iter().map(|mail| mail.id).collect();
        let fresh = || Uuid::new_v4().simple().to_string();
        Ok(Self {
            email: format!("sample-{}@example.com", fresh()),
            message: format!("message-{}", fresh()),
            source: format!("source-{}", fresh()),
            response: Uuid::new_v4().to_string(),
            second_response: Uuid::new_v4().to_string(),
            unmappable_response: Uuid::new_v4().to_string(),
            stranger_response: Uuid::new_v4().to_string(),
            known_mails,
        })
    }

    /// Gives Heyflow the applicant's CV.
    pub(super) async fn upload(&self, http: &Http<'_>) -> anyhow::Result<()> {
        let url = http.twins(&format!("/_twin/heyflow/uploads/{}/{CV_NAME}", self.message));
        http.put_file(&url, "application/pdf", CV).await
    }

    pub(super) fn answers(&self) -> Value {
        json!({"First name": "Sample", "Last name": "Applicant", "E-mail": self.email})
    }

    pub(super) fn answers_with_cv(&self, http: &Http<'_>) -> Value {
        let cv = http.twins(&format!("/heyflow/uploads/{}/{CV_NAME}", self.message));
        json!({"First name": "Sample", "Last name": "Applicant", "E-mail": self.email, "Phone": PHONE,
            "Message": self.message, "CV": cv})
    }

    pub(super) fn answers_without_email(&self) -> Value {
        json!({"First name": "Sample", "Last name": "Applicant", "Message": self.message})
    }

    pub(super) fn answers_of_a_stranger(&self) -> Value {
        json!({"First name": "Sample", "Last name": "Stranger", "E-mail": format!("stranger-{}", self.email)})
    }

    /// The mode that tells the form's address with its parameters.
    pub(super) fn came_by(&self) -> Value {
        let url = format!("https://form.example.com/careers?utm_source={}", self.source);
        json!({"extra": {"urlWithParameters": url}})
    }

    /// Whether an application is this applicant's.
    pub(super) fn is(&self, application: &Value) -> bool {
        application.get("email") == Some(&json!(self.email))
    }

    /// What of the first response an application took over: kinds of files, and whether the rest is there.
    pub(super) fn taken_over(&self, application: &Value) -> String {
        let list = |name: &str| application.get(name).and_then(Value::as_array).into_iter().flatten();
        let files: Vec<_> = list("files").filter_map(|file| file.get("category")?.as_str()).collect();
        let message = application.get("message").and_then(Value::as_str).unwrap_or_default();
        let phone = list("attributes").any(|attribute| *attribute == json!({"id": "phone", "value": PHONE}));
        let (text, utm) = (message.contains(&self.message), message.contains(&self.source));
        format!("; files: {}; in the message: text {text}, UTM {utm}; phone: {phone}", files.join(", "))
    }

    /// Whether a mail is about anything this tour did.
    pub(super) fn is_told_of(&self, mail: &Mail) -> bool {
        let ids = [&self.response, &self.second_response, &self.unmappable_response, &self.stranger_response];
        ids.into_iter().any(|id| mail.says(id)) || mail.says("demo-response-id")
    }
}
