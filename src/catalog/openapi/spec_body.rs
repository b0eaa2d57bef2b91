use super::SpecSchema;

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecBody {
    /// The content type whose schema this is: JSON where the operation takes it, then a form, then multipart, then the
    /// first that is named.
    pub content_type: String,
    /// All that the operation takes, in the order of the file.
    pub content_types: Vec<String>,
    /// Whether a request without a body is refused.
    pub required: bool,
    /// What it may be; of kind `Any` without properties when the file says nothing.
    pub schema: SpecSchema,
}
