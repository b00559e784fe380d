# What letters say (crates/app/src/letters).
letters-footer = This letter was written by Sarafan at { $place }. Nobody reads answers to it.
letters-test-subject = Mail from Sarafan works
letters-test-text = Somebody who runs this installation asked for this letter to see whether mail arrives. There is nothing to do.
letters-invitation-subject = Join { $brand }
letters-invitation-text = { $by } invites you to work on the social networks of { $brand }. Press the button, choose a name and a password, and you are in.
letters-invitation-ends = { $days ->
    [one] The link works once, for { $days } day.
   *[other] The link works once, for { $days } days.
}
letters-invitation-join = Join
letters-password-subject = A new password for Sarafan
letters-password-text = Somebody asked for a new password for this address. If it was you, choose one here.
letters-password-ends = { $minutes ->
    [one] The link works once, for { $minutes } minute.
   *[other] The link works once, for { $minutes } minutes.
}
letters-password-not-you = If it was not you, do nothing: the old password stays as it is.
letters-password-choose = Choose a new password
letters-changed-subject = The password of your Sarafan account was changed
letters-changed-text = From now on only the new password opens your account. You were signed out everywhere else.
letters-changed-not-you = If it was you, there is nothing to do. If not, choose another password at once and tell whoever runs the installation.
letters-notices-subject = { $count ->
    [one] { $count } thing is waiting for you: { $brand }
   *[other] { $count } things are waiting for you: { $brand }
}
letters-notices-heading = What happened in { $brand }
letters-notices-choose = Choose what you are written about
letters-notices-more = { $count ->
    [one] And { $count } more
   *[other] And { $count } more
}
