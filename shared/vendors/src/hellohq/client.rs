//! Client of helloHQ's API v2: entering and removing absences, reading a user's entries and all users.
//!
//! There is no update, no idempotency key and no external id, and an entry need not be readable right after it was
//! made. So a create whose answer was lost is found again only by what was written, its note above all. Lists are read
//! to their end page by page; an entry that others remove meanwhile may push another past the reading. Source:
//! developer.hellohq.io.

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::{RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use url::Url;

use super::model::{Entry, EntryId, Found, User, UserId};
use super::operations::{CREATE_ABSENCE, DELETE_ABSENCE, LIST_ABSENCES, LIST_USERS, READ_ABSENCE};
use super::{read, refusal};
use crate::http::Answer;
use crate::value::BaseUrl;
use crate::{Cursor, Error, Http, Kind, Operation};

/// Where the API is.
pub const DEFAULT_BASE_URL: &str = "https://api.hellohq.io";

/// How many calls helloHQ takes in a minute.
pub const CALLS_PER_MINUTE: u32 = 1000;

/// How long to wait after a 429 that names no time.
const A_MINUTE: Duration = Duration::from_secs(60);

/// How much is asked for on a page: helloHQ gives up to 1000, but a page must fit into what is read of an answer.
const PAGE: usize = 250;

/// A header that holds an address where there is more to read. The address is never called: it would carry the token
/// to whatever host it names.
const NEXT: &str = "helloHQ-NextLink";

/// A header that says how many entries there are on all pages together.
const COUNT: &str = "helloHQ-Count";

const ABSENCES: &str = "v2/Absences";
const USERS: &str = "v2/Users";

/// How a query's options are spelled: the vendor's guide and its OpenAPI document disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prefix {
    /// `filter`, as in the guide.
    #[default]
    Plain,
    /// `$filter`, as in the OpenAPI document's texts.
    Dollar,
}

/// One company's account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Where the API is; [`DEFAULT_BASE_URL`] but for tests.
    pub base_url: BaseUrl,
    /// A sync token (Admin > Settings > API-Clients), which sees all users.
    pub token: SecretString,
    /// How query options are spelled.
    pub prefix: Prefix,
}

impl Account {
    /// What tells the account from others, without showing its token: 32 hex digits. helloHQ's API names no company, so two
    /// tokens of one company count as two accounts.
    #[must_use]
    pub fn key(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.base_url.join("").as_str());
        hash.update([0]);
        hash.update(self.token.expose_secret());
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A client for one account.
#[derive(Debug, Clone)]
pub struct HelloHq {
    http: Http,
    account: Account,
}

impl HelloHq {
    /// A client that calls through `http`.
    #[must_use]
    pub fn new(http: Http, account: Account) -> Self {
        Self { http, account }
    }

    /// Enters an absence, approved.
    ///
    /// # Errors
    /// [`Kind::Invalid`]: the content is refused. [`Kind::Unexplained`] with status 200 or 201: the entry was probably
    /// made, but its id cannot be read. [`Kind::Gone`], [`Kind::Conflict`], [`Kind::LoginRefused`],
    /// [`Kind::RightMissing`], and the transport's.
    pub async fn create(&self, entry: &Entry) -> Result<EntryId, Error> {
        let request = self.http.post(self.account.base_url.join(ABSENCES)).json(&read::post(entry));
        let answer = self.send(CREATE_ABSENCE, request).await?;
        let created = match answer.status {
            StatusCode::OK | StatusCode::CREATED => read::created(&answer.body),
            _ => return Err(failure(CREATE_ABSENCE, &answer)),
        };
        created.ok_or_else(|| unexplained(CREATE_ABSENCE, &answer))
    }

    /// Removes an entry. One that is not there (any more) is no failure, once the account is seen to be.
    ///
    /// # Errors
    /// As [`Self::create`], but never [`Kind::Gone`].
    pub async fn delete(&self, id: EntryId) -> Result<(), Error> {
        let request = self.http.delete(self.account.base_url.join(&format!("{ABSENCES}/{id}")));
        let answer = self.send(DELETE_ABSENCE, request).await?;
        match answer.status {
            StatusCode::OK | StatusCode::NO_CONTENT => Ok(()),
            // gone, unless nothing at all is at this address
            StatusCode::NOT_FOUND => {
                self.page(List { operation: DELETE_ABSENCE, path: USERS, filter: None }, 0).await.map(|_| ())
            }
            _ => Err(failure(DELETE_ABSENCE, &answer)),
        }
    }

