# Numbers: did it work?
numbers-title = Numbers
numbers-period = Period
numbers-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
numbers-days-short = { $count } d
numbers-custom = Dates
numbers-from = First day
numbers-to = Last day
numbers-channel = Channel
numbers-every-channel = All channels
numbers-empty-title = No numbers yet
numbers-empty-connect = Connect a channel: its followers are counted every hour, and every post from ten minutes after it has gone out.
numbers-empty-text = The first numbers come ten minutes after a post has gone out, followers every hour.
numbers-empty-period = No numbers in this period
numbers-connect = Connect a channel
numbers-to-calendar = To the calendar
numbers-look-90 = Look at 90 days
numbers-course = Course
numbers-growth = Gained
numbers-total = Total
numbers-followers = Followers by channel
numbers-followers-gained = Followers gained by channel
numbers-engagement-by-day = Engagement by day of sending
numbers-best = Best posts
numbers-worst = Weakest posts
numbers-none-sent = Nothing went out in this period.
numbers-none-counted = Nothing is counted yet.
numbers-soon = { $count ->
    [one] { $count } post is out, its numbers are on their way
   *[other] { $count } posts are out, their numbers are on their way
}
numbers-none-compared = Too few posts to compare.
numbers-no-text = No text
numbers-see = See it there
numbers-hours = Best hours
numbers-hours-best = Best: { $hours }.
numbers-hours-note = Mean engagement of posts by the hour they went out, last 180 days.
numbers-rubrics = Rubrics
numbers-rubric = Rubric
numbers-no-rubric = No rubric
numbers-posts = Posts
numbers-posts-formula = Posts sent in this period through Sarafan
numbers-share = Share
numbers-target = Wanted share
numbers-share-target = Share / wanted
numbers-share-is = Share: { $share }
numbers-target-is = Wanted: { $share }
numbers-median = { $name }, median
numbers-median-word = Median
numbers-median-formula = { $formula }. The median of single posts: half have more, half have less.
numbers-mean = Mean
numbers-sum = Total
numbers-untold = Without this number
numbers-missing = The network does not tell this number.
numbers-post = Post
numbers-sent = Sent
numbers-address = Address
numbers-before = At the beginning
numbers-now = At the end
numbers-gain = Change
numbers-to-channel = Channel settings
numbers-rows = { $count ->
    [one] { $count } post
   *[other] { $count } posts
}
numbers-rows-most = only the latest { $count }
numbers-rows-csv = { $count ->
    [one] { $count } more is in the CSV file.
   *[other] { $count } more are in the CSV file.
}
