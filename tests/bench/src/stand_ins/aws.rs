//! DynamoDB, SQS and Secrets Manager (AWS's JSON protocols) and SES (its query protocol), as far as the functions use them.

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use super::{Item, World};

/// A call of AWS.
pub(super) struct Call {
    service: &'static str,
    operation: String,
    members: Value,
    /// A message's deduplication id.
    pub(super) deduplication: Option<String>,
}

/// How many items a query reads at most: 1 MB, of partitions that hold many small ones.
const A_PAGE: usize = 4_000;

/// Any id and digest will do.
const SENT: (&str, &str) = ("5fea7756-0ea4-451a-a703-a558b933e274", "00000000000000000000000000000000");

impl Call {
    /// `None`: no call of AWS.
    pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        let Some(target) = headers.get("x-amz-target") else { return Self::of_query(body) };
        let (service, operation) = target.to_str().ok()?.split_once('.')?;
        let service = match service {
            "DynamoDB_20120810" => "DynamoDB",
            "AmazonSQS" => "SQS",
            "secretsmanager" => "SecretsManager",
            _ => return None,
        };
        // a long message is not read for nothing: the function waits for the answer
        let sends = operation == "SendMessage";
        let members = if sends { Value::Null } else { serde_json::from_slice(body).ok()? };
        let deduplication = if sends { deduplication(body) } else { None };
        Some(Self { service, operation: operation.to_owned(), members, deduplication })
    }

    fn of_query(body: &[u8]) -> Option<Self> {
        let form = str::from_utf8(body).ok()?;
        let action = form.split('&').find_map(|pair| pair.strip_prefix("Action="))?;
        Some(Self { service: "SES", operation: action.to_owned(), members: Value::Null, deduplication: None })
    }

    /// What it does, in words: `DynamoDB GetItem receipt`, `SQS SendMessage`.
    pub(super) fn kind(&self) -> String {
        let mut subjects = Vec::new();
        partitions(&self.members, &mut subjects);
        subjects.dedup();
        format!("{} {} {}", self.service, self.operation, subjects.join("+")).trim_end().to_owned()
    }

    /// `None`: nobody said what to answer.
    pub(super) fn answer(&self, world: &mut World) -> Option<Response> {
        let answer = match (self.service, self.operation.as_str()) {
            ("DynamoDB", "GetItem") => {
                world.at(self.member("Key")).map_or_else(|| json!({}), |item| json!({"Item": item}))
            }
            ("DynamoDB", "BatchGetItem") => self.batch_read(world),
            ("DynamoDB", "Query") => world.below(&self.partition()?, self.member("ExclusiveStartKey"), self.limit()),
            // every turn of a rate limit is now
            ("DynamoDB", "UpdateItem") if self.is_of_a_slot() => json!({}),
            ("DynamoDB", "UpdateItem") if world.written.is_some() => json!({"Attributes": self.update(world)?}),
            // what an update returns is the item that the case holds there
            ("DynamoDB", "UpdateItem") => {
                world.at(self.member("Key")).map_or_else(|| json!({}), |item| json!({"Attributes": item}))
            }
            ("DynamoDB", "PutItem") => {
                world.keep(self.member("Item").clone());
                json!({})
            }
            ("DynamoDB", "DeleteItem") => {
                world.drop_written(self.member("Key"));
                json!({})
            }
            ("DynamoDB", "TransactWriteItems") => json!({}),
            ("SQS", "SendMessage") => json!({"MessageId": SENT.0, "MD5OfMessageBody": SENT.1}),
            ("SQS", "ChangeMessageVisibility") => json!({}),
            // nothing is in a queue: what a function works on is handed to it
            ("SQS", "ReceiveMessage") => json!({}),
            ("SecretsManager", "GetSecretValue") => json!({"Name": "secret", "SecretString": world.secret}),
            ("SES", "SendEmail" | "SendRawEmail") => return Some(self.mail_taken()),
            _ => return None,
        };
        Some(([(header::CONTENT_TYPE, "application/x-amz-json-1.0")], answer.to_string()).into_response())
    }

    fn member(&self, name: &str) -> &Value {
        self.members.get(name).unwrap_or(&Value::Null)
    }

    fn is_of_a_slot(&self) -> bool {
        key_of(self.member("Key")).is_some_and(|(pk, _)| pk.starts_with("slot#"))
    }

    /// The partition that a query reads.
    fn partition(&self) -> Option<String> {
        self.member("ExpressionAttributeValues").get(":pk").and_then(text).map(str::to_owned)
    }

    /// How many items a query reads at most.
    fn limit(&self) -> usize {
        self.member("Limit").as_u64().and_then(|limit| usize::try_from(limit).ok()).unwrap_or(A_PAGE)
    }

    /// Carries out `SET a = :a, #b = :b, c = :c + :d`, the form of updates that is kept; the item afterwards. Conditions are
    /// taken to hold.
    fn update(&self, world: &mut World) -> Option<Value> {
        let key = self.member("Key");
        let mut item = world.at(key).unwrap_or_else(|| key.clone());
        let expression = self.member("UpdateExpression").as_str()?.strip_prefix("SET ")?;
        for assignment in expression.split(", ") {
            let (name, value) = assignment.split_once(" = ")?;
            let name = self.member("ExpressionAttributeNames").get(name).and_then(Value::as_str).unwrap_or(name);
            let value = self.value(&item, value)?;
            item.as_object_mut()?.insert(name.to_owned(), value);
        }
        world.keep(item.clone());
        Some(item)
    }

    /// What an expression comes to: a value, an attribute, or the sum of two of them.
    fn value(&self, item: &Value, expression: &str) -> Option<Value> {
        let operand = |name: &str| self.member("ExpressionAttributeValues").get(name).or_else(|| item.get(name));
        let Some((one, other)) = expression.split_once(" + ") else { return operand(expression).cloned() };
        let number = |name: &str| operand(name)?.get("N")?.as_str()?.parse::<i64>().ok();
        Some(json!({"N": (number(one)? + number(other)?).to_string()}))
    }

    fn batch_read(&self, world: &World) -> Value {
        let tables = self.member("RequestItems").as_object().into_iter().flatten();
        let read = tables.map(|(table, wanted)| {
            let keys = wanted.get("Keys").and_then(Value::as_array).into_iter().flatten();
            (table.clone(), keys.filter_map(|key| world.at(key)).collect())
        });
        json!({"Responses": read.collect::<Map<_, _>>(), "UnprocessedKeys": {}})
    }

    fn mail_taken(&self) -> Response {
        let operation = &self.operation;
        let answer = format!(
            "<{operation}Response xmlns=\"http://ses.amazonaws.com/doc/2010-12-01/\"><{operation}Result><MessageId>m</MessageId>\
             </{operation}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{operation}Response>"
        );
        ([(header::CONTENT_TYPE, "text/xml")], answer).into_response()
    }
}

