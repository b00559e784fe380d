//! The door of each channel: the one way out of the process, with the quotas of the channel's network counted.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sarafan_domain::channel::Channel;
use sarafan_domain::id::ChannelId;
use sarafan_domain::time::Timestamp;
use sarafan_network::Network;
use sarafan_network::http::Http;

use crate::App;

/// When a credential was renewed last; whoever renews it holds the lock.
pub(super) type Renewal = tokio::sync::Mutex<Option<Timestamp>>;

/// What this process remembers at its doors out. All of it may be lost at any time.
#[derive(Debug, Default)]
pub(crate) struct Doors {
    renewals: Mutex<HashMap<ChannelId, Arc<Renewal>>>,
}

impl Doors {
    /// The lock under which the credential of this channel is renewed.
    pub(super) fn renewal(&self, channel: ChannelId) -> Arc<Renewal> {
        let mut all = self.renewals.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(channel).or_default())
    }
}

impl App {
    /// The way out for one channel.
    pub(crate) fn door_for(&self, channel: &Channel) -> Arc<dyn Http> {
        let network = self.networks().get(&channel.network);
        let (id, quotas) = network.map_or(("missing", &[][..]), |network| (network.about().id, network.about().quotas));
        // What belongs to one bot or application is counted by it where the network says so, else by the server, where
        // the channel's address tells it.
        let owner = network.and_then(|network| network.quota_owner(&channel.facts));
        let owner = owner.as_deref().or_else(|| channel.url.as_deref().and_then(host)).unwrap_or_default();
        let app = format!("{} {owner}", channel.network);
        Arc::new(self.door().scoped(id, quotas, &channel.id.to_string(), &app))
    }

    /// The way out while there is no channel yet.
    pub(super) fn opening_door(&self, network: &'static dyn Network) -> Arc<dyn Http> {
        let about = network.about();
        Arc::new(self.door().scoped(about.id, about.quotas, "opening", about.id))
    }
}

fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '?', '#']).next()
}
