//! Sending, changing and taking down. Files first; then one post per step: the first part, the further parts of
//! the thread, the first comment.

use std::time::Duration;

use async_trait::async_trait;
use sarafan_domain::asset::AssetKind;
use sarafan_domain::delivery::{Published, Step};
use sarafan_domain::post::Variant;
use sarafan_domain::problem::Problem;
use sarafan_network::http::Effect;
use sarafan_network::{Call, Delete, Edit, Media, NetError, Network, Outgoing, Publish, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Mastodon;
use super::wire::{self, Attachment, Session, Status};

/// Where sending stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Going {
    /// Ids of the uploaded files.
    media: Vec<String>,
    /// Those of them that the server still works on.
    pending: Vec<String>,
    /// So often we have looked at them.
    looks: u32,
    /// The first part, once it is out.
    first: Option<Published>,
    /// The part that the next one answers.
    parent: Option<String>,
}

/// A video that is not ready after so many looks, the later ones ten seconds apart, never will be.
const MAX_LOOKS: u32 = 60;

#[async_trait]
impl Publish for Mastodon {
    async fn start(&self, call: &Call<'_>, post: &Outgoing) -> Result<Step> {
        let session = Session::open(call.credential)?;
        let mut going = Going::default();
        for media in &post.media {
            let (id, ready) = upload(call, &session, media).await?;
            if !ready {
                going.pending.push(id.clone());
            }
            going.media.push(id);
        }
        if going.pending.is_empty() {
            return self.part(call, &session, post, going).await;
        }
        Ok(wait(&going))
    }

    async fn resume(&self, call: &Call<'_>, post: &Outgoing, resume: Value) -> Result<Step> {
        let session = Session::open(call.credential)?;
        let mut going: Going = serde_json::from_value(resume)
            .map_err(|_| NetError::Protocol { detail: "what was saved between two steps is broken".to_owned() })?;
        let mut pending = Vec::new();
        for id in &going.pending {
            let reply = call.http.send(session.ask(&format!("/api/v1/media/{id}"), &[])).await?;
            match wire::failure(&reply, Effect::Read, &[&session.token], call.now) {
                None if reply.status == 206 => pending.push(id.clone()),
                None => {
                    reply.json::<Attachment>()?;
                }
                Some(NetError::Gone | NetError::Rejected { .. }) => return Err(unready()),
                Some(error) => return Err(error),
            }
        }
        going.pending = pending;
        if going.pending.is_empty() {
            return self.part(call, &session, post, going).await;
        }
        going.looks += 1;
        if going.looks > MAX_LOOKS { Err(unready()) } else { Ok(wait(&going)) }
    }
}

fn unready() -> NetError {
    NetError::Rejected { problem: Problem::error("media-processing-failed", "media").with("network", "Mastodon") }
}

/// Come back when the server has had time for the files.
fn wait(going: &Going) -> Step {
    let wait = Duration::from_secs(if going.looks < 5 { 2 } else { 10 });
    Step::Wait { resume: serde_json::to_value(going).unwrap_or_default(), wait, published: None }
}

/// Uploads a file: its id, and whether it is ready.
async fn upload(call: &Call<'_>, session: &Session, media: &Media) -> Result<(String, bool)> {
    let reply = call.http.send(session.upload(media, media.bytes().await?)).await?;
    let attachment: Attachment = session.read(&reply, Effect::Prepare, call.now).map_err(wire::of_server)?;
    Ok((attachment.id, reply.status != 202))
}

impl Mastodon {
    /// The texts in the order they go out: the parts, then the first comment.
    fn texts(&self, call: &Call<'_>, variant: &Variant) -> Vec<String> {
        let mut texts = self.compose(variant, &call.channel.facts).parts;
        let comment = variant.first_comment.trim();
        texts.extend((!comment.is_empty()).then(|| comment.to_owned()));
        texts
    }

    async fn part(&self, call: &Call<'_>, session: &Session, post: &Outgoing, mut going: Going) -> Result<Step> {
        let texts = self.texts(call, &post.variant);
        let place = going.first.as_ref().map_or(0, |first| first.parts.len() + 1);
        let Some(text) = texts.get(place) else {
            // The author shortened the thread while it was going out: what is out is all there is.
            return Ok(Step::Done(going.first.unwrap_or_else(|| Published::one("", None))));
        };
        let mut status = words(&post.variant, text);
        if let Some(parent) = &going.parent {
            put(&mut status, "in_reply_to_id", json!(parent));
        } else {
            if !going.media.is_empty() {
                put(&mut status, "media_ids", json!(going.media));
            }
            if let Some(poll) = poll(&post.variant) {
                put(&mut status, "poll", poll);
            }
        }
        let reply = call.http.send(session.post(&status, &call.key.0)).await?;
        let made: Status = session.read(&reply, Effect::Write, call.now).map_err(|error| {
            // A part whose parent is gone cannot go out; the first one has none.
            if place == 0 { wire::of_server(error) } else { error }
        })?;
        let url = made.page();
        let first = match going.first.take() {
            Some(mut first) => {
                first.parts.push(made.id.clone());
                first
            }
            None => Published::one(made.id.clone(), url),
        };
        if place + 1 == texts.len() {
            return Ok(Step::Done(first));
        }
        // The first comment stands beside the thread, under its first part.
        let comment_next = !post.variant.first_comment.trim().is_empty() && place + 2 == texts.len();
        going.parent = Some(if comment_next { first.external_id.clone() } else { made.id });
        going.first = Some(first.clone());
        let resume = serde_json::to_value(going).unwrap_or_default();
        Ok(Step::Wait { resume, wait: Duration::ZERO, published: Some(first) })
    }
}

