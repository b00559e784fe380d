//! The API as a program asks it, with nothing between: one connection per request.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// Somebody who asks a server.
pub(crate) struct Client {
    host: String,
    cookie: String,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Value,
    /// The body as it came.
    pub(crate) text: String,
}

impl Client {
    /// Nobody in particular.
    pub(crate) fn new(host: &str) -> Self {
        Self { host: host.to_owned(), cookie: String::new() }
    }

    /// Signs in.
    pub(crate) fn sign_in(host: &str, email: &str, password: &str) -> Self {
        let mut client = Self::new(host);
        let body = serde_json::json!({ "email": email, "password": password });
        let reply = client.ask("POST", "/api/v1/session", Some(&body));
        assert_eq!(reply.status, 200, "{}", reply.body);
        let set = reply.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        client.cookie = set.split(';').next().unwrap().to_owned();
        client
    }

    /// Asks.
    pub(crate) fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Reply {
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut stream = self.send(method, path, &body);
        let mut all = String::new();
        stream.read_to_string(&mut all).unwrap();
        let (head, body) = all.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply {
            status,
            head: head.to_owned(),
            body: serde_json::from_str(body).unwrap_or_default(),
            text: body.to_owned(),
        }
    }

    /// Asks, and gives back what came as it came.
    pub(crate) fn ask_bytes(&self, method: &str, path: &str) -> Vec<u8> {
        let mut all = Vec::new();
        self.send(method, path, "").read_to_end(&mut all).unwrap();
        all
    }

    /// The cookie that it was given.
    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Opens a stream and reads its lines until one begins with `prefix`.
    pub(crate) fn listen(&self, path: &str, prefix: &str) -> BufReader<TcpStream> {
        let mut stream = BufReader::new(self.send("GET", path, ""));
        let mut line = String::new();
        while !line.starts_with(prefix) {
            line.clear();
            assert_ne!(stream.read_line(&mut line).unwrap(), 0, "the stream ended before {prefix}");
        }
        stream
    }

    fn send(&self, method: &str, path: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\ncookie: {}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.cookie,
            body.len(),
            host = self.host,
        );
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }
}
