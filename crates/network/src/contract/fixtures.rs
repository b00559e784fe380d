//! Recorded answers of a real server, read from a connector's `fixtures` folder. Names and tokens in them are
//! replaced; which file is needed for which ability is told in docs/adding-a-network.md.

use std::collections::BTreeMap;
use std::path::Path;

use bytes::Bytes;
use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::Published;
use sarafan_domain::id::{AssetId, BrandId, ChannelId};
use sarafan_domain::post::Variant;
use serde::Deserialize;
use serde_json::Value;

use super::Verdict;
use crate::{Card, Media, Network, Outgoing, Secret};

/// One answer and the request it belongs to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// Method and the end of the path without the query: `POST /sendMessage`.
    pub ask: String,
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// JSON body.
    #[serde(default)]
    pub body: Value,
    /// Body that is not JSON.
    #[serde(default)]
    pub text: Option<String>,
    /// Is a refusal of this one request tolerated?
    #[serde(default)]
    pub may_fail: bool,
}

/// Facts of a file that is sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    kind: AssetKind,
    mime: String,
    bytes: u64,
    #[serde(default)]
    width: u32,
    #[serde(default)]
    height: u32,
    #[serde(default)]
    seconds: Option<f64>,
}

/// What the page of a link says of itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageWords {
    title: String,
    #[serde(default)]
    description: String,
    /// Of its picture; 0 where it has none.
    #[serde(default)]
    width: u32,
    #[serde(default)]
    height: u32,
}

/// One recorded conversation.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// Which server gave the answers, and when.
    pub source: String,
    /// The answers in order.
    pub exchanges: Vec<Exchange>,
    /// What is published or looked for; fields that are not there are empty.
    #[serde(default, deserialize_with = "variant")]
    pub variant: Variant,
    /// Its files.
    #[serde(default)]
    pub media: Vec<File>,
    /// The page that its card leads to.
    #[serde(default)]
    pub card: Option<PageWords>,
    /// What the step in doubt was started with.
    #[serde(default)]
    pub resume: Option<Value>,
    /// What a person types, where it differs from the channel's.
    #[serde(default)]
    pub form: Option<BTreeMap<String, String>>,
    /// What was remembered while the person was away.
    #[serde(default)]
    pub saved: String,
    /// What the person came back with.
    #[serde(default)]
    pub query: BTreeMap<String, String>,
    /// So many items are on all pages together.
    #[serde(default)]
    pub expect: usize,
}

fn variant<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Variant, D::Error> {
    use serde::de::Error as _;
    let given = serde_json::Map::deserialize(deserializer)?;
    let mut whole = serde_json::to_value(Variant::default()).map_err(D::Error::custom)?;
    if let Some(fields) = whole.as_object_mut() {
        if let Some(unknown) = given.keys().find(|key| !fields.contains_key(*key)) {
            return Err(D::Error::custom(format!("a variant has no field `{unknown}`")));
        }
        fields.extend(given);
    }
    serde_json::from_value(whole).map_err(D::Error::custom)
}

impl Recording {
    /// The variant with its files.
    pub fn outgoing(&self) -> Outgoing {
        let media = self.facts().into_iter().enumerate().map(|(index, facts)| {
            let alt = self.variant.media.get(index).map(|media| media.alt.clone()).unwrap_or_default();
            let name = format!("file-{index}.{}", facts.mime.rsplit('/').next().unwrap_or("bin"));
            Media::new(facts, alt, name, std::sync::Arc::new(Bytes::from_static(b"bytes of a file")))
        });
        let picture = |card: &PageWords| {
            let facts = AssetFacts {
                id: AssetId(Default::default()),
                kind: AssetKind::Image,
                mime: "image/jpeg".to_owned(),
                bytes: 15,
                width: card.width,
                height: card.height,
                seconds: None,
            };
            let bytes = std::sync::Arc::new(Bytes::from_static(b"bytes of a card"));
            Media::new(facts, String::new(), "card.jpg".to_owned(), bytes)
        };
        let card = self.card.as_ref().map(|card| Card {
            title: card.title.clone(),
            description: card.description.clone(),
            picture: (card.width > 0).then(|| picture(card)),
        });
        Outgoing { variant: self.variant.clone(), media: media.collect(), card }
    }

