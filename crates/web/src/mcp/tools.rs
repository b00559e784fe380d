//! Which operations of the API are tools, and how a tool's arguments become a request. Names, words and schemas are those
//! of the OpenAPI document.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use axum::http::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rmcp::model::ToolAnnotations;
use sarafan_domain::member::Action;
use sarafan_domain::token::{self, Scope};
use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// What a tool does to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    /// Looks.
    Reads,
    /// Adds or changes what can be changed again.
    Changes,
    /// Takes away, or shows something to people.
    Destroys,
}

/// Every tool by its operation, with the action that the use case behind it asks for; none where the token alone opens it.
pub(super) const NAMES: [(&str, Does, Option<Action>); 26] = [
    ("list_brands", Does::Reads, None),
    ("list_networks", Does::Reads, None),
    ("list_channels", Does::Reads, Some(Action::Read)),
    ("get_today", Does::Reads, Some(Action::Read)),
    ("get_calendar", Does::Reads, Some(Action::Read)),
    ("list_posts", Does::Reads, Some(Action::Read)),
    ("get_post", Does::Reads, Some(Action::Read)),
    ("check_post", Does::Reads, Some(Action::Read)),
    ("preview_repeat", Does::Reads, Some(Action::Read)),
    ("mend_typography", Does::Reads, Some(Action::Read)),
    ("create_post", Does::Changes, Some(Action::PostWrite)),
    ("update_post", Does::Changes, Some(Action::PostWrite)),
    ("duplicate_post", Does::Changes, Some(Action::PostWrite)),
    ("schedule_post", Does::Destroys, Some(Action::PostPublish)),
    ("move_post", Does::Changes, Some(Action::PostWrite)),
    ("unschedule_post", Does::Changes, Some(Action::PostPublish)),
    ("delete_post", Does::Destroys, Some(Action::PostDelete)),
    ("list_deliveries", Does::Reads, Some(Action::Read)),
    ("get_delivery", Does::Reads, Some(Action::Read)),
    ("retry_delivery", Does::Destroys, Some(Action::PostPublish)),
    ("cancel_delivery", Does::Changes, Some(Action::PostPublish)),
    ("resolve_delivery", Does::Changes, Some(Action::DeliveryResolve)),
    ("list_assets", Does::Reads, Some(Action::Read)),
    ("list_post_comments", Does::Reads, Some(Action::Read)),
    ("get_overview", Does::Reads, Some(Action::NumbersRead)),
    ("get_post_stats", Does::Reads, Some(Action::NumbersRead)),
];

/// A tool and the route behind it.
pub(super) struct Tool {
    /// As assistants see it.
    pub(super) shown: rmcp::model::Tool,
    needs: Option<Action>,
    method: Method,
    path: String,
    /// The arguments that go into the query.
    query: Vec<String>,
    /// Is there a body, whose fields are the other arguments?
    body: bool,
}

/// A request to the API.
pub(super) struct Asked {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) body: Option<Value>,
}

/// All tools, made of the document once.
pub(super) static TOOLS: LazyLock<Vec<Tool>> = LazyLock::new(|| {
    let document = serde_json::to_value(crate::document()).unwrap_or_default();
    NAMES.iter().filter_map(|(name, does, needs)| Tool::of(&document, name, *does, *needs)).collect()
});

