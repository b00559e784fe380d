//! Secrets at rest.

use sarafan_store::StoreError;
use sarafan_store::secrets::{Keyring, Place, Secret};

const OLD: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const NEW: &str = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";

fn place(id: &[u8]) -> Place<'_> {
    Place { table: "credential", id, column: "sealed" }
}

#[test]
fn a_secret_opens_only_where_it_was_sealed() {
    let keys = Keyring::parse(OLD).unwrap();
    let secret = Secret::new("token");
    let sealed = keys.seal(place(b"1"), &secret).unwrap();
    assert_eq!(keys.open(place(b"1"), &sealed).unwrap().expose_text().unwrap(), "token");
    assert!(!sealed.windows(5).any(|part| part == b"token"));
    assert_ne!(sealed, keys.seal(place(b"1"), &secret).unwrap(), "the same secret never looks the same");

    let moved =
        [place(b"2"), Place { table: "pending_connect", ..place(b"1") }, Place { column: "other", ..place(b"1") }];
    for place in moved {
        assert!(matches!(keys.open(place, &sealed), Err(StoreError::Broken(_))), "{place:?}");
    }
    for cut in 0..sealed.len() {
        assert!(keys.open(place(b"1"), &sealed[..cut]).is_err(), "cut to {cut}");
        let mut changed = sealed.clone();
        changed[cut] ^= 1;
        assert!(keys.open(place(b"1"), &changed).is_err(), "byte {cut} changed");
    }
}

#[test]
fn a_new_key_seals_and_the_old_one_still_opens() {
    let old = Keyring::parse(OLD).unwrap();
    let both = Keyring::parse(&format!("{NEW}, {OLD}")).unwrap();
    let sealed = old.seal(place(b"1"), &Secret::new("token")).unwrap();
    assert_eq!(both.open(place(b"1"), &sealed).unwrap(), Secret::new("token"));
    assert!(old.is_current(&sealed) && !both.is_current(&sealed));
    let again = both.seal(place(b"1"), &Secret::new("token")).unwrap();
    assert!(both.is_current(&again));
    assert!(old.open(place(b"1"), &again).is_err(), "its key is missing");
}

#[test]
fn the_key_file_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    let first = Keyring::load_or_create(&path).unwrap();
    let sealed = first.seal(place(b"1"), &Secret::new("token")).unwrap();
    let second = Keyring::load_or_create(&path).unwrap();
    assert_eq!(second.open(place(b"1"), &sealed).unwrap(), Secret::new("token"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
    std::fs::write(&path, "not a key").unwrap();
    assert!(matches!(Keyring::load_or_create(&path), Err(StoreError::Broken(_))), "a damaged file is never replaced");
}

#[test]
fn nothing_prints_a_secret() {
    let keys = Keyring::parse(OLD).unwrap();
    assert!(!format!("{:?} {keys:?}", Secret::new("token")).contains("token"));
    for bad in
        ["", "abc", OLD.trim_start_matches("00"), "zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"]
    {
        let error = Keyring::parse(bad).unwrap_err().to_string();
        assert!(bad.is_empty() || !error.contains(bad), "{error}");
    }
}
