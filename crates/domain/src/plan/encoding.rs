//! From bytes to text: which of five encodings a file is in, told by its first bytes, by validity and by letters.
//!
//! Only the encodings that spreadsheets write in our three languages; no general detection.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251};

use crate::problem::Problem;

/// How bytes are text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first: "Unicode text" of Windows.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Cyrillic Windows.
    Windows1251,
    /// Central European Windows.
    Windows1250,
}

impl Encoding {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Utf8, Self::Windows1251, Self::Windows1250, Self::Utf16Le, Self::Utf16Be];

    /// The word in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1251 => "windows-1251",
            Self::Windows1250 => "windows-1250",
        }
    }

    /// Reads [`Self::code`] and the usual other spellings: `utf8`, `cp1251`, `CP-1250`.
    pub fn parse(code: &str) -> Option<Self> {
        let plain = |text: &str| {
            let text: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
            text.to_ascii_lowercase().replace("windows", "cp")
        };
        Self::ALL.into_iter().find(|encoding| plain(encoding.code()) == plain(code))
    }
}

/// The text of a file, with the encoding that was given or found.
///
/// # Errors
/// `plan-not-text`, `encoding-broken` with the first bad line.
pub(super) fn decode(bytes: &[u8], given: Option<Encoding>) -> Result<(Encoding, String), Problem> {
    const BINARY: [&[u8]; 4] = [b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0], b"%PDF", b"\x89PNG"];
    let not_text = || Problem::error("plan-not-text", "file");
    if BINARY.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(not_text());
    }
    let encoding = match given {
        Some(encoding) => encoding,
        None => detect(bytes)?,
    };
    let text = match encoding {
        Encoding::Utf8 => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => return Err(broken(encoding, bytes.get(..error.valid_up_to()).unwrap_or_default())),
        },
        Encoding::Utf16Le => whole(UTF_16LE, bytes).ok_or_else(|| broken(encoding, &[]))?,
        Encoding::Utf16Be => whole(UTF_16BE, bytes).ok_or_else(|| broken(encoding, &[]))?,
        Encoding::Windows1251 => WINDOWS_1251.decode_without_bom_handling(bytes).0.into_owned(),
        Encoding::Windows1250 => WINDOWS_1250.decode_without_bom_handling(bytes).0.into_owned(),
    };
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let strange = text.chars().filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')).count();
    if strange * 10 > text.chars().count() { Err(not_text()) } else { Ok((encoding, text)) }
}

fn whole(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

fn broken(encoding: Encoding, good: &[u8]) -> Problem {
    let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
    Problem::error("encoding-broken", "file").with("encoding", encoding.code()).with("line", line)
}

fn detect(bytes: &[u8]) -> Result<Encoding, Problem> {
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        return Ok(Encoding::Utf8);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return Ok(Encoding::Utf16Le);
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return Ok(Encoding::Utf16Be);
    }
    if let Some(wide) = wide(bytes) {
        return Ok(wide);
    }
    let Err(error) = std::str::from_utf8(bytes) else { return Ok(Encoding::Utf8) };
    // Mostly good UTF-8 is broken UTF-8; read as anything else it would be one long row of nonsense letters.
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > 4 * bad {
        return Err(broken(Encoding::Utf8, bytes.get(..error.valid_up_to()).unwrap_or_default()));
    }
    let sample = bytes.get(..1 << 20).unwrap_or(bytes);
    let cyrillic = cyrillic_score(&WINDOWS_1251.decode_without_bom_handling(sample).0);
    let polish = polish_score(&WINDOWS_1250.decode_without_bom_handling(sample).0);
    Ok(if polish > cyrillic { Encoding::Windows1250 } else { Encoding::Windows1251 })
}

/// UTF-16 without a mark: nearly every second byte is one of the few high bytes our languages use.
fn wide(bytes: &[u8]) -> Option<Encoding> {
    let sample = bytes.get(..4096).unwrap_or(bytes);
    let (pairs, _) = sample.as_chunks::<2>();
    let likely = |high: u8| matches!(high, 0x00 | 0x01 | 0x04 | 0x20);
    let count = |of: fn(&[u8; 2]) -> u8| {
        let zero = pairs.iter().any(|pair| of(pair) == 0);
        if zero { pairs.iter().filter(|pair| likely(of(pair))).count() } else { 0 }
    };
    let (low_first, high_first) = (count(|[_, high]| *high), count(|[high, _]| *high));
    if low_first.max(high_first) * 20 < pairs.len() * 19 || pairs.len() < 2 || low_first == high_first {
        return None;
    }
    Some(if low_first > high_first { Encoding::Utf16Le } else { Encoding::Utf16Be })
}

