//! How a bucket is reached: `s3://bucket/prefix`, an endpoint by `--endpoint` or `AWS_ENDPOINT`, credentials from the
//! environment (every `AWS_*` variable, roles and containers too) or the provider's own files. Never from the config.

use super::objects::Objects;
use crate::edge::EdgeError;
use crate::model::without_secrets;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::client::ClientConfigKey;
use object_store::{BackoffConfig, ClientOptions, RetryConfig};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// A request is tried again so often, and no longer than this.
const RETRIES: usize = 6;
const PATIENCE: Duration = Duration::from_secs(60);

/// Opens `s3://bucket/prefix`, without sending a request.
pub fn objects(url: &str, endpoint: Option<&str>) -> Result<Objects, EdgeError> {
    let rest = url.strip_prefix("s3://").unwrap_or(url);
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    // Another part of the program may have chosen a provider before; either will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = AmazonS3Builder::from_env();
    if builder.get_config_value(&AmazonS3ConfigKey::AccessKeyId).is_none() && !has_role() {
        builder = from_files(builder);
    }
    if let Some(endpoint) = endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    let endpoint = [AmazonS3ConfigKey::S3Endpoint, AmazonS3ConfigKey::Endpoint]
        .iter()
        .find_map(|key| builder.get_config_value(key))
        .filter(|_| endpoint.is_none())
        .or(endpoint.map(str::to_owned));
    let allowed = builder.get_config_value(&AmazonS3ConfigKey::Client(ClientConfigKey::AllowHttp));
    let http = allowed.is_some_and(|text| text.parse() == Ok(true)) || endpoint.as_deref().is_some_and(is_loopback);
    let store_error = |why: String| EdgeError::store(url, &why);
    if asks_metadata(&builder) && metadata_disabled() {
        let why = "there are no credentials, and AWS_EC2_METADATA_DISABLED forbids asking the machine for its own; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
        return Err(store_error(why.into()));
    }
    if let Some(endpoint) = endpoint.as_deref().filter(|endpoint| !is_web(endpoint)) {
        let example = "https://s3.eu-central-1.amazonaws.com";
        return Err(store_error(format!(
            "its endpoint `{}` is not the URL of a store, such as {example}",
            without_secrets(endpoint)
        )));
    }
    if let Some(endpoint) = endpoint.as_deref().filter(|endpoint| endpoint.starts_with("http://") && !http) {
        return Err(store_error(format!(
            "its endpoint {} is not https; AWS_ALLOW_HTTP=true lets it pass",
            without_secrets(endpoint)
        )));
    }
    let retry = RetryConfig { backoff: BackoffConfig::default(), max_retries: RETRIES, retry_timeout: PATIENCE };
    let options = ClientOptions::new()
        .with_allow_http(http)
        .with_connect_timeout(Duration::from_secs(5))
        .with_timeout(Duration::from_secs(60));
    let store = builder.with_bucket_name(bucket).with_client_options(options).with_retry(retry).build();
    Objects::new(Arc::new(store.map_err(|why| store_error(why.to_string()))?), bucket, prefix)
}

fn is_web(endpoint: &str) -> bool {
    url::Url::parse(endpoint).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn is_loopback(endpoint: &str) -> bool {
    let host = url::Url::parse(endpoint).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

/// Whether the store's client would ask the machine's metadata service for credentials, as it does where it has no others.
fn asks_metadata(builder: &AmazonS3Builder) -> bool {
    let unsigned = builder.get_config_value(&AmazonS3ConfigKey::SkipSignature);
    builder.get_config_value(&AmazonS3ConfigKey::AccessKeyId).is_none()
        && !has_role()
        && unsigned.is_none_or(|text| text.parse() != Ok(true))
}

/// As the provider's own programs read it.
fn metadata_disabled() -> bool {
    std::env::var("AWS_EC2_METADATA_DISABLED").is_ok_and(|text| text.eq_ignore_ascii_case("true"))
}

/// Whether the environment names a role or a container, which the store's own client asks.
fn has_role() -> bool {
    ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        .iter()
        .any(|name| std::env::var_os(name).is_some())
}

/// `~/.aws/credentials` and `~/.aws/config`, the profile named by `AWS_PROFILE`, else `default`.
fn from_files(mut builder: AmazonS3Builder) -> AmazonS3Builder {
    let home = || std::env::home_dir().unwrap_or_default().join(".aws");
    let file = |variable: &str, name: &str| std::env::var_os(variable).map_or_else(|| home().join(name), PathBuf::from);
    let profile = std::env::var("AWS_PROFILE").unwrap_or_else(|_| "default".into());
    let read = |path: PathBuf| std::fs::read_to_string(path).unwrap_or_default();
    let mut settings = section(&read(file("AWS_CONFIG_FILE", "config")), &profile);
    settings.extend(section(&read(file("AWS_SHARED_CREDENTIALS_FILE", "credentials")), &profile));
    let keys = [
        ("aws_access_key_id", AmazonS3ConfigKey::AccessKeyId),
        ("aws_secret_access_key", AmazonS3ConfigKey::SecretAccessKey),
        ("aws_session_token", AmazonS3ConfigKey::Token),
        ("region", AmazonS3ConfigKey::Region),
        ("endpoint_url", AmazonS3ConfigKey::Endpoint),
    ];
    for (name, key) in keys {
        // The environment takes precedence over the files.
        if let (Some(value), None) = (settings.get(name), builder.get_config_value(&key)) {
            builder = builder.with_config(key, value);
        }
    }
    builder
}

/// The settings of a profile: `[name]`, or `[profile name]` in the config file.
fn section(text: &str, profile: &str) -> BTreeMap<String, String> {
    let mut settings = BTreeMap::new();
    let mut inside = false;
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';'])) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            inside = name.trim().trim_start_matches("profile ").trim() == profile;
        } else if let (true, Some((key, value))) = (inside, line.split_once('=')) {
            settings.insert(key.trim().to_owned(), value.trim().to_owned());
        }
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_read_as_the_provider_writes_them() {
        let text =
            "# mine\n[default]\naws_access_key_id = A\n\n[profile other]\naws_access_key_id=B\nregion = eu-west-1\n";
        assert_eq!(section(text, "default").get("aws_access_key_id").map(String::as_str), Some("A"));
        let other = section(text, "other");
        assert_eq!((other.len(), other.get("region").map(String::as_str)), (2, Some("eu-west-1")));
        assert!(section(text, "none").is_empty() && section("", "default").is_empty());
    }

    #[test]
    fn an_endpoint_is_a_url() {
        for odd in ["not a url", "minio.example:9000", "ftp://minio.example", "https://", ""] {
            let refused = objects("s3://b/p", Some(odd)).unwrap_err().to_string();
            assert!(refused.starts_with(&format!("s3://b/p: its endpoint `{odd}` is not the URL")), "{refused}");
        }
        assert!(objects("s3://b/p", Some("https://minio.example:9000")).is_ok());
    }

    #[test]
    fn http_is_for_loopback() {
        for local in ["http://127.0.0.1:5000", "http://localhost:9000/", "http://[::1]:1"] {
            assert!(is_loopback(local), "{local}");
        }
        assert!(!is_loopback("http://minio.example:9000") && !is_loopback("x"));
    }
}
