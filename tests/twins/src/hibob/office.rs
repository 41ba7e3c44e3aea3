//! What people do in HiBob, in the same process. Every act has delivered, held or lost its events when it returns.

use crate::locked;

use super::acts::{self, Holder, Made, NewPosition};
use super::cells::{Cells, Row};
use super::deliver::{self, Delivery};
use super::event::{Event, Letter};
use super::fields::Kind;
use super::hook::{Connected, Hook, NewHook};
use super::modes::Modes;
use super::quirks::Quirks;
use super::store::Books;
use super::twin::Twin;

const NO_COMPANY: &str = "there is no such company";

/// A company's office.
#[derive(Clone)]
pub struct Office {
    twin: Twin,
    company: u64,
    modes: Option<Modes>,
}

impl Twin {
    /// What the people of a company do and see.
    #[must_use]
    pub fn office(&self, company: u64) -> Office {
        Office { twin: self.clone(), company, modes: None }
    }
}

impl Office {
    /// The same office, whose acts are delivered like this, whatever the company's modes are.
    #[must_use]
    pub fn with(&self, modes: Modes) -> Self {
        Self { modes: Some(modes), ..self.clone() }
    }

    /// Sets the company's quirks.
    ///
    /// # Errors
    /// No such company.
    pub fn set_quirks(&self, quirks: Quirks) -> Result<(), String> {
        self.change(|books| {
            books.company.quirks = quirks;
            Ok(())
        })
    }

    /// Sets the company's modes.
    ///
    /// # Errors
    /// No such company.
    pub fn set_modes(&self, modes: Modes) -> Result<(), String> {
        self.change(|books| {
            books.company.modes = modes;
            Ok(())
        })
    }

    /// A position as it is now, approved or not.
    #[must_use]
    pub fn position(&self, id: u64) -> Option<Row> {
        self.look(|books| books.positions.seen(id, None).cloned())
    }

    /// An opening as it is now.
    #[must_use]
    pub fn opening(&self, id: u64) -> Option<Row> {
        self.look(|books| books.openings.seen(id, None).cloned())
    }

    /// The openings of a position, oldest first.
    #[must_use]
    pub fn openings_of(&self, position: u64) -> Vec<Row> {
        self.look(|books| acts::openings_of(books, position))
    }

