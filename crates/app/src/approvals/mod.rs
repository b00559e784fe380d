//! Approval: asking for a yes, giving it, asking for changes, taking it back, and who still has to say something.
//!
//! What a brand wants of it is in `policy`, what it means for sending in `gate`, the links of people without an account
//! in `links` and what they do by them in `review`.

use std::collections::HashMap;

use sarafan_domain::approval::{Covers, Refused, Standing, Word, decide, fingerprint};
use sarafan_domain::id::{ApprovalEventId, BrandId, PersonId, PostId, ReviewLinkId, TokenId};
use sarafan_domain::member::{Action, Role, may};
use sarafan_domain::notice::Kind;
use sarafan_domain::post::PostState;
use sarafan_domain::problem::Problem;
use sarafan_domain::webhook::Topic;
use sarafan_store::approvals::{self as rows, ApprovalRow, EventRow};
use sarafan_store::posts::PostRow;
use sarafan_store::{Conn, posts};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::note;
use crate::live::Event;
use crate::notices;
use crate::posts::{PostBriefView, PostView};
use crate::{Actor, App, AppError, webhooks};

mod gate;
mod links;
mod pace;
mod policy;
mod review;
mod view;

pub use links::{LinkState, ReviewLinkInput, ReviewLinkPage, ReviewLinkView};
pub(crate) use pace::Pace;
pub use policy::{ChannelPolicy, PolicyInput, PolicyView};
pub use review::{ReviewChannel, ReviewPage, ReviewPost, ReviewView};
pub use view::{
    ApprovalEventView, ApprovalHistory, ApprovalItem, ApprovalPage, ApprovalView, ApprovedView, NotApproved,
};

/// Longest note in characters.
const MAX_NOTE: usize = 2000;
/// So many posts can be approved at a time.
const MOST: usize = 100;

/// A post as somebody saw it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
pub struct SeenPost {
    /// Which.
    pub post: PostId,
    /// `approval.hash` of what was shown.
    pub seen: String,
}

/// Whose word it is.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    pub(crate) person: Option<PersonId>,
    pub(crate) link: Option<ReviewLinkId>,
    pub(crate) token: Option<TokenId>,
    pub(crate) name: String,
}

impl Voice {
    fn of(actor: &Actor) -> Self {
        let token = actor.grant.as_ref().map(|grant| grant.token);
        Self { person: actor.person, link: None, token, name: actor.name.clone() }
    }

    /// Sarafan itself.
    pub(crate) fn nobody() -> Self {
        Self { person: None, link: None, token: None, name: String::new() }
    }
}

/// What is said about a post, and what is added to it.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) word: Word,
    pub(crate) note: String,
}

impl App {
    /// Asks for the approval of a post.
    ///
    /// # Errors
    /// [`AppError::Refused`] where somebody was asked already, or it is approved.
    pub async fn submit_post(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        note: Option<String>,
    ) -> Result<PostView, AppError> {
        self.enter(actor, brand, Action::PostSubmit).await?;
        self.say(actor, brand, id, Word::Submit, note).await
    }

    /// Approves a post as it was shown. Those who may submit may approve what nobody submitted.
    ///
    /// # Errors
    /// [`AppError::Conflict`] where it was changed since it was shown; [`AppError::Refused`] where nobody was asked.
    pub async fn approve_post(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        seen: String,
        note: Option<String>,
    ) -> Result<PostView, AppError> {
        let role = self.enter(actor, brand, Action::PostApprove).await?;
        self.say(actor, brand, id, approve(actor, role, seen), note).await
    }

    /// Wants a post otherwise, and says how.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a word of what is to be changed; otherwise as [`App::approve_post`].
    pub async fn ask_changes(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        seen: String,
        note: String,
    ) -> Result<PostView, AppError> {
        self.enter(actor, brand, Action::PostApprove).await?;
        self.say(actor, brand, id, Word::AskChanges { seen }, Some(note)).await
    }