/// Words all of Russian (Ukrainian, Belarusian) letters speak for Cyrillic, words that mix scripts against it.
fn cyrillic_score(text: &str) -> i64 {
    let ours = |c: char| matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' | 'і' | 'ї' | 'є' | 'ґ' | 'ў' | 'І' | 'Ї' | 'Є' | 'Ґ' | 'Ў');
    text.split(|c: char| !c.is_alphabetic()).fold(0, |score, word| {
        let (good, other) = word
            .chars()
            .fold((0_i64, 0_i64), |(good, other), c| if ours(c) { (good + 1, other) } else { (good, other + 1) });
        if good == 0 || other == 0 { score + good } else { score - 2 * good }
    })
}

/// Polish letters speak for Central Europe, the other accented letters against it.
fn polish_score(text: &str) -> i64 {
    text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).fold(0, |score, c| {
        let ours = matches!(
            c,
            'ą' | 'ć'
                | 'ę'
                | 'ł'
                | 'ń'
                | 'ó'
                | 'ś'
                | 'ź'
                | 'ż'
                | 'Ą'
                | 'Ć'
                | 'Ę'
                | 'Ł'
                | 'Ń'
                | 'Ó'
                | 'Ś'
                | 'Ź'
                | 'Ż'
        );
        if ours { score + 1 } else { score - 1 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "дата;время;текст\n01.12.2026;10:00;Открываемся! «Зерно и пар» на Покровке, скидка 10 %\n";
    const POLISH: &str = "data;godzina;treść\n2026-12-01;10:00;Zażółć gęślą jaźń — kawa za darmo. „Ziarno i para”\n";

    fn utf16(text: &str, high_first: bool, mark: bool) -> Vec<u8> {
        let text = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
        text.encode_utf16().flat_map(|unit| if high_first { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_is_found_and_read() {
        let mut rows: Vec<(Vec<u8>, Encoding, &str)> = vec![
            (WINDOWS_1251.encode(RUSSIAN).0.into_owned(), Encoding::Windows1251, RUSSIAN),
            (WINDOWS_1250.encode(POLISH).0.into_owned(), Encoding::Windows1250, POLISH),
            (WINDOWS_1251.encode("а").0.into_owned(), Encoding::Windows1251, "а"),
            (WINDOWS_1250.encode("id,treść\n1,łódź").0.into_owned(), Encoding::Windows1250, "id,treść\n1,łódź"),
        ];
        for text in [RUSSIAN, POLISH, "id,text\n1,plain\n"] {
            rows.push((text.as_bytes().to_vec(), Encoding::Utf8, text));
            rows.push((format!("\u{feff}{text}").into_bytes(), Encoding::Utf8, text));
            for mark in [true, false] {
                rows.push((utf16(text, false, mark), Encoding::Utf16Le, text));
                rows.push((utf16(text, true, mark), Encoding::Utf16Be, text));
            }
        }
        for (bytes, encoding, text) in rows {
            assert_eq!(decode(&bytes, None).unwrap(), (encoding, text.to_owned()));
            assert_eq!(decode(&bytes, Some(encoding)).unwrap().1, text, "{encoding:?} given");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let mut cut = RUSSIAN.as_bytes().to_vec();
        cut.extend_from_slice(&[b'\n', 0xD0]);
        let rows: [(&[u8], &str); 5] = [
            (b"PK\x03\x04 and so on", "plan-not-text"),
            (b"\x01\x02\x03\x04\x05\x06\x07", "plan-not-text"),
            (&cut, "encoding-broken"),
            (&[0xFF, 0xFE, 0x00, 0xD8], "encoding-broken"),
            (b"%PDF-1.7", "plan-not-text"),
        ];
        for (bytes, code) in rows {
            assert_eq!(decode(bytes, None).unwrap_err().code, code, "{bytes:?}");
        }
        assert_eq!(decode(&cut, None).unwrap_err().args.get("line"), Some(&4_usize.into()));
    }

    #[test]
    fn names_of_encodings() {
        for encoding in Encoding::ALL {
            assert_eq!(Encoding::parse(encoding.code()), Some(encoding));
        }
        assert_eq!(Encoding::parse("CP-1251"), Some(Encoding::Windows1251));
        assert_eq!(Encoding::parse("koi8-r"), None);
    }
}
