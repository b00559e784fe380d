//! What the networks would say to a post, before anything is saved: counters, problems and a preview.

use std::collections::HashMap;

use sarafan_domain::approval::fingerprint;
use sarafan_domain::asset::AssetFacts;
use sarafan_domain::channel::Channel;
use sarafan_domain::delivery::Due;
use sarafan_domain::id::{AssetId, BrandId, ChannelId};
use sarafan_domain::member::Action;
use sarafan_domain::post::{Content, Variant};
use sarafan_domain::problem::Problem;
use sarafan_domain::schedule::wall_text;
use sarafan_network::check::{self as limits, Fit};
use sarafan_network::{Composed, Format};
use sarafan_store::Conn;
use sarafan_store::posts::PostRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::PostInput;
use crate::view::ProblemView;
use crate::{Actor, App, AppError};

/// One channel's answer.
pub struct Checked {
    /// The channel.
    pub channel: Channel,
    /// What would go there.
    pub variant: Variant,
    /// The limits that hold.
    pub format: Format,
    /// The text as it would be sent.
    pub composed: Composed,
    /// Length of each part.
    pub counts: Vec<limits::PartCount>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// The files, in the order of the variant's media; missing ones left out.
    pub assets: Vec<AssetFacts>,
}

/// What the composer shows while one writes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckView {
    /// One entry per channel.
    pub channels: Vec<ChannelCheck>,
    /// The next free slot of each channel that has one.
    pub slot: Vec<SlotView>,
    /// Names the content as an approval would; another one than that of an approved post takes the approval back.
    pub hash: String,
}

/// The next free slot of a channel.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SlotView {
    /// The channel.
    pub channel: ChannelId,
    /// The instant.
    pub at: String,
    /// What the wall shows.
    pub wall: String,
    /// In which zone.
    pub zone: String,
}

/// One channel's counters, problems and preview.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChannelCheck {
    /// The channel.
    pub channel: ChannelId,
    /// Its network.
    pub network: String,
    /// Length of the longest part in the network's units.
    pub count: usize,
    /// Limit of a part.
    pub max: usize,
    /// Length of each part.
    pub parts: Vec<PartCount>,
    /// What is wrong.
    pub problems: Vec<ProblemView>,
    /// What will be seen.
    pub preview: Preview,
}

/// Length and limit of one part.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct PartCount {
    /// So long it is,
    pub count: usize,
    /// so long it may be.
    pub max: usize,
}

/// The post as the network will show it. Text is plain: the browser marks links by itself.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Preview {
    /// The parts of the thread.
    pub parts: Vec<String>,
    /// The pictures as they will be sent.
    pub media: Vec<MediaPreview>,
    /// A card for a link.
    pub link_card: Option<LinkCard>,
    /// First comment.
    pub first_comment: String,
    /// Answers of a poll.
    pub poll: Vec<String>,
}

/// A card for a link. What the author says nothing of is read from the page: `GET …/card`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LinkCard {
    /// Where it leads.
    pub url: String,
    /// The author's own title.
    pub title: Option<String>,
    /// The author's own text.
    pub description: Option<String>,
}

/// A picture and what becomes of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MediaPreview {
    /// The asset.
    pub asset: AssetId,
    /// Its description.
    pub alt: String,
    /// The media type it is converted to, where it is.
    pub converted_to: Option<String>,
    /// Largest size after conversion, in bytes.
    pub max_bytes: Option<u64>,
}