impl World {
    /// The item with this key, as DynamoDB writes it.
    fn at(&self, key: &Value) -> Option<Value> {
        let (pk, sk) = key_of(key)?;
        let kept = self.written.as_ref().and_then(|written| written.get(&(pk.clone(), sk.clone())));
        kept.cloned().or_else(|| self.items.iter().find(|item| item.0 == pk && item.1 == sk).map(written))
    }

    /// Keeps an item, where this world keeps any.
    fn keep(&mut self, item: Value) {
        if let (Some(written), Some(key)) = (&mut self.written, key_of(&item)) {
            written.insert(key, item);
        }
    }

    fn drop_written(&mut self, key: &Value) {
        if let (Some(written), Some(key)) = (&mut self.written, key_of(key)) {
            written.remove(&key);
        }
    }

    /// What was written into a partition, by sort key.
    fn written_below(&self, partition: &str) -> Vec<Value> {
        let written = self.written.iter().flatten();
        written.filter(|((pk, _), _)| pk == partition).map(|(_, item)| item.clone()).collect()
    }

    /// A partition's items after the one with the key `after`, and the key to go on from where there are more.
    fn below(&self, partition: &str, after: &Value, limit: usize) -> Value {
        let all = self.items.iter().filter(|item| item.0 == partition);
        let mut left =
            all.skip_while(|item| after.get("sk").and_then(text).is_some_and(|after| item.1 != after)).peekable();
        if !after.is_null() {
            left.next();
        }
        let read: Vec<_> = left.by_ref().take(limit).collect();
        let mut items: Vec<_> = read.iter().map(|item| written(item)).collect();
        if after.is_null() {
            items.extend(self.written_below(partition));
        }
        let last = left.peek().and(read.last()).map(|last| json!({"pk": {"S": last.0}, "sk": {"S": last.1}}));
        json!({"Count": items.len(), "ScannedCount": items.len(), "Items": items, "LastEvaluatedKey": last})
    }
}

/// Of a message that is not read for that.
fn deduplication(body: &[u8]) -> Option<String> {
    let (_, rest) = str::from_utf8(body).ok()?.rsplit_once("\"MessageDeduplicationId\":\"")?;
    rest.split_once('"').map(|(id, _)| id.to_owned())
}

/// An item's partition and sort key.
fn key_of(item: &Value) -> Option<(String, String)> {
    let part = |name| item.get(name).and_then(text).map(str::to_owned);
    Some((part("pk")?, part("sk")?))
}

fn text(attribute: &Value) -> Option<&str> {
    attribute.get("S").and_then(Value::as_str)
}

fn written((pk, sk, others): &Item) -> Value {
    let others = others.iter().map(|(name, value)| (name.clone(), attribute(value)));
    let keys = [("pk".to_owned(), json!({"S": pk})), ("sk".to_owned(), json!({"S": sk}))];
    Value::Object(keys.into_iter().chain(others).collect())
}

