//! What a typesetter would mend in a text: quotes, dashes, no-break spaces, no space before a comma.
//!
//! Words stay as they are; so do addresses, hashtags, mentions, code, mark-up and the lines that split a thread.
//! Setting a text that is set already changes nothing.

use std::ops::Range;

use crate::language::Lang;
use crate::text;

const NO_BREAK: char = '\u{a0}';

/// The text as a typesetter would set it in this language; other languages than ours come back unchanged.
pub fn set(text: &str, language: &str) -> String {
    let Some(lang) = Lang::parse(language) else { return text.to_owned() };
    let mut signs = signs(text);
    punctuation(&mut signs);
    quotes(&mut signs, lang);
    dashes(&mut signs, lang);
    spaces(&mut signs, lang);
    signs.into_iter().map(|sign| sign.c).collect()
}

/// A character, and whether it may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sign {
    c: char,
    free: bool,
}

impl Sign {
    fn space(self) -> bool {
        self.free && matches!(self.c, ' ' | NO_BREAK)
    }

    fn is(self, c: char) -> bool {
        self.free && self.c == c
    }
}

fn signs(text: &str) -> Vec<Sign> {
    let mut fixed: Vec<Range<usize>> = text::links(text);
    fixed.extend(text::hashtags(text).into_iter().map(|(range, _)| range));
    fixed.extend(text::mentions(text).into_iter().map(|(range, _)| range));
    fixed.extend(code(text));
    fixed.extend(tags(text));
    fixed.extend(separators(text));
    let mut bytes = vec![true; text.len()];
    for range in fixed {
        if let Some(part) = bytes.get_mut(range) {
            part.fill(false);
        }
    }
    text.char_indices().map(|(at, c)| Sign { c, free: bytes.get(at).copied().unwrap_or(false) }).collect()
}

/// Code between runs of as many backticks; a run that is not closed is ordinary text.
fn code(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    let mut found = Vec::new();
    let mut rest = runs.as_slice();
    while let [open, after @ ..] = rest {
        rest = after;
        if let Some(close) = after.iter().position(|run| run.len() == open.len()) {
            found.extend(after.get(close).map(|run| open.start..run.end));
            rest = after.get(close + 1..).unwrap_or_default();
        }
    }
    found
}

/// What looks like a tag: `<b>`, `</a>`, `<img src="x">`.
fn tags(text: &str) -> Vec<Range<usize>> {
    text.match_indices('<')
        .filter_map(|(at, _)| {
            let rest = text.get(at + 1..)?;
            let letter = rest.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
            let end = rest
                .find(['>', '<', '\n'])
                .filter(|end| letter && rest.get(*end..).is_some_and(|r| r.starts_with('>')))?;
            Some(at..at + 1 + end + 1)
        })
        .collect()
}

/// Lines that split a thread.
fn separators(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "---" {
            found.push(at..at + line.len());
        }
        at += line.len();
    }
    found
}

/// Takes spaces away before a mark that closes a part of a sentence. A mark that something else follows may be a
/// smiley, a file name or a number, and keeps its space.
fn punctuation(signs: &mut Vec<Sign>) {
    let mark = |sign: &Sign| sign.free && matches!(sign.c, ',' | ';' | ':' | '.' | '!' | '?' | '…');
    let mut end = true;
    let mut closes: Vec<bool> = signs
        .iter()
        .rev()
        .map(|sign| {
            if !mark(sign) {
                end = sign.c.is_whitespace() || matches!(sign.c, '»' | '”' | '“' | '"');
            }
            end && mark(sign)
        })
        .collect();
    closes.reverse();
    let mut kept: Vec<Sign> = Vec::with_capacity(signs.len());
    for (sign, closes) in signs.iter().zip(closes) {
        if closes {
            let words = kept.iter().rposition(|before| !before.space());
            let words = words.filter(|at| kept.get(*at).is_some_and(|before| before.c != '\n'));
            kept.truncate(words.map_or(kept.len(), |at| at + 1));
        }
        kept.push(*sign);
    }
    *signs = kept;
}

/// Outer and inner quotes.
fn marks(lang: Lang) -> [(char, char); 2] {
    match lang {
        Lang::Ru => [('«', '»'), ('„', '“')],
        Lang::Pl => [('„', '”'), ('«', '»')],
        Lang::En => [('“', '”'), ('‘', '’')],
    }
}