    /// Takes back the question; those who may approve take back an approval.
    ///
    /// # Errors
    /// [`AppError::Refused`] where there is nothing to take back.
    pub async fn withdraw_post(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        note: Option<String>,
    ) -> Result<PostView, AppError> {
        self.enter(actor, brand, Action::Read).await?;
        let old = rows::get(&mut *self.store().read().await?, brand, id).await?;
        let approved = old.is_some_and(|row| row.approval.standing == Standing::Approved);
        let action = if approved { Action::PostApprove } else { Action::PostSubmit };
        self.enter(actor, brand, action).await?;
        self.say(actor, brand, id, Word::Withdraw, note).await
    }

    /// Approves several posts, each as it was shown: one that was changed meanwhile does not stop the others.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for too many.
    pub async fn approve_posts(
        &self,
        actor: &Actor,
        brand: BrandId,
        seen: Vec<SeenPost>,
        note: Option<String>,
    ) -> Result<ApprovedView, AppError> {
        let role = self.enter(actor, brand, Action::PostApprove).await?;
        self.approve_each(actor, brand, seen, note, &Voice::of(actor), |seen| approve(actor, role, seen), None).await
    }

    /// Posts whose approval stands there, with the number of those that wait.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a cursor we did not make.
    pub async fn list_approvals(
        &self,
        actor: &Actor,
        brand: BrandId,
        standing: Standing,
        cursor: Option<&str>,
        limit: Option<usize>,
    ) -> Result<ApprovalPage, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let limit = limit.unwrap_or(50).clamp(1, 200);
        let (found, next) = rows::list(&mut conn, brand, standing, crate::paging::cursor(cursor)?, limit).await?;
        let counts = rows::counts(&mut conn, brand).await?;
        Ok(ApprovalPage {
            items: self.approval_items(&mut conn, brand, found).await?,
            next: next.map(|next| next.to_string()),
            in_review: counts.get(&Standing::InReview).copied().unwrap_or(0),
            changes_asked: counts.get(&Standing::ChangesAsked).copied().unwrap_or(0),
        })
    }

    /// The history of a post's approval, the latest word first, with what was seen then.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`] for a cursor we did not make.
    pub async fn approval_history(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        cursor: Option<&str>,
        limit: Option<usize>,
    ) -> Result<ApprovalHistory, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let post = posts::get(&mut conn, brand, id).await?;
        let present = fingerprint(&post.content, &post.channels);
        let before = cursor.map(str::parse::<ApprovalEventId>).transpose();
        let before = before.map_err(|_| Problem::error("cursor-bad", "cursor"))?;
        let limit = limit.unwrap_or(50).clamp(1, 200);
        let (events, next) = rows::events(&mut conn, brand, id, before, limit).await?;
        Ok(ApprovalHistory {
            items: events.into_iter().map(|row| ApprovalEventView::new(row, &present)).collect(),
            next: next.map(|next| next.to_string()),
        })
    }

    /// The approvals with what lists show of their posts.
    pub(crate) async fn approval_items(
        &self,
        conn: &mut Conn,
        brand: BrandId,
        found: Vec<ApprovalRow>,
    ) -> Result<Vec<ApprovalItem>, AppError> {
        let ids: Vec<PostId> = found.iter().map(|row| row.post).collect();
        let briefs = posts::briefs(conn, brand, &ids).await?;
        let mut views: HashMap<PostId, PostBriefView> =
            PostBriefView::all(conn, brand, briefs).await?.into_iter().map(|view| (view.id, view)).collect();
        let hashes: HashMap<PostId, String> = posts::some(conn, brand, &ids)
            .await?
            .into_iter()
            .map(|post| (post.id, fingerprint(&post.content, &post.channels)))
            .collect();
        Ok(found
            .into_iter()
            .filter_map(|row| {
                let hash = hashes.get(&row.post)?.clone();
                Some(ApprovalItem::new(views.remove(&row.post)?, row, hash))
            })
            .collect())
    }

    async fn say(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        word: Word,
        note: Option<String>,
    ) -> Result<PostView, AppError> {
        let said = said(word, note)?;
        let (app, voice) = (self.clone(), Voice::of(actor));
        self.store()
            .write(move |conn| {
                let (app, voice, said) = (app.clone(), voice.clone(), said.clone());
                Box::pin(async move {
                    let post = posts::get(conn, brand, id).await?;
                    app.say_in(conn, &post, &said, &voice).await
                })
            })
            .await?;
        self.wake();
        self.post(actor, brand, id).await
    }

    /// Approves each of the posts in a transaction of its own.
    #[expect(clippy::too_many_arguments, reason = "each is a separate word of the command")]
    pub(crate) async fn approve_each(
        &self,
        actor: &Actor,
        brand: BrandId,
        all: Vec<SeenPost>,
        note: Option<String>,
        voice: &Voice,
        word: impl Fn(String) -> Word,
        covers: Option<&Covers>,
    ) -> Result<ApprovedView, AppError> {
        if all.len() > MOST {
            return Err(Problem::error("too-many", "posts").with("max", MOST).into());
        }
        let mut view = ApprovedView { approved: Vec::new(), refused: Vec::new() };
        for SeenPost { post, seen } in all {
            let said = said(word(seen), note.clone())?;
            let (app, voice, covers) = (self.clone(), voice.clone(), covers.cloned());
            let result = self
                .store()
                .write(move |conn| {
                    let (app, voice, said, covers) = (app.clone(), voice.clone(), said.clone(), covers.clone());
                    Box::pin(async move {
                        let row = posts::get(conn, brand, post).await?;
                        if let Some(covers) = &covers {
                            app.shown(conn, &row, covers).await?;
                        }
                        app.say_in(conn, &row, &said, &voice).await
                    })
                })
                .await;
            let problem = match result {
                Ok(()) => {
                    view.approved.push(post);
                    continue;
                }
                Err(AppError::Conflict) => Problem::error("approval-changed", "seen"),
                Err(AppError::NotFound) => Problem::error("approval-gone", "post"),
                Err(AppError::Refused(problem)) => problem,
                Err(other) => return Err(other),
            };
            view.refused.push(NotApproved { post, reason: self.reason_view(actor, &problem) });
        }
        self.wake();
        Ok(view)
    }

    /// Is this post shown by a link that covers these? One that is not does not exist.
    pub(crate) async fn shown(&self, conn: &mut Conn, post: &PostRow, covers: &Covers) -> Result<(), AppError> {
        let standing = standing(conn, post.brand, post.id).await?;
        let shows = covers.shows(post.id, &post.content, &post.channels, standing);
        if shows { Ok(()) } else { Err(AppError::NotFound) }
    }

    /// Lets `domain` decide about a word and saves what follows, inside the caller's transaction.
    pub(crate) async fn say_in(
        &self,
        conn: &mut Conn,
        post: &PostRow,
        said: &Said,
        voice: &Voice,
    ) -> Result<(), AppError> {
        if post.state == PostState::Deleted {
            return Err(AppError::post_state(post.state));
        }
        let present = fingerprint(&post.content, &post.channels);
        let old = rows::get(conn, post.brand, post.id).await?.map(|row| row.approval).unwrap_or_default();
        let new = decide(&old, &said.word, &present).map_err(|refused| match refused {
            Refused::Changed => AppError::Conflict,
            Refused::Standing(standing) => {
                AppError::Refused(Problem::error("approval-standing", "standing").with("standing", standing.code()))
            }
        })?;
        let action = match &said.word {
            Word::Submit => "approval.submitted",
            Word::Approve { .. } => "approval.approved",
            Word::AskChanges { .. } => "approval.changes_asked",
            Word::Withdraw => "approval.withdrawn",
            Word::Change if new == old => return Ok(()),
            Word::Change => "approval.dropped",
        };
        let kind = action.trim_start_matches("approval.");
        let row = ApprovalRow {
            post: post.id,
            approval: new,
            at: self.now(),
            person: voice.person,
            by: voice.name.clone(),
            note: said.note.clone(),
        };
        rows::put(conn, post.brand, &row).await?;
        let seen = matches!(said.word, Word::Approve { .. } | Word::AskChanges { .. });
        self.remember(conn, post, kind, voice, &said.note, seen).await?;
        if post.state.is_written() {
            posts::set_state(conn, post.brand, post.id, row.approval.standing.state()).await?;
        }
        match said.word {
            Word::Approve { .. } => {
                self.tell_author(conn, post, voice, Kind::Approved, &said.note).await?;
                self.approved(conn, post, voice).await?;
            }
            Word::AskChanges { .. } => {
                self.tell_author(conn, post, voice, Kind::ChangesAsked, &said.note).await?;
            }
            Word::Submit => {
                self.tell_approvers(conn, post, voice, Kind::ApprovalAsked, &said.note).await?;
                self.plan_reminder(conn, post).await?;
            }
            _ => {}
        }
        if let Some(topic) = topic(&said.word) {
            let data = || json!({ "brand": post.brand, "post": post.id, "key": post.key, "by": voice.name, "note": said.note });
            webhooks::tell(self, conn, post.brand, topic, data).await?;
        }
        let detail = json!({
            "by": voice.name, "link": voice.link, "token": voice.token, "note": said.note, "hash": row.approval.hash,
        });
        note(conn, self, Some(post.brand), voice.person, action, &post.id.to_string(), &detail).await?;
        self.live().tell(post.brand, Event::Post { id: post.id });
        Ok(())
    }

    /// The author hears what somebody said of a post.
    pub(crate) async fn tell_author(
        &self,
        conn: &mut Conn,
        post: &PostRow,
        voice: &Voice,
        kind: Kind,
        note: &str,
    ) -> Result<(), AppError> {
        let told = notices::of_post(post, &voice.name, note);
        notices::tell(conn, self, post.brand, [post.author], voice.person, kind, &told).await
    }

    /// Those who may approve hear that a post waits for them.
    pub(crate) async fn tell_approvers(
        &self,
        conn: &mut Conn,
        post: &PostRow,
        voice: &Voice,
        kind: Kind,
        note: &str,
    ) -> Result<(), AppError> {
        let told = notices::of_post(post, &voice.name, note);
        let able = notices::able(conn, post.brand, Action::PostApprove).await?;
        notices::tell(conn, self, post.brand, able, voice.person, kind, &told).await
    }

    /// Adds a word to the history of a post.
    pub(crate) async fn remember(
        &self,
        conn: &mut Conn,
        post: &PostRow,
        kind: &str,
        voice: &Voice,
        note: &str,
        seen: bool,
    ) -> Result<(), AppError> {
        let event = EventRow {
            id: self.new_id(),
            post: post.id,
            at: self.now(),
            kind: kind.to_owned(),
            person: voice.person,
            link: voice.link,
            by: voice.name.clone(),
            note: note.to_owned(),
            hash: fingerprint(&post.content, &post.channels),
            seen: seen.then(|| post.content.clone()),
        };
        Ok(rows::add_event(conn, post.brand, &event).await?)
    }
}

