# Co jest nie tak i co pomoże: problem-<kod> i problem-<kod>-remedy.

# Nazwy, języki, strefy
problem-name-empty = Nie ma jeszcze nazwy.
problem-name-too-long = Nazwa jest za długa: najwyżej { $max ->
    [one] { $max } znak
    [few] { $max } znaki
   *[many] { $max } znaków
}.
problem-too-long = Za długie: najwyżej { $max ->
    [one] { $max } znak
    [few] { $max } znaki
   *[many] { $max } znaków
}.
problem-language-unknown = „{ $language }” to nie jest kod języka.
problem-language-unknown-remedy = Wpisz pl, en lub ru.
problem-country-unknown = „{ $country }” to nie jest kod kraju.
problem-country-unknown-remedy = Wpisz dwie wielkie litery, na przykład PL lub GB.
problem-zone-unknown = Nie ma strefy czasowej „{ $zone }”.
problem-zone-unknown-remedy = Wpisz na przykład Europe/Warsaw lub Europe/London.
problem-wall-gap = Godziny { $wall } w strefie { $zone } nie ma: zegary idą wtedy do przodu i ją przeskakują.
problem-wall-gap-remedy = Wybierz czas o godzinę późniejszy.
problem-wall-twice = Godzina { $wall } w strefie { $zone } zdarza się dwa razy: tej nocy zegary się cofają.
problem-wall-twice-remedy = Wskaż, czy chodzi o pierwszą, czy o drugą, albo wybierz inną godzinę.
problem-wall-out-of-range = Ta data jest zbyt odległa, żeby ją obliczyć.
problem-days-range = Okres jest za długi albo kończy się, zanim się zacznie: najwyżej { $max ->
    [one] { $max } dzień
    [few] { $max } dni
   *[many] { $max } dni
}.
problem-cursor-bad = Tej strony listy już nie ma.
problem-cursor-bad-remedy = Wczytaj listę od początku.
problem-key-bad = Identyfikator posta ma od 1 do 200 znaków.

# Post
problem-post-empty = Nie ma ani tekstu, ani mediów.
problem-post-empty-remedy = Napisz coś albo dodaj obraz.
problem-text-huge = Tak długiego tekstu nie przyjmie żadna sieć (granica to { $max } bajtów).
problem-text-huge-remedy = Skróć go albo podziel na kilka postów.
problem-link-bad = „{ $link }” to nie jest adres strony.
problem-link-bad-remedy = Link zaczyna się od https:// lub http://.
problem-at-past = Ten termin już minął.
problem-at-past-remedy = Wybierz późniejszy albo wyślij teraz.
problem-channels-none = Nie wybrano kanału.
problem-channels-none-remedy = Wybierz co najmniej jeden kanał.
problem-channels-empty = Jest termin, ale nie ma kanału.
problem-channels-empty-remedy = Podaj co najmniej jeden kanał.
problem-channel-missing = Jeden z wybranych kanałów nie jest już połączony.
problem-channel-missing-remedy = Usuń go z posta albo połącz ponownie.
problem-asset-missing = Pliku z tego posta nie ma już w bibliotece.
problem-asset-missing-remedy = Usuń go z posta albo wgraj ponownie.
problem-post-state = { $state ->
    [draft] Post jest szkicem, teraz nie można tego zrobić.
    [in_review] Post czeka na akceptację, teraz nie można tego zrobić.
    [changes_asked] Post jest do poprawy, teraz nie można tego zrobić.
    [approved] Post jest zaakceptowany, ale jeszcze niezaplanowany, teraz nie można tego zrobić.
    [scheduled] Post jest już zaplanowany, teraz nie można tego zrobić.
    [sending] Post właśnie jest wysyłany, teraz nie można tego zrobić.
    [cancelled] Post został odwołany, teraz nie można tego zrobić.
    [deleted] Post został zdjęty, teraz nie można tego zrobić.
    [unknown] Najpierw wyjaśnij, czy post się ukazał.
   *[other] Post ukazał się już co najmniej w jednym kanale, więc nie można tego zrobić.
}
problem-delivery-state = { $state ->
    [sending] Wysyłka właśnie trwa i nie da się jej zatrzymać.
    [sent] Post już się ukazał.
    [cancelled] Wysyłka została odwołana.
    [deleted] Post został zdjęty.
    [unknown] Najpierw wskaż, czy post się ukazał.
   *[other] W obecnym stanie nie można tego zrobić.
}
problem-slot-none = W harmonogramie kanału „{ $channel }” nie ma wolnego slotu w najbliższych tygodniach.
problem-slot-none-remedy = Dodaj sloty do harmonogramu kanału albo wybierz termin samodzielnie.

