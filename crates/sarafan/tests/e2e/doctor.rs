//! The doctor and an ailing database, through the program: exit codes, names, remedies, and nothing lost.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::program::{ask, program, run, text};

const PASSWORD: &str = "correct horse battery\n";

fn doctor(data: &Path, arguments: &[&str]) -> (Option<i32>, Value, String) {
    let mut command = program(data);
    command.arg("doctor").args(["--no-network", "--json", "--lang", "en"]).args(arguments);
    let output = run(command, "");
    let told = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (output.status.code(), told, text(&output.stdout) + &text(&output.stderr))
}

fn codes(told: &Value, weight: &str) -> Vec<String> {
    let all = told["findings"].as_array().unwrap().iter().filter(|one| one["weight"] == weight);
    all.map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

fn tried(data: &Path, arguments: &[&str]) -> Output {
    let mut command = program(data);
    command.args(arguments);
    run(command, "")
}

#[test]
fn a_new_installation_is_well() {
    let folder = tempfile::tempdir().unwrap();
    ask(folder.path(), &["owner", "create", "--email", "a@e.org"], PASSWORD);
    let (code, told, words) = doctor(folder.path(), &[]);
    assert_eq!((code, &told["ok"]), (Some(0), &Value::Bool(true)), "{words}");
    let well = codes(&told, "fine");
    for expected in ["settings", "folder", "room", "database", "clock", "storage", "channels"] {
        assert!(well.iter().any(|code| code == expected), "{expected}: {words}");
    }
    let people = tried(folder.path(), &["doctor", "--no-network", "--lang", "ru"]);
    assert!(text(&people.stdout).contains("Всё в порядке."), "{}", text(&people.stdout));
}

#[test]
fn where_nothing_is_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let (code, told, words) = doctor(folder.path(), &["--data", "none"]);
    assert_eq!((code, codes(&told, "error")), (Some(1), vec!["folder-none".to_owned()]), "{words}");
    assert!(!folder.path().join("none").exists());
    // Without the keys Sarafan would make new ones: the doctor does not.
    ask(folder.path(), &["owner", "create", "--email", "a@e.org"], PASSWORD);
    std::fs::remove_file(folder.path().join("keys")).unwrap();
    let (code, told, words) = doctor(folder.path(), &[]);
    assert_eq!((code, codes(&told, "error")), (Some(1), vec!["keys-none".to_owned()]), "{words}");
    assert!(!folder.path().join("keys").exists());
}

#[test]
fn secrets_are_masked() {
    let folder = tempfile::tempdir().unwrap();
    ask(folder.path(), &["owner", "create", "--email", "a@e.org"], PASSWORD);
    let (code, told, words) = doctor(folder.path(), &["--database", "postgres://me:hunter2@127.0.0.1:1/none"]);
    assert_eq!((code, codes(&told, "error")), (Some(1), vec!["no_database".to_owned()]), "{words}");
    assert!(words.contains("me:***@") && !words.contains("hunter2"), "{words}");
}

#[test]
fn a_public_address_that_is_not_ours_is_told() {
    let folder = tempfile::tempdir().unwrap();
    ask(folder.path(), &["owner", "create", "--email", "a@e.org"], PASSWORD);
    let mut command = program(folder.path());
    command.env("SARAFAN_PUBLIC_URL", "http://127.0.0.1:1").args(["doctor", "--json"]);
    let output = run(command, "");
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), codes(&told, "warning")), (Some(1), vec!["public-away".to_owned()]), "{told}");
}

/// Overwritten bytes: no panic, the file by its name, what helps, exit code 1, and the file as it was.
#[test]
fn a_damaged_database_is_told_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    ask(folder.path(), &["owner", "create", "--email", "a@e.org"], PASSWORD);
    let path = folder.path().join("sarafan.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..200].fill(0xA5);
    std::fs::write(&path, &bytes).unwrap();
    for arguments in [&["serve", "--listen", "127.0.0.1:0"][..], &["work"], &["brand", "list"], &["backup", "file"]] {
        let output = tried(folder.path(), arguments);
        let words = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?} {words}");
        assert!(words.contains("sarafan.db is damaged") && words.contains("docs/recovery.md"), "{arguments:?} {words}");
        assert!(!words.contains("panicked"), "{words}");
    }
    let (code, told, words) = doctor(folder.path(), &[]);
    assert_eq!((code, codes(&told, "error")), (Some(1), vec!["database_damaged".to_owned()]), "{words}");
    assert!(std::fs::read(&path).unwrap() == bytes && !folder.path().join("file").exists());
}

/// The way of docs/recovery.md: what is damaged goes aside, the back-up comes back.
#[test]
fn a_damaged_database_is_replaced_by_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    ask(data, &["owner", "create", "--email", "a@e.org"], PASSWORD);
    ask(data, &["brand", "create", "Зерно", "--language", "ru", "--time-zone", "Europe/Moscow", "--country", "RU"], "");
    ask(data, &["backup", "file"], "");
    std::fs::write(data.join("sarafan.db"), "what is left").unwrap();
    std::fs::rename(data.join("sarafan.db"), data.join("damaged.db")).unwrap();
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(data.join(format!("sarafan.db{end}")));
    }
    ask(data, &["restore", "file"], "");
    assert_eq!(ask(data, &["brand", "list"], "")[0]["name"], "Зерно");
}

#[test]
fn a_database_that_may_only_be_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    ask(folder.path(), &["owner", "create", "--email", "a@e.org"], PASSWORD);
    let url = format!("sqlite://{}/sarafan.db?mode=ro", folder.path().display());
    let output = tried(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--database", &url]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("can only be read"), "{}", text(&output.stderr));
}

/// No room: here a limit for the size of files, under which SQLite's log cannot grow.
#[cfg(unix)]
#[test]
fn without_room_nothing_is_half_saved() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    ask(data, &["owner", "create", "--email", "a@e.org"], PASSWORD);
    let brand = ["brand", "create", "B", "--language", "en", "--time-zone", "UTC", "--country", "GB"];
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""]).arg(program(data).get_program());
    limited.args(brand).current_dir(data).env("SARAFAN_DATA", data);
    let output = run(limited, "");
    let words = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert!(!words.contains("panicked"), "{words}");
    assert_eq!(ask(data, &["brand", "list"], ""), serde_json::json!([]));
    ask(data, &brand, "");
}
