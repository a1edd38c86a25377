//! Boxes that engines print around a note, a tip or a warning: which words name them, and what stands above them where the
//! author wrote no title.

/// The kind of box that a word names, in any case.
pub fn kind(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    Some(match word.as_str() {
        "note" | "seealso" | "memo" => "note",
        "info" | "information" => "info",
        "tip" | "hint" | "protip" => "tip",
        "warning" | "warn" | "attention" => "warning",
        "caution" => "caution",
        "danger" | "error" | "failure" | "bug" => "danger",
        "important" => "important",
        "success" | "question" | "faq" | "help" | "example" | "abstract" | "summary" | "tldr" | "todo" | "security"
        | "check" | "fail" | "done" | "experiment" => known(&word),
        "message" | "alert" | "alertbox" | "alerts" | "admonition" | "callout" | "notice" | "aside" | "infobox"
        | "notification" | "panel" | "msg" | "default" | "primary" | "secondary" => "",
        _ => return None,
    })
}

fn known(word: &str) -> &'static str {
    match word {
        "success" | "check" | "done" => "success",
        "question" | "faq" | "help" => "question",
        "example" | "experiment" => "example",
        "abstract" | "summary" | "tldr" => "summary",
        "todo" => "todo",
        "security" => "security",
        _ => "",
    }
}

/// What stands above a box of this kind in this language; English where the language has no words here.
pub fn title(kind: &str, language: &str) -> &'static str {
    let words = match language {
        "ru" => ["Примечание", "Информация", "Совет", "Предупреждение", "Осторожно", "Опасно", "Важно"],
        "uk" => ["Примітка", "Інформація", "Порада", "Попередження", "Обережно", "Небезпека", "Важливо"],
        "be" => ["Заўвага", "Інфармацыя", "Парада", "Папярэджанне", "Асцярожна", "Небяспечна", "Важна"],
        "de" => ["Hinweis", "Info", "Tipp", "Warnung", "Vorsicht", "Gefahr", "Wichtig"],
        "fr" => ["Remarque", "Info", "Astuce", "Attention", "Prudence", "Danger", "Important"],
        "es" => ["Nota", "Información", "Consejo", "Advertencia", "Precaución", "Peligro", "Importante"],
        "it" => ["Nota", "Informazione", "Suggerimento", "Avviso", "Attenzione", "Pericolo", "Importante"],
        "pt" => ["Nota", "Informação", "Dica", "Aviso", "Cuidado", "Perigo", "Importante"],
        "pl" => ["Uwaga", "Informacja", "Wskazówka", "Ostrzeżenie", "Ostrożnie", "Niebezpieczeństwo", "Ważne"],
        "ja" => ["ノート", "情報", "ヒント", "警告", "注意", "危険", "重要"],
        "zh" => ["注", "信息", "提示", "警告", "注意", "危险", "重要"],
        "ko" => ["참고", "정보", "팁", "경고", "주의", "위험", "중요"],
        _ => ["Note", "Info", "Tip", "Warning", "Caution", "Danger", "Important"],
    };
    let place = match kind {
        "note" => 0,
        "info" => 1,
        "tip" => 2,
        "warning" => 3,
        "caution" => 4,
        "danger" => 5,
        "important" => 6,
        "question" => return "?",
        _ => return "",
    };
    words.get(place).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_have_words() {
        assert_eq!(kind("NOTE").map(|kind| title(kind, "ru")), Some("Примечание"));
        assert_eq!(kind("message").map(|kind| title(kind, "ja")), Some(""));
        assert_eq!(kind("row"), None);
    }
}
