network-NETWORK-token = Token
network-NETWORK-token-help = It is made in the settings of TITLE.
network-NETWORK-server = Server

problem-NETWORK-token = TITLE does not take this token any more.
problem-NETWORK-token-remedy = Make a new one and connect the channel again.
problem-NETWORK-refused = TITLE refused the post.
problem-NETWORK-refused-remedy = Change the text and send it again.
