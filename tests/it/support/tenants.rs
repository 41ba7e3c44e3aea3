//! Other connections in a test's house than its own `careers`.

use edge::http::{Answer, Request};
use heyflow_to_personio::NAME;
use serde_json::{Value, json};

use super::base::Base;
use super::house::{FLOW, House, SECRET, request};

impl House {
    /// Applies another connection.
    pub(crate) async fn apply_as(&self, name: &str, document: &str) {
        self.apply(name, NAME, document).await;
    }

    /// Sets its secret.
    pub(crate) async fn set_secret_of(&self, name: &str, secret: &Value) {
        Base::set_secret(self, NAME, name, secret).await;
    }

    /// A delivery to its door.
    pub(crate) async fn deliver_to(&self, connection: &str, response: &str, answers: Value) -> Answer {
        let body = json!({"flowID": FLOW, "id": response, "fields": answers});
        let request = request(body.to_string().as_bytes(), SECRET);
        self.receiver.receive(Request { connection: connection.to_owned(), ..request }).await
    }
}
