//! `sarafan channel`: connecting and stopping channels.

use std::collections::BTreeMap;

use clap::Subcommand;
use sarafan_app::channels::{ChannelView, ConnectInput, ConnectView};
use sarafan_domain::channel::ChannelState;

use super::{Desk, secret_input};
use crate::args::OfBrand;
use crate::trouble::{Outcome, Trouble};

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Connect a channel of a network
    #[command(
        long_about = "Connect a channel of a network. Its fields are named in docs/networks.md and with `sarafan channel \
            networks`.\n\nSecrets are never arguments, because other people on the machine can read those: a secret field \
            comes by the environment as SARAFAN_SECRET_<FIELD>, or one by standard input with --secret-stdin.",
        after_help = "Examples:\n  \
            sarafan channel connect telegram --field chat=@zerno --secret-stdin token < token.txt\n  \
            SARAFAN_SECRET_PASSWORD=… sarafan channel connect bluesky --field handle=zerno.bsky.social"
    )]
    Connect {
        /// The network's id: telegram, mastodon, bluesky, wordpress, …
        network: String,
        #[command(flatten)]
        brand: OfBrand,
        /// A field of the network's form; again for each
        #[arg(long = "field", value_name = "FIELD=VALUE")]
        fields: Vec<String>,
        /// The secret field whose value is the first line of standard input
        #[arg(long, value_name = "FIELD")]
        secret_stdin: Option<String>,
        /// The account to take where the network offers several, by the id it shows
        #[arg(long, value_name = "ID")]
        account: Option<String>,
    },
    /// List the channels and whether their credentials work
    List {
        #[command(flatten)]
        brand: OfBrand,
    },
    /// List the networks that can be connected, with the fields of their forms
    Networks,
    /// Send nothing to a channel until it is resumed; what is due waits
    Pause {
        /// The channel: its id, its name, its handle, or its network
        channel: String,
        #[command(flatten)]
        brand: OfBrand,
        /// Why; shown to everybody in the brand
        #[arg(long)]
        reason: Option<String>,
    },
    /// Let a paused channel go on
    Resume {
        /// The channel: its id, its name, its handle, or its network
        channel: String,
        #[command(flatten)]
        brand: OfBrand,
    },
    /// Ask the network whether the credential works
    Check {
        /// The channel: its id, its name, its handle, or its network
        channel: String,
        #[command(flatten)]
        brand: OfBrand,
    },
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    match command {
        Command::Connect { network, brand, fields, secret_stdin, account } => {
            let input = ConnectInput { fields: form(desk, &network, &fields, secret_stdin)?, network };
            connect(desk, &brand, input, account).await
        }
        Command::List { brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let all = desk.app.list_channels(&desk.actor, brand).await?;
            desk.show(&all, || rows(desk, &all));
            Ok(())
        }
        Command::Networks => {
            let all = desk.app.list_networks(desk.actor.language);
            desk.show(&all, || {
                let mut table = desk.table(&["cli-head-id", "cli-head-network", "cli-head-fields"]);
                for network in &all {
                    let fields: Vec<String> = network
                        .connect
                        .iter()
                        .map(|field| if field.required { format!("{}*", field.key) } else { field.key.clone() })
                        .collect();
                    table.row([network.id.clone(), network.title.clone(), fields.join(", ")]);
                }
                table.text()
            });
            Ok(())
        }
        Command::Pause { channel, brand, reason } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let id = desk.channel(brand, &channel).await?.id;
            let view = desk.app.pause_channel(&desk.actor, brand, id, reason).await?;
            one(desk, &view);
            Ok(())
        }
        Command::Resume { channel, brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let id = desk.channel(brand, &channel).await?.id;
            let view = desk.app.resume_channel(&desk.actor, brand, id).await?;
            one(desk, &view);
            Ok(())
        }
        Command::Check { channel, brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let id = desk.channel(brand, &channel).await?.id;
            let view = desk.app.check_channel(&desk.actor, brand, id).await?;
            one(desk, &view);
            Ok(())
        }
    }
}

/// The filled form: fields that were typed, secrets of the environment, and the one of standard input.
fn form(
    desk: &Desk,
    network: &str,
    fields: &[String],
    secret_stdin: Option<String>,
) -> Outcome<BTreeMap<String, String>> {
    let mut form = BTreeMap::new();
    let all = desk.app.list_networks(desk.actor.language);
    let known = || all.iter().filter(|view| view.id == network).flat_map(|view| &view.connect);
    for field in known() {
        if let Ok(value) = std::env::var(format!("SARAFAN_SECRET_{}", field.key.to_uppercase().replace('-', "_"))) {
            form.insert(field.key.clone(), value);
        }
    }
    for pair in fields {
        let bad = || Trouble::say("cli-bad-field").with("field", pair.as_str()).usage();
        let (key, value) = pair.split_once('=').ok_or_else(bad)?;
        form.insert(key.trim().to_owned(), value.to_owned());
    }
    if let Some(key) = secret_stdin {
        let label = known().find(|field| field.key == key).map_or(key.as_str(), |field| field.label.as_str());
        let secret = secret_input(&format!("{label}:"))?;
        form.insert(key, secret);
    }
    Ok(form)
}

async fn connect(desk: &Desk, brand: &OfBrand, input: ConnectInput, account: Option<String>) -> Outcome {
    let brand = desk.brand(brand.brand.as_deref()).await?;
    let mut view = desk.app.connect_channel(&desk.actor, brand, input).await?;
    if let (ConnectView::Choose { connect_id, .. }, Some(account)) = (&view, &account) {
        view = desk.app.choose_channel(&desk.actor, brand, *connect_id, account).await?;
    }
    match &view {
        ConnectView::Connected { connected } => {
            desk.show(&view, || rows(desk, std::slice::from_ref(connected.as_ref())));
        }
        ConnectView::Redirect { redirect } => {
            desk.show(&view, || desk.say("cli-connect-redirect", &[("url", redirect.as_str().into())]) + "\n");
        }
        ConnectView::Choose { choose, .. } => {
            desk.show(&view, || {
                let mut table = desk.table(&["cli-head-account", "cli-head-name", "cli-head-handle"]);
                for one in choose {
                    table.row([one.external_id.clone(), one.name.clone(), one.handle.clone()]);
                }
                format!("{}\n{}", desk.say("cli-connect-choose", &[]), table.text())
            });
        }
    }
    Ok(())
}

fn one(desk: &Desk, channel: &ChannelView) {
    desk.show(channel, || rows(desk, std::slice::from_ref(channel)));
}

fn rows(desk: &Desk, channels: &[ChannelView]) -> String {
    let mut table = desk.table(&[
        "cli-head-id",
        "cli-head-network",
        "cli-head-name",
        "cli-head-handle",
        "cli-head-state",
        "cli-head-note",
    ]);
    for channel in channels {
        let state = match channel.state {
            ChannelState::Ok => "cli-state-ok",
            ChannelState::Paused => "cli-state-paused",
            ChannelState::Reconnect => "cli-state-reconnect",
        };
        let note = channel.paused_reason.clone().or_else(|| channel.health.message.clone()).unwrap_or_default();
        table.row([
            channel.id.to_string(),
            channel.network.clone(),
            channel.name.clone(),
            channel.handle.clone(),
            desk.say(state, &[]),
            note,
        ]);
    }
    table.text()
}
