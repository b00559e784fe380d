# What is wrong and what helps: problem-<code> and problem-<code>-remedy.

# Names, languages, zones
problem-name-empty = There is no name yet.
problem-name-too-long = The name is too long: at most { $max ->
    [one] { $max } character
   *[other] { $max } characters
}.
problem-too-long = This is too long: at most { $max ->
    [one] { $max } character
   *[other] { $max } characters
}.
problem-language-unknown = “{ $language }” is not a language code.
problem-language-unknown-remedy = Write it as en, pl or ru.
problem-country-unknown = “{ $country }” is not a country code.
problem-country-unknown-remedy = Write two capital letters, such as PL or GB.
problem-zone-unknown = There is no time zone “{ $zone }”.
problem-zone-unknown-remedy = Write it as Europe/Warsaw or Europe/Moscow.
problem-wall-gap = The time { $wall } does not exist in { $zone }: the clocks skip it when they go forward.
problem-wall-gap-remedy = Choose a time an hour later.
problem-wall-twice = The time { $wall } happens twice in { $zone }: the clocks go back that night.
problem-wall-twice-remedy = Say whether you mean the first or the second one, or choose another hour.
problem-wall-out-of-range = This date is too far away.
problem-days-range = The period is too long, or it ends before it begins: at most { $max ->
    [one] { $max } day
   *[other] { $max } days
}.
problem-cursor-bad = This page of the list no longer exists.
problem-cursor-bad-remedy = Load the list again from its beginning.
problem-key-bad = The id of a post has between 1 and 200 characters.

# A post
problem-post-empty = There is neither text nor media.
problem-post-empty-remedy = Write something or add a picture.
problem-text-huge = The text is longer than anything any network takes ({ $max } bytes).
problem-text-huge-remedy = Shorten it or split it into several posts.
problem-link-bad = “{ $link }” is not a web address.
problem-link-bad-remedy = A link begins with https:// or http://.
problem-at-past = This time has already passed.
problem-at-past-remedy = Choose a later time, or send it now.
problem-channels-none = No channel is chosen.
problem-channels-none-remedy = Choose at least one channel to send it to.
problem-channels-empty = There is a time, but no channel to send it to.
problem-channels-empty-remedy = Name at least one channel.
problem-channel-missing = One of the chosen channels is no longer connected.
problem-channel-missing-remedy = Take it out or connect it again.
problem-asset-missing = A file of the post is no longer in the library.
problem-asset-missing-remedy = Take it out of the post or upload it again.
problem-post-state = { $state ->
    [draft] The post is a draft, so this cannot be done now.
    [in_review] The post waits for approval, so this cannot be done now.
    [changes_asked] Changes were asked for, so this cannot be done now.
    [approved] The post is approved and not yet scheduled, so this cannot be done now.
    [scheduled] The post is already scheduled, so this cannot be done now.
    [sending] The post is being sent right now, so this cannot be done now.
    [cancelled] The post was called off, so this cannot be done now.
    [deleted] The post has been taken down, so this cannot be done now.
    [unknown] First clear up whether the post is out.
   *[other] The post is already out on at least one channel, so this cannot be done any more.
}
problem-delivery-state = { $state ->
    [sending] It is being sent right now and can no longer be stopped.
    [sent] It is already out.
    [cancelled] It was called off.
    [deleted] It has been taken down.
    [unknown] First say whether it is out.
   *[other] This cannot be done in its present state.
}
problem-slot-none = The timetable of “{ $channel }” has no free slot in the coming weeks.
problem-slot-none-remedy = Add slots to the channel’s timetable or choose a time yourself.

