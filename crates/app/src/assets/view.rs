//! A file as the API shows it, with what the brand's networks would say to it.

use std::collections::BTreeSet;

use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::channel::Channel;
use sarafan_domain::id::AssetId;
use sarafan_domain::problem::Problem;
use sarafan_network::check::{Fit, fit_format};
use sarafan_store::assets::AssetRow;
use serde::Serialize;
use utoipa::ToSchema;

use crate::view::instant;
use crate::{Actor, App};

/// A file of the library.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AssetView {
    /// Its id.
    pub id: AssetId,
    /// Its name, for people.
    pub name: String,
    /// The folder; empty for the top.
    pub folder: String,
    /// Free labels.
    pub labels: Vec<String>,
    /// What it is for a network.
    pub kind: AssetKind,
    /// Media type by its content.
    pub mime: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Width in pixels as shown; 0 where there is none.
    pub width: u32,
    /// Height in pixels as shown; 0 where there is none.
    pub height: u32,
    /// Length in seconds, where it has one.
    pub seconds: Option<f64>,
    /// What it shows, for people who cannot see it.
    pub alt: String,
    /// Where it comes from.
    pub source: String,
    /// Who allowed what.
    pub rights: String,
    /// When it was added.
    pub created_at: String,
    /// How many posts show it.
    pub used: i64,
    /// What the brand's networks would say to it.
    pub problems: Vec<AssetProblem>,
}

/// What a network would say to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AssetProblem {
    /// Which network.
    pub network: String,
    /// Name of the problem.
    pub code: String,
    /// In words.
    pub message: String,
    /// The one-click mend that helps, by name.
    pub fix: Option<String>,
}

/// A page of the library.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AssetPage {
    /// The files.
    pub items: Vec<AssetView>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Every folder that holds something.
    pub folders: Vec<FolderView>,
    /// Every label in use.
    pub labels: Vec<String>,
}

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FolderView {
    /// Its name; empty for the top.
    pub name: String,
    /// How many files are in it.
    pub count: i64,
}

impl AssetView {
    pub(super) fn new(row: AssetRow, used: i64, problems: Vec<AssetProblem>) -> Self {
        let AssetFacts { id, kind, mime, bytes, width, height, seconds } = row.facts;
        Self {
            id,
            kind,
            mime,
            bytes,
            width,
            height,
            seconds,
            name: row.name,
            folder: row.folder,
            labels: row.labels,
            alt: row.alt,
            source: row.source,
            rights: row.rights,
            created_at: instant(row.created_at),
            used,
            problems,
        }
    }
}

impl App {
    /// Each network says each thing once, however many channels the brand has there.
    pub(super) fn asset_problems(&self, actor: &Actor, facts: &AssetFacts, channels: &[Channel]) -> Vec<AssetProblem> {
        let mut said = BTreeSet::new();
        let mut problems = Vec::new();
        for channel in channels {
            let Some(network) = self.networks().get(&channel.network) else { continue };
            let format = network.format(&Default::default(), &channel.facts);
            let problem = match fit_format(&format, facts) {
                Fit::AsIs => continue,
                Fit::Refuse(problem) => problem,
                Fit::Convert(to) => {
                    let fix = if to.mime == facts.mime { "shrink_image" } else { "convert_image" };
                    let problem = Problem::warning("media-will-be-converted", "media").with("type", to.mime);
                    problem.with("max", to.max_bytes).fix(fix)
                }
            };
            if said.insert((channel.network.clone(), problem.code.clone())) {
                // The sentences count the media of a post; here there is one.
                let problem = problem.with("n", 1_usize);
                problems.push(AssetProblem {
                    network: channel.network.clone(),
                    message: self.texts().problem(actor.language, &problem).message,
                    code: problem.code.into_owned(),
                    fix: problem.fix.map(std::borrow::Cow::into_owned),
                });
            }
        }
        problems
    }
}
