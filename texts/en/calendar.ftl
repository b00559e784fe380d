# The calendar.
calendar-title = Calendar
calendar-month = Month
calendar-week = Week
calendar-agenda = List
calendar-view = View
calendar-today = Today
calendar-today-hint = Go to today
calendar-before = Back
calendar-after = Forward
calendar-filter = Filter
calendar-filter-count = { $count ->
    [one] Filter: { $count } is on
   *[other] Filter: { $count } are on
}
calendar-channel = Channel
calendar-every-channel = Every channel
calendar-rubric = Rubric
calendar-every-rubric = Every rubric
calendar-no-rubric = No rubric
calendar-import = Import a plan
calendar-write = New post
calendar-write-on = New post on { $day }
calendar-count = { $count ->
    [0] no posts
    [one] { $count } post
   *[other] { $count } posts
}
calendar-more = +{ $count } more
calendar-problems = { $count ->
    [one] { $count } problem
   *[other] { $count } problems
}
calendar-no-text = No text yet
calendar-own-time = { $time } in { $zone }
calendar-nothing = Nothing planned
calendar-gap = A day without posts
calendar-gaps = { $count ->
    [one] { $count } day ahead without posts
   *[other] { $count } days ahead without posts
}
calendar-mix = Rubrics of this period
calendar-wanted = wanted: { $share }
calendar-hour = Hour
calendar-days = Days of the month
calendar-too-many = There are more posts than can be shown at once. Choose a channel or go to the week.
calendar-post = Post
calendar-open = Open
calendar-move = Move to…
calendar-duplicate = Duplicate
calendar-duplicated = A copy was made
calendar-back-to-day = Back to the day
calendar-channels = Channels
calendar-no-channels = No channel is chosen yet
calendar-channel-gone = A channel that is no longer connected
calendar-see = See it there
calendar-repeats = Repeats
calendar-moved = Moved to { $when }
calendar-move-title = Move the post
calendar-move-when = New time
calendar-move-go = Move
calendar-move-anyway = Move it anyway
calendar-other-time = Another time…
calendar-stays = It stays on { $when }.
calendar-changed = Somebody else changed this post meanwhile. The calendar now shows how it stands.
calendar-fold-earlier = The first time
calendar-fold-later = The second time
