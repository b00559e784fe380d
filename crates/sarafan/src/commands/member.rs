//! `sarafan member`: who works for a brand, and for which of its channels.

use clap::{Args, Subcommand};
use sarafan_app::channels::ChannelView;
use sarafan_app::members::{LimitInput, MemberView};

use super::Desk;
use crate::args::OfBrand;
use crate::trouble::{Outcome, Trouble};

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the members with their roles and the channels they are limited to
    List {
        #[command(flatten)]
        brand: OfBrand,
    },
    /// Limit a member to some channels: they write only for these and send only to these
    #[command(after_help = "Examples:\n  \
        sarafan member limit anna@zerno.example --channel @zerno --channel mastodon\n  \
        sarafan member limit anna@zerno.example --all")]
    Limit {
        /// Their e-mail address
        email: String,
        #[command(flatten)]
        to: To,
        #[command(flatten)]
        brand: OfBrand,
    },
}

/// To what.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct To {
    /// A channel: its id, name or handle, or its network; again for each
    #[arg(long = "channel", value_name = "CHANNEL")]
    channels: Vec<String>,
    /// Lift the limit
    #[arg(long)]
    all: bool,
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    match command {
        Command::List { brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let team = desk.app.list_members(&desk.actor, brand).await?;
            let channels = desk.app.list_channels(&desk.actor, brand).await?;
            desk.show(&team, || rows(desk, &team.members, &channels));
        }
        Command::Limit { email, to, brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let team = desk.app.list_members(&desk.actor, brand).await?;
            let wanted = email.to_lowercase();
            let found = team.members.iter().find(|member| member.person.email == wanted);
            let person =
                found.ok_or_else(|| Trouble::say("cli-member-unknown").with("email", email.as_str()))?.person.id;
            let mut channels = Vec::new();
            for channel in &to.channels {
                channels.push(desk.channel(brand, channel).await?.id);
            }
            let input = LimitInput { channels: (!to.all).then_some(channels) };
            let member = desk.app.limit_member(&desk.actor, brand, person, input).await?;
            let channels = desk.app.list_channels(&desk.actor, brand).await?;
            desk.show(&member, || rows(desk, std::slice::from_ref(&member), &channels));
        }
    }
    Ok(())
}

fn rows(desk: &Desk, members: &[MemberView], channels: &[ChannelView]) -> String {
    let mut table = desk.table(&["cli-head-name", "cli-head-email", "cli-head-role", "cli-head-channel"]);
    for member in members {
        let name = |id| channels.iter().find(|channel| channel.id == id).map(|channel| channel.name.clone());
        let limit = member.channels.as_ref();
        let limit = limit.map(|some| some.iter().filter_map(|id| name(*id)).collect::<Vec<_>>().join(", "));
        table.row([
            member.person.name.clone(),
            member.person.email.clone(),
            desk.say(role(member.role), &[]),
            limit.unwrap_or_else(|| desk.say("cli-member-all", &[])),
        ]);
    }
    table.text()
}

/// The text of a role.
fn role(role: sarafan_domain::member::Role) -> &'static str {
    use sarafan_domain::member::Role;
    match role {
        Role::Owner => "common-role-owner",
        Role::Manager => "common-role-manager",
        Role::Author => "common-role-author",
        Role::Moderator => "common-role-moderator",
        Role::Analyst => "common-role-analyst",
        Role::Client => "common-role-client",
    }
}
