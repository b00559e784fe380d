//! The three languages that Sarafan itself speaks. The language of a post is free text (BCP 47).

use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Russian.
    Ru,
    /// Polish.
    Pl,
}

impl Lang {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::En, Self::Ru, Self::Pl];

    /// The two-letter code.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
            Self::Pl => "pl",
        }
    }

    /// Reads a code such as `ru` or `pl-PL`; `None` for a language we do not speak.
    pub fn parse(tag: &str) -> Option<Self> {
        let first = tag.split(['-', '_', ';']).next().unwrap_or_default().trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|lang| lang.code() == first)
    }

    /// The first language we speak in an `Accept-Language` header, read in its order.
    pub fn accept(header: &str) -> Option<Self> {
        header.split(',').find_map(Self::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags_and_headers() {
        assert_eq!(Lang::parse("pl-PL"), Some(Lang::Pl));
        assert_eq!(Lang::parse("de"), None);
        assert_eq!(Lang::accept("de-DE,de;q=0.9,ru;q=0.8,en;q=0.7"), Some(Lang::Ru));
        assert_eq!(Lang::accept("*"), None);
    }
}
