# Co mówi wiersz poleceń (crates/sarafan).
cli-serving = Sarafan działa pod adresem { $address }
cli-watched = Metryki i stan dla maszyn są pod adresem { $address }/metrics i /health
cli-setup-link = Nie ma jeszcze właściciela. Otwórz ten link, aby nim zostać; działa przez dobę i tylko raz:
    { $link }
cli-demo-brand = Glina i światło
cli-demo-owner = Klara
cli-demo-sign-in = Logowanie: { $email }, hasło: { $password }
cli-demo-sandbox = Sieci do zabawy są pod adresem { $address }
cli-demo-refused = W tym folderze jest inna instalacja; pokaz potrzebuje własnego.
cli-demo-refused-remedy = Podaj go przez --data, na przykład --data ./sarafan-demo
cli-working = Sarafan wysyła to, na co przyszła pora.
cli-playing = Sieci do zabawy są pod adresem { $address }
cli-owner-password = Hasło:
cli-owner-made = { $name } ({ $email }) jest teraz właścicielem tej instalacji.
cli-brand-made = Utworzono markę „{ $name }”: { $id }
cli-connect-redirect = Otwórz tę stronę i wyraź zgodę; w tej samej przeglądarce trzeba być zalogowanym do Sarafana:
    { $url }
cli-connect-choose = Jest ich kilka; wskaż właściwy przez --account:
cli-post-gone = Post usunięto.
cli-rehearsed = Niczego nie zmieniono: tak by się stało.
cli-token-revoked = Token już niczego nie otwiera.
cli-webhook-secret = Jego sekret, widoczny tylko teraz: { $secret }
cli-note-gone = Notatka usunięta.
cli-task-gone = Zadanie usunięte.
cli-webhook-gone = Webhook usunięty.
cli-webhook-tested = Wiadomość próbna jest w drodze: { $id }
cli-webhook-replayed = Wiadomość jest znowu w drodze.
cli-webhook-off = wyłączony
cli-sessions-ended = { $count ->
    [0] Nikt nie był zalogowany.
    [one] Zakończono { $count } sesję.
    [few] Zakończono { $count } sesje.
   *[other] Zakończono { $count } sesji.
}
cli-factor-totp = aplikacja z kodami
cli-factor-codes = { $count ->
    [0] brak kodów zapasowych
    [one] { $count } kod zapasowy
    [few] { $count } kody zapasowe
   *[other] { $count } kodów zapasowych
}
cli-factors-reset = { $email } loguje się odtąd samym hasłem; wszystkie sesje zostały zakończone.
cli-brand-transferred = Właścicielem marki jest teraz { $email }.
cli-factor-passkey = klucz dostępu „{ $name }”
cli-mcp-no-token = Asystent potrzebuje tokenu w SARAFAN_TOKEN.
cli-mcp-no-token-remedy = Utwórz go poleceniem `sarafan token create` z potrzebnymi uprawnieniami.
cli-mcp-broken = Nie udało się odpowiedzieć asystentowi: { $reason }
cli-import-preview = Dobrych: { $ok }, z problemami: { $problems }, zaimportowanych wcześniej: { $skipped }. Niczego nie zapisano.
cli-import-saved = Dobrych: { $ok }, z problemami: { $problems }, zaimportowanych wcześniej: { $skipped }. Zapisano.
cli-import-ok = dobry
cli-import-problems = problemy
cli-import-scheduled = zaplanowany
cli-import-draft = szkic
cli-import-skipped = już jest

