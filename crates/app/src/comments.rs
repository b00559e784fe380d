//! Comments under posts, as they were last told by the networks. Answering them belongs to the inbox and is not here.

use std::collections::HashMap;

use sarafan_domain::id::{BrandId, ChannelId, PostId};
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_store::comments::{self, After, CommentRow};
use sarafan_store::{channels, posts};
use serde::Serialize;
use utoipa::ToSchema;

use crate::view::instant;
use crate::{Actor, App, AppError};

/// A comment.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CommentView {
    /// On which channel.
    pub channel: ChannelId,
    /// Of which network.
    pub network: String,
    /// The network's id of it.
    pub external_id: String,
    /// The network's id of what it answers.
    pub parent: Option<String>,
    /// Who wrote it, as people see it.
    pub author: String,
    /// Plain text.
    pub text: String,
    /// Where it can be seen.
    pub url: Option<String>,
    /// When it was written.
    pub at: String,
    /// Written by the channel itself.
    pub own: bool,
}

/// A page of comments.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CommentPage {
    /// The comments, the oldest first.
    pub items: Vec<CommentView>,
    /// Where the next page begins.
    pub next: Option<String>,
}

impl App {
    /// The comments under a post on all its channels, the oldest first.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`] for a cursor that is none of ours.
    pub async fn post_comments(
        &self,
        actor: &Actor,
        brand: BrandId,
        post: PostId,
        cursor: Option<&str>,
        limit: Option<usize>,
    ) -> Result<CommentPage, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        posts::get(&mut conn, brand, post).await?;
        let after = cursor.map(|text| parse(text).ok_or_else(|| Problem::error("cursor-bad", "cursor"))).transpose()?;
        let limit = limit.unwrap_or(50).clamp(1, 200);
        let (rows, next) = comments::of_post(&mut conn, brand, post, after.as_ref(), limit).await?;
        let all = channels::some(&mut conn, brand, rows.iter().map(|row| row.channel)).await?;
        let networks: HashMap<ChannelId, String> =
            all.into_iter().map(|channel| (channel.id, channel.network)).collect();
        let items = rows.into_iter().map(|row| view(row, &networks)).collect();
        Ok(CommentPage { items, next: next.as_ref().map(write) })
    }
}

fn view(row: CommentRow, networks: &HashMap<ChannelId, String>) -> CommentView {
    CommentView {
        network: networks.get(&row.channel).cloned().unwrap_or_default(),
        channel: row.channel,
        external_id: row.external_id,
        parent: row.parent,
        author: row.author,
        text: row.text,
        url: row.url,
        at: instant(row.at),
        own: row.own,
    }
}

/// `1800000000000000.0192….id over there`
fn write(after: &After) -> String {
    format!("{}.{}.{}", after.at.as_microsecond(), after.channel, after.external_id)
}

fn parse(text: &str) -> Option<After> {
    let mut pieces = text.splitn(3, '.');
    Some(After {
        at: Timestamp::from_microsecond(pieces.next()?.parse().ok()?).ok()?,
        channel: pieces.next()?.parse().ok()?,
        external_id: pieces.next()?.to_owned(),
    })
}
