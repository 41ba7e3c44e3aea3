//! What Oneflow holds: per account its contracts, as they are and as they were, its webhooks and the mails it sent.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use crate::outbox::Outbox;
use crate::window::Window;

use super::account::Account;
use super::contract::Contract;
use super::mail::Mail;
use super::webhook::{self, Webhook};

/// All accounts by name.
#[derive(Default)]
pub(super) struct Store {
    pub(super) accounts: BTreeMap<String, Books>,
    /// Ids are unique over all accounts.
    pub(super) ids: Ids,
}

/// Gives ids.
#[derive(Default)]
pub(super) struct Ids(i64);

impl Ids {
    pub(super) fn next(&mut self) -> i64 {
        self.0 += 1;
        8_000_000 + self.0
    }

    /// Skips so many of the first.
    pub(super) fn begin_at(&mut self, number: u32) {
        self.0 = self.0.max(number.into());
    }
}

impl Store {
    /// As the door shows it.
    pub(super) fn shown(&self) -> Map<String, Value> {
        let each = |show: fn(&Books) -> Value| -> Value {
            Value::Object(self.accounts.iter().map(|(name, books)| (name.clone(), show(books))).collect())
        };
        let members = [
            ("accounts", each(|books| json!(books.account))),
            ("contracts", each(|books| json!(books.contracts().collect::<Vec<_>>()))),
            ("mails", each(|books| json!(books.mails))),
            ("webhooks", each(|books| books.webhooks.iter().map(webhook::without_secrets).collect())),
            ("deliveries", each(|books| json!(books.outbox.sent))),
            ("waiting", each(|books| books.outbox.waiting.iter().map(|letter| json!(letter.number)).collect())),
        ];
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// What one account holds.
pub(super) struct Books {
    pub(super) account: Account,
    /// Per contract its versions, oldest first.
    contracts: BTreeMap<i64, Vec<(Timestamp, Contract)>>,
    pub(super) webhooks: Vec<Webhook>,
    pub(super) mails: Vec<Mail>,
    pub(super) outbox: Outbox,
    pub(super) window: Window,
}

impl Books {
    pub(super) fn open(account: Account) -> Self {
        Self {
            account,
            contracts: BTreeMap::new(),
            webhooks: Vec::new(),
            mails: Vec::new(),
            outbox: Outbox::default(),
            window: Window::default(),
        }
    }

    /// All contracts as they are, the oldest first, deleted ones too.
    pub(super) fn contracts(&self) -> impl Iterator<Item = &Contract> {
        self.contracts.values().filter_map(|versions| versions.last()).map(|(_, contract)| contract)
    }

    /// A contract as it is, unless it was deleted.
    pub(super) fn contract(&self, id: i64) -> Option<&Contract> {
        let (_, contract) = self.contracts.get(&id)?.last()?;
        contract.deleted.is_none().then_some(contract)
    }

    /// What a reader sees of a contract: the account may lag behind.
    pub(super) fn read(&self, id: i64, now: Timestamp) -> Option<&Contract> {
        let lag = SignedDuration::from_secs(self.account.read_lag_seconds.into());
        let versions = self.contracts.get(&id)?;
        let seen = versions.iter().rev().find(|(since, _)| *since + lag <= now);
        seen.map(|(_, contract)| contract).filter(|contract| contract.deleted.is_none())
    }

    /// What a reader sees of all contracts, the oldest first.
    pub(super) fn read_all(&self, now: Timestamp) -> impl Iterator<Item = &Contract> {
        self.contracts.keys().filter_map(move |id| self.read(*id, now))
    }

    /// Keeps a new contract, or another version of one.
    pub(super) fn keep(&mut self, contract: Contract, now: Timestamp) {
        self.contracts.entry(contract.id).or_default().push((now, contract));
    }
}
