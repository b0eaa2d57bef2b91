use std::io::{self, BufRead};

/// Lines of a stream, none of them longer than a limit: a longer one is read past without being kept.
#[derive(Debug)]
pub struct Lines<R> {
    reader: R,
    longest: usize,
}

/// One line as bytes, without its line break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawLine {
    /// A line within the limit.
    Whole(Vec<u8>),
    /// A line past the limit.
    TooLong,
}

impl<R: BufRead> Lines<R> {
    /// Lines of at most so many bytes.
    pub fn new(reader: R, longest: usize) -> Self {
        Self { reader, longest }
    }

    /// The reader, to see what it has already buffered.
    pub fn reader(&self) -> &R {
        &self.reader
    }

    /// The next line, or nothing at the end.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn read(&mut self) -> io::Result<Option<RawLine>> {
        let mut line = Vec::new();
        let mut length = 0_usize;
        let mut any = false;
        loop {
            let chunk = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if chunk.is_empty() {
                return Ok(any.then(|| self.finished(line, length)));
            }
            any = true;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            length = length.saturating_add(part.len());
            if length <= self.longest {
                line.extend_from_slice(part);
            }
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                return Ok(Some(self.finished(line, length)));
            }
        }
    }

    fn finished(&self, mut line: Vec<u8>, length: usize) -> RawLine {
        if length > self.longest {
            return RawLine::TooLong;
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        RawLine::Whole(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn all(text: &[u8], buffer: usize) -> Vec<RawLine> {
        let mut lines = Lines::new(BufReader::with_capacity(buffer, text), 5);
        std::iter::from_fn(|| lines.read().expect("memory does not fail")).collect()
    }

    #[test]
    fn lines_come_whole_whatever_the_buffer() {
        let whole = |text: &str| RawLine::Whole(text.into());
        for buffer in 1..9 {
            let found = all(b"ab\r\n\n12345\n123456\nlast", buffer);
            assert_eq!(found, [whole("ab"), whole(""), whole("12345"), RawLine::TooLong, whole("last")]);
        }
        assert!(all(b"", 4).is_empty());
    }
}
