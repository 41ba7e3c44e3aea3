//! The storage of another host: its links are signed, live for a minute and serve every file as octets.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::digest;

pub(super) const OCTETS: &str = "binary/octet-stream";
const LINK_LIVES: SignedDuration = SignedDuration::from_secs(60);

/// What the storage holds, and where it is reached.
#[derive(Default)]
pub(super) struct Storage {
    pub(super) base: String,
    objects: BTreeMap<String, Object>,
}

/// One file behind one link.
#[derive(Clone)]
pub(super) struct Object {
    /// `None`: not there yet.
    pub(super) content: Option<String>,
    pub(super) until: Timestamp,
}

impl Storage {
    pub(super) fn object(&self, key: &str) -> Option<Object> {
        self.objects.get(key).cloned()
    }

    pub(super) fn clear(&mut self) {
        self.objects.clear();
    }

    /// A new signed link.
    pub(super) fn link(&mut self, contract: i64, file: i64, content: Option<String>, now: Timestamp) -> String {
        let key = digest::sha1(&format!("{contract} {file} {}", self.objects.len()));
        self.objects.insert(key.clone(), Object { content, until: now + LINK_LIVES });
        format!("{}/storage/{key}?X-Amz-Expires=60&X-Amz-Signature={}", self.base, digest::sha1(&key))
    }
}
