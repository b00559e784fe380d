//! What Telegram says when it refuses, turned into what a person can do about it.
//!
//! The Bot API has no codes beside the HTTP status: only its sentences tell one refusal from another. They are
//! those of <https://github.com/tdlib/telegram-bot-api> (Client.cpp, read 2026-11) and of the servers behind it,
//! which speak in capitals. An unknown sentence is shown to the author as it is, without the token.

use sarafan_domain::problem::Problem;
use sarafan_network::{NetError, quote};

/// What a sentence means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Means {
    /// The author or the owner can mend it; the code of the problem and its field.
    Mend(&'static str, &'static str),
    /// The bot is out.
    Out,
    /// The message is gone.
    Gone,
}

/// Beginnings of sentences after `Bad Request: ` or `Forbidden: `, in lower case; the first that fits counts.
const SENTENCES: &[(&str, Means)] = &[
    ("chat not found", Means::Mend("telegram-chat-not-found", "channel")),
    ("peer_id_invalid", Means::Mend("telegram-chat-not-found", "channel")),
    ("message to edit not found", Means::Gone),
    ("message to delete not found", Means::Gone),
    ("message to pin not found", Means::Gone),
    ("message_id_invalid", Means::Gone),
    ("message to be replied not found", Means::Mend("telegram-reply-gone", "comment")),
    ("replied message not found", Means::Mend("telegram-reply-gone", "comment")),
    ("message to reply not found", Means::Mend("telegram-reply-gone", "comment")),
    ("message can't be edited", Means::Mend("telegram-cannot-edit", "text")),
    ("there is no text in the message to edit", Means::Mend("telegram-cannot-edit", "text")),
    ("there is no caption in the message to edit", Means::Mend("telegram-cannot-edit", "text")),
    ("message can't be deleted", Means::Mend("telegram-cannot-delete", "channel")),
    ("message_delete_forbidden", Means::Mend("telegram-cannot-delete", "channel")),
    ("message is too long", Means::Mend("telegram-text-long", "text")),
    ("message_too_long", Means::Mend("telegram-text-long", "text")),
    ("message caption is too long", Means::Mend("telegram-text-long", "text")),
    ("media_caption_too_long", Means::Mend("telegram-text-long", "text")),
    ("message text is empty", Means::Mend("post-empty", "text")),
    ("text must be non-empty", Means::Mend("post-empty", "text")),
    ("not enough rights", Means::Mend("telegram-rights", "channel")),
    ("need administrator rights", Means::Mend("telegram-rights", "channel")),
    ("have no rights", Means::Mend("telegram-rights", "channel")),
    ("chat_write_forbidden", Means::Mend("telegram-rights", "channel")),
    ("chat_admin_required", Means::Mend("telegram-rights", "channel")),
    ("chat_send_", Means::Mend("telegram-rights", "channel")),
    ("bot was kicked", Means::Out),
    ("bot is not a member", Means::Out),
    ("bot was blocked", Means::Out),
    ("bot can't initiate", Means::Out),
    ("the group chat was deleted", Means::Out),
    ("user is deactivated", Means::Out),
    ("group chat was deactivated", Means::Out),
    ("file is too big", Means::Mend("telegram-file-large", "media")),
    ("request entity too large", Means::Mend("telegram-file-large", "media")),
    ("photo_invalid_dimensions", Means::Mend("telegram-file", "media")),
    ("photo_", Means::Mend("telegram-file", "media")),
    ("image_process_failed", Means::Mend("telegram-file", "media")),
    ("video_", Means::Mend("telegram-file", "media")),
    ("media_", Means::Mend("telegram-file", "media")),
    ("file must be non-empty", Means::Mend("telegram-file", "media")),
    ("wrong file identifier", Means::Mend("telegram-file", "media")),
    ("wrong type of", Means::Mend("telegram-file", "media")),
    ("can't use file of type", Means::Mend("telegram-file", "media")),
    ("wrong remote file", Means::Mend("telegram-file", "media")),
    ("button_", Means::Mend("telegram-button-refused", "options.buttons")),
    ("inline keyboard button", Means::Mend("telegram-button-refused", "options.buttons")),
    ("poll", Means::Mend("telegram-poll", "poll")),
    ("non-anonymous polls", Means::Mend("telegram-poll", "poll")),
];

