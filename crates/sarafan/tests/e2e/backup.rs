//! Back-up and restore as a person does it, from one engine to the other and back.

use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

use crate::program::{ask, program, run, text};

const PASSWORD: &str = "correct horse battery\n";
const PASSPHRASE: &str = "a passphrase of several words\n";

/// An installation with a person, a brand, posts and a picture.
fn filled(data: &Path) {
    ask(data, &["owner", "create", "--email", "a@e.org"], PASSWORD);
    ask(data, &["brand", "create", "Зерно", "--language", "ru", "--time-zone", "Europe/Moscow", "--country", "RU"], "");
    let plan = std::path::absolute(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/plan")).unwrap();
    let (file, media) = (plan.join("plan.csv"), plan.join("media"));
    ask(data, &["plan", "import", file.to_str().unwrap(), "--media", media.to_str().unwrap()], "");
}

fn try_it(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = program(data);
    command.args(arguments);
    run(command, input)
}

fn posts(data: &Path, database: &str) -> Value {
    let list = ask(data, &["post", "list", "--database", database], "");
    assert!(list["items"].as_array().unwrap().len() > 5, "{list}");
    list
}

/// A schema of its own on the server of the tests.
fn postgres() -> Option<String> {
    let Ok(server) = std::env::var("SARAFAN_TEST_POSTGRES") else {
        println!("skipped: SARAFAN_TEST_POSTGRES is not set");
        return None;
    };
    let schema =
        format!("e2e_{}_{}", std::process::id(), std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        sqlx::any::install_default_drivers();
        let mut conn = <sqlx::AnyConnection as sqlx::Connection>::connect(&server).await.unwrap();
        let text = sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
        sqlx::raw_sql(text).execute(&mut conn).await.unwrap();
    });
    let mark = if server.contains('?') { '&' } else { '?' };
    Some(format!("{server}{mark}options=-csearch_path%3D{schema}"))
}

#[test]
fn everything_moves_to_another_engine_and_back() {
    let (one, two, three) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let home = |folder: &tempfile::TempDir| format!("sqlite://{}/sarafan.db", folder.path().display());
    filled(one.path());
    let made = ask(one.path(), &["backup", "first"], "");
    assert!(made["files"].as_u64().unwrap() > 0 && made["missing_files"] == 0, "{made}");
    let first = one.path().join("first").display().to_string();
    let before = posts(one.path(), &home(&one));
    let database = postgres().unwrap_or_else(|| home(&two));
    let done = ask(two.path(), &["restore", &first, "--database", &database], "");
    assert_eq!(done["restored"]["rows"], made["rows"], "{done}");
    assert_eq!(posts(two.path(), &database), before);
    ask(two.path(), &["backup", "second", "--database", &database], "");
    let second = two.path().join("second").display().to_string();
    ask(three.path(), &["restore", &second], "");
    assert_eq!(posts(three.path(), &home(&three)), before);
    let count = |folder: &Path| std::fs::read_dir(folder.join("media")).unwrap().count();
    assert_eq!(count(three.path()), count(one.path()));
}

#[test]
fn a_restore_that_may_not_be_touches_nothing() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    filled(one.path());
    ask(one.path(), &["backup", "file"], "");
    let good = one.path().join("file").display().to_string();
    let mut bytes = std::fs::read(&good).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(one.path().join("damaged"), &bytes).unwrap();
    std::fs::write(one.path().join("foreign"), "hello").unwrap();
    for (name, words) in [("damaged", "damaged near byte"), ("foreign", "is not a back-up"), ("none", "cannot be read")]
    {
        let path = one.path().join(name).display().to_string();
        let output = try_it(two.path(), &["restore", &path, "--data", "new"], "");
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(text(&output.stderr).contains(words), "{}", text(&output.stderr));
        assert!(!two.path().join("new").exists(), "{name}: not even a folder was made");
    }
    let whole = ask(two.path(), &["restore", &good, "--dry-run", "--data", "new"], "");
    assert!(whole["rows"].as_u64().unwrap() > 10 && !two.path().join("new").exists(), "{whole}");
    let output = try_it(one.path(), &["restore", &good, "--lang", "ru"], "");
    assert!(text(&output.stderr).contains("--replace-everything"), "{}", text(&output.stderr));
    let again = try_it(one.path(), &["backup", "file", "--lang", "pl"], "");
    assert!(text(&again.stderr).contains("już istnieje"), "{}", text(&again.stderr));
    let done = ask(one.path(), &["restore", &good, "--replace-everything"], "");
    assert!(done["restored"]["rows"].as_u64().unwrap() > 10);
}

#[test]
fn keys_travel_under_a_passphrase() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    filled(one.path());
    ask(one.path(), &["backup", "file", "--with-keys"], PASSPHRASE);
    let good = one.path().join("file").display().to_string();
    let wrong = try_it(two.path(), &["restore", &good, "--with-keys", "--data", "new"], "another passphrase\n");
    assert!(text(&wrong.stderr).contains("do not open"), "{}", text(&wrong.stderr));
    assert!(!two.path().join("new").exists());
    let done = ask(two.path(), &["restore", &good, "--with-keys"], PASSPHRASE);
    assert_eq!(done["has_key"], json!(true));
    let keys = |folder: &Path| std::fs::read_to_string(folder.join("keys")).unwrap();
    assert!(keys(two.path()).starts_with(&keys(one.path())), "the restored key seals from now on");
}

/// A disk without room: here a limit for the size of files.
#[cfg(unix)]
#[test]
fn a_backup_that_does_not_fit_leaves_nothing_behind() {
    let one = tempfile::tempdir().unwrap();
    filled(one.path());
    let shell = program(one.path());
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" backup file --lang en"]).arg(shell.get_program());
    limited.current_dir(one.path()).env("SARAFAN_DATA", one.path());
    let output = run(limited, "");
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("cannot be read or written"), "{}", text(&output.stderr));
    let left: Vec<_> = std::fs::read_dir(one.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with("file")), "{left:?}");
}
