//! Asking again and again until something is so, with a deadline. The one place of this harness that lets time pass: what
//! it asks is another process, which tells nobody when it is done.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// Between two questions.
const PAUSE: Duration = Duration::from_millis(150);

/// The length of a fault: an outage lasts so long, whatever others do meanwhile.
pub(crate) async fn pass(length: Duration) {
    tokio::time::sleep(length).await;
}

/// Asks until there is an answer. An error of `ask` counts as "not yet"; the last one is told when time is over.
///
/// # Errors
/// In vain for `limit`.
pub(crate) async fn until<T>(
    what: &str,
    limit: Duration,
    mut ask: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let begun = Instant::now();
    loop {
        let said = ask().await;
        if let Ok(Some(found)) = said {
            return Ok(found);
        }
        if begun.elapsed() > limit {
            match said {
                Err(error) => return Err(error.context(format!("in vain for {} s: {what}", limit.as_secs()))),
                Ok(_) => bail!("in vain for {} s: {what}", limit.as_secs()),
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}
