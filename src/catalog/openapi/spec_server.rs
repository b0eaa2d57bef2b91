/// One server: where requests go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpecServer {
    /// The address with its variables replaced by their defaults, without a slash at the end. It may lack scheme and
    /// host (`/api/v3`), as the file does.
    pub url: String,
    /// Variables that have a default: name, default.
    pub variables: Vec<(String, String)>,
    /// What the file says it is.
    pub description: String,
}
