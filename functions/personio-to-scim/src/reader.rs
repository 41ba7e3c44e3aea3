//! Reads what Personio says of persons, with clients and short-lived lists that all records of a process share.

use edge::Clock;
use edge::verdict;
use jiff::civil::{Date, date};
use mapping::personio_to_scim::{NameOf, Names, main_employment};
use vendors::personio::absences::{self, AbsenceQuery};
use vendors::personio::hr::{Hr, Tokens};
use vendors::personio::model::absence::{AbsencePeriod, AbsenceType};
use vendors::personio::model::employment::{Employment, OrgUnitKind};
use vendors::personio::model::id::PersonId;
use vendors::personio::model::person::Person;
use vendors::personio::{employments, organization, persons};
use vendors::scim::client::Scim;
use vendors::{Error, Http, Kind};

use crate::connection::Settings;
use crate::known_lists::KnownLists;
use crate::source::{Record, Source};

/// All absences of a person: a window that moved with the days would make everybody look edited.
const FIRST_DAY: Date = date(2000, 1, 1);
const LAST_DAY: Date = date(2200, 1, 1);

/// Reads what Personio says of persons.
#[derive(Debug)]
pub struct Reader {
    http: Http,
    tokens: Tokens,
    lists: KnownLists,
    clock: Clock,
}

impl Reader {
    /// A reader that calls through `http`.
    #[must_use]
    pub fn new(http: Http, clock: Clock) -> Self {
        Self { http, tokens: Tokens::default(), lists: KnownLists::default(), clock }
    }

    /// A client of the connection's Personio account.
    pub(crate) fn personio(&self, settings: &Settings) -> Hr {
        Hr::new(self.http.clone(), settings.personio.clone(), self.tokens.clone(), self.clock.now())
    }

    /// A client of the connection's partner system.
    pub(crate) fn scim(&self, settings: &Settings) -> Scim {
        Scim::new(self.http.clone(), settings.scim.clone())
    }

    /// A person with all that decides over the account.
    ///
    /// # Errors
    /// Where Personio fails, or a right is missing.
    pub(crate) async fn read(&self, hr: &Hr, settings: &Settings, id: PersonId) -> Result<Source, Error> {
        match persons::read(hr, id).await {
            Ok(person) => self.complete(hr, settings, person).await,
            Err(error) => source_of(error),
        }
    }

