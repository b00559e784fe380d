# O czym dowiadują się ludzie (crates/app/src/notices), i strony o tym.
notices-said-mention = { $who } wspomina o Tobie: „{ $what }”
notices-said-note = { $who } pisze o poście „{ $what }”
notices-said-approval_asked = { $who } prosi o akceptację: „{ $what }”
notices-said-approval_waits = Czeka na Twoją akceptację: „{ $what }”
notices-said-approval_soon = Zbliża się termin, a akceptacji brak: „{ $what }”
notices-said-approval_missing = Termin minął, a nikt nie zaakceptował: „{ $what }”
notices-said-approved = { $who } akceptuje: „{ $what }”
notices-said-changes_asked = { $who } prosi o poprawki: „{ $what }”
notices-said-post_failed = „{ $what }” nie wyszedł albo nie wiadomo, czy wyszedł
notices-said-channel_reconnect = Kanał trzeba połączyć ponownie: { $what }
notices-said-task_given = { $who } zleca Ci zadanie: { $what }
notices-said-task_due = Termin dzisiaj: { $what }
notices-said-webhook_off = Webhook został wyłączony: { $what }
notices-said-worker_silent = Posty mogą nie wychodzić: proces wysyłający zamilkł albo kolejka stoi
notices-said-member_joined = { $who } jest teraz w zespole
notices-untitled = post bez tekstu
notices-title = Powiadomienia
notices-bell = { $count ->
    [0] Powiadomienia
    [one] Powiadomienia: { $count } nieprzeczytane
    [few] Powiadomienia: { $count } nieprzeczytane
   *[many] Powiadomienia: { $count } nieprzeczytanych
}
notices-read-all = Oznacz wszystkie jako przeczytane
notices-all = Wszystkie powiadomienia
notices-empty = Na razie nic
notices-empty-text = Tu pojawią się wzmianki, akceptacje, zadania i wszystko, co poszło nie tak.
notices-unread = nieprzeczytane
notices-choose = O czym się dowiadywać
notices-hour = Codzienna wiadomość o
notices-saved = Zapisano
notices-kind-mention = Ktoś o Tobie wspomina
notices-kind-note = Ktoś pisze o Twoim poście
notices-kind-approval_asked = Post czeka na Twoją akceptację
notices-kind-approval_soon = Post, którego termin się zbliża, czeka na Twoją akceptację
notices-kind-approval_missing = Post nie wyszedł, bo nikt go nie zaakceptował
notices-kind-approved = Twój post jest zaakceptowany
notices-kind-changes_asked = Ktoś prosi o poprawki w Twoim poście
notices-kind-post_failed = Post nie wyszedł
notices-kind-channel_reconnect = Kanał trzeba połączyć ponownie
notices-kind-task_given = Dostajesz zadanie
notices-kind-task_due = Mija termin zadania
notices-kind-webhook_off = Webhook się wyłącza
notices-kind-worker_silent = Nic nie jest wysyłane: proces wysyłający zamilkł
notices-kind-member_joined = Ktoś dołącza do zespołu
notices-messenger-hello = { $name }, od teraz tutaj piszę o tym, co w Sarafanie dotyczy Ciebie.
notices-choose-text = Co przeczytasz tutaj, zanim wyjdzie wiadomość, nie zostanie wysłane. Kilka spraw trafia do jednej wiadomości.
notices-off-text = Poczta w tej instalacji nie jest ustawiona.
notices-way-app = Tutaj
notices-way-mail = Pocztą
notices-mail-off = Nigdy
notices-mail-soon = Od razu
notices-mail-hourly = Co godzinę
notices-mail-daily = Raz dziennie
notices-link-first = Połącz { $messenger }, aby wybrać, co tam przychodzi.
notices-link-where = W profilu
notices-link = Połącz { $messenger }
notices-linked = Połączono: { $name }
notices-link-text = Ważne sprawy przychodzą też przez { $messenger }; które, wybiera się w każdej marce.
notices-link-open = Otwórz { $messenger }
notices-link-word = Albo wyślij botowi to słowo:
notices-link-waits = Czekamy na Twoją wiadomość…
notices-link-done = { $messenger }: połączono
notices-unlink = Rozłącz
notices-unlinked = { $messenger }: rozłączono
