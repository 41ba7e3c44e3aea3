//! Other connections in a test's house than its own `careers`.

use edge::Secrets;
use edge::door::{Answer, Request};
use heyflow_to_personio::NAME;
use ledger::Apply;
use serde_json::{Value, json};

use super::house::{FLOW, House, SECRET, request};

impl House {
    /// Applies a connection that is new.
    pub(crate) async fn apply_as(&self, name: &str, document: &str) {
        let apply = Apply { name, flow: NAME, owner: &self.owner, document };
        self.ledger.apply(apply, None, self.hands.now()).await.unwrap().expect("the connection is new");
    }

    /// Gives it its first secret.
    pub(crate) async fn set_secret_of(&self, name: &str, secret: &Value) {
        let client = aws_sdk_secretsmanager::Client::new(&self.cloud.config);
        let request = client.create_secret().name(Secrets::name(&self.stack, name)).secret_string(secret.to_string());
        request.send().await.unwrap();
    }

    /// A delivery to its door.
    pub(crate) async fn deliver_to(&self, connection: &str, response: &str, answers: Value) -> Answer {
        let body = json!({"flowID": FLOW, "id": response, "fields": answers});
        let request = request(body.to_string().as_bytes(), SECRET);
        self.receiver.receive(Request { connection: connection.to_owned(), ..request }).await
    }
}
