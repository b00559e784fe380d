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
