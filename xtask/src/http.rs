//! A GET request over a plain connection to a server on this machine: enough to ask whether it answers.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result};

/// How long a server on the same machine may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Asks `http://127.0.0.1:port` for a path and returns the status and the body. HTTP/1.0, so that the answer ends
/// with the connection and is never in chunks.
pub(crate) fn get(port: u16, path: &str) -> Result<(u16, String)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    parse(&String::from_utf8_lossy(&answer))
}

/// Splits an answer into status and body.
fn parse(answer: &str) -> Result<(u16, String)> {
    let (head, body) = answer.split_once("\r\n\r\n").context("the answer has no end of its head")?;
    let status = head.split(' ').nth(1).context("the answer has no status")?.parse()?;
    Ok((status, body.to_owned()))
}

/// A port of the loopback address that was free a moment ago.
pub(crate) fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read() {
        let (status, body) = parse("HTTP/1.1 404 Not Found\r\nA: b\r\n\r\nnothing here").unwrap();
        assert_eq!((status, body.as_str()), (404, "nothing here"));
        assert!(parse("nonsense").is_err());
    }
}