/// Straight quotes that form pairs within a line become the quotes of the language; a lone one (an inch) stays.
/// In Polish and English the apostrophe inside a word is curved too.
fn quotes(signs: &mut [Sign], lang: Lang) {
    let [outer, inner] = marks(lang);
    let pairs = pairs(signs);
    let (mut open, mut around) = (Vec::new(), 0_usize);
    for at in 0..signs.len() {
        let Some(sign) = signs.get(at).copied() else { break };
        if sign.c == '\n' {
            around = 0;
        } else if sign.c == outer.0 {
            around += 1;
        } else if sign.c == outer.1 {
            around = around.saturating_sub(1);
        } else if pairs.get(at) == Some(&Some(true)) {
            let (left, right) = if (around + open.len()).is_multiple_of(2) { outer } else { inner };
            open.push(right);
            put(signs, at, left);
        } else if pairs.get(at) == Some(&Some(false))
            && let Some(right) = open.pop()
        {
            put(signs, at, right);
        }
    }
    if lang != Lang::Ru {
        let letter = |sign: Option<&Sign>| sign.is_some_and(|sign| sign.c.is_alphabetic());
        let apostrophes: Vec<usize> = (1..signs.len())
            .filter(|at| signs.get(*at).is_some_and(|sign| sign.is('\'')))
            .filter(|at| letter(signs.get(at - 1)) && letter(signs.get(at + 1)))
            .collect();
        for at in apostrophes {
            put(signs, at, '’');
        }
    }
}

/// Which straight quotes open (`true`) and close (`false`) a pair; pairs do not cross lines.
fn pairs(signs: &[Sign]) -> Vec<Option<bool>> {
    let mut found = vec![None; signs.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut before_opens = true;
    for (at, sign) in signs.iter().enumerate() {
        if sign.c == '\n' {
            open.clear();
        }
        if !sign.is('"') {
            before_opens =
                sign.c.is_whitespace() || matches!(sign.c, '(' | '[' | '{' | '«' | '„' | '“' | '‘' | '—' | '–' | '/');
            continue;
        }
        if before_opens && signs.get(at + 1).is_some_and(|next| !next.c.is_whitespace()) {
            open.push(at);
            continue;
        }
        if let Some(start) = open.pop() {
            for (index, opens) in [(start, true), (at, false)] {
                if let Some(one) = found.get_mut(index) {
                    *one = Some(opens);
                }
            }
        }
        before_opens = false;
    }
    found
}

fn put(signs: &mut [Sign], at: usize, c: char) {
    if let Some(sign) = signs.get_mut(at) {
        sign.c = c;
    }
}

/// A hyphen or two between spaces is a dash, with a no-break space before it; between numbers of a range too.
/// At the start of a line it may be the sign of a list and stays.
fn dashes(signs: &mut Vec<Sign>, lang: Lang) {
    let dash = if lang == Lang::Ru { '—' } else { '–' };
    let mut kept: Vec<Sign> = Vec::with_capacity(signs.len());
    let mut rest = signs.iter().copied().enumerate().peekable();
    while let Some((at, sign)) = rest.next() {
        let double = sign.is('-') && signs.get(at + 1).is_some_and(|next| next.is('-'));
        let next = signs.get(at + if double { 2 } else { 1 });
        let spaced = kept.last().is_some_and(|before| before.space()) && next.is_none_or(|next| next.c.is_whitespace());
        let inside = || kept.iter().rev().find(|before| !before.space()).is_some_and(|before| before.c != '\n');
        if sign.free && matches!(sign.c, '-' | '–' | '—') && spaced && inside() {
            if let Some(before) = kept.last_mut() {
                before.c = NO_BREAK;
            }
            if double {
                rest.next();
            }
            kept.push(Sign { c: if sign.c == '-' { dash } else { sign.c }, free: true });
        } else if sign.is('-') && is_range(signs, at) {
            kept.push(Sign { c: '–', free: true });
        } else {
            kept.push(sign);
        }
    }
    *signs = kept;
}

/// Is the hyphen at `at` between two numbers that rise, with nothing else around? A date, a telephone number or an
/// article number is not a range.
fn is_range(signs: &[Sign], at: usize) -> bool {
    let digit = |sign: &&Sign| sign.free && sign.c.is_ascii_digit();
    let left: Vec<&Sign> = signs.iter().take(at).rev().take_while(digit).collect();
    let right: Vec<&Sign> = signs.iter().skip(at + 1).take_while(digit).collect();
    let edge = |sign: Option<&Sign>| {
        sign.is_none_or(|sign| {
            sign.c.is_whitespace() || matches!(sign.c, '(' | ')' | ',' | ';' | '!' | '?' | '%' | '«' | '»')
        })
    };
    let before = at.checked_sub(left.len() + 1).and_then(|index| signs.get(index));
    let end = at + 1 + right.len();
    let full_stop = signs.get(end).is_some_and(|sign| sign.c == '.') && edge(signs.get(end + 1));
    let number =
        |digits: &mut dyn Iterator<Item = &&Sign>| digits.map(|sign| sign.c).collect::<String>().parse::<u32>();
    let (Ok(low), Ok(high)) = (number(&mut left.iter().rev()), number(&mut right.iter())) else { return false };
    let short = left.len() <= 4 && right.len() <= 4 && !(left.len() == 4 && right.len() < 4);
    short && low < high && edge(before) && (edge(signs.get(end)) || full_stop)
}

/// Words after which a line must not break, in lower case.
fn clings(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Ru => &[
            "а", "в", "во", "да", "до", "за", "и", "из", "к", "ко", "на", "не", "ни", "но", "о", "об", "от", "по", "с",
            "со", "у", "я",
        ],
        Lang::Pl => &["a", "i", "o", "u", "w", "z", "we", "ze", "do", "na", "od", "po", "za", "ku"],
        Lang::En => &[],
    }
}

