//! The OpenAPI document: complete, and the same as its golden copy.

use std::collections::BTreeSet;

use serde_json::Value;

fn document() -> Value {
    serde_json::to_value(sarafan_web::document()).unwrap()
}

/// Every operation: method, path, description.
pub(crate) fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let each = paths.iter().flat_map(|(path, item)| {
        item.as_object()
            .unwrap()
            .iter()
            .map(|(method, operation)| (method.to_uppercase(), path.clone(), operation.clone()))
    });
    each.collect()
}

#[test]
fn it_is_the_same_as_its_golden_copy() {
    let now = format!("{}\n", serde_json::to_string_pretty(&sarafan_web::document()).unwrap());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        golden == now,
        "docs/openapi.json is not what the program says: `cargo run -- docs` writes it, then look at it"
    );
}

#[test]
fn every_operation_is_described() {
    let document = document();
    let mut ids = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
        assert!(!id.is_empty() && ids.insert(id), "{method} {path} needs an id of its own");
        assert!(operation["summary"].is_string(), "{method} {path} needs a summary");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{method} {path} belongs to one area");
        let named = operation["responses"]["5XX"].is_object();
        let page = operation["responses"]["default"]["content"]["text/html"].is_object();
        assert!(named != page, "{method} {path} names each of its answers, or is a page");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["schema"].is_object(), "{method} {path} {parameter}");
        }
    }
    assert!(ids.len() > 60);
}

#[test]
fn what_needs_the_cookie_says_so() {
    let open: BTreeSet<String> = operations(&document())
        .into_iter()
        .filter(|(_, _, operation)| operation["security"] == serde_json::json!([{}]))
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    let expected = [
        "DELETE /session",
        "GET /health",
        "GET /invitations/{token}",
        "GET /password-resets/{token}",
        "GET /session/oidc/callback",
        "GET /reviews/{token}",
        "GET /reviews/{token}/posts",
        "GET /reviews/{token}/posts/{id}/assets/{asset}/thumb",
        "GET /reviews/{token}/posts/{id}/card",
        "GET /setup",
        "POST /invitations/{token}",
        "POST /password-resets",
        "POST /password-resets/{token}",
        "POST /reviews/{token}/approve",
        "POST /reviews/{token}/posts/{id}/ask-changes",
        "POST /reviews/{token}/posts/{id}/comment",
        "POST /session",
        "POST /session/oidc",
        "POST /session/passkey",
        "POST /session/passkey/begin",
        "POST /session/second",
        "POST /setup",
    ];
    assert_eq!(open, expected.into_iter().map(str::to_owned).collect());
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let text = document.to_string();
    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}

#[test]
fn fields_of_answers_are_there_and_those_of_requests_may_be_missing() {
    let document = document();
    let required = |name: &str| {
        let schema = &document["components"]["schemas"][name];
        let names = schema["required"].as_array().into_iter().flatten();
        names.map(|name| name.as_str().unwrap().to_owned()).collect::<BTreeSet<_>>()
    };
    assert!(required("PostView").contains("due_at"));
    assert!(required("PostBriefView").contains("thumb"));
    assert!(!required("PostInput").contains("schedule"));
    assert!(!required("ProblemDetails").contains("current") && required("ProblemDetails").contains("remedy"));
}
