# Biblioteka plików.
assets-title = Biblioteka
assets-one = Plik
assets-upload = Dodaj pliki
assets-search = Szukaj w nazwach, opisach i etykietach
assets-folder = Folder
assets-folders = Istnieją: { $folders }
assets-every-folder = Wszystkie foldery
assets-every-label = Wszystkie etykiety
assets-every-kind = Każdy rodzaj
assets-kind = Rodzaj
assets-images = Obrazy
assets-videos = Filmy
assets-documents = Dokumenty
assets-labels = Etykiety
assets-none-title = Nic nie pasuje
assets-none-text = Zmień lub wyczyść filtry.
assets-empty-title = Biblioteka jest pusta
assets-empty-text = Upuść tu obrazy i filmy. Każdy plik jest od razu sprawdzany pod kątem wymagań sieci.
assets-download = Pobierz
assets-alt = Co przedstawia?
assets-alt-help = Dla osób, które nie widzą obrazu; trafia do każdego nowego posta.
assets-source = Źródło
assets-rights = Prawa
assets-used = { $count ->
    [0] Jeszcze nieużywany
    [one] Użyty w { $count } poście
   *[other] Użyty w { $count } postach
}
assets-delete-title = Usunąć ten plik?
assets-delete-text = Pliku, którego używa czekający post, nie można usunąć. Opublikowane posty zachowają swoje.
assets-done-delete = Usunięto
assets-choose = Wybierz kilka
assets-chosen = { $count ->
    [0] Zaznacz pliki
    [one] { $count } plik
    [few] { $count } pliki
   *[many] { $count } plików
}
assets-label = Etykieta
assets-move = Do folderu
assets-add-label = Dodaj etykietę
assets-done-many = { $count ->
    [one] Zmieniono { $count } plik
    [few] Zmieniono { $count } pliki
   *[many] Zmieniono { $count } plików
}
assets-name = Nazwa
