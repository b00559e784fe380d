//! A picture or video on its way out: facts at hand, bytes read when they are needed.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use sarafan_domain::asset::AssetFacts;

use crate::NetError;

/// Where the bytes come from.
#[async_trait]
pub trait Source: Send + Sync {
    /// Reads all of them; `None` where they cannot be read now.
    async fn read(&self) -> Option<Bytes>;
}

/// A file ready to be uploaded: it already fits the network's rules.
#[derive(Clone)]
pub struct Media {
    /// Facts of the bytes that will be sent, after any conversion.
    pub facts: AssetFacts,
    /// What it shows.
    pub alt: String,
    /// ASCII file name with the right extension.
    pub name: String,
    source: Arc<dyn Source>,
}

impl Media {
    /// Joins facts with the place of the bytes.
    pub fn new(facts: AssetFacts, alt: String, name: String, source: Arc<dyn Source>) -> Self {
        Self { facts, alt, name, source }
    }

    /// The bytes.
    ///
    /// # Errors
    /// [`NetError::Transient`] where the store of files does not answer: nothing was sent.
    pub async fn bytes(&self) -> Result<Bytes, NetError> {
        self.source.read().await.ok_or(NetError::Transient { after: None })
    }
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Media({} {} bytes)", self.facts.mime, self.facts.bytes)
    }
}

#[async_trait]
impl Source for Bytes {
    async fn read(&self) -> Option<Bytes> {
        Some(self.clone())
    }
}
