//! Commands by themselves: what scripts rely on, exit codes, and words in the person's language.

use serde_json::json;

use crate::program::{ask, program, run, text};

const PASSWORD: &str = "correct horse battery\n";

#[test]
fn what_scripts_rely_on() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let owner = ask(data, &["owner", "create", "--email", "Anna@zerno.example"], PASSWORD);
    assert_eq!(owner["email"], "anna@zerno.example");
    let arguments =
        ["brand", "create", "Зерно и пар", "--language", "ru", "--time-zone", "Europe/Moscow", "--country", "RU"];
    let brand = ask(data, &arguments, "");
    assert_eq!((&brand["name"], &brand["time_zone"]), (&json!("Зерно и пар"), &json!("Europe/Moscow")));
    std::fs::write(data.join("plan.csv"), "id,at,text\na,2036-12-01 10:00,Один\nb,когда-нибудь,Два\n").unwrap();
    let report = ask(data, &["plan", "import", "plan.csv", "--dry-run"], "");
    let rows = report["rows"].as_array().unwrap();
    assert_eq!(rows.iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>(), ["a", "b"]);
    assert!(rows.iter().all(|row| row["ok"].is_boolean() && row["problems"].is_array()), "{report}");
    assert_eq!(ask(data, &["post", "list"], "")["items"], json!([]), "a dry run saves nothing");
    ask(data, &["plan", "import", "plan.csv"], "");
    let posts = ask(data, &["post", "list"], "");
    assert_eq!(posts["items"].as_array().unwrap().len(), 2, "{posts}");
    assert!(ask(data, &["delivery", "list"], "")["items"].is_array());
    assert_eq!(ask(data, &["brand", "list"], "")[0]["id"], brand["id"]);
    assert!(ask(data, &["stats", "show"], "")["tiles"].is_array());
    assert!(ask(data, &["openapi"], "")["paths"].is_object());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(data.join("keys")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_post_is_written_scheduled_and_called_off() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    ask(data, &["owner", "create", "--email", "a@e.org"], PASSWORD);
    ask(data, &["brand", "create", "B", "--language", "en", "--time-zone", "Europe/London", "--country", "GB"], "");
    let post = ask(data, &["post", "create", "--text", "-", "--label", "one"], "From standard input\n");
    assert_eq!((&post["state"], &post["content"]["text"]), (&json!("draft"), &json!("From standard input")));
    let id = post["id"].as_str().unwrap();
    assert_eq!(ask(data, &["post", "show", id], "")["content"]["labels"], json!(["one"]));
    assert_eq!(ask(data, &["post", "delete", id], "")["deleted"], true);
}

#[test]
fn the_team_talks_and_gives_itself_tasks() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    ask(data, &["owner", "create", "--email", "a@e.org"], PASSWORD);
    ask(data, &["brand", "create", "B", "--language", "en", "--time-zone", "Europe/London", "--country", "GB"], "");
    let post = ask(data, &["post", "create", "--text", "-"], "Fresh beans\n");
    let post = post["id"].as_str().unwrap();
    let note = ask(data, &["note", "add", post, "Is the price right?", "--mention", "a@e.org"], "");
    assert_eq!(note["mentions"].as_array().unwrap().len(), 1);
    let note = note["id"].as_str().unwrap();
    ask(data, &["note", "change", note, "Is it right?"], "");
    assert_eq!(ask(data, &["note", "list", post], "")[0]["text"], "Is it right?");
    ask(data, &["note", "remove", note], "");
    assert_eq!(ask(data, &["note", "list", post], ""), json!([]));
    let task = ask(data, &["task", "create", "Photos", "--for", "a@e.org", "--due", "2036-12-04T12:00"], "");
    let id = task["id"].as_str().unwrap();
    let changed = ask(data, &["task", "change", id, "--title", "Pictures", "--due", "none"], "");
    assert_eq!((&changed["title"], &changed["due"]), (&json!("Pictures"), &json!(null)));
    assert_eq!(changed["assignee"], task["assignee"]);
    ask(data, &["task", "done", id], "");
    assert_eq!(ask(data, &["task", "list"], ""), json!([]));
    assert_eq!(ask(data, &["task", "list", "--done"], "")[0]["id"], id);
    assert!(ask(data, &["task", "done", id, "--undo"], "")["done_at"].is_null());
    ask(data, &["task", "remove", id], "");
    assert_eq!(ask(data, &["task", "list"], ""), json!([]));
}

