//! The door against servers that refuse, cut, hang and echo: did it leave, or not?

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::*;
use crate::http::Body;
use sarafan_domain::delivery::Scope;

fn door(config: DoorConfig) -> Door {
    Door::new(DoorConfig { allow_private: vec!["127.0.0.1".into()], ..config }).unwrap()
}

/// A server that does one thing with its first connection.
async fn server<F, T>(act: F) -> SocketAddr
where
    F: FnOnce(TcpStream) -> T + Send + 'static,
    T: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        act(stream).await;
    });
    address
}

/// Reads until the empty line, and gives back what came.
async fn head(stream: &mut TcpStream) -> String {
    let mut seen = Vec::new();
    let mut byte = [0];
    while !seen.ends_with(b"\r\n\r\n") {
        assert_eq!(stream.read(&mut byte).await.unwrap(), 1, "the client left early");
        seen.push(byte[0]);
    }
    String::from_utf8(seen).unwrap()
}

async fn answer(mut stream: TcpStream, text: String) {
    head(&mut stream).await;
    stream.write_all(text.as_bytes()).await.unwrap();
}

fn write(address: SocketAddr) -> Request {
    Request::new(Effect::Write, "POST", format!("http://{address}/secret-path?secret=query"))
}

fn code(result: Result<Reply, HttpError>) -> String {
    match result {
        Ok(reply) => format!("status {}", reply.status),
        Err(error) => format!("{error:?}"),
    }
}

#[tokio::test]
async fn what_was_refused_was_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    assert_eq!(code(door(DoorConfig::default()).send(write(address)).await), "NotSent");
}

#[tokio::test]
async fn a_name_that_cannot_be_found_was_not_sent() {
    // A label of 64 characters is refused by the resolver itself, without asking anybody.
    let request = Request::get(format!("http://{}.example/", "a".repeat(64)));
    assert_eq!(code(door(DoorConfig::default()).send(request).await), "NotSent");
}

#[tokio::test]
async fn a_tls_greeting_without_an_answer_was_not_sent() {
    let (told, asked) = oneshot::channel();
    let address = server(|mut stream| async move {
        let mut byte = [0];
        stream.read_exact(&mut byte).await.unwrap();
        told.send(()).unwrap();
        std::future::pending::<()>().await;
    })
    .await;
    let door = door(DoorConfig::default());
    let sent =
        tokio::spawn(async move { door.send(Request { url: format!("https://{address}/"), ..write(address) }).await });
    asked.await.unwrap();
    tokio::time::pause();
    assert_eq!(code(sent.await.unwrap()), "NotSent");
}

#[tokio::test]
async fn what_was_read_and_never_answered_is_unknown() {
    let address = server(|mut stream| async move {
        head(&mut stream).await;
    })
    .await;
    assert_eq!(code(door(DoorConfig::default()).send(write(address)).await), "NoAnswer(Write)");
}

#[tokio::test]
async fn a_reset_in_the_middle_of_the_body_is_unknown() {
    let address = server(|mut stream| async move {
        head(&mut stream).await;
        let mut some = [0; 1000];
        stream.read_exact(&mut some).await.unwrap();
        stream.set_zero_linger().unwrap();
    })
    .await;
    let bytes = Bytes::from(vec![b'x'; 8 << 20]);
    let request = write(address).body(Body::Raw { mime: "video/mp4".into(), bytes });
    assert_eq!(code(door(DoorConfig::default()).send(request).await), "NoAnswer(Write)");
}

#[tokio::test]
async fn silence_after_accepting_ends_with_the_time_out() {
    let (told, asked) = oneshot::channel();
    let address = server(|mut stream| async move {
        head(&mut stream).await;
        told.send(()).unwrap();
        std::future::pending::<()>().await;
    })
    .await;
    let door = door(DoorConfig::default());
    let sent = tokio::spawn(async move { door.send(write(address)).await });
    asked.await.unwrap();
    // From here on time passes by itself as soon as everybody waits.
    tokio::time::pause();
    assert_eq!(code(sent.await.unwrap()), "NoAnswer(Write)");
}

