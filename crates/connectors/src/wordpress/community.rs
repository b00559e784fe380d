//! Comments, their number, and the number of posts. WordPress counts nothing else.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::SignedDuration;
use sarafan_domain::delivery::Published;
use sarafan_domain::problem::Problem;
use sarafan_network::http::{Effect, Reply, Request};
use sarafan_network::{
    Call, ChannelCounts, Comments, Counts, Incoming, NetError, Page, Result, Stats,
};
use serde_json::json;

use super::Wordpress;
use super::blocks::escape;
use super::post::{PAGES, POSTS, route_of};
use super::site::Site;
use super::wire::{Comment, Post, open, total};
use crate::html;

/// The most that WordPress gives at once.
const PAGE: usize = 100;
const PAGE_TEXT: &str = "100";

async fn get(call: &Call<'_>, site: &Site<'_>, route: &str, pairs: &[(&str, &str)]) -> Result<Reply> {
    let reply = call.http.send(site.sign(Request::get(site.url(route, pairs)))).await?;
    if (200..300).contains(&reply.status) {
        return Ok(reply);
    }
    Err(super::wire::failure(&reply, Effect::Read, &site.secrets(), call.now))
}

fn incoming(comment: Comment, site: &Site<'_>) -> Incoming {
    let parent = if comment.parent == 0 { comment.post.to_string() } else { format!("comment:{}", comment.parent) };
    Incoming {
        external_id: format!("comment:{}", comment.id),
        parent: Some(parent),
        at: comment.at(),
        own: comment.author != 0 && comment.author == site.facts.user,
        author_id: if comment.author == 0 { String::new() } else { comment.author.to_string() },
        text: html::text(&comment.content.rendered),
        author: html::text(&comment.author_name),
        url: Some(comment.link).filter(|link| !link.is_empty()),
    }
}

#[async_trait]
impl Comments for Wordpress {
    async fn under(&self, call: &Call<'_>, published: &Published, cursor: Option<&str>) -> Result<Page<Incoming>> {
        let site = Site::of(call.channel, call.credential);
        let number: usize = cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(1);
        let page = number.to_string();
        let pairs = [
            ("post", published.external_id.as_str()),
            ("order", "asc"),
            ("orderby", "id"),
            ("per_page", PAGE_TEXT),
            ("page", page.as_str()),
        ];
        let reply = get(call, &site, "comments", &pairs).await?;
        let pages: usize = reply.header("x-wp-totalpages").and_then(|pages| pages.trim().parse().ok()).unwrap_or(1);
        let found: Vec<Comment> = reply.json()?;
        let next = (!found.is_empty() && number < pages).then(|| (number + 1).to_string());
        Ok(Page { items: found.into_iter().map(|comment| incoming(comment, &site)).collect(), next })
    }

    /// The cursor is a time; what came in the same second may come twice.
    async fn since(&self, call: &Call<'_>, cursor: Option<&str>) -> Result<Page<Incoming>> {
        let site = Site::of(call.channel, call.credential);
        let mut pairs = vec![("order", "asc"), ("orderby", "date_gmt"), ("per_page", PAGE_TEXT)];
        pairs.extend(cursor.map(|cursor| ("after", cursor)));
        let reply = get(call, &site, "comments", &pairs).await?;
        let found: Vec<Comment> = reply.json()?;
        let full = found.len() >= PAGE;
        let last = found.last().filter(|_| full).map(Comment::at);
        let items: Vec<Incoming> = found.into_iter().map(|comment| incoming(comment, &site)).collect();
        let next = last.and_then(|last| {
            // A whole page of one second must not be asked for again and again.
            let stuck = items.first().is_some_and(|first| first.at == last);
            let step = if stuck { SignedDuration::ZERO } else { SignedDuration::from_secs(-1) };
            last.checked_add(step).ok().map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        });
        Ok(Page { items, next })
    }

    async fn reply(&self, call: &Call<'_>, to: &str, text: &str) -> Result<Published> {
        let site = Site::of(call.channel, call.credential);
        let gone = || NetError::Rejected { problem: Problem::error("wordpress-comment-gone", "comment") };
        let (post, parent) = match to.strip_prefix("comment:") {
            Some(id) if id.parse::<u64>().is_ok() => {
                let reply = get(call, &site, &format!("comments/{id}"), &[]).await?;
                let answered: Comment = reply.json()?;
                (answered.post, answered.id)
            }
            Some(_) => return Err(gone()),
            None => (to.parse().map_err(|_| gone())?, 0),
        };
        let fields = json!({ "post": post, "parent": parent, "content": escape(text.trim()) });
        let request = Request::new(Effect::Write, "POST", site.url("comments", &[])).json(fields);
        let reply = call.http.send(site.sign(request)).await?;
        let written: Comment = open(&reply, Effect::Write, &site.secrets(), call.now)?;
        Ok(Published::one(format!("comment:{}", written.id), Some(written.link).filter(|link| !link.is_empty())))
    }
}

#[async_trait]
impl Stats for Wordpress {
    async fn posts(&self, call: &Call<'_>, posts: &[Published]) -> Result<Vec<(String, Counts)>> {
        let site = Site::of(call.channel, call.credential);
        let mut there: Vec<String> = Vec::new();
        for route in [POSTS, PAGES] {
            let ids: Vec<&str> =
                posts.iter().filter(|post| route_of(post) == route).map(|post| post.external_id.as_str()).collect();
            if ids.is_empty() {
                continue;
            }
            let include = ids.join(",");
            let pairs = [("include", include.as_str()), ("per_page", PAGE_TEXT), ("_fields", "id")];
            let found: Vec<Post> = get(call, &site, route, &pairs).await?.json()?;
            there.extend(found.iter().map(|post| post.id.to_string()));
        }
        if there.is_empty() {
            return Ok(Vec::new());
        }
        let counted = comments_of(call, &site, &there).await?;
        let counts = |id: &String| Counts { replies: counted.get(id).copied(), ..Counts::default() };
        Ok(there.iter().map(|id| (id.clone(), counts(id))).collect())
    }

    async fn channel(&self, call: &Call<'_>) -> Result<ChannelCounts> {
        let site = Site::of(call.channel, call.credential);
        let reply = get(call, &site, POSTS, &[("per_page", "1"), ("_fields", "id")]).await?;
        let _: Vec<Post> = reply.json()?;
        Ok(ChannelCounts { followers: None, posts: total(&reply) })
    }

    fn batch(&self) -> usize {
        20
    }
}

/// The number of comments of each post: counted from one list where it holds all of them, else asked one by one.
async fn comments_of(call: &Call<'_>, site: &Site<'_>, posts: &[String]) -> Result<BTreeMap<String, u64>> {
    let all = posts.join(",");
    let pairs = [("post", all.as_str()), ("per_page", PAGE_TEXT), ("_fields", "id,post")];
    let reply = get(call, site, "comments", &pairs).await?;
    let found: Vec<Comment> = reply.json()?;
    let mut counted: BTreeMap<String, u64> = posts.iter().map(|id| (id.clone(), 0)).collect();
    if found.len() < PAGE {
        for comment in found {
            if let Some(count) = counted.get_mut(&comment.post.to_string()) {
                *count += 1;
            }
        }
        return Ok(counted);
    }
    for (id, count) in &mut counted {
        let reply = get(call, site, "comments", &[("post", id.as_str()), ("per_page", "1"), ("_fields", "id")]).await?;
        *count = total(&reply).unwrap_or_default();
    }
    Ok(counted)
}