# Czego sieć nie przyjmie
problem-text-too-long = { $parts ->
    [1] Tekst jest za długi o { $over ->
        [one] { $over } znak
        [few] { $over } znaki
       *[many] { $over } znaków
    }: { $count } z { $max }.
   *[other] Część { $part } jest za długa o { $over ->
        [one] { $over } znak
        [few] { $over } znaki
       *[many] { $over } znaków
    }: { $count } z { $max }.
}
problem-text-too-long-remedy = Skróć go albo napisz osobny tekst dla tej sieci.
problem-text-too-many-bytes = { $parts ->
    [1] Tekst jest za duży o { $over ->
        [one] { $over } bajt
        [few] { $over } bajty
       *[many] { $over } bajtów
    }: { $count } z { $max }.
   *[other] Część { $part } jest za duża o { $over ->
        [one] { $over } bajt
        [few] { $over } bajty
       *[many] { $over } bajtów
    }: { $count } z { $max }.
}
problem-text-too-many-bytes-remedy = Skróć go. Emoji i polskie litery zajmują więcej bajtów niż zwykłe łacińskie.
problem-thread-unsupported = { $network } nie ma wątków, a liczba części tekstu to { $parts }.
problem-thread-unsupported-remedy = Usuń wiersze --- albo napisz osobny tekst dla tej sieci.
problem-link-dropped = { $network } nie pokaże linku tego posta.
problem-link-dropped-remedy = Wstaw link do tekstu dla tej sieci.
problem-first-comment-unsupported = { $network } nie przyjmuje pierwszego komentarza, więc tam go nie będzie.
problem-first-comment-too-long = Pierwszy komentarz jest za długi: { $count } z { $max }.
problem-first-comment-too-long-remedy = Skróć pierwszy komentarz.
problem-media-too-many = Za dużo plików: { $count }, można najwyżej { $max }.
problem-media-too-many-remedy = Usuń część albo wybierz inne dla tej sieci.
problem-media-too-few = Za mało plików: { $count }, potrzeba co najmniej { $min }.
problem-media-too-few-remedy = Dodaj obraz lub film.
problem-media-too-many-of-kind = { $kind ->
    [image] Za dużo obrazów: { $count }, można najwyżej { $max }.
    [gif] Za dużo animacji: { $count }, można najwyżej { $max }.
    [video] Za dużo filmów: { $count }, można najwyżej { $max }.
   *[document] Za dużo dokumentów: { $count }, można najwyżej { $max }.
}
problem-media-too-many-of-kind-remedy = Usuń część albo wybierz inne dla tej sieci.
problem-media-mixed = { $kind ->
    [image] Tutaj obrazów nie można łączyć z innymi plikami w jednym poście.
    [gif] Tutaj animacji nie można łączyć z innymi plikami w jednym poście.
    [video] Tutaj filmu nie można łączyć z innymi plikami w jednym poście.
   *[document] Tutaj dokumentów nie można łączyć z innymi plikami w jednym poście.
}
problem-media-mixed-remedy = Zostaw pliki jednego rodzaju albo wybierz inne dla tej sieci.
problem-media-kind = { $kind ->
    [image] Plik { $n }: obrazy nie są tu przyjmowane.
    [gif] Plik { $n }: animacje nie są tu przyjmowane.
    [video] Plik { $n }: filmy nie są tu przyjmowane.
   *[document] Plik { $n }: dokumenty nie są tu przyjmowane.
}
problem-media-kind-remedy = Usuń ten plik dla tej sieci.
problem-media-type = Plik { $n } ma format { $type }, którego się tu nie przyjmuje.
problem-media-type-remedy = Użyj innego formatu: JPEG lub PNG dla obrazów, MP4 dla filmów.
problem-media-too-large = Plik { $n } jest za duży: { $bytes } bajtów, można najwyżej { $max }.
problem-media-too-large-remedy = Zmniejsz plik.
problem-media-dimensions = Plik { $n } ma nieodpowiednie wymiary: { $width } × { $height } pikseli.
problem-media-dimensions-remedy = Zmniejsz obraz.
problem-media-ratio = Plik { $n } jest zbyt wydłużony: najwyżej { $max } : 1.
problem-media-ratio-remedy = Przytnij go.
problem-media-too-long = Plik { $n } trwa za długo: najwyżej { $max ->
    [one] { $max } sekundę
    [few] { $max } sekundy
   *[many] { $max } sekund
}.
problem-media-too-long-remedy = Skróć film.
problem-media-will-be-converted = Plik { $n } wyślemy w innej postaci ({ $type }), żeby pasował do tej sieci. Oryginał pozostanie bez zmian.
problem-alt-missing = Plik { $n } nie ma opisu dla osób, które go nie widzą.
problem-alt-missing-remedy = Napisz jednym zdaniem, co przedstawia.
problem-alt-too-long = Opis pliku { $n } jest za długi: { $count } z { $max }.
problem-alt-too-long-remedy = Skróć opis.
problem-alt-extra = Opisów jest więcej niż plików.
problem-poll-few = Ankieta potrzebuje co najmniej dwóch odpowiedzi.
problem-poll-empty = Jedna z odpowiedzi ankiety jest pusta.
problem-poll-hours = Ankieta musi trwać co najmniej godzinę.
problem-poll-unsupported = { $network } nie ma ankiet.
problem-poll-unsupported-remedy = Usuń ankietę albo nie wysyłaj tam tego posta.
problem-poll-options = Liczba odpowiedzi w ankiecie: { $count }, a tu może być od { $min } do { $max }.
problem-poll-option-too-long = Odpowiedź { $n } w ankiecie jest za długa: { $count } z { $max }.
problem-poll-hours-range = Ankieta trwa { $hours ->
    [one] { $hours } godzinę
    [few] { $hours } godziny
   *[many] { $hours } godzin
}, a tu może od { $min } do { $max }.
problem-poll-with-media = { $network } przyjmuje albo ankietę, albo media, ale nie razem.
problem-poll-with-media-remedy = Usuń media lub ankietę dla tej sieci.
problem-option-missing = Wypełnij „{ $option }”.
problem-option-unknown = Nie ma tu opcji „{ $option }”, została pominięta.
problem-option-too-long = „{ $option }”: za długie, { $count } z { $max }.
problem-option-not-url = „{ $option }”: potrzebny jest adres strony.
problem-option-not-flag = „{ $option }”: można tylko włączyć lub wyłączyć.
problem-option-not-choice = „{ $option }”: wybierz z listy.
problem-option-number = „{ $option }”: potrzebna jest liczba całkowita od { $min } do { $max }.
problem-option-too-many = „{ $option }”: za dużo pozycji, { $count } z { $max }.

