# Liczby: czy zadziałało?
numbers-title = Liczby
numbers-period = Okres
numbers-days = { $count ->
    [one] { $count } dzień
    [few] { $count } dni
   *[many] { $count } dni
}
numbers-days-short = { $count } d.
numbers-custom = Daty
numbers-from = Pierwszy dzień
numbers-to = Ostatni dzień
numbers-channel = Kanał
numbers-every-channel = Wszystkie kanały
numbers-empty-title = Nie ma jeszcze liczb
numbers-empty-connect = Połącz kanał: obserwujących liczymy co godzinę, a posty od dziesiątej minuty po publikacji.
numbers-empty-text = Pierwsze liczby pojawiają się dziesięć minut po publikacji, liczba obserwujących co godzinę.
numbers-empty-period = Brak liczb w tym okresie
numbers-connect = Połącz kanał
numbers-to-calendar = Do kalendarza
numbers-look-90 = Pokaż 90 dni
numbers-course = Przebieg
numbers-growth = Przyrost
numbers-total = Razem
numbers-followers = Obserwujący według kanałów
numbers-followers-gained = Przyrost obserwujących według kanałów
numbers-engagement-by-day = Zaangażowanie według dnia publikacji
numbers-best = Najlepsze posty
numbers-worst = Najsłabsze posty
numbers-none-sent = W tym okresie nic nie opublikowano.
numbers-none-counted = Nic jeszcze nie policzono.
numbers-soon = { $count ->
    [one] { $count } post już wyszedł, jego liczby wkrótce się pojawią
    [few] { $count } posty już wyszły, ich liczby wkrótce się pojawią
   *[many] { $count } postów już wyszło, ich liczby wkrótce się pojawią
}
numbers-none-compared = Za mało postów, żeby je porównać.
numbers-no-text = Bez tekstu
numbers-see = Zobacz w sieci
numbers-hours = Najlepsze godziny
numbers-hours-best = Najlepiej: { $hours }.
numbers-hours-note = Średnie zaangażowanie postów według godziny publikacji z ostatnich 180 dni.
numbers-rubrics = Rubryki
numbers-rubric = Rubryka
numbers-no-rubric = Bez rubryki
numbers-posts = Posty
numbers-posts-formula = Posty wysłane przez Sarafana w tym okresie
numbers-share = Udział
numbers-target = Udział według planu
numbers-share-target = Udział / plan
numbers-share-is = Udział: { $share }
numbers-target-is = Według planu: { $share }
numbers-median = { $name }, mediana
numbers-median-word = Mediana
numbers-median-formula = { $formula }. Mediana postów: połowa ma więcej, połowa mniej.
numbers-mean = Średnia
numbers-sum = Razem
numbers-untold = Bez tej liczby
numbers-missing = Sieć nie podaje tej liczby.
numbers-post = Post
numbers-sent = Wysłano
numbers-address = Adres
numbers-before = Na początku
numbers-now = Na końcu
numbers-gain = Zmiana
numbers-to-channel = Ustawienia kanału
numbers-rows = { $count ->
    [one] { $count } post
    [few] { $count } posty
   *[many] { $count } postów
}
numbers-rows-most = tylko ostatnie { $count }
numbers-rows-csv = { $count ->
    [one] Jeszcze { $count } jest w pliku CSV.
    [few] Jeszcze { $count } są w pliku CSV.
   *[many] Jeszcze { $count } jest w pliku CSV.
}
