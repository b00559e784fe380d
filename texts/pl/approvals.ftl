# Akceptacja: kogo zapytano i kto co odpowiedział.
approvals-event-submitted = Prośba o akceptację
approvals-event-approved = Akceptacja
approvals-event-changes-asked = Prośba o poprawki
approvals-event-withdrawn = Wycofanie
approvals-event-dropped = Post zmieniono: akceptacja już nie obowiązuje
approvals-event-commented = Komentarz
approvals-event-carried = Akceptacja razem z postem, który się powtarza
approvals-event-reminded = Wysłano przypomnienie
approvals-event-overdue = Termin minął, a akceptacji nie było
approvals-one = Akceptacja
approvals-no-text = (bez tekstu)
approvals-tab-waiting = Czekają
approvals-tab-changes = Do poprawy
approvals-tab-approved = Zaakceptowane
approvals-for-me = Czekają na Ciebie
approvals-for-others = Czekają na innych
approvals-choose = Zaznacz „{ $title }”
approvals-choose-all = Zaznacz wszystko, co czeka na Ciebie
approvals-open = Otwórz w edytorze
approvals-empty-waiting = Nic nie czeka na akceptację
approvals-empty-waiting-text = Posty pojawią się tu, gdy ktoś poprosi o akceptację albo zaplanuje post w kanale, który jej wymaga.
approvals-empty-changes = Nikt nie prosi o poprawki
approvals-empty-changes-text = Post, w którym ktoś z zespołu lub klient chce coś zmienić, pojawi się tu razem z uwagą.
approvals-empty-approved = Jeszcze nic nie zaakceptowano
approvals-empty-approved-text = Zaakceptowany post ukazuje się dokładnie taki, jaki go widziano.
approvals-submit = Poproś o akceptację
approvals-submit-again = Poproś ponownie
approvals-approve = Zaakceptuj
approvals-ask = Poproś o poprawki
approvals-ask-send = Odeślij
approvals-withdraw = Wycofaj
approvals-note = Co zmienić?
approvals-note-example = Wystarczy jedno zdanie
approvals-approve-many = { $count ->
    [one] Zaakceptuj { $count } post
    [few] Zaakceptuj { $count } posty
    [many] Zaakceptuj { $count } postów
   *[other] Zaakceptuj { $count } posta
}
approvals-done-submit = Prośba o akceptację wysłana
approvals-done-approve = Zaakceptowano
approvals-done-ask = Odesłano z Twoją uwagą
approvals-done-withdraw = Wycofano
approvals-done-many = { $count ->
    [one] Zaakceptowano { $count } post
    [few] Zaakceptowano { $count } posty
    [many] Zaakceptowano { $count } postów
   *[other] Zaakceptowano { $count } posta
}
approvals-refused-many = { $count ->
    [one] Nie udało się zaakceptować { $count } posta.
    [few] Nie udało się zaakceptować { $count } postów.
    [many] Nie udało się zaakceptować { $count } postów.
   *[other] Nie udało się zaakceptować { $count } posta.
}
approvals-changed = Ktoś w międzyczasie zmienił post. Tak wygląda teraz.
approvals-stands-needed = Ten post wymaga akceptacji, zanim się ukaże
approvals-stands-mine = Prośba o akceptację jest od Ciebie
approvals-stands-in-review = { $by } prosi o akceptację
approvals-stands-changes-asked = { $by } prosi o poprawki
approvals-stands-approved = Akceptacja: { $by }
approvals-stands-dropped = W obecnej postaci bez akceptacji
approvals-history = Co powiedziano
approvals-history-none = Nikt jeszcze nic nie powiedział
approvals-by-link = przez link
approvals-seen-show = Pokaż, co wtedy widziano
approvals-seen-hide = Ukryj
approvals-seen-rest = Tekst jest ten sam; różnią się obrazy, linki, opcje lub kanały.
approvals-drop-title = Ten post jest zaakceptowany. Po zapisaniu zmiany akceptacja przestanie obowiązywać.
approvals-drop-text = Dopóki nie zdecydujesz, nic się nie zapisze, a w planie zostaje zaakceptowana wersja.
approvals-drop-save = Zapisz i poproś od nowa
approvals-drop-undo = Cofnij moje zmiany
approvals-drop-first = Najpierw zdecyduj o zmianie zaakceptowanego posta
approvals-drop-leave = Zmiana zaakceptowanego posta nie jest zapisana. Wyjść mimo to?
approvals-policy-title = Kiedy potrzebna jest akceptacja
approvals-policy-text = Zaakceptowany post ukazuje się dokładnie taki, jaki go widziano; zmieniony wymaga nowej akceptacji.
approvals-policy-required = Każdy post wymaga akceptacji
approvals-policy-required-help = Dotyczy wszystkich kanałów, dla których niżej nie wybrano inaczej.
approvals-policy-channels = Według kanałów
approvals-policy-channels-text = Kanał może być bardziej lub mniej wymagający niż marka.
approvals-policy-as-brand = jak marka
approvals-policy-yes = wymaga akceptacji
approvals-policy-no = nie wymaga
approvals-policy-due = Jeśli nikt nie zaakceptował na czas
approvals-policy-due-text = Bez akceptacji nic nie wychodzi. Zdecyduj tylko, czy kogoś zapytać.
approvals-policy-hold = Wstrzymaj post
approvals-policy-ask = Wstrzymaj i zapytaj osoby akceptujące
approvals-policy-remind = Przypomnienia
approvals-policy-remind-help = Na ile godzin przed terminem, po przecinku. Puste: bez przypomnień.
approvals-tab-links = Linki dla klientów
approvals-links-text = Dzięki linkowi ktoś obejrzy i zaakceptuje posty w telefonie, bez konta. Widać tylko to, co wybierzesz.
approvals-links-none = Nikt jeszcze nie ma linku
approvals-links-none-text = Daj link klientowi: zobaczy posty tak, jak pokażą je sieci, i zaakceptuje je albo powie, co zmienić.
approvals-link = Link
approvals-link-new = Nowy link
approvals-link-new-text = Wszystko, co ktoś powie przez ten link, będzie podpisane tym imieniem.
approvals-link-name = Dla kogo
approvals-link-name-help = Imię, pod którym zespół zna tę osobę.
approvals-link-language = Język strony
approvals-link-days = Ważny przez (dni)
approvals-link-channel = Kanał
approvals-link-every-channel = Wszystkie kanały
approvals-link-campaign = Tylko ta kampania
approvals-link-label = Tylko ta etykieta
approvals-link-give = Utwórz link
approvals-link-many = { $count ->
    [one] Link do { $count } posta
    [few] Link do { $count } postów
    [many] Link do { $count } postów
   *[other] Link do { $count } posta
}
approvals-link-only = Pokazuje tylko te posty
approvals-link-made = Link: { $name }
approvals-link-made-text = Wyślij go tak, jak zwykle do siebie piszecie.
approvals-link-once = Widać go tylko teraz. Kto go ma, może akceptować pod tym imieniem.
approvals-link-copy = Kopiuj link
approvals-link-all = wszystko, co czeka na akceptację
approvals-link-posts = { $count ->
    [one] { $count } wybrany post
    [few] { $count } wybrane posty
    [many] { $count } wybranych postów
   *[other] { $count } wybranego posta
}
approvals-link-until = do { $date }
approvals-link-used = otwarty
approvals-link-unused = jeszcze nieotwarty
approvals-link-state-revoked = odebrany
approvals-link-state-expired = wygasł
approvals-link-revoke = Odbierz
approvals-link-revoke-title = Odebrać link? { $name }
approvals-link-revoke-text = Od tej chwili nic się przez niego nie otworzy. To, co powiedziano, zostaje.
approvals-link-revoked = Link już niczego nie otwiera
approvals-review-title = Posty do akceptacji
approvals-review-text = Dla: { $name }. Strona działa do { $until }; nie podawaj nikomu jej adresu.
approvals-review-over = Ten link już niczego nie otwiera
approvals-review-over-text = Wygasł albo został odebrany. Poproś o nowy osobę, która go przysłała.
approvals-review-none = Nic na Ciebie nie czeka
approvals-review-nothing = Tu jest pusto
approvals-review-undated = Jeszcze bez daty
approvals-review-all = { $count ->
    [one] Zaakceptuj { $count } post
    [few] Zaakceptuj wszystkie { $count }
    [many] Zaakceptuj wszystkie { $count }
   *[other] Zaakceptuj wszystkie { $count }
}
approvals-comment = Komentarz
approvals-comment-label = Twój komentarz
approvals-comment-send = Wyślij
approvals-done-comment = Komentarz wysłany
