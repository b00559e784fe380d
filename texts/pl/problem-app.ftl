# Biblioteka i jej pliki: to, co nie dotyczy posta.
problem-range-bad = Ta część pliku nie istnieje.
problem-asset-in-use = { $count ->
    [one] Ten plik jest w poście, który jeszcze się nie ukazał.
    [few] Ten plik jest w postach, które jeszcze się nie ukazały; używają go { $count } posty.
    [many] Ten plik jest w postach, które jeszcze się nie ukazały; używa go { $count } postów.
   *[other] Ten plik jest w postach, które jeszcze się nie ukazały; używa go { $count } posta.
}
problem-asset-in-use-remedy = Najpierw usuń go stamtąd albo poczekaj, aż posty się ukażą.
problem-file-too-large = Plik „{ $name }” jest za duży: ma { $megabytes } MB, a można wgrać najwyżej { $max_megabytes } MB.
problem-file-too-large-remedy = Zmniejsz go albo poproś administratora o podniesienie limitu.
problem-too-many = Za dużo: najwyżej { $max }.

# Tokeny programów.
problem-token-person-unknown = Nie ma tu nikogo z tym adresem.
problem-token-scopes-none = Token potrzebuje co najmniej jednego uprawnienia.
problem-token-brands-bad = Token można utworzyć dla marek, w których pracujesz, co najmniej dla jednej.
problem-token-days-bad = Token może działać od 1 do { $max } dni.
problem-tokens-too-many = Jest już { $max } tokenów.
problem-tokens-too-many-remedy = Unieważnij te, których nikt nie używa.
