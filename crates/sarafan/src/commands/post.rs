//! `sarafan post`: posts of the content plan.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use sarafan_app::comments::CommentPage;
use sarafan_app::posts::{PostBriefView, PostInput, PostPage, PostQuery, PostView, ScheduleInput, When};
use sarafan_domain::id::{BrandId, PostId};
use sarafan_domain::post::{Content, MediaRef, PostState};

use super::{Desk, id, moment, standard_input, wall, words};
use crate::args::OfBrand;
use crate::table::Table;
use crate::trouble::{Outcome, Trouble};

mod history;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a post; a draft unless it is told when to go out
    #[command(
        long_about = "Write a post. It stays a draft unless --now, --at or --slot says when it goes out; a post that some \
            network would refuse stays a draft in any case, and the problems are shown.",
        after_help = "Examples:\n  \
            sarafan post create --text \"Открываемся!\" --channel telegram --at \"2026-12-01 10:00\"\n  \
            sarafan post create --text - --channel @zerno --media cat.jpg --now < text.txt"
    )]
    Create(Create),
    /// List posts
    #[command(after_help = "Examples:\n  \
        sarafan post list --state draft,failed\n  \
        sarafan post list --from 2026-12-01 --to 2027-01-01 --json")]
    List(List),
    /// Show a post with its problems and deliveries
    Show {
        /// The post's id
        id: String,
        #[command(flatten)]
        brand: OfBrand,
    },
    /// Show the comments under a post on all its channels, the oldest first
    Comments {
        /// The post's id
        id: String,
        #[command(flatten)]
        brand: OfBrand,
    },
    /// Show what a post was: who saved it when, and what each version changed
    #[command(after_help = "Examples:\n  \
        sarafan post history ID\n  \
        sarafan post history ID --number 3 --json | jq -r .content.text")]
    History {
        /// The post's id
        id: String,
        #[command(flatten)]
        brand: OfBrand,
        /// Only this version, with its text
        #[arg(long)]
        number: Option<i64>,
    },
    /// Bring an earlier version back; what stands now stays in the history
    Restore {
        /// The post's id
        id: String,
        /// The version that is to come back
        number: i64,
        #[command(flatten)]
        brand: OfBrand,
    },
    /// Put a post on its way
    #[command(after_help = "Examples:\n  \
        sarafan post schedule ID --at \"2026-12-01 10:00\" --zone Europe/Moscow\n  \
        sarafan post schedule ID --slot\n  \
        sarafan post schedule ID --now --dry-run               what would go out where, and what stands against it")]
    Schedule {
        /// The post's id
        id: String,
        #[command(flatten)]
        brand: OfBrand,
        #[command(flatten)]
        when: At,
        /// Show what would happen, change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Call off what has not left; the post is a draft again
    Cancel {
        /// The post's id
        id: String,
        #[command(flatten)]
        brand: OfBrand,
        /// Show what would happen, change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Remove a post of which nothing has left
    Delete {
        /// The post's id
        id: String,
        #[command(flatten)]
        brand: OfBrand,
    },
}

/// What is written.
#[derive(Debug, Args)]
pub(crate) struct Create {
    #[command(flatten)]
    brand: OfBrand,
    /// The text; `-` reads standard input; lines that are exactly `---` part a thread
    #[arg(long)]
    text: String,
    /// Where it goes: a channel's id, name or handle, or a network; again for each
    #[arg(long = "channel", value_name = "CHANNEL")]
    channels: Vec<String>,
    /// A picture or video, uploaded to the library; again for each
    #[arg(long = "media", value_name = "FILE")]
    media: Vec<PathBuf>,
    /// What a picture shows, for people who cannot see it; in the order of --media
    #[arg(long = "alt", value_name = "TEXT")]
    alts: Vec<String>,
    /// The address it leads to
    #[arg(long, value_name = "URL")]
    link: Option<String>,
    /// Put under the post as its first comment
    #[arg(long, value_name = "TEXT", default_value = "")]
    first_comment: String,
    /// Its content category, by key or name
    #[arg(long)]
    rubric: Option<String>,
    /// Its campaign
    #[arg(long, default_value = "")]
    campaign: String,
    /// A label; again for each
    #[arg(long = "label", value_name = "LABEL")]
    labels: Vec<String>,
    /// Language of the text [default: that of the brand]
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
    #[command(flatten)]
    when: At,
}

/// When it goes out.
#[derive(Debug, Args)]
#[group(multiple = true)]
pub(crate) struct At {
    /// At once
    #[arg(long, conflicts_with_all = ["at", "slot"])]
    now: bool,
    /// At this time on the wall: "2026-12-01 10:00"
    #[arg(long, value_name = "TIME", conflicts_with = "slot")]
    at: Option<String>,
    /// Zone of that wall [default: that of the brand]
    #[arg(long, requires = "at")]
    zone: Option<String>,
    /// In the next free slot of each channel's timetable
    #[arg(long)]
    slot: bool,
}

/// What to list.
#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    brand: OfBrand,
    /// Only these states: draft, in_review, changes_asked, approved, scheduled, sending, sent, partly, failed, unknown, cancelled, deleted
    #[arg(long, value_name = "STATE,…")]
    state: Vec<String>,
    /// Only this channel: its id, name or handle, or its network
    #[arg(long)]
    channel: Option<String>,
    /// Only this network
    #[arg(long)]
    network: Option<String>,
    /// Only with this label
    #[arg(long)]
    label: Option<String>,
    /// Only with these words
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
    /// Due at or after: a time on the brand's wall, or an instant
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Due before
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
    /// At most so many [default: all]
    #[arg(long)]
    limit: Option<usize>,
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    match command {
        Command::Create(create) => self::create(desk, create).await,
        Command::List(list) => {
            let page = listed(desk, list).await?;
            desk.show(&page, || rows(desk, &page.items));
            Ok(())
        }
        Command::Show { id: text, brand } => {
            let (brand, id) = (desk.brand(brand.brand.as_deref()).await?, id(&text)?);
            let post = desk.app.post(&desk.actor, brand, id).await?;
            desk.show(&post, || one(desk, &post));
            Ok(())
        }
        Command::Comments { id: text, brand } => {
            let (brand, id) = (desk.brand(brand.brand.as_deref()).await?, id(&text)?);
            let page = all_comments(desk, brand, id).await?;
            desk.show(&page, || comment_rows(desk, &page));
            Ok(())
        }
        Command::History { id: text, brand, number } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            history::show(desk, brand, id(&text)?, number).await
        }
        Command::Restore { id: text, number, brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let id: PostId = id(&text)?;
            let now = desk.app.post(&desk.actor, brand, id).await?.version;
            let post = desk.app.restore_post(&desk.actor, brand, id, now, number).await?;
            desk.show(&post, || one(desk, &post));
            Ok(())
        }
        Command::Schedule { id: text, brand, when, dry_run } => {
            let (brand, id) = (desk.brand(brand.brand.as_deref()).await?, id(&text)?);
            let when = resolved(desk, brand, when).await?;
            let when = when.ok_or_else(|| Trouble::say("cli-when").usage())?;
            let version = desk.app.post(&desk.actor, brand, id).await?.version;
            let post = if dry_run {
                desk.app.rehearse_schedule(&desk.actor, brand, id, version, when, None).await?
            } else {
                desk.app.schedule_post(&desk.actor, brand, id, version, when, None).await?
            };
            desk.show(&post, || desk.rehearsed(dry_run) + &one(desk, &post));
            Ok(())
        }
        Command::Cancel { id: text, brand, dry_run } => {
            let (brand, id) = (desk.brand(brand.brand.as_deref()).await?, id(&text)?);
            let version = desk.app.post(&desk.actor, brand, id).await?.version;
            let post = if dry_run {
                desk.app.rehearse_unschedule(&desk.actor, brand, id, version).await?
            } else {
                desk.app.unschedule_post(&desk.actor, brand, id, version).await?
            };
            desk.show(&post, || desk.rehearsed(dry_run) + &one(desk, &post));
            Ok(())
        }
        Command::Delete { id: text, brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let id: PostId = id(&text)?;
            desk.app.delete_post(&desk.actor, brand, id).await?;
            desk.show(&serde_json::json!({ "id": id, "deleted": true }), || desk.say("cli-post-gone", &[]) + "\n");
            Ok(())
        }
    }
}

