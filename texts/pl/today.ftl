# Pierwsza strona dnia.
today-title = Dzisiaj
today-write = Nowy post
today-hello = Dzień dobry, { $name }
today-worker-title = Nic nie jest wysyłane
today-worker-text = Proces wysyłki od dawna nie daje znaku. Uruchom go ponownie: to, co miało wyjść, wyjdzie albo zapyta.
today-silent-title = { $count ->
    [one] Zamilkł { $count } proces wysyłki
    [few] Zamilkły { $count } procesy wysyłki
   *[many] Zamilkło { $count } procesów wysyłki
}
today-silent-text = Jego pracę przejęły pozostałe. Uruchom go ponownie albo sprawdź, co się stało z maszyną.
today-late-text = Procesy działają, ale posty nie wychodzą na czas. Zajrzyj do dziennika serwera.
today-needs = Wymaga uwagi
today-quiet-title = Nic nie wymaga uwagi
today-quiet-text = Wszystko, co miało wyjść, wyszło. Odmowy i sprawy niejasne pojawią się tutaj.
today-unknown = Nie wiadomo, czy post się ukazał
today-failed = Nie wyszły
today-held = Czeka na decyzję
today-approval = Czekają na akceptację
today-changes = Do poprawy
today-reconnect = Kanały bez dostępu
today-drafts = { $count ->
    [one] { $count } szkic ma uwagi
    [few] { $count } szkice mają uwagi
   *[many] { $count } szkiców ma uwagi
}
today-yesterday = Wczoraj
today-missing = Sieci tego nie podały
today-metric-posts = Posty
today-metric-engagement = Zaangażowanie
today-metric-reactions = Reakcje
today-metric-replies = Odpowiedzi
today-timeline = Dzień
today-timeline-empty = Dziś nic nie wychodzi.
today-now = Teraz
