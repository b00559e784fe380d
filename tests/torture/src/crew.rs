//! The processes of a round: who runs, who is ended, frozen or cut off and when, and who is started again.

use std::time::Duration;

use anyhow::{Result, bail};
use jiff::Timestamp;
use serde_json::Value;

use crate::house::{House, word};
use crate::plan::{Fault, Round};
use crate::program::Running;
use crate::proxy::Mood;
use crate::round::{deliveries, state};
use crate::wait::{pass, until};

/// How long something that was begun may take to show.
const SHOWS: Duration = Duration::from_secs(60);

/// Who runs.
pub(crate) struct Crew {
    /// Pages, and the worker too where there is only one process.
    main: Option<Running>,
    /// The worker to which something happens.
    victim: Option<Running>,
    /// The worker that goes on.
    other: Option<Running>,
    /// The main process does all, and may die of its trap.
    alone: bool,
    by_proxy: bool,
    trapped: bool,
    reached: bool,
}

impl Crew {
    /// Starts those with whom a round begins.
    pub(crate) async fn begin(house: &mut House, round: &Round, trap: Option<String>) -> Result<Self> {
        let by_proxy = round.fault == Fault::DatabaseAway;
        let alone = !matches!(round.fault, Fault::None | Fault::Freeze | Fault::KillOne | Fault::CutOff);
        let mut crew =
            Self { main: None, victim: None, other: None, alone, by_proxy, trapped: trap.is_some(), reached: false };
        if alone {
            crew.main = Some(house.serve(trap.as_deref(), by_proxy).await?);
            crew.look_after(house).await?;
            return Ok(crew);
        }
        let pages = house.program.start(&["serve", "--web", "--listen", "127.0.0.1:0"], None, None).await?;
        house.client = house.client.at(&pages.host);
        crew.main = Some(pages);
        let trap = trap.map(|trap| format!("{trap}:stop"));
        let database = if round.fault == Fault::CutOff { Some(house.by_proxy()?) } else { None };
        crew.victim = Some(house.program.start(&["work"], trap.as_deref(), database.as_deref()).await?);
        if round.fault == Fault::None {
            crew.other = Some(house.program.start(&["work"], None, None).await?);
        }
        Ok(crew)
    }

    /// Starts again what died of its trap.
    pub(crate) async fn look_after(&mut self, house: &mut House) -> Result<()> {
        if !self.alone {
            return Ok(());
        }
        let dead = match &mut self.main {
            Some(main) => main.is_dead() || main.host.is_empty(),
            None => true,
        };
        if dead {
            if !self.trapped || self.reached {
                bail!("the program died by itself, see {}", house.program.log().display());
            }
            self.reached = true;
            self.main = Some(house.serve(None, self.by_proxy).await?);
        }
        Ok(())
    }

    /// Does to the crew, the database or the disk what the fault says, while requests are under way.
    pub(crate) async fn break_things(&mut self, house: &mut House, round: &Round, from: Timestamp) -> Result<()> {
        match round.fault {
            Fault::Freeze => {
                until("the worker stands still", SHOWS, async || {
                    Ok(self.victim.as_ref().is_some_and(Running::is_stopped).then_some(()))
                })
                .await?;
                self.other = Some(house.program.start(&["work"], None, None).await?);
            }
            Fault::KillOne => {
                under_way(house, from).await?;
                self.other = Some(house.program.start(&["work"], None, None).await?);
                if let Some(victim) = self.victim.take() {
                    victim.kill().await?;
                }
            }
            Fault::CutOff => {
                under_way(house, from).await?;
                let mood = if round.seed.is_multiple_of(2) { Mood::Hole } else { Mood::Refuse };
                if let Some(proxy) = &house.proxy {
                    proxy.set(mood);
                }
                self.other = Some(house.program.start(&["work"], None, None).await?);
            }
            Fault::DatabaseAway => {
                under_way(house, from).await?;
                if let Some(proxy) = &house.proxy {
                    proxy.set(Mood::Refuse);
                    pass(Duration::from_secs(round.away)).await;
                    proxy.set(Mood::Pass);
                }
            }
            Fault::FullDisk => {
                let before = house.stage.requests().await?;
                until("requests are under way", SHOWS, async || {
                    Ok((house.stage.requests().await? > before + 2).then_some(()))
                })
                .await?;
                house.disk()?.fill()?;
                pass(Duration::from_secs(round.away)).await;
                house.disk()?.empty()?;
            }
            // Its server must see the deliveries that the proxy lets through again.
            Fault::Real("swallow" | "cut" | "refuse") => {
                pass(Duration::from_secs(round.away)).await;
                house.stage.set(Mood::Pass);
            }
            Fault::None | Fault::Kill | Fault::Network(_) | Fault::Real(_) => {
                self.reached |= round.fault != Fault::Kill;
                return Ok(());
            }
        }
        self.reached = true;
        Ok(())
    }

