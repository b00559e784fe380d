//! What people without an account see and do by a link: the posts that it covers, and nothing else of anybody.
//!
//! A visitor is no [`Actor`] with rights: each use case asks the link, and what it does not cover does not exist.

use std::collections::BTreeSet;

use bytes::Bytes;
use jiff::SignedDuration;
use sarafan_domain::approval::{Standing, Word, fingerprint};
use sarafan_domain::id::{AssetId, ChannelId, PersonId, PostId};
use sarafan_domain::language::Lang;
use sarafan_domain::notice::Kind;
use sarafan_store::approvals::{self as rows, ApprovalRow, LinkRow};
use sarafan_store::posts::PostRow;
use sarafan_store::{Conn, brands, channels, posts};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::pace::Key;
use super::{ApprovedView, SeenPost, Voice, said};
use crate::assets::AssetFile;
use crate::channels::NetworkView;
use crate::live::Event;
use crate::posts::ChannelCheck;
use crate::sessions::{Visitor, digest};
use crate::view::instant;
use crate::{Actor, App, AppError};

/// That a link was used is noted this often.
const NOTED: SignedDuration = SignedDuration::from_mins(1);
/// So many posts at most are looked through for one page.
const LOOKED: usize = 2000;

/// What the page of a link begins with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewView {
    /// Name of the brand.
    pub brand: String,
    /// The brand's zone.
    pub time_zone: String,
    /// Name of the person who was given the link.
    pub name: String,
    /// Language of the page.
    pub language: String,
    /// It opens nothing after.
    pub expires_at: String,
    /// The networks that the posts go to, for their looks.
    pub networks: Vec<NetworkView>,
}

/// A post as a reviewer sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewPost {
    /// Which.
    pub id: PostId,
    /// Where its approval stands.
    pub standing: Standing,
    /// Names the content as it is shown; sent back with a yes or a no.
    pub hash: String,
    /// Whose word is the last; empty for Sarafan itself.
    pub by: String,
    /// Since when.
    pub at: String,
    /// What they added.
    pub note: String,
    /// What the wall shows when it is due.
    pub wall: Option<String>,
    /// In which zone.
    pub zone: Option<String>,
    /// Language of its text.
    pub language: String,
    /// How each channel will show it.
    pub channels: Vec<ReviewChannel>,
}

/// A post as one channel will show it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewChannel {
    /// The channel's name.
    pub name: String,
    /// `@name` or the like.
    pub handle: String,
    /// What will be seen.
    pub check: ChannelCheck,
    /// The card of its link has a picture.
    pub card_picture: bool,
}

/// A page of posts for a reviewer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewPage {
    /// The posts.
    pub items: Vec<ReviewPost>,
    /// Where the next page begins.
    pub next: Option<String>,
}

impl App {
    /// What the page of a link begins with.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a link that opens nothing; [`AppError::TooMany`] for too many of them from one place.
    pub async fn review(&self, token: &str, visitor: &Visitor) -> Result<ReviewView, AppError> {
        let link = self.link_of(token, visitor).await?;
        let mut conn = self.store().read().await?;
        let brand = brands::get(&mut conn, link.brand).await?;
        let used: BTreeSet<String> =
            channels::list(&mut conn, link.brand).await?.into_iter().map(|channel| channel.network).collect();
        let networks = self.list_networks(language(&link)).into_iter().filter(|network| used.contains(&network.id));
        Ok(ReviewView {
            brand: brand.name,
            time_zone: brand.time_zone,
            name: link.name,
            language: link.language,
            expires_at: instant(link.expires_at),
            networks: networks.collect(),
        })
    }

    /// The posts that a link covers and whose approval stands there.
    ///
    /// # Errors
    /// As [`App::review`]; [`AppError::Invalid`] for a cursor we did not make.
    pub async fn review_posts(
        &self,
        token: &str,
        visitor: &Visitor,
        standing: Standing,
        cursor: Option<&str>,
        limit: Option<usize>,
    ) -> Result<ReviewPage, AppError> {
        let link = self.link_of(token, visitor).await?;
        let limit = limit.unwrap_or(20).clamp(1, 50);
        let mut cursor = crate::paging::cursor(cursor)?;
        let mut conn = self.store().read().await?;
        let (mut items, mut looked) = (Vec::new(), 0);
        loop {
            let (found, next) = rows::list(&mut conn, link.brand, standing, cursor, limit - items.len()).await?;
            looked += found.len();
            let ids: Vec<PostId> = found.iter().map(|row| row.post).collect();
            let written = posts::some(&mut conn, link.brand, &ids).await?;
            for row in found {
                let Some(post) = written.iter().find(|post| post.id == row.post) else { continue };
                if link.covers.shows(post.id, &post.content, &post.channels, standing) {
                    items.push(self.review_post(&mut conn, &link, post, row).await?);
                }
            }
            cursor = next;
            if cursor.is_none() || items.len() >= limit || looked >= LOOKED {
                return Ok(ReviewPage { items, next: cursor.map(|next| next.to_string()) });
            }
        }
    }

