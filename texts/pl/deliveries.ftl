# Kolejka.
deliveries-title = Kolejka
deliveries-view-open = Do wysłania
deliveries-view-attention = Wymaga uwagi
deliveries-view-sent = Wysłane
deliveries-view-all = Wszystkie
deliveries-every-channel = Wszystkie kanały
deliveries-state = Stan
deliveries-due = Termin
deliveries-next = Następny krok
deliveries-channel = Kanał
deliveries-post = Post
deliveries-late = Opóźnienie
deliveries-late-by = { NUMBER($seconds, maximumFractionDigits: 2) } s
deliveries-no-text = (bez tekstu)
deliveries-calm-title = Nic nie wymaga uwagi
deliveries-calm-text = Jeśli sieć odrzuci post albo nie będzie wiadomo, czy wyszedł, pojawi się tutaj z podpowiedzią, co zrobić.
deliveries-empty-title = Kolejka jest pusta
deliveries-empty-text = Zaplanuj post, a jego wysyłki pojawią się tutaj, po jednej na kanał, każda ze swoją historią.
deliveries-sent-at = Wysłano
deliveries-open-post = Otwórz post
deliveries-see = Zobacz w sieci
deliveries-story = Przebieg
deliveries-story-empty = Jeszcze nie było prób.
deliveries-cancel = Odwołaj wysyłkę
deliveries-approve = Do akceptacji
deliveries-retry = Spróbuj ponownie
deliveries-send-now = Wyślij teraz
deliveries-delete = Zdejmij post
deliveries-update = Wyślij zmiany
deliveries-done-cancel = Odwołano
deliveries-done-retry = Wysyłamy ponownie
deliveries-done-send-now = Wysyłamy
deliveries-done-delete = Zdejmujemy post
deliveries-done-update = Wysyłamy zmiany
deliveries-done-resolve = Zapisano
deliveries-clear-title = Czy post się ukazał?
deliveries-clear-text = Post przekazano, ale sieć nie odpowiedziała. Nie zostanie wysłany ponownie, dopóki ktoś nie sprawdzi.
deliveries-clear-look = Zobacz kanał
deliveries-clear-url = Jego adres, jeśli tam jest
deliveries-clear-sent = Jest tam
deliveries-clear-again = Nie ma go: wyślij ponownie
deliveries-clear-leave = Nie ma go: zostaw
deliveries-retry-all = { $count ->
    [one] Spróbuj ponownie: { $count }
   *[other] Spróbuj ponownie wszystkie: { $count }
}
deliveries-done-retry-all = { $count ->
    [one] Wysyłamy ponownie { $count } post
    [few] Wysyłamy ponownie { $count } posty
   *[many] Wysyłamy ponownie { $count } postów
}
deliveries-remedy = Otwórz post, popraw to, co odrzuciła sieć, i naciśnij „Spróbuj ponownie”.
deliveries-connect = Połącz ponownie
deliveries-access-back = Kanał znów działa
deliveries-access-back-text = Naciśnij „Spróbuj ponownie”, a post wyjdzie.
deliveries-clear = Wyjaśnij
deliveries-then-retry = Potem naciśnij „Spróbuj ponownie”.
deliveries-delete-title = Zdjąć post: { $name }?
deliveries-delete-text = Zniknie stamtąd razem z reakcjami i komentarzami. Tekst i liczby zostaną tutaj.
