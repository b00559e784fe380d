# Biblioteka i jej pliki: to, co nie dotyczy posta.
problem-range-bad = Ta część pliku nie istnieje.
problem-asset-in-use = { $count ->
    [one] Ten plik jest w poście, który jeszcze się nie ukazał.
    [few] Ten plik jest w postach, które jeszcze się nie ukazały; używają go { $count } posty.
    [many] Ten plik jest w postach, które jeszcze się nie ukazały; używa go { $count } postów.
   *[other] Ten plik jest w postach, które jeszcze się nie ukazały; używa go { $count } posta.
}
problem-asset-in-use-remedy = Najpierw usuń go stamtąd albo poczekaj, aż posty się ukażą.
problem-file-too-large = Plik „{ $name }” jest za duży: ma { $megabytes } MB, a można wgrać najwyżej { $max_megabytes } MB.
problem-file-too-large-remedy = Zmniejsz go albo poproś administratora o podniesienie limitu.
problem-too-many = Za dużo: najwyżej { $max }.
problem-mail-off = W tej instalacji poczta jest wyłączona.
problem-mail-off-remedy = Podaj serwer poczty w ustawieniu mail, zob. docs/configuration.md.
problem-mail-refused = Serwer poczty { $server } nie przyjął wiadomości: { $reason }
problem-mail-refused-remedy = Sprawdź ustawienia mail, mail_password i mail_from.
problem-mail-unknown = Serwer poczty { $server } dostał całą wiadomość i nie powiedział, czy ją przyjął.
problem-mail-unknown-remedy = Zobacz, czy doszła.

# Tokeny programów.
problem-token-person-unknown = Nie ma tu nikogo z tym adresem.
problem-token-scopes-none = Token potrzebuje co najmniej jednego uprawnienia.
problem-token-brands-bad = Token można utworzyć dla marek, w których pracujesz, co najmniej dla jednej.
problem-token-days-bad = Token może działać od 1 do { $max } dni.
problem-tokens-too-many = Jest już { $max } tokenów.
problem-tokens-too-many-remedy = Unieważnij te, których nikt nie używa.
problem-moved = Ta wysyłka przyszła razem z marką z innej instalacji, która mogła ją już wysłać.
problem-moved-remedy = Sprawdź kanał i poprzednią instalację, a potem wyślij, przesuń albo odwołaj.
problem-move-foreign = To nie jest marka wyeksportowana z Sarafana.
problem-move-foreign-remedy = Wybierz plik utworzony w Ustawieniach → Przenoszenie albo poleceniem `sarafan brand export`.
problem-move-other = Plik utworzył Sarafan { $made }, a tutaj jest { $version }.
problem-move-other-remedy = Doprowadź obie instalacje do tej samej wersji, wyeksportuj jeszcze raz i zaimportuj.
problem-move-damaged = Plik jest uszkodzony, miejsce: { $at }: { $why }.
problem-move-damaged-remedy = Wyeksportuj markę jeszcze raz. Tutaj nic się nie zmieniło.
problem-move-here = Ta marka już tu jest.
problem-move-here-remedy = Markę można przenieść tylko tam, gdzie jej nie ma. Tutaj nic się nie zmieniło.
problem-move-file = Nie można odczytać lub zapisać pliku: { $reason }.
problem-limit-owner = Właściciel nie ma ograniczeń.
problem-limit-owner-remedy = Najpierw zmień rolę.

# Zapytania z kluczem.
problem-idempotency-key-bad = Idempotency-Key ma od 1 do { $max } drukowalnych znaków ASCII bez spacji.
problem-idempotency-other = Tego Idempotency-Key użyto już do innego zapytania.
problem-idempotency-other-remedy = Do każdego zapytania weź nowy klucz, a poprzedni tylko po to, żeby je powtórzyć.
problem-idempotency-running = Na pierwsze zapytanie z tym Idempotency-Key jeszcze odpowiadamy.
problem-idempotency-running-remedy = Zapytaj ponownie za chwilę.
problem-idempotency-lost = Zapytanie z tym Idempotency-Key wykonano, ale odpowiedź przepadła.
problem-idempotency-lost-remedy = Sprawdź, co już jest, zanim zapytasz z nowym kluczem.

# Webhooki.
problem-webhooks-too-many = Marka ma najwyżej { $max } webhooków.
problem-webhook-url-bad = Webhook potrzebuje adresu, który zaczyna się od https:// albo http://, bez nazwy i hasła w środku, długości najwyżej { $max } znaków.
problem-webhook-topics-none = Wybierz co najmniej jedno zdarzenie.
problem-webhook-waiting = Ta wiadomość jest już w drodze.
problem-webhook-unreachable = Nie udało się połączyć z serwerem.
problem-webhook-forbidden = Adres jest prywatny, a ta instalacja na to nie pozwala.
problem-webhook-forbidden-remedy = Osoba prowadząca instalację może dodać go do ustawienia allow_private.
problem-webhook-silent = Serwer przyjął wiadomość i nie odpowiedział na czas.
problem-webhook-dead = Wyłączony: ostatnich wiadomości nie udało się dostarczyć, każdej przez całą dobę.
problem-webhook-dead-remedy = Sprawdź w dzienniku, co odpowiedział serwer, popraw to po tamtej stronie i włącz ponownie.
problem-webhook-unwanted = Wyłączony: serwer odpowiedział, że niczego już nie chce (410).
problem-webhook-restored = Wyłączony: przywrócono kopię zapasową.
problem-webhook-restored-remedy = Włącz, jeśli to właśnie ta instalacja ma mówić.
problem-note-blank = Notatka jest pusta.
problem-note-too-long = Notatka może mieć najwyżej { $max } znaków.
problem-mention-unknown = Ktoś ze wspomnianych nie pracuje przy tej marce albo nie widzi notatek.
problem-task-empty = Napisz, co trzeba zrobić.
problem-task-too-long = Tu zmieści się najwyżej { $max } znaków.
problem-assignee-unknown = Ta osoba nie pracuje przy tej marce albo nie widzi zadań.
problem-due-bad = To nie jest czas.
problem-due-bad-remedy = Zapisz go tak: 2026-12-01T10:00.
problem-hour-bad = Godzina to liczba od 0 do 23.
problem-messenger-off = Ta instalacja nie pisze do nikogo przez komunikator.
problem-messenger-off-remedy = Kto ją prowadzi, ustawia messenger_token, token bota.
problem-messenger-away = Komunikator nie odpowiada.
problem-messenger-away-remedy = Spróbuj za minutę. Jeśli to nie pomoże, zły jest token albo serwer bota.
