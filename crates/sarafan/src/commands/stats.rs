//! `sarafan stats`: numbers that came back.

use std::collections::BTreeMap;

use clap::Subcommand;
use jiff::SignedDuration;
use sarafan_app::numbers::{MetricInfo, Overview, PostNumbers};

use super::{Desk, id, moment};
use crate::args::OfBrand;
use crate::trouble::Outcome;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the numbers of a brand, a channel or a post; what a network does not tell stays a dash
    #[command(after_help = "Examples:\n  \
        sarafan stats show\n  \
        sarafan stats show --channel telegram --from \"2026-12-01 00:00\"\n  \
        sarafan stats show --post ID --json")]
    Show {
        #[command(flatten)]
        brand: OfBrand,
        /// The numbers of this channel: its id, name or handle, or its network
        #[arg(long, conflicts_with = "post")]
        channel: Option<String>,
        /// The numbers of this post, by its id
        #[arg(long)]
        post: Option<String>,
        /// From this time on the brand's wall [default: thirty days ago]
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        /// Until this time [default: now]
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
    },
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    let Command::Show { brand, channel, post, from, to } = command;
    let brand = desk.brand(brand.brand.as_deref()).await?;
    let zone = desk.app.brand(&desk.actor, brand).await?.brief.time_zone;
    let to = to.map_or(Ok(desk.app.now()), |text| moment(&text, &zone))?;
    let month = SignedDuration::from_hours(30 * 24);
    let from = from.map_or(Ok(to.checked_sub(month).unwrap_or(to)), |text| moment(&text, &zone))?;
    match (post, channel) {
        (Some(post), _) => {
            let stats = desk.app.post_stats(&desk.actor, brand, id(&post)?).await?;
            let all: Vec<PostNumbers> = stats.deliveries.iter().map(|delivery| delivery.latest.clone()).collect();
            desk.show(&stats, || posts(desk, &all, &stats.metrics));
        }
        (None, Some(wanted)) => {
            let channel = desk.channel(brand, &wanted).await?.id;
            let stats = desk.app.channel_stats(&desk.actor, brand, channel, from, to).await?;
            desk.show(&stats, || {
                format!(
                    "{}\n{}",
                    latest(desk, &stats.latest, &stats.metrics),
                    posts(desk, &stats.posts, &stats.metrics)
                )
            });
        }
        (None, None) => {
            let overview = desk.app.overview(&desk.actor, brand, from, to).await?;
            desk.show(&overview, || tiles(desk, &overview));
        }
    }
    Ok(())
}

fn name<'a>(metrics: &'a [MetricInfo], key: &'a str) -> &'a str {
    metrics.iter().find(|metric| metric.key == key).map_or(key, |metric| metric.name.as_str())
}

/// A number as people read it; what is missing is a dash, never zero.
fn number(value: Option<f64>, unit: &str) -> String {
    match value {
        None => "—".to_owned(),
        Some(value) if unit == "ratio" => format!("{:.1} %", value * 100.0),
        Some(value) if value.fract() == 0.0 => format!("{value:.0}"),
        Some(value) => format!("{value:.1}"),
    }
}

fn unit<'a>(metrics: &'a [MetricInfo], key: &str) -> &'a str {
    metrics.iter().find(|metric| metric.key == key).map_or("count", |metric| metric.unit.as_str())
}

fn latest(desk: &Desk, values: &BTreeMap<String, Option<f64>>, metrics: &[MetricInfo]) -> String {
    let mut table = desk.table(&["cli-head-metric", "cli-head-value"]);
    for (key, value) in values {
        table.row([name(metrics, key).to_owned(), number(*value, unit(metrics, key))]);
    }
    table.text()
}

fn posts(desk: &Desk, all: &[PostNumbers], metrics: &[MetricInfo]) -> String {
    let mut table = desk.table(&["cli-head-network", "cli-head-title", "cli-head-value"]);
    for post in all {
        let values: Vec<String> = post
            .values
            .iter()
            .map(|(key, value)| format!("{}: {}", name(metrics, key), number(*value, unit(metrics, key))))
            .collect();
        table.row([post.network.clone(), post.title.chars().take(40).collect(), values.join(" · ")]);
    }
    table.text()
}

fn tiles(desk: &Desk, overview: &Overview) -> String {
    let mut table = desk.table(&["cli-head-metric", "cli-head-value", "cli-head-before"]);
    for tile in &overview.tiles {
        let unit = unit(&overview.metrics, &tile.metric);
        table.row([
            name(&overview.metrics, &tile.metric).to_owned(),
            number(tile.value, unit),
            number(tile.previous, unit),
        ]);
    }
    format!("{}\n{}", table.text(), posts(desk, &overview.best, &overview.metrics))
}
