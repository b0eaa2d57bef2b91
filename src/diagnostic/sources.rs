use std::collections::BTreeMap;

/// The texts that places point into, by file name.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    texts: BTreeMap<String, String>,
}

impl Sources {
    /// No texts: findings are shown without a snippet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under the name that places use.
    pub fn add(&mut self, file: impl Into<String>, text: impl Into<String>) {
        self.texts.insert(file.into(), text.into());
    }

    /// The text of that name.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.texts.get(file).map(String::as_str)
    }
}

impl<F: Into<String>, T: Into<String>> FromIterator<(F, T)> for Sources {
    fn from_iter<I: IntoIterator<Item = (F, T)>>(texts: I) -> Self {
        let mut sources = Self::new();
        texts.into_iter().for_each(|(file, text)| sources.add(file, text));
        sources
    }
}
