# Co mówią listy (crates/app/src/letters).
letters-footer = Tę wiadomość wysłał Sarafan, { $place }. Nikt nie czyta odpowiedzi na nią.
letters-test-subject = Poczta Sarafana działa
letters-test-text = O tę wiadomość poprosił administrator, żeby sprawdzić, czy poczta dochodzi. Nie trzeba nic robić.
letters-invitation-subject = Zaproszenie: { $brand }
letters-invitation-text = { $by } zaprasza do wspólnego prowadzenia mediów społecznościowych: { $brand }. Naciśnij przycisk, wybierz imię i hasło i gotowe.
letters-invitation-ends = { $days ->
    [one] Link zadziała jeden raz, przez { $days } dzień.
   *[many] Link zadziała jeden raz, przez { $days } dni.
}
letters-invitation-join = Dołącz
letters-password-subject = Nowe hasło do Sarafana
letters-password-text = Ktoś poprosił o nowe hasło dla tego adresu. Jeśli to Ty, ustaw je tutaj.
letters-password-ends = { $minutes ->
    [one] Link zadziała jeden raz, przez { $minutes } minutę.
    [few] Link zadziała jeden raz, przez { $minutes } minuty.
   *[many] Link zadziała jeden raz, przez { $minutes } minut.
}
letters-password-not-you = Jeśli to nie Ty, nie rób nic: stare hasło zostaje.
letters-password-choose = Ustaw nowe hasło
letters-changed-subject = Hasło do Twojego konta w Sarafanie zostało zmienione
letters-changed-text = Od teraz na konto wpuszcza tylko nowe hasło. Na pozostałych urządzeniach sesje zostały zakończone.
letters-changed-not-you = Jeśli to Ty, nie musisz nic robić. Jeśli nie, od razu ustaw inne hasło i daj znać osobie, która prowadzi tę instalację.
letters-notices-subject = { $count ->
    [one] { $brand }: czeka { $count } wiadomość
    [few] { $brand }: czekają { $count } wiadomości
   *[many] { $brand }: czeka { $count } wiadomości
}
letters-notices-heading = Co się wydarzyło: { $brand }
letters-notices-choose = Wybierz, o czym pisać
letters-notices-more = { $count ->
    [one] I jeszcze { $count } powiadomienie
    [few] I jeszcze { $count } powiadomienia
   *[many] I jeszcze { $count } powiadomień
}
