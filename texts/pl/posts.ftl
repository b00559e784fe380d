# Posty i edytor.
posts-title = Posty
posts-one = Post
posts-new = Nowy post
posts-import = Import planu
posts-search = Szukaj w tekstach
posts-state = Stan
posts-every-state = Każdy stan
posts-every-channel = Wszystkie kanały
posts-every-rubric = Wszystkie rubryki
posts-sort = Kolejność
posts-sort-due = Według terminu
posts-sort-updated = Ostatnio zmienione
posts-due = Termin
posts-rubric = Rubryka
posts-no-rubric = Bez rubryki
posts-channels = Kanały
posts-changed = Zmieniono
posts-problem-count = { $count ->
    [one] { $count } uwaga
    [few] { $count } uwagi
   *[many] { $count } uwag
}
posts-none-title = Nic nie pasuje
posts-none-text = Zmień lub wyczyść filtry.
posts-empty-title = Nie ma jeszcze postów
posts-empty-text = Napisz pierwszy albo wczytaj plan treści z pliku CSV.
posts-duplicate = Utwórz kopię
posts-done-duplicate = Utworzono kopię
posts-done-delete = Usunięto
posts-delete-title = Usunąć ten post?
posts-delete-text = To, czego nie wysłano, zostanie odwołane. To, co już wyszło, zostaje w sieci: najpierw trzeba to zdjąć.
posts-preview = Podgląd
posts-out = Wysyłki
posts-side = Podgląd i wysyłki
posts-no-channels = Nie połączono żadnych kanałów
posts-connect = Połącz pierwszy
posts-kept = Wpisany tekst jest zachowany w tej przeglądarce.
posts-for-all = Dla wszystkich
posts-variants = Warianty
posts-text = Tekst
posts-text-for = Tekst dla: { $name }
posts-text-placeholder = O czym opowiemy?
posts-thread-hint = Wiersz z trzech łączników (---) zaczyna następną część wątku.
posts-split = Dostosuj
posts-join = Jak dla wszystkich
posts-joined = { $name }: znów wspólny tekst
posts-typography = Popraw cudzysłowy, myślniki i spacje
posts-typography-done = Poprawiono typografię
posts-typography-same = Nie ma czego poprawiać
posts-media = Obrazy i filmy
posts-picture = Obraz { $n }
posts-add-media = Z biblioteki
posts-upload = lub wgraj plik
posts-move-left = Przesuń w lewo
posts-move-right = Przesuń w prawo
posts-alt = Co przedstawia?
posts-alt-help = Dla osób, które nie widzą obrazu, i dla wyszukiwania.
posts-will-convert = Wyślemy jako { $type }
posts-pick-title = Wybierz z biblioteki
posts-pick-search = Szukaj w bibliotece
posts-pick-empty = Nic tu nie ma
posts-pick-done = Gotowe
posts-link = Link
posts-first-comment = Pierwszy komentarz
posts-poll = Ankieta
posts-poll-make = Dodaj ankietę
posts-poll-option = Odpowiedź { $n }
posts-poll-add = Dodaj odpowiedź
posts-poll-multiple = Wiele odpowiedzi
posts-poll-hours = Czas trwania w godzinach
posts-poll-remove = Usuń ankietę
posts-more = Więcej
posts-campaign = Kampania
posts-labels = Etykiety
posts-labels-help = Oddzielone przecinkami
posts-language = Język
posts-delete-after = Zdejmij automatycznie
posts-delete-never = Nigdy
posts-delete-after-hours = { $hours ->
    [one] po { $hours } godzinie
   *[other] po { $hours } godzinach
}
posts-preview-none = Wybierz kanał, aby zobaczyć w nim post
posts-preview-of = Podgląd: { $name }
posts-card-unread = strony nie udało się odczytać
posts-preview-more = Pokaż więcej
posts-problems = Co powiedzą sieci
posts-error = Blokuje wysyłkę
posts-warning = Warto sprawdzić
posts-mend-split = Podziel na wątek
posts-mend-drop = Usuń nadmiarowe
posts-when = Kiedy
posts-when-at = Termin
posts-when-slot = Najbliższy slot
posts-when-now = Teraz
posts-no-slot = Brak wolnego slotu: ustaw harmonogram kanału
posts-saving = Zapisywanie…
posts-saved = Zapisano { $when }
posts-not-saved = Jeszcze nie zapisano; zachowane w przeglądarce
posts-conflict-short = W międzyczasie zapisał ktoś inny
posts-conflict-title = Ktoś inny zmienił ten post
posts-conflict-text = Przekreślone jest to, co mają oni, a czego nie ma u Ciebie; zaznaczony jest Twój tekst. Bez Twojej decyzji nic się nie zmieni.
posts-conflict-mine = Zapisz moje
posts-conflict-theirs = Weź ich wersję
posts-conflict-copy = Kopiuj mój tekst
posts-schedule = Zaplanuj
posts-reschedule = Zmień termin
posts-send-now = Wyślij teraz
posts-unschedule = Wróć do szkicu
posts-may-not = Twoja rola nie pozwala publikować: poproś menedżera
posts-done-now = Wysyłamy
posts-done-scheduled = Zaplanowano: { $when }
posts-done-draft = Znów szkic
posts-refused = { $count ->
    [one] Najpierw trzeba poprawić jedną rzecz
    [few] Najpierw trzeba poprawić { $count } rzeczy
   *[many] Najpierw trzeba poprawić { $count } rzeczy
}
posts-fold-earlier = Za pierwszym razem
posts-fold-later = Za drugim razem
posts-repeat = Powtarzaj
posts-repeat-none = Bez powtarzania
posts-repeat-day = Co dzień
posts-repeat-week = Co tydzień
posts-repeat-month = Co miesiąc
posts-repeat-year = Co rok
posts-repeat-interval = Odstęp
posts-repeat-days = W te dni
posts-repeat-end = Koniec
posts-repeat-never = Nigdy
posts-repeat-count = Liczba powtórzeń
posts-repeat-until = Do dnia
posts-repeat-dates = Najbliższe daty
posts-repeat-shifted = później: zegar pomija tę godzinę
posts-numbers = Liczby w czasie
posts-preview-less = Zwiń
posts-thread-add = Zacznij następną część wątku
posts-thread-parts = { $count ->
    [one] Wątek z { $count } części
   *[other] Wątek z { $count } części
}
posts-alt-of = Co przedstawia obraz { $n }?
posts-sending-of = { $name } (potem jeszcze { $left })
posts-unsent = Zmieniono już po publikacji
posts-unsent-fixed = { $networks }: opublikowany post pozostanie bez zmian.
posts-sum = Wszystkie kanały razem
posts-numbers-soon = Pierwsze liczby pojawią się w ciągu godziny.
posts-filter = Filtr
posts-filter-count = { $count ->
    [one] Filtr: włączony { $count }
    [few] Filtr: włączone { $count }
   *[many] Filtr: włączonych { $count }
}
posts-stand-all = { $all ->
    [one] Post wyszedł w { $all } kanale
   *[other] Post wyszedł we wszystkich kanałach: { $all }
}
posts-stand-sent = Wysłany do { $sent } z { $all }
posts-stand-sending = wysyłane: { $count }
posts-stand-scheduled = czeka na termin: { $count }
posts-stand-failed = nie wyszedł: { $count }
posts-stand-unknown = nie wiadomo: { $count }
posts-stand-held = czeka na decyzję: { $count }
posts-stand-cancelled = odwołane: { $count }
posts-stand-deleted = zdjęte: { $count }
posts-poll-unfinished = Ankieta potrzebuje co najmniej dwóch odpowiedzi
posts-will-shrink = Wyślemy jako { $type }, najwyżej { $size }
posts-history = Historia
posts-history-title = Historia posta
posts-history-now = teraz
posts-history-restored = przywrócono wersję { $version }
posts-history-first = Pierwsza wersja
posts-history-nothing = Niczym się nie różni od poprzedniej wersji.
posts-history-restore = Przywróć tę wersję
posts-history-restore-text = Obecna treść zostanie w historii.
posts-history-done = Wersja { $version } przywrócona
posts-history-empty = pusto
posts-history-none = Tego posta jeszcze nie zmieniano.
posts-history-somebody = Wiersz poleceń
posts-merge-title = Wybierz po kawałku
posts-merge-mine = Moje
posts-merge-theirs = Cudze
posts-merge-save = Zapisz wybrane
posts-merge-text = Dwie osoby zmieniły ten post naraz. Przy każdej różnicy wybierz, czyja wersja zostaje; dopóki nie zapiszesz, nic się nie nadpisze.
posts-field-text = tekst
posts-field-media = zdjęcia i filmy
posts-field-link = link
posts-field-first-comment = pierwszy komentarz
posts-field-poll = ankieta
posts-field-options = opcje sieci
posts-field-rubric = rubryka
posts-field-campaign = kampania
posts-field-labels = etykiety
posts-field-language = język
posts-field-delete-after = usunięcie
posts-field-channels = kanały
posts-field-variant = osobna wersja
