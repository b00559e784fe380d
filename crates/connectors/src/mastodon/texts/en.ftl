network-mastodon-server = Server
network-mastodon-server-help = The address where your account is, for example mastodon.social
network-mastodon-access-token = Access token
network-mastodon-access-token-help = Leave it empty to allow the access on your server’s own page. Fill it in if you made a token there yourself.
network-mastodon-visibility = Visibility
network-mastodon-visibility-help = Who sees the post and where it is shown.
network-mastodon-visibility-public = Public
network-mastodon-visibility-unlisted = Quiet public: not in the timelines and trends
network-mastodon-visibility-private = Followers only
network-mastodon-warning = Content warning
network-mastodon-warning-help = Shown instead of the text until the reader opens it. Counts towards the length of the text.
network-mastodon-sensitive = Hide the pictures
network-mastodon-sensitive-help = The pictures are blurred until the reader opens them.

problem-mastodon-poll-same = The answer “{ $option }” stands in the poll twice.
problem-mastodon-poll-same-remedy = Change or remove one of the two.
problem-mastodon-edit-video = The video of a post that is already out cannot be exchanged.
problem-mastodon-edit-video-remedy = Delete the post over there and send it again, or leave the video as it is.
