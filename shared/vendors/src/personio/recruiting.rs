//! Client of Personio's recruiting API v1: the only API through which applications can be created.
//!
//! `POST /v1/recruiting/applications` answers 201 without an id and has no idempotency key. That an address applies
//! twice for one job is refused (400), which is what makes a repeated attempt harmless. Source:
//! developer.personio.de/reference/post_v1-recruiting-applications.

use hmac::{Hmac, KeyInit, Mac};
use reqwest::StatusCode;
use reqwest::multipart::{Form, Part};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::Sha256;
use std::time::Duration;
use uuid::Uuid;

use super::app_id::identified;
use super::model::{Application, JobId, LARGEST_FILE};
use super::operations::{CREATE_APPLICATION, UPLOAD_DOCUMENT};
use super::refusal;
use crate::http::Answer;
use crate::text;
use crate::value::{BaseUrl, Email, Personal};
use crate::{Error, Http, Kind, Operation};

/// Where the API is.
pub const DEFAULT_BASE_URL: &str = "https://api.personio.de";

/// How often an account may call each of the two endpoints: 20 calls per 60 s
/// (developer.personio.de/reference/introduction-1).
pub const LIMIT: Limit = Limit { calls: 20, window: Duration::from_secs(60) };

/// The longest an upload may take: files of 20 MB need more than other calls.
pub const UPLOAD_TIMEOUT: Duration = Duration::from_secs(25);

/// So many calls in any window of that length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Calls.
    pub calls: u32,
    /// Length of the sliding window.
    pub window: Duration,
}

/// One company's recruiting account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Where the API is; [`DEFAULT_BASE_URL`] but for tests.
    pub base_url: BaseUrl,
    /// The company's numeric id.
    pub company_id: String,
    /// The static recruiting token (Settings > API credentials), not a client id and secret.
    pub token: SecretString,
}

/// A client for one account.
#[derive(Debug, Clone)]
pub struct Recruiting {
    http: Http,
    account: Account,
}

impl Recruiting {
    /// A client that calls through `http`.
    #[must_use]
    pub fn new(http: Http, account: Account) -> Self {
        Self { http, account }
    }

    /// Creates an application.
    ///
    /// # Errors
    /// [`Kind::Conflict`]: the address has applied for this job before, or an earlier attempt of ours did arrive.
    /// [`Kind::Invalid`]: the content is refused. [`Kind::LoginRefused`], [`Kind::RightMissing`], and the transport's.
    pub async fn create_application(&self, application: &Application) -> Result<(), Error> {
        let request = self.post("v1/recruiting/applications").json(application);
        let answer = self.http.send(CREATE_APPLICATION, request).await?;
        match answer.status {
            StatusCode::CREATED => Ok(()),
            _ => Err(failure(CREATE_APPLICATION, &answer)),
        }
    }

    /// Uploads a file, to be attached to an application within minutes. The id under which it can be attached. A file
    /// that is uploaded twice is stored twice; one that is never attached is of no consequence.
    ///
    /// # Errors
    /// [`Kind::Invalid`]: its type or size is refused. Otherwise as [`Self::create_application`].
    pub async fn upload_document(&self, name: &Personal<String>, bytes: Vec<u8>) -> Result<Uuid, Error> {
        debug_assert!(bytes.len() as u64 <= LARGEST_FILE, "checked where the file is fetched");
        // a line's end in a part's name would begin a header of the applicant's
        let name = text::on_one_line(name.reveal());
        // a part without a type makes some servers refuse the whole form
        let mime = mime_guess::from_path(&name).first_or_octet_stream();
        let part = Part::bytes(bytes).file_name(name).mime_str(mime.as_ref());
        let unbuilt = |source| Error {
            operation: UPLOAD_DOCUMENT,
            kind: Kind::Network,
            after_login: false,
            mend: None,
            source: Some(source),
        };
        let part = part.map_err(unbuilt)?;
        let request = self.post("v1/recruiting/applications/documents").timeout(UPLOAD_TIMEOUT);
        let request = request.multipart(Form::new().part("file", part));
        let answer = self.http.send(UPLOAD_DOCUMENT, request).await?;
        let uploaded = match answer.status {
            StatusCode::OK => serde_json::from_slice::<Uploaded>(&answer.body).ok(),
            _ => return Err(failure(UPLOAD_DOCUMENT, &answer)),
        };
        let unexplained = || Error::new(UPLOAD_DOCUMENT, Kind::Unexplained { status: 200 });
        uploaded.map(|uploaded| uploaded.uuid).ok_or_else(unexplained)
    }

