//! Notes: what the team says to each other about a post, and whom it names. The audience's words are in `comments`.

use std::collections::{BTreeSet, HashMap};

use sarafan_domain::id::{BrandId, NoteId, PersonId, PostId};
use sarafan_domain::language::Lang;
use sarafan_domain::member::{Action, may};
use sarafan_domain::notice::Kind;
use sarafan_domain::problem::Problem;
use sarafan_store::notes::{self, NoteRow};
use sarafan_store::posts::PostRow;
use sarafan_store::{Conn, members, posts};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::live::Event;
use crate::notices::{self, Leads, Told, excerpt};
use crate::view::{Page, instant};
use crate::{Actor, App, AppError};

/// The longest note.
const LONGEST: usize = 10_000;
/// So many people can be named in one.
const NAMED: usize = 50;

/// A note as it is written.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct NoteInput {
    /// Plain text.
    pub text: String,
    /// Members who are named in it; they hear of it.
    #[serde(default)]
    pub mentions: Vec<PersonId>,
}

/// Somebody in a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NotePerson {
    /// Who.
    pub id: PersonId,
    /// As others see them; empty where they have left.
    pub name: String,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoteView {
    /// Its id.
    pub id: NoteId,
    /// Who wrote it.
    pub person: NotePerson,
    /// Plain text.
    pub text: String,
    /// Who is named in it.
    pub mentions: Vec<NotePerson>,
    /// When it was written.
    pub at: String,
    /// When it was changed.
    pub edited_at: Option<String>,
    /// Is it the reader's own, to change and remove?
    pub own: bool,
}

pub(crate) type Names = HashMap<PersonId, String>;

fn view(actor: &Actor, row: NoteRow, names: &Names) -> NoteView {
    let person = |id: PersonId| NotePerson { id, name: names.get(&id).cloned().unwrap_or_default() };
    NoteView {
        id: row.id,
        person: person(row.person),
        text: row.text,
        mentions: row.mentions.into_iter().map(person).collect(),
        at: instant(row.at),
        edited_at: row.edited_at.map(instant),
        own: actor.author() == row.person,
    }
}

/// What members are called, and the command line, which writes too.
pub(crate) async fn names(conn: &mut Conn, brand: BrandId) -> Result<Names, AppError> {
    let machine = Actor::command_line(Lang::default());
    let all = members::list(conn, brand).await?.into_iter().map(|row| (row.person, row.name));
    Ok(all.chain([(machine.author(), machine.name)]).collect())
}

/// Text and names as they are kept; whoever is named can discuss here.
async fn checked(conn: &mut Conn, brand: BrandId, input: NoteInput) -> Result<(String, Vec<PersonId>), AppError> {
    let text = input.text.trim().to_owned();
    if text.is_empty() {
        return Err(Problem::error("note-blank", "text").into());
    }
    if text.chars().count() > LONGEST {
        return Err(Problem::error("note-too-long", "text").with("max", LONGEST).into());
    }
    let mentions: Vec<PersonId> = input.mentions.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    let all = members::list(conn, brand).await?;
    let known = |id: &PersonId| all.iter().any(|row| row.person == *id && may(row.role, Action::Discuss));
    if mentions.len() > NAMED || !mentions.iter().all(known) {
        return Err(Problem::error("mention-unknown", "mentions").into());
    }
    Ok((text, mentions))
}

/// Whoever is named hears of it, and so does the author of the post.
async fn tell(
    conn: &mut Conn,
    app: &App,
    who: &Actor,
    post: &PostRow,
    note: &NoteRow,
    before: &[PersonId],
) -> Result<(), AppError> {
    let told = Told {
        who: who.name.clone(),
        what: posts::title(&post.content),
        words: excerpt(&note.text),
        leads: Leads::Post(post.id),
    };
    let named: Vec<PersonId> = note.mentions.iter().copied().filter(|id| !before.contains(id)).collect();
    notices::tell(conn, app, note.brand, named, who.person, Kind::Mention, &told).await?;
    if note.edited_at.is_none() && !note.mentions.contains(&post.author) {
        notices::tell(conn, app, note.brand, [post.author], who.person, Kind::Note, &told).await?;
    }
    app.live().tell(note.brand, Event::Note { post: post.id });
    Ok(())
}

