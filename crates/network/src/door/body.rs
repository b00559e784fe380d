//! Bodies as bytes: one piece with a known length, because not every server takes chunks.

use std::hash::{BuildHasher, Hasher, RandomState};

use bytes::{Bytes, BytesMut};

use crate::http::{Body, Part};

/// The media type, if any, and the bytes.
pub(crate) fn encode(body: Body) -> (Option<String>, Bytes) {
    match body {
        Body::Empty => (None, Bytes::new()),
        Body::Json(value) => (Some("application/json".to_owned()), Bytes::from(value.to_string())),
        Body::Form(pairs) => {
            let text = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
            (Some("application/x-www-form-urlencoded".to_owned()), Bytes::from(text))
        }
        Body::Multipart(parts) => multipart(&parts, &boundary()),
        Body::Raw { mime, bytes } => (Some(mime), bytes),
    }
}

/// Nobody can guess it, so nothing that is uploaded can contain it.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("sarafan-{:016x}{:016x}", random(), random())
}

fn multipart(parts: &[Part], boundary: &str) -> (Option<String>, Bytes) {
    let mut out = BytesMut::with_capacity(parts.iter().map(|part| part.bytes.len() + 256).sum::<usize>() + 64);
    for part in parts {
        out.extend_from_slice(format!("--{boundary}\r\n{}\r\n", head(part)).as_bytes());
        out.extend_from_slice(&part.bytes);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (Some(format!("multipart/form-data; boundary={boundary}")), out.freeze())
}

fn head(part: &Part) -> String {
    let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(&part.name));
    if let Some(file) = &part.file {
        head.push_str(&format!("; filename=\"{}\"", quoted(file)));
    }
    head.push_str("\r\n");
    if let Some(mime) = &part.mime {
        let clean: String = mime.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
        head.push_str(&format!("Content-Type: {clean}\r\n"));
    }
    head
}

/// As browsers write it: <https://html.spec.whatwg.org/#multipart-form-data> (read 2026-11).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: Body) -> (String, String) {
        let (mime, bytes) = encode(body);
        (mime.unwrap_or_default(), String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[test]
    fn forms_are_escaped() {
        let (mime, body) = text(Body::Form(vec![("a b".into(), "ж&=".into()), ("c".into(), String::new())]));
        assert_eq!(mime, "application/x-www-form-urlencoded");
        assert_eq!(body, "a+b=%D0%B6%26%3D&c=");
    }

    #[test]
    fn a_name_cannot_break_out_of_its_part() {
        let part = Part {
            name: "a\"\r\nX: y".into(),
            file: Some("f\".png".into()),
            mime: Some("image/png\r\nX: y".into()),
            bytes: Bytes::from_static(b"--x"),
        };
        let (mime, body) = multipart(&[part], "B");
        assert_eq!(mime.unwrap(), "multipart/form-data; boundary=B");
        assert_eq!(
            String::from_utf8(body.to_vec()).unwrap(),
            "--B\r\nContent-Disposition: form-data; name=\"a%22%0D%0AX: y\"; filename=\"f%22.png\"\r\n\
             Content-Type: image/pngX: y\r\n\r\n--x\r\n--B--\r\n"
        );
    }

    #[test]
    fn boundaries_differ() {
        assert_ne!(boundary(), boundary());
    }
}
