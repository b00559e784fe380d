# Channels.
channels-title = Channels
channels-one = Channel
channels-state = State
channels-followers = Followers
channels-slots = Timetable
channels-slot-count = { $count ->
    [0] –
    [one] { $count } slot
   *[other] { $count } slots
}
channels-checked = Checked
channels-connect = Connect a channel
channels-connect-to = Connect { $network }
channels-connect-now = Connect
channels-connect-this = Connect this one
channels-steps = Steps
channels-choose = This access opens several places. Which one is the channel?
channels-empty-title = No channels yet
channels-empty-text = Connect a page, group or blog: every network has its steps, written for people who do it for the first time.
channels-look = See it there
channels-paused = Paused: nothing is sent
channels-broken = The channel cannot be used
channels-reconnect = Connect again
channels-fine = Works
channels-check = Check now
channels-pause = Pause
channels-resume = Resume
channels-numbers = Numbers
channels-remove = Remove
channels-remove-title = Remove { $name }?
channels-remove-text = Posts scheduled for it are not sent. What is out stays out, and its numbers are kept.
channels-limit = Text
channels-characters = { $count ->
    [one] up to { $count } character
   *[other] up to { $count } characters
}
channels-expires = Access ends
channels-can = What it can do
channels-can-publish = Posts
channels-can-thread = Threads
channels-can-poll = Polls
channels-can-first-comment = First comment
channels-can-edit = Editing
channels-can-delete = Removal
channels-can-stats = Statistics
channels-can-comments = Comments
channels-timetable = Timetable
channels-zone = Times in { $zone }
channels-time = Time
channels-weekdays = On weekdays
channels-every-day = Every day
channels-add-slot = Add this time: { $day }
channels-remove-slot = Remove { $time }
channels-done-check = Checked
channels-done-pause = Paused
channels-done-resume = Resumed
channels-done-remove = Removed
channels-done-slots = Timetable saved
channels-done-connect = { $name } is connected
channels-choice = Choose the account
channels-choice-over = This choice has ended
channels-choice-over-text = Nothing was connected: the choice is kept for half an hour and for the person who began. Begin once more.
channels-again = Connect { $name } again
channels-oauth = You go on to the network’s own page and come back here.
channels-naming = Name and clock
channels-naming-help = As it is called here; the network keeps its own name.
channels-left = { $count ->
    [one] { $count } post did not go out
   *[other] { $count } posts did not go out
}
channels-left-text = The channel works again. See what still fits, then press “Try again”.
channels-left-go = To these posts
channels-follower-count = { $count ->
    [one] { $count } follower
   *[other] { $count } followers
}
channels-name = Name
