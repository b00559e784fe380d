//! `sarafan task`: what somebody is to do by when.

use clap::Subcommand;
use sarafan_app::tasks::{TaskInput, TaskQuery, TaskView};
use sarafan_domain::id::{BrandId, PersonId};

use super::{Desk, id};
use crate::args::OfBrand;
use crate::trouble::{Outcome, Trouble};

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a task down
    #[command(after_help = "Example:\n  \
            sarafan task create \"Photos of the new roast\" --for anna@zerno.example --due 2026-12-04T12:00")]
    Create {
        /// What is to be done
        title: String,
        #[command(flatten)]
        brand: OfBrand,
        /// More about it
        #[arg(long, value_name = "TEXT", default_value = "")]
        description: String,
        /// The member who is to do it, by e-mail address
        #[arg(long = "for", value_name = "E-MAIL")]
        assignee: Option<String>,
        /// The post it is about
        #[arg(long, value_name = "ID")]
        post: Option<String>,
        /// Until when, by the brand's clock: 2026-12-04T12:00
        #[arg(long, value_name = "TIME")]
        due: Option<String>,
    },
    /// List tasks by the time they are due
    List {
        #[command(flatten)]
        brand: OfBrand,
        /// Those that are done
        #[arg(long)]
        done: bool,
        /// Those that should be done already
        #[arg(long, conflicts_with = "done")]
        overdue: bool,
    },
    /// Change a task; what is not said stays
    Change {
        /// The task's id
        id: String,
        #[command(flatten)]
        brand: OfBrand,
        /// What is to be done
        #[arg(long)]
        title: Option<String>,
        /// More about it
        #[arg(long, value_name = "TEXT")]
        description: Option<String>,
        /// The member who is to do it, by e-mail address
        #[arg(long = "for", value_name = "E-MAIL")]
        assignee: Option<String>,
        /// Until when, by the brand's clock: 2026-12-04T12:00; `none` for no time
        #[arg(long, value_name = "TIME")]
        due: Option<String>,
    },
    /// Remove a task
    Remove {
        /// The task's id
        id: String,
        #[command(flatten)]
        brand: OfBrand,
    },
    /// A task is done
    Done {
        /// The task's id
        id: String,
        #[command(flatten)]
        brand: OfBrand,
        /// It is not done after all
        #[arg(long)]
        undo: bool,
    },
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    match command {
        Command::Create { title, brand, description, assignee, post, due } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let assignee = match assignee {
                Some(email) => Some(member(desk, brand, &email).await?),
                None => None,
            };
            let post = post.map(|text| id(&text)).transpose()?;
            let input = TaskInput { title, description, assignee, post, due };
            let made = desk.app.create_task(&desk.actor, brand, input).await?;
            desk.show(&made, || table(desk, std::slice::from_ref(&made)));
        }
        Command::List { brand, done, overdue } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let mut all = Vec::new();
            let mut query = TaskQuery { done, overdue, limit: Some(200), ..TaskQuery::default() };
            loop {
                let page = desk.app.list_tasks(&desk.actor, brand, query.clone()).await?;
                all.extend(page.items);
                query.cursor = page.next;
                if query.cursor.is_none() {
                    break;
                }
            }
            desk.show(&all, || table(desk, &all));
        }
        Command::Change { id: text, brand, title, description, assignee, due } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let old = desk.app.task(&desk.actor, brand, id(&text)?).await?;
            let assignee = match assignee {
                Some(email) => Some(member(desk, brand, &email).await?),
                None => old.assignee.map(|person| person.id),
            };
            let input = TaskInput {
                title: title.unwrap_or(old.title),
                description: description.unwrap_or(old.description),
                assignee,
                post: old.post.map(|post| post.id),
                due: due.or(old.due).filter(|due| due != "none"),
            };
            let task = desk.app.update_task(&desk.actor, brand, id(&text)?, input).await?;
            desk.show(&task, || table(desk, std::slice::from_ref(&task)));
        }
        Command::Remove { id: text, brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            desk.app.remove_task(&desk.actor, brand, id(&text)?).await?;
            desk.show(&serde_json::json!({ "id": text }), || desk.say("cli-task-gone", &[]) + "\n");
        }
        Command::Done { id: text, brand, undo } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let task = desk.app.finish_task(&desk.actor, brand, id(&text)?, !undo).await?;
            desk.show(&task, || table(desk, std::slice::from_ref(&task)));
        }
    }
    Ok(())
}

/// The members with these addresses.
pub(crate) async fn members(desk: &Desk, brand: BrandId, emails: &[String]) -> Outcome<Vec<PersonId>> {
    let mut found = Vec::with_capacity(emails.len());
    for email in emails {
        found.push(member(desk, brand, email).await?);
    }
    Ok(found)
}

/// The member with this address.
async fn member(desk: &Desk, brand: BrandId, email: &str) -> Outcome<PersonId> {
    let all = desk.app.list_members(&desk.actor, brand).await?.members;
    let wanted = email.trim().to_lowercase();
    let found = all.into_iter().find(|member| member.person.email == wanted);
    found.map(|member| member.person.id).ok_or_else(|| Trouble::say("cli-member-unknown").with("email", email))
}

fn table(desk: &Desk, all: &[TaskView]) -> String {
    let mut table = desk.table(&["cli-head-id", "cli-head-due", "cli-head-person", "cli-head-done", "cli-head-task"]);
    for task in all {
        table.row([
            task.id.to_string(),
            task.due.as_deref().unwrap_or("-").replace('T', " "),
            task.assignee.as_ref().map_or("-", |person| person.name.as_str()).to_owned(),
            task.done_at.as_deref().and_then(|at| at.get(..16)).unwrap_or("-").replace('T', " "),
            task.title.clone(),
        ]);
    }
    table.text()
}
