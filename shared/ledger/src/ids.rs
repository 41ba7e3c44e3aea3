//! Long lists of ids: 16 bytes each, as many to an item as fit.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::Deserialize;

use crate::table::{Key, VERSION, number};
use crate::{Error, Ledger};

/// How many ids one item holds: well below DynamoDB's 400 KB.
const CHUNK: usize = 16_000;

impl Ledger {
    /// Writes a list of ids over whatever list stood there. Each item says how many there are in all, so that what a longer
    /// list has left behind does not count.
    pub(crate) async fn put_ids(&self, pk: &str, ids: &[u128], expiry: AttributeValue) -> Result<(), Error> {
        let chunks = ids.chunks(CHUNK).chain(ids.is_empty().then_some(ids));
        for (index, chunk) in chunks.enumerate() {
            let bytes = chunk.iter().flat_map(|id| id.to_be_bytes()).collect::<Vec<u8>>();
            let mut item = Key::new(pk, format!("{index:06}")).item();
            item.insert("ids".to_owned(), AttributeValue::B(Blob::new(bytes)));
            item.insert("of".to_owned(), number(ids.len()));
            item.insert("v".to_owned(), number(VERSION));
            item.insert("expires_at".to_owned(), expiry.clone());
            let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
            request.send().await.map_err(|error| Error::of("write ids", error))?;
        }
        Ok(())
    }

    /// The list that was written last.
    pub(crate) async fn ids(&self, pk: &str) -> Result<Vec<u128>, Error> {
        #[derive(Deserialize)]
        struct Chunk {
            #[serde(with = "serde_bytes_list")]
            ids: Vec<u128>,
            of: usize,
        }
        let chunks: Vec<Chunk> = self.list("list ids", pk).await?;
        let of = chunks.first().map_or(0, |first| first.of);
        // an earlier, longer list may have left chunks behind
        Ok(chunks.into_iter().filter(|chunk| chunk.of == of).flat_map(|chunk| chunk.ids).take(of).collect())
    }
}

/// Ids as one binary value, 16 bytes each.
mod serde_bytes_list {
    use serde::de::{Deserializer, Error, Visitor};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u128>, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Vec<u128>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("16 bytes for each id")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
                let (ids, rest) = bytes.as_chunks::<16>();
                if !rest.is_empty() {
                    return Err(E::invalid_length(bytes.len(), &self));
                }
                Ok(ids.iter().map(|id| u128::from_be_bytes(*id)).collect())
            }

            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Self::Value, E> {
                self.visit_bytes(&bytes)
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}
