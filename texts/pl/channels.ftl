# Kanały.
channels-title = Kanały
channels-one = Kanał
channels-state = Stan
channels-followers = Obserwujący
channels-slots = Harmonogram
channels-slot-count = { $count ->
    [0] –
    [one] { $count } slot
    [few] { $count } sloty
   *[many] { $count } slotów
}
channels-checked = Sprawdzono
channels-connect = Połącz kanał
channels-connect-to = Połącz: { $network }
channels-connect-now = Połącz
channels-connect-this = Połącz ten
channels-go = Przejdź na stronę sieci
channels-steps = Kroki
channels-choose = Znaleziono kilka miejsc. Które połączyć?
channels-empty-title = Nie ma jeszcze kanałów
channels-empty-text = Połącz stronę, grupę lub blog: każda sieć ma instrukcję krok po kroku dla osób, które robią to pierwszy raz.
channels-look = Zobacz
channels-paused = Wstrzymany: nic nie jest wysyłane
channels-broken = Kanał nie działa
channels-reconnect = Połącz ponownie
channels-fine = Działa
channels-check = Sprawdź teraz
channels-pause = Wstrzymaj
channels-resume = Wznów
channels-numbers = Liczby
channels-remove = Odłącz
channels-remove-title = Odłączyć { $name }?
channels-remove-text = To, co zaplanowano, nie zostanie wysłane. Opublikowane posty zostają, a ich liczby są zachowane.
channels-limit = Tekst
channels-characters = { $count ->
    [one] do { $count } znaku
   *[other] do { $count } znaków
}
channels-expires = Dostęp wygasa
channels-can = Co potrafi
channels-can-publish = Posty
channels-can-thread = Wątki
channels-can-poll = Ankiety
channels-can-first-comment = Pierwszy komentarz
channels-can-edit = Edycja
channels-can-delete = Usuwanie
channels-can-stats = Liczby
channels-can-comments = Komentarze
channels-timetable = Harmonogram
channels-zone = Godziny w strefie { $zone }
channels-time = Godzina
channels-weekdays = W dni robocze
channels-every-day = Codziennie
channels-add-slot = Dodaj tę godzinę: { $day }
channels-remove-slot = Usuń { $time }
channels-done-check = Sprawdzono
channels-done-pause = Wstrzymano
channels-done-resume = Wznowiono
channels-done-remove = Odłączono
channels-done-slots = Zapisano harmonogram
channels-done-connect = Połączono: { $name }
