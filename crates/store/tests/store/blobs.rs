//! The bytes of files, in a folder and in S3 storage.

use bytes::Bytes;
use sarafan_store::StoreError;
use sarafan_store::blobs::{Blobs, S3Keys};
use sarafan_store::secrets::Secret;

async fn bytes_are_kept(blobs: &Blobs, prefix: &str) {
    let key = format!("{prefix}/aa/file.jpg");
    assert!(!blobs.exists(&key).await.unwrap());
    assert!(matches!(blobs.get(&key).await, Err(StoreError::NotFound)));
    blobs.put(&key, Bytes::from_static(b"0123456789")).await.unwrap();
    blobs.put(&key, Bytes::from_static(b"abcdefghij")).await.unwrap();
    assert!(blobs.exists(&key).await.unwrap());
    assert_eq!(blobs.get(&key).await.unwrap(), "abcdefghij");
    assert_eq!(blobs.get_range(&key, 2..5).await.unwrap(), "cde");
    assert_eq!(blobs.get_range(&key, 8..50).await.unwrap(), "ij");
    blobs.delete(&key).await.unwrap();
    blobs.delete(&key).await.unwrap();
    assert!(!blobs.exists(&key).await.unwrap());
    assert!(blobs.put("../outside", Bytes::new()).await.is_err(), "a key cannot leave the storage");
}

#[tokio::test]
async fn in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("file://{}/media", folder.path().display());
    bytes_are_kept(&Blobs::open(&address, None).unwrap(), "test").await;
}

#[tokio::test]
async fn in_s3() {
    let Ok(text) = std::env::var("SARAFAN_TEST_S3") else {
        println!("skipped: SARAFAN_TEST_S3 is not set");
        return;
    };
    bytes_are_kept(&s3(&text), &uuid::Uuid::now_v7().to_string()).await;
}

/// The storage that the environment names.
pub(crate) fn s3(text: &str) -> Blobs {
    let server: serde_json::Value = serde_json::from_str(text).unwrap();
    let word = |key: &str| server[key].as_str().unwrap().to_owned();
    let keys = S3Keys { access_key: word("access_key"), secret_key: Secret::new(word("secret_key")) };
    let address = format!("s3://{}?endpoint={}&region={}", word("bucket"), word("endpoint"), word("region"));
    Blobs::open(&address, Some(&keys)).unwrap()
}

#[test]
fn an_address_that_makes_no_sense_is_refused() {
    for address in ["", "ftp://x", "s3://bucket", "s3://bucket?path=x"] {
        assert!(matches!(Blobs::open(address, None), Err(StoreError::Broken(_))), "{address}");
    }
}