    /// One entry, whoever made it; `None` where helloHQ shows none with this id (yet, or any more).
    ///
    /// # Errors
    /// As [`Self::entries_of`].
    pub async fn entry(&self, id: EntryId) -> Result<Option<Found>, Error> {
        let address = self.account.base_url.join(&format!("{ABSENCES}/{id}"));
        let answer = self.send(READ_ABSENCE, self.http.get(address)).await?;
        match answer.status {
            StatusCode::OK => read::one(&answer.body).map(Some).ok_or_else(|| unexplained(READ_ABSENCE, &answer)),
            StatusCode::NOT_FOUND => Ok(None),
            _ => Err(failure(READ_ABSENCE, &answer)),
        }
    }

    /// How many days helloHQ counts for an entry; `None` where it does not say.
    ///
    /// # Errors
    /// As [`Self::create`].
    pub async fn missed_days(&self, id: EntryId) -> Result<Option<f64>, Error> {
        let address = self.account.base_url.join(&format!("{ABSENCES}/{id}"));
        let answer = self.send(READ_ABSENCE, self.http.get(address)).await?;
        match answer.status {
            StatusCode::OK => Ok(read::missed_days(&answer.body)),
            _ => Err(failure(READ_ABSENCE, &answer)),
        }
    }

    /// A user's entries of every type, whoever made them.
    ///
    /// # Errors
    /// [`Kind::Endless`]: the list leads back to itself. [`Kind::Incomplete`]: it ends before the number of entries that it
    /// tells. [`Kind::WrongAddress`], [`Kind::LoginRefused`], [`Kind::RightMissing`], [`Kind::Unexplained`] (no list, or an item
    /// without its ids), and the transport's.
    pub async fn entries_of(&self, user: UserId) -> Result<Vec<Found>, Error> {
        let filter = format!("userId eq {user}");
        let list = List { operation: LIST_ABSENCES, path: ABSENCES, filter: Some(&filter) };
        let entries = self.all(list, read::entries, |entry| entry.id).await?;
        // a server that does not know the filter's spelling gives everybody's entries
        Ok(entries.into_iter().filter(|entry| entry.user == user).collect())
    }

    /// The ids on one page of the account's entries, whoever made them; `cursor` is where a page before leads.
    ///
    /// # Errors
    /// As [`Self::entries_of`], but an entry without a readable id is `None`. [`Kind::Endless`]: the page is the one before.
    /// [`Kind::Incomplete`]: the page is empty before the number of entries that the list tells.
    pub async fn entry_ids(&self, cursor: Option<&Cursor>) -> Result<EntryIds, Error> {
        let endless = || Error::new(LIST_ABSENCES, Kind::Endless);
        let (skip, first_before) = match cursor {
            None => (0, None),
            Some(cursor) => position(cursor).ok_or_else(endless)?,
        };
        let list = List { operation: LIST_ABSENCES, path: ABSENCES, filter: None };
        let answer = self.page(list, skip).await?;
        let ids = read::ids(&answer.body).ok_or_else(|| unexplained(LIST_ABSENCES, &answer))?;
        let first = ids.iter().flatten().next().copied();
        let after = skip + ids.len();
        let lacks_some = total(&answer).is_some_and(|total| after < total);
        let more = lacks_some || has_more(&answer, ids.len());
        let repeats = first.is_some() && first == first_before;
        if lacks_some && ids.is_empty() {
            return Err(Error::new(LIST_ABSENCES, Kind::Incomplete));
        }
        if repeats || (more && ids.is_empty()) {
            return Err(endless());
        }
        let next =
            more.then(|| Cursor::new(format!("{after} {}", first.map_or_else(String::new, |id| id.to_string()))));
        Ok(EntryIds { ids, next })
    }

    /// All users, those who have left too where helloHQ gives them.
    ///
    /// # Errors
    /// As [`Self::entries_of`].
    pub async fn users(&self) -> Result<Vec<User>, Error> {
        self.all(List { operation: LIST_USERS, path: USERS, filter: None }, read::users, |user| user.id).await
    }

