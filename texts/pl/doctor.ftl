# Co znalazł doktor (crates/app/src/doctor, crates/sarafan/src/commands/doctor.rs), i niesprawna baza.
doctor-mark-fine = [dobrze]
doctor-mark-note = [uwaga]
doctor-mark-warning = [wkrótce]
doctor-mark-error = [napraw]
doctor-well = Wszystko w porządku.
doctor-not-well = Jest coś do zrobienia.
doctor-settings = Folder danych { $data }, baza { $database }, pliki { $storage }.
doctor-folder = W folderze danych { $folder } można pisać.
doctor-folder-none = W { $folder } nic nie zainstalowano.
doctor-folder-none-remedy = Wskaż folder danych przez --data; nowy zrobi „sarafan serve”.
doctor-folder-closed = W folderze danych { $folder } nie można pisać: { $reason }.
doctor-folder-closed-remedy = Pozwól temu użytkownikowi tam pisać i sprawdź, czy dysk nie jest pełny albo podłączony tylko do odczytu.
doctor-keys-none = W { $folder } brakuje pliku „keys”: nie da się otworzyć żadnego dostępu.
doctor-keys-none-remedy = Przywróć go stamtąd, gdzie jest przechowywany, przed uruchomieniem Sarafana: inaczej powstanie nowy i każdy kanał trzeba będzie połączyć ponownie.
doctor-room = Na dysku folderu { $folder } jest wolne { $megabytes } MB.
doctor-room-little = Na dysku folderu { $folder } zostało tylko { $megabytes } MB.
doctor-room-little-remedy = Zrób miejsce albo przenieś folder na większy dysk: na pełnym dysku nic się nie zapisuje i nic nie wychodzi.
doctor-database = { $engine }, schemat { $schema }, { $megabytes } MB, cała.
doctor-database-damaged = Baza jest uszkodzona: { $reason }
doctor-database-damaged-remedy = Zatrzymaj Sarafana, zachowaj plik i postępuj według „A damaged database” w docs/recovery.md.
doctor-database-full = Nic nie da się zapisać, dysk bazy jest pełny: { $reason }
doctor-database-full-remedy = Zrób miejsce; Sarafan ruszy sam. Nic nie zapisało się w połowie.
doctor-database-read-only = Nic nie da się zapisać, bazę można tylko czytać: { $reason }
doctor-database-read-only-remedy = Sprawdź, czy dysk nie jest podłączony tylko do odczytu, do kogo należy plik i czy serwer nie podąża za innym.
doctor-database-away = Baza nie odpowiada: { $reason }
doctor-database-away-remedy = Sprawdź, czy jej serwer działa i jest dostępny. Gdy wróci, Sarafan ruszy sam.
doctor-database-log = Obok bazy czeka na wpisanie do niej { $megabytes } MB.
doctor-database-log-remedy = Coś bardzo długo ją czyta. Uruchom Sarafana ponownie; resztę uporządkuje sam.
doctor-clock = Zegar, o ile widać, chodzi dobrze: { $now }.
doctor-clock-apart = Zegary tej maszyny i bazy różnią się o { $seconds } s.
doctor-clock-apart-remedy = Włącz synchronizację czasu (NTP) na obu: posty wychodzą według tego zegara.
doctor-clock-back = Coś zapisano { $seconds } s w przyszłości: ten zegar się cofnął.
doctor-clock-back-remedy = Ustaw zegar i włącz synchronizację czasu (NTP), zanim cokolwiek wyjdzie.
doctor-storage = Pliki można zapisywać, czytać i usuwać.
doctor-storage-broken = Magazyn plików nie działa: { $reason }
doctor-storage-broken-remedy = Sprawdź ustawienia storage, storage_key_id i storage_secret_key, czy serwer działa i czy jest miejsce.
doctor-backup-made = Ostatnią kopię zapasową zrobiono { $at }.
doctor-backup-old = Ostatnią kopię zapasową zrobiono { $at }.
doctor-backup-old-remedy = Rób kopię codziennie: sarafan backup PLIK. Zobacz docs/backup.md.
doctor-backup-never = Nigdy nie zrobiono kopii zapasowej.
doctor-backup-never-remedy = Rób kopię codziennie: sarafan backup PLIK. Zobacz docs/backup.md.
doctor-paused = Wysyłka jest wstrzymana, nic nie wychodzi.
doctor-paused-remedy = Pauzę kończy właściciel w ustawieniach.
doctor-credential-closed = Dostęp do kanału { $channel } ({ $network }, { $brand }) się nie otwiera: brakuje jego klucza.
doctor-credential-closed-remedy = Przywróć plik „keys” stamtąd, gdzie jest przechowywany, albo połącz kanał ponownie.
doctor-credential-none = Kanał { $channel } ({ $network }, { $brand }) nie ma dostępu.
doctor-credential-none-remedy = Połącz kanał ponownie.
doctor-credential-ends = Dostęp do kanału { $channel } ({ $network }, { $brand }) kończy się { $at }.
doctor-credential-ends-remedy = Większość odnawia się sama. Jeśli strona kanału mówi inaczej, połącz go ponownie.
doctor-network-away = Nie można dotrzeć do kanału { $channel } ({ $network }, { $brand }).
doctor-network-away-remedy = Sprawdź, czy ta maszyna ma dostęp do internetu i czy sieć otwiera się w przeglądarce. Adres prywatny musi być w allow_private.
doctor-network-refuses = { $network } odmawia kanałowi { $channel } ({ $brand }).
doctor-network-refuses-remedy = Strona kanału mówi dlaczego; najczęściej trzeba go połączyć ponownie.
doctor-channels = { $count ->
        [one] { $count } kanał, nie pytano go.
        [few] { $count } kanały, nie pytano ich.
       *[many] { $count } kanałów, nie pytano ich.
    }
