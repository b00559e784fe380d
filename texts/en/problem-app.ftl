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