# W drodze
problem-network-unreachable = Sieć nie odpowiada albo ma kłopoty. Nic nie zostało wysłane.
problem-network-unreachable-remedy = Próba powtórzy się sama.
problem-rate-limited = Sieć prosi, żeby zwolnić.
problem-rate-limited-remedy = Wysyłka ruszy sama, gdy tylko sieć na to pozwoli.
problem-credential-expired = Dostęp do tego kanału wygasł.
problem-credential-expired-remedy = Naciśnij „Połącz ponownie” na stronie kanału. Potem naciśnij „Spróbuj ponownie” przy postach, które nie wyszły.
problem-credential-missing = Dostęp do tego kanału nie jest zapisany.
problem-credential-missing-remedy = Naciśnij „Połącz ponownie” na stronie kanału. Potem naciśnij „Spróbuj ponownie” przy postach, które nie wyszły.
problem-credential-unreadable = Zapisanego dostępu do tego kanału nie da się odszyfrować.
problem-credential-unreadable-remedy = Przywróć właściwy plik klucza albo naciśnij „Połącz ponownie” na stronie kanału.
problem-credential-revoked = Sieć nie przyjmuje już naszego dostępu do tego kanału.
problem-credential-revoked-remedy = Naciśnij „Połącz ponownie” na stronie kanału. Potem naciśnij „Spróbuj ponownie” przy postach, które nie wyszły.
problem-permission-missing = Konto nie ma uprawnienia, które jest do tego potrzebne.
problem-permission-missing-remedy = Nadaj je w samej sieci, a potem naciśnij „Połącz ponownie” na stronie kanału.
problem-account-inactive = Konto w sieci jest zablokowane, zawieszone albo usunięte.
problem-account-inactive-remedy = Sprawdź tam, co się stało, a potem naciśnij „Połącz ponownie” na stronie kanału.
problem-server-unsuitable = Pod tym adresem nie ma odpowiedniego serwera.
problem-server-unsuitable-remedy = Sprawdź adres.
problem-handle-unknown = Nie ma konta „{ $handle }”.
problem-handle-unknown-remedy = Sprawdź pisownię.
problem-address-forbidden = To adres sieci prywatnej, a łączenie się z takimi nie jest dozwolone.
problem-address-forbidden-remedy = Jeśli tak ma być, zezwól na niego w konfiguracji.
problem-network-refused = { $network } odmawia: „{ $message }”.
problem-network-refused-remedy = Popraw post i naciśnij „Spróbuj ponownie”.
problem-media-processing-failed = { $network }: nie udało się przetworzyć jednego z plików.
problem-media-processing-failed-remedy = Naciśnij „Spróbuj ponownie” albo zamień plik na mniejszy.
problem-edit-parts = W { $network } wątek można zmieniać tylko część po części: ich liczba musi pozostać taka sama.
problem-edit-parts-remedy = Zachowaj liczbę części albo usuń wątek i wyślij go na nowo.
problem-gone = W sieci już tego nie ma.
problem-outcome-unknown = Post został przekazany, ale jasna odpowiedź nie nadeszła. Mógł się ukazać albo nie.
problem-outcome-unknown-remedy = Zajrzyj do kanału i wskaż tutaj, czy post się ukazał. Do tego czasu nie zostanie wysłany ponownie.
problem-answer-unreadable = Nie udało się zrozumieć odpowiedzi sieci ({ $detail }).
problem-answer-unreadable-remedy = Zajrzyj do kanału. Jeśli to się powtórzy, zgłoś nam to.
problem-by-hand = Wysłane decyzją człowieka.
problem-held-paused = Wysyłka jest wstrzymana.
problem-held-paused-remedy = Ruszy, gdy pauza się skończy.
problem-held-late = Spóźnienie wynosi { $minutes ->
    [one] { $minutes } minutę
    [few] { $minutes } minuty
   *[many] { $minutes } minut
}, więc nie wysłano bez pytania.
problem-held-late-remedy = Naciśnij „Wyślij teraz”, zmień termin posta albo odwołaj wysyłkę.
problem-network-missing = Ten Sarafan nie zna sieci tego kanału.
problem-network-missing-remedy = Użyj wersji zbudowanej z tą siecią.
problem-network-no-publish = W tej sieci nie można publikować.
problem-network-no-edit = { $network } nie pozwala zmieniać posta, który się ukazał.
problem-network-no-delete = { $network } nie pozwala nam zdjąć posta.
problem-network-no-delete-remedy = Usuń go w samej sieci.

