//! What a column holds, by its name in English, Russian or Polish.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::problem::Problem;

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Stable id of the row; a second import of the same id is skipped.
    Id,
    /// Key or name of a rubric.
    Rubric,
    /// Campaign, by name.
    Campaign,
    /// Language of the text.
    Language,
    /// Channels, separated by `;`.
    Channels,
    /// IANA zone of the time.
    TimeZone,
    /// Date and time on the wall.
    At,
    /// The date, where the time has a column of its own.
    Date,
    /// The time of day that goes with [`Field::Date`].
    Time,
    /// The text.
    Text,
    /// File names, separated by `|`.
    Media,
    /// What the media show, separated by `|`.
    Alt,
    /// The address the post leads to.
    Link,
    /// The first comment.
    FirstComment,
    /// Labels, separated by `;`.
    Labels,
    /// Answers of a poll, separated by `|`.
    Poll,
    /// What the other columns cannot say, as JSON; written by our own export.
    Extra,
}

impl Field {
    /// All of them, in the order of an exported file.
    pub const ALL: [Self; 17] = [
        Self::Id,
        Self::Rubric,
        Self::Campaign,
        Self::Language,
        Self::Channels,
        Self::TimeZone,
        Self::At,
        Self::Date,
        Self::Time,
        Self::Text,
        Self::Media,
        Self::Alt,
        Self::Link,
        Self::FirstComment,
        Self::Labels,
        Self::Poll,
        Self::Extra,
    ];

    /// The word in the API and the name of the column in an exported file.
    pub fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Rubric => "rubric",
            Self::Campaign => "campaign",
            Self::Language => "language",
            Self::Channels => "channels",
            Self::TimeZone => "time_zone",
            Self::At => "at",
            Self::Date => "date",
            Self::Time => "time",
            Self::Text => "text",
            Self::Media => "media",
            Self::Alt => "alt",
            Self::Link => "link",
            Self::FirstComment => "first_comment",
            Self::Labels => "labels",
            Self::Poll => "poll",
            Self::Extra => "extra",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    /// Other names of the column, folded as [`field`] folds them.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Id => &["key", "no", "ид", "номер", "№", "ключ", "identyfikator", "nr", "klucz"],
            Self::Rubric => &["category", "рубрика", "категория", "rubryka", "kategoria"],
            Self::Campaign => &["кампания", "kampania"],
            Self::Language => &["lang", "язык", "język", "jezyk"],
            Self::Channels => &[
                "channel",
                "network",
                "networks",
                "platform",
                "platforms",
                "канал",
                "каналы",
                "площадка",
                "площадки",
                "сеть",
                "сети",
                "соцсети",
                "kanał",
                "kanały",
                "kanal",
                "kanaly",
                "sieć",
                "sieci",
                "platforma",
                "platformy",
            ],
            Self::TimeZone => &["zone", "tz", "часовой пояс", "пояс", "таймзона", "strefa", "strefa czasowa"],
            Self::At => &[
                "when",
                "datetime",
                "date and time",
                "date time",
                "publish at",
                "scheduled",
                "дата и время",
                "когда",
                "дата публикации",
                "termin",
                "kiedy",
                "data i godzina",
                "data i czas",
                "data publikacji",
            ],
            Self::Date => &["day", "дата", "день", "data", "dzień", "dzien"],
            Self::Time => &["hour", "время", "час", "godzina", "czas"],
            Self::Text => &[
                "post",
                "message",
                "content",
                "body",
                "caption",
                "текст",
                "пост",
                "сообщение",
                "tekst",
                "treść",
                "tresc",
                "wiadomość",
            ],
            Self::Media => &[
                "image",
                "images",
                "picture",
                "pictures",
                "photo",
                "photos",
                "file",
                "files",
                "медиа",
                "картинка",
                "картинки",
                "фото",
                "изображение",
                "изображения",
                "файл",
                "файлы",
                "obraz",
                "obrazy",
                "zdjęcie",
                "zdjęcia",
                "zdjecia",
                "plik",
                "pliki",
                "grafika",
            ],
            Self::Alt => &[
                "alt text",
                "alttext",
                "альт",
                "описание картинки",
                "описание изображения",
                "описание",
                "opis obrazu",
                "opis zdjęcia",
                "tekst alternatywny",
                "opis",
            ],
            Self::Link => &["url", "ссылка", "odnośnik", "odnosnik"],
            Self::FirstComment => &["comment", "первый комментарий", "комментарий", "pierwszy komentarz", "komentarz"],
            Self::Labels => &["label", "tag", "tags", "метка", "метки", "тег", "теги", "etykieta", "etykiety", "tagi"],
            Self::Poll => &["опрос", "ankieta", "sonda"],
            Self::Extra => &[],
        }
    }
}

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// As the file names it.
    pub name: String,
    /// What it holds; `None` where it is left out.
    pub field: Option<Field>,
}

