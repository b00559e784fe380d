//! One caller of the API over a connection that stays open, as quick as plain sockets are: the caller shares the machine
//! with what it measures. Many callers are many threads.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// A request that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(120);

/// A connection with the cookie of a session.
pub(super) struct Caller {
    port: u16,
    cookie: String,
    stream: BufReader<TcpStream>,
}

impl Caller {
    /// Opens a connection; `cookie` may be empty.
    pub(super) fn open(port: u16, cookie: &str) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self { port, cookie: cookie.to_owned(), stream: BufReader::with_capacity(1 << 16, stream) })
    }

    /// Signs in; the cookie is kept.
    pub(super) fn sign_in(port: u16, email: &str, password: &str) -> Result<String> {
        let mut caller = Self::open(port, "")?;
        let body = serde_json::json!({ "email": email, "password": password }).to_string();
        let (status, head, _) = caller.exchange("POST", "/api/v1/session", &body)?;
        let cookie = head.lines().find(|line| line.to_ascii_lowercase().starts_with("set-cookie:"));
        let cookie = cookie.and_then(|line| line.split_once(':')).and_then(|(_, rest)| rest.split(';').next());
        match (status, cookie) {
            (200, Some(cookie)) => Ok(cookie.trim().to_owned()),
            _ => bail!("signing in was answered with {status}"),
        }
    }

    /// Asks and reads the answer; anything but success is an error.
    pub(super) fn ask(&mut self, method: &str, path: &str, body: &str) -> Result<Vec<u8>> {
        let (status, _, answer) = self.exchange(method, path, body)?;
        if !(200..300).contains(&status) {
            bail!("{method} {path} was answered with {status}: {}", String::from_utf8_lossy(&answer));
        }
        Ok(answer)
    }

    /// Asks and reads the answer as JSON.
    pub(super) fn json(&mut self, method: &str, path: &str, body: &str) -> Result<Value> {
        serde_json::from_slice(&self.ask(method, path, body)?).with_context(|| format!("{method} {path}: no JSON"))
    }

    fn exchange(&mut self, method: &str, path: &str, body: &str) -> Result<(u16, String, Vec<u8>)> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\norigin: http://127.0.0.1:{port}\r\ncookie: {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.cookie,
            body.len(),
            port = self.port,
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut head)? == 0 {
                bail!("the connection was closed");
            }
        }
        let status = head.split(' ').nth(1).context("no status")?.parse()?;
        let field = |name: &str| {
            head.lines().filter_map(|line| line.split_once(':')).find(|(key, _)| key.eq_ignore_ascii_case(name))
        };
        let mut answer = Vec::new();
        if let Some((_, length)) = field("content-length") {
            answer.resize(length.trim().parse()?, 0);
            self.stream.read_exact(&mut answer)?;
        } else if field("transfer-encoding").is_some() {
            self.chunks(&mut answer)?;
        }
        Ok((status, head, answer))
    }

    fn chunks(&mut self, answer: &mut Vec<u8>) -> Result<()> {
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            let size = usize::from_str_radix(line.trim(), 16).context("a chunk without a size")?;
            let from = answer.len();
            answer.resize(from + size, 0);
            if let Some(room) = answer.get_mut(from..) {
                self.stream.read_exact(room)?;
            }
            self.stream.read_line(&mut line)?;
            if size == 0 {
                return Ok(());
            }
        }
    }
}

/// What many callers saw.
pub(super) struct Seen {
    /// Requests a second.
    pub(super) rate: f64,
    /// Milliseconds of every request, sorted.
    pub(super) times: Vec<f64>,
}

impl Seen {
    /// The time that so many percent of the requests did not exceed.
    pub(super) fn percentile(&self, percent: usize) -> f64 {
        percentile(&self.times, percent)
    }
}

/// The value that so many percent of sorted values do not exceed.
pub(super) fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let index = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(index).copied().unwrap_or(f64::NAN)
}

/// Lets `callers` ask `each` times at once. `make` gives method, path and body of a caller's request.
pub(super) fn many(
    port: u16,
    cookie: &str,
    callers: usize,
    each: usize,
    make: impl Fn(usize, usize) -> (&'static str, String, String) + Sync,
) -> Result<Seen> {
    let begun = Instant::now();
    let mut times = thread::scope(|scope| -> Result<Vec<f64>> {
        let threads: Vec<_> = (0..callers)
            .map(|caller| {
                let make = &make;
                scope.spawn(move || -> Result<Vec<f64>> {
                    let mut line = Caller::open(port, cookie)?;
                    let mut times = Vec::with_capacity(each);
                    for n in 0..each {
                        let (method, path, body) = make(caller, n);
                        let asked = Instant::now();
                        line.ask(method, &path, &body)?;
                        times.push(asked.elapsed().as_secs_f64() * 1000.0);
                    }
                    Ok(times)
                })
            })
            .collect();
        let mut all = Vec::new();
        for thread in threads {
            all.extend(thread.join().map_err(|_| anyhow::anyhow!("a caller panicked"))??);
        }
        Ok(all)
    })?;
    let count = f64::from(u32::try_from(times.len())?);
    times.sort_by(f64::total_cmp);
    Ok(Seen { rate: count / begun.elapsed().as_secs_f64(), times })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_seen() {
        let values: Vec<f64> = (1..=200).map(f64::from).collect();
        assert_eq!((percentile(&values, 50), percentile(&values, 99), percentile(&values, 100)), (100.0, 198.0, 200.0));
        assert!(percentile(&[], 50).is_nan());
    }
}
