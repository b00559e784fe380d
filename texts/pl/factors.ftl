# Drugi krok logowania (ui/src/areas/factors).
factors-title = Logowanie w dwóch krokach
factors-text = Po haśle Sarafan pyta o coś, co masz pod ręką tylko ty. Kto pozna hasło, z nim samym nie wejdzie.
factors-on = Drugi krok jest włączony
factors-on-text = Pytamy o niego przy każdym logowaniu hasłem, na każdym urządzeniu.
factors-off = Drugi krok jest wyłączony
factors-off-text = Na razie do wejścia wystarczy hasło.
factors-app = Aplikacja z kodami
factors-app-text = Aplikacja uwierzytelniająca w telefonie albo menedżer haseł pokazuje sześć cyfr, które zmieniają się co pół minuty.
factors-app-add = Podłącz aplikację
factors-app-added = Aplikacja podłączona
factors-app-since = Podłączona { $date }
factors-app-remove = Odłącz
factors-app-remove-title = Odłączyć aplikację?
factors-app-remove-text = Jej kody nie będą już potrzebne. Jeśli nie ma innego drugiego kroku, znikną też kody zapasowe.
factors-app-removed = Aplikacja odłączona
factors-key = Klucze dostępu
factors-key-text = Klucz dostępu w telefonie, komputerze albo na tokenie wpuszcza sam, bez hasła, i liczy się jako drugi krok.
factors-key-add = Dodaj klucz dostępu
factors-key-add-text = Najpierw nazwa i hasło, potem urządzenie poprosi o odcisk palca, twarz albo PIN.
factors-key-added = Klucz dostępu dodany
factors-key-name = Nazwa klucza
factors-key-name-example = Telefon
factors-key-since = dodany { $date }
factors-key-used = ostatnio użyty
factors-key-unused = jeszcze nieużywany
factors-key-rename = Zmień nazwę
factors-key-rename-named = Zmień nazwę: { $name }
factors-key-remove-named = Odłącz: { $name }
factors-key-remove-title = Odłączyć „{ $name }”?
factors-key-remove-text = Tutaj już niczego nie otworzy. Na urządzeniu zostanie, dopóki go tam nie usuniesz.
factors-key-removed = Klucz dostępu odłączony
factors-key-address = Klucze dostępu wymagają https i adresu z nazwą. Może to ustawić osoba, która prowadzi tę instalację.
factors-key-browser = Ta przeglądarka nie obsługuje kluczy dostępu.
factors-codes = Kody zapasowe
factors-codes-text = Na wypadek zgubienia telefonu. Każdy działa raz, zamiast kodu z aplikacji.
factors-codes-left = { $count ->
    [0] Nie został żaden kod
    [one] Został { $count } kod
    [few] Zostały { $count } kody
   *[other] Zostało { $count } kodów
}
factors-codes-new = Utwórz nowe
factors-codes-new-title = Utworzyć nowe kody zapasowe?
factors-codes-new-text = Poprzednie od razu przestaną działać.
factors-codes-shown = Twoje kody zapasowe
factors-codes-shown-text = Trzymaj je z dala od telefonu: na papierze albo w menedżerze haseł. Widać je tylko teraz.
factors-codes-copy = Kopiuj wszystkie
factors-codes-kept = Mam je zapisane
factors-password = Hasło
factors-password-text = Najpierw hasło, żeby mieć pewność, że to ty.
factors-next = Dalej
factors-scan = Zeskanuj obrazek
factors-scan-text = Otwórz aplikację, zeskanuj obrazek i wpisz kod, który pokaże.
factors-qr = Kod QR dla aplikacji
factors-secret = Jeśli nie da się zeskanować, wpisz ten klucz
factors-open-here = Otwórz w aplikacji na tym urządzeniu
factors-code = Kod z aplikacji
factors-confirm = Włącz
