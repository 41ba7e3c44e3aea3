//! The flow's functions as after a cold start: nothing is remembered.

use hibob_to_recruit::NAME;
use hibob_to_recruit::connection::Settings;
use hibob_to_recruit::push::Pusher;
use hibob_to_recruit::sweep::Sweeper;
use hibob_to_recruit::webhook::{ADVICE, Receiver};
use vendors::Http;

use crate::support::base::Base;

/// The receiver.
pub(super) fn receiver(base: &Base, push: &str) -> Receiver {
    Receiver {
        connections: base.connections(NAME, Settings::read),
        queue: base.queue(push),
        rejections: base.rejections(NAME, ADVICE),
        clock: base.hands.clock(),
    }
}

/// The pusher.
pub(super) fn pusher(base: &Base, push: &str) -> Pusher {
    let worker = base.worker(NAME, Settings::read).for_signals();
    Pusher::new(worker, Http::new().unwrap(), base.hands.clock(), base.queue(push))
}

/// The sweeper.
pub(super) fn sweeper(base: &Base, push: &str) -> Sweeper {
    let worker = base.worker(NAME, Settings::read).for_signals().waiting_for_secrets();
    Sweeper { worker, http: Http::new().unwrap(), clock: base.hands.clock(), push: base.queue(push) }
}