# What a network would refuse
problem-text-too-long = { $parts ->
    [1] The text is { $over ->
        [one] { $over } character
       *[other] { $over } characters
    } too long: { $count } of { $max }.
   *[other] Part { $part } is { $over ->
        [one] { $over } character
       *[other] { $over } characters
    } too long: { $count } of { $max }.
}
problem-text-too-long-remedy = Shorten it, or write a text of its own for this network.
problem-text-too-many-bytes = { $parts ->
    [1] The text takes { $over ->
        [one] { $over } byte
       *[other] { $over } bytes
    } too many: { $count } of { $max }.
   *[other] Part { $part } takes { $over ->
        [one] { $over } byte
       *[other] { $over } bytes
    } too many: { $count } of { $max }.
}
problem-text-too-many-bytes-remedy = Shorten it. Emoji and Cyrillic letters take more bytes than Latin ones.
problem-thread-unsupported = { $network } has no threads, and the text has { $parts } parts.
problem-thread-unsupported-remedy = Take the lines with --- out, or write a text of its own for this network.
problem-link-dropped = { $network } would not show the link of this post.
problem-link-dropped-remedy = Put the link into the text for this network.
problem-first-comment-unsupported = { $network } takes no first comment; it is left out there.
problem-first-comment-too-long = The first comment is too long: { $count } of { $max }.
problem-first-comment-too-long-remedy = Shorten the first comment.
problem-media-too-many = Too many files: { $count } of at most { $max }.
problem-media-too-many-remedy = Take some out, or choose others for this network.
problem-media-too-few = Too few files: { $count }, and at least { $min } are needed.
problem-media-too-few-remedy = Add a picture or a video.
problem-media-too-many-of-kind = { $kind ->
    [image] Too many pictures: { $count } of at most { $max }.
    [gif] Too many animations: { $count } of at most { $max }.
    [video] Too many videos: { $count } of at most { $max }.
   *[document] Too many documents: { $count } of at most { $max }.
}
problem-media-too-many-of-kind-remedy = Take some out, or choose others for this network.
problem-media-mixed = { $kind ->
    [image] Pictures cannot stand together with other files in one post here.
    [gif] An animation cannot stand together with other files in one post here.
    [video] A video cannot stand together with other files in one post here.
   *[document] A document cannot stand together with other files in one post here.
}
problem-media-mixed-remedy = Leave files of one kind, or choose others for this network.
problem-media-kind = { $kind ->
    [image] File { $n }: pictures are not taken here.
    [gif] File { $n }: animations are not taken here.
    [video] File { $n }: videos are not taken here.
   *[document] File { $n }: documents are not taken here.
}
problem-media-kind-remedy = Take the file out for this network.
problem-media-type = File { $n } has the format { $type }, which is not taken here.
problem-media-type-remedy = Use another format: JPEG or PNG for pictures, MP4 for videos.
problem-media-too-large = File { $n } is too large: { $bytes } bytes of at most { $max }.
problem-media-too-large-remedy = Make the file smaller.
problem-media-dimensions = File { $n } does not fit with its { $width } × { $height } pixels.
problem-media-dimensions-remedy = Make the picture smaller.
problem-media-ratio = File { $n } is too long and narrow: at most { $max } : 1.
problem-media-ratio-remedy = Crop it.
problem-media-too-long = File { $n } lasts too long: at most { $max ->
    [one] { $max } second
   *[other] { $max } seconds
}.
problem-media-too-long-remedy = Shorten the video.
problem-media-will-be-converted = File { $n } will be sent as { $type }, made to fit this network. The original stays as it is.
problem-alt-missing = File { $n } has no description for people who cannot see it.
problem-alt-missing-remedy = Say in a sentence what it shows.
problem-alt-too-long = The description of file { $n } is too long: { $count } of { $max }.
problem-alt-too-long-remedy = Shorten the description.
problem-alt-extra = There are more descriptions than files.
problem-poll-few = A poll needs at least two answers.
problem-poll-empty = An answer of the poll is empty.
problem-poll-hours = A poll must be open for at least an hour.
problem-poll-unsupported = { $network } has no polls.
problem-poll-unsupported-remedy = Take the poll out, or do not send this post there.
problem-poll-options = The poll has { $count } answers; { $min } to { $max } are taken here.
problem-poll-option-too-long = Answer { $n } of the poll is too long: { $count } of { $max }.
problem-poll-hours-range = The poll is open for { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}; { $min } to { $max } are taken here.
problem-poll-with-media = { $network } takes either a poll or media, not both.
problem-poll-with-media-remedy = Take the media or the poll out for this network.
problem-option-missing = “{ $option }” must be filled in.
problem-option-unknown = There is no option “{ $option }” here; it is left out.
problem-option-too-long = “{ $option }” is too long: { $count } of { $max }.
problem-option-not-url = “{ $option }” must be a web address.
problem-option-not-flag = “{ $option }” can only be on or off.
problem-option-not-choice = “{ $option }” must be one of the choices.
problem-option-number = “{ $option }” must be a whole number from { $min } to { $max }.
problem-option-too-many = “{ $option }” has too many entries: { $count } of { $max }.