#[tokio::test]
async fn an_answer_that_is_cut_or_endless_is_none() {
    let rows = [
        ("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf".to_owned(), "NoAnswer(Write)"),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n".to_owned(), "NoAnswer(Write)"),
        (format!("HTTP/1.1 200 OK\r\ncontent-length: 200\r\n\r\n{}", "x".repeat(200)), "NoAnswer(Write)"),
        (format!("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}", "x".repeat(100)), "status 200"),
        ("not http at all\r\n\r\n".to_owned(), "NoAnswer(Write)"),
        (
            "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n".to_owned(),
            "status 302",
        ),
    ];
    for (text, expected) in rows {
        let said = text.clone();
        let address = server(move |stream| answer(stream, said)).await;
        let door = door(DoorConfig { max_reply_bytes: 100, ..DoorConfig::default() });
        assert_eq!(code(door.send(write(address)).await), expected, "{text}");
    }
}

#[tokio::test]
async fn headers_cannot_break_the_line_in_either_direction() {
    let (told, asked) = oneshot::channel();
    let address = server(|mut stream| async move {
        told.send(head(&mut stream).await).unwrap();
        let text = "HTTP/1.1 204 No Content\r\nSet-Cookie: a=b\r\nX-Note: a\tb\r\nRetry-After: 7\r\n\r\n";
        stream.write_all(text.as_bytes()).await.unwrap();
    })
    .await;
    let request = write(address).header("x-key", "a\r\nx-evil: 1\n").header("host", "evil.example");
    let reply = door(DoorConfig::default()).send(request).await.unwrap();
    let asked = asked.await.unwrap().to_lowercase();
    assert!(asked.contains("x-key: ax-evil: 1\r\n"), "{asked}");
    assert!(asked.contains(&format!("host: {address}\r\n")), "{asked}");
    assert!(asked.contains("user-agent: sarafan/"), "{asked}");
    assert!(asked.contains("content-length: 0\r\n"), "{asked}");
    assert_eq!(reply.header("set-cookie"), None);
    assert_eq!(reply.header("x-note"), Some("ab"));
    assert_eq!(reply.retry_after(Timestamp::UNIX_EPOCH), Some(Timestamp::from_second(7).unwrap()));
}

#[tokio::test]
async fn private_places_are_refused_by_number_and_by_name() {
    let door = Door::new(DoorConfig::default()).unwrap();
    for url in ["http://127.0.0.1/", "http://localhost:1/", "gopher://example.org/", "nonsense"] {
        assert_eq!(code(door.send(Request::get(url)).await), "Forbidden", "{url}");
    }
    let named = Door::new(DoorConfig { allow_private: vec!["localhost:1".into()], ..DoorConfig::default() }).unwrap();
    assert_eq!(code(named.send(Request::get("http://localhost:1/")).await), "NotSent");
    assert_eq!(code(named.send(Request::get("http://localhost:2/")).await), "Forbidden");
}

#[tokio::test(start_paused = true)]
async fn a_used_up_quota_says_until_when_and_time_gives_it_back() {
    static QUOTAS: [Quota; 1] = [Quota { scope: Scope::Channel, endpoint: "", calls: 2, per: Duration::from_secs(16) }];
    let door = Door::new(DoorConfig { clock: || Timestamp::UNIX_EPOCH, ..DoorConfig::default() }).unwrap();
    let scoped = door.scoped("mirror", &QUOTAS, "channel", "app");
    // The address is refused, but only after the quota has been counted.
    let ask = || async { code(scoped.send(Request::get("http://127.0.0.1/")).await) };
    assert_eq!(ask().await, "Forbidden");
    assert_eq!(ask().await, "Forbidden");
    let until = Timestamp::from_second(17).unwrap();
    let refused = scoped.send(Request::get("http://127.0.0.1/")).await.unwrap_err();
    assert_eq!(refused, HttpError::Quota { scope: Scope::Channel, until });
    tokio::time::advance(Duration::from_secs(17)).await;
    assert_eq!(ask().await, "Forbidden");
}
