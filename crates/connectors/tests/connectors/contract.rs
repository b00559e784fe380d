//! The contract of docs/network-spec.md, rule by rule, for every network that is built in.

use std::path::Path;

use sarafan_connectors::ALL;
use sarafan_network::contract::{self, Fixtures};

fn fixtures() -> Vec<Result<Fixtures<'static>, String>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    ALL.iter().map(|network| Fixtures::read(*network, &src.join(network.about().id).join("fixtures"))).collect()
}

macro_rules! rules {
    ($($rule:ident $($wait:ident)?;)*) => {$(
        #[tokio::test]
        async fn $rule() {
            let mut broken = Vec::new();
            for all in fixtures() {
                match all {
                    Ok(all) => broken.extend(contract::$rule(&all)$(.$wait)?.err()),
                    Err(missing) => broken.push(missing),
                }
            }
            assert!(broken.is_empty(), "{}", broken.join("\n"));
        }
    )*};
}

rules! {
    c1_about;
    c2_texts;
    c3_limits;
    c4_failures await;
    c5_steps await;
    c6_secrets await;
    c7_key await;
    c8_find await;
    c9_threads await;
    c10_paging await;
    c11_gone await;
}

/// Every folder beside lib.rs is a network in the list: none is forgotten.
#[test]
fn every_folder_is_registered() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(src).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            assert!(ALL.iter().any(|network| network.about().id == name), "src/{name} is not in the list of lib.rs");
        }
    }
}