cli-head-id = id
cli-head-name = nazwa
cli-head-network = sieć
cli-head-channel = kanał
cli-head-handle = nazwa konta
cli-head-account = konto
cli-head-fields = pola (* wymagane)
cli-head-language = język
cli-head-zone = strefa czasowa
cli-head-state = stan
cli-head-time = czas
cli-head-version = Wersja
cli-head-changed = Co zmieniono
cli-head-who = kto
cli-head-until = do
cli-head-title = tekst
cli-head-note = uwagi
cli-head-line = wiersz
cli-head-result = wynik
cli-head-metric = wskaźnik
cli-head-value = wartość
cli-head-before = poprzedni okres
cli-head-person = osoba
cli-head-token = token
cli-head-used = użyty
cli-head-ends = wygasa
cli-head-scopes = uprawnienia
cli-head-url = adres
cli-head-topics = zdarzenia
cli-head-tries = próby
cli-head-status = odpowiedź
cli-head-device = urządzenie
cli-head-address = adres
cli-head-factor = oprócz hasła
cli-head-since = od kiedy

cli-state-ok = działa
cli-state-paused = wstrzymano
cli-state-reconnect = połącz ponownie
cli-post-draft = szkic
cli-post-in-review = czeka na akceptację
cli-post-changes-asked = do poprawy
cli-post-approved = zaakceptowany
cli-post-scheduled = zaplanowany
cli-post-sending = wysyłany
cli-post-sent = wysłany
cli-post-partly = wysłany częściowo
cli-post-failed = nieudany
cli-post-unknown = nie wiadomo
cli-post-cancelled = odwołany
cli-post-deleted = zdjęty
cli-delivery-scheduled = zaplanowana
cli-delivery-sending = wysyłana
cli-delivery-waiting = w toku
cli-delivery-sent = wysłana
cli-delivery-failed = nieudana
cli-delivery-unknown = nie wiadomo
cli-delivery-held = czeka na decyzję
cli-delivery-cancelled = odwołana
cli-delivery-deleted = zdjęta
cli-link-open = działa
cli-link-expired = wygasł
cli-link-revoked = odebrany
cli-approval-needed = wymaga akceptacji
cli-approval-free = bez akceptacji
cli-approval-hold = Post bez akceptacji w terminie zostaje wstrzymany.
cli-approval-ask = Post bez akceptacji w terminie zostaje wstrzymany, a osoby akceptujące dostają pytanie.
cli-approval-remind = Przypomnienia na tyle godzin przed terminem: { $hours }

