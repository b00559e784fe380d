//! `sarafan audit`: who did what.

use clap::{Args, Subcommand, ValueEnum};
use futures::TryStreamExt;
use sarafan_app::audit::{AuditForm, AuditPage, AuditQuery, AuditView};
use sarafan_domain::id::BrandId;

use super::{Desk, moment};
use crate::args::OfBrand;
use crate::table;
use crate::trouble::Outcome;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List what was done, the newest first
    #[command(after_help = "Examples:\n  \
        sarafan audit list --action post --from 2026-12-01\\ 00:00\n  \
        sarafan audit list --installation --action session.open")]
    List {
        #[command(flatten)]
        which: Which,
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Write everything that was done to standard output
    #[command(after_help = "Examples:\n  \
        sarafan audit export > audit.csv\n  \
        sarafan audit export --form jsonl | jq 'select(.action == \"member.change\")'")]
    Export {
        #[command(flatten)]
        which: Which,
        /// A table for a spreadsheet, or a JSON object per line
        #[arg(long, value_enum, default_value_t = Form::Csv)]
        form: Form,
    },
}

/// How a file is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Form {
    /// A table for a spreadsheet
    Csv,
    /// A JSON object per line
    Jsonl,
}

/// Which lines.
#[derive(Debug, Args)]
pub(crate) struct Which {
    #[command(flatten)]
    brand: OfBrand,
    /// What was done to the installation rather than to a brand
    #[arg(long, conflicts_with = "brand")]
    installation: bool,
    /// Only theirs: a person's id, or `nobody` for Sarafan itself and the command line
    #[arg(long)]
    person: Option<String>,
    /// Only this action, or those of an area: post.schedule, post
    #[arg(long)]
    action: Option<String>,
    /// Only about the thing with this id
    #[arg(long, value_name = "ID")]
    subject: Option<String>,
    /// At or after: a time on the brand's wall, or an instant
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Before
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
}

impl Which {
    async fn query(self, desk: &Desk) -> Outcome<(Option<BrandId>, AuditQuery)> {
        let (brand, zone) = if self.installation {
            (None, "UTC".to_owned())
        } else {
            let brand = desk.brand(self.brand.brand.as_deref()).await?;
            (Some(brand), desk.app.brand(&desk.actor, brand).await?.brief.time_zone)
        };
        let at = |text: Option<String>| text.map(|text| moment(&text, &zone)).transpose();
        let (from, to) = (at(self.from)?, at(self.to)?);
        let (person, action, subject) = (self.person, self.action, self.subject);
        Ok((brand, AuditQuery { person, action, subject, from, to, ..AuditQuery::default() }))
    }
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    match command {
        Command::List { which, limit } => {
            let (brand, mut query) = which.query(desk).await?;
            let mut items = Vec::new();
            let page = loop {
                query.limit = Some(limit.saturating_sub(items.len()).min(200));
                let page = desk.app.list_audit(&desk.actor, brand, &query).await?;
                items.extend(page.items);
                if page.next.is_none() || items.len() >= limit {
                    break AuditPage { items, next: page.next, areas: page.areas };
                }
                query.cursor = page.next;
            };
            desk.show(&page, || rows(desk, &page.items));
        }
        Command::Export { which, form } => {
            let (brand, query) = which.query(desk).await?;
            let form = match form {
                Form::Csv => AuditForm::Csv,
                Form::Jsonl => AuditForm::Jsonl,
            };
            let lines = desk.app.export_audit(&desk.actor, brand, &query, form).await?;
            let mut lines = std::pin::pin!(lines);
            while let Some(some) = lines.try_next().await? {
                table::print(&String::from_utf8_lossy(&some));
            }
        }
    }
    Ok(())
}

fn rows(desk: &Desk, lines: &[AuditView]) -> String {
    let mut table = desk.table(&["audit-when", "audit-who", "audit-what", "audit-about"]);
    for line in lines {
        let who = line.person.as_ref().map(|person| person.name.clone());
        table.row([
            line.at.clone(),
            who.unwrap_or_else(|| desk.say("audit-nobody", &[])),
            line.words.clone(),
            line.subject.name.clone().unwrap_or_else(|| line.subject.id.clone()),
        ]);
    }
    table.text()
}
