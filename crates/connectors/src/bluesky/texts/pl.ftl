network-bluesky-handle = Nazwa użytkownika
network-bluesky-handle-help = Taka jak w profilu, na przykład cafe.bsky.social
network-bluesky-password = Hasło aplikacji
network-bluesky-password-help = Cztery grupy po cztery znaki z ustawień Bluesky. To nie jest hasło, którym logujesz się na co dzień.
network-bluesky-service = Serwer
network-bluesky-service-help = Potrzebny tylko wtedy, gdy nie da się go znaleźć po nazwie użytkownika. W innym razie zostaw puste.
network-bluesky-card-title = Tytuł karty linku
network-bluesky-card-title-help = Gdy puste, widać adres strony.
network-bluesky-card-description = Opis na karcie linku
network-bluesky-tags = Dodatkowe tagi
network-bluesky-tags-help = Znajduje je wyszukiwarka, ale nie widać ich w tekście. Najwyżej 8, po przecinku.
network-bluesky-warning = Ostrzeżenie o treści
network-bluesky-warning-help = Obrazy są ukryte, dopóki czytelnik nie zechce ich zobaczyć.
network-bluesky-warning-sexual = Treści sugestywne
network-bluesky-warning-nudity = Nagość
network-bluesky-warning-porn = Treści dla dorosłych
network-bluesky-warning-graphic-media = Przemoc lub krew

problem-bluesky-tag-too-long = Tag „{ $tag }” ma więcej niż { $max ->
    [one] { $max } znak
    [few] { $max } znaki
   *[other] { $max } znaków
}.
problem-bluesky-tag-too-long-remedy = Skróć tag albo go usuń.