# Kanały
problem-network-unknown = Nie ma tu sieci „{ $network }”.
problem-nothing-to-connect = To konto nie ma w { $network } niczego, co można by połączyć.
problem-nothing-to-connect-remedy = Sprawdź, czy może publikować na stronie, w grupie lub w kanale, o który chodzi.
problem-reconnect-other = To dostęp do innego kanału: „{ $name }”.
problem-reconnect-other-remedy = Zaloguj się w sieci na konto tego kanału.
problem-slot-bad = „{ $time }” to nie jest godzina.
problem-slots-too-many = Harmonogram może mieć najwyżej { $max } slotów.

# Powtarzanie
problem-repeat-interval = Odstęp musi wynosić od 1 do { $max }.
problem-repeat-weekday = Dzień tygodnia to liczba od 1 (poniedziałek) do 7 (niedziela).
problem-repeat-count = Liczba powtórzeń musi wynosić od 1 do { $max }.
problem-repeat-until = Powtarzanie kończy się { $date }, zanim się zacznie.
problem-repeat-until-remedy = Wybierz późniejszy koniec.
problem-repeat-never = Przy tych ustawieniach nie zdarzy się to ani razu.
problem-repeat-never-remedy = Wybierz inne dni albo późniejszy koniec.

# Plan treści z pliku
problem-plan-empty = Plik jest pusty.
problem-plan-not-text = To nie jest plik CSV.
problem-plan-not-text-remedy = W arkuszu wybierz „Zapisz jako” i format CSV (UTF-8).
problem-plan-too-many-rows = Plik ma więcej niż { $max } wierszy.
problem-plan-too-many-rows-remedy = Podziel go na kilka plików.
problem-encoding-broken = Tekst jest uszkodzony: wiersza { $line } nie da się odczytać jako { $encoding }.
problem-encoding-broken-remedy = Zapisz plik jeszcze raz jako CSV (UTF-8) albo wybierz inne kodowanie.
problem-column-unknown = Plik nie ma kolumny „{ $column }”.
problem-quote-open = Cudzysłów otwarty w wierszu { $line } nigdzie się nie zamyka.
problem-quote-open-remedy = Zamknij go albo podwój cudzysłowy wewnątrz komórki ("").
problem-quote-stray = W wierszu { $line } cudzysłów stoi w złym miejscu.
problem-quote-stray-remedy = Podwój cudzysłowy wewnątrz komórki ("").
problem-cell-huge = Komórka w kolumnie „{ $column }” jest za duża: najwyżej { $max } bajtów.
problem-row-wide = Wiersz ma więcej niż { $max } komórek.
problem-row-cells = Liczba komórek w wierszu: { $found }, a kolumn w pliku: { $expected }.
problem-row-cells-remedy = Ujmij w cudzysłów teksty, w których jest separator lub nowy wiersz.
problem-row-duplicate = Taki sam wiersz jest już pod numerem { $line }.
problem-id-duplicate = Identyfikator „{ $id }” jest już użyty w wierszu { $line }.
problem-id-duplicate-remedy = Nadaj temu wierszowi własny identyfikator.
problem-id-known = „{ $id }” zaimportowano wcześniej, więc go pominięto.
problem-id-too-long = Identyfikator jest za długi: najwyżej { $max } znaków.
problem-control-dropped = Z kolumny „{ $column }” usunięto niewidoczne znaki sterujące.
problem-list-long = Lista w tej komórce jest za długa: najwyżej { $max } pozycji.
problem-rubric-unknown = Nie ma rubryki „{ $rubric }”, post trafi do planu bez rubryki.
problem-rubric-unknown-remedy = Dodaj rubrykę w ustawieniach marki albo wybierz inną w poście.
problem-media-missing = Brakuje pliku „{ $file }”.
problem-media-missing-remedy = Dołącz go do planu albo najpierw wgraj do biblioteki.
problem-extra-unreadable = Kolumny „extra” nie da się odczytać.
problem-extra-unreadable-remedy = Zostaw ją taką, jaką wyeksportował Sarafan, albo wyczyść.
problem-channel-unknown = { $known ->
    [none] Nie ma kanału „{ $channel }”: nie połączono jeszcze żadnego kanału.
   *[other] Nie ma kanału „{ $channel }”. Są takie: { $known }.
}
problem-channel-unknown-remedy = { $known ->
    [none] Najpierw połącz kanał, potem zaimportuj plan.
   *[other] Połącz kanał albo podaj jeden z istniejących.
}
problem-channel-ambiguous = „{ $channel }” pasuje do kilku kanałów: { $candidates }.
problem-channel-ambiguous-remedy = Wpisz jeden z nich.
problem-date-format-ask = Jaka to data: „{ $value }”? Może to być { $candidates } (kolejność: { $orders }).
problem-date-format-ask-remedy = Wybierz kolejność dnia (d), miesiąca (m) i roku (y) albo pisz daty tak: 2026-12-31 23:59.
problem-date-impossible = Nie ma takiej daty: „{ $value }”.
problem-at-no-time = W „{ $value }” nie ma godziny.
problem-at-no-time-remedy = Wpisz datę i godzinę: 2026-12-31 10:00.
problem-at-unreadable = „{ $value }” nie wygląda na datę i godzinę.
problem-at-unreadable-remedy = Wpisz tak: 2026-12-31 10:00.

