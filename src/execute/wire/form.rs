use std::path::Path;

use reqwest::multipart;

use crate::execute::{Failure, FailureKind};
use crate::request::{File, Part};

/// Longest text that is tried as a path, in bytes.
const LONGEST_PATH: usize = 1024;

/// A multipart body, its files read.
pub(super) fn form(parts: &[Part]) -> Result<multipart::Form, Failure> {
    let mut form = multipart::Form::new();
    for part in parts {
        form = match part {
            Part::Text(name, text) => form.text(name.clone(), text.clone()),
            Part::File(name, file) => {
                let (called, bytes) = content(file)?;
                form.part(name.clone(), multipart::Part::bytes(bytes).file_name(called))
            }
        };
    }
    Ok(form)
}

/// What a file is called, and what is in it.
fn content(file: &File) -> Result<(String, Vec<u8>), Failure> {
    match file {
        File::Path(path) => read(path),
        File::Text(text) if is_file(text) || is_path_like(text) => read(text),
        File::Text(text) => Ok(("file".to_owned(), text.clone().into_bytes())),
        File::Content { name, bytes } => Ok((name.clone(), bytes.clone())),
    }
}

fn read(path: &str) -> Result<(String, Vec<u8>), Failure> {
    let bytes = std::fs::read(path).map_err(|e| {
        let hint = r#"A bot gives content itself as {"content": "…", "filename": "…"}."#;
        Failure::new(FailureKind::Invalid, format!("the file `{path}` cannot be read: {e}")).hint(hint)
    })?;
    Ok((Path::new(path).file_name().map_or_else(String::new, |n| n.to_string_lossy().into()), bytes))
}

fn is_file(text: &str) -> bool {
    text.len() <= LONGEST_PATH && Path::new(text).is_file()
}

/// Whether a text can only be meant as a path: sending it as content would hide a typo.
fn is_path_like(text: &str) -> bool {
    let lead = ["/", "./", "../", "~/"].iter().any(|lead| text.starts_with(lead));
    let ending = text.rsplit_once('.').is_some_and(|(stem, ending)| {
        let plain = (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric());
        plain && !stem.is_empty() && ending.chars().any(|c| c.is_ascii_alphabetic())
    });
    text.len() <= LONGEST_PATH && !text.contains(char::is_whitespace) && (lead || ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_content() {
        for path in ["/tmp/x", "./a", "logo.png", "~/posts.csv", "a/b.tar.gz"] {
            assert!(is_path_like(path), "{path}");
        }
        for content in ["string", "a,b\n1,2", "x y.png", "3.14", "", "{\"a\":1.5}"] {
            assert!(!is_path_like(content), "{content}");
        }
    }
}
