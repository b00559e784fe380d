//! The door of each channel: the one way out of the process, with the quotas of the channel's network counted.

use std::collections::HashMap;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use async_trait::async_trait;
use sarafan_domain::channel::Channel;
use sarafan_domain::id::ChannelId;
use sarafan_domain::time::Timestamp;
use sarafan_network::Network;
use sarafan_network::http::{Http, HttpError, Reply, Request};

use crate::lease::Lease;
use crate::{App, crash};

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

    /// The way out for one channel, for whoever holds a job: nothing leaves, and nothing is waited for, after its lease.
    pub(crate) fn door_held(&self, channel: &Channel, lease: &Lease) -> Arc<dyn Http> {
        Arc::new(Held { door: self.door_for(channel), lease: lease.clone() })
    }

    /// The way out while there is no channel yet.
    pub(super) fn opening_door(&self, network: &'static dyn Network) -> Arc<dyn Http> {
        let about = network.about();
        Arc::new(self.door().scoped(about.id, about.quotas, "opening", about.id))
    }
}

/// A door that closes with the lease.
struct Held {
    door: Arc<dyn Http>,
    lease: Lease,
}

#[async_trait]
impl Http for Held {
    async fn send(&self, request: Request) -> Result<Reply, HttpError> {
        crash::point("request-leaves");
        let effect = request.effect;
        let mut exchange = self.door.send(request);
        let mut begun = false;
        // A machine may sleep at any moment: the lease is looked at before every single step of the request.
        let reply = poll_fn(|context| {
            if self.lease.left().is_zero() {
                tracing::warn!(begun, "a lease ended: the request is not sent, or cut off");
                return Poll::Ready(Err(if begun { HttpError::NoAnswer(effect) } else { HttpError::NotSent }));
            }
            begun = true;
            exchange.as_mut().poll(context)
        })
        .await;
        crash::point("answer-read");
        reply
    }
}

fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '?', '#']).next()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::task::{Context, Waker};

    use bytes::Bytes;
    use jiff::SignedDuration;
    use sarafan_network::http::Effect;

    use super::*;
    use crate::Clock;
    use crate::lease::Moment;

    /// A clock that shows what it is told, in seconds.
    #[derive(Default)]
    struct Hands(AtomicUsize);

    impl Clock for Hands {
        fn now(&self) -> Timestamp {
            let seconds = i64::try_from(self.0.load(Ordering::SeqCst)).unwrap();
            Timestamp::from_second(1_800_000_000 + seconds).unwrap()
        }
    }

    /// The world outside: notes that something left, and answers when it may.
    #[derive(Default)]
    struct Outside {
        left: AtomicBool,
        answers: AtomicBool,
    }

    #[async_trait]
    impl Http for Outside {
        async fn send(&self, _: Request) -> Result<Reply, HttpError> {
            self.left.store(true, Ordering::SeqCst);
            poll_fn(|_| if self.answers.load(Ordering::SeqCst) { Poll::Ready(()) } else { Poll::Pending }).await;
            Ok(Reply { status: 200, headers: Vec::new(), body: Bytes::new() })
        }
    }

    fn said(answer: &Poll<Result<Reply, HttpError>>) -> String {
        match answer {
            Poll::Pending => "waits".to_owned(),
            Poll::Ready(Ok(reply)) => reply.status.to_string(),
            Poll::Ready(Err(error)) => error.to_string(),
        }
    }

    /// What becomes of a request that is begun `before` seconds after the claim and looked at again after `then`.
    fn request(before: usize, then: usize) -> (bool, String, String) {
        let hands = Arc::new(Hands::default());
        let clock: Arc<dyn Clock> = Arc::<Hands>::clone(&hands);
        let lease = Lease::new(Arc::clone(&clock), Moment::now(clock.as_ref()), Arc::default());
        let outside = Arc::new(Outside::default());
        let held = Held { door: Arc::<Outside>::clone(&outside), lease };
        hands.0.store(before, Ordering::SeqCst);
        let mut sending = held.send(Request::new(Effect::Write, "POST", "https://example.org"));
        let mut context = Context::from_waker(Waker::noop());
        let first = sending.as_mut().poll(&mut context);
        let second = if first.is_pending() {
            hands.0.store(then, Ordering::SeqCst);
            outside.answers.store(true, Ordering::SeqCst);
            said(&sending.as_mut().poll(&mut context))
        } else {
            String::new()
        };
        (outside.left.load(Ordering::SeqCst), said(&first), second)
    }

    #[test]
    fn nothing_leaves_after_the_lease_and_nothing_is_waited_for() {
        let rows = [
            (0, 1, (true, "waits", "200")),
            (24, 24, (true, "waits", "200")),
            // Five seconds earlier than the database thinks.
            (25, 0, (false, "not sent", "")),
            (3600, 0, (false, "not sent", "")),
            (1, 26, (true, "waits", "sent, but no answer came")),
        ];
        for (before, then, (left, first, second)) in rows {
            assert_eq!(request(before, then), (left, first.to_owned(), second.to_owned()), "{before} {then}");
        }
    }

    #[test]
    fn a_clock_that_is_put_back_makes_no_lease_longer() {
        let hands = Arc::new(Hands::default());
        let clock: Arc<dyn Clock> = Arc::<Hands>::clone(&hands);
        hands.0.store(7200, Ordering::SeqCst);
        let lease = Lease::new(Arc::clone(&clock), Moment::now(clock.as_ref()), Arc::default());
        hands.0.store(0, Ordering::SeqCst);
        assert!(lease.left() <= std::time::Duration::try_from(SignedDuration::from_secs(25)).unwrap());
        hands.0.store(7226, Ordering::SeqCst);
        assert!(lease.left().is_zero());
        // A renewal counts from when it was asked for.
        lease.renewed(Moment::now(clock.as_ref()));
        assert!(!lease.left().is_zero());
    }
}