# On the way
problem-network-unreachable = The network does not answer or has trouble. Nothing was sent.
problem-network-unreachable-remedy = It is tried again by itself.
problem-rate-limited = The network asks us to slow down.
problem-rate-limited-remedy = It goes on by itself as soon as the network allows it.
problem-credential-expired = The access to this channel has expired.
problem-credential-expired-remedy = Press “Connect again” on the channel’s page. Then press “Try again” at the posts that did not go out.
problem-credential-missing = The access to this channel is not stored.
problem-credential-missing-remedy = Press “Connect again” on the channel’s page. Then press “Try again” at the posts that did not go out.
problem-credential-unreadable = The stored access to this channel cannot be decrypted.
problem-credential-unreadable-remedy = Bring the right key file back, or press “Connect again” on the channel’s page.
problem-credential-revoked = The network no longer accepts our access to this channel.
problem-credential-revoked-remedy = Press “Connect again” on the channel’s page. Then press “Try again” at the posts that did not go out.
problem-permission-missing = The account lacks a permission that is needed for this.
problem-permission-missing-remedy = Grant it on the network, then press “Connect again” on the channel’s page.
problem-account-inactive = The account is blocked, suspended or deleted on the network.
problem-account-inactive-remedy = See there what happened, then press “Connect again” on the channel’s page.
problem-server-unsuitable = There is no suitable server at this address.
problem-server-unsuitable-remedy = Check the address.
problem-handle-unknown = There is no account “{ $handle }”.
problem-handle-unknown-remedy = Check the spelling.
problem-address-forbidden = The address belongs to a private network, and calling those is not allowed.
problem-address-forbidden-remedy = If it is meant, allow it in the configuration.
problem-network-refused = { $network } refuses it: “{ $message }”.
problem-network-refused-remedy = Change the post, then press “Try again”.
problem-media-processing-failed = { $network } did not get one of the files ready.
problem-media-processing-failed-remedy = Press “Try again”, or use a smaller file.
problem-edit-parts = On { $network } a thread can only be changed part by part: their number must stay the same.
problem-edit-parts-remedy = Keep the number of parts, or delete the thread and send it anew.
problem-gone = It no longer exists on the network.
problem-outcome-unknown = The post was handed over, but no clear answer came back. It may be out or not.
problem-outcome-unknown-remedy = Look at the channel, then say here whether the post is out. Until then it is not sent again.
problem-answer-unreadable = The network gave an answer that cannot be understood ({ $detail }).
problem-answer-unreadable-remedy = Look at the channel. If it happens again, report it to us.
problem-by-hand = Sent by a person’s decision.
problem-held-paused = Sending is paused.
problem-held-paused-remedy = It goes on when the pause ends.
problem-held-late = It is { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} late and was not sent without asking.
problem-held-late-remedy = Press “Send now”, move the post to another time, or call it off.
problem-network-missing = This Sarafan does not know the channel’s network.
problem-network-missing-remedy = Use a version that was built with this network.
problem-network-no-publish = One cannot publish on this network.
problem-network-no-edit = { $network } does not let a post be changed once it is out.
problem-network-no-delete = { $network } does not let us take a post down.
problem-network-no-delete-remedy = Delete it on the network itself.

# Channels
problem-network-unknown = There is no network “{ $network }” here.
problem-nothing-to-connect = This account has nothing on { $network } that could be connected.
problem-nothing-to-connect-remedy = Check that it may post to the page, group or channel you mean.
problem-reconnect-other = This is the access to “{ $name }”, another channel.
problem-reconnect-other-remedy = Sign in on the network with the account of this channel.
problem-slot-bad = “{ $time }” is not a time of day.
problem-slots-too-many = A timetable has at most { $max } slots.

# Repeating
problem-repeat-interval = The interval must be between 1 and { $max }.
problem-repeat-weekday = A day of the week is from 1 (Monday) to 7 (Sunday).
problem-repeat-count = The number of times must be between 1 and { $max }.
problem-repeat-until = The repetition ends on { $date }, before it begins.
problem-repeat-until-remedy = Choose a later end.
problem-repeat-never = With these settings it would never happen.
problem-repeat-never-remedy = Choose other days or a later end.