    /// Facts of the files.
    pub fn facts(&self) -> Vec<AssetFacts> {
        let facts = |file: &File| AssetFacts {
            id: AssetId::from_bytes(&[3; 16]).unwrap_or(AssetId(Default::default())),
            kind: file.kind,
            mime: file.mime.clone(),
            bytes: file.bytes,
            width: file.width,
            height: file.height,
            seconds: file.seconds,
        };
        self.media.iter().map(facts).collect()
    }
}

/// `channel.json`: the channel that the recordings were made with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    external_id: String,
    name: String,
    handle: String,
    url: Option<String>,
    /// What the connector keeps of the channel.
    pub facts: Value,
    credential: String,
    /// Every secret that is in the credential, the form and the recordings.
    pub secrets: Vec<String>,
    /// What a person types to connect it.
    pub form: BTreeMap<String, String>,
    /// A post that is out.
    pub published: Published,
    /// A comment that is answered.
    pub comment: String,
}

/// A network with all its recordings.
pub struct Fixtures<'a> {
    /// The network.
    pub network: &'a dyn Network,
    /// The channel.
    pub place: Place,
    /// Recordings by file name without its ending.
    pub recordings: BTreeMap<String, Recording>,
}

impl<'a> Fixtures<'a> {
    /// Reads a folder.
    ///
    /// # Errors
    /// Says which file cannot be read, and why.
    pub fn read(network: &'a dyn Network, folder: &Path) -> Result<Self, String> {
        let mut recordings = BTreeMap::new();
        let mut place = None;
        let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            let said = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
            let bytes = std::fs::read(&path).map_err(|error| said(&error))?;
            if name == "channel" {
                place = Some(serde_json::from_slice::<Place>(&bytes).map_err(|error| said(&error))?);
            } else {
                let recording = serde_json::from_slice::<Recording>(&bytes).map_err(|error| said(&error))?;
                recordings.insert(name, recording);
            }
        }
        let place = place.ok_or_else(|| format!("{}: channel.json is missing", folder.display()))?;
        Ok(Self { network, place, recordings })
    }

    /// The network's id, for messages.
    pub fn id(&self) -> &'static str {
        self.network.about().id
    }

    /// A recording that must exist.
    ///
    /// # Errors
    /// Names the missing file.
    pub fn get(&self, name: &str) -> Result<&Recording, String> {
        self.recordings.get(name).ok_or_else(|| format!("{}: fixtures/{name}.json is missing", self.id()))
    }

    /// Recordings whose name is `start` or begins with `start` and `_`.
    pub fn all(&self, start: &str) -> Vec<(&str, &Recording)> {
        let belongs =
            |name: &str| name.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
        let all = self.recordings.iter().filter(|(name, _)| belongs(name));
        all.map(|(name, recording)| (name.as_str(), recording)).collect()
    }

    pub(super) fn channel(&self) -> Channel {
        let id = [9; 16];
        Channel {
            id: ChannelId::from_bytes(&id).unwrap_or(ChannelId(Default::default())),
            brand: BrandId::from_bytes(&id).unwrap_or(BrandId(Default::default())),
            network: self.id().to_owned(),
            external_id: self.place.external_id.clone(),
            name: self.place.name.clone(),
            handle: self.place.handle.clone(),
            url: self.place.url.clone(),
            state: ChannelState::Ok,
            reason: None,
            time_zone: "UTC".to_owned(),
            slots: Vec::new(),
            facts: self.place.facts.clone(),
            checked_at: None,
            health: None,
            expires_at: None,
            blocked_until: None,
        }
    }

    pub(super) fn credential(&self) -> Secret {
        Secret::new(self.place.credential.clone())
    }

    /// Is a secret in this text?
    pub(super) fn leak(&self, what: &str, text: &str) -> Verdict {
        match self.place.secrets.iter().find(|secret| text.contains(secret.as_str())) {
            Some(_) => Err(format!("{}: a secret is in {what}", self.id())),
            None => Ok(()),
        }
    }
}
