//! What can be typed after `sarafan`. Help texts are written here; `docs/cli.md` is made from them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::commands::{
    approval, audit, backup, brand, channel, delivery, doctor, keys, mail, member, note, owner, person, plan, post,
    stats, task, token, webhook,
};
use crate::config::Flags;

/// Sarafan: a self-hosted platform for social media marketing.
#[derive(Debug, Parser)]
#[command(
    name = "sarafan",
    version,
    about,
    long_about = "Sarafan: a self-hosted platform for social media marketing.\n\n\
        One program with everything in it: pages, API, the worker that sends, and these commands. They work on the data \
        folder itself, also while `sarafan serve` runs, and may do everything an owner may.",
    after_help = "First steps:\n  \
        sarafan serve                                      start, then open the link it prints\n  \
        sarafan serve --demo                               the same with a filled brand and networks to play with\n  \
        sarafan brand create \"Зерно и пар\" --language ru --time-zone Europe/Moscow --country RU\n  \
        sarafan channel connect telegram --field chat=@zerno --secret-stdin token < token.txt\n  \
        sarafan plan import plan.csv --dry-run             show what is wrong with a content plan, save nothing\n  \
        sarafan delivery list --state failed,unknown       what needs somebody\n\n\
        Exit codes: 0 done, 1 refused or failed, 2 called wrongly.\n\
        Settings: flags win over the environment (SARAFAN_...), that over sarafan.toml; see docs/configuration.md.",
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    /// The data folder [default: ./sarafan-data]
    #[arg(long, global = true, value_name = "DIR", env = "SARAFAN_DATA", help_heading = "Everywhere")]
    data: Option<PathBuf>,
    /// The database: sqlite:///folder/file.db or postgres://… [default: sarafan.db in the data folder]
    #[arg(long, global = true, value_name = "URL", help_heading = "Everywhere")]
    database: Option<String>,
    /// The file with the settings [default: ./sarafan.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE", env = "SARAFAN_CONFIG", help_heading = "Everywhere")]
    pub(crate) config: Option<PathBuf>,
    /// Language of answers: en, ru or pl [default: that of the machine]
    #[arg(long, global = true, value_name = "LANG", help_heading = "Everywhere")]
    lang: Option<String>,
    /// Answer with JSON, as the API does; errors too, on standard error
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    /// The settings that were given as flags.
    pub(crate) fn flags(&self) -> Flags {
        let (listen, metrics_listen) = match &self.command {
            Command::Serve(args) => (args.listen.clone(), args.metrics_listen.clone()),
            Command::Work(args) => (None, args.metrics_listen.clone()),
            _ => (None, None),
        };
        let (data, database, lang) = (self.data.clone(), self.database.clone(), self.lang.clone());
        Flags { data, listen, metrics_listen, database, lang }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve pages and API, and send what is due
    #[command(
        long_about = "Serve pages and API, and send what is due.\n\n\
            Prints the address. While there is no owner it also prints a link, good for a day and for one use, that makes \
            one. SIGTERM or Ctrl-C stop it cleanly: nothing new is begun, what is being sent is finished, requests in \
            flight are answered. A second signal stops it at once; nothing is lost then either.",
        after_help = "Examples:\n  \
            sarafan serve\n  \
            sarafan serve --data /var/lib/sarafan --listen 0.0.0.0:8080\n  \
            sarafan serve --demo\n  \
            sarafan serve --web --database postgres://sarafan@db/sarafan     pages only; `sarafan work` sends"
    )]
    Serve(ServeArgs),
    /// Send what is due, without pages
    #[command(
        long_about = "Send what is due, without pages: a further worker on the same database. SIGTERM or Ctrl-C stop \
            it cleanly."
    )]
    Work(WorkArgs),
    /// Play the networks, to try everything without an account anywhere
    #[command(
        long_about = "Play the networks, to try everything without an account anywhere.\n\n\
            The pages show the walls: look at what was posted, comment, like and follow as a visitor would, and order \
            faults. Connecting a channel to it needs its address in `allow_private`.",
        after_help = "Example:\n  \
            sarafan sandbox --listen 127.0.0.1:8090\n  \
            SARAFAN_ALLOW_PRIVATE=127.0.0.1:8090 sarafan serve"
    )]
    Sandbox(SandboxArgs),
    /// People who own this installation
    #[command(subcommand)]
    Owner(owner::Command),
    /// How people come in: their sessions and second factors
    #[command(subcommand)]
    Person(person::Command),
    /// Brands: each a client or a product with its own channels, posts and people
    #[command(subcommand)]
    Brand(brand::Command),
    /// Members: who works for a brand, and for which channels
    #[command(subcommand)]
    Member(member::Command),
    /// Channels: the pages, groups, accounts and chats of a brand
    #[command(subcommand)]
    Channel(channel::Command),
    /// The content plan as a file
    #[command(subcommand)]
    Plan(plan::Command),
    /// Posts of the content plan
    #[command(subcommand)]
    Post(post::Command),
    /// Approval: asking for a yes to a post, giving it, asking for changes
    #[command(subcommand)]
    Approval(approval::Command),
    /// Deliveries: each post on its way to each channel
    #[command(subcommand)]
    Delivery(delivery::Command),
    /// Letters: does mail work?
    #[command(subcommand)]
    Mail(mail::Command),
    /// Notes: what the team says to each other about a post
    #[command(subcommand)]
    Note(note::Command),
    /// Tasks: what somebody is to do by when
    #[command(subcommand)]
    Task(task::Command),
    /// Numbers that came back
    #[command(subcommand)]
    Stats(stats::Command),
    /// Who did what
    #[command(subcommand)]
    Audit(audit::Command),
    /// Tokens of programs that use the API
    #[command(subcommand)]
    Token(token::Command),
    /// Programs elsewhere that are told what happens
    #[command(subcommand)]
    Webhook(webhook::Command),
    /// Write everything into one file, also while Sarafan works
    #[command(
        long_about = "Write everything into one file, also while Sarafan works: database and files as they are at one \
            moment, whatever the engine and the storage. The file is read again before it gets its name. See \
            docs/backup.md.",
        after_help = "Examples:\n  \
            sarafan backup /backups/sarafan-2026-12-01\n  \
            sarafan backup --with-keys /backups/sarafan-2026-12-01 < passphrase.txt"
    )]
    Backup(backup::BackupArgs),
    /// Put a back-up back, into any engine
    #[command(
        long_about = "Put a back-up back, into any engine. The whole file is checked before anything is touched. An \
            installation that is not empty is left alone unless --replace-everything says otherwise. Afterwards \
            everything is paused, and what may have gone out since the back-up waits for somebody who looks: nothing is \
            sent twice. See docs/backup.md.",
        after_help = "Examples:\n  \
            sarafan restore /backups/sarafan-2026-12-01 --dry-run\n  \
            sarafan restore /backups/sarafan-2026-12-01 --data /var/lib/sarafan\n  \
            sarafan restore /backups/sarafan-2026-12-01 --database postgres://sarafan@db/sarafan --with-keys < passphrase.txt"
    )]
    Restore(backup::RestoreArgs),
    /// Keys that seal what opens channels
    #[command(subcommand)]
    Keys(keys::Command),
    /// Look at the installation and say what is not as it should be
    #[command(
        long_about = "Look at the installation and say what is not as it should be, and what helps: settings, data \
            folder and room on the disk, clock, database, storage, queue, credentials, networks, public address. It \
            changes nothing. Exit code 0 when all is well, 1 when there is something to do. See docs/recovery.md.",
        after_help = "Examples:\n  \
            sarafan doctor\n  \
            sarafan doctor --no-network --json | jq '.findings[] | select(.weight == \"error\")'"
    )]
    Doctor(doctor::DoctorArgs),
    /// Answer an assistant on standard input and output (Model Context Protocol)
    #[command(
        long_about = "Answer an assistant on standard input and output (Model Context Protocol), as the person of the token \
            in SARAFAN_TOKEN, with its scopes. `sarafan serve` answers the same over HTTP at /mcp. `sarafan serve` or \
            `sarafan work` send what it plans.",
        after_help = "Example, in the settings of an assistant:\n  \
            { \"command\": \"sarafan\", \"args\": [\"mcp\"], \"env\": { \"SARAFAN_TOKEN\": \"sfn_...\" } }"
    )]
    Mcp,
    /// Print the OpenAPI document of the API
    Openapi,
    /// Write the documents that are made from the program itself
    #[command(long_about = "Write the documents that are made from the program itself: docs/networks.md, \
            docs/configuration.md, docs/cli.md, docs/observability.md and docs/openapi.json. Run it in the project's folder.")]
    Docs(DocsArgs),
}

