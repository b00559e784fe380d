network-bluesky-handle = Handle
network-bluesky-handle-help = As it stands in the profile, for example cafe.bsky.social
network-bluesky-password = App password
network-bluesky-password-help = Four groups of four characters from Bluesky’s settings. Not the password you sign in with.
network-bluesky-service = Server
network-bluesky-service-help = Only if your server cannot be found by your handle. Leave it empty otherwise.
network-bluesky-card-title = Title of the link card
network-bluesky-card-title-help = Empty: the site’s address is shown.
network-bluesky-card-description = Description on the link card
network-bluesky-tags = Additional tags
network-bluesky-tags-help = Found by search, but not shown in the text. Up to 8, separated by commas.
network-bluesky-warning = Content warning
network-bluesky-warning-help = The pictures are hidden until the reader wants to see them.
network-bluesky-warning-sexual = Suggestive
network-bluesky-warning-nudity = Nudity
network-bluesky-warning-porn = Adult content
network-bluesky-warning-graphic-media = Violence or blood

problem-bluesky-tag-too-long = The tag “{ $tag }” is longer than { $max ->
    [one] { $max } character
   *[other] { $max } characters
}.
problem-bluesky-tag-too-long-remedy = Shorten the tag or leave it out.
