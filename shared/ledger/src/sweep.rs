//! What sweeps remember: how far a connection's changes were read, where a reading that ran out of time goes on, which
//! objects still wait for a mapping or a user, and what a run over several slices found missing.

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::breaker::conditional;
use crate::table::{Key, VERSION, days, expiry, expiry_seconds, millis, number, read, text};
use crate::{Error, Ledger};

/// How long a run's findings are kept: long enough for a person to confirm deletions.
const KEPT: std::time::Duration = days(14);

/// One slice of a run: which, and of how many.
#[derive(Debug, Clone, Copy)]
pub struct Slice<'a> {
    /// The connection.
    pub connection: &'a str,
    /// The run's id.
    pub run: &'a str,
    /// The slice's own name in the run.
    pub name: &'a str,
    /// How many slices of this kind the run has.
    pub of: u32,
}

/// What a slice, or all slices of a run together, have found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// How many objects the links name, of those that the target holds something for.
    pub known: u64,
    /// How many of them the source did not list.
    pub missing: u64,
}

/// A run whose deletions wait for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The run.
    pub run: String,
    /// Whether it reads everything, not just what is recent.
    pub whole: bool,
    /// What it found.
    pub known: u64,
    /// What it would remove.
    pub missing: u64,
    /// When it was held.
    #[serde(rename = "at_ms", with = "millisecond::required")]
    pub at: Timestamp,
}

/// Where a reading goes on: the flow's own place, and the ids that were read so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place<T> {
    /// The flow's own.
    pub at: T,
    /// Read so far.
    pub read: Vec<u128>,
}

fn partition(connection: &str) -> String {
    format!("sweep#{connection}")
}

fn pending(connection: &str) -> String {
    format!("pending#{connection}")
}

impl Slice<'_> {
    fn key(&self, subject: &str) -> Key {
        Key::new(partition(self.connection), format!("{}#{subject}#{}", self.run, self.name))
    }

    fn ids(&self, subject: &str) -> String {
        format!("{}#{}#{subject}#{}", partition(self.connection), self.run, self.name)
    }
}

#[derive(Deserialize)]
struct Run {
    #[serde(default)]
    slices: std::collections::BTreeMap<String, Totals>,
}

