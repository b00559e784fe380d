# What the API answers when it does not do what was asked (crates/web).
web-signed-out-title = Signed out
web-signed-out = You are not signed in, or your session has ended.
web-signed-out-remedy = Sign in again. What you were writing is kept.
web-may-not-title = Not allowed
web-may-not = Your role does not allow this.
web-may-not-remedy = Ask an owner or a manager of the brand.
web-bad-token-title = Token not accepted
web-bad-token = The token is unknown, was revoked, or has expired.
web-bad-token-remedy = Make a new one on the page “Tokens” of your profile.
web-out-of-scope-title = Outside the token’s scopes
web-out-of-scope = The token lacks the scope { $scope }.
web-out-of-scope-remedy = Make a token that has it.
web-not-for-tokens-title = Not for programs
web-not-for-tokens = Only a person who is signed in can do this, not a program with a token.
web-not-for-tokens-remedy = Sign in with a browser.
web-cross-origin-title = Request from another site
web-cross-origin = The request does not come from Sarafan’s own pages, so nothing was changed.
web-cross-origin-remedy = Open Sarafan at its usual address. A program sends the header Origin with that address.
web-not-found-title = Not found
web-not-found = There is no such thing here, or you have no access to it.
web-not-found-remedy = It may have been removed. Go back and load the page again.
web-no-method-title = Wrong method
web-no-method = This address exists, but not for this kind of request.
web-timeout-title = Too slow
web-timeout = It took too long, so it was broken off.
web-timeout-remedy = Try again in a moment.
web-conflict-title = Changed meanwhile
web-conflict = Somebody else saved a newer version meanwhile. Nothing was overwritten.
web-conflict-remedy = Compare the two versions and save yours again.
web-refused-title = Not possible now
web-refused = This cannot be done in its present state.
web-too-large-title = Too large
web-too-large = This is too large: at most { $megabytes } MB are taken here.
web-media-type-title = Wrong kind of content
web-media-type = The content must be { $wanted }.
web-malformed-title = Unreadable request
web-malformed = The request cannot be read: { $reason }.
web-wrong-title = Unexpected value
web-wrong = { $field ->
    [none] This is not what is expected here: { $reason }.
   *[other] “{ $field }” is not what is expected here: { $reason }.
}
web-invalid-title = Something has to be fixed first
web-invalid = Something has to be fixed first.
web-invalid-many = { $count ->
    [one] { $count } thing has to be fixed first: { $first }
   *[other] { $count } things have to be fixed first, among them: { $first }
}
web-too-many-title = Too many tries
web-too-many = { $seconds ->
    [one] Too many tries. Wait { $seconds } second.
   *[other] Too many tries. Wait { $seconds } seconds.
}
web-too-often-title = Too many requests
web-too-often = { $seconds ->
    [one] At most { $limit } requests a minute are answered here. Wait { $seconds } second.
   *[other] At most { $limit } requests a minute are answered here. Wait { $seconds } seconds.
}
web-too-often-remedy = Ask less often; RateLimit-Remaining in every answer says how much is left. Whoever runs this installation can raise the limit.
web-unavailable-title = No answer
web-unavailable = Something Sarafan needs does not answer at the moment. Nothing was lost.
web-unavailable-remedy = Try again in a moment. If it lasts, give the administrator this number: { $request }
web-internal-title = Our mistake
web-internal = Something went wrong on our side. What was saved before stays saved.
web-internal-remedy = Try again. If it happens again, give the administrator this number: { $request }

web-no-ui-title = The browser application is not built
web-no-ui = This binary was compiled without it. The API and the command line work; to build and run everything:
