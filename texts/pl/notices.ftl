# O czym dowiadują się ludzie (crates/app/src/notices), i strony o tym.
notices-said-mention = { $who } wspomina o Tobie: „{ $what }”
notices-said-note = { $who } zostawia notatkę: „{ $what }”
notices-said-approval_asked = { $who } prosi o akceptację: „{ $what }”
notices-said-approved = { $who } akceptuje: „{ $what }”
notices-said-changes_asked = { $who } prosi o poprawki: „{ $what }”
notices-said-post_failed = „{ $what }” nie wyszedł albo nie wiadomo, czy wyszedł
notices-said-channel_reconnect = Kanał trzeba połączyć ponownie: { $what }
notices-said-task_given = { $who } zleca Ci zadanie: { $what }
notices-said-task_due = Termin dzisiaj: { $what }
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
notices-choose-text = Co przeczytasz tutaj, zanim wyjdzie wiadomość, nie przyjdzie pocztą. Kilka spraw trafia do jednej wiadomości.
notices-off-text = Poczta w tej instalacji nie jest ustawiona: powiadomienia pojawiają się tylko tutaj.
notices-way-off = Wcale
notices-way-app = Tutaj
notices-way-soon = Tutaj i pocztą
notices-way-daily = Tutaj i w codziennej wiadomości
notices-hour = Codzienna wiadomość o
notices-saved = Zapisano
notices-kind-mention = Ktoś o Tobie wspomina
notices-kind-note = Notatka do Twojego posta
notices-kind-approval_asked = Post czeka na Twoją akceptację
notices-kind-approved = Twój post jest zaakceptowany
notices-kind-changes_asked = Ktoś prosi o poprawki w Twoim poście
notices-kind-post_failed = Post nie wyszedł
notices-kind-channel_reconnect = Kanał trzeba połączyć ponownie
notices-kind-task_given = Dostajesz zadanie
notices-kind-task_due = Mija termin zadania
notices-kind-member_joined = Ktoś dołącza do zespołu
