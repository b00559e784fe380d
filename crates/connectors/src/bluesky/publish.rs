//! Sending: one record per step, first the post, then the further parts of the thread, then the first comment.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use sarafan_domain::delivery::{Published, Step};
use sarafan_network::http::Effect;
use sarafan_network::{Call, CardWish, Delete, Media, NetError, Network, Outgoing, Publish, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::auth::read;
use super::record_key::record_key;
use super::wire::{self, Ref, Session};
use super::{Bluesky, identity, rich};

/// Where a thread stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Going {
    root: Ref,
    parent: Ref,
    /// Everything after the first part.
    parts: Vec<String>,
}

#[async_trait]
impl Publish for Bluesky {
    async fn start(&self, call: &Call<'_>, post: &Outgoing) -> Result<Step> {
        self.part(call, post, None).await
    }

    async fn resume(&self, call: &Call<'_>, post: &Outgoing, resume: Value) -> Result<Step> {
        let going = serde_json::from_value(resume)
            .map_err(|_| NetError::Protocol { detail: "what was saved between two parts is broken".to_owned() })?;
        self.part(call, post, Some(going)).await
    }
}

impl Bluesky {
    async fn part(&self, call: &Call<'_>, post: &Outgoing, going: Option<Going>) -> Result<Step> {
        let session = Session::open(call.credential)?;
        let composed = self.compose(&post.variant, &call.channel.facts);
        let mut texts = composed.parts;
        let comment = post.variant.first_comment.trim();
        texts.extend((!comment.is_empty()).then(|| comment.to_owned()));

        let place = going.as_ref().map_or(0, |going| going.parts.len() + 1);
        let Some(text) = texts.get(place) else {
            // The author shortened the thread while it was going out: what is out is all there is.
            return Ok(Step::Done(published(call, &session, going)));
        };
        let mut record = words(call, &session, text, &post.variant.language).await?;
        if let Some(going) = &going {
            insert(&mut record, "reply", json!({ "root": going.root, "parent": going.parent }));
        } else {
            if let Some(embed) = embed(call, &session, post, composed.card.as_ref()).await? {
                insert(&mut record, "embed", embed);
            }
            if let Some(warning) = post.variant.option("warning") {
                let labels = json!({ "$type": "com.atproto.label.defs#selfLabels", "values": [{ "val": warning }] });
                insert(&mut record, "labels", labels);
            }
            let tags: Vec<&str> = super::tags(&post.variant).collect();
            if !tags.is_empty() {
                insert(&mut record, "tags", json!(tags));
            }
        }
        let made = put(call, &session, &record).await?;
        let going = match going {
            // The first comment stands beside the thread, under its first part.
            Some(mut going) => {
                going.parts.push(made.uri.clone());
                let comment_next = !comment.is_empty() && place + 2 == texts.len();
                going.parent = if comment_next { going.root.clone() } else { made };
                going
            }
            None => Going { root: made.clone(), parent: made, parts: Vec::new() },
        };
        if going.parts.len() + 1 == texts.len() {
            return Ok(Step::Done(published(call, &session, Some(going))));
        }
        let first = published(call, &session, Some(going.clone()));
        let resume = serde_json::to_value(going).unwrap_or_default();
        Ok(Step::Wait { resume, wait: Duration::ZERO, published: Some(first) })
    }
}

fn published(call: &Call<'_>, session: &Session, going: Option<Going>) -> Published {
    let (uri, parts) = going.map(|going| (going.root.uri, going.parts)).unwrap_or_default();
    let url = wire::page(&session.service, &call.channel.handle, &uri);
    Published { external_id: uri, url: Some(url), parts }
}

/// Makes the record with the key of this step, or finds that an earlier try has made it.
pub(super) async fn put(call: &Call<'_>, session: &Session, record: &Value) -> Result<Ref> {
    let key = record_key(call.key);
    let reply = call.http.send(wire::put(session, &key, record)).await?;
    if !wire::exists(&reply) {
        return read(&reply, Effect::Write, session, call.now);
    }
    let reply = call.http.send(wire::get(session, &key)).await?;
    read(&reply, Effect::Read, session, call.now)
}

