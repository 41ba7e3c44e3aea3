//! What the local cloud shows about itself: sent mails and waiting messages (MiniStack's `/_ministack/ses/messages` and
//! `/_ministack/sqs/messages`).

use std::collections::BTreeSet;

use serde_json::Value;

use crate::stage::{Http, Seen};

/// A sent mail.
pub(crate) struct Mail {
    pub(crate) id: String,
    pub(crate) to: Vec<String>,
    /// Subject and bodies.
    pub(crate) text: String,
}

impl Mail {
    /// Whether the mail says this, whatever the case.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.text.to_lowercase().contains(&words.to_lowercase())
    }

    /// What of this it says. A part is its name and words that stand for it, looked for in the whole mail.
    fn tells(&self, parts: &[(&str, &str)]) -> String {
        let told: Vec<_> = parts.iter().filter(|(_, words)| self.says(words)).map(|(part, _)| *part).collect();
        told.join(", ")
    }
}

impl Http<'_> {
    /// Every mail that was sent so far.
    pub(crate) async fn mails(&self) -> anyhow::Result<Vec<Mail>> {
        let answer = self.get(&self.aws("/_ministack/ses/messages")).await?;
        let accounts = answer.get("messages").and_then(Value::as_object);
        let accounts = accounts.ok_or_else(|| anyhow::anyhow!("the local cloud's mails have an unknown shape"))?;
        Ok(accounts.values().filter_map(Value::as_array).flatten().map(mail).collect())
    }

    /// The mails that were sent and are not among `known`.
    pub(crate) async fn new_mails(&self, known: &BTreeSet<String>) -> anyhow::Result<Vec<Mail>> {
        let mails = self.mails().await?;
        Ok(mails.into_iter().filter(|mail| !known.contains(&mail.id)).collect())
    }

    /// Waits for a new mail about this id: to whom it went, and what of the `parts` it tells.
    pub(crate) async fn mailed(&self, known: &BTreeSet<String>, id: &str, parts: &[(&str, &str)]) -> Seen {
        let look = async || self.new_mails(known).await;
        let mails = self.until(look, |mails| mails.iter().any(|mail| mail.says(id))).await?;
        Ok(match mails.iter().find(|mail| mail.says(id)) {
            Some(mail) => format!("mail to {} with {}", mail.to.join(" and "), mail.tells(parts)),
            None => "no mail".to_owned(),
        })
    }

    /// Waits until no message of the stack is underway any more.
    pub(crate) async fn until_quiet(&self) -> anyhow::Result<()> {
        let underway = self.until(async || self.messages_underway().await, |count| *count == 0).await?;
        anyhow::ensure!(underway == 0, "{underway} messages are still underway");
        Ok(())
    }

    /// How many messages wait or are being worked on in the stack's queues; what lies in dead-letter queues is not counted, as it
    /// may be older than the tour.
    async fn messages_underway(&self) -> anyhow::Result<usize> {
        let answer = self.get(&self.aws("/_ministack/sqs/messages")).await?;
        let accounts = answer.get("messages").and_then(Value::as_object);
        let accounts = accounts.ok_or_else(|| anyhow::anyhow!("the local cloud's messages have an unknown shape"))?;
        let regions = accounts.values().filter_map(Value::as_object).flat_map(|regions| regions.values());
        let queues = regions.filter_map(Value::as_object).flatten();
        let ours = format!("/{}-", self.endpoints.stack);
        let working = queues.filter(|(url, _)| url.contains(&ours) && !url.ends_with("-dead.fifo"));
        Ok(working.map(|(_, messages)| messages.as_array().map_or(0, Vec::len)).sum())
    }
}

fn mail(mail: &Value) -> Mail {
    let text = |member: &str| mail.get(member).and_then(Value::as_str).unwrap_or_default();
    let to = mail.get("To").and_then(Value::as_array).into_iter().flatten();
    Mail {
        id: text("MessageId").to_owned(),
        to: to.filter_map(Value::as_str).map(str::to_owned).collect(),
        text: [text("Subject"), text("BodyText"), text("BodyHtml")].join("\n"),
    }
}
