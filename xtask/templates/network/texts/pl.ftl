network-NETWORK-token = Token
network-NETWORK-token-help = Tworzy się go w ustawieniach TITLE.
network-NETWORK-server = Serwer

problem-NETWORK-token = TITLE nie przyjmuje już tego tokenu.
problem-NETWORK-token-remedy = Utwórz nowy i połącz kanał ponownie.
problem-NETWORK-refused = TITLE odrzucił post.
problem-NETWORK-refused-remedy = Zmień tekst i wyślij jeszcze raz.
