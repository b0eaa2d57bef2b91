use super::SpecSchema;

/// The answer when all went well: that of the lowest 2xx status which has a body, else of the lowest.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecResponse {
    /// HTTP status; 200 for `2XX` and `default`.
    pub status: u16,
    /// Content type, when there is a body.
    pub content_type: Option<String>,
    /// What the body holds, when the file says.
    pub schema: Option<SpecSchema>,
}
