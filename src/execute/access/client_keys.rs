use super::Secret;

/// How the program proves itself to a service when somebody logs in.
#[derive(Debug, Clone)]
pub struct ClientKeys {
    /// Its id.
    pub id: String,
    /// Its secret; services with a code challenge need none.
    pub secret: Option<Secret>,
    /// Why the secret cannot be read, when it cannot.
    pub broken: Option<String>,
}
