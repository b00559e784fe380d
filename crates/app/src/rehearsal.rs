//! Rehearsals: a command is carried out to its end inside a transaction, its outcome is read there, and all of it is taken
//! back. What is answered is what would happen, because it did.

use futures::future::BoxFuture;
use sarafan_store::{Conn, StoreError};

use crate::{App, AppError};

/// How a rehearsal ends: it never commits.
enum End<T> {
    Shown(T),
    Failed(AppError),
}

impl<T> From<StoreError> for End<T> {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl App {
    /// Carries `work` out, takes it back, and tells what came of it. Nobody is told of it, and no job is left.
    ///
    /// # Errors
    /// What `work` says.
    pub(crate) async fn rehearse<T, F>(&self, work: F) -> Result<T, AppError>
    where
        F: for<'t> Fn(&'t mut Conn) -> BoxFuture<'t, Result<T, AppError>> + Send + Sync + 'static,
        T: Send + 'static,
    {
        let ended = self
            .store()
            .write(move |conn| {
                let work = work(conn);
                Box::pin(async move {
                    match work.await {
                        Ok(shown) => Err::<(), _>(End::Shown(shown)),
                        Err(error) => Err(End::Failed(error)),
                    }
                })
            })
            .await;
        match ended {
            Err(End::Shown(shown)) => Ok(shown),
            Err(End::Failed(error)) => Err(error),
            Ok(()) => Err(AppError::Broken("a rehearsal was committed".to_owned())),
        }
    }
}
