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
    )*

        /// Names of the rules.
        const RULES: &[&str] = &[$(stringify!($rule)),*];
    };
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

/// docs/network-spec.md names every rule, and every test that it names exists.
#[test]
fn the_specification_names_real_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let spec = read("docs/network-spec.md");
    for rule in RULES {
        assert!(spec.contains(&format!("`{rule}`")), "docs/network-spec.md does not name {rule}");
    }
    let sources = [
        "crates/network/src/contract.rs",
        "crates/network/src/contract/tests.rs",
        "crates/network/src/check/tests.rs",
        "crates/connectors/src/html.rs",
        "crates/connectors/tests/connectors/contract.rs",
        "crates/connectors/tests/connectors/bluesky.rs",
        "crates/connectors/tests/connectors/mastodon.rs",
    ]
    .map(read)
    .concat();
    // Tests stand in the last column of the tables.
    let columns = spec.lines().filter(|line| line.starts_with("| ")).filter_map(|line| line.rsplit('|').nth(1));
    let named = columns.flat_map(|column| column.split('`').skip(1).step_by(2)).filter(|name| name.contains('_'));
    let mut count = 0;
    for name in named {
        let function = name.rsplit("::").next().unwrap();
        let defined = RULES.contains(&function) || sources.contains(&format!("fn {function}("));
        assert!(defined, "docs/network-spec.md names {name}, which is no test");
        count += 1;
    }
    assert!(count > 20, "the tables were not read: {count}");
}
