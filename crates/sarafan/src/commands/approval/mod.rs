//! `sarafan approval`: asking for a yes, giving it, asking for changes, and what a brand wants of it.

use clap::{Args, Subcommand, ValueEnum};
use sarafan_app::approvals::{ApprovalHistory, ApprovalItem, ChannelPolicy, PolicyInput, PolicyView};
use sarafan_app::posts::PostView;
use sarafan_domain::approval::{Standing, WhenDue};
use sarafan_domain::id::PostId;

use super::{Desk, id};
use crate::args::OfBrand;
use crate::trouble::Outcome;

mod link;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List posts by where their approval stands
    #[command(after_help = "Examples:\n  \
        sarafan approval list                           what waits for an answer\n  \
        sarafan approval list --standing changes_asked  what waits for its author")]
    List {
        #[command(flatten)]
        brand: OfBrand,
        /// Where it stands
        #[arg(long, value_enum, default_value_t = Stands::InReview)]
        standing: Stands,
    },
    /// Show the history of a post's approval
    Show(Which),
    /// Ask for the approval of a post
    Submit {
        #[command(flatten)]
        which: Which,
        /// A word to those who may approve
        #[arg(long)]
        note: Option<String>,
    },
    /// Approve a post as it is now
    Approve {
        #[command(flatten)]
        which: Which,
        /// A word to its author
        #[arg(long)]
        note: Option<String>,
    },
    /// Want a post otherwise
    AskChanges {
        #[command(flatten)]
        which: Which,
        /// What is to be changed
        #[arg(long)]
        note: String,
    },
    /// Take back the question, or the approval
    Withdraw {
        #[command(flatten)]
        which: Which,
        /// Why
        #[arg(long)]
        note: Option<String>,
    },
    /// Show or change what the brand wants of approval
    #[command(after_help = "Examples:\n  \
        sarafan approval policy\n  \
        sarafan approval policy --required true --when-due ask --remind 24,2\n  \
        sarafan approval policy --channel @zerno=false      this channel needs none")]
    Policy(PolicyArgs),
    /// Links by which people without an account approve
    #[command(subcommand)]
    Link(link::Command),
}

/// Where an approval stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Stands {
    /// Waits for an answer
    InReview,
    /// Waits for its author
    ChangesAsked,
    /// Approved
    Approved,
}

impl From<Stands> for Standing {
    fn from(stands: Stands) -> Self {
        match stands {
            Stands::InReview => Self::InReview,
            Stands::ChangesAsked => Self::ChangesAsked,
            Stands::Approved => Self::Approved,
        }
    }
}

/// What happens when a post is due without a yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Due {
    /// It is held
    Hold,
    /// It is held, and those who may approve are asked
    Ask,
}

/// One post.
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// The post's id
    id: String,
    #[command(flatten)]
    brand: OfBrand,
}

/// What the brand shall want; what is not said stays.
#[derive(Debug, Args)]
pub(crate) struct PolicyArgs {
    #[command(flatten)]
    brand: OfBrand,
    /// Do all channels need an approval that say nothing else?
    #[arg(long)]
    required: Option<bool>,
    /// What happens when a post is due and nobody has approved it
    #[arg(long, value_enum)]
    when_due: Option<Due>,
    /// Remind so many hours before a post is due; 0 for never
    #[arg(long, value_name = "HOURS,…", value_delimiter = ',')]
    remind: Option<Vec<u32>>,
    /// A channel that says otherwise: CHANNEL=true, CHANNEL=false, or CHANNEL= for as the brand says
    #[arg(long, value_name = "CHANNEL=…")]
    channel: Vec<String>,
}

impl PolicyArgs {
    fn changes(&self) -> bool {
        self.required.is_some() || self.when_due.is_some() || self.remind.is_some() || !self.channel.is_empty()
    }
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    let (app, actor) = (&desk.app, &desk.actor);
    let post = match command {
        Command::List { brand, standing } => return list(desk, brand, standing.into()).await,
        Command::Policy(args) => return policy(desk, args).await,
        Command::Link(command) => return link::run(desk, command).await,
        Command::Show(which) => {
            let brand = desk.brand(which.brand.brand.as_deref()).await?;
            let history = app.approval_history(actor, brand, id(&which.id)?, None, Some(200)).await?;
            desk.show(&history, || told(desk, &history));
            return Ok(());
        }
        Command::Submit { which, note } => {
            let brand = desk.brand(which.brand.brand.as_deref()).await?;
            app.submit_post(actor, brand, id(&which.id)?, note).await?
        }
        Command::Approve { which, note } => {
            let brand = desk.brand(which.brand.brand.as_deref()).await?;
            let id: PostId = id(&which.id)?;
            let seen = app.post(actor, brand, id).await?.approval.hash;
            app.approve_post(actor, brand, id, seen, note).await?
        }
        Command::AskChanges { which, note } => {
            let brand = desk.brand(which.brand.brand.as_deref()).await?;
            let id: PostId = id(&which.id)?;
            let seen = app.post(actor, brand, id).await?.approval.hash;
            app.ask_changes(actor, brand, id, seen, note).await?
        }
        Command::Withdraw { which, note } => {
            let brand = desk.brand(which.brand.brand.as_deref()).await?;
            app.withdraw_post(actor, brand, id(&which.id)?, note).await?
        }
    };
    desk.show(&post, || stands(desk, &post));
    Ok(())
}

