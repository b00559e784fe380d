//! `sarafan mcp`: an assistant on this machine, over standard input and output.

use tokio::sync::watch;

use crate::config::Config;
use crate::house;
use crate::trouble::{Outcome, Trouble};

/// Carries the token of the assistant.
const TOKEN: &str = "SARAFAN_TOKEN";

/// Answers until its input ends.
///
/// # Errors
/// No token, one that opens nothing, or an installation that cannot be opened.
pub(crate) async fn run(config: &Config, opened: &mut Option<sarafan_app::App>) -> Outcome {
    let token = std::env::var(TOKEN).ok().filter(|token| !token.trim().is_empty());
    let token = token.ok_or_else(|| Trouble::say("cli-mcp-no-token").remedy("cli-mcp-no-token-remedy").usage())?;
    let house = house::open(config, config.public_address(&config.listen), false).await?;
    *opened = Some(house.app.clone());
    house.app.admit(token.trim()).await?;
    let (_stop, stopping) = watch::channel(false);
    let router = sarafan_web::router(house.app.clone(), sarafan_web::Settings::default(), stopping)
        .map_err(|error| Trouble::say("cli-bad-public-url").with("reason", error.to_string()).usage())?;
    let ended = sarafan_web::assist(router, token.trim()).await;
    house.close().await;
    ended.map_err(|error| Trouble::say("cli-mcp-broken").with("reason", error.to_string()))
}
