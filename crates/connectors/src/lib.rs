//! One folder per network. A new network is a folder, its feature and its line here.
//!
//! A folder holds `mod.rs` (what it can and cannot, `ABOUT`, the order of calls), `wire.rs` (requests out, replies in,
//! error codes; pure), `play.rs` (how the sandbox plays it), `setup.{en,ru,pl}.md` (shown to the owner), `README.md`
//! (what was verified against what), `texts/` and `fixtures/`. What is absent on purpose: SQL and policy.

use std::sync::Arc;

use sarafan_network::messenger::Messenger;
use sarafan_network::{Network, Registry, Secret, play::Player};

#[cfg(any(feature = "bluesky", feature = "mastodon", feature = "telegram", feature = "wordpress"))]
mod address;
#[cfg(any(feature = "mastodon", feature = "wordpress"))]
mod html;

macro_rules! networks {
    ($($feature:literal $module:ident $name:ident;)*) => {
        $(#[cfg(feature = $feature)] pub mod $module;)*

        /// Every network that was built in.
        pub static ALL: &[&dyn Network] = &[$(#[cfg(feature = $feature)] &$module::$name,)*];

        /// The same networks as players of the sandbox.
        pub static PLAYERS: &[&dyn Player] = &[$(#[cfg(feature = $feature)] &$module::$name,)*];
    };
}

networks! {
    "bluesky" bluesky Bluesky;
    "mastodon" mastodon Mastodon;
    "telegram" telegram Telegram;
    "wordpress" wordpress Wordpress;
}

/// Every network that was built in.
pub fn registry() -> Registry {
    Registry(ALL)
}

/// The account through which people hear of things by messenger; `None` where no such messenger was built in.
pub fn messenger(token: Secret, server: &str) -> Option<Arc<dyn Messenger>> {
    #[cfg(feature = "telegram")]
    return Some(Arc::new(telegram::Herald::new(token, server)));
    #[cfg(not(feature = "telegram"))]
    {
        drop((token, server));
        None
    }
}