/// A post of words alone.
fn words(variant: &Variant, text: &str) -> Value {
    let mut status = json!({ "status": text });
    if let Some(visibility) = variant.option("visibility") {
        put(&mut status, "visibility", json!(visibility));
    }
    if let Some(warning) = variant.option("warning") {
        put(&mut status, "spoiler_text", json!(warning));
    }
    if variant.flag("sensitive") || variant.option("warning").is_some() {
        put(&mut status, "sensitive", json!(true));
    }
    // Two letters: servers do not know `pt-BR`.
    let language = variant.language.split(['-', '_']).next().unwrap_or_default();
    if !language.is_empty() {
        put(&mut status, "language", json!(language.to_ascii_lowercase()));
    }
    status
}

fn poll(variant: &Variant) -> Option<Value> {
    let poll = variant.poll.as_ref()?;
    let seconds = u64::from(poll.hours) * 3600;
    Some(json!({ "options": poll.options, "expires_in": seconds, "multiple": poll.multiple }))
}

fn put(status: &mut Value, key: &str, value: Value) {
    if let Some(fields) = status.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

#[async_trait]
impl Edit for Mastodon {
    async fn edit(&self, call: &Call<'_>, published: &Published, post: &Outgoing) -> Result<Published> {
        let session = Session::open(call.credential)?;
        let texts = self.texts(call, &post.variant);
        let ids: Vec<&String> = std::iter::once(&published.external_id).chain(&published.parts).collect();
        if texts.len() != ids.len() {
            let problem = Problem::error("edit-parts", "text").with("network", "Mastodon");
            return Err(NetError::Rejected { problem });
        }
        for (index, (id, text)) in ids.into_iter().zip(&texts).enumerate() {
            let mut status = words(&post.variant, text);
            if index == 0 {
                let media = exchange(call, &session, id, &post.media).await?;
                let described: Vec<Value> = media
                    .iter()
                    .zip(&post.media)
                    .map(|(id, media)| json!({ "id": id, "description": media.alt.trim() }))
                    .collect();
                put(&mut status, "media_ids", json!(media));
                put(&mut status, "media_attributes", Value::from(described));
                // A poll that is left out would be taken off; the same answers keep their votes.
                if let Some(poll) = poll(&post.variant) {
                    put(&mut status, "poll", poll);
                }
            }
            let request = session.tell(Effect::Write, "PUT", &format!("/api/v1/statuses/{id}")).json(status);
            let reply = call.http.send(request.endpoint("post")).await?;
            session.read::<Status>(&reply, Effect::Write, call.now)?;
        }
        Ok(published.clone())
    }
}

/// The files of a post that is out: pictures are uploaded anew, since nobody can tell whether they are the same;
/// videos stay, since the server would work on a new one for longer than an edit can wait.
async fn exchange(call: &Call<'_>, session: &Session, id: &str, media: &[Media]) -> Result<Vec<String>> {
    if media.is_empty() {
        return Ok(Vec::new());
    }
    let reply = call.http.send(session.ask(&format!("/api/v1/statuses/{id}"), &[])).await?;
    let present: Status = session.read(&reply, Effect::Read, call.now)?;
    let mut ids = Vec::new();
    for (index, file) in media.iter().enumerate() {
        let moving = file.facts.kind != AssetKind::Image;
        let same = present.media_attachments.get(index).filter(|old| moving && matches!(&*old.kind, "video" | "gifv"));
        if let Some(old) = same {
            ids.push(old.id.clone());
            continue;
        }
        let (id, ready) = upload(call, session, file).await?;
        if !ready {
            return Err(NetError::Rejected { problem: Problem::error("mastodon-edit-video", "media") });
        }
        ids.push(id);
    }
    Ok(ids)
}

#[async_trait]
impl Delete for Mastodon {
    async fn delete(&self, call: &Call<'_>, published: &Published) -> Result<()> {
        let session = Session::open(call.credential)?;
        // From the end, so that a thread that is cut off half-way still reads from its beginning.
        for id in published.parts.iter().rev().chain([&published.external_id]) {
            let request = session.tell(Effect::Write, "DELETE", &format!("/api/v1/statuses/{id}"));
            let reply = call.http.send(request.endpoint("delete")).await?;
            match wire::failure(&reply, Effect::Write, &[&session.token], call.now) {
                None | Some(NetError::Gone) => {}
                Some(error) => return Err(error),
            }
        }
        Ok(())
    }
}
