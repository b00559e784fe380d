//! What is known of a file in the media library.

use serde::{Deserialize, Serialize};

use crate::id::AssetId;

/// What a file is for a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum AssetKind {
    /// A still picture.
    Image,
    /// A moving picture without sound (animated GIF).
    Gif,
    /// A video.
    Video,
    /// Anything else that can be downloaded.
    Document,
}

impl AssetKind {
    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Gif => "gif",
            Self::Video => "video",
            Self::Document => "document",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Image, Self::Gif, Self::Video, Self::Document].into_iter().find(|kind| kind.code() == code)
    }
}

/// Facts read from the file itself, never from its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AssetFacts {
    /// The asset.
    pub id: AssetId,
    /// What it is.
    pub kind: AssetKind,
    /// Media type by its content: `image/jpeg`.
    pub mime: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Width in pixels as shown (after EXIF rotation); 0 where there is none.
    pub width: u32,
    /// Height in pixels as shown; 0 where there is none.
    pub height: u32,
    /// Length in seconds, for videos.
    pub seconds: Option<f64>,
}

impl AssetFacts {
    /// Longer side over shorter side; 1 where the size is unknown.
    pub fn ratio(&self) -> f64 {
        let (long, short) = (self.width.max(self.height), self.width.min(self.height));
        if short == 0 { 1.0 } else { f64::from(long) / f64::from(short) }
    }
}