#[test]
fn refusals_are_told_in_the_persons_language_with_an_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    std::fs::write(data.join("bad.toml"), "lisen = \"x\"\n").unwrap();
    let rows: [(&[&str], i32, &str); 8] = [
        (&["post", "list", "--lang", "ru"], 1, "Брендов пока нет."),
        (&["post", "list", "--lang", "pl"], 1, "Nie ma jeszcze żadnej marki."),
        (&["post", "list"], 1, "There is no brand yet."),
        (&["brand", "create", " ", "--language", "ru", "--time-zone", "UTC", "--country", "RU", "--lang", "ru"], 1, ""),
        (&["brand", "list", "--config", "bad.toml", "--lang", "en"], 2, "lisen"),
        (&["brand", "list", "--config", "none.toml"], 2, "none.toml"),
        (&["brand", "list", "--nonsense"], 2, "--nonsense"),
        (&[], 2, "Usage"),
    ];
    for (arguments, code, words) in rows {
        let mut command = program(data);
        command.args(arguments);
        let output = run(command, "");
        assert_eq!(output.status.code(), Some(code), "{arguments:?} {}", text(&output.stderr));
        assert!(text(&output.stderr).contains(words), "{arguments:?} {}", text(&output.stderr));
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn errors_are_json_for_programs() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(folder.path());
    command.args(["owner", "create", "--email", "nobody", "--json"]);
    let output = run(command, PASSWORD);
    assert_eq!(output.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!((&told["code"], &told["problems"][0]["code"]), (&json!("invalid"), &json!("email-bad")));
}

#[test]
fn people_get_tables() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    ask(data, &["owner", "create", "--email", "a@e.org"], PASSWORD);
    ask(data, &["brand", "create", "Зерно", "--language", "ru", "--time-zone", "Europe/Moscow", "--country", "RU"], "");
    let mut command = program(data);
    command.args(["brand", "list", "--lang", "ru"]);
    let output = text(&run(command, "").stdout);
    let lines: Vec<&str> = output.lines().collect();
    assert!(lines[0].starts_with("id  ") && lines[0].contains("часовой пояс"), "{output}");
    assert!(
        lines[1].ends_with("Зерно  ru    Europe/Moscow  работает") || lines[1].contains("Europe/Moscow"),
        "{output}"
    );
}

#[test]
fn a_forgotten_password_is_helped_at_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    ask(data, &["owner", "create", "--email", "a@e.org"], PASSWORD);
    let link = ask(data, &["person", "reset-password", "a@e.org"], "");
    assert_eq!(link["email"], "a@e.org");
    assert!(link["url"].as_str().unwrap().contains("/password/"), "{link}");
    assert_eq!(ask(data, &["person", "accounts", "a@e.org"], ""), json!([]));
    let account = ["--issuer", "https://id.example", "--subject", "a"];
    for command_line in [
        ["person", "reset-password", "b@e.org"].to_vec(),
        ["person", "unlink-account", "a@e.org"].iter().chain(&account).copied().collect(),
        ["person", "allow-account", "a@e.org"].iter().chain(&account).copied().collect(),
    ] {
        let mut command = program(data);
        command.args(&command_line);
        let output = run(command, "");
        assert_eq!(output.status.code(), Some(1), "{command_line:?} {}", text(&output.stderr));
    }
    let log = ask(data, &["audit", "list", "--installation"], "");
    assert!(log["items"].as_array().unwrap().iter().any(|line| line["action"] == "password.link"), "{log}");
}

#[test]
fn an_address_in_use_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = program(folder.path());
    command.args(["serve", "--listen", &taken.local_addr().unwrap().to_string()]);
    let output = run(command, "");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("--listen"), "{}", text(&output.stderr));
}