    /// Everything that happened, oldest first.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.look(|books| books.events.clone())
    }

    /// Every request that was sent, oldest first; pings are not among them.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.look(|books| books.deliveries.clone())
    }

    /// The letters that are held.
    #[must_use]
    pub fn held(&self) -> Vec<Letter> {
        self.look(|books| books.held.clone())
    }

    /// The webhooks.
    #[must_use]
    pub fn hooks(&self) -> Vec<Hook> {
        self.look(|books| books.hooks.clone())
    }

    /// Registers a webhook. Pings it; one that does not answer 2xx is not registered.
    ///
    /// # Errors
    /// No such company; unknown events, an unreadable URL; pings that were refused.
    pub async fn connect(&self, new: NewHook) -> Result<Connected, String> {
        new.check()?;
        let quirks = self.change(|books| Ok(books.company.quirks.clone()))?;
        let (url, secret) = (new.url.clone(), new.secret.clone());
        let id = self.change(|books| Ok(books.next_id()))?;
        let secret = secret.unwrap_or_else(|| format!("twin-bob-secret-{id}"));
        let pings = deliver::ping(&url, quirks.ping, quirks.ping_signed.then_some(secret.as_str())).await;
        if !pings.last().copied().is_some_and(deliver::is_success) {
            return Err(format!("the pings were answered {pings:?}"));
        }
        self.change(|books| {
            books.hooks.push(Hook::new(id, new, secret.clone()));
            Ok(())
        })?;
        Ok(Connected { id, secret, pings })
    }

    /// The test button: pings a webhook. What that was answered.
    ///
    /// # Errors
    /// No such company or webhook.
    pub async fn ping(&self, hook: u64) -> Result<Vec<Option<u16>>, String> {
        let quirks = self.change(|books| Ok(books.company.quirks.clone()))?;
        let (url, secret) =
            self.change(|books| hook_mut(books, hook).map(|hook| (hook.url.clone(), hook.secret.clone())))?;
        Ok(deliver::ping(&url, quirks.ping, quirks.ping_signed.then_some(secret.as_str())).await)
    }

    /// Gives a webhook another secret, which signs whatever is sent from now on.
    ///
    /// # Errors
    /// No such company or webhook.
    pub fn refresh_secret(&self, hook: u64) -> Result<String, String> {
        self.change(|books| {
            let secret = format!("twin-bob-secret-{}", books.next_id());
            hook_mut(books, hook)?.secret.clone_from(&secret);
            Ok(secret)
        })
    }

    /// Enters a position. Fires `created` of the position and its openings, unless it is a request and an approval will.
    ///
    /// # Errors
    /// No such company; unknown fields; no opening.
    pub async fn create(&self, new: NewPosition) -> Result<Made, String> {
        let now = self.twin.desk.clock().now();
        self.act(|books| acts::create(books, new, now)).await
    }

    /// Approves a request. Fires what `approval_fires` says.
    ///
    /// # Errors
    /// No such company or position; it is approved.
    pub async fn approve(&self, position: u64) -> Result<(), String> {
        let now = self.twin.desk.clock().now();
        self.act(|books| acts::approve(books, position, now)).await
    }

    /// Changes a position. Fires `position.updated` with what differs; nothing if nothing does.
    ///
    /// # Errors
    /// No such company or position; unknown fields.
    pub async fn edit(&self, position: u64, cells: Cells) -> Result<(), String> {
        let now = self.twin.desk.clock().now();
        self.act(|books| acts::edit(books, Kind::Position, position, cells, now)).await
    }

    /// Cancels a position and its openings, or schedules that. Fires `position.updated`, with `openings_follow` those of its openings.
    ///
    /// # Errors
    /// No such company or position; it is filled, and the cancellation was not scheduled.
    pub async fn cancel(&self, position: u64, soon: bool) -> Result<(), String> {
        let now = self.twin.desk.clock().now();
        self.act(|books| acts::cancel(books, position, soon, now)).await
    }

    /// Makes a cancelled position and its openings vacant again. Fires like [`Office::cancel`].
    ///
    /// # Errors
    /// No such company or position; it is not cancelled.
    pub async fn reopen(&self, position: u64) -> Result<(), String> {
        let now = self.twin.desk.clock().now();
        self.act(|books| acts::reopen(books, position, now)).await
    }

    /// Deletes a position and its openings. Fires nothing; with `openings_follow` `positionOpening.deleted`.
    ///
    /// # Errors
    /// No such company or position.
    pub async fn delete(&self, position: u64) -> Result<(), String> {
        let now = self.twin.desk.clock().now();
        self.act(|books| acts::delete(books, position, now)).await
    }

    /// Adds an opening to a position. Fires `positionOpening.created`.
    ///
    /// # Errors
    /// No such company or position; unknown fields.
    pub async fn add_opening(&self, position: u64, cells: Cells) -> Result<u64, String> {
        let now = self.twin.desk.clock().now();
        self.act(|books| acts::add_opening(books, position, cells, now)).await
    }

    /// Changes an opening; another `/positionOpening/positionId` moves it. Fires `positionOpening.updated` with what differs.
    ///
    /// # Errors
    /// No such company, opening or position; unknown fields.
    pub async fn edit_opening(&self, opening: u64, cells: Cells) -> Result<(), String> {
        let now = self.twin.desk.clock().now();
        self.act(|books| acts::edit(books, Kind::Opening, opening, cells, now)).await
    }

    /// Cancels an opening, or schedules that. Fires `positionOpening.updated`.
    ///
    /// # Errors
    /// No such company or opening.
    pub async fn cancel_opening(&self, opening: u64, soon: bool) -> Result<(), String> {
        let now = self.twin.desk.clock().now();
        self.act(|books| acts::cancel_opening(books, opening, soon, now)).await
    }

    /// Somebody takes an opening. Fires `positionOpening.updated` and `position.updated`.
    ///
    /// # Errors
    /// No such company or opening.
    pub async fn fill(&self, opening: u64, holder: Holder) -> Result<(), String> {
        let now = self.twin.desk.clock().now();
        self.act(|books| acts::fill(books, opening, &holder, now)).await
    }

    /// Deletes an opening. Fires `positionOpening.deleted`.
    ///
    /// # Errors
    /// No such company or opening; it is the last of its position.
    pub async fn delete_opening(&self, opening: u64) -> Result<(), String> {
        let now = self.twin.desk.clock().now();
        self.act(|books| acts::delete_opening(books, opening, now)).await
    }

    /// Sends held letters in this order; a number named twice is sent twice. What is not named stays held.
    ///
    /// # Errors
    /// No such company, or no such letter is held; nothing is sent then.
    pub async fn release(&self, numbers: &[u64]) -> Result<(), String> {
        self.change(|books| books.release(numbers))?;
        deliver::pump(&self.twin, self.company).await;
        Ok(())
    }

    /// Tries again what was refused and is due on the twin's clock.
    pub async fn resume(&self) {
        deliver::pump(&self.twin, self.company).await;
    }

    async fn act<T>(&self, act: impl FnOnce(&mut Books) -> Result<T, String>) -> Result<T, String> {
        let done = self.change(|books| {
            let done = act(books)?;
            let modes = self.modes.clone().unwrap_or_else(|| books.company.modes.clone());
            books.dispatch(&modes);
            Ok(done)
        })?;
        deliver::pump(&self.twin, self.company).await;
        Ok(done)
    }

    fn change<T>(&self, change: impl FnOnce(&mut Books) -> Result<T, String>) -> Result<T, String> {
        change(locked(&self.twin.store).companies.get_mut(&self.company).ok_or(NO_COMPANY)?)
    }

    fn look<T: Default>(&self, look: impl FnOnce(&Books) -> T) -> T {
        locked(&self.twin.store).companies.get(&self.company).map(look).unwrap_or_default()
    }
}

fn hook_mut(books: &mut Books, id: u64) -> Result<&mut Hook, String> {
    books.hooks.iter_mut().find(|hook| hook.id == id).ok_or_else(|| "there is no such webhook".to_owned())
}
