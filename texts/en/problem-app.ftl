# The library and its files: problems that are not about a post.
problem-range-bad = The part of the file that was asked for does not exist.
problem-asset-in-use = { $count ->
    [one] A post still to go out shows this file.
   *[other] Posts still to go out show this file; { $count } posts use it.
}
problem-asset-in-use-remedy = Take it out of them first, or wait until they are out.
problem-file-too-large = “{ $name }” is too large: { $megabytes } MB, and at most { $max_megabytes } MB are taken.
problem-file-too-large-remedy = Make it smaller, or ask whoever runs this installation to raise the limit.
problem-too-many = These are too many: at most { $max }.
problem-mail-off = This installation mails nothing.
problem-mail-off-remedy = Name a mail server in the setting mail, see docs/configuration.md.
problem-mail-refused = The mail server { $server } did not take the letter: { $reason }
problem-mail-refused-remedy = See the settings mail, mail_password and mail_from.
problem-mail-unknown = The mail server { $server } had the whole letter and did not say whether it took it.
problem-mail-unknown-remedy = See whether it arrived.

# Tokens of programs.
problem-token-person-unknown = Nobody here has this address.
problem-token-scopes-none = A token needs at least one permission.
problem-token-brands-bad = A token can be made for brands you work for, at least for one.
problem-token-days-bad = A token can be good for 1 to { $max } days.
problem-tokens-too-many = There are { $max } tokens already.
problem-tokens-too-many-remedy = Revoke those that nobody uses.
problem-moved = This came with the brand from another installation, which may have sent it.
problem-moved-remedy = Look at the channel, and at the old installation. Then send it, move it or call it off.
problem-move-foreign = This is no brand that Sarafan exported.
problem-move-foreign-remedy = Choose the file that Settings → Move or `sarafan brand export` wrote.
problem-move-other = This file was written by Sarafan { $made }, here is { $version }.
problem-move-other-remedy = Bring both installations to the same version, export again, then import.
problem-move-damaged = The file is damaged at { $at }: { $why }.
problem-move-damaged-remedy = Export the brand again. Nothing was changed here.
problem-move-here = This brand is here already.
problem-move-here-remedy = A brand moves only where it is not. Nothing was changed here.
problem-move-file = The file could not be read or written: { $reason }.
problem-limit-owner = An owner has no limits.
problem-limit-owner-remedy = Change the role first.

# Requests with a key.
problem-idempotency-key-bad = An Idempotency-Key has 1 to { $max } printable ASCII characters without spaces.
problem-idempotency-other = This Idempotency-Key was used for another request.
problem-idempotency-other-remedy = Take a new key for each request, and the same one only to repeat it.
problem-idempotency-running = The first request with this Idempotency-Key is still being answered.
problem-idempotency-running-remedy = Ask again in a moment.
problem-idempotency-lost = The request with this Idempotency-Key was carried out, but its answer was lost.
problem-idempotency-lost-remedy = Look at what is there now before you ask with a new key.

# Webhooks.
problem-webhooks-too-many = A brand has at most { $max } webhooks.
problem-webhook-url-bad = A webhook needs an address that begins with https:// or http://, without a name and a password in it, of at most { $max } characters.
problem-webhook-topics-none = Choose at least one event.
problem-webhook-waiting = This message is on its way already.
problem-webhook-unreachable = The server could not be reached.
problem-webhook-forbidden = The address is private, and this installation does not allow it.
problem-webhook-forbidden-remedy = Whoever runs this installation can add it to the setting allow_private.
problem-webhook-silent = The server took the message and gave no answer in time.
problem-webhook-dead = Switched off: its last messages could not be delivered for a day each.
problem-webhook-dead-remedy = See in the log what was answered, mend it over there, and switch it on again.
problem-webhook-unwanted = Switched off: the server answered that it wants nothing any more (410).
problem-webhook-restored = Switched off: a back-up was put back.
problem-webhook-restored-remedy = Switch it on when this installation is the one that shall speak.
problem-note-blank = There is nothing in the note.
problem-note-too-long = A note can have { $max } characters at most.
problem-mention-unknown = Somebody who is named does not work on this brand, or cannot see notes.
problem-task-empty = Say what is to be done.
problem-task-too-long = This can have { $max } characters at most.
problem-assignee-unknown = This person does not work on this brand, or cannot see tasks.
problem-due-bad = This is no time.
problem-due-bad-remedy = Write it as 2026-12-01T10:00.
problem-hour-bad = The hour is a number from 0 to 23.
problem-messenger-off = This installation tells nobody by messenger.
problem-messenger-off-remedy = Whoever runs it sets messenger_token, the token of a bot.
problem-messenger-away = The messenger does not answer.
problem-messenger-away-remedy = Try again in a minute. If it stays so, the token or the server of the bot is wrong.
