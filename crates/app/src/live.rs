//! What happens, told to the open pages of this process as it happens.
//!
//! A message names what changed; whoever wants more asks the API, which checks rights again. Messages may be lost
//! when a page is slow: it then reloads.

use sarafan_domain::id::{AssetId, BrandId, ChannelId, DeliveryId, JobId, PersonId, PostId, TaskId};
use serde::Serialize;
use tokio::sync::broadcast;

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A delivery moved.
    Delivery {
        /// Which.
        id: DeliveryId,
        /// Of which post.
        post: PostId,
    },
    /// A post was written, moved or removed.
    Post {
        /// Which.
        id: PostId,
    },
    /// Comments came in under a post.
    Comment {
        /// Under which.
        post: PostId,
    },
    /// The team wrote on a post.
    Note {
        /// On which.
        post: PostId,
    },
    /// A task was written, given, done or removed.
    Task {
        /// Which.
        id: TaskId,
    },
    /// Somebody was told something, or has read it.
    Notice {
        /// Who.
        person: PersonId,
    },
    /// A channel was connected, paused, checked or counted.
    Channel {
        /// Which.
        id: ChannelId,
    },
    /// An asset came or changed.
    Asset {
        /// Which.
        id: AssetId,
    },
    /// A long import went on.
    Import {
        /// Which import.
        job: JobId,
        /// Rows done.
        done: usize,
        /// Rows in all.
        total: usize,
    },
    /// The brand itself changed: name, pause, rubrics, members.
    Brand {},
}

/// A brand and what changed in it.
pub type Message = (BrandId, Event);

/// The loudspeaker.
#[derive(Debug)]
pub struct Live(broadcast::Sender<Message>);

impl Live {
    pub(crate) fn new() -> Self {
        Self(broadcast::Sender::new(1024))
    }

    /// Says what changed: at once, or inside a transaction as soon as it is committed, so that whoever asks then is
    /// given the new state.
    pub(crate) fn tell(&self, brand: BrandId, event: Event) {
        let sender = self.0.clone();
        sarafan_store::after_commit(move || {
            // Nobody listening is not an error.
            let _ = sender.send((brand, event));
        });
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Message> {
        self.0.subscribe()
    }
}
