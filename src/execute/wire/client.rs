use std::sync::OnceLock;
use std::time::Duration;

use reqwest::Client;
use reqwest::redirect::Policy;
use url::Url;

use crate::catalog::Service;
use crate::execute::{Failure, FailureKind, Settings};
use crate::profile::is_local;

const AGENT: &str = concat!("sayso/", env!("CARGO_PKG_VERSION"));
/// How long a connection that nothing goes over is kept. Servers close theirs after a minute or so, and a request that
/// meets such a connection is lost without a word about whether it was read.
const IDLE: Duration = Duration::from_secs(20);

/// The connections, made at the first request.
#[derive(Debug, Default)]
pub(in crate::execute) struct Clients {
    secure: OnceLock<Client>,
    plain: OnceLock<Client>,
}

impl Clients {
    /// The client for an address.
    ///
    /// # Errors
    /// When the address is neither https nor on this machine.
    pub(in crate::execute) fn of(&self, url: &Url, service: &Service, settings: &Settings) -> Result<&Client, Failure> {
        let slot = match url.scheme() {
            "https" => &self.secure,
            "http" if is_local(url) => &self.plain,
            _ => {
                let message = format!("{} is reached over https only, not at {}", service.title, url.authority());
                return Err(Failure::new(FailureKind::Network, message));
            }
        };
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let mut builder = Client::builder()
            .user_agent(AGENT)
            .redirect(Policy::none())
            .pool_idle_timeout(IDLE)
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.timeout);
        if url.scheme() == "http" {
            // Without this a machine that has no CA certificates cannot even reach itself.
            builder = builder.no_proxy().tls_certs_only([]);
        }
        let client = builder.build().map_err(|e| {
            Failure::new(FailureKind::Network, format!("no connection can be made: {}", e.without_url()))
        })?;
        Ok(slot.get_or_init(|| client))
    }
}
