# Plan treści: import i eksport.
plan-title = Import planu
plan-may-not = Twoja rola nie pozwala importować planów: poproś menedżera.
plan-drop = Upuść tutaj plan treści
plan-drop-here = Upuść, aby dodać pliki
plan-drop-text = Plik CSV razem z obrazami, które wymienia. Zobaczysz każdy wiersz, zanim cokolwiek się zapisze.
plan-choose = Wybierz pliki
plan-add = Dodaj obrazy albo inny plan
plan-other-file = Zacznij od nowa
plan-pictures = Obrazy tego planu
plan-picture-count = { $count ->
    [one] i { $count } plik
    [few] i { $count } pliki
   *[many] i { $count } plików
}
plan-left = Naraz można wziąć tylko jedną tabelę; pominięto: { $names }
plan-waiting = { $count ->
    [one] { $count } plik czeka na swój plan.
    [few] { $count } pliki czekają na swój plan.
   *[many] { $count } plików czeka na swój plan.
}
plan-clear = Usuń
plan-reading = Jak czytany jest plik
plan-read-as = Odczytano jako { $encoding }, separator: { $separator }
plan-columns-known = Rozpoznane kolumny: { $known } z { $all }
plan-encoding = Kodowanie
plan-separator = Separator
plan-order = Kolejność w datach
plan-order-ask = Zapytaj w razie wątpliwości
plan-found-out = Wykryj
plan-encoding-utf-8 = UTF-8
plan-encoding-1251 = Windows-1251 (cyrylica)
plan-encoding-1250 = Windows-1250 (środkowoeuropejskie)
plan-encoding-utf-16le = UTF-16 LE
plan-encoding-utf-16be = UTF-16 BE
plan-separator-comma = przecinek
plan-separator-semicolon = średnik
plan-separator-tab = tabulator
plan-order-dmy = 31.12.2026 (najpierw dzień)
plan-order-mdy = 12/31/2026 (najpierw miesiąc)
plan-order-ymd = 26-12-31 (najpierw rok)
plan-dates-title = O które daty chodzi?
plan-dates-text = Niektóre daty można odczytać na kilka sposobów. Wybierz kolejność części.
plan-columns = Kolumny
plan-column-none = — pomiń —
plan-column-nameless = (bez nazwy)
plan-column-is = Co jest w kolumnie „{ $name }”?
plan-no-text-column = Nie wiadomo, w której kolumnie jest tekst. Wskaż ją.
plan-forget = Wróć do wykrytych
plan-rows = Wiersze planu
plan-line = Wiersz
plan-outlook = Co będzie
plan-no-text = Bez tekstu
plan-good = Bez uwag
plan-skipped = Zaimportowano wcześniej
plan-skipped-text = Wiersz o tym id jest już postem. Nie zostanie zaimportowany ponownie.
plan-unreadable = Tego wiersza nie da się odczytać
plan-unreadable-text = Nie da się rozdzielić jego komórek, więc zostaje pominięty. Popraw plik i wczytaj go jeszcze raz: to, co już zaimportowano, zostanie pominięte.
plan-will-schedule = Zostanie zaplanowany na ten termin.
plan-will-draft = Stanie się szkicem z uwagami; można je poprawić w samym poście.
plan-will-draft-undated = Nie ma terminu, więc stanie się szkicem.
plan-row = Wiersz { $line }
plan-result = Wynik
plan-open-post = Otwórz post
plan-next-problem = Następna uwaga
plan-all = Wszystkie
plan-goods = Bez uwag
plan-problems = Z uwagami
plan-skips = Wcześniej zaimportowane
plan-no-rows = Plik nie ma wierszy
plan-import = Importuj
plan-import-both = Zaplanuj { $good }, zostaw { $drafts } jako szkice
plan-import-good = { $count ->
    [one] Zaplanuj { $count } post
    [few] Zaplanuj { $count } posty
   *[many] Zaplanuj { $count } postów
}
plan-import-drafts = { $count ->
    [one] Zaimportuj { $count } wiersz jako szkic
    [few] Zaimportuj { $count } wiersze jako szkice
   *[many] Zaimportuj { $count } wierszy jako szkice
}
plan-nothing = W tym pliku nie ma nic nowego
plan-skips-note = { $count ->
    [one] { $count } wiersz zaimportowano wcześniej i zostanie pominięty.
    [few] { $count } wiersze zaimportowano wcześniej i zostaną pominięte.
   *[many] { $count } wierszy zaimportowano wcześniej i zostanie pominiętych.
}
plan-left-note = { $count ->
    [one] { $count } wiersza nie da się odczytać, zostanie pominięty.
    [few] { $count } wierszy nie da się odczytać, zostaną pominięte.
   *[many] { $count } wierszy nie da się odczytać, zostaną pominięte.
}
plan-sending = Wysyłanie plików
plan-checking = Sprawdzanie wierszy
plan-saving = Tworzenie postów
plan-kept = Pliki i Twoje wybory zostały zachowane.
plan-too-large-help = Najpierw wgraj obrazy do biblioteki, a potem sam plan: znajdzie je po nazwach.
plan-to-library = Do biblioteki
plan-done = Zaplanowano: { $scheduled }, szkiców: { $drafts }
plan-done-skipped = { $count ->
    [one] { $count } wiersz zaimportowano wcześniej.
    [few] { $count } wiersze zaimportowano wcześniej.
   *[many] { $count } wierszy zaimportowano wcześniej.
}
plan-done-left = { $count ->
    [one] { $count } wiersza nie udało się odczytać, został pominięty.
    [few] { $count } wierszy nie udało się odczytać, zostały pominięte.
   *[many] { $count } wierszy nie udało się odczytać, zostały pominięte.
}
plan-done-toast = { $count ->
    [one] Plan zaimportowany: { $count } post
    [few] Plan zaimportowany: { $count } posty
   *[many] Plan zaimportowany: { $count } postów
}
plan-look = Zobacz
plan-to-calendar = Zobacz w kalendarzu
plan-to-drafts = Popraw szkice
plan-another = Zaimportuj inny plik
plan-export = Eksport planu
plan-export-text = Plik CSV, z którego import odtworzy te same posty, tutaj albo gdzie indziej.
plan-export-which = Które posty
plan-export-all = Wszystkie posty
plan-export-ahead = Od dziś
plan-export-month = Ten miesiąc
plan-export-next = Następny miesiąc
plan-export-go = Zapisz jako CSV
plan-guide = Jak wygląda plik
plan-guide-names = Kolumny są rozpoznawane po nazwach po polsku, angielsku i rosyjsku, w dowolnej kolejności. Inne można wskazać ręcznie.
plan-guide-text = treść posta; wiersz z trzema łącznikami zaczyna kolejną część wątku
plan-guide-at = 2026-12-31 10:00 albo data i godzina w dwóch kolumnach
plan-guide-channels = nazwy albo sieci rozdzielone średnikami
plan-guide-rubric = nazwa albo klucz
plan-guide-media = nazwy plików rozdzielone |, dodanych tutaj albo będących już w bibliotece
plan-guide-id = własne; wiersz z już zaimportowanym id jest pomijany
plan-example = Pobierz przykład
plan-example-name = plan
plan-example-one = Dzień dobry! Otwieramy o dziesiątej.
plan-example-two = Trzy rzeczy, które warto wiedzieć przed wyborem.
plan-field-id = Id
plan-field-rubric = Rubryka
plan-field-campaign = Kampania
plan-field-language = Język
plan-field-channels = Kanały
plan-field-time-zone = Strefa czasowa
plan-field-at = Data i godzina
plan-field-date = Data
plan-field-time = Godzina
plan-field-text = Tekst
plan-field-media = Media
plan-field-alt = Opisy obrazów
plan-field-link = Link
plan-field-first-comment = Pierwszy komentarz
plan-field-labels = Etykiety
plan-field-poll = Ankieta
plan-field-extra = Dodatkowe (z eksportu)
plan-no-channels = Nie połączono jeszcze kanałów
plan-no-channels-text = Wszystkie wiersze staną się szkicami. Najpierw połącz kanały, aby plan znalazł je po nazwach.
plan-connect = Połącz kanał
plan-lacking = { $count ->
    [one] { $count } wiersz wymienia obraz, którego brakuje
    [few] { $count } wiersze wymieniają obrazy, których brakuje
   *[many] { $count } wierszy wymienia obrazy, których brakuje
}
plan-lacking-text = Upuść tu obrazy, wszystkie naraz: trafią do swoich wierszy po nazwach. Bez nich te wiersze staną się szkicami.
