//! Links by which people without an account approve: given, listed, taken back. What is done by them is in `review`.

use jiff::SignedDuration;
use sarafan_domain::approval::Covers;
use sarafan_domain::id::{BrandId, PostId, ReviewLinkId};
use sarafan_domain::language::Lang;
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_store::approvals::{self as rows, LinkRow};
use sarafan_store::{brands, posts};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::live::Event;
use crate::sessions::Token;
use crate::view::instant;
use crate::{Actor, App, AppError};

/// So many days a link is good where nothing else is said.
const DAYS: u32 = 14;
/// So many at most.
const MAX_DAYS: u32 = 365;
/// Longest name in characters.
const MAX_NAME: usize = 120;
/// So many posts or channels a link can name.
const MAX_NAMED: usize = 200;

/// A link to be given.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct ReviewLinkInput {
    /// Name of the person who is given it; what they say is told under it.
    pub name: String,
    /// Language of its page; that of the brand where nothing is said.
    #[serde(default)]
    pub language: Option<Lang>,
    /// Which posts it shows; all that are submitted where nothing is said.
    #[serde(default)]
    pub covers: Covers,
    /// Good for so many days; 14 where nothing is said.
    #[serde(default)]
    pub days: Option<u32>,
}

/// What can be done with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum LinkState {
    /// It opens its page.
    Open,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReviewLinkView {
    /// Its id.
    pub id: ReviewLinkId,
    /// Name of the person who was given it.
    pub name: String,
    /// Language of its page.
    pub language: String,
    /// Which posts it shows.
    pub covers: Covers,
    /// Does it open its page?
    pub state: LinkState,
    /// When it was given.
    pub created_at: String,
    /// It opens nothing after.
    pub expires_at: String,
    /// When it was taken back.
    pub revoked_at: Option<String>,
    /// When somebody last came by it.
    pub used_at: Option<String>,
    /// The link itself; only in the answer that made it.
    pub url: Option<String>,
}

/// A page of links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReviewLinkPage {
    /// The links, the newest first.
    pub items: Vec<ReviewLinkView>,
    /// Where the next page begins.
    pub next: Option<String>,
}

impl App {
    /// Gives a link to somebody without an account. It is in the answer and nowhere else.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a name, and for what is not of this brand.
    pub async fn create_review_link(
        &self,
        actor: &Actor,
        brand: BrandId,
        input: ReviewLinkInput,
    ) -> Result<ReviewLinkView, AppError> {
        self.enter(actor, brand, Action::ReviewLink).await?;
        let name = check(&input)?;
        let days = input.days.unwrap_or(DAYS);
        let (token, now) = (Token::fresh(), self.now());
        let lasts = SignedDuration::from_hours(24 * i64::from(days));
        let row = LinkRow {
            id: self.new_id(),
            brand,
            token_hash: token.digest(),
            name,
            language: input.language.map(|language| language.code().to_owned()).unwrap_or_default(),
            covers: tidy(input.covers),
            created_by: actor.author(),
            created_at: now,
            expires_at: now.checked_add(lasts).unwrap_or(Timestamp::MAX),
            revoked_at: None,
            used_at: None,
        };
        let (app, who) = (self.clone(), actor.clone());
        let row = self
            .store()
            .write(move |conn| {
                let (app, who, mut row) = (app.clone(), who.clone(), row.clone());
                Box::pin(async move {
                    app.channels_of(conn, brand, &row.covers.channels).await?;
                    let found = posts::some(conn, brand, &row.covers.posts).await?;
                    let missing = |id: &&PostId| !found.iter().any(|post| post.id == **id);
                    if let Some(id) = row.covers.posts.iter().find(missing) {
                        return Err(Problem::error("post-missing", "covers").with("post", id.to_string()).into());
                    }
                    if row.language.is_empty() {
                        let spoken = Lang::parse(&brands::get(conn, brand).await?.language).unwrap_or_default();
                        row.language = spoken.code().to_owned();
                    }
                    rows::insert_link(conn, &row).await?;
                    let detail = json!({ "name": row.name, "covers": row.covers, "until": instant(row.expires_at) });
                    record(conn, &app, &who, Some(brand), "review_link.create", &row.id.to_string(), detail).await?;
                    Ok::<_, AppError>(row)
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        let url = format!("{}/review/{}", self.config().public_url, token.expose());
        Ok(view(row, now, Some(url)))
    }

    /// The links of a brand, the newest first; those that open nothing any more are among them.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a cursor we did not make.
    pub async fn list_review_links(
        &self,
        actor: &Actor,
        brand: BrandId,
        cursor: Option<&str>,
        limit: Option<usize>,
    ) -> Result<ReviewLinkPage, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::ReviewLink).await?;
        let limit = limit.unwrap_or(50).clamp(1, 200);
        let (found, next) = rows::links(&mut conn, brand, crate::paging::cursor(cursor)?, limit).await?;
        let now = self.now();
        Ok(ReviewLinkPage {
            items: found.into_iter().map(|row| view(row, now, None)).collect(),
            next: next.map(|next| next.to_string()),
        })
    }

    /// Takes a link back: it opens nothing from now on.
    ///
    /// # Errors
    /// [`AppError::NotFound`], also where it was taken back before.
    pub async fn revoke_review_link(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: ReviewLinkId,
    ) -> Result<ReviewLinkView, AppError> {
        self.enter(actor, brand, Action::ReviewLink).await?;
        let (app, who) = (self.clone(), actor.clone());
        let row = self
            .store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    rows::revoke_link(conn, brand, id, app.now()).await?;
                    let row = rows::link(conn, brand, id).await?;
                    let detail = json!({ "name": row.name });
                    record(conn, &app, &who, Some(brand), "review_link.revoke", &id.to_string(), detail).await?;
                    Ok::<_, AppError>(row)
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        Ok(view(row, self.now(), None))
    }
}

/// The name without spaces around it.
fn check(input: &ReviewLinkInput) -> Result<String, Problem> {
    let name = input.name.trim().to_owned();
    if name.is_empty() {
        return Err(Problem::error("name-empty", "name"));
    }
    if name.chars().count() > MAX_NAME {
        return Err(Problem::error("name-too-long", "name").with("max", MAX_NAME));
    }
    if input.days.is_some_and(|days| !(1..=MAX_DAYS).contains(&days)) {
        return Err(Problem::error("link-days-bad", "days").with("max", MAX_DAYS));
    }
    if input.covers.posts.len() > MAX_NAMED || input.covers.channels.len() > MAX_NAMED {
        return Err(Problem::error("too-many", "covers").with("max", MAX_NAMED));
    }
    Ok(name)
}

/// What is empty says nothing.
fn tidy(covers: Covers) -> Covers {
    let said = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Covers { campaign: said(covers.campaign), label: said(covers.label), ..covers }
}

fn view(row: LinkRow, now: Timestamp, url: Option<String>) -> ReviewLinkView {
    let state = match (row.revoked_at, row.expires_at > now) {
        (Some(_), _) => LinkState::Revoked,
        (None, true) => LinkState::Open,
        (None, false) => LinkState::Expired,
    };
    ReviewLinkView {
        id: row.id,
        name: row.name,
        language: row.language,
        covers: row.covers,
        state,
        created_at: instant(row.created_at),
        expires_at: instant(row.expires_at),
        revoked_at: row.revoked_at.map(instant),
        used_at: row.used_at.map(instant),
        url,
    }
}
