//! A room for each network: its player, its wall, what is to go wrong there, and who waits for news of it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::routing::{get, post};
use sarafan_network::play::{Player, Wall};
use tokio::sync::watch;

use crate::faults::Faults;
use crate::{faults, pages, play, stats, visitor};

/// All networks that are played.
#[derive(Clone)]
pub struct Sandbox(Arc<BTreeMap<&'static str, Room>>);

/// One network.
pub(crate) struct Room {
    pub(crate) player: &'static dyn Player,
    wall: Mutex<Wall>,
    faults: Mutex<Faults>,
    pub(crate) requests: AtomicU64,
    changes: watch::Sender<u64>,
}

/// Most posts and comments that a wall keeps, and most bytes of files.
const MOST_POSTS: usize = 20_000;
const MOST_BYTES: usize = 256 << 20;

impl Sandbox {
    /// Empty walls for these networks.
    pub fn new(players: &'static [&'static dyn Player]) -> Self {
        let rooms = players.iter().map(|player| (player.id(), Room::new(*player)));
        Self(Arc::new(rooms.collect()))
    }

    /// The server's routes.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/", get(pages::home))
            .route("/page.css", get(pages::style))
            .route("/icon.svg", get(pages::icon))
            .route("/live.js", get(pages::script))
            .route("/networks", get(pages::networks))
            .route("/stats", get(stats::all))
            .route("/stats/{network}", get(stats::one))
            .route("/faults", get(pages::faults).post(faults::set_all))
            .route("/faults/{network}", get(faults::get).post(faults::set))
            .route("/wall/{network}", get(pages::first_wall).delete(visitor::clear))
            .route("/wall/{network}/{account}", get(pages::wall))
            .route("/wall/{network}/{account}/{action}", post(visitor::act))
            .route("/file/{network}/{id}", get(pages::file))
            .route("/live/{network}", get(pages::live))
            .fallback(play::answer)
            .with_state(self.clone())
    }

    pub(crate) fn rooms(&self) -> impl Iterator<Item = &Room> {
        self.0.values()
    }

    pub(crate) fn room(&self, network: &str) -> Option<&Room> {
        self.0.get(network)
    }
}

impl Room {
    fn new(player: &'static dyn Player) -> Self {
        Self {
            player,
            wall: Mutex::default(),
            faults: Mutex::default(),
            requests: AtomicU64::new(0),
            changes: watch::Sender::new(0),
        }
    }

    pub(crate) fn wall(&self) -> MutexGuard<'_, Wall> {
        self.wall.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn count(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    /// Tells everybody who looks at a wall of this network.
    pub(crate) fn changed(&self) {
        self.changes.send_modify(|number| *number += 1);
    }

    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// The accounts that can be looked at: those of the player, and those that were written to.
    pub(crate) fn accounts(&self, wall: &Wall) -> Vec<(String, String)> {
        let mut all = self.player.accounts();
        for post in &wall.posts {
            if post.is_shown() && !post.visitor && !all.iter().any(|(id, _)| *id == post.account) {
                all.push((post.account.clone(), post.author.clone()));
            }
        }
        all
    }
}

/// Forgets the oldest when there is too much.
pub(crate) fn trim(wall: &mut Wall) {
    if wall.posts.len() > MOST_POSTS {
        wall.posts.drain(..MOST_POSTS / 4);
    }
    let mut bytes: usize = wall.files.values().map(|file| file.bytes.len()).sum();
    if bytes <= MOST_BYTES {
        return;
    }
    // Ids hold rising numbers: the shorter is the older, and of two of one length the smaller.
    let mut ids: Vec<String> = wall.files.keys().cloned().collect();
    ids.sort_by_key(|id| (id.len(), id.clone()));
    for id in ids {
        if bytes <= MOST_BYTES {
            break;
        }
        bytes -= wall.files.remove(&id).map_or(0, |file| file.bytes.len());
    }
}