    /// All pages of a list, each item once. A list that says how many items there are is read to that number.
    async fn all<T, K: Ord>(
        &self,
        list: List<'_>,
        read: impl Fn(&[u8]) -> Option<Vec<T>>,
        id: impl Fn(&T) -> K,
    ) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        let mut seen = BTreeSet::new();
        let mut skip = 0;
        loop {
            let answer = self.page(list, skip).await?;
            let page = read(&answer.body).ok_or_else(|| unexplained(list.operation, &answer))?;
            let length = page.len();
            let known = items.len();
            items.extend(page.into_iter().filter(|item| seen.insert(id(item))));
            let leads_on = items.len() > known;
            let lacks_some = total(&answer).is_some_and(|total| items.len() < total);
            match lacks_some || has_more(&answer, length) {
                false if leads_on || length == 0 => return Ok(items),
                true if leads_on => skip += length,
                true if lacks_some && length == 0 => return Err(Error::new(list.operation, Kind::Incomplete)),
                _ => return Err(Error::new(list.operation, Kind::Endless)),
            }
        }
    }

    async fn page(&self, list: List<'_>, skip: usize) -> Result<Answer, Error> {
        let answer = self.send(list.operation, self.http.get(self.address(list, skip))).await?;
        match answer.status {
            StatusCode::OK => Ok(answer),
            // a list is always there, be it empty
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::GONE => {
                Err(Error::new(list.operation, Kind::WrongAddress))
            }
            _ => Err(failure(list.operation, &answer)),
        }
    }

    fn address(&self, list: List<'_>, skip: usize) -> Url {
        let prefix = match self.account.prefix {
            Prefix::Plain => "",
            Prefix::Dollar => "$",
        };
        let filter = list.filter.map_or_else(String::new, |filter| format!("{prefix}filter={filter}&"));
        let mut url = self.account.base_url.join(list.path);
        // by hand, for a form's `+` may not count as a blank within a filter
        url.set_query(Some(&format!("{filter}{prefix}orderby=id&{prefix}top={PAGE}&{prefix}skip={skip}")));
        url
    }

    async fn send(&self, operation: Operation, request: RequestBuilder) -> Result<Answer, Error> {
        let request = request.bearer_auth(self.account.token.expose_secret());
        self.http.send(operation, request).await
    }
}

/// The ids on one page of entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryIds {
    /// The ids. `None`: one that cannot be read.
    pub ids: Vec<Option<EntryId>>,
    /// Where the next page is; `None` after the last one.
    pub next: Option<Cursor>,
}

/// How many entries come before a page, and the first id of the page before.
fn position(cursor: &Cursor) -> Option<(usize, Option<EntryId>)> {
    let (skip, first) = cursor.as_str().split_once(' ')?;
    Some((skip.parse().ok()?, first.parse().ok()))
}

/// What is listed.
#[derive(Clone, Copy)]
struct List<'a> {
    operation: Operation,
    path: &'static str,
    filter: Option<&'a str>,
}

/// Whether there is a page after this one of `length` items. Some answers come without the header, so a full page
/// counts as well.
fn has_more(answer: &Answer, length: usize) -> bool {
    length >= PAGE || answer.header(NEXT).is_some_and(|link| !link.trim().is_empty())
}

fn unexplained(operation: Operation, answer: &Answer) -> Error {
    Error::new(operation, Kind::Unexplained { status: answer.status.as_u16() })
}

fn failure(operation: Operation, answer: &Answer) -> Error {
    let retry_after = answer.retry_after();
    let reasons = || refusal::reasons(&answer.body);
    let kind = match answer.status.as_u16() {
        400 | 422 => Kind::Invalid(reasons()),
        401 => Kind::LoginRefused,
        403 => Kind::forbidden(reasons()),
        404 => Kind::Gone,
        409 => Kind::Conflict(reasons()),
        // the guide speaks of headers to read but names none
        429 => Kind::RateLimited { retry_after: retry_after.or(Some(A_MINUTE)) },
        500..=599 => Kind::Unavailable { retry_after },
        status => Kind::Unexplained { status },
    };
    // ASP.NET names the members of a request only after it has let the caller in
    let is_judged = matches!(&kind, Kind::Invalid(reasons) if !reasons.is_empty());
    let error = Error::new(operation, kind);
    if is_judged { error.after_login() } else { error }
}

/// How many entries there are in all, where the answer says so.
fn total(answer: &Answer) -> Option<usize> {
    answer.header(COUNT)?.trim().parse().ok()
}

#[cfg(test)]
mod tests;
