//! `sarafan plan`: the content plan as a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use clap::{Args, Subcommand};
use sarafan_app::plan::{ImportReport, PlanFile};
use sarafan_domain::plan::{self, DateOrder, Encoding, Field, ReadOptions, Separator};

use super::{Desk, moment};
use crate::args::OfBrand;
use crate::table;
use crate::trouble::{Outcome, Trouble};

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read a plan: good rows become scheduled posts, the others drafts with their problems
    #[command(
        long_about = "Read a content plan (CSV). Good rows become scheduled posts, the others drafts with their problems; \
            rows that were imported before are passed over, so the same file can be given again.\n\n\
            Columns are recognised by their names in English, Russian and Polish: id, rubric, campaign, language, \
            channels, time_zone, at (or date and time), text, media, alt, link, first_comment, labels. Encoding, separator \
            and order of dates are found out; say them where that goes wrong.",
        after_help = "Examples:\n  \
            sarafan plan import plan.csv --dry-run\n  \
            sarafan plan import plan.csv --dry-run --json | jq '.rows[] | select(.ok | not)'\n  \
            sarafan plan import план.csv --brand Зерно --media картинки --date-order dmy\n  \
            sarafan plan import export.csv --map Канал=channels --map Примечание="
    )]
    Import(Import),
    /// Write the plan to standard output as a file that an import reads back
    #[command(after_help = "Example:\n  sarafan plan export --from 2026-12-01 --to 2027-01-01 > december.csv")]
    Export {
        #[command(flatten)]
        brand: OfBrand,
        /// Due on or after this day or time of the brand's zone
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        /// Due before this day or time
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
    },
}

/// What is known about the file.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file; `-` for standard input
    file: PathBuf,
    /// Show what would happen, save nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    brand: OfBrand,
    /// The folder with the pictures that the plan names [default: `media` beside the file, where there is one]
    #[arg(long, value_name = "DIR")]
    media: Option<PathBuf>,
    /// What a column is, where its name is not recognised; nothing after `=` leaves the column out
    #[arg(long, value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    /// The order of day, month and year: dmy, mdy or ymd
    #[arg(long, value_name = "ORDER")]
    date_order: Option<String>,
    /// How the file is text: utf-8, windows-1251, windows-1250, …
    #[arg(long)]
    encoding: Option<String>,
    /// What stands between cells: comma, semicolon or tab
    #[arg(long)]
    separator: Option<String>,
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    match command {
        Command::Import(import) => {
            let brand = desk.brand(import.brand.brand.as_deref()).await?;
            let file = read(&import)?;
            let report = desk.app.import_plan(&desk.actor, brand, file, import.dry_run).await?;
            desk.show(&report, || people(desk, &report));
        }
        Command::Export { brand, from, to } => {
            let id = desk.brand(brand.brand.as_deref()).await?;
            let zone = desk.app.brand(&desk.actor, id).await?.brief.time_zone;
            let at = |text: Option<String>| text.map(|text| day(&text, &zone)).transpose();
            let file = desk.app.export_plan(&desk.actor, id, at(from)?, at(to)?).await?;
            table::print(&String::from_utf8_lossy(&file));
        }
    }
    Ok(())
}

/// A day alone means its first moment.
fn day(text: &str, zone: &str) -> Outcome<sarafan_domain::time::Timestamp> {
    moment(text, zone)
        .or_else(|error| if text.len() == 10 { moment(&format!("{text} 00:00"), zone) } else { Err(error) })
}

fn read(import: &Import) -> Outcome<PlanFile> {
    let options = ReadOptions {
        encoding: word(import.encoding.as_deref(), Encoding::parse)?,
        separator: word(import.separator.as_deref(), Separator::parse)?,
        date_order: word(import.date_order.as_deref(), DateOrder::parse)?,
        map: columns(&import.map)?,
    };
    let bytes = if import.file == Path::new("-") {
        let mut all = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut all).map(|_| all)
    } else {
        std::fs::read(&import.file)
    };
    let bytes = Bytes::from(bytes.map_err(|error| unreadable(&import.file, &error))?);
    Ok(PlanFile { media: media(import, &bytes, &options)?, bytes, options })
}

/// The pictures that the plan names and the folder has. A plan that cannot be read is told about by the import itself.
fn media(import: &Import, bytes: &[u8], options: &ReadOptions) -> Outcome<Vec<(String, Bytes)>> {
    let beside = import.file.parent().map(|folder| folder.join("media")).filter(|folder| folder.is_dir());
    let Some(folder) = import.media.clone().or(beside) else {
        return Ok(Vec::new());
    };
    if !folder.is_dir() {
        return Err(Trouble::say("cli-no-media-folder").with("folder", folder.display().to_string()).usage());
    }
    let Ok(sheet) = plan::read(bytes, options) else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for name in sheet.media_names() {
        // A plan names files, not paths: nothing outside of the folder is read.
        let path = folder.join(&name);
        if Path::new(&name).file_name().is_some_and(|file| file == name.as_str()) && path.is_file() {
            let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
            all.push((name, Bytes::from(bytes)));
        }
    }
    Ok(all)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::say("cli-unreadable").with("file", path.display().to_string()).with("reason", error.to_string())
}

fn word<T>(text: Option<&str>, parse: fn(&str) -> Option<T>) -> Outcome<Option<T>> {
    let bad = |word: &str| Trouble::say("cli-bad-word").with("word", word).usage();
    text.map(|text| parse(text).ok_or_else(|| bad(text))).transpose()
}

fn columns(pairs: &[String]) -> Outcome<BTreeMap<String, Option<Field>>> {
    let read = |pair: &String| {
        let bad = || Trouble::say("cli-bad-field").with("field", pair.as_str()).usage();
        let (name, field) = pair.rsplit_once('=').ok_or_else(bad)?;
        let field = Some(field.trim()).filter(|field| !field.is_empty());
        Ok((name.trim().to_owned(), word(field, Field::parse)?))
    };
    pairs.iter().map(read).collect()
}

fn people(desk: &Desk, report: &ImportReport) -> String {
    let mut table = desk.table(&[
        "cli-head-line",
        "cli-head-id",
        "cli-head-time",
        "cli-head-title",
        "cli-head-result",
        "cli-head-note",
    ]);
    for row in &report.rows {
        let result = match (row.result.as_deref(), row.ok) {
            (Some("scheduled"), _) => "cli-import-scheduled",
            (Some("draft"), _) => "cli-import-draft",
            (Some("skipped"), _) => "cli-import-skipped",
            (_, true) => "cli-import-ok",
            (_, false) => "cli-import-problems",
        };
        let notes: Vec<&str> = row.problems.iter().map(|problem| problem.message.as_str()).collect();
        table.row([
            row.line.to_string(),
            row.id.clone(),
            row.at.clone().unwrap_or_default().replace('T', " "),
            row.title.chars().take(40).collect(),
            desk.say(result, &[]),
            notes.join(" · "),
        ]);
    }
    let key = if report.saved { "cli-import-saved" } else { "cli-import-preview" };
    let counts = [
        ("ok", report.counts.ok.into()),
        ("problems", report.counts.problems.into()),
        ("skipped", report.counts.skipped.into()),
    ];
    format!("{}{}\n", table.text(), desk.say(key, &counts))
}