# Ludzie
problem-email-bad = To nie jest adres e-mail.
problem-email-taken = Osoba z adresem { $email } już tu jest.
problem-member-already = { $email } należy już do marki.
problem-invitations-too-many = Otwartych zaproszeń jest już { $max }.
problem-invitations-too-many-remedy = Wycofaj te, które nie są już potrzebne.
problem-last-owner = Marka zostałaby bez właściciela.
problem-last-owner-remedy = Najpierw uczyń właścicielem kogoś innego.
problem-password-short = Hasło jest za krótkie: co najmniej { $min ->
    [one] { $min } znak
    [few] { $min } znaki
   *[many] { $min } znaków
}.
problem-password-short-remedy = Łatwo zapamiętać kilka słów, których nikt by nie zestawił.
problem-password-long = Hasło jest za długie: najwyżej { $max } bajtów.
problem-password-obvious = To hasło zbyt łatwo zgadnąć.
problem-password-wrong = Obecne hasło jest nieprawidłowe.
problem-sign-in-wrong = Nieprawidłowy adres e-mail lub hasło.
problem-sign-in-wrong-remedy = Sprawdź jedno i drugie albo wybierz „Nie pamiętasz hasła?”.
problem-sign-in-over = Logowanie trwało zbyt długo albo zostało już zakończone.
problem-sign-in-over-remedy = Zacznij jeszcze raz od hasła.
problem-factor-code-wrong = Ten kod jest nieprawidłowy albo został już użyty.
problem-factor-code-wrong-remedy = Wpisz najnowszy kod z aplikacji i sprawdź, czy zegar urządzenia dobrze chodzi.
problem-factor-already = Aplikacja z kodami jest już podłączona.
problem-factor-already-remedy = Najpierw ją odłącz.
problem-factor-begin-first = Nic już nie czeka na kod: minęło ponad pół godziny.
problem-factor-begin-first-remedy = Zacznij jeszcze raz i zeskanuj nowy obrazek.
problem-factor-none = Nie ma drugiego kroku, więc nie ma czego odzyskiwać.
problem-factor-none-remedy = Najpierw podłącz aplikację z kodami.
problem-person-unknown = Nikt tutaj nie ma takiego adresu.
problem-passkey-bad = Ten klucz dostępu niczego tu nie otwiera albo odpowiedział nie na nasze pytanie.
problem-passkey-bad-remedy = Spróbuj jeszcze raz z innym kluczem albo zaloguj się inaczej.
problem-passkey-address = Pod tym adresem klucze dostępu nie działają: potrzebne są https i nazwa.
problem-passkey-address-remedy = Ustaw public_url na adres taki jak https://smm.example.org.
problem-passkeys-too-many = Kluczy dostępu jest już { $max }.
problem-passkeys-too-many-remedy = Odłącz ten, którego nie używasz.
problem-transfer-self = Ta marka już należy do ciebie.
problem-transfer-self-remedy = Wybierz kogoś innego z zespołu.
problem-oidc-off = Nie można tu wejść przez inny serwis.
problem-oidc-off-remedy = Zaloguj się hasłem albo kluczem dostępu.
problem-oidc-refused = Serwis logowania nie potwierdził, kim jesteś.
problem-oidc-refused-remedy = Spróbuj jeszcze raz; jeśli to się powtórzy, zwróć się do osoby, która prowadzi tę instalację.
problem-oidc-stranger = Nikt tutaj nie ma adresu, który potwierdza serwis logowania, i nie ma dla niego otwartego zaproszenia.
problem-oidc-stranger-remedy = Poproś właściciela albo menedżera o zaproszenie na ten adres.
problem-setup-link-bad = Ten link został już użyty albo jest nieprawidłowy.
problem-setup-link-bad-remedy = Uruchom Sarafana ponownie, żeby dostać nowy link, albo zaloguj się.

