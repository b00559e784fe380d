//! `sarafan token`: tokens of programs.

use clap::Subcommand;
use sarafan_app::tokens::{TokenInput, TokenView};
use sarafan_domain::token::Scope;

use super::{Desk, id, words};
use crate::trouble::Outcome;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a token for a program; it is printed once
    #[command(
        long_about = "Make a token for a program, which acts for a person: with at most their role, narrowed by scopes and \
            brands. It is printed once and kept as a hash.\n\n\
            Scopes: brand:read, numbers:read, posts:write, posts:publish, deliveries:write, assets:write, plan:write, \
            channels:write, members:write, brand:write, audit:read, team:write. Each that changes something \
            includes brand:read.",
        after_help = "Examples:\n  \
            sarafan token create --person anna@zerno.example --name \"Nightly import\" --scope posts:write,assets:write --days 90\n  \
            export SARAFAN_TOKEN=$(sarafan token create --person anna@zerno.example --name CI --scope brand:read --json | jq -r .token)"
    )]
    Create {
        /// E-mail address of the person it acts for
        #[arg(long, value_name = "E-MAIL")]
        person: String,
        /// What it is for
        #[arg(long)]
        name: String,
        /// What it is allowed; several by commas or by repeating
        #[arg(long, value_name = "SCOPE", required = true)]
        scope: Vec<String>,
        /// A brand it is good for, by its name or id; may be repeated [default: all of the person's]
        #[arg(long, value_name = "BRAND")]
        brand: Vec<String>,
        /// It opens nothing after so many days [default: it does not end by itself]
        #[arg(long, value_name = "DAYS")]
        days: Option<u32>,
    },
    /// List the tokens of everybody with their last use
    List,
    /// Revoke a token; the next request that shows it is refused
    Revoke {
        /// The token's id
        id: String,
    },
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    match command {
        Command::Create { person, name, scope, brand, days } => {
            let mut brands = Vec::new();
            for wanted in &brand {
                brands.push(desk.brand(Some(wanted)).await?);
            }
            let input = TokenInput {
                name,
                scopes: words(&scope, Scope::parse)?,
                brands: Some(brands).filter(|brands| !brands.is_empty()),
                expires_in_days: days,
            };
            let made = desk.app.create_token(&desk.actor, Some(&person), input).await?;
            desk.show(&made, || format!("{}\n", made.token.as_deref().unwrap_or_default()));
        }
        Command::List => {
            let all = desk.app.list_tokens(&desk.actor).await?;
            desk.show(&all, || table(desk, &all));
        }
        Command::Revoke { id: text } => {
            let id = id(&text)?;
            desk.app.revoke_token(&desk.actor, id).await?;
            desk.show(&serde_json::json!({ "id": id }), || desk.say("cli-token-revoked", &[]) + "\n");
        }
    }
    Ok(())
}

fn table(desk: &Desk, all: &[TokenView]) -> String {
    let mut table = desk.table(&[
        "cli-head-id",
        "cli-head-name",
        "cli-head-person",
        "cli-head-token",
        "cli-head-used",
        "cli-head-ends",
        "cli-head-scopes",
    ]);
    let minute = |at: &Option<String>| at.as_deref().and_then(|at| at.get(..16)).unwrap_or("-").replace('T', " ");
    for token in all {
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.code()).collect();
        table.row([
            token.id.to_string(),
            token.name.clone(),
            token.email.clone(),
            format!("sfn_…{}", token.ending),
            minute(&token.used_at),
            minute(&token.expires_at),
            scopes.join(", "),
        ]);
    }
    table.text()
}
