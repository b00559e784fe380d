network-mastodon-server = Serwer
network-mastodon-server-help = Adres, pod którym jest twoje konto, na przykład mastodon.social
network-mastodon-access-token = Token dostępu
network-mastodon-access-token-help = Zostaw puste, aby zezwolić na dostęp na stronie samego serwera. Wypełnij, jeśli token został już tam utworzony.
network-mastodon-visibility = Widoczność
network-mastodon-visibility-help = Kto widzi wpis i gdzie jest pokazywany.
network-mastodon-visibility-public = Publiczny
network-mastodon-visibility-unlisted = Publiczny po cichu: poza osiami czasu i trendami
network-mastodon-visibility-private = Tylko dla obserwujących
network-mastodon-warning = Ostrzeżenie o treści
network-mastodon-warning-help = Widać je zamiast tekstu, dopóki czytelnik go nie rozwinie. Wlicza się do długości tekstu.
network-mastodon-sensitive = Ukryj obrazy
network-mastodon-sensitive-help = Obrazy są rozmyte, dopóki czytelnik ich nie otworzy.

problem-mastodon-poll-same = Odpowiedź „{ $option }” jest w ankiecie dwa razy.
problem-mastodon-poll-same-remedy = Zmień albo usuń jedną z nich.
problem-mastodon-edit-video = Nie da się wymienić filmu we wpisie, który już się ukazał.
problem-mastodon-edit-video-remedy = Usuń wpis w serwisie i wyślij go ponownie albo zostaw film bez zmian.