async fn create(desk: &Desk, create: Create) -> Outcome {
    let brand = desk.brand(create.brand.brand.as_deref()).await?;
    let home = desk.app.brand(&desk.actor, brand).await?;
    let when = resolved(desk, brand, create.when).await?;
    let mut channels = Vec::new();
    for wanted in &create.channels {
        channels.push(desk.channel(brand, wanted).await?.id);
    }
    let same = |text: &str, wanted: &str| text.to_lowercase() == wanted.to_lowercase();
    let rubric = match &create.rubric {
        None => None,
        Some(wanted) => {
            let found = home.rubrics.iter().find(|rubric| same(&rubric.key, wanted) || same(&rubric.name, wanted));
            Some(found.ok_or_else(|| Trouble::say("cli-rubric-unknown").with("rubric", wanted.as_str()))?.id)
        }
    };
    let text = if create.text == "-" { standard_input()?.trim_end().to_owned() } else { create.text };
    let mut media = Vec::new();
    for (index, path) in create.media.iter().enumerate() {
        let unreadable = |error: std::io::Error| {
            Trouble::say("cli-unreadable").with("file", path.display().to_string()).with("reason", error.to_string())
        };
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let asset = desk.app.upload_asset(&desk.actor, brand, &name, "", bytes.into()).await?;
        media.push(MediaRef { asset: asset.id, alt: create.alts.get(index).cloned().unwrap_or(asset.alt) });
    }
    let content = Content {
        rubric,
        campaign: create.campaign,
        labels: create.labels,
        language: create.language.unwrap_or(home.brief.language),
        text,
        media,
        link: create.link,
        first_comment: create.first_comment,
        ..Content::default()
    };
    let input = PostInput { content, channels, schedule: None, key: None };
    let mut post = desk.app.create_post(&desk.actor, brand, input).await?;
    if let Some(when) = when {
        post = desk.app.schedule_post(&desk.actor, brand, post.id, post.version, when, None).await?;
    }
    desk.show(&post, || one(desk, &post));
    Ok(())
}

