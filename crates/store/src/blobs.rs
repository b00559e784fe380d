//! The bytes of files: a folder, or storage that speaks S3. What a file is and whose is in `assets`.
//!
//! A file appears whole or not at all: in a folder it is written under another name, flushed and renamed.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart};

use crate::secrets::Secret;
use crate::{Result, StoreError};

/// What opens S3 storage.
#[derive(Debug, Clone)]
pub struct S3Keys {
    /// Access key.
    pub access_key: String,
    /// Its secret.
    pub secret_key: Secret,
}

/// Where the bytes are. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    /// Opens `file:///dir`, which is made where it is missing, or `s3://bucket?endpoint=…&region=…`; an endpoint with
    /// `http://` is allowed.
    ///
    /// # Errors
    /// Unavailable where the folder cannot be made, broken where the address makes no sense.
    pub fn open(address: &str, keys: Option<&S3Keys>) -> Result<Self> {
        if let Some(folder) = address.strip_prefix("file://") {
            std::fs::create_dir_all(folder)
                .map_err(|error| StoreError::Unavailable { reason: format!("folder {folder}: {error}") })?;
            let files = LocalFileSystem::new_with_prefix(folder).map_err(failed)?.with_fsync(true);
            return Ok(Self(Arc::new(files)));
        }
        let rest = address.strip_prefix("s3://").ok_or_else(|| bad("must be file:// or s3://"))?;
        let (bucket, query) = rest.split_once('?').unwrap_or((rest, ""));
        let bucket = bucket.trim_end_matches('/');
        let mut builder = AmazonS3Builder::new().with_bucket_name(bucket).with_region("us-east-1");
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            builder = match pair.split_once('=') {
                Some(("endpoint", value)) => builder.with_endpoint(value).with_allow_http(value.starts_with("http://")),
                Some(("region", value)) => builder.with_region(value),
                _ => return Err(bad("knows endpoint and region only")),
            };
        }
        // The TLS of the client asks for it even where the endpoint is plain; whoever was first has chosen the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let keys = keys.ok_or_else(|| bad("needs an access key and its secret"))?;
        let builder =
            builder.with_access_key_id(&keys.access_key).with_secret_access_key(keys.secret_key.expose_text()?);
        Ok(Self(Arc::new(builder.build().map_err(failed)?)))
    }

    /// Keeps the bytes under `key`, in place of what was there.
    ///
    /// # Errors
    /// Unavailable where the storage cannot be reached or is full.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<()> {
        self.0.put(&path(key)?, PutPayload::from_bytes(bytes)).await.map(|_| ()).map_err(failed)
    }

    /// The bytes under `key`.
    ///
    /// # Errors
    /// Not found; unavailable.
    pub async fn get(&self, key: &str) -> Result<Bytes> {
        self.0.get(&path(key)?).await.map_err(failed)?.bytes().await.map_err(failed)
    }

    /// A part of the bytes under `key`; a range that ends after them gives what there is.
    ///
    /// # Errors
    /// Not found; unavailable; broken where the range begins after the end.
    pub async fn get_range(&self, key: &str, range: Range<u64>) -> Result<Bytes> {
        self.0.get_range(&path(key)?, range).await.map_err(failed)
    }

    /// The bytes under `key`, piece by piece.
    ///
    /// # Errors
    /// Not found; unavailable, also later.
    pub async fn stream(&self, key: &str) -> Result<BoxStream<'static, Result<Bytes>>> {
        let found = self.0.get(&path(key)?).await.map_err(failed)?;
        Ok(found.into_stream().map_err(failed).boxed())
    }

    /// Keeps bytes under `key` that come piece by piece; they appear when [`BlobWriter::finish`] says so.
    ///
    /// # Errors
    /// Broken where the key cannot be one.
    pub fn writer(&self, key: &str) -> Result<BlobWriter> {
        Ok(BlobWriter { blobs: self.clone(), path: path(key)?, first: Vec::new(), rest: None })
    }

    /// Forgets the bytes under `key`, if there are any.
    ///
    /// # Errors
    /// Unavailable.
    pub async fn delete(&self, key: &str) -> Result<()> {
        match self.0.delete(&path(key)?).await.map_err(failed) {
            Err(StoreError::NotFound) => Ok(()),
            other => other,
        }
    }

    /// Is there something under `key`?
    ///
    /// # Errors
    /// Unavailable.
    pub async fn exists(&self, key: &str) -> Result<bool> {
        match self.0.head(&path(key)?).await.map_err(failed) {
            Ok(_) => Ok(true),
            Err(StoreError::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// A file on its way into the storage.
pub struct BlobWriter {
    blobs: Blobs,
    path: Path,
    /// All there is so far, while it is little.
    first: Vec<u8>,
    rest: Option<WriteMultipart>,
}

/// Larger files are put in parts. S3 wants parts of 5 MiB at least.
const PARTS_FROM: usize = 8 << 20;

impl BlobWriter {
    /// The next piece.
    ///
    /// # Errors
    /// Unavailable where the storage cannot be reached or is full.
    pub async fn write(&mut self, bytes: Bytes) -> Result<()> {
        if let Some(parts) = &mut self.rest {
            parts.wait_for_capacity(2).await.map_err(failed)?;
            parts.put(bytes);
            return Ok(());
        }
        self.first.extend_from_slice(&bytes);
        if self.first.len() >= PARTS_FROM {
            let mut parts = WriteMultipart::new(self.blobs.0.put_multipart(&self.path).await.map_err(failed)?);
            parts.put(std::mem::take(&mut self.first).into());
            self.rest = Some(parts);
        }
        Ok(())
    }

    /// It is whole.
    ///
    /// # Errors
    /// Unavailable.
    pub async fn finish(self) -> Result<()> {
        match self.rest {
            Some(parts) => parts.finish().await.map(|_| ()).map_err(failed),
            None => self.blobs.0.put(&self.path, PutPayload::from(self.first)).await.map(|_| ()).map_err(failed),
        }
    }

    /// It will not be whole: nothing stays.
    pub async fn abort(self) {
        if let Some(parts) = self.rest {
            let _ = parts.abort().await;
        }
    }
}

fn path(key: &str) -> Result<Path> {
    Path::parse(key).map_err(|error| StoreError::Broken(format!("not a key of a file: {error}")))
}

fn bad(why: &str) -> StoreError {
    StoreError::Broken(format!("the address of the file storage {why}"))
}

fn failed(error: object_store::Error) -> StoreError {
    match error {
        object_store::Error::NotFound { .. } => StoreError::NotFound,
        object_store::Error::Generic { .. } | object_store::Error::PermissionDenied { .. } => {
            StoreError::Unavailable { reason: error.to_string() }
        }
        other => StoreError::Broken(other.to_string()),
    }
}
