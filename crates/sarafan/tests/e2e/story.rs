//! The main job from end to end: channels of the sandbox are connected, a plan comes in, its posts go out, and the
//! server stops cleanly with somebody still listening.

use std::io::Read;
use std::path::Path;

use sarafan_connectors::PLAYERS;
use serde_json::{Value, json};

use crate::http::Client;
use crate::program::{Running, ask, eventually, program};

pub(crate) const EMAIL: &str = "anna@zerno.example";
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A house with an owner, a brand and a channel on every network of the sandbox that runs beside it.
pub(crate) fn played(data: &Path) -> Running {
    let mut sandbox = program(data);
    sandbox.args(["sandbox", "--listen", "127.0.0.1:0"]);
    let sandbox = Running::start(sandbox);
    ask(data, &["owner", "create", "--email", EMAIL], PASSWORD);
    ask(data, &["brand", "create", "B", "--language", "en", "--time-zone", "UTC", "--country", "GB"], "");
    connect_all(data, sandbox.host());
    sandbox
}

/// Connects one channel per network, secrets by the environment as scripts do.
fn connect_all(data: &Path, sandbox: &str) {
    for player in PLAYERS {
        let mut command = program(data);
        command.args(["channel", "connect", player.id(), "--json"]).env("SARAFAN_ALLOW_PRIVATE", sandbox);
        for (key, value) in player.form(&format!("http://{sandbox}/{}", player.id())) {
            if key.contains("token") || key.contains("password") {
                command.env(format!("SARAFAN_SECRET_{}", key.to_uppercase().replace('-', "_")), value);
            } else {
                command.arg("--field").arg(format!("{key}={value}"));
            }
        }
        let output = crate::program::run(command, "");
        let words = crate::program::text(&output.stderr);
        assert!(output.status.success(), "{}: {words}", player.id());
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer["connected"]["state"], "ok", "{answer}");
    }
}

pub(crate) fn states(data: &Path) -> Vec<String> {
    let page = ask(data, &["delivery", "list"], "");
    page["items"].as_array().unwrap().iter().map(|item| item["state"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_plan_comes_in_and_goes_out() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let mut sandbox = program(data);
    sandbox.args(["sandbox", "--listen", "127.0.0.1:0"]);
    let sandbox = Running::start(sandbox);
    ask(data, &["owner", "create", "--email", EMAIL], PASSWORD);
    let brand = ask(
        data,
        &["brand", "create", "Зерно", "--language", "ru", "--time-zone", "Europe/Moscow", "--country", "RU"],
        "",
    );
    connect_all(data, sandbox.host());
    assert_eq!(ask(data, &["channel", "list"], "").as_array().unwrap().len(), PLAYERS.len());

    let networks: Vec<&str> = PLAYERS.iter().map(|player| player.id()).collect();
    let plan = format!("id,channels,at,text\nru-01,{},2036-12-01 10:00,Открываемся!\n", networks.join(";"));
    std::fs::write(data.join("plan.csv"), plan).unwrap();
    let report = ask(data, &["plan", "import", "plan.csv"], "");
    assert_eq!(report["rows"][0]["result"], "scheduled", "{report}");
    assert_eq!(states(data), vec!["scheduled"; PLAYERS.len()]);

    let mut serve = program(data);
    serve.args(["serve", "--listen", "127.0.0.1:0"]).env("SARAFAN_ALLOW_PRIVATE", sandbox.host());
    let server = Running::start(serve);
    assert_eq!(server.greeting["setup"], Value::Null, "there is an owner");
    let nobody = Client::new(server.host());
    eventually("the worker lives", || (nobody.ask("GET", "/health", None).status == 200).then_some(()));

    let client = Client::sign_in(server.host(), EMAIL, PASSWORD);
    let path = format!("/api/v1/brands/{}", brand["id"].as_str().unwrap());
    let deliveries = client.ask("GET", &format!("{path}/deliveries"), None).body;
    for delivery in deliveries["items"].as_array().unwrap() {
        let id = delivery["id"].as_str().unwrap();
        let sent = client.ask("POST", &format!("{path}/deliveries/{id}/send-now"), None);
        assert_eq!(sent.status, 200, "{}", sent.body);
    }
    let all = eventually("everything is sent", || {
        let page = client.ask("GET", &format!("{path}/deliveries"), None).body;
        let sent = page["counts"]["sent"].as_u64().unwrap_or_default();
        (sent == u64::try_from(PLAYERS.len()).unwrap()).then_some(page)
    });
    assert!(all["items"].as_array().unwrap().iter().all(|item| item["external_id"].is_string()), "{all}");
    let post = ask(data, &["post", "list"], "");
    assert_eq!(post["items"][0]["state"], "sent", "the command line sees what the server did");

    let mut events = client.listen(&format!("{path}/events"), "event: health");
    let stopped = server.stop();
    assert_eq!(stopped.code(), Some(0));
    let mut rest = String::new();
    events.read_to_string(&mut rest).unwrap();
    assert_eq!(states(data), vec!["sent"; PLAYERS.len()]);
}

#[test]
fn a_delivery_that_is_due_while_nobody_works_goes_out_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let sandbox = played(data);
    let channel = PLAYERS[0].id();
    let post = ask(data, &["post", "create", "--text", "Now", "--channel", channel, "--now"], "");
    assert_eq!(post["state"], "scheduled", "{post}");
    let mut work = program(data);
    work.arg("work").env("SARAFAN_ALLOW_PRIVATE", sandbox.host());
    let worker = Running::start(work);
    eventually("it is sent", || (states(data) == ["sent"]).then_some(()));
    assert_eq!(worker.stop().code(), Some(0));
}

#[test]
fn the_demonstration_is_alive() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let mut serve = program(data);
    serve.args(["serve", "--demo", "--listen", "127.0.0.1:0"]);
    let server = Running::start(serve);
    let (email, password) = (&server.greeting["demo"]["email"], &server.greeting["demo"]["password"]);
    let client = Client::sign_in(server.host(), email.as_str().unwrap(), password.as_str().unwrap());
    let brand = client.ask("GET", "/api/v1/brands", None).body[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/brands/{brand}");
    let channels = client.ask("GET", &format!("{path}/channels"), None).body;
    assert!(channels.as_array().unwrap().iter().all(|channel| channel["state"] == "ok"), "{channels}");
    eventually("something is out and something is to come", || {
        let counts = client.ask("GET", &format!("{path}/deliveries"), None).body["counts"].clone();
        (counts["sent"].as_u64() > Some(0) && counts["scheduled"].as_u64() > Some(0)).then_some(())
    });
    assert_eq!(client.ask("GET", "/api/v1/setup", None).body["demo"], json!(true));
    assert_eq!(server.stop().code(), Some(0));
}
