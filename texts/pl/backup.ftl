# Kopia zapasowa i odtwarzanie (crates/app/src/backup, crates/sarafan/src/commands/backup.rs).
backup-passphrase = Hasło do kluczy:
backup-made = Plik { $file } jest zapisany i został odczytany ponownie: { $rows ->
        [one] { $rows } wiersz
        [few] { $rows } wiersze
       *[many] { $rows } wierszy
    }, { $files ->
        [one] { $files } plik
        [few] { $files } pliki
       *[many] { $files } plików
    } biblioteki, { $megabytes } MB. Zawiera wszystko w stanie z { $at }.
backup-made-files = Sprawdź bibliotekę: w magazynie zabrakło { $missing ->
        [one] { $missing } pliku
       *[many] { $missing } plików
    }, a od dodania zmieniło się: { $changed ->
        [one] { $changed } plik
        [few] { $changed } pliki
       *[many] { $changed } plików
    }.
backup-made-keys = Klucze dostępów do kanałów są w środku. Bez hasła nikt ich nie użyje: przechowuj je gdzie indziej.
backup-made-no-keys = Kluczy dostępów do kanałów nie ma w środku. Przechowuj plik „keys” z folderu danych (albo ustawienie „keys”) gdzie indziej: bez nich każdy kanał trzeba będzie połączyć na nowo.
restore-whole = Kopia jest cała: zrobiona { $at } przez Sarafan { $version }, { $rows ->
        [one] { $rows } wiersz
        [few] { $rows } wiersze
       *[many] { $rows } wierszy
    }, { $files ->
        [one] { $files } plik
        [few] { $files } pliki
       *[many] { $files } plików
    } biblioteki, { $megabytes } MB. Niczego nie ruszono.
restore-has-keys = Klucze dostępów są w środku; użyje ich --with-keys.
restore-no-keys = Kluczy dostępów nie ma w środku.
restore-done = Wszystko jest znów w stanie z { $at }: { $rows ->
        [one] { $rows } wiersz
        [few] { $rows } wiersze
       *[many] { $rows } wierszy
    }, { $files ->
        [one] { $files } plik
        [few] { $files } pliki
       *[many] { $files } plików
    } biblioteki. Każdy musi zalogować się ponownie.
restore-missing = W kopii zabrakło { $missing ->
        [one] { $missing } pliku
       *[many] { $missing } plików
    } biblioteki.
restore-paused = Wysyłka jest wstrzymana, żeby nic nie wyszło dwa razy. Upewnij się, że z tymi kanałami nie pracuje inny Sarafan, i zakończ pauzę w ustawieniach{ $scheduled ->
        [0] .
        [one] : { $scheduled } wysyłka z późniejszym terminem wyjdzie o czasie.
        [few] : { $scheduled } wysyłki z późniejszym terminem wyjdą o czasie.
       *[many] : { $scheduled } wysyłek z późniejszym terminem wyjdzie o czasie.
    }
restore-unknown = { $unknown ->
        [one] { $unknown } wysyłka mogła wyjść już po zrobieniu kopii i czeka
        [few] { $unknown } wysyłki mogły wyjść już po zrobieniu kopii i czekają
       *[many] { $unknown } wysyłek mogło wyjść już po zrobieniu kopii i czeka
    }, aż ktoś sprawdzi: w kolejce w przeglądarce albo poleceniami
    sarafan delivery list --state unknown
    sarafan delivery resolve ID --sent --url … (albo --not-sent --again)
restore-reconnect = { $channels ->
        [one] Dostępu do { $channels } kanału nie otwiera żaden tutejszy klucz. Połącz go ponownie:
       *[many] Dostępu do { $channels } kanałów nie otwiera żaden tutejszy klucz. Połącz je ponownie:
    }
restore-use-keys = Albo odtwórz jeszcze raz z --with-keys --replace-everything: klucze są w kopii.
restore-without-keys = W tej kopii nie ma kluczy dostępów; pomiń --with-keys.
restore-keys-elsewhere = Ustawienie „keys” zawiera inne klucze niż kopia.
restore-keys-elsewhere-remedy = Odtwórz bez tego ustawienia: klucze z kopii znajdą się w pliku „keys” folderu danych i stamtąd można je przenieść do ustawienia.
problem-backup-exists = Plik { $file } już istnieje.
problem-backup-exists-remedy = Podaj nowy: kopia zapasowa nigdy nie jest nadpisywana.
problem-backup-file = Pliku { $file } nie da się odczytać lub zapisać: { $reason }.
problem-backup-file-remedy = Sprawdź, czy folder istnieje, czy wolno w nim pisać i czy na dysku jest miejsce. Nie zostały żadne resztki.
problem-backup-foreign = { $file } nie jest kopią zapasową Sarafana.
problem-backup-foreign-remedy = Podaj plik zrobiony poleceniem „sarafan backup”. Niczego nie ruszono.
problem-backup-newer = Plik { $file } zrobił nowszy Sarafan ({ $made }); ten to { $version }.
problem-backup-newer-remedy = Odtwórz go tą samą lub późniejszą wersją. Niczego nie ruszono.
problem-backup-damaged = Plik { $file } jest uszkodzony w okolicy bajtu { $at }: { $why }.
problem-backup-damaged-remedy = Weź inny jego egzemplarz albo wcześniejszą kopię. Niczego nie ruszono.
problem-backup-passphrase = To hasło nie otwiera kluczy zapisanych w kopii.
problem-backup-passphrase-remedy = Wpisz je tak jak przy robieniu kopii. Niczego nie ruszono.
problem-restore-not-empty = Są tu już marki, ludzie albo posty.
problem-restore-not-empty-remedy = Wskaż pusty folder danych lub bazę; jeśli wszystko, co tu jest, może zniknąć, dodaj --replace-everything. Niczego nie ruszono.
problem-restore-busy = Na tych danych pracuje teraz wysyłka.
problem-restore-busy-remedy = Zatrzymaj ją (i wszystko inne, co używa tej bazy), a po zabiciu procesu odczekaj pół minuty i spróbuj ponownie. Niczego nie ruszono.
problem-restored = Sarafan został odtworzony z kopii zrobionej, zanim post wyszedł albo miał wyjść. Nie wiadomo tu, czy wyszedł.
problem-restored-remedy = Zajrzyj na kanał i powiedz tutaj, co tam jest. Do tego czasu nic nie zostanie wysłane.