/// How to serve.
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Address and port to listen on; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// A filled brand, and the networks to play with, beside it; only in an empty data folder or one made by it
    #[arg(long, conflicts_with = "web")]
    pub(crate) demo: bool,
    /// Pages and API only: `sarafan work` sends
    #[arg(long)]
    pub(crate) web: bool,
    /// A second address with /metrics and /health, for machines that watch [default: none]
    #[arg(long, value_name = "ADDR")]
    metrics_listen: Option<String>,
}

/// How to work.
#[derive(Debug, Args)]
pub(crate) struct WorkArgs {
    /// An address with /metrics and /health, for machines that watch [default: none]
    #[arg(long, value_name = "ADDR")]
    metrics_listen: Option<String>,
}

/// How to play.
#[derive(Debug, Args)]
pub(crate) struct SandboxArgs {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8090")]
    pub(crate) listen: String,
}

/// What to do with the documents.
#[derive(Debug, Args)]
pub(crate) struct DocsArgs {
    /// Write nothing; fail where a document is not as it would be written
    #[arg(long)]
    pub(crate) check: bool,
}

/// Which brand a command is about.
#[derive(Debug, Args)]
pub(crate) struct OfBrand {
    /// The brand, by its name or id; may be left out while there is only one
    #[arg(long, value_name = "BRAND")]
    pub(crate) brand: Option<String>,
}