cli-bad-setting = Ustawienie „{ $key }” ({ $place }) jest niezrozumiałe: { $reason }.
cli-bad-setting-remedy = Dobrze byłoby na przykład: { $example }
cli-bad-public-url = Ustawienie „public_url” jest niezrozumiałe: { $reason }.
cli-bad-field = „{ $field }” to nie NAZWA=WARTOŚĆ.
cli-bad-id = „{ $id }” to nie identyfikator.
cli-bad-word = Słowo „{ $word }” tu nie pasuje; listę pokazuje --help.
cli-bad-time = „{ $time }” to nie czas w postaci 2026-12-01 10:00.
cli-bad-input = Nie można odczytać standardowego wejścia: { $reason }
cli-when = Podaj kiedy: --now, --at albo --slot.
cli-no-brand = Nie ma jeszcze żadnej marki.
cli-no-brand-remedy = Utwórz ją: sarafan brand create NAZWA --language pl --time-zone Europe/Warsaw --country PL
cli-which-brand = Jest kilka marek; wskaż jedną przez --brand: { $brands }
cli-brand-unknown = Nie ma marki „{ $brand }”. Są: { $brands }
cli-channel-unknown = W tej marce nie ma kanału „{ $channel }”.
cli-which-channel = Kanałów „{ $channel }” jest kilka; podaj id jednego z nich.
cli-rubric-unknown = W tej marce nie ma rubryki „{ $rubric }”.
cli-unreadable = Nie można odczytać pliku { $file }: { $reason }
cli-unwritable = Nie można zapisać pliku { $file }: { $reason }
cli-no-media-folder = { $folder } nie jest folderem.
cli-cannot-listen = Nie można nasłuchiwać pod adresem { $address }: { $reason }
cli-cannot-listen-remedy = Być może działa tam już inny program; wybierz inny adres przez --listen albo port 0, aby wziąć wolny.
cli-no-folder = Nie można utworzyć folderu danych { $folder }: { $reason }
cli-no-folder-remedy = Wskaż inny przez --data albo pozwól temu użytkownikowi tam zapisywać.
cli-no-keys = Nie można odczytać kluczy, którymi zabezpieczono dostępy: { $reason }
cli-no-keys-remedy = Przywróć z kopii zapasowej plik „keys” folderu danych albo ustawienie „keys”. Bez nich wszystkie kanały trzeba będzie połączyć ponownie.
cli-no-database = Nie można otworzyć bazy danych { $database }: { $reason }
cli-no-database-remedy = Sprawdź, czy działa, czy ten użytkownik może tam zapisywać i czy dysk nie jest pełny.
cli-no-storage = Nie można otworzyć magazynu plików { $storage }: { $reason }
cli-no-storage-remedy = Zobacz docs/configuration.md: storage, storage_key_id, storage_secret_key.
cli-no-door = Nie można otworzyć wyjścia do sieci: { $reason }
cli-broken = Coś jest zepsute w środku: { $reason }
cli-docs-stale = Program napisałby inaczej: { $files }
cli-docs-stale-remedy = Zapisz na nowo: sarafan docs
cli-no-mail = Ustawienia poczty są nie do użycia: { $reason }
cli-no-mail-remedy = Na przykład: mail = "smtp://sarafan@mail.example.org", hasło w SARAFAN_MAIL_PASSWORD.
cli-mail-sent = Serwer { $server } przyjął wiadomość dla { $to }.
cli-brand-exported = Marka { $name } jest w pliku: posty: { $posts }, pliki: { $files } ({ $megabytes } MB). Wstrzymaj ją tutaj, zanim ruszy w nowym miejscu.
cli-brand-whole = { $name }, stan z { $at }: posty: { $posts }, pliki: { $files } ({ $megabytes } MB). Plik jest cały.
cli-brand-would = Marka przyszłaby wstrzymana. Kanały do ponownego połączenia: { $channels }. Wysyłki, które czekałyby na decyzję: { $held }. Nowe tu osoby: { $people }.
cli-brand-saved-nothing = Niczego nie zapisano.
cli-brand-imported = Marka { $name } jest już tutaj: posty: { $posts }, pliki: { $files }.
cli-brand-imported-next = Marka jest wstrzymana. Kanały do ponownego połączenia: { $channels }. Wysyłki czekające na decyzję: { $held }.
cli-keys-rotated = Zaszyfrowano na nowo: { $done }. Już obecnym kluczem: { $current }. Kluczy w pliku: { $keys }.
cli-keys-unreadable = Żaden klucz nie otwiera: { $count }. Te kanały trzeba połączyć ponownie.
cli-keys-resumed = Poprzednia wymiana nie była skończona; teraz skończono ją z tym samym kluczem.
cli-keys-kept = Stare klucze zostają dla starszych kopii; `sarafan keys rotate --forget-old` je usunie.
cli-keys-forgot = Usunięto starych kluczy: { $count }. Wcześniejsze kopie ich potrzebują.
cli-keys-elsewhere = Klucze pochodzą z ustawienia `keys`, a nie z pliku.
cli-keys-elsewhere-remedy = Wpisz w ustawieniu nowy klucz jako pierwszy, uruchom ponownie i wykonaj `sarafan keys rotate --reseal-only`.
cli-head-email = E-mail
cli-head-role = Rola
cli-member-all = wszystkie
cli-member-unknown = Nikt z adresem { $email } nie pracuje w tej marce.
cli-head-provider = dostawca
cli-head-subject = nazwa tam
cli-head-unlinked = odłączono
cli-head-due = termin
cli-head-done = gotowe
cli-head-task = zadanie