# Marka
problem-late-too-long = Dozwolone spóźnienie to najwyżej { $max ->
    [one] { $max } minuta
    [few] { $max } minuty
   *[many] { $max } minut
}.
problem-rubric-key-bad = Klucz rubryki ma od 1 do 40 liter, cyfr, łączników i podkreśleń.
problem-rubric-key-taken = Rubryka z kluczem „{ $key }” już istnieje.
problem-rubrics-too-many = Marka może mieć najwyżej { $max } rubryk.
problem-color-bad = Nie ma takiego koloru.
problem-share-bad = Pożądany udział wynosi od 0 do 100 procent.

# Pliki
problem-file-empty = Plik „{ $name }” jest pusty.
problem-file-lies = Plik „{ $name }” nie jest tym, co mówi jego nazwa.
problem-file-lies-remedy = Otwórz go w edytorze grafiki i zapisz ponownie jako JPEG lub PNG.
problem-file-svg = Rysunki SVG nie są przyjmowane: mogą zawierać skrypty, a sieci ich nie pokazują.
problem-file-svg-remedy = Wyeksportuj rysunek jako PNG.
problem-file-active = Strony internetowe i skrypty nie są przyjmowane.
problem-file-type = Pliki tego rodzaju nie są przyjmowane.
problem-file-type-remedy = Obrazy: JPEG, PNG, GIF, WebP. Filmy: MP4, WebM. Dokumenty: PDF, pliki biurowe, zwykły tekst.
problem-file-broken = Plik jest uszkodzony albo nie został wgrany do końca.
problem-file-broken-remedy = Wgraj go jeszcze raz. Jeśli to nie pomoże, zapisz go na nowo w programie, z którego pochodzi.
problem-picture-type = Obrazy w formatach HEIC i AVIF nie są przyjmowane.
problem-picture-type-remedy = Zapisz obraz jako JPEG lub PNG.
problem-picture-too-large = Obraz ma za dużo pikseli: najwyżej { $max } mln.
problem-picture-too-large-remedy = Zmniejsz obraz.
problem-picture-cannot-fit = Obrazu nie da się zmniejszyć do { $max } bajtów, nie psując go.
problem-picture-cannot-fit-remedy = Wybierz inny obraz dla tej sieci.
problem-animation-too-long = Animacja jest za długa albo za duża.
problem-animation-too-long-remedy = Skróć ją albo zapisz jako film (MP4).

