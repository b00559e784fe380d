//! `sarafan delivery`: each post on its way to each channel.

use clap::{Args, Subcommand};
use sarafan_app::deliveries::{DeliveryCommand, DeliveryDetail, DeliveryPage, DeliveryQuery, DeliveryView};
use sarafan_domain::delivery::State;
use sarafan_domain::id::DeliveryId;

use super::{Desk, id, moment, words};
use crate::args::OfBrand;
use crate::table::Table;
use crate::trouble::Outcome;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List deliveries by due time
    #[command(after_help = "Examples:\n  \
        sarafan delivery list --state failed,unknown,held      what needs somebody\n  \
        sarafan delivery list --json | jq '.counts'")]
    List(List),
    /// Show a delivery with the story of its attempts
    Show(Which),
    /// Say what became of a delivery that nobody knows about, after looking at the network
    #[command(after_help = "Examples:\n  \
            sarafan delivery resolve ID --sent --url https://t.me/zerno/17\n  \
            sarafan delivery resolve ID --not-sent --again        send it once more")]
    Resolve {
        #[command(flatten)]
        change: Change,
        #[command(flatten)]
        found: Found,
    },
    /// Try again after a refusal was mended
    Retry(Change),
    /// Send it without waiting for its time
    SendNow(Change),
    /// Call it off before it leaves
    Cancel(Change),
    /// Take it down over there
    Delete(Change),
    /// Send the changed content over there
    Update(Change),
}

/// One delivery.
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// The delivery's id
    id: String,
    #[command(flatten)]
    brand: OfBrand,
}

/// One delivery that is to change.
#[derive(Debug, Args)]
pub(crate) struct Change {
    #[command(flatten)]
    which: Which,
    /// Show what would happen, change nothing
    #[arg(long)]
    dry_run: bool,
}

/// What was found.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct Found {
    /// It is out
    #[arg(long, conflicts_with = "not_sent")]
    sent: bool,
    /// It is not out
    #[arg(long)]
    not_sent: bool,
    /// Where it can be seen
    #[arg(long, requires = "sent")]
    url: Option<String>,
    /// The network's id of it
    #[arg(long, requires = "sent", value_name = "ID")]
    external_id: Option<String>,
    /// Send it again
    #[arg(long, requires = "not_sent")]
    again: bool,
}

/// What to list.
#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    brand: OfBrand,
    /// Only these states: scheduled, sending, waiting, sent, failed, unknown, held, cancelled, deleted
    #[arg(long, value_name = "STATE,…")]
    state: Vec<String>,
    /// Only this channel: its id, name or handle, or its network
    #[arg(long)]
    channel: Option<String>,
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
    let (Change { which, dry_run }, command) = match command {
        Command::List(list) => {
            let page = listed(desk, list).await?;
            desk.show(&page, || rows(desk, &page.items));
            return Ok(());
        }
        Command::Show(which) => {
            let brand = desk.brand(which.brand.brand.as_deref()).await?;
            let detail = desk.app.delivery(&desk.actor, brand, id(&which.id)?).await?;
            desk.show(&detail, || one(desk, &detail));
            return Ok(());
        }
        Command::Resolve { change, found } => {
            let said = if found.sent {
                DeliveryCommand::ResolveSent { url: found.url, external_id: found.external_id }
            } else {
                DeliveryCommand::ResolveNotSent { again: found.again }
            };
            (change, said)
        }
        Command::Retry(change) => (change, DeliveryCommand::Retry),
        Command::SendNow(change) => (change, DeliveryCommand::SendNow),
        Command::Cancel(change) => (change, DeliveryCommand::Cancel),
        Command::Delete(change) => (change, DeliveryCommand::Delete),
        Command::Update(change) => (change, DeliveryCommand::Update),
    };
    let brand = desk.brand(which.brand.brand.as_deref()).await?;
    let id: DeliveryId = id(&which.id)?;
    let detail = if dry_run {
        desk.app.rehearse_command(&desk.actor, brand, id, command).await?
    } else {
        desk.app.command_delivery(&desk.actor, brand, id, command).await?
    };
    desk.show(&detail, || desk.rehearsed(dry_run) + &one(desk, &detail));
    Ok(())
}

/// Every page of the list, or as much as was asked for.
async fn listed(desk: &Desk, list: List) -> Outcome<DeliveryPage> {
    let brand = desk.brand(list.brand.brand.as_deref()).await?;
    let zone = desk.app.brand(&desk.actor, brand).await?.brief.time_zone;
    let at = |text: Option<String>| text.map(|text| moment(&text, &zone)).transpose();
    let channel = match &list.channel {
        Some(wanted) => Some(desk.channel(brand, wanted).await?.id),
        None => None,
    };
    let mut query = DeliveryQuery {
        states: words(&list.state, State::parse)?,
        channel,
        from: at(list.from)?,
        to: at(list.to)?,
        ..DeliveryQuery::default()
    };
    let most = list.limit.unwrap_or(usize::MAX);
    let mut items = Vec::new();
    loop {
        query.limit = Some(most.saturating_sub(items.len()).min(200));
        let page = desk.app.list_deliveries(&desk.actor, brand, query.clone()).await?;
        items.extend(page.items);
        if page.next.is_none() || items.len() >= most {
            return Ok(DeliveryPage { items, next: page.next, counts: page.counts });
        }
        query.cursor = page.next;
    }
}

/// A table of deliveries.
pub(super) fn rows(desk: &Desk, deliveries: &[DeliveryView]) -> String {
    let mut table = desk.table(&[
        "cli-head-id",
        "cli-head-state",
        "cli-head-time",
        "cli-head-channel",
        "cli-head-title",
        "cli-head-note",
    ]);
    for delivery in deliveries {
        let reason = delivery.reason.as_ref().map(|reason| reason.message.clone());
        table.row([
            delivery.id.to_string(),
            desk.say(state(delivery.state), &[]),
            delivery.wall.replace('T', " "),
            format!("{} {}", delivery.network, delivery.channel_name),
            delivery.title.chars().take(40).collect(),
            reason.or_else(|| delivery.url.clone()).unwrap_or_default(),
        ]);
    }
    table.text()
}

fn one(desk: &Desk, detail: &DeliveryDetail) -> String {
    let mut text = rows(desk, std::slice::from_ref(&detail.delivery));
    if let Some(remedy) = detail.delivery.reason.as_ref().and_then(|reason| reason.remedy.as_deref()) {
        text.push_str(&format!("{remedy}\n"));
    }
    if !detail.history.is_empty() {
        let mut table = Table::default();
        for attempt in &detail.history {
            table.row([attempt.n.to_string(), attempt.started_at.clone(), attempt.words.clone()]);
        }
        text.push('\n');
        text.push_str(&table.text());
    }
    text
}

/// The text of a state.
fn state(state: State) -> &'static str {
    match state {
        State::Scheduled => "cli-delivery-scheduled",
        State::Sending => "cli-delivery-sending",
        State::Waiting => "cli-delivery-waiting",
        State::Sent => "cli-delivery-sent",
        State::Failed => "cli-delivery-failed",
        State::Unknown => "cli-delivery-unknown",
        State::Held => "cli-delivery-held",
        State::Cancelled => "cli-delivery-cancelled",
        State::Deleted => "cli-delivery-deleted",
    }
}