/// The failure for a refusal with this status and sentence. `secret` is cut out wherever it appears.
pub(super) fn read(status: u16, description: &str, secret: &str) -> NetError {
    let said = description.trim();
    let rest = ["Bad Request: ", "Forbidden: "].iter().find_map(|start| said.strip_prefix(start)).unwrap_or(said);
    let lower = rest.to_lowercase();
    let means = SENTENCES.iter().find(|(start, _)| lower.starts_with(start)).map(|(_, means)| *means);
    let reason = || quote(rest, &[secret]);
    match (means, status) {
        (Some(Means::Out), _) | (None, 403) => {
            NetError::Reconnect { reason: Problem::error("telegram-out", "channel").with("reason", reason()) }
        }
        (Some(Means::Gone), _) => NetError::Gone,
        (Some(Means::Mend(code, field)), _) => {
            NetError::Rejected { problem: Problem::error(code, field).with("reason", reason()) }
        }
        // "Not Found" alone: the server knows no such bot, or is no Bot API server at all.
        (None, 404) if !lower.is_empty() && lower != "not found" => NetError::Gone,
        (None, 401 | 404) => NetError::Reconnect { reason: Problem::error("telegram-token", "token") },
        (None, 413) => NetError::Rejected { problem: Problem::error("telegram-file-large", "media") },
        (None, 409) => NetError::Rejected { problem: Problem::error("telegram-webhook", "channel") },
        (None, _) => {
            NetError::Rejected { problem: Problem::error("telegram-refused", "channel").with("reason", reason()) }
        }
    }
}

/// Nothing changed, and that is what was wanted.
pub(super) fn is_unchanged(description: &str) -> bool {
    description.to_lowercase().contains("message is not modified")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(status: u16, description: &str) -> String {
        match read(status, description, "1:secret") {
            NetError::Rejected { problem } => problem.code.into_owned(),
            NetError::Reconnect { reason } => format!("reconnect {}", reason.code),
            other => other.to_string(),
        }
    }

    #[test]
    fn sentences_become_problems() {
        let rows = [
            (400, "Bad Request: chat not found", "telegram-chat-not-found"),
            (400, "Bad Request: message is too long", "telegram-text-long"),
            (400, "Bad Request: need administrator rights in the channel chat", "telegram-rights"),
            (400, "Bad Request: not enough rights to send photos to the chat", "telegram-rights"),
            (400, "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN", "telegram-rights"),
            (400, "Bad Request: PHOTO_INVALID_DIMENSIONS", "telegram-file"),
            (413, "Request Entity Too Large", "telegram-file-large"),
            (400, "Bad Request: BUTTON_URL_INVALID", "telegram-button-refused"),
            (400, "Bad Request: poll must have at least 2 option", "telegram-poll"),
            (400, "Bad Request: message can't be deleted for everyone", "telegram-cannot-delete"),
            (400, "Bad Request: message to edit not found", "it no longer exists over there"),
            (403, "Forbidden: bot was kicked from the channel chat", "reconnect telegram-out"),
            (403, "Forbidden: something new", "reconnect telegram-out"),
            (401, "Unauthorized", "reconnect telegram-token"),
            (404, "Not Found", "reconnect telegram-token"),
            (409, "Conflict: can't use getUpdates method while webhook is active", "telegram-webhook"),
            (400, "Bad Request: SOMETHING_NEW", "telegram-refused"),
        ];
        for (status, description, expected) in rows {
            assert_eq!(told(status, description), expected, "{description}");
        }
    }

    #[test]
    fn a_stranger_cannot_make_us_show_the_token() {
        let error = read(400, "Bad Request: no way 1:secret, 1:secret", "1:secret");
        let NetError::Rejected { problem } = error else { panic!("{error}") };
        assert_eq!(problem.args.get("reason"), Some(&"no way ***, ***".into()));
    }
}
