//! `sarafan note`: what the team says to each other about a post.

use clap::Subcommand;
use sarafan_app::notes::{NoteInput, NoteView};
use sarafan_domain::id::PostId;

use super::{Desk, id, task};
use crate::args::OfBrand;
use crate::trouble::Outcome;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the notes on a post, the newest first
    List {
        /// The post's id
        post: String,
        #[command(flatten)]
        brand: OfBrand,
    },
    /// Write a note on a post
    #[command(after_help = "Example:\n  \
            sarafan note add 0197… \"@Anna, is the price right?\" --mention anna@zerno.example")]
    Add {
        /// The post's id
        post: String,
        /// Plain text
        text: String,
        #[command(flatten)]
        brand: OfBrand,
        /// A member who is named and hears of it, by e-mail address; may be given several times
        #[arg(long = "mention", value_name = "E-MAIL")]
        mentions: Vec<String>,
    },
    /// Change a note of one's own
    Change {
        /// The note's id
        id: String,
        /// Plain text
        text: String,
        #[command(flatten)]
        brand: OfBrand,
        /// A member who is named, by e-mail address; may be given several times
        #[arg(long = "mention", value_name = "E-MAIL")]
        mentions: Vec<String>,
    },
    /// Remove a note of one's own
    Remove {
        /// The note's id
        id: String,
        #[command(flatten)]
        brand: OfBrand,
    },
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    match command {
        Command::List { post, brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let (post, mut cursor) = (id::<PostId>(&post)?, None);
            let mut all: Vec<NoteView> = Vec::new();
            loop {
                let page = desk.app.list_notes(&desk.actor, brand, post, cursor.as_deref(), Some(200)).await?;
                all.extend(page.items);
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            desk.show(&all, || table(desk, &all));
        }
        Command::Add { post, text, brand, mentions } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let mentions = task::members(desk, brand, &mentions).await?;
            let made = desk.app.create_note(&desk.actor, brand, id(&post)?, NoteInput { text, mentions }).await?;
            desk.show(&made, || table(desk, std::slice::from_ref(&made)));
        }
        Command::Change { id: note, text, brand, mentions } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let mentions = task::members(desk, brand, &mentions).await?;
            let made = desk.app.update_note(&desk.actor, brand, id(&note)?, NoteInput { text, mentions }).await?;
            desk.show(&made, || table(desk, std::slice::from_ref(&made)));
        }
        Command::Remove { id: note, brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            desk.app.remove_note(&desk.actor, brand, id(&note)?).await?;
            desk.show(&serde_json::json!({ "id": note }), || desk.say("cli-note-gone", &[]) + "\n");
        }
    }
    Ok(())
}

fn table(desk: &Desk, all: &[NoteView]) -> String {
    let mut table = desk.table(&["cli-head-id", "cli-head-time", "cli-head-person", "cli-head-note"]);
    for note in all {
        table.row([
            note.id.to_string(),
            note.at.get(..16).unwrap_or(&note.at).replace('T', " "),
            note.person.name.clone(),
            note.text.clone(),
        ]);
    }
    table.text()
}