/// The field that a column of this name holds.
pub(super) fn field(name: &str) -> Option<Field> {
    let folded = fold(name);
    Field::ALL.into_iter().find(|field| fold(field.code()) == folded || field.names().contains(&folded.as_str()))
}

/// Lower case, one space between words.
fn fold(name: &str) -> String {
    let words = name.to_lowercase().replace(['_', '-', '.', ':'], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The columns of a file. What a person mapped comes first; of two columns for one field the first holds it.
///
/// # Errors
/// `column-unknown` where the map names a column that the file does not have.
pub(super) fn recognise(
    header: &[Cow<'_, str>],
    map: &BTreeMap<String, Option<Field>>,
) -> Result<Vec<Column>, Problem> {
    let names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    if let Some(name) = map.keys().find(|name| !names.contains(name)) {
        return Err(Problem::error("column-unknown", "map").with("column", name.as_str()));
    }
    let mut taken: Vec<Field> = Vec::new();
    let mut columns: Vec<Column> = Vec::new();
    for name in names {
        let mapped = map.get(&name).copied();
        let field = mapped
            .unwrap_or_else(|| field(&name).filter(|field| !map.values().any(|mapped| *mapped == Some(*field))))
            .filter(|field| !taken.contains(field));
        taken.extend(field);
        columns.push(Column { name, field });
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_three_languages() {
        let rows = [
            ("id", Some(Field::Id)),
            (" Time_Zone ", Some(Field::TimeZone)),
            ("Первый  комментарий", Some(Field::FirstComment)),
            ("площадки", Some(Field::Channels)),
            ("Treść", Some(Field::Text)),
            ("Data i godzina", Some(Field::At)),
            ("note", None),
            ("", None),
        ];
        for (name, expected) in rows {
            assert_eq!(field(name), expected, "{name}");
        }
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        let mut all: Vec<String> = Field::ALL
            .iter()
            .flat_map(|field| field.names().iter().map(|name| (*name).to_owned()).chain([fold(field.code())]))
            .collect();
        assert!(all.iter().all(|name| *name == fold(name)), "the table holds folded names");
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn a_person_knows_better() {
        let header: Vec<Cow<'_, str>> = ["Text", "Own words", "Text", "data"].into_iter().map(Cow::Borrowed).collect();
        let fields = |map: &[(&str, Option<Field>)]| -> Vec<Option<Field>> {
            let map = map.iter().map(|(name, field)| ((*name).to_owned(), *field)).collect();
            recognise(&header, &map).unwrap().into_iter().map(|column| column.field).collect()
        };
        assert_eq!(fields(&[]), [Some(Field::Text), None, None, Some(Field::Date)]);
        assert_eq!(fields(&[("Own words", Some(Field::Text)), ("data", None)]), [None, Some(Field::Text), None, None]);
        let missing = [("gone".to_owned(), None)].into_iter().collect();
        assert_eq!(recognise(&header, &missing).unwrap_err().code, "column-unknown");
    }
}