impl Ledger {
    /// How far the connection's changes were read.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn cursor(&self, connection: &str) -> Result<Option<Timestamp>, Error> {
        #[derive(Deserialize)]
        struct Cursor {
            #[serde(rename = "at_ms", with = "millisecond::required")]
            at: Timestamp,
        }
        let key = Key::new(format!("cursor#{connection}"), "cursor");
        Ok(self.get::<Cursor>("read cursor", key).await?.map(|cursor| cursor.at))
    }

    /// Moves the cursor on; never back.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn move_cursor(&self, connection: &str, to: Timestamp) -> Result<(), Error> {
        let key = Key::new(format!("cursor#{connection}"), "cursor").item();
        let request = self.client.update_item().table_name(&self.table).set_key(Some(key));
        let request = request
            .update_expression("SET at_ms = :to, v = :v")
            .condition_expression("attribute_not_exists(at_ms) OR at_ms < :to")
            .expression_attribute_values(":to", millis(to))
            .expression_attribute_values(":v", number(VERSION));
        conditional("move cursor", request).await.map(|_| ())
    }

    /// Remembers that an object waits for something outside of it, so that every sweep tries it again.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn add_waiting(&self, connection: &str, object: &str) -> Result<(), Error> {
        let mut item = Key::new(pending(connection), object).item();
        item.insert("v".to_owned(), number(VERSION));
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        request.send().await.map(|_| ()).map_err(|error| Error::of("write pending", error))
    }

    /// It waits no more.
    ///
    /// # Errors
    /// Where the table fails; then it is tried once more for nothing.
    pub async fn remove_waiting(&self, connection: &str, object: &str) -> Result<(), Error> {
        let key = Key::new(pending(connection), object).item();
        let request = self.client.delete_item().table_name(&self.table).set_key(Some(key));
        request.send().await.map(|_| ()).map_err(|error| Error::of("remove pending", error))
    }

    /// The objects that wait.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn waiting(&self, connection: &str) -> Result<Vec<String>, Error> {
        #[derive(Deserialize)]
        struct Pending {
            sk: String,
        }
        let all: Vec<Pending> = self.list("list pending", &pending(connection)).await?;
        Ok(all.into_iter().map(|pending| pending.sk).collect())
    }

    /// Where an earlier invocation left the slice.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn place<T: DeserializeOwned>(&self, slice: Slice<'_>) -> Result<Option<Place<T>>, Error> {
        #[derive(Deserialize)]
        struct Stored<T> {
            at: T,
            read: u64,
        }
        let Some(stored) = self.get::<Stored<T>>("read place", slice.key("place")).await? else { return Ok(None) };
        let read = self.ids(&slice.ids("read")).await?;
        // ids that were cut off by a crash: the place was written after them, so they are all there or none counts
        let whole = u64::try_from(read.len()).is_ok_and(|length| length == stored.read);
        Ok(whole.then_some(Place { at: stored.at, read }))
    }

    /// Keeps the place: the ids first, what makes them count last.
    ///
    /// # Errors
    /// Where the table fails; then the slice begins anew.
    pub async fn keep_place<T: Serialize>(
        &self,
        slice: Slice<'_>,
        place: &Place<T>,
        now: Timestamp,
    ) -> Result<(), Error> {
        #[derive(Serialize)]
        struct Stored<'a, T> {
            at: &'a T,
            read: usize,
            expires_at: i64,
        }
        self.put_ids(&slice.ids("read"), &place.read, expiry(now, KEPT)).await?;
        let stored = Stored { at: &place.at, read: place.read.len(), expires_at: expiry_seconds(now, KEPT) };
        let item = slice.key("place").with("keep place", &stored)?;
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        request.send().await.map(|_| ()).map_err(|error| Error::of("keep place", error))
    }

    /// The slice begins anew.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn forget_place(&self, slice: Slice<'_>) -> Result<(), Error> {
        let key = slice.key("place").item();
        let request = self.client.delete_item().table_name(&self.table).set_key(Some(key));
        request.send().await.map(|_| ()).map_err(|error| Error::of("forget place", error))
    }

    /// A slice was read to its end: what it found, and the ids of all that the source did not list, those included that
    /// the target holds nothing for. What the run has found, once all of its slices were. A repeated reading of a slice
    /// takes the place of the one before.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn slice_read(
        &self,
        slice: Slice<'_>,
        found: Totals,
        missing: &[u128],
        now: Timestamp,
    ) -> Result<Option<Totals>, Error> {
        const OPERATION: &str = "settle slice";
        self.put_ids(&slice.ids("missing"), missing, expiry(now, KEPT)).await?;
        let found = serde_dynamo::to_attribute_value(found).map_err(|error| Error::unreadable(OPERATION, error))?;
        let update = |expression: &str| {
            let key = Key::new(partition(slice.connection), slice.run).item();
            self.client.update_item().table_name(&self.table).set_key(Some(key)).update_expression(expression)
        };
        let begun = update("SET slices = if_not_exists(slices, :none), v = :v, expires_at = :expiry")
            .expression_attribute_values(":none", AttributeValue::M([].into()))
            .expression_attribute_values(":v", number(VERSION))
            .expression_attribute_values(":expiry", expiry(now, KEPT));
        begun.send().await.map_err(|error| Error::of(OPERATION, error))?;
        let settled = update("SET slices.#slice = :found")
            .expression_attribute_names("#slice", slice.name)
            .expression_attribute_values(":found", found)
            .return_values(ReturnValue::AllNew);
        let answer = settled.send().await.map_err(|error| Error::of(OPERATION, error))?;
        let Run { slices }: Run = read(OPERATION, answer.attributes.unwrap_or_default())?;
        let whole = u32::try_from(slices.len()).is_ok_and(|read| read >= slice.of);
        let sum = |of: fn(&Totals) -> u64| slices.values().map(of).sum();
        Ok(whole.then(|| Totals { known: sum(|it| it.known), missing: sum(|it| it.missing) }))
    }

    /// What a run found missing in a slice.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn missing(&self, slice: Slice<'_>) -> Result<Vec<u128>, Error> {
        self.ids(&slice.ids("missing")).await
    }

    /// The slices of a run that were read to their end.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn slices_read(&self, connection: &str, run: &str) -> Result<Vec<String>, Error> {
        let run: Option<Run> = self.get("read run", Key::new(partition(connection), run)).await?;
        Ok(run.map(|run| run.slices.into_keys().collect()).unwrap_or_default())
    }

    /// The run's deletions wait for a person. One of a run that reads everything stays in the place of a lesser one's.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn hold(&self, connection: &str, held: &Held) -> Result<(), Error> {
        const OPERATION: &str = "hold run";
        let mut item = Key::new(partition(connection), "held").with(OPERATION, held)?;
        item.insert("expires_at".to_owned(), expiry(held.at, KEPT));
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let request = match held.whole {
            true => request,
            false => request
                .condition_expression("attribute_not_exists(whole) OR whole = :no")
                .expression_attribute_values(":no", AttributeValue::Bool(false)),
        };
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(Error::of(OPERATION, error)),
        }
    }

    /// The run that waits for a person, if one does.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn held(&self, connection: &str) -> Result<Option<Held>, Error> {
        self.get("read held run", Key::new(partition(connection), "held")).await
    }

    /// The run that waits for a person waits no more.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn release(&self, connection: &str, held: &Held) -> Result<(), Error> {
        let key = Key::new(partition(connection), "held").item();
        let request = self.client.delete_item().table_name(&self.table).set_key(Some(key));
        let request = request
            .condition_expression("#run = :run")
            .expression_attribute_names("#run", "run")
            .expression_attribute_values(":run", text(&held.run));
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(Error::of("release run", error)),
        }
    }
}
