//! `sarafan person`: how people come in, for whoever sits at the machine itself.

use clap::Subcommand;
use sarafan_app::identities::{IdentityView, OfWhom};
use sarafan_app::sessions::DeviceView;
use serde_json::json;

use super::{Desk, id};
use crate::trouble::Outcome;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the devices on which a person is signed in
    Sessions {
        /// Their e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
    /// Sign a person out, everywhere or on one device
    #[command(after_help = "Examples:\n  \
            sarafan person end-sessions anna@zerno.example\n  \
            sarafan person end-sessions anna@zerno.example --session 0192b4f0-0000-7000-8000-000000000000")]
    EndSessions {
        /// Their e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
        /// Only this session, by its id
        #[arg(long, value_name = "ID")]
        session: Option<String>,
    },
    /// Show what a person has beside the password
    Factors {
        /// Their e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
    /// List the accounts elsewhere through which a person signs in
    Accounts {
        /// Their e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
    /// Unlink an account elsewhere: nobody comes in with it any more
    #[command(after_help = "Example:\n  \
            sarafan person unlink-account anna@zerno.example --issuer https://id.example --subject 248289761001")]
    UnlinkAccount {
        #[command(flatten)]
        account: Account,
    },
    /// Let an account that was unlinked be linked again by its next sign-in
    AllowAccount {
        #[command(flatten)]
        account: Account,
    },
    /// Print a link with which a person chooses a new password
    #[command(
        long_about = "Print a link with which a person chooses a new password: good for an hour and for one use. Choosing \
            one signs them out everywhere; a second step stays as it was. Give it to nobody else.",
        after_help = "Example:\n  sarafan person reset-password anna@zerno.example"
    )]
    ResetPassword {
        /// Their e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
    /// Take every second factor of a person away
    #[command(
        long_about = "Take every second factor of a person away and sign them out everywhere: for who has lost both the \
            device and the recovery codes. The password stays. There is no other place where this can be done; make sure \
            that it is really them who asks. The audit log keeps it.",
        after_help = "Example:\n  sarafan person reset-factors anna@zerno.example"
    )]
    ResetFactors {
        /// Their e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
}

/// An account elsewhere, as `person accounts` lists it.
#[derive(Debug, clap::Args)]
pub(crate) struct Account {
    /// The e-mail address of its person here
    #[arg(value_name = "E-MAIL")]
    email: String,
    /// The provider
    #[arg(long, value_name = "URL")]
    issuer: String,
    /// The provider's own name for the person
    #[arg(long, value_name = "NAME")]
    subject: String,
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    let (app, actor) = (&desk.app, &desk.actor);
    match command {
        Command::Sessions { email } => {
            let all = app.list_sessions(actor, None, Some(&email)).await?;
            desk.show(&all, || table(desk, &all));
        }
        Command::EndSessions { email, session } => {
            let ended = match session {
                Some(text) => {
                    app.end_session(actor, id(&text)?, Some(&email)).await?;
                    1
                }
                None => app.end_sessions(actor, None, Some(&email)).await?,
            };
            desk.show(&json!({ "ended": ended }), || desk.say("cli-sessions-ended", &[("count", ended.into())]) + "\n");
        }
        Command::Factors { email } => {
            let factors = app.factors(actor, Some(&email)).await?;
            desk.show(&factors, || {
                let mut table = desk.table(&["cli-head-factor", "cli-head-since"]);
                if let Some(since) = &factors.totp_since {
                    table.row([desk.say("cli-factor-totp", &[]), minute(since)]);
                }
                for key in &factors.passkeys {
                    let name = desk.say("cli-factor-passkey", &[("name", key.name.as_str().into())]);
                    table.row([name, minute(&key.created_at)]);
                }
                let left = desk.say("cli-factor-codes", &[("count", factors.recovery_left.into())]);
                table.row([left, "-".to_owned()]);
                table.text()
            });
        }
        Command::Accounts { email } => {
            let all = app.identities(actor, Some(&email)).await?;
            desk.show(&all, || accounts(desk, &all));
        }
        Command::UnlinkAccount { account: Account { email, issuer, subject } } => {
            let all = app.unlink_identity(actor, &issuer, &subject, OfWhom::Of(email)).await?;
            desk.show(&all, || accounts(desk, &all));
        }
        Command::AllowAccount { account: Account { email, issuer, subject } } => {
            let all = app.allow_identity(actor, &issuer, &subject, OfWhom::Of(email)).await?;
            desk.show(&all, || accounts(desk, &all));
        }
        Command::ResetPassword { email } => {
            let link = app.reset_link(actor, &email).await?;
            desk.show(&link, || format!("{}\n", link.url));
        }
        Command::ResetFactors { email } => {
            let ended = app.reset_factors(actor, &email).await?;
            desk.show(&json!({ "email": email, "sessions_ended": ended }), || {
                desk.say("cli-factors-reset", &[("email", email.as_str().into())]) + "\n"
            });
        }
    }
    Ok(())
}

fn table(desk: &Desk, all: &[DeviceView]) -> String {
    let heads = ["cli-head-id", "cli-head-device", "cli-head-address", "cli-head-used", "cli-head-ends"];
    let mut table = desk.table(&heads);
    for device in all {
        let names: Vec<&str> = [&device.browser, &device.system].into_iter().flatten().map(String::as_str).collect();
        table.row([
            device.id.to_string(),
            if names.is_empty() { "-".to_owned() } else { names.join(", ") },
            device.address.clone(),
            minute(&device.seen_at),
            minute(&device.ends_at),
        ]);
    }
    table.text()
}

fn accounts(desk: &Desk, all: &[IdentityView]) -> String {
    let heads = ["cli-head-provider", "cli-head-subject", "cli-head-since", "cli-head-unlinked"];
    let mut table = desk.table(&heads);
    for account in all {
        let ended = account.unlinked_at.as_deref().map_or_else(|| "-".to_owned(), minute);
        table.row([account.issuer.clone(), account.subject.clone(), minute(&account.linked_at), ended]);
    }
    table.text()
}

fn minute(at: &str) -> String {
    at.get(..16).unwrap_or("-").replace('T', " ")
}
