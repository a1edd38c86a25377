//! The audio, video or other file of an article: its URL by the rules for images, and the values that the author wrote.
//! A type, length or duration that cannot be read is reported (A041) and left unset; it can still be read from the
//! file.

use super::findings::{Findings, quoted};
use super::image::{self, Home};
use crate::diagnostic::Code;
use crate::model::{Located, MAX_LENGTH, MediaFile, MediaType, RawEnclosure};

/// The file with its resolved URL.
pub fn read(raw: &RawEnclosure, home: Home<'_>, findings: &mut Findings<'_>) -> Option<MediaFile> {
    let file = image::file(&raw.url, raw.field, home, findings)?;
    let mut reported = |what: &str, written: &Option<Located<String>>, wanted: &str| {
        let Some(written) = written else { return };
        findings.report(
            Code::BadField,
            written.at,
            format!("`{}.{what}` is {}, not {wanted}; it was ignored", raw.field, quoted(&written.value)),
            format!("write {wanted}, or leave it out"),
        );
    };
    let value = |written: &Option<Located<String>>| written.as_ref().map(|w| w.value.trim().to_owned());
    let media_type = value(&raw.media_type).and_then(|text| MediaType::new(&text));
    let length = value(&raw.length).and_then(|text| text.parse().ok()).filter(|length| *length <= MAX_LENGTH);
    let duration = value(&raw.duration).and_then(|text| seconds(&text));
    if media_type.is_none() {
        reported("type", &raw.media_type, "a media type such as `audio/mpeg`");
    }
    if length.is_none() {
        let digits = |text: &Located<String>| text.value.trim().bytes().all(|b| b.is_ascii_digit());
        let too_large = raw.length.as_ref().is_some_and(digits);
        let wanted = if too_large { "a number of bytes below 2^53" } else { "a number of bytes" };
        reported("length", &raw.length, wanted);
    }
    if duration.is_none() {
        reported("duration", &raw.duration, "a number of seconds or a time such as `1:02:03`");
    }
    Some(MediaFile { file, media_type, length, duration })
}

/// Reads `3723`, `62:03` or `1:02:03`.
fn seconds(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.split(':').collect();
    let whole = |part: &&str| (1..=9).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() > 3 || !parts.iter().all(whole) {
        return None;
    }
    let below_60 = |part: &&str| part.parse::<u32>().is_ok_and(|n| n < 60);
    if !parts.iter().skip(1).all(below_60) {
        return None;
    }
    parts.iter().try_fold(0_u32, |sum, part| sum.checked_mul(60)?.checked_add(part.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::model::trial;
    use crate::model::{AbsUrl, ArticlePath, Place};

    fn read_with(media_type: &str, length: &str, duration: &str) -> (Option<MediaFile>, usize) {
        let text = |t: &str| (!t.is_empty()).then(|| Located::new(t.to_owned(), Place::WHOLE));
        let raw = RawEnclosure {
            field: "audio",
            url: Located::new("/a.mp3".into(), Place::WHOLE),
            media_type: text(media_type),
            length: text(length),
            duration: text(duration),
        };
        let (path, permalink) = (ArticlePath::new("a.md"), AbsUrl::parse("https://e.org/a/").unwrap());
        let home = Home { path: &path, permalink: &permalink, site: &trial::site("https://e.org/") };
        let mut sink: Vec<Diagnostic> = Vec::new();
        (read(&raw, home, &mut Findings::new("a.md", &mut sink)), sink.len())
    }

    #[test]
    fn what_the_author_knows_is_taken() {
        let (file, reported) = read_with("Audio/MPEG; x=y", "1234", "1:02:03");
        let file = file.unwrap();
        assert_eq!((file.length, file.duration, reported), (Some(1234), Some(3723), 0));
        assert_eq!(file.media_type.map(|t| t.to_string()).as_deref(), Some("audio/mpeg"));
        assert_eq!(file.file.url.as_str(), "https://e.org/a.mp3");
    }

    #[test]
    fn what_cannot_be_read_is_told_and_unset() {
        let (file, reported) = read_with("mp3", "-1", "1:99");
        let file = file.unwrap();
        assert_eq!((file.media_type, file.length, file.duration, reported), (None, None, None, 3));
        assert_eq!(read_with("", "", "").1, 0);
    }

    #[test]
    fn numbers_that_no_feed_can_carry_are_unset() {
        let length = |text: &str| read_with("", text, "").0.and_then(|file| file.length);
        assert_eq!(length("9007199254740991"), Some(MAX_LENGTH));
        for odd in
            ["9007199254740992", "18446744073709551615", "18446744073709551616", "-5", "1.5", "1e3", "NaN", ".inf"]
        {
            assert_eq!((length(odd), read_with("", odd, "").1), (None, 1), "{odd}");
        }
        for odd in
            ["9007199254740992", "18446744073709551615", "-5", "-1:02:03", "1:-2:03", "NaN", "1e99", "999999999:00:00"]
        {
            let (file, reported) = read_with("", "", odd);
            assert_eq!((file.unwrap().duration, reported), (None, 1), "{odd}");
        }
    }

    #[test]
    fn durations() {
        let read = ["0", "90", "62:03", "1:02:03", "", ":", "1:2:3:4", "1:60", "-5", "99999999999", "999999999:59:59"];
        let expected = [Some(0), Some(90), Some(3723), Some(3723), None, None, None, None, None, None, None];
        assert_eq!(read.map(seconds), expected);
    }
}
