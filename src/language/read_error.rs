/// Why a line is not read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Longer than 64 KiB.
    #[error("the line is {0} bytes long; 65,536 is the most")]
    TooLong(usize),
    /// It holds a control character.
    #[error("the line holds a control character (U+{0:04X}) at byte {1}")]
    Control(u32, usize),
}
