//! Assistants: the protocol's own client is tried in tests/browser; here is who comes in, and that tools are the API.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use sarafan_domain::token::Scope;
use serde_json::{Value, json};

use crate::world::{Caller, Reply, World};

async fn say(caller: &Caller, method: &str, params: Value) -> Reply {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let request = Request::post("/mcp")
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .body(Body::from(body.to_string()))
        .unwrap();
    caller.send(caller.dressed(request)).await
}

async fn tool(caller: &Caller, name: &str, arguments: Value) -> Value {
    let reply = say(caller, "tools/call", json!({ "name": name, "arguments": arguments })).await;
    assert_eq!(reply.status, StatusCode::OK, "{name} {}", reply.body);
    reply.body["result"].clone()
}

async fn listed(caller: &Caller) -> Vec<Value> {
    say(caller, "tools/list", json!({})).await.body["result"]["tools"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn only_programs_are_answered() {
    let (world, owner, _) = World::with_brand().await;
    let wrong = world.stranger().with("authorization", "Bearer sfn_wrong");
    for (caller, code) in [(&world.stranger(), "signed_out"), (&owner, "signed_out"), (&wrong, "bad_token")] {
        let reply = say(caller, "tools/list", json!({})).await;
        assert_eq!((reply.status, reply.code()), (StatusCode::UNAUTHORIZED, code));
        assert!(reply.header("www-authenticate").starts_with("Bearer"), "a client learns what is wanted");
    }
}

#[tokio::test]
async fn a_tool_is_an_operation_with_its_scopes_and_problems() {
    let (_world, owner, brand) = World::with_brand().await;
    let writer = owner.program(&["posts:write"], None).await;
    let tools = listed(&writer).await;
    assert!(tools.len() > 10 && tools.iter().all(|tool| tool["inputSchema"]["type"] == "object"));

    let made = tool(&writer, "create_post", json!({ "brand": brand, "content": { "text": "x" } })).await;
    assert_eq!((&made["isError"], &made["structuredContent"]["state"]), (&json!(false), &json!("draft")));
    let id = made["structuredContent"]["id"].clone();
    let when = json!({ "brand": brand, "id": id, "version": 1, "when": { "mode": "now" }, "dry_run": true });
    let refused = tool(&writer, "schedule_post", when.clone()).await;
    assert_eq!((&refused["isError"], &refused["structuredContent"]["code"]), (&json!(true), &json!("out_of_scope")));
    let publisher = owner.program(&["posts:publish"], None).await;
    let refused = tool(&publisher, "schedule_post", when).await;
    assert_eq!(refused["structuredContent"]["problems"][0]["code"], "channels-none");
    let none = say(&writer, "tools/call", json!({ "name": "make_coffee", "arguments": {} })).await;
    assert!(none.body["error"]["message"].as_str().unwrap().contains("make_coffee"), "{}", none.body);
    let log = owner.get(&format!("/brands/{brand}/posts")).await;
    assert_eq!(log.body["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_token_is_shown_the_tools_its_scopes_open_and_no_others() {
    let (_world, owner, brand) = World::with_brand().await;
    let every = Scope::ALL.map(Scope::code);
    let all = listed(&owner.program(&every, None).await).await;
    assert!(all.len() > 20, "{all:?}");
    let known = [
        ("brand", json!(brand)),
        ("id", json!("01890000-0000-7000-8000-000000000000")),
        ("version", json!(1)),
        ("content", json!({ "text": "x" })),
        ("wall", json!("2026-12-01T10:00")),
        ("zone", json!("Europe/London")),
        ("repeat", json!({ "every": "day", "interval": 1, "end": { "kind": "never" } })),
        ("when", json!({ "mode": "now" })),
        ("text", json!("x")),
        ("language", json!("en")),
        ("from", json!("2026-12-01")),
        ("to", json!("2026-12-31")),
        ("outcome", json!("not_sent")),
        ("again", json!(false)),
    ];
    for scope in every {
        let program = owner.program(&[scope], None).await;
        let open = listed(&program).await;
        for shown in &all {
            let wanted = shown["inputSchema"]["required"].as_array().unwrap();
            let value = |name: &Value| known.iter().find(|(key, _)| name == key).unwrap().1.clone();
            let mut arguments: serde_json::Map<String, Value> =
                wanted.iter().map(|name| (name.as_str().unwrap().to_owned(), value(name))).collect();
            if shown["name"] == "resolve_delivery" {
                arguments.insert("outcome".to_owned(), json!("not_sent"));
                arguments.insert("again".to_owned(), json!(false));
            }
            let name = shown["name"].as_str().unwrap();
            let said = tool(&program, name, arguments.into()).await;
            assert_ne!(said["structuredContent"]["code"], "wrong", "{name}: {said}");
            let closed = said["structuredContent"]["code"] == "out_of_scope";
            assert_eq!(closed, !open.contains(shown), "{scope} {name}: {said}");
        }
    }
}

#[tokio::test]
async fn resources_are_what_the_api_shows() {
    let (world, owner, brand) = World::with_brand().await;
    let reader = owner.program(&["brand:read"], None).await;
    let read = async |uri: String| say(&reader, "resources/read", json!({ "uri": uri })).await.body;
    let shown = read(format!("sarafan://brands/{brand}/today")).await;
    let text = shown["result"]["contents"][0]["text"].as_str().unwrap();
    assert!(serde_json::from_str::<Value>(text).unwrap()["needs"].is_object());
    let elsewhere = world.owner("other@e.org").await.brand("Other").await;
    for uri in [format!("sarafan://brands/{elsewhere}/today"), "sarafan://tokens".into(), "file:///etc/passwd".into()] {
        assert!(read(uri.clone()).await["error"].is_object(), "{uri}");
    }
}
