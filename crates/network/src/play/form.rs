//! Reads the forms that clients send to a played network: query, JSON, urlencoded and multipart alike. Lenient: what
//! cannot be read is left out, and the player answers as the network answers a missing field.

use bytes::Bytes;
use serde_json::Value;

use super::Asked;

/// A form as it came in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Form {
    /// Names and values in order; values of JSON that are not text stand here as JSON.
    pub values: Vec<(String, String)>,
    /// Uploaded files in order.
    pub files: Vec<FormFile>,
}

/// A file of a multipart form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormFile {
    /// Name of the field.
    pub name: String,
    /// Name of the file.
    pub file: String,
    /// Media type as the client claims.
    pub mime: String,
    /// Content.
    pub bytes: Bytes,
}

impl Form {
    /// The first value of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
    /// All values of this name; `name[]` counts as `name`.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let same = |key: &str| key == name || key.strip_suffix("[]") == Some(name);
        self.values.iter().filter(|(key, _)| same(key)).map(|(_, value)| value.as_str()).collect()
    }
    /// A value read as JSON; text that is not JSON is text.
    pub fn json(&self, name: &str) -> Option<Value> {
        self.get(name).map(|text| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)))
    }
    /// The file of this field.
    pub fn file(&self, name: &str) -> Option<&FormFile> {
        self.files.iter().find(|file| file.name == name)
    }
}

pub(super) fn read(asked: &Asked) -> Form {
    let mut form = Form { values: asked.query.clone(), files: Vec::new() };
    let kind = asked.header("content-type").unwrap_or_default();
    let kind_lower = kind.to_ascii_lowercase();
    if kind_lower.starts_with("application/json") {
        if let Ok(Value::Object(map)) = serde_json::from_slice(&asked.body) {
            form.values.extend(map.into_iter().map(|(key, value)| match value {
                Value::String(text) => (key, text),
                other => (key, other.to_string()),
            }));
        }
    } else if kind_lower.starts_with("application/x-www-form-urlencoded") {
        let pairs = url::form_urlencoded::parse(&asked.body);
        form.values.extend(pairs.map(|(key, value)| (key.into_owned(), value.into_owned())));
    } else if kind_lower.starts_with("multipart/form-data")
        && let Some(boundary) = parameter(kind, "boundary")
    {
        multipart(&asked.body, &boundary, &mut form);
    }
    form
}

fn multipart(body: &Bytes, boundary: &str, form: &mut Form) {
    let border = format!("--{boundary}");
    let mut at = find(body, border.as_bytes(), 0).map(|start| start + border.len());
    while let Some(start) = at {
        let Some(end) = find(body, format!("\r\n{border}").as_bytes(), start) else { return };
        let Some(split) = find(body, b"\r\n\r\n", start).filter(|split| *split < end) else { return };
        let head = String::from_utf8_lossy(body.get(start..split).unwrap_or_default()).into_owned();
        part(&head, body.slice((split + 4).min(end)..end), form);
        at = Some(end + 2 + border.len());
    }
}

fn part(head: &str, bytes: Bytes, form: &mut Form) {
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
    };
    let disposition = header("content-disposition").unwrap_or_default();
    let Some(name) = parameter(&disposition, "name") else { return };
    match parameter(&disposition, "filename") {
        Some(file) => {
            let mime = header("content-type").unwrap_or_else(|| "application/octet-stream".to_owned());
            form.files.push(FormFile { name, file, mime, bytes });
        }
        None => form.values.push((name, String::from_utf8_lossy(&bytes).into_owned())),
    }
}

/// The parameter of a header value: `form-data; name="a"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn find(body: &[u8], what: &[u8], from: usize) -> Option<usize> {
    let rest = body.get(from..)?;
    rest.windows(what.len()).position(|window| window == what).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::body::encode;
    use crate::http::{Body, Part};

    fn asked(body: Body) -> Asked {
        let (mime, body) = encode(body);
        Asked {
            method: "POST".into(),
            path: "/".into(),
            query: vec![("q".into(), "1".into())],
            headers: vec![("content-type".into(), mime.unwrap_or_default())],
            body,
            root: String::new(),
        }
    }

    #[test]
    fn every_kind_of_body_is_the_same_form() {
        let bodies = [
            Body::Json(serde_json::json!({"text": "ж & =", "n": 2})),
            Body::Form(vec![("text".into(), "ж & =".into()), ("n".into(), "2".into())]),
            Body::Multipart(vec![
                Part { name: "text".into(), file: None, mime: None, bytes: "ж & =".into() },
                Part { name: "n".into(), file: None, mime: None, bytes: "2".into() },
            ]),
        ];
        for body in bodies {
            let form = asked(body).form();
            assert_eq!((form.get("q"), form.get("text"), form.get("n")), (Some("1"), Some("ж & ="), Some("2")));
            assert_eq!(form.json("n"), Some(Value::from(2)));
        }
    }

    #[test]
    fn files_keep_their_bytes() {
        let bytes = Bytes::from_static(b"\r\n--almost\r\n\r\n\0\xff");
        let file = |name: &str| Part {
            name: name.into(),
            file: Some("a.png".into()),
            mime: Some("image/png".into()),
            bytes: bytes.clone(),
        };
        let form = asked(Body::Multipart(vec![file("a"), file("b")])).form();
        assert_eq!(form.files.len(), 2);
        let expected = FormFile { name: "b".into(), file: "a.png".into(), mime: "image/png".into(), bytes };
        assert_eq!(form.file("b"), Some(&expected));
    }

    #[test]
    fn broken_bodies_are_empty_forms() {
        for (kind, body) in [("multipart/form-data; boundary=B", "--B\r\nx"), ("application/json", "[1")] {
            let mut asked = asked(Body::Empty);
            asked.headers = vec![("content-type".into(), kind.into())];
            asked.body = Bytes::from(body);
            assert_eq!(asked.form().values.len(), 1, "{kind}");
        }
    }
}
