//! The local AWS that `make test` has started.

use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_dynamodb::types::{AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType};
use aws_sdk_sqs::config::SharedHttpClient;
use aws_sdk_sqs::types::QueueAttributeName;
use uuid::Uuid;

/// One HTTP client for all AWS clients of a test: each would otherwise read the system's root certificates, which the local
/// AWS does not need.
pub(crate) fn plain_http() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}

/// Clients of the local AWS. Everything a test makes in it has a name of its own.
pub(crate) struct Cloud {
    pub(crate) config: SdkConfig,
    pub(crate) endpoint: String,
}

impl Cloud {
    /// The local AWS named by the environment.
    pub(crate) async fn new() -> Self {
        let endpoint = std::env::var("AWS_ENDPOINT_URL").expect(
            "AWS_ENDPOINT_URL is not set: run these tests with `make test`, which starts the local AWS they need",
        );
        let config = aws_config::defaults(BehaviorVersion::v2026_01_12()).http_client(plain_http()).load().await;
        Self { config, endpoint }
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
        let url = format!("{}/_ministack/ses/messages", self.endpoint);
        let all: serde_json::Value = reqwest::get(url).await.unwrap().json().await.unwrap();
        let accounts = all["messages"].as_object().unwrap().values();
        let mails = accounts.flat_map(|mails| mails.as_array().unwrap().iter());
        let of_recipient = mails.filter(|mail| mail.to_string().contains(recipient));
        let parts = ["Subject", "BodyText", "BodyHtml"];
        of_recipient.map(|mail| parts.map(|part| mail[part].as_str().unwrap_or_default()).join("\n\n")).collect()
    }
}