/// Words that stand by their number; signs such as `%` are the same in every language.
fn units(lang: Lang) -> &'static [&'static str] {
    const RU: &[&str] = &[
        "кг",
        "г",
        "мг",
        "л",
        "мл",
        "м",
        "км",
        "см",
        "мм",
        "мин",
        "ч",
        "руб",
        "коп",
        "шт",
        "тыс",
        "млн",
        "млрд",
        "лет",
        "год",
        "года",
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ];
    const PL: &[&str] = &[
        "kg",
        "g",
        "mg",
        "l",
        "ml",
        "m",
        "km",
        "cm",
        "mm",
        "min",
        "godz",
        "zł",
        "gr",
        "szt",
        "tys",
        "mln",
        "mld",
        "lat",
        "r",
        "roku",
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ];
    const EN: &[&str] = &[
        "kg", "g", "mg", "l", "ml", "m", "km", "cm", "mm", "oz", "lb", "ft", "min", "h", "am", "pm", "px", "GB", "MB",
        "TB",
    ];
    match lang {
        Lang::Ru => RU,
        Lang::Pl => PL,
        Lang::En => EN,
    }
}

/// No-break spaces after short words, between a number and its unit, after the number sign.
fn spaces(signs: &mut [Sign], lang: Lang) {
    let word =
        |range: Range<usize>| -> String { signs.get(range).unwrap_or_default().iter().map(|sign| sign.c).collect() };
    let letter = |at: usize| signs.get(at).is_some_and(|sign| sign.free && sign.c.is_alphabetic());
    let mut glued: Vec<usize> = Vec::new();
    for at in (1..signs.len()).filter(|at| signs.get(*at).is_some_and(|sign| sign.is(' '))) {
        let Some(next) = signs.get(at + 1).filter(|next| !next.c.is_whitespace()) else { continue };
        let start = (0..at).rev().take_while(|index| letter(*index)).last().unwrap_or(at);
        let own = start.checked_sub(1).and_then(|index| signs.get(index)).is_none_or(|before| {
            before.c.is_whitespace() || matches!(before.c, '(' | '[' | '«' | '„' | '“' | '‘' | '"' | '—' | '–')
        });
        let clinging = own && clings(lang).contains(&word(start..at).to_lowercase().as_str());
        let before = signs.get(at - 1).copied();
        let numbered = before.is_some_and(|before| matches!(before.c, '№' | '§')) && next.c.is_numeric();
        let end = (at + 1..signs.len()).take_while(|index| letter(*index)).last().map_or(at + 1, |last| last + 1);
        let unit = before.is_some_and(|before| before.free && before.c.is_ascii_digit())
            && next.free
            && (matches!(next.c, '%' | '‰' | '°' | '$' | '€' | '£' | '₽' | '¥')
                || (units(lang).contains(&word(at + 1..end).as_str())
                    && signs.get(end).is_none_or(|after| !after.c.is_alphanumeric() && after.c != '_')));
        if clinging || numbered || unit {
            glued.push(at);
        }
    }
    for at in glued {
        put(signs, at, NO_BREAK);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// No-break spaces are written `~` here.
    fn check(rows: &[(&str, &str, &str)]) {
        for (language, text, expected) in rows {
            assert_eq!(set(text, language).replace(NO_BREAK, "~"), *expected, "{language}: {text}");
        }
    }

    #[test]
    fn the_row_of_the_plan() {
        check(&[(
            "ru",
            "Кавычки \"прямые\", тире - дефисом и пробел перед запятой , — это надо поправить до выхода.",
            "Кавычки «прямые», тире~— дефисом и~пробел перед запятой,~— это надо поправить до~выхода.",
        )]);
    }

    #[test]
    fn quotes_of_three_languages() {
        check(&[
            ("ru", "\"ООО \"Ромашка\"\"", "«ООО „Ромашка“»"),
            ("ru", "«ООО \"Ромашка\"»", "«ООО „Ромашка“»"),
            ("ru", "(\"да\") \"нет\"?", "(«да») «нет»?"),
            ("pl", "Opinia: \"Kawa dotarła\".", "Opinia: „Kawa dotarła”."),
            ("pl", "\"Film \"Zimna wojna\"\"", "„Film «Zimna wojna»”"),
            ("en", "\"He said \"yes\"\", they don't", "“He said ‘yes’”, they don’t"),
            ("en", "5\" disc", "5\" disc"),
            ("en", "\"Windows 95\" and 5\"", "“Windows 95” and 5\""),
            ("ru", "не \"закрыто\nи тут\"", "не~«закрыто\nи~тут\"".replace('«', "\"").as_str()),
            ("de", "\"ja\" - nein , so", "\"ja\" - nein , so"),
        ]);
    }

    #[test]
    fn dashes_and_ranges() {
        check(&[
            ("ru", "кофе - это жизнь", "кофе~— это жизнь"),
            ("pl", "kawa -- to życie", "kawa~– to życie"),
            ("en", "coffee - that is", "coffee~– that is"),
            ("en", "coffee — that", "coffee~— that"),
            ("ru", "- пункт\n - пункт", "- пункт\n - пункт"),
            ("ru", "кое-что из-за", "кое-что из-за"),
            ("ru", "10-15 минут, 2026-12-01, 8-800-555, 5-3, A4-80", "10–15 минут, 2026-12-01, 8-800-555, 5-3, A4-80"),
            ("en", "2024-2026, 2026-12, pages 3-5.", "2024–2026, 2026-12, pages 3–5."),
            ("en", "a\n---\nb", "a\n---\nb"),
        ]);
    }

    #[test]
    fn marks_without_a_space_before() {
        check(&[
            ("en", "Yes , no ; why ?! Well ...", "Yes, no; why?! Well..."),
            ("en", "fine :) ok ;-) use .NET and :heart:", "fine :) ok ;-) use .NET and :heart:"),
            ("en", "a\n, b", "a\n, b"),
            ("en", ", b", ", b"),
        ]);
    }

    #[test]
    fn spaces_that_do_not_break() {
        check(&[
            ("ru", "И в доме, и на 5 кг за 30 % к 1 декабря", "И~в~доме, и~на~5~кг за~30~% к~1~декабря"),
            ("ru", "№ 5 из Киото", "№~5 из~Киото"),
            ("ru", "слово-в слово", "слово-в слово"),
            (
                "pl",
                "Tylko do 20 grudnia: 250 g za 99 zł w sklepie i z kawą",
                "Tylko do~20~grudnia: 250~g za~99~zł w~sklepie i~z~kawą",
            ),
            ("en", "250 g for $ 5 at 9 am, 5 games", "250~g for $ 5 at 9~am, 5 games"),
            ("ru", "в https://e.org/а и #в, @i_o", "в~https://e.org/а и~#в, @i_o"),
        ]);
    }

    #[test]
    fn what_is_not_prose_stays() {
        check(&[
            ("ru", "`a - \"b\" ,` и ```x - y```", "`a - \"b\" ,` и~```x - y```"),
            ("en", "<a href=\"x\">\"y\"</a>", "<a href=\"x\">\"y\"</a>"),
            ("en", "see https://e.org/a-b?c=\"d\" - \"e\"", "see https://e.org/a-b?c=\"d\"~– “e”"),
            ("en", "1 < 2 \"and\" 3 > 2", "1 < 2 “and” 3 > 2"),
            ("en", "lone ` stays - so", "lone ` stays~– so"),
        ]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn set_twice_is_set_once(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "\"", "'", "a", "в", "z", "Кот", "5", "15", "кг", "g", "%", " ", " ", "\u{a0}", "-", "--", "—", ",", ".", "…", ":", ")",
                "(", "\n", "---", "`", "```", "<b>", "</b>", "«", "»", "„", "“", "”", "’", "#tag", "@name", "https://e.org/a-b", "№",
            ]), 0..24),
            language in prop::sample::select(vec!["ru", "pl", "en"]),
        ) {
            let text = pieces.concat();
            let once = set(&text, language);
            prop_assert_eq!(set(&once, language), once.clone(), "{}", text);
            let links = |text: &str| text::links(text).into_iter().filter_map(|range| text.get(range).map(str::to_owned)).collect::<Vec<_>>();
            prop_assert_eq!(links(&text), links(&once));
            prop_assert_eq!(text::parts(&text).len(), text::parts(&once).len());
        }
    }
}
