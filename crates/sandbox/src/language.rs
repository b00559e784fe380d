//! The sandbox in the reader's language: the product's own text files, chosen by what the browser asks for.

use std::sync::LazyLock;

use axum::http::{HeaderMap, header};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// What is said.
static TEXTS: LazyLock<Vec<(&'static str, FluentBundle<FluentResource>)>> = LazyLock::new(|| {
    let files = [
        ("en", include_str!("../../../texts/en/sandbox.ftl")),
        ("ru", include_str!("../../../texts/ru/sandbox.ftl")),
        ("pl", include_str!("../../../texts/pl/sandbox.ftl")),
    ];
    files.into_iter().map(|(lang, text)| (lang, bundle(lang, text))).collect()
});

fn bundle(lang: &str, text: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(lang.parse().into_iter().collect());
    bundle.set_use_isolating(false);
    // A broken line is left out and shows as its key; a test keeps that from happening.
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

/// A language to speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tongue(usize);

impl Tongue {
    /// The first of ours that the browser would like; English where it likes none.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut wishes: Vec<(f32, usize)> = wanted
            .split(',')
            .filter_map(|wish| {
                let (name, rest) = wish.split_once(';').unwrap_or((wish, ""));
                let name = name.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
                let known = TEXTS.iter().position(|(lang, _)| *lang == name)?;
                let weight = rest.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok()).unwrap_or(1.0);
                Some((weight, known))
            })
            .collect();
        wishes.sort_by(|one, other| other.0.total_cmp(&one.0));
        Self(wishes.first().map_or(0, |(_, known)| *known))
    }

    /// Its code.
    pub(crate) fn code(self) -> &'static str {
        TEXTS.get(self.0).map_or("en", |(lang, _)| lang)
    }

    /// A text.
    pub(crate) fn say(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A text with something put in.
    pub(crate) fn with(self, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
        let found = TEXTS.get(self.0).and_then(|(_, bundle)| {
            let pattern = bundle.get_message(key)?.value()?;
            let mut fluent = FluentArgs::new();
            for (name, value) in args {
                fluent.set(*name, value.clone());
            }
            Some(bundle.format_pattern(pattern, Some(&fluent), &mut Vec::new()).into_owned())
        });
        found.unwrap_or_else(|| key.to_owned())
    }

    /// A text about a number of things.
    pub(crate) fn count(self, key: &str, count: usize) -> String {
        self.with(key, &[("count", FluentValue::from(count))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tongue(accept: &str) -> &'static str {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        Tongue::of(&headers).code()
    }

    #[test]
    fn the_browser_chooses() {
        let rows =
            [("ru-RU,ru;q=0.9,en;q=0.8", "ru"), ("de,pl;q=0.5,en;q=0.7", "en"), ("pl", "pl"), ("fr", "en"), ("", "en")];
        for (accept, expected) in rows {
            assert_eq!(tongue(accept), expected, "{accept}");
        }
    }

    #[test]
    fn numbers_have_their_forms() {
        let ru = Tongue(1);
        assert_eq!(ru.count("sandbox-followers", 1), "1 подписчик");
        assert_eq!(ru.count("sandbox-followers", 3), "3 подписчика");
        assert_eq!(ru.count("sandbox-followers", 5), "5 подписчиков");
        assert_eq!(Tongue(2).count("sandbox-followers", 22), "22 obserwujących");
    }

    #[test]
    fn every_file_can_be_read() {
        for lang in ["en", "ru", "pl"] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../texts/{lang}/sandbox.ftl"));
            assert!(FluentResource::try_new(std::fs::read_to_string(path).unwrap()).is_ok(), "{lang}");
        }
    }
}