# Akceptacja
problem-held-approval = Nikt nie zaakceptował posta w obecnej postaci.
problem-held-approval-remedy = Zaakceptuj post, a ruszy sam, albo poproś kogoś, kto może to zrobić.
problem-approval-standing = { $standing ->
    [in_review] Prośba o akceptację już poszła, a odpowiedzi jeszcze nie ma.
    [changes_asked] Poproszono o poprawki, a posta nie wysłano ponownie do akceptacji.
    [approved] Post jest już zaakceptowany.
   *[draft] Nikogo nie poproszono o akceptację tego posta.
}
problem-approval-standing-remedy = Wczytaj post ponownie i zobacz, na czym stoi.
problem-approval-changed = Od kiedy go widzisz, post został zmieniony.
problem-approval-changed-remedy = Obejrzyj go jeszcze raz i zdecyduj.
problem-approval-gone = Tego posta już tu nie ma albo nie do Ciebie należy decyzja.
problem-note-empty = Nie napisano, co zmienić.
problem-note-empty-remedy = Napisz autorowi choć jedno zdanie.
problem-link-days-bad = Link jest ważny od 1 do { $max } dni.
problem-post-missing = Jednego z wybranych postów już nie ma.
problem-remind-hours-bad = { $count ->
    [one] Najwyżej { $count } przypomnienie, od 1 do { $max } godzin przed terminem.
    [few] Najwyżej { $count } przypomnienia, od 1 do { $max } godzin przed terminem.
    [many] Najwyżej { $count } przypomnień, od 1 do { $max } godzin przed terminem.
   *[other] Najwyżej { $count } przypomnienia, od 1 do { $max } godzin przed terminem.
}
problem-password-none = To konto nie ma jeszcze hasła.
problem-password-none-remedy = Ustaw je przez „Nie pamiętasz hasła?” na stronie logowania.
problem-identity-last = To jedyny sposób logowania.
problem-identity-last-remedy = Najpierw ustaw hasło: „Nie pamiętasz hasła?” na stronie logowania.
problem-oidc-unlinked = To konto zostało tu odłączone.
problem-oidc-unlinked-remedy = Zaloguj się hasłem lub kluczem dostępu i zezwól na nie ponownie w profilu.
