# Co odpowiada API, gdy nie robi tego, o co proszono (crates/web).
web-signed-out-title = Nie zalogowano
web-signed-out = Trzeba się zalogować: sesji jeszcze nie ma albo już wygasła.
web-signed-out-remedy = Zaloguj się ponownie. Pisany właśnie tekst został zachowany.
web-may-not-title = Brak uprawnień
web-may-not = Twoja rola na to nie pozwala.
web-may-not-remedy = Poproś właściciela lub menedżera marki.
web-bad-token-title = Token odrzucony
web-bad-token = Taki token nie istnieje, został unieważniony albo wygasł.
web-bad-token-remedy = Utwórz nowy na stronie „Tokeny” w profilu.
web-out-of-scope-title = Poza uprawnieniami tokenu
web-out-of-scope = Token nie ma uprawnienia { $scope }.
web-out-of-scope-remedy = Utwórz token z tym uprawnieniem.
web-not-for-tokens-title = Nie dla programów
web-not-for-tokens = To może zrobić tylko zalogowana osoba, nie program z tokenem.
web-not-for-tokens-remedy = Zaloguj się w przeglądarce.
web-cross-origin-title = Żądanie z innej strony
web-cross-origin = Żądanie nie pochodzi ze stron Sarafana, więc niczego nie zmieniono.
web-cross-origin-remedy = Otwórz Sarafana pod jego zwykłym adresem. Program powinien wysłać ten adres w nagłówku Origin.
web-not-found-title = Nie znaleziono
web-not-found = Nie ma tu czegoś takiego albo nie masz do tego dostępu.
web-not-found-remedy = Być może zostało usunięte. Wróć i odśwież stronę.
web-no-method-title = Niewłaściwa metoda
web-no-method = Ten adres istnieje, ale nie dla takiego żądania.
web-timeout-title = Za wolno
web-timeout = Trwało to zbyt długo i zostało przerwane.
web-timeout-remedy = Spróbuj ponownie za chwilę.
web-conflict-title = Zmieniono w międzyczasie
web-conflict = Ktoś zapisał w międzyczasie nowszą wersję. Niczego nie nadpisano.
web-conflict-remedy = Porównaj obie wersje i zapisz swoją jeszcze raz.
web-refused-title = Teraz niemożliwe
web-refused = W obecnym stanie nie da się tego zrobić.
web-too-large-title = Za duże
web-too-large = To za dużo danych: przyjmujemy tu najwyżej { $megabytes } MB.
web-media-type-title = Niewłaściwy rodzaj treści
web-media-type = Treść powinna mieć postać { $wanted }.
web-malformed-title = Nieczytelne żądanie
web-malformed = Nie da się odczytać żądania: { $reason }.
web-wrong-title = Nieoczekiwana wartość
web-wrong = { $field ->
    [none] Oczekujemy tu czegoś innego: { $reason }.
   *[other] Pole „{ $field }” nie jest takie, jak oczekiwano: { $reason }.
}
web-invalid-title = Najpierw trzeba coś poprawić
web-invalid = Najpierw trzeba coś poprawić.
web-invalid-many = { $count ->
    [one] Najpierw trzeba poprawić { $count } rzecz: { $first }
    [few] Najpierw trzeba poprawić { $count } rzeczy, między innymi: { $first }
   *[many] Najpierw trzeba poprawić { $count } rzeczy, między innymi: { $first }
}
web-too-many-title = Za dużo prób
web-too-many = { $seconds ->
    [one] Za dużo prób. Poczekaj { $seconds } sekundę.
    [few] Za dużo prób. Poczekaj { $seconds } sekundy.
   *[many] Za dużo prób. Poczekaj { $seconds } sekund.
}
web-too-often-title = Zbyt wiele zapytań
web-too-often = { $seconds ->
    [one] Odpowiadamy najwyżej na { $limit } zapytań na minutę. Poczekaj { $seconds } sekundę.
    [few] Odpowiadamy najwyżej na { $limit } zapytań na minutę. Poczekaj { $seconds } sekundy.
   *[many] Odpowiadamy najwyżej na { $limit } zapytań na minutę. Poczekaj { $seconds } sekund.
}
web-too-often-remedy = Pytaj rzadziej: ile zostało, podaje RateLimit-Remaining w każdej odpowiedzi. Limit może podnieść osoba prowadząca tę instalację.
web-unavailable-title = Brak odpowiedzi
web-unavailable = Coś, czego Sarafan potrzebuje, teraz nie odpowiada. Nic nie zginęło.
web-unavailable-remedy = Spróbuj za chwilę. Jeśli to potrwa, podaj administratorowi ten numer: { $request }
web-internal-title = Nasz błąd
web-internal = Coś poszło nie tak po naszej stronie. To, co zapisano wcześniej, zostało.
web-internal-remedy = Spróbuj ponownie. Jeśli to się powtórzy, podaj administratorowi ten numer: { $request }

web-no-ui-title = Aplikacja przeglądarkowa nie jest zbudowana
web-no-ui = Ten program skompilowano bez niej. API i wiersz poleceń działają; aby zbudować i uruchomić całość:
