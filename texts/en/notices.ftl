# What people are told (crates/app/src/notices), and the pages of it.
notices-said-mention = { $who } mentioned you on “{ $what }”
notices-said-note = { $who } wrote a note on “{ $what }”
notices-said-approval_asked = { $who } asks for your approval of “{ $what }”
notices-said-approved = { $who } approved “{ $what }”
notices-said-changes_asked = { $who } asks for changes of “{ $what }”
notices-said-post_failed = “{ $what }” did not go out, or nobody knows whether it did
notices-said-channel_reconnect = { $what } must be connected again
notices-said-task_given = { $who } gave you a task: { $what }
notices-said-task_due = Due today: { $what }
notices-said-member_joined = { $who } joined the team
notices-untitled = a post without text
notices-title = Notifications
notices-bell = { $count ->
    [0] Notifications
    [one] Notifications: { $count } unread
   *[other] Notifications: { $count } unread
}
notices-read-all = Mark all as read
notices-all = All notifications
notices-empty = Nothing yet
notices-empty-text = Mentions, approvals, tasks and whatever went wrong appear here.
notices-unread = unread
notices-choose = What you hear of
notices-choose-text = What was read here before a letter leaves is not mailed. Several things share one letter.
notices-off-text = This installation mails nothing yet: notifications appear here only.
notices-way-off = Not at all
notices-way-app = Here
notices-way-soon = Here and by mail
notices-way-daily = Here and in the daily letter
notices-hour = Daily letter at
notices-saved = Saved
notices-kind-mention = Somebody mentions you
notices-kind-note = A note on your post
notices-kind-approval_asked = A post waits for your approval
notices-kind-approved = Your post is approved
notices-kind-changes_asked = Changes of your post are asked for
notices-kind-post_failed = A post did not go out
notices-kind-channel_reconnect = A channel must be connected again
notices-kind-task_given = You are given a task
notices-kind-task_due = A task is due
notices-kind-member_joined = Somebody joins the team