    /// Approves posts as they were shown; one that was changed meanwhile does not stop the others.
    ///
    /// # Errors
    /// As [`App::review`]; [`AppError::Invalid`] for too many.
    pub async fn review_approve(
        &self,
        token: &str,
        visitor: &Visitor,
        seen: Vec<SeenPost>,
        note: Option<String>,
    ) -> Result<ApprovedView, AppError> {
        let link = self.link_of(token, visitor).await?;
        self.reviews().step(Key::Word(link.id), self.now())?;
        let word = |seen| Word::Approve { seen, unasked: false };
        let (reader, voice) = (reader(&link), voice(&link));
        self.approve_each(&reader, link.brand, seen, note, &voice, word, Some(&link.covers)).await
    }

    /// Wants a post otherwise, and says how.
    ///
    /// # Errors
    /// As [`App::review`]; [`AppError::Conflict`] where it was changed since it was shown; [`AppError::Invalid`] without
    /// a word of what is to be changed.
    pub async fn review_ask_changes(
        &self,
        token: &str,
        visitor: &Visitor,
        post: PostId,
        seen: String,
        note: String,
    ) -> Result<ReviewPost, AppError> {
        let link = self.link_of(token, visitor).await?;
        self.reviews().step(Key::Word(link.id), self.now())?;
        let said = said(Word::AskChanges { seen }, Some(note))?;
        let (app, held) = (self.clone(), link.clone());
        self.store()
            .write(move |conn| {
                let (app, link, said) = (app.clone(), held.clone(), said.clone());
                Box::pin(async move {
                    let row = app.covered(conn, &link, post).await?;
                    app.say_in(conn, &row, &said, &voice(&link)).await
                })
            })
            .await?;
        self.wake();
        self.reviewed(&link, post).await
    }

