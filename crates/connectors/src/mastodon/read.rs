//! Reading: counts, followers, answers under a post and mentions.

use async_trait::async_trait;
use sarafan_domain::delivery::Published;
use sarafan_domain::text;
use sarafan_network::http::Effect;
use sarafan_network::{Call, ChannelCounts, Comments, Counts, Incoming, NetError, Page, Result, Stats};
use serde::Deserialize;
use serde_json::json;

use super::Mastodon;
use super::auth::own;
use super::wire::{self, Session, Status};

impl Status {
    fn counts(&self) -> Counts {
        Counts {
            views: None,
            reactions: self.favourites_count,
            replies: self.replies_count,
            reposts: self.reblogs_count,
            quotes: self.quotes_count,
        }
    }
}

#[async_trait]
impl Stats for Mastodon {
    async fn posts(&self, call: &Call<'_>, posts: &[Published]) -> Result<Vec<(String, Counts)>> {
        let session = Session::open(call.credential)?;
        let pairs: Vec<_> = posts.iter().map(|post| ("id[]", post.external_id.as_str())).collect();
        let reply = call.http.send(session.ask("/api/v1/statuses", &pairs)).await?;
        match session.read::<Vec<Status>>(&reply, Effect::Read, call.now) {
            Ok(found) => return Ok(found.into_iter().map(|status| (status.id.clone(), status.counts())).collect()),
            // Servers before 4.3 show posts one by one only.
            Err(NetError::Gone) => {}
            Err(error) => return Err(error),
        }
        let mut found = Vec::new();
        for post in posts {
            let reply = call.http.send(session.ask(&format!("/api/v1/statuses/{}", post.external_id), &[])).await?;
            match session.read::<Status>(&reply, Effect::Read, call.now) {
                Ok(status) => found.push((status.id.clone(), status.counts())),
                Err(NetError::Gone) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    async fn channel(&self, call: &Call<'_>) -> Result<ChannelCounts> {
        let session = Session::open(call.credential)?;
        let account = own(call.http, &session, call.now).await?;
        Ok(ChannelCounts { followers: account.followers_count, posts: account.statuses_count })
    }

    fn batch(&self) -> usize {
        20
    }
}

#[derive(Deserialize)]
struct Context {
    descendants: Vec<Status>,
}

#[derive(Deserialize)]
struct Notification {
    id: String,
    #[serde(default)]
    status: Option<Status>,
}

#[async_trait]
impl Comments for Mastodon {
    async fn under(&self, call: &Call<'_>, published: &Published, _cursor: Option<&str>) -> Result<Page<Incoming>> {
        let session = Session::open(call.credential)?;
        let path = format!("/api/v1/statuses/{}/context", published.external_id);
        let reply = call.http.send(session.ask(&path, &[])).await?;
        let context: Context = session.read(&reply, Effect::Read, call.now)?;
        let own = call.channel.external_id.as_str();
        // The further parts of our own thread are no comments.
        let foreign = context.descendants.into_iter().filter(|status| !published.parts.contains(&status.id));
        let mut items: Vec<Incoming> = foreign.map(|status| status.incoming(own)).collect();
        items.sort_by(|a, b| (a.at, &a.external_id).cmp(&(b.at, &b.external_id)));
        Ok(Page { items, next: None })
    }

    async fn since(&self, call: &Call<'_>, cursor: Option<&str>) -> Result<Page<Incoming>> {
        let session = Session::open(call.credential)?;
        let mut pairs = vec![("types[]", "mention"), ("limit", "40")];
        // The oldest of those that are newer; without it the newest of all.
        pairs.extend(cursor.map(|cursor| ("min_id", cursor)));
        let reply = call.http.send(session.ask("/api/v1/notifications", &pairs)).await?;
        let page: Vec<Notification> = session.read(&reply, Effect::Read, call.now).map_err(wire::of_server)?;
        let newest = page.first().map(|notification| notification.id.clone());
        let next = newest.map(|newest| wire::newer(&reply).unwrap_or(newest));
        let own = call.channel.external_id.as_str();
        let statuses = page.into_iter().rev().filter_map(|notification| notification.status);
        Ok(Page { items: statuses.map(|status| status.incoming(own)).collect(), next })
    }

    async fn reply(&self, call: &Call<'_>, to: &str, text: &str) -> Result<Published> {
        let session = Session::open(call.credential)?;
        let reply = call.http.send(session.ask(&format!("/api/v1/statuses/{to}"), &[])).await?;
        let answered: Status = session.read(&reply, Effect::Read, call.now)?;
        // Only who is named is told of the answer.
        let name = format!("@{}", answered.account.acct);
        let named = text::mentions(text).iter().any(|(range, _)| text.get(range.clone()) == Some(&name));
        let own = answered.account.id == call.channel.external_id;
        let words = if named || own { text.to_owned() } else { format!("{name} {text}") };
        let mut status = json!({ "status": words, "in_reply_to_id": answered.id });
        if let (Some(fields), false) = (status.as_object_mut(), answered.visibility.is_empty()) {
            // An answer is never seen by more people than what it answers.
            fields.insert("visibility".to_owned(), json!(answered.visibility));
        }
        let reply = call.http.send(session.post(&status, &call.key.0)).await?;
        let made: Status = session.read(&reply, Effect::Write, call.now)?;
        let url = made.page();
        Ok(Published::one(made.id, url))
    }
}