/// When, if anything was said.
async fn resolved(desk: &Desk, brand: BrandId, when: At) -> Outcome<Option<When>> {
    if when.now {
        return Ok(Some(When::Now));
    }
    if when.slot {
        return Ok(Some(When::Slot));
    }
    let Some(text) = when.at else {
        return Ok(None);
    };
    let zone = match when.zone {
        Some(zone) => zone,
        None => desk.app.brand(&desk.actor, brand).await?.brief.time_zone,
    };
    Ok(Some(When::At(ScheduleInput { wall: wall(&text)?, zone, fold: None })))
}

/// Every page of the list, or as much as was asked for.
async fn listed(desk: &Desk, list: List) -> Outcome<PostPage> {
    let brand = desk.brand(list.brand.brand.as_deref()).await?;
    let zone = desk.app.brand(&desk.actor, brand).await?.brief.time_zone;
    let at = |text: Option<String>| text.map(|text| moment(&text, &zone)).transpose();
    let channel = match &list.channel {
        Some(wanted) => Some(desk.channel(brand, wanted).await?.id),
        None => None,
    };
    let mut query = PostQuery {
        states: words(&list.state, PostState::parse)?,
        channel,
        network: list.network,
        label: list.label,
        q: list.search,
        from: at(list.from)?,
        to: at(list.to)?,
        ..PostQuery::default()
    };
    let most = list.limit.unwrap_or(usize::MAX);
    let mut all = PostPage { items: Vec::new(), next: None };
    while all.items.len() < most {
        query.limit = Some(most.saturating_sub(all.items.len()).min(200));
        let page = desk.app.list_posts(&desk.actor, brand, query.clone()).await?;
        all.items.extend(page.items);
        all.next.clone_from(&page.next);
        if page.next.is_none() {
            break;
        }
        query.cursor = page.next;
    }
    Ok(all)
}

fn rows(desk: &Desk, posts: &[PostBriefView]) -> String {
    let mut table =
        desk.table(&["cli-head-id", "cli-head-state", "cli-head-time", "cli-head-network", "cli-head-title"]);
    for post in posts {
        table.row([
            post.id.to_string(),
            desk.say(state(post.state), &[]),
            post.wall.clone().unwrap_or_default().replace('T', " "),
            post.networks.join(", "),
            post.title.chars().take(60).collect(),
        ]);
    }
    table.text()
}

/// As many as people read at once; the rest is told by `next`.
async fn all_comments(desk: &Desk, brand: BrandId, id: PostId) -> Result<CommentPage, Trouble> {
    let mut all = desk.app.post_comments(&desk.actor, brand, id, None, Some(200)).await?;
    while let (Some(next), true) = (all.next.clone(), all.items.len() < 1000) {
        let page = desk.app.post_comments(&desk.actor, brand, id, Some(&next), Some(200)).await?;
        all.items.extend(page.items);
        all.next = page.next;
    }
    Ok(all)
}

fn comment_rows(desk: &Desk, page: &CommentPage) -> String {
    let mut table = desk.table(&["cli-head-time", "cli-head-network", "cli-head-name", "cli-head-title"]);
    for comment in &page.items {
        let line = comment.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let time = comment.at.replace('T', " ");
        table.row([time, comment.network.clone(), comment.author.clone(), line.chars().take(100).collect()]);
    }
    table.text()
}

fn one(desk: &Desk, post: &PostView) -> String {
    let mut table = Table::default();
    let mut line = |key: &str, value: String| table.row([desk.say(key, &[]), value]);
    line("cli-head-id", post.id.to_string());
    line("cli-head-state", desk.say(state(post.state), &[]));
    if let Some(schedule) = &post.schedule {
        line("cli-head-time", format!("{} {}", schedule.wall.replace('T', " "), schedule.zone));
    }
    let mut text = format!("{}\n{}\n", table.text(), post.content.text);
    if !post.problems.is_empty() {
        text.push('\n');
    }
    for problem in &post.problems {
        text.push_str(&format!("! {}\n", problem.message));
    }
    if !post.deliveries.is_empty() {
        text.push('\n');
        text.push_str(&super::delivery::rows(desk, &post.deliveries));
    }
    text
}

/// The text of a state.
fn state(state: PostState) -> &'static str {
    match state {
        PostState::Draft => "cli-post-draft",
        PostState::InReview => "cli-post-in-review",
        PostState::ChangesAsked => "cli-post-changes-asked",
        PostState::Approved => "cli-post-approved",
        PostState::Scheduled => "cli-post-scheduled",
        PostState::Sending => "cli-post-sending",
        PostState::Sent => "cli-post-sent",
        PostState::Partly => "cli-post-partly",
        PostState::Failed => "cli-post-failed",
        PostState::Unknown => "cli-post-unknown",
        PostState::Cancelled => "cli-post-cancelled",
        PostState::Deleted => "cli-post-deleted",
    }
}