# A content plan from a file
problem-plan-empty = The file is empty.
problem-plan-not-text = This is not a CSV file.
problem-plan-not-text-remedy = In your spreadsheet, choose “Save as” and the format CSV (UTF-8).
problem-plan-too-many-rows = The file has more than { $max } rows.
problem-plan-too-many-rows-remedy = Split it into several files.
problem-encoding-broken = The text is damaged: line { $line } cannot be read as { $encoding }.
problem-encoding-broken-remedy = Save the file again as CSV (UTF-8), or choose another encoding.
problem-column-unknown = The file has no column “{ $column }”.
problem-quote-open = The quotation mark opened on line { $line } is never closed.
problem-quote-open-remedy = Close it, or double the quotation marks inside the cell ("").
problem-quote-stray = A quotation mark stands in the wrong place on line { $line }.
problem-quote-stray-remedy = Double the quotation marks inside the cell ("").
problem-cell-huge = The cell in the column “{ $column }” is too big: at most { $max } bytes.
problem-row-wide = The row has more than { $max } cells.
problem-row-cells = The row has { $found ->
    [one] { $found } cell
   *[other] { $found } cells
}, but the file has { $expected ->
    [one] { $expected } column
   *[other] { $expected } columns
}.
problem-row-cells-remedy = Put quotation marks around texts that contain the separator or a line break.
problem-row-duplicate = The same row already stands on line { $line }.
problem-id-duplicate = The id “{ $id }” is already used on line { $line }.
problem-id-duplicate-remedy = Give this row an id of its own.
problem-id-known = “{ $id }” was imported before and is skipped.
problem-id-too-long = The id is too long: at most { $max } characters.
problem-control-dropped = Invisible control characters in the column “{ $column }” were taken out.
problem-list-long = The list in this cell is too long: at most { $max } entries.
problem-rubric-unknown = There is no rubric “{ $rubric }”; the post comes in without one.
problem-rubric-unknown-remedy = Add the rubric in the brand’s settings, or choose one in the post.
problem-media-missing = The file “{ $file }” is missing.
problem-media-missing-remedy = Give it together with the plan, or upload it to the library first.
problem-extra-unreadable = The column “extra” cannot be read.
problem-extra-unreadable-remedy = Leave it as Sarafan exported it, or empty it.
problem-channel-unknown = { $known ->
    [none] There is no channel “{ $channel }”: no channel is connected yet.
   *[other] There is no channel “{ $channel }”. Known ones: { $known }.
}
problem-channel-unknown-remedy = { $known ->
    [none] Connect the channel first, then import the plan.
   *[other] Connect the channel, or name one of the known ones.
}
problem-channel-ambiguous = “{ $channel }” can be several channels: { $candidates }.
problem-channel-ambiguous-remedy = Write one of these.
problem-date-format-ask = Which date is “{ $value }”? It can be { $candidates } (order: { $orders }).
problem-date-format-ask-remedy = Choose the order of day (d), month (m) and year (y), or write dates as 2026-12-31 23:59.
problem-date-impossible = There is no such date: “{ $value }”.
problem-at-no-time = “{ $value }” has no time of day.
problem-at-no-time-remedy = Write date and time: 2026-12-31 10:00.
problem-at-unreadable = “{ $value }” cannot be read as a date and time.
problem-at-unreadable-remedy = Write it as 2026-12-31 10:00.

# People
problem-email-bad = This is not an e-mail address.
problem-email-taken = Somebody with the address { $email } is already here.
problem-member-already = { $email } is already a member of the brand.
problem-invitations-too-many = There are already { $max } open invitations.
problem-invitations-too-many-remedy = Withdraw some that are no longer needed.
problem-last-owner = The brand would be left without an owner.
problem-last-owner-remedy = Make somebody else an owner first.
problem-password-short = The password is too short: at least { $min ->
    [one] { $min } character
   *[other] { $min } characters
}.
problem-password-short-remedy = A few words that nobody would put together are easy to remember.
problem-password-long = The password is too long: at most { $max } bytes.
problem-password-obvious = This password is too easy to guess.
problem-password-wrong = The present password is not right.
problem-sign-in-wrong = The e-mail address or the password is not right.
problem-sign-in-wrong-remedy = Check both, or choose “Forgot the password?”.
problem-sign-in-over = This sign-in took too long or was finished already.
problem-sign-in-over-remedy = Begin again with the password.
problem-factor-code-wrong = This code is not right, or it was used already.
problem-factor-code-wrong-remedy = Take the newest one that the application shows, and see whether the clock of the device is right.
problem-factor-already = There is an application that makes codes already.
problem-factor-already-remedy = Remove it first.
problem-factor-begin-first = Nothing is waiting for a code: it took longer than half an hour.
problem-factor-begin-first-remedy = Begin again and scan the new picture.
problem-factor-none = There is no second step, so there is nothing to recover.
problem-factor-none-remedy = Add an application that makes codes first.
problem-person-unknown = Nobody here has this address.
problem-passkey-bad = This passkey opens nothing here, or what it showed is not the answer to our question.
problem-passkey-bad-remedy = Try again with another passkey or another way to sign in.
problem-passkey-address = There can be no passkeys at this address: they need https and a name.
problem-passkey-address-remedy = Set public_url to an address such as https://smm.example.org.
problem-passkeys-too-many = There are { $max } passkeys already.
problem-passkeys-too-many-remedy = Remove one that you do not use.
problem-transfer-self = The brand is yours already.
problem-transfer-self-remedy = Choose another member.
problem-oidc-off = Nobody comes in through another provider here.
problem-oidc-off-remedy = Sign in with the password or a passkey.
problem-oidc-refused = The provider did not confirm who you are.
problem-oidc-refused-remedy = Try again; if it happens again, ask whoever runs this installation.
problem-oidc-stranger = Nobody here has the address that the provider confirms, and there is no open invitation for it.
problem-oidc-stranger-remedy = Ask an owner or a manager for an invitation to that address.
problem-setup-link-bad = This link has been used already or is not the right one.
problem-setup-link-bad-remedy = Start Sarafan again to get a new link, or sign in.

