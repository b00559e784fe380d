//! Speaking to the program's own API, with nothing between: one connection per request.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A signed-in person at one address of the program.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) host: String,
    cookie: String,
}

impl Client {
    /// Signs in.
    pub(crate) async fn sign_in(host: &str, email: &str, password: &str) -> Result<Self> {
        let nobody = Self { host: host.to_owned(), cookie: String::new() };
        let (status, head, body) =
            nobody.exchange("POST", "/api/v1/session", Some(&json!({ "email": email, "password": password }))).await?;
        let set = head.lines().find_map(|line| line.strip_prefix("set-cookie: "));
        let cookie = set.and_then(|set| set.split(';').next()).with_context(|| format!("{status}: {body}"))?;
        Ok(Self { host: host.to_owned(), cookie: cookie.to_owned() })
    }

    /// The same person at another address of the same installation.
    pub(crate) fn at(&self, host: &str) -> Self {
        Self { host: host.to_owned(), cookie: self.cookie.clone() }
    }

    /// Asks, and takes only a good answer for one.
    pub(crate) async fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
        let (status, _, answer) = self.exchange(method, path, body).await?;
        if !(200..300).contains(&status) {
            bail!("{method} {path}: {status} {answer}");
        }
        Ok(answer)
    }

    /// Asks, and tells the status with the answer.
    pub(crate) async fn look(&self, path: &str) -> Result<(u16, Value)> {
        let (status, _, answer) = self.exchange("GET", path, None).await?;
        Ok((status, answer))
    }

    async fn exchange(&self, method: &str, path: &str, body: Option<&Value>) -> Result<(u16, String, Value)> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut stream = TcpStream::connect(&self.host).await?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\ncookie: {}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.cookie,
            body.len(),
            host = self.host,
        );
        stream.write_all(request.as_bytes()).await?;
        let mut all = String::new();
        stream.read_to_string(&mut all).await?;
        let (head, body) = all.split_once("\r\n\r\n").context("no answer")?;
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).context("no status")?;
        Ok((status, head.to_owned(), serde_json::from_str(body).unwrap_or_default()))
    }
}
