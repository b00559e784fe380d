//! Starts the emulator and prints what is typed to connect a channel to it, as one line of JSON. Runs until its
//! standard input ends. For trying the product by hand and for tests that need a server of their own.

use std::convert::Infallible;

use teloxide::dptree;
use teremock::{MockBot, MockMessageText};
use tokio::io::AsyncReadExt;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let bot: MockBot<Infallible, _> = MockBot::new(MockMessageText::new().text("hello"), dptree::entry()).await;
    let server = bot.api_url().as_str().trim_end_matches('/').to_owned();
    println!("{}", serde_json::json!({ "server": server, "token": "1:emulator", "chat": "-1001234567890" }));
    tokio::io::stdin().read_to_end(&mut Vec::new()).await?;
    Ok(())
}
