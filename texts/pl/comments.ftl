# Komentarze pod postem
comments-title = Komentarze
comments-nobody = Ktoś
comments-own = Ty
comments-wordless = (bez słów)
comments-see = Zobacz w: { $network }
