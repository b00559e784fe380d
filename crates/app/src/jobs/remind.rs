//! Reminds those who may approve of a post that is due soon and that nobody has approved.
//!
//! The reminder, its note in the history and the next job are saved together: run twice, it reminds once.

use sarafan_domain::approval::Standing;
use sarafan_domain::id::{BrandId, PostId};
use sarafan_domain::notice::Kind as NoticeKind;
use sarafan_domain::post::PostState;
use sarafan_domain::time::Timestamp;
use sarafan_store::jobs::{self, ClaimedJob, NewJob};
use sarafan_store::{Conn, StoreError, approvals as rows, posts};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Kind, Outcome};
use crate::approvals::Voice;
use crate::{App, AppError};

#[derive(Debug, Serialize, Deserialize)]
struct OfPost {
    post: PostId,
}

fn dedupe(post: PostId) -> String {
    format!("remind:{post}")
}

/// Puts the job; there is one per post, whose time moves.
pub(crate) async fn put(
    app: &App,
    conn: &mut Conn,
    brand: BrandId,
    post: PostId,
    at: Timestamp,
) -> Result<(), AppError> {
    let job = NewJob {
        id: app.new_id(),
        kind: Kind::Remind.code().to_owned(),
        payload: json!(OfPost { post }),
        run_at: at,
        serial: None,
        dedupe: Some(dedupe(post)),
    };
    Ok(jobs::put(conn, brand, &job).await?)
}

/// Takes the job back: the post has another time, and nobody is reminded before it.
pub(crate) async fn cancel(conn: &mut Conn, brand: BrandId, post: PostId) -> Result<(), AppError> {
    jobs::cancel(conn, brand, &dedupe(post)).await?;
    Ok(())
}

pub(super) async fn run(app: &App, job: &ClaimedJob) -> Result<Outcome, AppError> {
    let OfPost { post } = super::payload(job)?;
    let (inner, held) = (app.clone(), job.clone());
    app.store()
        .write(move |conn| {
            let (app, job) = (inner.clone(), held.clone());
            Box::pin(async move {
                let brand = job.job.brand;
                jobs::complete(conn, &job.token).await?;
                let row = match posts::get(conn, brand, post).await {
                    Ok(row) => row,
                    Err(StoreError::NotFound) => return Ok(()),
                    Err(error) => return Err(AppError::from(error)),
                };
                let standing = rows::get(conn, brand, post).await?.map(|row| row.approval.standing);
                let over = !row.state.is_written() && !matches!(row.state, PostState::Scheduled | PostState::Partly);
                if over || standing != Some(Standing::InReview) {
                    return Ok(());
                }
                app.remember(conn, &row, "reminded", &Voice::nobody(), "", false).await?;
                app.tell_approvers(conn, &row, &Voice::nobody(), NoticeKind::ApprovalSoon, "").await?;
                app.live().tell(brand, crate::live::Event::Post { id: post });
                app.plan_reminder(conn, &row).await
            })
        })
        .await?;
    Ok(Outcome::Settled)
}
