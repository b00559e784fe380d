# Kalendarz.
calendar-title = Kalendarz
calendar-month = Miesiąc
calendar-week = Tydzień
calendar-agenda = Lista
calendar-view = Widok
calendar-today = Dziś
calendar-today-hint = Przejdź do dzisiejszego dnia
calendar-before = Wstecz
calendar-after = Dalej
calendar-filter = Filtr
calendar-filter-count = { $count ->
    [one] Filtr: włączony { $count }
    [few] Filtr: włączone { $count }
   *[many] Filtr: włączonych { $count }
}
calendar-channel = Kanał
calendar-every-channel = Wszystkie kanały
calendar-rubric = Rubryka
calendar-every-rubric = Wszystkie rubryki
calendar-no-rubric = Bez rubryki
calendar-import = Import planu
calendar-write = Nowy post
calendar-write-on = Nowy post: { $day }
calendar-count = { $count ->
    [0] brak postów
    [one] { $count } post
    [few] { $count } posty
   *[many] { $count } postów
}
calendar-more = jeszcze { $count }
calendar-problems = { $count ->
    [one] { $count } uwaga
    [few] { $count } uwagi
   *[many] { $count } uwag
}
calendar-no-text = Jeszcze bez tekstu
calendar-own-time = { $time }, { $zone }
calendar-nothing = Nic nie zaplanowano
calendar-gap = Dzień bez postów
calendar-gaps = { $count ->
    [one] przed nami { $count } dzień bez postów
    [few] przed nami { $count } dni bez postów
   *[many] przed nami { $count } dni bez postów
}
calendar-mix = Rubryki w tym okresie
calendar-wanted = według planu: { $share }
calendar-hour = Godzina
calendar-days = Dni miesiąca
calendar-too-many = Postów jest więcej, niż można pokazać naraz. Wybierz kanał albo przejdź do tygodnia.
calendar-post = Post
calendar-open = Otwórz
calendar-move = Przenieś…
calendar-duplicate = Utwórz kopię
calendar-duplicated = Utworzono kopię
calendar-back-to-day = Wróć do dnia
calendar-channels = Kanały
calendar-no-channels = Nie wybrano jeszcze kanałów
calendar-channel-gone = Kanał, który nie jest już połączony
calendar-see = Zobacz w sieci
calendar-repeats = Powtarza się
calendar-moved = Przeniesiono: { $when }
calendar-move-title = Przenieś post
calendar-move-when = Nowy termin
calendar-move-go = Przenieś
calendar-move-anyway = Przenieś mimo to
calendar-other-time = Inny termin…
calendar-stays = Termin bez zmian: { $when }.
calendar-changed = Ktoś inny zmienił w międzyczasie ten post. Kalendarz pokazuje już nową wersję.
calendar-fold-earlier = Za pierwszym razem
calendar-fold-later = Za drugim razem
