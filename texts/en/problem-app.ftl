# The library and its files: problems that are not about a post.
problem-range-bad = The part of the file that was asked for does not exist.
problem-asset-in-use = { $count ->
    [one] A post still to go out shows this file.
   *[other] Posts still to go out show this file; { $count } posts use it.
}
problem-asset-in-use-remedy = Take it out of them first, or wait until they are out.
problem-file-too-large = “{ $name }” is too large: { $megabytes } MB, and at most { $max_megabytes } MB are taken.
problem-file-too-large-remedy = Make it smaller, or ask whoever runs this installation to raise the limit.
problem-too-many = These are too many: at most { $max }.

# Tokens of programs.
problem-token-person-unknown = Nobody here has this address.
problem-token-scopes-none = A token needs at least one permission.
problem-token-brands-bad = A token can be made for brands you work for, at least for one.
problem-token-days-bad = A token can be good for 1 to { $max } days.
problem-tokens-too-many = There are { $max } tokens already.
problem-tokens-too-many-remedy = Revoke those that nobody uses.
