webhooks-title = Webhooki
webhooks-text = Zewnętrzny program dowiaduje się, co się tu dzieje: w kilka sekund i z podpisem.
webhooks-new = Nowy webhook
webhooks-none = Nie ma jeszcze webhooków
webhooks-name = Nazwa
webhooks-name-example = Dział obsługi
webhooks-url = Adres
webhooks-topics = Zdarzenia
webhooks-state = Stan
webhooks-change = Zmień
webhooks-change-title = Zmień webhook
webhooks-rotate = Nowy sekret
webhooks-remove = Usuń
webhooks-remove-title = Usunąć „{ $name }”?
webhooks-remove-text = Dziennik zniknie razem z nim. Wiadomości w drodze zostaną porzucone.
webhooks-removed = Webhook „{ $name }” usunięty
webhooks-live = Informuj o zdarzeniach
webhooks-test = Wyślij próbną
webhooks-log = Dziennik
webhooks-log-empty = Nic jeszcze nie wysłano. Tu widać wiadomości z ostatnich 30 dni.
webhooks-overlap = Stary sekret też podpisuje do { $until }.
webhooks-secret = Sekret
webhooks-secret-title = Sekret webhooka
webhooks-secret-text = Dzięki niemu odbiorca sprawdza, że wiadomość pochodzi stąd. Drugi raz się nie pokaże.
webhooks-copy = Kopiuj
webhooks-waiting = w drodze
webhooks-delivered = dostarczona
webhooks-failed = porzucona
webhooks-next = Następna próba
webhooks-body = Wysyłane jako
webhooks-replay = Wyślij ponownie
webhooks-topic-test = Próba
webhooks-topic-post-sent = Post opublikowany wszędzie
webhooks-topic-delivery-sent = Post opublikowany na kanale
webhooks-topic-delivery-failed = Posta nie udało się wysłać
webhooks-topic-delivery-unknown = Nie wiadomo, czy post się ukazał
webhooks-topic-approval-submitted = Ktoś prosi o akceptację posta
webhooks-topic-approval-approved = Post zaakceptowano
webhooks-topic-approval-changes-asked = Ktoś prosi o poprawki w poście
webhooks-topic-comment-received = Pojawił się komentarz
webhooks-topic-channel-reconnect = Kanał trzeba połączyć ponownie
webhooks-tries = { $count ->
    [one] { $count } próba
    [few] { $count } próby
   *[many] { $count } prób
}
webhooks-millis = { $count } ms
