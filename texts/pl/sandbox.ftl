# Serwer, który udaje sieci.
sandbox-title = Piaskownica
sandbox-lead = Sieci do zabawy. To, co tu wysłano, zostaje na tym komputerze; oglądaj tablice i odpowiadaj jak odwiedzający.
sandbox-networks = Sieci
sandbox-connect = Aby połączyć, wpisz
sandbox-visitor = Anna
sandbox-who = Jesteś
sandbox-who-set = Zmień
sandbox-follow = Obserwuj
sandbox-unfollow = Przestań obserwować
sandbox-followers = { $count ->
    [one] { $count } obserwujący
   *[other] { $count } obserwujących
}
sandbox-views = { $count ->
    [one] { $count } wyświetlenie
    [few] { $count } wyświetlenia
   *[other] { $count } wyświetleń
}
sandbox-like = Lubię to
sandbox-repost = Udostępnij
sandbox-comment = Skomentuj
sandbox-comment-send = Wyślij
sandbox-edited = zmieniono
sandbox-pinned = przypięto
sandbox-file = Pobierz plik
sandbox-newer = Nowsze
sandbox-older = Starsze
sandbox-wall-empty = Jeszcze nic tu nie ma. Połącz tę tablicę i wyślij post.
sandbox-faults = Co zepsuć
sandbox-faults-lead = Liczba mówi, ilu następnych postów to dotyczy. Opóźnienie i limit częstości dotyczą każdego żądania.
sandbox-faults-set = Ustaw
sandbox-faults-clear = Tu nic nie psuć
sandbox-faults-clear-all = Nigdzie nic nie psuć
sandbox-fault-latency = Każda odpowiedź czeka, milisekund
sandbox-fault-rate = „Za często” przez, sekund
sandbox-fault-500 = Błąd 500, nic nie zapisano
sandbox-fault-502 = Zapisano, potem błąd 502
sandbox-fault-silent = Zapisano, potem cisza
sandbox-fault-cut = Zapisano, potem zerwane połączenie
sandbox-fault-drop = Zerwane połączenie, nic nie zapisano
sandbox-fault-garbage = Strona zamiast odpowiedzi
sandbox-fault-expired = Dostęp wygasł
sandbox-fault-expired-no = Nie
sandbox-fault-expired-once = Raz
sandbox-fault-expired-all = Dla wszystkiego
