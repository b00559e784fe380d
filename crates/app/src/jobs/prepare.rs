//! Converts the pictures of a scheduled post ahead of its time and reads the page that its link leads to, so that nothing but the request is left to do then.

use sarafan_domain::id::{BrandId, PostId};
use sarafan_store::jobs::{self, ClaimedJob, NewJob};
use sarafan_store::{Conn, StoreError, posts};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Kind, Outcome};
use crate::{App, AppError};

#[derive(Debug, Serialize, Deserialize)]
struct OfPost {
    post: PostId,
}

/// Puts the job.
pub(crate) async fn plan(app: &App, conn: &mut Conn, brand: BrandId, post: PostId) -> Result<(), AppError> {
    let job = NewJob {
        id: app.new_id(),
        kind: Kind::Prepare.code().to_owned(),
        payload: json!(OfPost { post }),
        run_at: app.now(),
        serial: None,
        dedupe: Some(format!("prepare:{post}")),
    };
    jobs::put(conn, brand, &job).await?;
    Ok(())
}

pub(super) async fn run(app: &App, job: &ClaimedJob) -> Result<Outcome, AppError> {
    let OfPost { post } = super::payload(job)?;
    let (row, channels) = {
        let mut conn = app.store().read().await?;
        let row = match posts::get(&mut conn, job.job.brand, post).await {
            Ok(row) => row,
            Err(StoreError::NotFound) => return Ok(Outcome::Done),
            Err(error) => return Err(error.into()),
        };
        let channels = app.channels_of(&mut conn, row.brand, &row.channels).await?;
        (row, channels)
    };
    for channel in channels {
        let Some(network) = app.networks().get(&channel.network) else { continue };
        let variant = row.content.variant(&channel);
        let format = network.format(&variant, &channel.facts);
        // What cannot be converted is told when the post is checked and again when it is sent.
        if let Err(failure) = app.prepare_media(row.brand, &format, &variant.media).await {
            tracing::debug!(%post, %failure, "a picture could not be converted ahead of time");
        }
        if let Some(wish) = network.compose(&variant, &channel.facts).card {
            app.read_card(row.brand, &wish.url).await;
        }
    }
    Ok(Outcome::Done)
}