/// A JSON value as DynamoDB writes attributes.
fn attribute(value: &Value) -> Value {
    match value {
        Value::Null => json!({"NULL": true}),
        Value::Bool(value) => json!({"BOOL": value}),
        Value::Number(value) => json!({"N": value.to_string()}),
        Value::String(value) => json!({"S": value}),
        Value::Array(values) => json!({"L": values.iter().map(attribute).collect::<Value>()}),
        Value::Object(members) => {
            let members: Map<_, _> = members.iter().map(|(name, value)| (name.clone(), attribute(value))).collect();
            json!({"M": members})
        }
    }
}

/// The subjects of the items that a request of DynamoDB names: the first words of their partition keys, in order.
fn partitions(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match (name.as_str(), text(member)) {
                    ("pk" | ":pk", Some(key)) => found.extend(key.split('#').next().map(str::to_owned)),
                    _ => partitions(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| partitions(item, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(operation: &str, members: Value) -> Call {
        Call { service: "DynamoDB", operation: operation.to_owned(), members, deduplication: None }
    }

    #[test]
    fn a_messages_deduplication_id_is_found() {
        let body =
            br#"{"MessageBody":"{\"MessageDeduplicationId\":\"no\"}","MessageDeduplicationId":"a.b.0","QueueUrl":"q"}"#;
        assert_eq!(deduplication(body).as_deref(), Some("a.b.0"));
        assert_eq!(deduplication(b"{}"), None);
    }

    #[test]
    fn calls_are_told_apart_by_what_they_are_about() {
        let items = json!({"TransactItems": [
            {"Put": {"Item": {"pk": {"S": "intent#a#b"}, "sk": {"S": "intent"}}}},
            {"Put": {"Item": {"pk": {"S": "receipt#a#b"}, "sk": {"S": "0"}}}},
        ]});
        assert_eq!(call("TransactWriteItems", items).kind(), "DynamoDB TransactWriteItems intent+receipt");
        let query = json!({"ExpressionAttributeValues": {":pk": {"S": "unmailed"}}});
        assert_eq!(call("Query", query).kind(), "DynamoDB Query unmailed");
        let ses = Call::of_query(b"Action=SendEmail&Version=2010-12-01").unwrap();
        assert_eq!(ses.kind(), "SES SendEmail");
        assert!(Call::of_query(br#"{"first_name":"Sample"}"#).is_none());
    }

    #[test]
    fn an_item_is_found_by_its_key_and_written_as_dynamodb_does() {
        let others = json!({"revision": 1, "breaker": null, "flows": ["a"]}).as_object().unwrap().clone();
        let world = World { items: vec![("connection".to_owned(), "careers".to_owned(), others)], ..World::default() };
        let key = |sk: &str| json!({"pk": {"S": "connection"}, "sk": {"S": sk}});
        insta::assert_snapshot!(world.at(&key("careers")).unwrap(), @r#"{"breaker":{"NULL":true},"flows":{"L":[{"S":"a"}]},"pk":{"S":"connection"},"revision":{"N":"1"},"sk":{"S":"careers"}}"#);
        assert_eq!(world.at(&key("other")), None);
        assert_eq!(world.below("connection", &Value::Null, 9)["Count"], json!(1));
    }

    #[test]
    fn a_query_goes_on_where_it_stopped() {
        let items = ["a", "b", "c"].map(|sk| ("link".to_owned(), sk.to_owned(), Map::new())).to_vec();
        let world = World { items, ..World::default() };
        let first = world.below("link", &Value::Null, 2);
        assert_eq!(first["LastEvaluatedKey"]["sk"]["S"], "b");
        let rest = world.below("link", &first["LastEvaluatedKey"], 2);
        assert_eq!((&rest["Items"][0]["sk"]["S"], &rest["LastEvaluatedKey"]), (&json!("c"), &Value::Null));
    }

    #[test]
    fn an_update_keeps_values_and_sums() {
        let mut world = World { written: Some(crate::stand_ins::Written::new()), ..World::default() };
        let key = json!({"pk": {"S": "slot"}, "sk": {"S": "slot"}});
        let update = |expression: &str| {
            let values = json!({":now": {"N": "7"}, ":step": {"N": "3"}});
            call("UpdateItem", json!({"Key": key, "UpdateExpression": expression, "ExpressionAttributeValues": values}))
        };
        assert!(update("SET next_ms = :now + :step").answer(&mut world).is_some());
        assert!(update("SET next_ms = next_ms + :step, v = :now").answer(&mut world).is_some());
        let kept = world.at(&key).unwrap();
        assert_eq!((&kept["next_ms"]["N"], &kept["v"]["N"]), (&json!("13"), &json!("7")));
        assert!(update("REMOVE next_ms").answer(&mut world).is_none());
    }

    #[test]
    fn what_nobody_knows_gets_no_answer() {
        assert!(call("Scan", json!({})).answer(&mut World::default()).is_none());
        assert!(call("PutItem", json!({})).answer(&mut World::default()).is_some());
    }
}
