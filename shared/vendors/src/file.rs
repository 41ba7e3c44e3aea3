//! A file on its way from one vendor to another: its start is looked at, the rest goes from connection to connection and is
//! never whole in memory.

use std::fmt;
use std::io;

use futures_util::stream;
use reqwest::multipart::Part;
use reqwest::{Body, Response};

/// How many bytes are read before anything is done with a file: enough to tell of what kind it is.
const HEAD: usize = 1024;

/// A file that is being received. To be handed to the vendor that stores it, within the time that its download may take.
pub struct FileStream {
    head: Vec<u8>,
    rest: Response,
    length: Option<u64>,
    largest: u64,
}

/// What an answer that should be a file is.
#[derive(Debug)]
pub(crate) enum Opened {
    /// A file.
    File(FileStream),
    /// No bytes.
    Empty,
    /// More bytes than may be.
    TooLarge,
}

/// What is still to be handed on.
struct Remaining {
    head: Option<Vec<u8>>,
    response: Response,
    /// So many bytes may still come.
    allowed: u64,
}

impl FileStream {
    /// Reads the start of a file of at most `largest` bytes.
    pub(crate) async fn open(mut rest: Response, largest: u64) -> Result<Opened, reqwest::Error> {
        let length = rest.content_length();
        if length.is_some_and(|length| length > largest) {
            return Ok(Opened::TooLarge);
        }
        let mut head = Vec::new();
        while head.len() < HEAD
            && let Some(chunk) = rest.chunk().await?
        {
            head.extend_from_slice(&chunk);
        }
        Ok(match head.len() as u64 {
            0 => Opened::Empty,
            length if length > largest => Opened::TooLarge,
            _ => Opened::File(Self { head, rest, length, largest }),
        })
    }

    /// The start of the file: at least its first bytes, perhaps all.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head
    }

    /// The file as a part of a form. It breaks off, and the form with it, where the download does or where more bytes come
    /// than may be.
    pub(crate) fn into_part(self) -> Part {
        let length = self.length;
        let remaining = Remaining { head: Some(self.head), response: self.rest, allowed: self.largest };
        let body = Body::wrap_stream(stream::try_unfold(remaining, next));
        match length {
            Some(length) => Part::stream_with_length(body, length),
            None => Part::stream(body),
        }
    }
}

impl fmt::Debug for FileStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Some(length) => write!(f, "FileStream({length} bytes)"),
            None => f.write_str("FileStream(length unknown)"),
        }
    }
}

async fn next(mut remaining: Remaining) -> io::Result<Option<(Vec<u8>, Remaining)>> {
    let chunk = match remaining.head.take() {
        Some(head) => head,
        None => match remaining.response.chunk().await.map_err(io::Error::other)? {
            Some(chunk) => chunk.to_vec(),
            None => return Ok(None),
        },
    };
    let left = remaining.allowed.checked_sub(chunk.len() as u64);
    remaining.allowed = left.ok_or_else(|| io::Error::other("the file is larger than was allowed"))?;
    Ok(Some((chunk, remaining)))
}
