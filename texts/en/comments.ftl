# Comments under a post
comments-title = Comments
comments-nobody = Somebody
comments-own = you
comments-wordless = (without words)
comments-see = See it on { $network }