impl Tool {
    fn of(document: &Value, name: &str, does: Does, needs: Option<Action>) -> Option<Self> {
        let paths = document.get("paths")?.as_object()?;
        let operations = paths.iter().flat_map(|(path, item)| {
            item.as_object().into_iter().flatten().map(move |(method, operation)| (path, method, operation))
        });
        let mut named = operations.filter(|(_, _, operation)| operation.get("operationId") == Some(&json!(name)));
        let (path, method, operation) = named.next()?;
        let mut properties = Object::new();
        let mut required = BTreeSet::new();
        let mut query = Vec::new();
        for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
            let (key, place) = (text(parameter, "name")?, text(parameter, "in")?);
            match place {
                "path" => {
                    required.insert(key.to_owned());
                }
                "query" => query.push(key.to_owned()),
                _ => continue,
            }
            if parameter.get("required") == Some(&Value::Bool(true)) {
                required.insert(key.to_owned());
            }
            let mut schema = parameter.get("schema").cloned().unwrap_or_else(|| json!({}));
            if let (Some(words), Some(schema)) = (parameter.get("description"), schema.as_object_mut()) {
                schema.insert("description".to_owned(), words.clone());
            }
            properties.insert(key.to_owned(), schema);
        }
        let body = operation.pointer("/requestBody/content/application~1json/schema");
        if let Some(body) = body {
            flatten(document, body, &mut properties, &mut required);
        }
        let mut schema = json!({ "type": "object", "properties": properties, "required": required });
        let definitions = definitions(document, &schema);
        let schema = schema.as_object_mut()?;
        if !definitions.is_empty() {
            schema.insert("$defs".to_owned(), Value::Object(definitions));
        }
        let mut schema = Value::Object(std::mem::take(schema));
        repoint(&mut schema);
        let words = [text(operation, "summary"), text(operation, "description")];
        let words = words.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
        let annotations = ToolAnnotations::new()
            .read_only(does == Does::Reads)
            .destructive(does == Does::Destroys)
            .open_world(matches!(name, "schedule_post" | "retry_delivery"));
        let shown = rmcp::model::Tool::new(name.to_owned(), words, Arc::new(schema.as_object()?.clone()));
        Some(Self {
            shown: shown.with_annotations(annotations),
            needs,
            method: method.to_uppercase().parse().ok()?,
            path: path.clone(),
            query,
            body: body.is_some(),
        })
    }

    /// Is it of use to a token with these scopes?
    pub(super) fn is_open_to(&self, scopes: &[Scope]) -> bool {
        self.needs.is_none_or(|action| token::allows(scopes, action))
    }

    /// The request that these arguments make.
    ///
    /// # Errors
    /// Which argument is missing or unknown.
    pub(super) fn ask(&self, mut arguments: Object) -> Result<Asked, String> {
        let mut path = String::new();
        for part in self.path.split('/').skip(1) {
            path.push('/');
            match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                None => path.push_str(part),
                Some(name) => {
                    let value = arguments.remove(name).ok_or_else(|| format!("`{name}` is missing"))?;
                    path.extend(utf8_percent_encode(&plain(&value), NON_ALPHANUMERIC));
                }
            }
        }
        let mut pairs = Vec::new();
        for name in &self.query {
            match arguments.remove(name) {
                None | Some(Value::Null) => {}
                Some(value) => {
                    pairs.push(format!("{name}={}", utf8_percent_encode(&plain(&value), NON_ALPHANUMERIC)));
                }
            }
        }
        if !pairs.is_empty() {
            path.push('?');
            path.push_str(&pairs.join("&"));
        }
        if !self.body
            && let Some(name) = arguments.keys().next()
        {
            return Err(format!("`{name}` is not expected here"));
        }
        let body = self.body.then_some(Value::Object(arguments));
        Ok(Asked { method: self.method.clone(), path, body })
    }
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

/// A value as it stands in an address.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

const SCHEMAS: &str = "#/components/schemas/";

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let name = text(schema, "$ref").and_then(|to| to.strip_prefix(SCHEMAS));
    name.and_then(|name| document.pointer(&format!("/components/schemas/{name}"))).unwrap_or(schema)
}