/// Where the approval of a post stands.
pub(crate) async fn standing(conn: &mut Conn, brand: BrandId, post: PostId) -> Result<Standing, AppError> {
    Ok(rows::get(conn, brand, post).await?.map(|row| row.approval.standing).unwrap_or_default())
}

/// What programs elsewhere are told of a word: questions and answers, not what takes them back.
fn topic(word: &Word) -> Option<Topic> {
    match word {
        Word::Submit => Some(Topic::ApprovalSubmitted),
        Word::Approve { .. } => Some(Topic::ApprovalApproved),
        Word::AskChanges { .. } => Some(Topic::ApprovalChangesAsked),
        Word::Withdraw | Word::Change => None,
    }
}

fn approve(actor: &Actor, role: Role, seen: String) -> Word {
    Word::Approve { seen, unasked: may(role, Action::PostSubmit) && actor.leaves(Action::PostSubmit) }
}

/// Checks what is added to a word.
pub(crate) fn said(word: Word, note: Option<String>) -> Result<Said, Problem> {
    let note = note.unwrap_or_default().trim().to_owned();
    if note.is_empty() && matches!(word, Word::AskChanges { .. }) {
        return Err(Problem::error("note-empty", "note"));
    }
    if note.chars().count() > MAX_NOTE {
        return Err(Problem::error("too-long", "note").with("max", MAX_NOTE));
    }
    Ok(Said { word, note })
}