# The brand
problem-late-too-long = At most { $max ->
    [one] { $max } minute
   *[other] { $max } minutes
} late can be allowed.
problem-rubric-key-bad = The key of a rubric has 1 to 40 letters, digits, hyphens and underscores.
problem-rubric-key-taken = There is already a rubric with the key “{ $key }”.
problem-rubrics-too-many = A brand has at most { $max } rubrics.
problem-color-bad = There is no such colour.
problem-share-bad = The wanted share is between 0 and 100 per cent.

# Files
problem-file-empty = “{ $name }” is empty.
problem-file-lies = “{ $name }” is not what its name says.
problem-file-lies-remedy = Open it in a picture editor and save it again as JPEG or PNG.
problem-file-svg = SVG drawings are not taken: they can hold scripts, and networks do not show them.
problem-file-svg-remedy = Export the drawing as PNG.
problem-file-active = Web pages and scripts are not taken.
problem-file-type = Files of this kind are not taken.
problem-file-type-remedy = Pictures: JPEG, PNG, GIF, WebP. Videos: MP4, WebM. Documents: PDF, office files, plain text.
problem-file-broken = The file is damaged or was not uploaded to its end.
problem-file-broken-remedy = Upload it again. If that does not help, save it anew in the program it comes from.
problem-picture-type = Pictures in HEIC and AVIF are not taken.
problem-picture-type-remedy = Save the picture as JPEG or PNG.
problem-picture-too-large = The picture has too many pixels: at most { $max } million.
problem-picture-too-large-remedy = Make the picture smaller.
problem-picture-cannot-fit = The picture cannot be made small enough ({ $max } bytes) without spoiling it.
problem-picture-cannot-fit-remedy = Choose another picture for this network.
problem-animation-too-long = The animation is too long or too large.
problem-animation-too-long-remedy = Shorten it or save it as a video (MP4).

# Approval
problem-held-approval = Nobody has approved it as it is now.
problem-held-approval-remedy = Approve the post, and it goes on by itself; or ask somebody who may.
problem-approval-standing = { $standing ->
    [in_review] Somebody was asked already and has not answered yet.
    [changes_asked] Changes were asked for, and the post has not been submitted again.
    [approved] The post is approved already.
   *[draft] Nobody was asked to approve this post.
}
problem-approval-standing-remedy = Load the post again to see where it stands.
problem-approval-changed = The post was changed since you saw it.
problem-approval-changed-remedy = Look at it again, then decide.
problem-approval-gone = The post is no longer here, or it is not for you to decide on.
problem-note-empty = Nothing says what is to be changed.
problem-note-empty-remedy = Write a sentence to the author.
problem-link-days-bad = A link is good for between 1 and { $max } days.
problem-post-missing = One of the chosen posts is no longer here.
problem-remind-hours-bad = { $count ->
    [one] At most { $count } reminder, between 1 and { $max } hours before the post is due.
   *[other] At most { $count } reminders, between 1 and { $max } hours before the post is due.
}
problem-password-none = This account has no password yet.
problem-password-none-remedy = Choose one with “Forgot the password?” on the sign-in page.
problem-identity-last = This account is the only way to sign in.
problem-identity-last-remedy = Choose a password first: “Forgot the password?” on the sign-in page.
problem-oidc-unlinked = This account was unlinked here.
problem-oidc-unlinked-remedy = Sign in with the password or a passkey, and allow it again in the profile.
