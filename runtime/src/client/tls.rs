//! The TLS backend of the HTTP clients built here.

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
mod backend {
    /// `true` if `https` URLs can be used without an HTTP client of the caller.
    pub(crate) const AVAILABLE: bool = false;

    pub(crate) fn configure(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        http
    }
}

#[cfg(feature = "native-tls")]
mod backend {
    pub(crate) const AVAILABLE: bool = true;

    pub(crate) fn configure(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        http.tls_backend_native()
    }
}

/// `rustls`, configured here rather than by `reqwest`. The explicit provider makes it independent of the default of the
/// process, which another library may set. The root certificates are compiled in, so no client reads and parses those
/// of the system when it starts.
#[cfg(all(feature = "rustls", not(feature = "native-tls")))]
mod backend {
    use std::sync::Arc;

    use rustls::crypto::ring;
    use rustls::{ClientConfig, RootCertStore};

    pub(crate) const AVAILABLE: bool = true;

    pub(crate) fn configure(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("`ring` has a cipher suite for each protocol version that `rustls` enables")
            .with_root_certificates(roots)
            .with_no_client_auth();
        // `reqwest` is compiled without HTTP/2, so the server must not choose it.
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        http.tls_backend_preconfigured(config)
    }
}

pub(crate) use backend::{AVAILABLE, configure};

/// Makes `ring` the default provider of the process if there is none. Without one, `reqwest` panics when it configures
/// `rustls` itself, as it does for a builder of the caller.
#[cfg(feature = "rustls")]
pub(crate) fn ensure_provider() {
    use rustls::crypto::{CryptoProvider, ring};

    if CryptoProvider::get_default().is_none() {
        // An error means that another thread has set one in the meantime.
        let _ = ring::default_provider().install_default();
    }
}

#[cfg(not(feature = "rustls"))]
pub(crate) fn ensure_provider() {}