async fn list(desk: &Desk, brand: OfBrand, standing: Standing) -> Outcome {
    let brand = desk.brand(brand.brand.as_deref()).await?;
    let mut items: Vec<ApprovalItem> = Vec::new();
    let mut cursor = None;
    loop {
        let page = desk.app.list_approvals(&desk.actor, brand, standing, cursor.as_deref(), Some(200)).await?;
        items.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    desk.show(&items, || {
        let mut table =
            desk.table(&["cli-head-id", "cli-head-time", "cli-head-who", "cli-head-title", "cli-head-note"]);
        for item in &items {
            let wall = item.post.wall.clone().unwrap_or_default().replace('T', " ");
            let title = item.post.title.chars().take(40).collect();
            table.row([item.post.id.to_string(), wall, item.by.clone(), title, item.note.clone()]);
        }
        table.text()
    });
    Ok(())
}

async fn policy(desk: &Desk, args: PolicyArgs) -> Outcome {
    let brand = desk.brand(args.brand.brand.as_deref()).await?;
    let old = desk.app.approval_policy(&desk.actor, brand).await?;
    if !args.changes() {
        return shown(desk, brand, &old).await;
    }
    let mut channels = old.channels;
    for text in &args.channel {
        let bad = || crate::trouble::Trouble::say("cli-bad-field").with("field", text.as_str()).usage();
        let (wanted, said) = text.rsplit_once('=').ok_or_else(bad)?;
        let channel = desk.channel(brand, wanted).await?.id;
        channels.retain(|one| one.channel != channel);
        if !said.is_empty() {
            channels.push(ChannelPolicy { channel, required: said.parse().map_err(|_| bad())? });
        }
    }
    let when_due = args.when_due.map(|due| match due {
        Due::Hold => WhenDue::Hold,
        Due::Ask => WhenDue::Ask,
    });
    let remind = args.remind.map(|hours| hours.into_iter().filter(|hours| *hours > 0).collect());
    let input = PolicyInput {
        required: args.required.unwrap_or(old.required),
        when_due: when_due.unwrap_or(old.when_due),
        remind_hours: remind.unwrap_or(old.remind_hours),
        channels,
    };
    let new = desk.app.set_approval_policy(&desk.actor, brand, input).await?;
    shown(desk, brand, &new).await
}

async fn shown(desk: &Desk, brand: sarafan_domain::id::BrandId, policy: &PolicyView) -> Outcome {
    let all = desk.app.list_channels(&desk.actor, brand).await?;
    let yes = |required: bool| desk.say(if required { "cli-approval-needed" } else { "cli-approval-free" }, &[]);
    desk.show(policy, || {
        let mut table = desk.table(&["cli-head-channel", "cli-head-value"]);
        for channel in &all {
            let own = policy.channels.iter().find(|one| one.channel == channel.id).map(|one| one.required);
            table.row([channel.name.clone(), yes(own.unwrap_or(policy.required))]);
        }
        let hours: Vec<String> = policy.remind_hours.iter().map(ToString::to_string).collect();
        let due = match policy.when_due {
            WhenDue::Hold => "cli-approval-hold",
            WhenDue::Ask => "cli-approval-ask",
        };
        let remind = desk.say("cli-approval-remind", &[("hours", hours.join(", ").as_str().into())]);
        format!("{}{}\n{remind}\n", table.text(), desk.say(due, &[]))
    });
    Ok(())
}

fn stands(desk: &Desk, post: &PostView) -> String {
    let key = match post.approval.standing {
        Standing::Draft => "cli-post-draft",
        Standing::InReview => "cli-post-in-review",
        Standing::ChangesAsked => "cli-post-changes-asked",
        Standing::Approved => "cli-post-approved",
    };
    format!("{} {}\n", post.id, desk.say(key, &[]))
}

fn told(desk: &Desk, history: &ApprovalHistory) -> String {
    let mut table = desk.table(&["cli-head-time", "cli-head-result", "cli-head-who", "cli-head-note"]);
    for event in &history.items {
        let key = format!("approvals-event-{}", event.kind.replace('_', "-"));
        table.row([event.at.clone(), desk.say(&key, &[]), event.by.clone(), event.note.clone()]);
    }
    table.text()
}
