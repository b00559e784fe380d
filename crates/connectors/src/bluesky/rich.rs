//! Rich text: which bytes of a text are a link, a hashtag or a mention. Bluesky shows nothing as a link that is
//! not marked so, and counts in bytes of UTF-8.

use std::collections::BTreeMap;

use sarafan_domain::text;
use serde_json::{Value, json};
use url::Url;

/// The handles mentioned in a text, each once; whoever they are must be asked.
pub(super) fn handles(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text::mentions(text)
        .into_iter()
        .filter(|(range, name)| range.len() == name.len())
        .map(|(_, name)| name.trim_start_matches('@').to_ascii_lowercase())
        .filter(|name| is_handle(name))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Is it a domain name, as every handle is? (<https://atproto.com/specs/handle>)
pub(super) fn is_handle(name: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    name.len() <= 253
        && name.contains('.')
        && name.split('.').all(label)
        && last.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// The marks of a text; `known` says who the mentioned handles are. A mention of nobody stays plain text.
pub(super) fn facets(text: &str, known: &BTreeMap<String, String>) -> Vec<Value> {
    let mut found = Vec::new();
    for range in text::links(text) {
        let link = text.get(range.clone()).unwrap_or_default();
        // Addresses with letters beyond ASCII are shown as written and followed as encoded.
        if let Ok(url) = Url::parse(link) {
            found.push((range, json!({ "$type": "app.bsky.richtext.facet#link", "uri": url.as_str() })));
        }
    }
    for (range, tag) in text::hashtags(text) {
        if tag.len() <= 640 && tag.chars().count() <= 64 {
            found.push((range, json!({ "$type": "app.bsky.richtext.facet#tag", "tag": tag })));
        }
    }
    for (range, name) in text::mentions(text) {
        let handle = name.trim_start_matches('@').to_ascii_lowercase();
        if let Some(did) = known.get(&handle).filter(|_| range.len() == name.len()) {
            found.push((range, json!({ "$type": "app.bsky.richtext.facet#mention", "did": did })));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    let facet = |(range, feature): (std::ops::Range<usize>, Value)| {
        json!({ "index": { "byteStart": range.start, "byteEnd": range.end }, "features": [feature] })
    };
    found.into_iter().map(facet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_bytes() {
        let known = BTreeMap::from([("anna.example.com".to_owned(), "did:plc:anna".to_owned())]);
        let rows = [
            ("👍 https://e.org/я!", vec!["5..21 uri https://e.org/%D1%8F"]),
            ("Кофе #кофе", vec!["9..18 tag кофе"]),
            ("от @anna.example.com.", vec!["5..22 did did:plc:anna"]),
            ("@nobody.example.com @plain @a@b.org", vec![]),
            (
                "@anna.example.com #a https://e.org",
                vec!["0..17 did did:plc:anna", "18..20 tag a", "21..34 uri https://e.org/"],
            ),
            ("nothing", vec![]),
        ];
        for (text, expected) in rows {
            assert_eq!(facets(text, &known).iter().map(words).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    /// A mark as `from..to kind value`.
    fn words(facet: &Value) -> String {
        let (index, feature) = (&facet["index"], facet["features"][0].as_object().unwrap());
        let (kind, value) = feature.iter().find(|(key, _)| *key != "$type").unwrap();
        format!("{}..{} {kind} {}", index["byteStart"], index["byteEnd"], value.as_str().unwrap())
    }

    #[test]
    fn only_domain_names_are_asked_for() {
        let text = "@Anna.example.com @anna.example.com @a_b.org @x @mail@example.org b@c.org @1.2.3.4";
        assert_eq!(handles(text), ["anna.example.com"]);
    }
}