    /// Wakes whoever was frozen or cut off, and waits until it works again: what it held must not leave now.
    pub(crate) async fn mend_things(&mut self, house: &House, round: &Round) -> Result<()> {
        match round.fault {
            Fault::Freeze => {
                if let Some(victim) = &self.victim {
                    victim.signal("CONT").await?;
                }
            }
            Fault::CutOff => {
                if let Some(proxy) = &house.proxy {
                    proxy.set(Mood::Pass);
                }
            }
            _ => return Ok(()),
        }
        until("both workers live", SHOWS, async || {
            let (_, health) = house.client.look("/health").await?;
            let living = health.get("worker").and_then(|worker| worker.get("living")).and_then(Value::as_u64);
            Ok((living == Some(2)).then_some(()))
        })
        .await
    }

    /// Asks until it works, starting the program again where it died.
    pub(crate) async fn keep_asking<T>(
        &mut self,
        house: &mut House,
        ask: impl AsyncFn(&House) -> Result<T>,
    ) -> Result<T> {
        until("the program answers", SHOWS, async || {
            self.look_after(house).await?;
            ask(house).await.map(Some)
        })
        .await
    }

    /// Whether what the round is about took place.
    pub(crate) fn reached(&self) -> bool {
        self.reached
    }

    /// Ends everybody.
    pub(crate) async fn end(self) -> Result<()> {
        for running in [self.main, self.victim, self.other].into_iter().flatten() {
            running.kill().await?;
        }
        Ok(())
    }
}

/// Waits until something is being sent.
async fn under_way(house: &House, from: Timestamp) -> Result<()> {
    until("requests are under way", SHOWS, async || {
        let all = deliveries(house, from).await?;
        Ok(all.iter().any(|one| state(one) == "sending").then_some(()))
    })
    .await
}

async fn history(house: &House, delivery: &Value) -> Result<Vec<(String, String)>> {
    let path = format!("{}/deliveries/{}", house.brand, word(delivery, "id")?);
    let detail = house.client.ask("GET", &path, None).await?;
    let rows = detail.get("history").and_then(Value::as_array).cloned().unwrap_or_default();
    Ok(rows
        .iter()
        .map(|row| (word(row, "kind").unwrap_or_default(), word(row, "outcome").unwrap_or_default()))
        .collect())
}

/// How many requests to publish were started for a delivery.
pub(crate) async fn attempts(house: &House, delivery: &Value) -> Result<usize> {
    let rows = history(house, delivery).await?;
    Ok(rows.iter().filter(|(kind, _)| ["publish", "resume"].contains(&kind.as_str())).count())
}

/// How many steps of a delivery are known to be done.
pub(crate) async fn steps_done(house: &House, delivery: &Value) -> Result<usize> {
    let rows = history(house, delivery).await?;
    Ok(rows.iter().filter(|(_, outcome)| ["done", "wait", "found"].contains(&outcome.as_str())).count())
}

/// How many steps of a delivery were repeated with the network's own key.
pub(crate) async fn repeated(house: &House, delivery: &Value) -> Result<u32> {
    let network = word(delivery, "network")?;
    let repeat = sarafan_connectors::registry().get(&network).map(|network| network.about().repeat);
    if repeat != Some(sarafan_network::Repeat::NativeKey) {
        return Ok(0);
    }
    let more = attempts(house, delivery).await?.saturating_sub(steps_done(house, delivery).await?);
    Ok(u32::try_from(more).unwrap_or(u32::MAX))
}
