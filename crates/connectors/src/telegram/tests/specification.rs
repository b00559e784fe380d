//! Every request against the official description of the Bot API, where the shared folder has it: names of methods
//! and arguments, what is required, and the types all the way down.

use std::path::PathBuf;

use sarafan_domain::asset::AssetKind;
use sarafan_network::http::{Body, Request};
use sarafan_network::{Comments, Delete, Edit, Stats};
use serde_json::Value;

use super::{Desk, TELEGRAM, post, with_media};

fn description() -> Option<Value> {
    let shared = std::env::var_os("SARAFAN_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let text = std::fs::read(shared.join("specs/telegram/api.json")).ok()?;
    serde_json::from_slice(&text).ok()
}

/// What is wrong with a value of one of these types.
fn wrong(spec: &Value, types: &Value, value: &Value) -> Option<String> {
    let types: Vec<&str> = types.as_array()?.iter().filter_map(Value::as_str).collect();
    let complaints: Vec<String> = types.iter().map_while(|kind| of(spec, kind, value)).collect();
    // One of the types fits.
    (complaints.len() == types.len()).then(|| complaints.join(" / "))
}

fn of(spec: &Value, kind: &str, value: &Value) -> Option<String> {
    if let Some(items) = kind.strip_prefix("Array of ") {
        let Some(list) = value.as_array() else { return Some(format!("{value} is not an array")) };
        return list.iter().find_map(|item| of(spec, items, item));
    }
    let fits = match kind {
        "Integer" => value.is_i64() || value.is_u64(),
        "Float" => value.is_number(),
        "String" | "InputFile" => value.is_string(),
        "Boolean" | "True" => value.is_boolean(),
        _ => return object(spec, &spec["types"][kind], kind, value),
    };
    (!fits).then(|| format!("{value} is not {kind}"))
}

fn object(spec: &Value, shape: &Value, kind: &str, value: &Value) -> Option<String> {
    if let Some(subtypes) = shape["subtypes"].as_array() {
        let complaints: Vec<String> =
            subtypes.iter().filter_map(Value::as_str).map_while(|subtype| of(spec, subtype, value)).collect();
        return (complaints.len() == subtypes.len()).then(|| complaints.join(" / "));
    }
    let (Some(fields), Some(given)) = (shape["fields"].as_array(), value.as_object()) else {
        return Some(format!("{value} is not {kind}"));
    };
    let missing = fields.iter().find(|field| field["required"] == true && !given.contains_key(field["name"].as_str().unwrap()));
    if let Some(field) = missing {
        return Some(format!("{kind} lacks {}", field["name"]));
    }
    given.iter().find_map(|(name, value)| {
        let Some(field) = fields.iter().find(|field| field["name"] == name.as_str()) else {
            return Some(format!("{kind} has no {name}"));
        };
        wrong(spec, &field["types"], value).map(|why| format!("{kind}.{name}: {why}"))
    })
}

/// The arguments of a request as JSON, whichever way they are sent. Files stand as text.
fn arguments(request: &Request) -> Value {
    match &request.body {
        Body::Json(value) => value.clone(),
        Body::Multipart(parts) => parts
            .iter()
            .filter(|part| part.file.is_none() || !part.name.starts_with("file"))
            .map(|part| {
                let text = String::from_utf8_lossy(&part.bytes).into_owned();
                let json = serde_json::from_str(&text).ok().filter(|_| part.file.is_none());
                (part.name.clone(), json.unwrap_or(Value::String(text)))
            })
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn requests_are_as_the_description_says() {
    let Some(spec) = description() else {
        println!("skipped: the shared folder with specs/telegram is not there (SARAFAN_SHARED)");
        return;
    };
    let desk = Desk::open("@sandbox_channel").await;
    let mut text = post("Текст");
    text.variant.link = Some("https://zerno.example".into());
    text.variant.first_comment = "Комментарий".into();
    for (key, value) in [("buttons", "Меню | https://zerno.example"), ("silent", "true"), ("protect", "true"), ("pin", "true")] {
        text.variant.options.insert(key.into(), value.into());
    }
    let published = desk.publish(&text).await.unwrap();
    Edit::edit(&TELEGRAM, &desk.call(), &published, &post("Иначе")).await.unwrap();
    let mut bare = post("Без предпросмотра");
    bare.variant.options.insert("nopreview".into(), "true".into());
    desk.publish(&bare).await.unwrap();
    use AssetKind::{Document, Gif, Image, Video};
    for kinds in [&[Image][..], &[Video], &[Gif], &[Document], &[Image, Video], &[Document, Document]] {
        let out = with_media("Подпись", kinds);
        let published = desk.publish(&out).await.unwrap();
        Edit::edit(&TELEGRAM, &desk.call(), &published, &with_media("Иначе", kinds)).await.unwrap();
        Delete::delete(&TELEGRAM, &desk.call(), &published).await.unwrap();
    }
    let mut question = post("Вопрос?");
    let options = vec!["Да".into(), "Нет".into()];
    question.variant.poll = Some(sarafan_domain::post::Poll { options, multiple: true, hours: 2 });
    desk.publish(&question).await.unwrap();
    TELEGRAM.since(&desk.call(), Some("5")).await.unwrap();
    Stats::channel(&TELEGRAM, &desk.call()).await.unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for request in desk.stage.asked() {
        let method = request.url.rsplit('/').next().unwrap().to_owned();
        let (name, shape) = spec["methods"]
            .as_object()
            .unwrap()
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(&method))
            .unwrap_or_else(|| panic!("no method {method}"));
        let empty = serde_json::json!({ "fields": [] });
        let shape = if shape["fields"].is_array() { shape } else { &empty };
        assert_eq!(object(&spec, shape, name, &arguments(&request)), None);
        seen.insert(method);
    }
    assert_eq!(seen.len(), 17, "{seen:?}");
}
