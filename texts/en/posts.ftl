# Posts and the composer.
posts-title = Posts
posts-one = Post
posts-new = New post
posts-import = Import a plan
posts-search = Search in texts
posts-state = State
posts-every-state = Every state
posts-every-channel = Every channel
posts-every-rubric = Every rubric
posts-sort = Order
posts-sort-due = By time
posts-sort-updated = Last changed first
posts-due = Goes out
posts-rubric = Rubric
posts-no-rubric = No rubric
posts-channels = Channels
posts-changed = Changed
posts-problem-count = { $count ->
    [one] { $count } problem
   *[other] { $count } problems
}
posts-none-title = Nothing matches
posts-none-text = Change or clear the filters.
posts-empty-title = No posts yet
posts-empty-text = Write the first one, or bring a content plan as a CSV file.
posts-duplicate = Duplicate
posts-done-duplicate = A copy was made
posts-done-delete = Deleted
posts-delete-title = Delete this post?
posts-delete-text = What has not been sent is called off. What is already out stays out: take it down first.
posts-preview = Preview
posts-out = Deliveries
posts-side = Preview and deliveries
posts-no-channels = No channels are connected
posts-connect = Connect the first one
posts-kept = What you typed is kept in this browser.
posts-for-all = For all
posts-variants = Variants
posts-text = Text
posts-text-for = Text for { $name }
posts-text-placeholder = What would you like to say?
posts-thread-hint = A line of three hyphens (---) begins the next part of a thread.
posts-split = Customise
posts-join = As for all
posts-joined = { $name } has the common text again
posts-typography = Tidy quotes, dashes and spaces
posts-typography-done = Typography tidied
posts-typography-same = Nothing to tidy
posts-media = Pictures and videos
posts-picture = Picture { $n }
posts-add-media = From the library
posts-upload = or upload a file
posts-move-left = Move left
posts-move-right = Move right
posts-alt = What does it show?
posts-alt-help = For people who cannot see it, and for search.
posts-will-convert = Will be sent as { $type }
posts-pick-title = Choose from the library
posts-pick-search = Search the library
posts-pick-empty = Nothing here
posts-pick-done = Done
posts-link = Link
posts-first-comment = First comment
posts-poll = Poll
posts-poll-make = Add a poll
posts-poll-option = Answer { $n }
posts-poll-add = Add an answer
posts-poll-multiple = Several answers
posts-poll-hours = Length in hours
posts-poll-remove = Remove the poll
posts-more = More
posts-campaign = Campaign
posts-labels = Labels
posts-labels-help = Separated by commas
posts-language = Language
posts-delete-after = Take down by itself
posts-delete-never = Never
posts-delete-after-hours = { $hours ->
    [one] after { $hours } hour
   *[other] after { $hours } hours
}
posts-preview-none = Choose a channel to see the post there
posts-preview-of = Preview: { $name }
posts-card-unread = the page cannot be read
posts-preview-more = Show more
posts-problems = What the networks would say
posts-error = Stops the sending
posts-warning = Worth a look
posts-mend-split = Split into a thread
posts-mend-drop = Drop the extra ones
posts-when = When
posts-when-at = At a time
posts-when-slot = Next slot
posts-when-now = Now
posts-no-slot = No free slot: set a timetable for the channel
posts-saving = Saving…
posts-saved = Saved { $when }
posts-not-saved = Not saved yet; kept in this browser
posts-conflict-short = Somebody else saved meanwhile
posts-conflict-title = Somebody else changed this post
posts-conflict-text = Struck out is what they have and you do not, marked is what you wrote. Nothing is overwritten until you choose.
posts-conflict-mine = Save mine
posts-conflict-theirs = Take theirs
posts-conflict-copy = Copy my text
posts-schedule = Schedule
posts-reschedule = Change the time
posts-send-now = Send now
posts-unschedule = Back to draft
posts-may-not = Your role cannot publish: ask a manager
posts-done-now = On its way
posts-done-scheduled = Scheduled for { $when }
posts-done-draft = Back to draft
posts-refused = { $count ->
    [one] One thing has to be fixed first
   *[other] { $count } things have to be fixed first
}
posts-fold-earlier = The first time
posts-fold-later = The second time
posts-repeat = Repeat
posts-repeat-none = Does not repeat
posts-repeat-day = Every day
posts-repeat-week = Every week
posts-repeat-month = Every month
posts-repeat-year = Every year
posts-repeat-interval = Interval
posts-repeat-days = On these days
posts-repeat-end = Ends
posts-repeat-never = Never
posts-repeat-count = Number of times
posts-repeat-until = On a date
posts-repeat-dates = The next dates
posts-repeat-shifted = later: the clock skips this time
posts-numbers = Numbers over time
posts-preview-less = Show less
posts-thread-add = Begin the next part of a thread
posts-thread-parts = { $count ->
    [one] A thread of { $count } part
   *[other] A thread of { $count } parts
}
posts-alt-of = What does picture { $n } show?
posts-sending-of = { $name } (then { $left } more)
posts-unsent = Changed after it went out
posts-unsent-fixed = What is out stays as it is on { $networks }.
posts-sum = All channels together
posts-numbers-soon = The first numbers come within an hour.
posts-filter = Filter
posts-filter-count = { $count ->
    [one] Filter: { $count } is on
   *[other] Filter: { $count } are on
}
posts-stand-all = { $all ->
    [one] It is out on its channel
   *[other] It is out on all { $all } channels
}
posts-stand-sent = Sent to { $sent } of { $all }
posts-stand-sending = { $count } being sent
posts-stand-scheduled = { $count ->
    [one] { $count } waits for its time
   *[other] { $count } wait for their time
}
posts-stand-failed = { $count } did not go out
posts-stand-unknown = { $count } unclear
posts-stand-held = { $count } on hold
posts-stand-cancelled = { $count } called off
posts-stand-deleted = { $count } taken down
posts-poll-unfinished = The poll needs at least two answers
posts-will-shrink = Will be sent as { $type }, at most { $size }
posts-history = History
posts-history-title = History of this post
posts-history-now = now
posts-history-restored = brought back version { $version }
posts-history-first = First version
posts-history-nothing = Nothing differs from the version before.
posts-history-restore = Bring this version back
posts-history-restore-text = What stands now stays in the history.
posts-history-done = Version { $version } is back
posts-history-empty = empty
posts-history-none = This post was not changed yet.
posts-history-somebody = Command line
posts-merge-title = Choose for each part
posts-merge-mine = Mine
posts-merge-theirs = Theirs
posts-merge-save = Save what is chosen
posts-merge-text = Both of you changed this post. For each part that differs choose whose stays; nothing is overwritten until you save.
posts-field-text = text
posts-field-media = pictures and videos
posts-field-link = link
posts-field-first-comment = first comment
posts-field-poll = poll
posts-field-options = network options
posts-field-rubric = rubric
posts-field-campaign = campaign
posts-field-labels = labels
posts-field-language = language
posts-field-delete-after = removal
posts-field-channels = channels
posts-field-variant = own version
