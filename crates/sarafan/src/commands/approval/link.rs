//! `sarafan approval link`: links by which people without an account approve.

use clap::{Args, Subcommand};
use sarafan_app::approvals::{LinkState, ReviewLinkInput, ReviewLinkView};
use sarafan_domain::approval::Covers;
use sarafan_domain::language::Lang;

use super::super::{Desk, id};
use crate::args::OfBrand;
use crate::trouble::{Outcome, Trouble};

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Give a link to somebody without an account; it is shown once
    #[command(after_help = "Examples:\n  \
        sarafan approval link create \"Anna, Roastery\" --language pl\n  \
        sarafan approval link create Client --campaign Spring --channel @zerno --days 30")]
    Create(Create),
    /// List the links of a brand
    List {
        #[command(flatten)]
        brand: OfBrand,
    },
    /// Take a link back: it opens nothing from now on
    Revoke {
        /// The link's id
        id: String,
        #[command(flatten)]
        brand: OfBrand,
    },
}

/// A link to be given.
#[derive(Debug, Args)]
pub(crate) struct Create {
    /// Name of the person; what they say is told under it
    name: String,
    #[command(flatten)]
    brand: OfBrand,
    /// Language of its page: en, ru or pl [default: that of the brand]
    #[arg(long)]
    language: Option<String>,
    /// Good for so many days [default: 14]
    #[arg(long)]
    days: Option<u32>,
    /// Only posts of this campaign
    #[arg(long)]
    campaign: Option<String>,
    /// Only posts with this label
    #[arg(long)]
    label: Option<String>,
    /// Only posts for this channel: its id, name or handle, or its network; may be repeated
    #[arg(long)]
    channel: Vec<String>,
    /// Only this post; may be repeated
    #[arg(long, value_name = "ID")]
    post: Vec<String>,
}

pub(super) async fn run(desk: &Desk, command: Command) -> Outcome {
    match command {
        Command::Create(args) => create(desk, args).await,
        Command::List { brand } => list(desk, brand).await,
        Command::Revoke { id: text, brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let link = desk.app.revoke_review_link(&desk.actor, brand, id(&text)?).await?;
            desk.show(&link, || rows(desk, std::slice::from_ref(&link)));
            Ok(())
        }
    }
}

async fn create(desk: &Desk, args: Create) -> Outcome {
    let brand = desk.brand(args.brand.brand.as_deref()).await?;
    let language = match args.language {
        Some(text) => {
            let spoken = Lang::parse(&text);
            Some(spoken.ok_or_else(|| Trouble::say("cli-bad-word").with("word", text.as_str()).usage())?)
        }
        None => None,
    };
    let mut channels = Vec::new();
    for wanted in &args.channel {
        channels.push(desk.channel(brand, wanted).await?.id);
    }
    let posts = args.post.iter().map(|text| id(text)).collect::<Outcome<Vec<_>>>()?;
    let covers = Covers { campaign: args.campaign, label: args.label, channels, posts };
    let input = ReviewLinkInput { name: args.name, language, covers, days: args.days };
    let link = desk.app.create_review_link(&desk.actor, brand, input).await?;
    desk.show(&link, || format!("{}\n", link.url.clone().unwrap_or_default()));
    Ok(())
}

async fn list(desk: &Desk, brand: OfBrand) -> Outcome {
    let brand = desk.brand(brand.brand.as_deref()).await?;
    let mut items: Vec<ReviewLinkView> = Vec::new();
    let mut cursor = None;
    loop {
        let page = desk.app.list_review_links(&desk.actor, brand, cursor.as_deref(), Some(200)).await?;
        items.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    desk.show(&items, || rows(desk, &items));
    Ok(())
}

fn rows(desk: &Desk, links: &[ReviewLinkView]) -> String {
    let mut table = desk.table(&["cli-head-id", "cli-head-name", "cli-head-state", "cli-head-until", "cli-head-used"]);
    for link in links {
        let state = match link.state {
            LinkState::Open => "cli-link-open",
            LinkState::Expired => "cli-link-expired",
            LinkState::Revoked => "cli-link-revoked",
        };
        let used = link.used_at.clone().unwrap_or_default();
        table.row([link.id.to_string(), link.name.clone(), desk.say(state, &[]), link.expires_at.clone(), used]);
    }
    table.text()
}