    /// Says something about a post without deciding.
    ///
    /// # Errors
    /// As [`App::review`]; [`AppError::Invalid`] for an empty comment.
    pub async fn review_comment(
        &self,
        token: &str,
        visitor: &Visitor,
        post: PostId,
        note: String,
    ) -> Result<ReviewPost, AppError> {
        let link = self.link_of(token, visitor).await?;
        self.reviews().step(Key::Word(link.id), self.now())?;
        // As long as any other word, and not empty.
        let note = said(Word::AskChanges { seen: String::new() }, Some(note))?.note;
        let (app, held) = (self.clone(), link.clone());
        self.store()
            .write(move |conn| {
                let (app, link, note) = (app.clone(), held.clone(), note.clone());
                Box::pin(async move {
                    let row = app.covered(conn, &link, post).await?;
                    let voice = voice(&link);
                    app.remember(conn, &row, "commented", &voice, &note, false).await?;
                    app.tell_author(conn, &row, &voice, Kind::Note, &note).await?;
                    let detail = json!({ "by": voice.name, "link": voice.link, "note": note });
                    let subject = post.to_string();
                    crate::actor::note(conn, &app, Some(link.brand), None, "approval.commented", &subject, &detail)
                        .await?;
                    app.live().tell(link.brand, Event::Post { id: post });
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        self.reviewed(&link, post).await
    }

    /// A small copy of a picture of a post that the link covers.
    ///
    /// # Errors
    /// As [`App::review`]; [`AppError::NotFound`] for any other picture.
    pub async fn review_thumb(
        &self,
        token: &str,
        visitor: &Visitor,
        (post, asset): (PostId, AssetId),
        side: u32,
    ) -> Result<AssetFile, AppError> {
        let link = self.link_of(token, visitor).await?;
        let row = {
            let mut conn = self.store().read().await?;
            let post = self.covered(&mut conn, &link, post).await?;
            if !post.content.assets().contains(&asset) {
                return Err(AppError::NotFound);
            }
            sarafan_store::assets::get(&mut conn, link.brand, asset).await?
        };
        self.thumb_of(&row, link.brand, side).await
    }

    /// The picture of the card of a link in a post that the link covers, where it was read before: a JPEG.
    ///
    /// # Errors
    /// As [`App::review`]; [`AppError::NotFound`] for any other address.
    pub async fn review_card_picture(
        &self,
        token: &str,
        visitor: &Visitor,
        post: PostId,
        url: &str,
    ) -> Result<Bytes, AppError> {
        let link = self.link_of(token, visitor).await?;
        let cards = {
            let mut conn = self.store().read().await?;
            let post = self.covered(&mut conn, &link, post).await?;
            let all = channels::some(&mut conn, link.brand, post.channels.iter().copied()).await?;
            self.checked(&mut conn, link.brand, &post.content, &all).await?
        };
        let shown = cards.iter().filter_map(|checked| checked.composed.card.as_ref()).any(|card| card.url == url);
        if !shown {
            return Err(AppError::NotFound);
        }
        self.kept_picture(link.brand, url).await
    }

    /// The link of a token. Those that open nothing are counted per place.
    async fn link_of(&self, token: &str, visitor: &Visitor) -> Result<LinkRow, AppError> {
        let now = self.now();
        let wrong = Key::Wrong(visitor.address.clone());
        self.reviews().ask(&wrong, now)?;
        let found = rows::link_by_token(&mut *self.store().read().await?, &digest(token), now).await?;
        let Some(link) = found else {
            self.reviews().step(wrong, now)?;
            return Err(AppError::NotFound);
        };
        self.reviews().step(Key::Look(link.id), now)?;
        if link.used_at.is_none_or(|at| now.duration_since(at) >= NOTED) {
            let (brand, id) = (link.brand, link.id);
            self.store().write(move |conn| Box::pin(rows::touch_link(conn, brand, id, now))).await?;
        }
        Ok(link)
    }

    /// A post, where the link covers it.
    async fn covered(&self, conn: &mut Conn, link: &LinkRow, post: PostId) -> Result<PostRow, AppError> {
        let row = posts::get(conn, link.brand, post).await?;
        self.shown(conn, &row, &link.covers).await?;
        Ok(row)
    }

    async fn reviewed(&self, link: &LinkRow, post: PostId) -> Result<ReviewPost, AppError> {
        let mut conn = self.store().read().await?;
        let row = self.covered(&mut conn, link, post).await?;
        let approval = rows::get(&mut conn, link.brand, post).await?.ok_or(AppError::NotFound)?;
        self.review_post(&mut conn, link, &row, approval).await
    }

    async fn review_post(
        &self,
        conn: &mut Conn,
        link: &LinkRow,
        post: &PostRow,
        row: ApprovalRow,
    ) -> Result<ReviewPost, AppError> {
        let wanted: Vec<ChannelId> = match link.covers.channels.as_slice() {
            [] => post.channels.clone(),
            only => post.channels.iter().copied().filter(|id| only.contains(id)).collect(),
        };
        let all = channels::some(conn, link.brand, wanted).await?;
        let reader = reader(link);
        let mut shown = Vec::new();
        for checked in self.checked(conn, link.brand, &post.content, &all).await? {
            let (name, handle) = (checked.channel.name.clone(), checked.channel.handle.clone());
            let mut check = self.channel_check(&reader, &checked);
            // What is wrong with it is the author's business.
            check.problems.clear();
            let card_picture = match &mut check.preview.link_card {
                Some(card) => self.fill_card(link.brand, card).await,
                None => false,
            };
            shown.push(ReviewChannel { name, handle, check, card_picture });
        }
        let schedule = post.schedule.as_ref();
        Ok(ReviewPost {
            id: post.id,
            standing: row.approval.standing,
            hash: fingerprint(&post.content, &post.channels),
            by: row.by,
            at: instant(row.at),
            note: row.note,
            wall: schedule.map(|schedule| crate::view::wall(schedule.wall)),
            zone: schedule.map(|schedule| schedule.zone.clone()),
            language: post.content.language.clone(),
            channels: shown,
        })
    }
}

fn language(link: &LinkRow) -> Lang {
    Lang::parse(&link.language).unwrap_or_default()
}

/// Somebody to whom texts are told; a member of nothing.
fn reader(link: &LinkRow) -> Actor {
    Actor {
        person: Some(PersonId(uuid::Uuid::max())),
        name: link.name.clone(),
        language: language(link),
        installation_owner: false,
        grant: None,
        run: None,
    }
}

fn voice(link: &LinkRow) -> Voice {
    Voice { person: None, link: Some(link.id), token: None, name: link.name.clone() }
}