impl App {
    /// The notes on a post, newest first.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::MayNot`] for clients: the team is among itself here.
    pub async fn list_notes(
        &self,
        actor: &Actor,
        brand: BrandId,
        post: PostId,
        cursor: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Page<NoteView>, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Discuss).await?;
        posts::get(&mut conn, brand, post).await?;
        let (cursor, limit) = (crate::paging::cursor(cursor)?, limit.unwrap_or(50).clamp(1, 200));
        let (rows, next) = notes::of_post(&mut conn, brand, post, cursor, limit).await?;
        let names = names(&mut conn, brand).await?;
        let items = rows.into_iter().map(|row| view(actor, row, &names)).collect();
        Ok(Page { items, next: next.map(|cursor| cursor.to_string()) })
    }

    /// Writes a note on a post.
    ///
    /// # Errors
    /// As [`App::list_notes`]; [`AppError::Invalid`] `note-blank`, `note-too-long`, `mention-unknown`.
    pub async fn create_note(
        &self,
        actor: &Actor,
        brand: BrandId,
        post: PostId,
        input: NoteInput,
    ) -> Result<NoteView, AppError> {
        self.enter(actor, brand, Action::Discuss).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, input) = (app.clone(), who.clone(), input.clone());
                Box::pin(async move {
                    let post = posts::get(conn, brand, post).await?;
                    let (text, mentions) = checked(conn, brand, input).await?;
                    let (id, person, at) = (app.new_id(), who.author(), app.now());
                    let row = NoteRow { id, brand, post: post.id, person, text, mentions, at, edited_at: None };
                    notes::insert(conn, &row).await?;
                    record(conn, &app, &who, Some(brand), "note.create", &id.to_string(), json!({ "post": post.id }))
                        .await?;
                    tell(conn, &app, &who, &post, &row, &[]).await?;
                    Ok::<_, AppError>(view(&who, row, &names(conn, brand).await?))
                })
            })
            .await
    }

    /// Changes one's own note; only who is newly named hears of it.
    ///
    /// # Errors
    /// As [`App::create_note`]; [`AppError::MayNot`] for the note of somebody else.
    pub async fn update_note(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: NoteId,
        input: NoteInput,
    ) -> Result<NoteView, AppError> {
        self.enter(actor, brand, Action::Discuss).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, input) = (app.clone(), who.clone(), input.clone());
                Box::pin(async move {
                    let mut row = own(conn, &who, brand, id).await?;
                    let before = row.mentions.clone();
                    (row.text, row.mentions) = checked(conn, brand, input).await?;
                    row.edited_at = Some(app.now());
                    notes::update(conn, &row).await?;
                    let post = posts::get(conn, brand, row.post).await?;
                    record(conn, &app, &who, Some(brand), "note.change", &id.to_string(), json!({ "post": post.id }))
                        .await?;
                    tell(conn, &app, &who, &post, &row, &before).await?;
                    Ok::<_, AppError>(view(&who, row, &names(conn, brand).await?))
                })
            })
            .await
    }

    /// Removes one's own note.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::MayNot`] for the note of somebody else.
    pub async fn remove_note(&self, actor: &Actor, brand: BrandId, id: NoteId) -> Result<(), AppError> {
        self.enter(actor, brand, Action::Discuss).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    let row = own(conn, &who, brand, id).await?;
                    notes::delete(conn, brand, id).await?;
                    app.live().tell(brand, Event::Note { post: row.post });
                    record(conn, &app, &who, Some(brand), "note.remove", &id.to_string(), json!({ "post": row.post }))
                        .await
                })
            })
            .await
    }
}

/// A note of one's own.
async fn own(conn: &mut Conn, who: &Actor, brand: BrandId, id: NoteId) -> Result<NoteRow, AppError> {
    let row = notes::get(conn, brand, id).await?;
    if row.person == who.author() { Ok(row) } else { Err(AppError::MayNot { action: Action::Discuss }) }
}
