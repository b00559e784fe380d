//! A connected channel and what a worker does with it, against any other side: a player on a stage or a real
//! server behind the door.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::{Published, Step};
use sarafan_domain::id::{AssetId, BrandId, ChannelId};
use sarafan_domain::post::{MediaRef, Variant};
use sarafan_network::door::{Door, DoorConfig};
use sarafan_network::http::Http;
use sarafan_network::{
    Call, Candidate, Connecting, IdempotencyKey, Media, NetError, Network, Opening, Outgoing, Result, Secret,
};

/// One white pixel.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\r\xefF\xb8\0\0\0\0IEND\xaeB`\x82";

/// A door that may speak to servers on this machine.
pub(crate) fn door() -> Door {
    let allow_private = ["127.0.0.1", "localhost", "::1"].map(str::to_owned).to_vec();
    Door::new(DoorConfig { allow_private, ..DoorConfig::default() }).unwrap()
}

/// The address of a real server, or a line that says that its test is skipped.
pub(crate) fn real(variable: &str) -> Option<String> {
    let address = std::env::var(variable).ok().filter(|address| !address.is_empty());
    if address.is_none() {
        eprintln!("SKIPPED: {variable} names no server (`cargo xtask servers` starts one)");
    }
    address
}

/// A word that no other run uses: real servers keep what earlier runs wrote.
pub(crate) fn unique() -> String {
    format!("{:x}", Timestamp::now().as_nanosecond())
}

/// A connected channel.
pub(crate) struct Desk<'a> {
    pub(crate) network: &'static dyn Network,
    pub(crate) http: &'a dyn Http,
    pub(crate) channel: Channel,
    pub(crate) credential: Secret,
    pub(crate) now: Timestamp,
    /// The start of every key.
    pub(crate) run: String,
}

pub(crate) fn form(rows: &[(&str, &str)]) -> BTreeMap<String, String> {
    rows.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

impl<'a> Desk<'a> {
    /// Connects with a form that needs no other page.
    pub(crate) async fn open(
        network: &'static dyn Network,
        http: &'a dyn Http,
        form: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Result<Self> {
        let opening = Opening { http, redirect: "https://sarafan.example/oauth", nonce: "nonce", now };
        match network.auth().connect(&opening, form).await? {
            Connecting::Choose(mut places) => Ok(Self::at(network, http, places.remove(0), now)),
            Connecting::Redirect { .. } => panic!("the form leads to another page"),
        }
    }

    pub(crate) fn at(network: &'static dyn Network, http: &'a dyn Http, place: Candidate, now: Timestamp) -> Self {
        let id = [7; 16];
        let channel = Channel {
            id: ChannelId::from_bytes(&id).unwrap(),
            brand: BrandId::from_bytes(&id).unwrap(),
            network: network.about().id.to_owned(),
            external_id: place.external_id,
            name: place.name,
            handle: place.handle,
            url: place.url,
            state: ChannelState::Ok,
            reason: None,
            time_zone: "UTC".to_owned(),
            slots: Vec::new(),
            facts: place.facts,
            checked_at: None,
            health: None,
            expires_at: place.expires_at,
            blocked_until: None,
        };
        Self { network, http, channel, credential: place.credential, now, run: unique() }
    }

    pub(crate) fn call<'c>(&'c self, key: &'c IdempotencyKey) -> Call<'c> {
        Call { http: self.http, channel: &self.channel, credential: &self.credential, key, now: self.now }
    }

    fn key(&self, delivery: &str, step: usize) -> IdempotencyKey {
        IdempotencyKey(format!("{}-{delivery}-{step}", self.run))
    }

    /// The first step alone.
    pub(crate) async fn start(&self, post: &Outgoing, delivery: &str) -> Result<Step> {
        self.network.publish().unwrap().start(&self.call(&self.key(delivery, 0)), post).await
    }

    /// All steps, each one twice: the second time stands for the repeat after an answer that was lost.
    pub(crate) async fn publish(&self, post: &Outgoing, delivery: &str) -> Result<Published> {
        let publish = self.network.publish().unwrap();
        let mut resume = None;
        for number in 0..20 {
            let key = self.key(delivery, number);
            let call = self.call(&key);
            let mut step = None;
            for _ in 0..2 {
                let next = match resume.clone() {
                    None => publish.start(&call, post).await?,
                    Some(resume) => publish.resume(&call, post, resume).await?,
                };
                step = Some(next);
            }
            match step.unwrap() {
                Step::Done(published) => return Ok(published),
                Step::Wait { resume: next, .. } => resume = Some(next),
            }
        }
        Err(NetError::Protocol { detail: "twenty steps and no end".to_owned() })
    }

    /// No key: for calls that change nothing or may be done twice.
    pub(crate) fn keyless(&self) -> IdempotencyKey {
        IdempotencyKey(format!("{}-{}", self.run, unique()))
    }
}

/// A post of words.
pub(crate) fn words(text: &str) -> Outgoing {
    Outgoing { variant: Variant { text: text.to_owned(), ..Variant::default() }, media: Vec::new(), card: None }
}

/// The same post with pictures of these bytes.
pub(crate) fn with_pictures(mut post: Outgoing, mime: &str, files: &[(&[u8], &str)]) -> Outgoing {
    for (bytes, alt) in files {
        let id = AssetId::from_bytes(&[5; 16]).unwrap();
        let facts = AssetFacts {
            id,
            kind: AssetKind::Image,
            mime: mime.to_owned(),
            bytes: u64::try_from(bytes.len()).unwrap(),
            width: 1,
            height: 1,
            seconds: None,
        };
        post.variant.media.push(MediaRef { asset: id, alt: (*alt).to_owned() });
        let name = format!("picture.{}", mime.rsplit('/').next().unwrap());
        post.media.push(Media::new(facts, (*alt).to_owned(), name, Arc::new(Bytes::copy_from_slice(bytes))));
    }
    post
}
