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
deliveries-calm-text = Tutaj pojawią się posty odrzucone przez sieć i te o nieznanym losie, każdy z podpowiedzią, co zrobić.
deliveries-empty-title = Kolejka jest pusta
deliveries-empty-text = Zaplanuj post, a jego wysyłki pojawią się tutaj, po jednej na kanał, każda ze swoją historią.
deliveries-sent-at = Wysłano
deliveries-open-post = Otwórz post
deliveries-see = Zobacz w sieci
deliveries-story = Co się działo
deliveries-story-empty = Jeszcze nie było prób.
deliveries-cancel = Odwołaj
deliveries-retry = Spróbuj ponownie
deliveries-send-now = Wyślij teraz
deliveries-delete = Zdejmij
deliveries-update = Wyślij zmiany
deliveries-done-cancel = Odwołano
deliveries-done-retry = Wysyłamy ponownie
deliveries-done-send-now = Wysyłamy
deliveries-done-delete = Zdejmujemy post
deliveries-done-update = Wysyłamy zmiany
deliveries-done-resolve = Zapisano
deliveries-clear-title = Czy post się ukazał?
deliveries-clear-text = Żądanie wyszło, a odpowiedź nie nadeszła. Nic nie zostanie wysłane ponownie, dopóki ktoś nie sprawdzi.
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