/// The fields of a body stand among the arguments.
fn flatten(document: &Value, schema: &Value, properties: &mut Object, required: &mut BTreeSet<String>) {
    let schema = resolved(document, schema);
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        flatten(document, part, properties, required);
    }
    if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        properties.extend(fields.clone());
    }
    let names = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    required.extend(names.filter_map(Value::as_str).map(str::to_owned));
    // A choice of shapes cannot stand among the arguments: all their fields do, and the API says which fit together.
    for part in schema.get("oneOf").and_then(Value::as_array).into_iter().flatten() {
        let mut fields = Object::new();
        flatten(document, part, &mut fields, &mut BTreeSet::new());
        for (name, field) in fields {
            match properties.get_mut(&name).and_then(|known| known.get_mut("enum")).and_then(Value::as_array_mut) {
                Some(words) => words.extend(field.get("enum").and_then(Value::as_array).cloned().unwrap_or_default()),
                None => drop(properties.insert(name, field)),
            }
        }
    }
}

/// Every schema that is pointed to, with all that these point to.
fn definitions(document: &Value, schema: &Value) -> Object {
    let mut found = Object::new();
    let mut open = vec![schema.clone()];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => {
                let name = fields.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix(SCHEMAS));
                if let Some(name) = name
                    && !found.contains_key(name)
                    && let Some(schema) = document.pointer(&format!("/components/schemas/{name}"))
                {
                    found.insert(name.to_owned(), schema.clone());
                    open.push(schema.clone());
                }
                open.extend(fields.into_iter().map(|(_, value)| value));
            }
            _ => {}
        }
    }
    found
}

fn repoint(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(repoint),
        Value::Object(fields) => {
            for (key, field) in fields {
                match field {
                    Value::String(to) if key == "$ref" => *to = to.replace(SCHEMAS, "#/$defs/"),
                    other => repoint(other),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool(name: &str) -> &'static Tool {
        TOOLS.iter().find(|tool| tool.shown.name == name).unwrap()
    }

    #[test]
    fn arguments_find_their_places() {
        let arguments = json!({ "brand": "b/1", "id": "p", "dry_run": true, "version": 3, "when": { "mode": "now" } });
        let asked = tool("schedule_post").ask(arguments.as_object().unwrap().clone()).unwrap();
        assert_eq!(asked.path, "/brands/b%2F1/posts/p/schedule?dry_run=true");
        assert_eq!(asked.body.unwrap(), json!({ "version": 3, "when": { "mode": "now" } }));
        assert_eq!(tool("get_post").ask(Object::new()).err().unwrap(), "`brand` is missing");
        let more = json!({ "brand": "b", "id": "p", "text": "x" });
        assert!(tool("get_post").ask(more.as_object().unwrap().clone()).is_err());
    }

    #[test]
    fn every_schema_stands_for_itself() {
        for tool in TOOLS.iter() {
            let schema = Value::Object(tool.shown.input_schema.as_ref().clone());
            let text = schema.to_string();
            for part in text.split("\"$ref\":\"#").skip(1) {
                let pointer = part.split('"').next().unwrap();
                assert!(schema.pointer(pointer).is_some(), "{}: {pointer}", tool.shown.name);
            }
            let properties = schema["properties"].as_object().unwrap();
            for name in schema["required"].as_array().unwrap() {
                assert!(properties.contains_key(name.as_str().unwrap()), "{}: {name}", tool.shown.name);
            }
            let needs_brand = !matches!(tool.shown.name.as_ref(), "list_brands" | "list_networks");
            assert_eq!(properties.contains_key("brand"), needs_brand, "{}", tool.shown.name);
            assert!(!tool.shown.description.as_ref().unwrap().is_empty());
        }
    }

    #[test]
    fn what_only_reads_says_so_and_what_shows_something_to_people_too() {
        let hints = |name: &str| {
            let annotations = tool(name).shown.annotations.clone().unwrap();
            (annotations.read_only_hint, annotations.destructive_hint)
        };
        assert_eq!(hints("list_posts"), (Some(true), Some(false)));
        assert_eq!(hints("create_post"), (Some(false), Some(false)));
        assert_eq!(hints("schedule_post"), (Some(false), Some(true)));
        for (name, does, _) in NAMES {
            assert!(does == Does::Reads || tool(name).method != Method::GET, "{name}");
        }
    }
}
