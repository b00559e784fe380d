//! Stopping: one brand, or everything this installation sends. Nothing is lost; what is due waits.

use sarafan_domain::id::BrandId;
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use sarafan_store::{Conn, brands, settings};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::BrandView;
use crate::actor::record;
use crate::live::Event;
use crate::{Actor, App, AppError};

/// The setting that stops everything.
const PAUSED: &str = "paused";
/// Longest reason in characters.
const MAX_REASON: usize = 500;

/// Is everything stopped?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct PauseView {
    /// Nothing goes out while true.
    pub paused: bool,
}

impl App {
    /// Stops a brand, or lets it go on. The reason is kept in the audit log.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a reason that is too long.
    pub async fn pause_brand(
        &self,
        actor: &Actor,
        brand: BrandId,
        paused: bool,
        reason: Option<String>,
    ) -> Result<BrandView, AppError> {
        self.enter(actor, brand, Action::BrandPause).await?;
        let reason = check_reason(reason)?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, reason) = (app.clone(), who.clone(), reason.clone());
                Box::pin(async move {
                    let mut row = brands::get(conn, brand).await?;
                    if row.paused == paused {
                        return Ok(());
                    }
                    row.paused = paused;
                    brands::update(conn, &row).await?;
                    if !paused {
                        app.pause_ended(conn, brand, None).await?;
                    }
                    let action = if paused { "brand.pause" } else { "brand.resume" };
                    let detail = json!({ "reason": reason });
                    record(conn, &app, &who, Some(brand), action, &brand.to_string(), detail).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        self.wake();
        self.brand(actor, brand).await
    }

    /// Stops everything, or lets it go on.
    ///
    /// # Errors
    /// [`AppError::MayNot`] for anybody but an owner of the installation.
    pub async fn pause_everything(&self, actor: &Actor, paused: bool) -> Result<PauseView, AppError> {
        if !actor.installation_owner {
            return Err(AppError::MayNot { action: Action::BrandPause });
        }
        let (app, who) = (self.clone(), actor.clone());
        let all = self
            .store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    let all = brands::all_ids(conn).await?;
                    if paused == is_paused(conn).await? {
                        return Ok(all);
                    }
                    if paused {
                        settings::set(conn, PAUSED, "1").await?;
                    } else {
                        settings::delete(conn, PAUSED).await?;
                        for brand in &all {
                            if !brands::get(conn, *brand).await?.paused {
                                app.pause_ended(conn, *brand, None).await?;
                            }
                        }
                    }
                    let action = if paused { "installation.pause" } else { "installation.resume" };
                    record(conn, &app, &who, None, action, "installation", json!({})).await?;
                    Ok::<_, AppError>(all)
                })
            })
            .await?;
        for brand in all {
            self.live().tell(brand, Event::Brand {});
        }
        self.wake();
        Ok(PauseView { paused })
    }

    /// Is everything stopped?
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn everything_paused(&self) -> Result<PauseView, AppError> {
        Ok(PauseView { paused: is_paused(&mut *self.store().read().await?).await? })
    }
}

/// Is everything stopped?
pub(crate) async fn is_paused(conn: &mut Conn) -> Result<bool, AppError> {
    Ok(settings::get(conn, PAUSED).await?.is_some())
}

/// Stops everything inside the caller's transaction.
pub(crate) async fn pause_all(conn: &mut Conn) -> Result<(), AppError> {
    Ok(settings::set(conn, PAUSED, "1").await?)
}

/// A reason without spaces around it.
pub(crate) fn check_reason(reason: Option<String>) -> Result<Option<String>, Problem> {
    let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    if reason.as_ref().is_some_and(|reason| reason.chars().count() > MAX_REASON) {
        return Err(Problem::error("too-long", "reason").with("max", MAX_REASON));
    }
    Ok(reason)
}