doctor-channels-asked = { $count ->
        [one] Zapytano { $count } kanał.
        [few] Zapytano { $count } kanały.
       *[many] Zapytano { $count } kanałów.
    }
doctor-queue = Kolejka idzie; do zrobienia teraz: { $due }.
doctor-queue-no-worker = Nikt nie zajmuje się kolejką; do zrobienia teraz: { $due }.
doctor-queue-no-worker-remedy = Uruchom „sarafan serve” albo „sarafan work”.
doctor-queue-stuck = Kolejka stoi: najstarsze czeka już { $seconds } s; do zrobienia teraz: { $due }.
doctor-queue-stuck-remedy = Zajrzyj do dziennika i uruchom wysyłkę ponownie. Nic nie wyjdzie przez to dwa razy.
doctor-public = { $url } odpowiada.
doctor-public-none = Nie ustawiono adresu publicznego.
doctor-public-none-remedy = Ustaw public_url, gdy z Sarafana korzysta ktoś spoza tej maszyny: potrzebują go linki, logowanie przez sieci i ciasteczka.
doctor-public-plain = { $url } nie jest szyfrowany.
doctor-public-plain-remedy = Postaw z przodu proxy z certyfikatem i ustaw public_url na https://…; zobacz docs/configuration.md.
doctor-public-away = Pod adresem { $url } ten Sarafan nie odpowiada.
doctor-public-away-remedy = Sprawdź, czy działa „sarafan serve”, dokąd proxy kieruje zapytania i na co wskazuje nazwa. Zdarza się, że sieć biura nie wpuszcza maszyny na jej własny adres publiczny.
cli-database-full = Bazy { $database } nie da się otworzyć, jej dysk jest pełny: { $reason }
cli-database-full-remedy = Zrób miejsce na tym dysku i uruchom ponownie. Nic nie zapisało się w połowie.
cli-database-read-only = Bazę { $database } można tylko czytać: { $reason }
cli-database-read-only-remedy = Pozwól temu użytkownikowi pisać do pliku i jego folderu; sprawdź, czy dysk nie jest podłączony tylko do odczytu.
cli-database-damaged = Baza { $database } jest uszkodzona albo nie jest bazą: { $reason }
cli-database-damaged-remedy = Nie usuwaj jej. Odsuń ją na bok i odtwórz kopię; jak to zrobić, także bez kopii, mówi docs/recovery.md.
doctor-mail = Serwer poczty { $server } wpuszcza nas.
doctor-mail-off = Poczta jest wyłączona: ani zaproszenia, ani powiadomienia nie wychodzą pocztą.
doctor-mail-off-remedy = Podaj serwer poczty w ustawieniu mail i sprawdź: sarafan mail test ADRES.
doctor-mail-broken = Serwer poczty { $server } nie wpuszcza nas: { $reason }
doctor-mail-broken-remedy = Sprawdź ustawienia mail, mail_password i mail_from. Wiadomości czekają do trzech dni i wyjdą same.
doctor-mail-failed = { $count ->
    [one] W ostatnim tygodniu nie udało się wysłać { $count } wiadomości. Serwer { $server } odpowiedział: { $reason }
   *[many] W ostatnim tygodniu nie udało się wysłać { $count } wiadomości. Ostatnia odpowiedź serwera { $server }: { $reason }
}
doctor-mail-failed-remedy = Sprawdź, czy adresy istnieją i czy serwer przyjmuje wiadomości od mail_from.