/// A post of words alone, with its links, hashtags and mentions marked.
pub(super) async fn words(call: &Call<'_>, session: &Session, text: &str, language: &str) -> Result<Value> {
    let mut known = BTreeMap::new();
    for handle in rich::handles(text) {
        if let Some(did) = identity::did(call.http, &session.service, &handle, call.now).await? {
            known.insert(handle, did);
        }
    }
    let created = call.now.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
    let mut record = json!({ "$type": wire::POSTS, "text": text, "createdAt": created });
    let facets = rich::facets(text, &known);
    if !facets.is_empty() {
        insert(&mut record, "facets", Value::from(facets));
    }
    if !language.is_empty() {
        insert(&mut record, "langs", json!([language]));
    }
    Ok(record)
}

fn insert(record: &mut Value, key: &str, value: Value) {
    if let Some(fields) = record.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

/// Uploads a file that only a post makes visible; what a record calls it.
async fn upload(call: &Call<'_>, session: &Session, media: &Media) -> Result<Value> {
    #[derive(Deserialize)]
    struct Uploaded {
        blob: Value,
    }
    let reply = call.http.send(wire::upload(session, &media.facts.mime, media.bytes().await?)).await?;
    let uploaded: Uploaded = read(&reply, Effect::Prepare, session, call.now)?;
    Ok(uploaded.blob)
}

/// Pictures, else a card for the link, else nothing.
async fn embed(
    call: &Call<'_>,
    session: &Session,
    post: &Outgoing,
    wish: Option<&CardWish>,
) -> Result<Option<Value>> {
    let mut images = Vec::new();
    for media in &post.media {
        let mut image = json!({ "alt": media.alt, "image": upload(call, session, media).await? });
        if media.facts.width > 0 && media.facts.height > 0 {
            let ratio = json!({ "width": media.facts.width, "height": media.facts.height });
            insert(&mut image, "aspectRatio", ratio);
        }
        images.push(image);
    }
    if !images.is_empty() {
        return Ok(Some(json!({ "$type": "app.bsky.embed.images", "images": images })));
    }
    let Some((wish, url)) = wish.and_then(|wish| Some((wish, Url::parse(&wish.url).ok()?))) else { return Ok(None) };
    // What the author wrote goes before what the page says of itself; else the card shows where it leads.
    let page = post.card.as_ref();
    let said = |own: &Option<String>, words: Option<&str>| -> Option<String> {
        own.clone().or_else(|| words.filter(|words| !words.is_empty()).map(str::to_owned))
    };
    let title = said(&wish.title, page.map(|page| page.title.as_str()));
    let title = title.unwrap_or_else(|| url.host_str().unwrap_or_default().to_owned());
    let description = said(&wish.description, page.map(|page| page.description.as_str())).unwrap_or_default();
    let mut external = json!({ "uri": url.as_str(), "title": title, "description": description });
    if let Some(picture) = page.and_then(|page| page.picture.as_ref()) {
        insert(&mut external, "thumb", upload(call, session, picture).await?);
    }
    Ok(Some(json!({ "$type": "app.bsky.embed.external", "external": external })))
}

#[async_trait]
impl Delete for Bluesky {
    async fn delete(&self, call: &Call<'_>, published: &Published) -> Result<()> {
        let session = Session::open(call.credential)?;
        // From the end, so that a thread that is cut off half-way still reads from its beginning.
        for uri in published.parts.iter().rev().chain([&published.external_id]) {
            let reply = call.http.send(wire::delete(&session, wire::key_of(uri))).await?;
            match wire::failure(&reply, Effect::Write, &session.secrets(), call.now) {
                None | Some(NetError::Gone) => {}
                Some(error) => return Err(error),
            }
        }
        Ok(())
    }
}
