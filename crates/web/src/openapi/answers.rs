//! Fields of answers are always there, `null` where there is nothing. The derived schemas do not say so: they take a
//! field that may be `null` for one that may be missing, which is true of requests only.

use std::collections::BTreeSet;

use serde_json::Value;
use utoipa::openapi::{OpenApi, RefOr, Schema};

const SCHEMAS: &str = "#/components/schemas/";

/// The one field of an answer that is left out where there is nothing: that of a problem.
const SOMETIMES: &str = "current";

/// Says of every schema that no request uses that its fields are there.
pub(super) fn complete(document: &mut OpenApi) {
    let asked = in_requests(&serde_json::to_value(&*document).unwrap_or_default());
    let schemas = document.components.iter_mut().flat_map(|components| components.schemas.iter_mut());
    for (_, schema) in schemas.filter(|(name, _)| !asked.contains(*name)) {
        fill(schema);
    }
}

fn fill(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            object.required = object.properties.keys().filter(|name| *name != SOMETIMES).cloned().collect();
        }
        RefOr::T(Schema::AllOf(all)) => all.items.iter_mut().for_each(fill),
        RefOr::T(Schema::OneOf(one)) => one.items.iter_mut().for_each(fill),
        _ => {}
    }
}

/// The schemas that requests use, with all that these use.
fn in_requests(document: &Value) -> BTreeSet<String> {
    let operations = document.get("paths").and_then(Value::as_object).into_iter().flat_map(|paths| paths.values());
    let bodies = operations
        .filter_map(Value::as_object)
        .flat_map(|item| item.values())
        .flat_map(|operation| [operation.get("requestBody"), operation.get("parameters")])
        .flatten();
    let mut found = BTreeSet::new();
    for body in bodies {
        follow(document, body, &mut found);
    }
    found
}

fn follow(document: &Value, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| follow(document, item, found)),
        Value::Object(map) => {
            let name = map.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix(SCHEMAS));
            if let Some(name) = name
                && found.insert(name.to_owned())
                && let Some(schema) = document.pointer(&format!("/components/schemas/{name}"))
            {
                follow(document, schema, found);
            }
            map.values().for_each(|item| follow(document, item, found));
        }
        _ => {}
    }
}