    fn post(&self, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.post(self.account.base_url.join(path));
        let request = identified(request).header("x-company-id", &self.account.company_id);
        request.bearer_auth(self.account.token.expose_secret())
    }

    /// Names (account, job, address) without showing the address: an HMAC with the account's token as key, in hex.
    #[must_use]
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    pub fn applicant_key(&self, job: JobId, email: &Email) -> String {
        let key = self.account.token.expose_secret().as_bytes();
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
        for part in [&self.account.company_id, &job.to_string(), &email.folded()] {
            mac.update(part.as_bytes());
            mac.update(b"\n");
        }
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The answer to an upload. Its `extension` is an open list with a misprint, so nothing else is read.
#[derive(Deserialize)]
struct Uploaded {
    uuid: Uuid,
}

/// What the account alone knows is judged behind the login.
fn failure(operation: Operation, answer: &Answer) -> Error {
    let error = Error::new(operation, kind_of(answer.status, answer.retry_after(), &answer.body));
    if refusal::names_the_account(error.kind.reasons()) { error.after_login() } else { error }
}

fn kind_of(status: StatusCode, retry_after: Option<Duration>, body: &[u8]) -> Kind {
    match status.as_u16() {
        400 | 413 | 422 => refusal::refused_content(refusal::reasons(body)),
        401 => Kind::LoginRefused,
        // both endpoints are fixed and take POST, so this is no answer of theirs
        404 | 405 | 410 => Kind::WrongAddress,
        403 => Kind::forbidden(refusal::reasons(body)),
        // the vendor documents no Retry-After: "after that wait 60 s"
        429 => Kind::RateLimited { retry_after: retry_after.or(Some(LIMIT.window)) },
        500..=599 => Kind::Unavailable { retry_after },
        other => Kind::Unexplained { status: other },
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::FILE_EXTENSIONS;
    use super::*;
    use wiremock::matchers::{body_json, body_string_contains, header, method, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    fn client(base_url: &str, token: &str) -> Recruiting {
        let base_url = BaseUrl::parse(base_url, true).unwrap();
        let account = Account { base_url, company_id: "48151".to_owned(), token: token.into() };
        Recruiting::new(Http::new().unwrap(), account)
    }

    fn application() -> Application {
        Application {
            first_name: Personal::new("Mina".to_owned()),
            last_name: Personal::new("Aydin".to_owned()),
            email: "mina@bewerbung.example".parse().unwrap(),
            job_position_id: "1834171".parse().unwrap(),
            recruiting_channel_id: None,
            external_posting_id: None,
            message: None,
            application_date: None,
            phase: None,
            tags: Vec::new(),
            files: Vec::new(),
            attributes: Vec::new(),
        }
    }

    async fn answer_to(template: ResponseTemplate) -> Result<(), Kind> {
        let server = MockServer::start().await;
        Mock::given(method("POST")).respond_with(template).mount(&server).await;
        client(&server.uri(), "t").create_application(&application()).await.map_err(|error| error.kind)
    }

    #[tokio::test]
    async fn the_request_has_exactly_the_documented_form() {
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .and(path("/v1/recruiting/applications"))
            .and(header("authorization", "Bearer recruiting-token"))
            .and(header("x-company-id", "48151"))
            .and(header("x-personio-app-id", "HRSYNC"))
            .and(header("content-type", "application/json"))
            .and(body_json(serde_json::json!({"first_name": "Mina", "last_name": "Aydin",
                "email": "mina@bewerbung.example", "job_position_id": 1_834_171})))
            .respond_with(ResponseTemplate::new(201))
            .expect(1)
            .mount(&server)
            .await;
        client(&server.uri(), "recruiting-token").create_application(&application()).await.unwrap();
    }

    async fn upload_answered(template: ResponseTemplate) -> Result<Uuid, Kind> {
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .and(path("/v1/recruiting/applications/documents"))
            .and(header("authorization", "Bearer t"))
            .and(header("x-company-id", "48151"))
            .and(header("x-personio-app-id", "HRSYNC"))
            .and(body_string_contains("name=\"file\"; filename=\"cv.pdf\""))
            .and(body_string_contains("Content-Type: application/pdf\r\n"))
            .and(body_string_contains("%PDF-1.7"))
            .respond_with(template)
            .expect(1)
            .mount(&server)
            .await;
        let name = Personal::new("cv.pdf".to_owned());
        client(&server.uri(), "t").upload_document(&name, b"%PDF-1.7".to_vec()).await.map_err(|error| error.kind)
    }

    #[tokio::test]
    async fn an_upload_is_one_part_named_file_and_gives_an_id() {
        let body = r#"{"uuid":"9f2a3d4e-5555-4666-8777-888899990000","size":8,"mimetype":"application/pdf","original_filename":"cv.pdf","extension":"ptt"}"#;
        let uuid = upload_answered(ResponseTemplate::new(200).set_body_string(body)).await.unwrap();
        assert_eq!(uuid.to_string(), "9f2a3d4e-5555-4666-8777-888899990000");
        let odd = upload_answered(ResponseTemplate::new(200).set_body_string("<html>")).await;
        assert_eq!(odd, Err(Kind::Unexplained { status: 200 }));
        let large = r#"{"errors":[{"field":"file","errors":[{"reason":"errors.file-too-big","context":{}}]}]}"#;
        let refused = upload_answered(ResponseTemplate::new(413).set_body_string(large)).await.unwrap_err();
        assert!(matches!(refused, Kind::Invalid(reasons) if reasons[0].meaning.is_some()));
        assert!(matches!(upload_answered(ResponseTemplate::new(422)).await, Err(Kind::Invalid(_))));
        assert_eq!(upload_answered(ResponseTemplate::new(403)).await, Err(Kind::Unexplained { status: 403 }));
    }

    #[tokio::test]
    async fn a_files_name_begins_no_header() {
        let server = MockServer::start().await;
        Mock::given(method("POST")).respond_with(ResponseTemplate::new(422)).mount(&server).await;
        let name = Personal::new("a\r\nX-Evil: 1\r\n\r\nb\0\u{85}.pdf".to_owned());
        client(&server.uri(), "t").upload_document(&name, b"%PDF-1.7".to_vec()).await.unwrap_err();
        let requests = server.received_requests().await.unwrap();
        let body = String::from_utf8(requests[0].body.clone()).unwrap();
        assert!(body.contains("filename=\"a X-Evil: 1  b.pdf\""), "{body}");
    }

    #[test]
    fn every_ending_that_personio_takes_has_a_content_type() {
        for ending in FILE_EXTENSIONS {
            assert!(mime_guess::from_ext(ending).first().is_some(), "{ending}");
        }
    }

    #[tokio::test]
    async fn each_status_has_its_cause() {
        let duplicate =
            r#"{"errors":[{"field":"email","errors":[{"reason":"errors.applicant-already-exists","context":{}}]}]}"#;
        let conflict = answer_to(ResponseTemplate::new(400).set_body_string(duplicate)).await.unwrap_err();
        assert!(matches!(conflict, Kind::Conflict(reasons) if reasons[0].field.as_deref() == Some("email")));
        assert_eq!(answer_to(ResponseTemplate::new(400)).await, Err(Kind::Invalid(Vec::new())));
        assert_eq!(answer_to(ResponseTemplate::new(401).set_body_string("no")).await, Err(Kind::LoginRefused));
        let feature = r#"{"errors":[{"title":"Forbidden","detail":"feature.recruiting.disabled"}]}"#;
        let unbooked = answer_to(ResponseTemplate::new(403).set_body_string(feature)).await;
        assert!(matches!(unbooked, Err(Kind::RightMissing(reasons)) if reasons.len() == 1));
        let gateway = Kind::Unexplained { status: 403 };
        assert!(gateway.certainly_not_done());
        for body in ["", "<html>", "{}"] {
            let answer = ResponseTemplate::new(403).set_body_string(body);
            assert_eq!(answer_to(answer).await, Err(gateway.clone()), "{body}");
        }
        assert_eq!(answer_to(ResponseTemplate::new(404)).await, Err(Kind::WrongAddress));
        let a_minute = Some(Duration::from_secs(60));
        assert_eq!(answer_to(ResponseTemplate::new(429)).await, Err(Kind::RateLimited { retry_after: a_minute }));
        let said = ResponseTemplate::new(429).insert_header("Retry-After", "7");
        let seven = Some(Duration::from_secs(7));
        assert_eq!(answer_to(said).await, Err(Kind::RateLimited { retry_after: seven }));
        assert_eq!(answer_to(ResponseTemplate::new(503)).await, Err(Kind::Unavailable { retry_after: None }));
        assert_eq!(answer_to(ResponseTemplate::new(200)).await, Err(Kind::Unexplained { status: 200 }));
        assert_eq!(answer_to(ResponseTemplate::new(302)).await, Err(Kind::Unexplained { status: 302 }));
    }

    #[tokio::test]
    async fn only_a_refusal_that_needs_the_account_shows_the_login_to_be_good() {
        for (code, good) in [
            ("errors.job-position.not-published", true),
            ("errors.applicant-already-exists", true),
            ("errors.attribute-validation.invalid-email-format", false),
            ("errors.attribute-validation.required-attribute", false),
        ] {
            let body = serde_json::json!({"errors": [{"field": "email", "errors": [{"reason": code}]}]});
            let server = MockServer::start().await;
            let answer = ResponseTemplate::new(400).set_body_json(body);
            Mock::given(method("POST")).respond_with(answer).mount(&server).await;
            let error = client(&server.uri(), "t").create_application(&application()).await.unwrap_err();
            assert_eq!(error.shows_good_login(), good, "{code}");
        }
    }

    #[tokio::test]
    async fn a_refused_connection_is_known_not_to_have_arrived() {
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let error = client(&format!("http://{closed}"), "t").create_application(&application()).await.unwrap_err();
        assert_eq!(error.kind, Kind::Network);
        assert!(error.kind.certainly_not_done());
    }

    #[tokio::test]
    async fn a_connection_closed_without_an_answer_leaves_it_open() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let closing = tokio::spawn(async move { drop(listener.accept().await.unwrap()) });
        let error = client(&format!("http://{address}"), "t").create_application(&application()).await.unwrap_err();
        closing.await.unwrap();
        assert_eq!(error.kind, Kind::Unanswered);
        assert!(!error.kind.certainly_not_done());
    }

    #[test]
    fn the_applicant_key_depends_on_account_job_and_folded_address_and_shows_none() {
        let key = |token: &str, job: &str, email: &str| {
            client("http://127.0.0.1", token).applicant_key(job.parse().unwrap(), &email.parse().unwrap())
        };
        let mina = key("t", "1", "Mina@Example.com");
        assert_eq!(mina, key("t", "1", " mina@example.com"));
        assert_ne!(mina, key("t", "2", "mina@example.com"));
        assert_ne!(mina, key("u", "1", "mina@example.com"));
        assert_ne!(mina, key("t", "1", "nina@example.com"));
        assert!(mina.len() == 64 && !mina.contains("mina"));
    }
}
