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
channels-steps = Kroki
channels-choose = Ten dostęp otwiera kilka miejsc. Które połączyć?
channels-empty-title = Nie ma jeszcze kanałów
channels-empty-text = Połącz stronę, grupę lub blog: każda sieć ma instrukcję krok po kroku dla osób, które robią to pierwszy raz.
channels-look = Zobacz w sieci
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
channels-remove-text = Zaplanowane posty nie zostaną tam wysłane. Opublikowane zostają, a ich liczby są zachowane.
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
channels-can-stats = Statystyki
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
channels-choice = Wybór konta
channels-choice-over = Ten wybór już nie działa
channels-choice-over-text = Niczego nie połączono: wybór jest przechowywany pół godziny i tylko dla osoby, która zaczęła. Zacznij jeszcze raz.
channels-again = Połącz ponownie: { $name }
channels-oauth = Teraz otworzy się strona sieci, a potem wrócisz tutaj.
channels-naming = Nazwa i strefa
channels-naming-help = Tak kanał nazywa się tutaj; w sieci nazwa się nie zmieni.
channels-left = { $count ->
    [one] { $count } post nie wyszedł
    [few] { $count } posty nie wyszły
   *[many] { $count } postów nie wyszło
}
channels-left-text = Kanał znów działa. Sprawdź, co jest jeszcze aktualne, i naciśnij „Spróbuj ponownie”.
channels-left-go = Do tych postów
channels-follower-count = { $count ->
    [one] { $count } obserwujący
   *[other] { $count } obserwujących
}
channels-name = Nazwa