impl App {
    /// Checks what is being written; saves nothing.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for an unknown channel.
    pub async fn check_post(&self, actor: &Actor, brand: BrandId, input: PostInput) -> Result<CheckView, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let channels = self.channels_of(&mut conn, brand, &input.channels).await?;
        let general = input.content.check();
        let mut view =
            CheckView { channels: Vec::new(), slot: Vec::new(), hash: fingerprint(&input.content, &input.channels) };
        for channel in &channels {
            if let Ok(Due { at, wall, zone }) = self.next_slot(&mut conn, channel, self.now()).await {
                let wall = wall_text::format(wall);
                view.slot.push(SlotView { channel: channel.id, at: crate::view::instant(at), wall, zone });
            }
        }
        for mut checked in self.checked(&mut conn, brand, &input.content, &channels).await? {
            checked.problems.splice(0..0, general.iter().cloned());
            view.channels.push(self.channel_check(actor, &checked));
        }
        Ok(view)
    }

    /// One channel's answer in the reader's language.
    pub(crate) fn channel_check(&self, actor: &Actor, checked: &Checked) -> ChannelCheck {
        let media = checked.variant.media.iter().map(|media| {
            let facts = checked.assets.iter().find(|facts| facts.id == media.asset);
            let fit = facts.map(|facts| limits::fit_format(&checked.format, facts));
            let conversion = match fit {
                Some(Fit::Convert(conversion)) => Some(conversion),
                _ => None,
            };
            MediaPreview {
                asset: media.asset,
                alt: media.alt.clone(),
                converted_to: conversion.as_ref().map(|conversion| conversion.mime.to_owned()),
                max_bytes: conversion.map(|conversion| conversion.max_bytes),
            }
        });
        let parts: Vec<PartCount> =
            checked.counts.iter().map(|part| PartCount { count: part.count, max: part.max }).collect();
        ChannelCheck {
            channel: checked.channel.id,
            network: checked.channel.network.clone(),
            count: parts.iter().map(|part| part.count).max().unwrap_or(0),
            max: checked.format.text_max,
            parts,
            problems: self.problem_views(actor, &checked.problems, Some(&checked.channel)),
            preview: Preview {
                parts: checked.composed.parts.clone(),
                media: media.collect(),
                link_card: checked.composed.card.clone().map(|card| LinkCard {
                    url: card.url,
                    title: card.title,
                    description: card.description,
                }),
                first_comment: checked.variant.first_comment.clone(),
                poll: checked.variant.poll.as_ref().map(|poll| poll.options.clone()).unwrap_or_default(),
            },
        }
    }

    /// Problems in the reader's language, with the place they belong to.
    pub(crate) fn problem_views(
        &self,
        actor: &Actor,
        problems: &[Problem],
        channel: Option<&Channel>,
    ) -> Vec<ProblemView> {
        problems
            .iter()
            .map(|problem| {
                let mut view = ProblemView::new(self.texts(), actor.language, problem);
                view.network = channel.map(|channel| channel.network.clone());
                view.channel = channel.map(|channel| channel.id);
                view
            })
            .collect()
    }

    /// What each channel's network says to the content.
    pub(crate) async fn checked(
        &self,
        conn: &mut Conn,
        brand: BrandId,
        content: &Content,
        channels: &[Channel],
    ) -> Result<Vec<Checked>, AppError> {
        let facts = crate::assets::facts(conn, brand, &content.assets()).await?;
        let by_id: HashMap<AssetId, &AssetFacts> = facts.iter().map(|facts| (facts.id, facts)).collect();
        Ok(channels.iter().filter_map(|channel| self.checked_on(content, channel, &by_id)).collect())
    }

    /// `None` where the network of the channel is not built in; such a channel shows its own problem.
    fn checked_on(
        &self,
        content: &Content,
        channel: &Channel,
        facts: &HashMap<AssetId, &AssetFacts>,
    ) -> Option<Checked> {
        let network = self.networks().get(&channel.network)?;
        let variant = content.variant(channel);
        let assets: Vec<AssetFacts> =
            variant.media.iter().filter_map(|media| facts.get(&media.asset).map(|facts| (*facts).clone())).collect();
        let mut problems = limits::check(network, &variant, &assets, &channel.facts);
        if assets.len() < variant.media.len() {
            problems.push(Problem::error("asset-missing", "media"));
        }
        Some(Checked {
            channel: channel.clone(),
            format: network.format(&variant, &channel.facts),
            composed: network.compose(&variant, &channel.facts),
            counts: limits::count(network, &variant, &channel.facts),
            problems,
            assets,
            variant,
        })
    }

    /// How many problems stop the sending, for lists.
    pub(crate) async fn count_problems(&self, conn: &mut Conn, brand: BrandId, row: &PostRow) -> Result<i64, AppError> {
        let channels = self.channels_of(conn, brand, &row.channels).await?;
        let checked = self.checked(conn, brand, &row.content, &channels).await?;
        let count = checked.iter().flat_map(|checked| &checked.problems).filter(|problem| problem.is_error()).count();
        Ok(i64::try_from(count + row.content.check().len()).unwrap_or(i64::MAX))
    }
}
