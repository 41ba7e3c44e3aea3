//! The local AWS that `make test` has started.

use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_dynamodb::config::Credentials;
use aws_sdk_dynamodb::types::{AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType};
use aws_sdk_sqs::config::SharedHttpClient;
use aws_sdk_sqs::types::QueueAttributeName;
use uuid::Uuid;

/// One HTTP client for all AWS clients of a test: each would otherwise read the system's root certificates, which the local
/// AWS does not need.
pub(crate) fn plain_http() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}

/// An HTTP client for this machine. It trusts nobody: reading the system's root certificates takes longer than a test's calls.
pub(crate) fn local_client() -> reqwest::Client {
    let client = reqwest::Client::builder().tls_certs_only([]).redirect(reqwest::redirect::Policy::none());
    client.build().unwrap()
}

/// Clients of the local AWS.
pub(crate) struct Cloud {
    pub(crate) config: SdkConfig,
    pub(crate) endpoint: String,
    account: String,
}

/// The account of the deployed stack.
const DEPLOYED: &str = "000000000000";

impl Cloud {
    /// An account of one test's own, so that tests see nothing of each other: the local AWS takes twelve digits for a key's
    /// id as an account's number.
    pub(crate) async fn new() -> Self {
        let account = format!("{:012}", Uuid::new_v4().as_u128() % 999_999_999_999 + 1);
        let key = Credentials::new(&account, "test", None, None, "test");
        let config = aws_config::defaults(BehaviorVersion::v2026_01_12()).http_client(plain_http());
        let config = config.credentials_provider(key).load().await;
        Self { config, endpoint: endpoint(), account }
    }

    /// The account of the deployed stack.
    pub(crate) async fn of_the_deployed_stack() -> Self {
        let config = aws_config::defaults(BehaviorVersion::v2026_01_12()).http_client(plain_http()).load().await;
        Self { config, endpoint: endpoint(), account: DEPLOYED.to_owned() }
    }

    /// A fresh table with the ledger's keys.
    pub(crate) async fn table(&self) -> String {
        let name = format!("it-{}", Uuid::new_v4());
        let attribute = |name: &str| {
            let attribute = AttributeDefinition::builder().attribute_name(name);
            attribute.attribute_type(ScalarAttributeType::S).build().unwrap()
        };
        let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap();
        let client = aws_sdk_dynamodb::Client::new(&self.config);
        let request = client.create_table().table_name(&name).billing_mode(BillingMode::PayPerRequest);
        let request = request.attribute_definitions(attribute("pk")).attribute_definitions(attribute("sk"));
        let request = request.key_schema(key("pk", KeyType::Hash)).key_schema(key("sk", KeyType::Range));
        request.send().await.unwrap();
        name
    }

    /// A fresh FIFO queue; its URL.
    pub(crate) async fn queue(&self) -> String {
        let client = aws_sdk_sqs::Client::new(&self.config);
        let request = client.create_queue().queue_name(format!("it-{}.fifo", Uuid::new_v4()));
        let request = request.attributes(QueueAttributeName::FifoQueue, "true");
        request.send().await.unwrap().queue_url.unwrap()
    }

    /// The mails that went to `recipient`, or say so: subject, text and page, decoded.
    pub(crate) async fn mails_to(&self, recipient: &str) -> Vec<String> {
        let url = format!("{}/_ministack/ses/messages?account={}", self.endpoint, self.account);
        let all: serde_json::Value = local_client().get(url).send().await.unwrap().json().await.unwrap();
        let accounts = all["messages"].as_object().unwrap().values();
        let mails = accounts.flat_map(|mails| mails.as_array().unwrap().iter());
        let of_recipient = mails.filter(|mail| mail.to_string().contains(recipient));
        let parts = ["Subject", "BodyText", "BodyHtml"];
        of_recipient.map(|mail| parts.map(|part| mail[part].as_str().unwrap_or_default()).join("\n\n")).collect()
    }
}

fn endpoint() -> String {
    std::env::var("AWS_ENDPOINT_URL")
        .expect("AWS_ENDPOINT_URL is not set: run these tests with `make test`, which starts the local AWS they need")
}