    /// The rest of a person that is read already: employments, and what settings ask for beside them.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) async fn complete(&self, hr: &Hr, settings: &Settings, person: Person) -> Result<Source, Error> {
        let employments = match employments::list(hr, person.id).await {
            Ok(employments) => employments,
            Err(error) => return source_of(error),
        };
        let (absences, absence_types) = match self.absences(hr, settings, person.id).await {
            Ok(absences) => absences,
            Err(error) => return source_of(error),
        };
        let names = self.names(hr, settings, &employments).await?;
        Ok(Source::Found(Box::new(Record { person, employments, absences, absence_types, names })))
    }

    /// Absences and their types, where a policy asks for them.
    async fn absences(
        &self,
        hr: &Hr,
        settings: &Settings,
        person: PersonId,
    ) -> Result<(Vec<AbsencePeriod>, Vec<AbsenceType>), Error> {
        if !settings.needs_absences() {
            return Ok((Vec::new(), Vec::new()));
        }
        let account = settings.personio.key();
        let types = match self.lists.types(&account, self.clock.now()) {
            Some(types) => types,
            None => self.lists.keep_types(account, absences::types(hr).await?, self.clock.now()),
        };
        let query = AbsenceQuery::OfPerson { person, from: FIRST_DAY, to: LAST_DAY };
        let mut pages = absences::list(hr, query, None);
        let mut absences = Vec::new();
        while let Some(page) = pages.next().await? {
            if let Some(unreadable) = page.unreadable.first() {
                let reason = vendors::Reason { field: None, code: unreadable.what.clone(), meaning: None };
                return Err(Error::new(vendors::personio::operations::LIST_ABSENCES, Kind::Invalid(vec![reason])));
            }
            // the filter may be passed over
            absences.extend(page.items.into_iter().filter(|absence| absence.person == person));
        }
        Ok((absences, types))
    }

    /// The names that the mapping wants, of the employment that counts today.
    async fn names(&self, hr: &Hr, settings: &Settings, employments: &[Employment]) -> Result<Names, Error> {
        let mut names = Names::default();
        let wanted = settings.rules.attributes.names_needed();
        let today = settings.rules.policies.today(self.clock.now());
        let Some(employment) = main_employment(employments, &settings.rules, today).filter(|_| !wanted.is_empty())
        else {
            return Ok(names);
        };
        for thing in wanted {
            let name = self.name(hr, settings, thing, employment).await?;
            match thing {
                NameOf::Department => names.department = name,
                NameOf::Team => names.team = name,
                NameOf::Office => names.office = name,
                NameOf::LegalEntity => names.legal_entity = name,
            }
        }
        Ok(names)
    }

    async fn name(
        &self,
        hr: &Hr,
        settings: &Settings,
        thing: NameOf,
        employment: &Employment,
    ) -> Result<Option<String>, Error> {
        let Some(id) = id_of(thing, employment) else { return Ok(None) };
        let key = (settings.personio.key(), thing, id);
        if let Some(name) = self.lists.name(&key, self.clock.now()) {
            return Ok(name);
        }
        let name = match read_name(hr, thing, employment).await {
            Ok(name) => name,
            // whose name is not shown: the mapping tells of it where it wants the name
            Err(error) if matches!(error.kind, Kind::Gone | Kind::Invalid(_)) => None,
            Err(error) => return Err(error),
        };
        self.lists.keep_name(key, name.clone(), self.clock.now());
        Ok(name)
    }
}

fn id_of(thing: NameOf, employment: &Employment) -> Option<String> {
    match thing {
        NameOf::Department => employment.org_unit(&OrgUnitKind::Department).map(ToString::to_string),
        NameOf::Team => employment.org_unit(&OrgUnitKind::Team).map(ToString::to_string),
        NameOf::Office => employment.office.as_ref().map(ToString::to_string),
        NameOf::LegalEntity => employment.legal_entity.as_ref().map(ToString::to_string),
    }
}

/// A name that an employment gives by id. `None`: the employment has no such id.
///
/// # Errors
/// Where Personio fails, or a right is missing.
pub(crate) async fn read_name(hr: &Hr, thing: NameOf, employment: &Employment) -> Result<Option<String>, Error> {
    let unit = match thing {
        NameOf::Department => OrgUnitKind::Department,
        NameOf::Team => OrgUnitKind::Team,
        NameOf::Office => return read_office(hr, employment).await,
        NameOf::LegalEntity => return read_entity(hr, employment).await,
    };
    let Some(id) = employment.org_unit(&unit) else { return Ok(None) };
    organization::org_unit(hr, &unit, id).await.map(Some)
}

async fn read_office(hr: &Hr, employment: &Employment) -> Result<Option<String>, Error> {
    let Some(id) = &employment.office else { return Ok(None) };
    organization::office(hr, id).await.map(Some)
}

async fn read_entity(hr: &Hr, employment: &Employment) -> Result<Option<String>, Error> {
    let Some(id) = &employment.legal_entity else { return Ok(None) };
    organization::legal_entity(hr, id).await.map(Some)
}

/// What a failed reading says of this one person; the error where it says nothing of them.
fn source_of(error: Error) -> Result<Source, Error> {
    match error.kind {
        Kind::Gone => Ok(Source::Gone),
        Kind::Invalid(_) => Ok(Source::Unreadable(verdict::reasons(&error.into()))),
        _ => Err(error),
    }
}
