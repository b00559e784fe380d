//! A mail server for tests, on a port of its own: takes letters, or says what a test told it to say. It speaks enough
//! SMTP for one caller and no TLS.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What it does with the next letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Takes it.
    Take,
    /// Says this to the command that begins so: `("RCPT", "550 nobody of that name")`.
    Say(&'static str, &'static str),
    /// Says this when it has all of it.
    Answer(&'static str),
    /// Takes it and is gone before it says so.
    Vanish,
}

/// A letter that was taken, or that vanished with the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// For whom, as the server was told.
    pub to: String,
    /// All of it, headers first.
    pub text: String,
}

/// The server. It ends with the runtime of its test.
#[derive(Debug, Clone)]
pub struct PostOffice {
    /// `smtp://127.0.0.1:PORT?tls=none`
    pub url: String,
    turns: Arc<Mutex<VecDeque<Turn>>>,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl PostOffice {
    /// Opens it.
    ///
    /// # Errors
    /// Where no port can be had.
    pub async fn open() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("smtp://{}?tls=none", listener.local_addr()?);
        let office = Self { url, turns: Arc::default(), taken: Arc::default() };
        let inner = office.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let office = inner.clone();
                tokio::spawn(async move {
                    let _ = office.serve(stream).await;
                });
            }
        });
        Ok(office)
    }

    /// What it does with the next letters; those after them are taken.
    pub fn then(&self, turns: impl IntoIterator<Item = Turn>) {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).extend(turns);
    }

    /// What was taken so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, to: &str, text: &str) {
        let taken = Taken { to: to.to_owned(), text: text.to_owned() };
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).push(taken);
    }

    async fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let (reading, mut writing) = stream.into_split();
        let mut lines = BufReader::new(reading).lines();
        let turn = self.turns.lock().unwrap_or_else(PoisonError::into_inner).pop_front().unwrap_or(Turn::Take);
        let mut to = String::new();
        writing.write_all(b"220 here\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            if let Turn::Say(command, words) = &turn
                && line.starts_with(command)
            {
                writing.write_all(format!("{words}\r\n").as_bytes()).await?;
                continue;
            }
            match line.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => writing.write_all(b"250-here\r\n250 8BITMIME\r\n").await?,
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    writing.write_all(b"250 ok\r\n").await?;
                }
                "DATA" => {
                    writing.write_all(b"354 go on\r\n").await?;
                    let mut text = String::new();
                    while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                        text.push_str(line.strip_prefix('.').unwrap_or(&line));
                        text.push('\n');
                    }
                    match &turn {
                        Turn::Answer(words) => writing.write_all(format!("{words}\r\n").as_bytes()).await?,
                        Turn::Vanish => {
                            self.keep(&to, &text);
                            return Ok(());
                        }
                        Turn::Take | Turn::Say(..) => {
                            self.keep(&to, &text);
                            writing.write_all(b"250 taken\r\n").await?;
                        }
                    }
                }
                "QUIT" => {
                    writing.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => writing.write_all(b"250 ok\r\n").await?,
            }
        }
        Ok(())
    }
}
