# Approval: who was asked, who said what.
approvals-event-submitted = Asked for approval
approvals-event-approved = Approved
approvals-event-changes-asked = Asked for changes
approvals-event-withdrawn = Took it back
approvals-event-dropped = Changed the post: the approval no longer holds
approvals-event-commented = Commented
approvals-event-carried = Approved together with the post it repeats
approvals-event-reminded = A reminder was sent
approvals-event-overdue = It was due and nobody had approved it
approvals-one = Approval
approvals-no-text = (no text)
approvals-tab-waiting = Waiting
approvals-tab-changes = Changes asked
approvals-tab-approved = Approved
approvals-for-me = Waiting for you
approvals-for-others = Waiting for others
approvals-choose = Choose “{ $title }”
approvals-choose-all = Choose all that wait for you
approvals-open = Open in the composer
approvals-empty-waiting = Nothing waits for approval
approvals-empty-waiting-text = Posts appear here when somebody asks for a yes, or plans a post for a channel that needs one.
approvals-empty-changes = Nobody asks for changes
approvals-empty-changes-text = A post that a colleague or a client wants otherwise appears here with their words.
approvals-empty-approved = Nothing is approved yet
approvals-empty-approved-text = What was approved goes out exactly as it was seen.
approvals-submit = Ask for approval
approvals-submit-again = Ask again
approvals-approve = Approve
approvals-ask = Ask for changes
approvals-ask-send = Send back
approvals-withdraw = Take back
approvals-note = What should change?
approvals-note-example = One sentence is enough
approvals-approve-many = { $count ->
    [one] Approve { $count } post
   *[other] Approve { $count } posts
}
approvals-done-submit = Asked for approval
approvals-done-approve = Approved
approvals-done-ask = Sent back with your words
approvals-done-withdraw = Taken back
approvals-done-many = { $count ->
    [one] { $count } post approved
   *[other] { $count } posts approved
}
approvals-refused-many = { $count ->
    [one] { $count } could not be approved.
   *[other] { $count } could not be approved.
}
approvals-changed = Somebody changed the post meanwhile. This is how it stands now.
approvals-stands-needed = This post needs approval before it goes out
approvals-stands-mine = You asked for approval
approvals-stands-in-review = { $by } asks for approval
approvals-stands-changes-asked = { $by } asks for changes
approvals-stands-approved = Approved by { $by }
approvals-stands-dropped = Not approved as it is now
approvals-history = What was said
approvals-history-none = Nobody has said anything yet
approvals-by-link = by link
approvals-seen-show = Show what was seen then
approvals-seen-hide = Hide
approvals-seen-rest = The text is the same; pictures, links, options or channels differ.
approvals-drop-title = This post is approved. If you save your change, the approval no longer holds.
approvals-drop-text = Until you decide, nothing is saved and the approved version stays planned.
approvals-drop-save = Save and ask anew
approvals-drop-undo = Undo my changes
approvals-drop-first = First decide about your change of the approved post
approvals-drop-leave = Your change of an approved post is not saved. Leave anyway?
approvals-policy-title = When posts need approval
approvals-policy-text = What was approved goes out exactly as it was seen; a changed text needs a new approval.
approvals-policy-required = Every post needs approval
approvals-policy-required-help = Holds for all channels that say nothing else below.
approvals-policy-channels = By channel
approvals-policy-channels-text = A channel may be stricter or freer than the brand.
approvals-policy-as-brand = as the brand
approvals-policy-yes = needs approval
approvals-policy-no = needs none
approvals-policy-due = If nobody has approved in time
approvals-policy-due-text = Nothing goes out without approval. Decide only whether somebody is asked.
approvals-policy-hold = Hold the post
approvals-policy-ask = Hold it and ask those who approve
approvals-policy-remind = Reminders
approvals-policy-remind-help = Hours before the post is due, separated by commas. Empty for none.
approvals-tab-links = Links for clients
approvals-links-text = A link lets somebody see and approve posts on their phone, without an account. It shows only what you choose.
approvals-links-none = Nobody has a link yet
approvals-links-none-text = Give one to a client: they see the posts as the networks will show them, and say yes or what should change.
approvals-link = Link
approvals-link-new = New link
approvals-link-new-text = What is said by this link is told under the name you write here.
approvals-link-name = For whom
approvals-link-name-help = A name your team knows the person by.
approvals-link-language = Language of the page
approvals-link-days = Good for days
approvals-link-channel = Channel
approvals-link-every-channel = Every channel
approvals-link-campaign = Only this campaign
approvals-link-label = Only this label
approvals-link-give = Make the link
approvals-link-many = { $count ->
    [one] Link for { $count } post
   *[other] Link for { $count } posts
}
approvals-link-only = It shows only these posts
approvals-link-made = A link for { $name }
approvals-link-made-text = Send it to them the way you usually write to each other.
approvals-link-once = It is shown only now. Whoever has it can approve in this name.
approvals-link-copy = Copy the link
approvals-link-all = everything that is submitted
approvals-link-posts = { $count ->
    [one] { $count } chosen post
   *[other] { $count } chosen posts
}
approvals-link-until = until { $date }
approvals-link-used = used
approvals-link-unused = not used yet
approvals-link-state-revoked = taken back
approvals-link-state-expired = over
approvals-link-revoke = Take back
approvals-link-revoke-title = Take back the link for { $name }?
approvals-link-revoke-text = It opens nothing from now on. What was said by it stays.
approvals-link-revoked = The link opens nothing any more
approvals-review-title = Posts for your approval
approvals-review-text = For { $name }. This page is yours until { $until }; keep its address to yourself.
approvals-review-over = This link no longer opens anything
approvals-review-over-text = Its time is over or it was taken back. Ask whoever sent it for a new one.
approvals-review-none = Nothing waits for you
approvals-review-nothing = Nothing here
approvals-review-undated = No date yet
approvals-review-all = { $count ->
    [one] Approve { $count } post
   *[other] Approve all { $count }
}
approvals-comment = Comment
approvals-comment-label = Your comment
approvals-comment-send = Send
approvals-done-comment = Your comment was sent
