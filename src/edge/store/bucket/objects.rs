//! A bucket's objects below a prefix, as blocking calls around the asynchronous client. Every error names the
//! object's `s3://` URL.

use crate::edge::EdgeError;
use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload,
    UpdateVersion,
};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use tokio::runtime::{Builder, Handle, Runtime};

/// Objects put at one time.
const AT_ONCE: usize = 16;

/// Metadata that identifies who put an object.
const PUBLISHER: &str = "feedmill-publisher";

/// Objects of one prefix.
#[derive(Debug, Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    /// `s3://bucket/prefix`, without a slash at its end.
    name: String,
    /// The prefix with its slash; empty for the whole bucket.
    prefix: String,
    runtime: Arc<Runtime>,
}

/// An object as a listing describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Its entity tag, if the store has one.
    pub etag: Option<String>,
    /// Size in bytes.
    pub size: u64,
}

/// An object with its bytes.
#[derive(Debug, Clone)]
pub struct Object {
    /// The whole object, or its first bytes if only those were requested.
    pub bytes: Vec<u8>,
    /// Its entity tag.
    pub etag: Option<String>,
    /// The publisher that put it, by its metadata.
    pub publisher: Option<String>,
}

/// The metadata that is stored with an object.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// The header `Content-Type`.
    pub media_type: String,
    /// The header `Cache-Control`.
    pub cache_control: String,
    /// Who puts it.
    pub publisher: Option<String>,
}

/// Under which condition an object is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// Put without a condition.
    Always,
    /// There is none under this key.
    Absent,
    /// It still has this entity tag.
    Still(String),
}

/// Why an object was not put.
#[derive(Debug)]
pub enum NotPut {
    /// The condition does not hold.
    Overtaken,
    /// The store knows no conditions.
    Unconditional,
    /// Any other error.
    Failed(EdgeError),
}

impl Objects {
    /// Of a store, a name for messages, and a prefix.
    pub fn new(store: Arc<dyn ObjectStore>, bucket: &str, prefix: &str) -> Result<Self, EdgeError> {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = Arc::new(runtime.map_err(|why| EdgeError::network(&why))?);
        let prefix = prefix.trim_matches('/');
        let name = format!("s3://{bucket}/{prefix}").trim_end_matches('/').to_owned();
        let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        Ok(Self { store, name, prefix, runtime })
    }

    /// The URL `s3://bucket/prefix`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All objects, by their paths under the prefix.
    pub fn list(&self) -> Result<BTreeMap<String, Meta>, EdgeError> {
        let whole = self.prefix.trim_end_matches('/');
        let prefix = if whole.is_empty() { None } else { Some(self.key(whole, "")?) };
        // Some stores list no entity tags, although they give them for each object.
        let complete = |meta: object_store::ObjectMeta| async move {
            match meta.e_tag {
                Some(_) => Ok::<_, Error>(meta),
                None => Ok(self.store.head(&meta.location).await.unwrap_or(meta)),
            }
        };
        let listed = self.store.list(prefix.as_ref()).map_ok(complete).try_buffer_unordered(AT_ONCE).try_collect();
        let listed: Vec<_> = self.wait(listed).map_err(|why| self.fault("", &why))?;
        let below = |meta: object_store::ObjectMeta| {
            let path = meta.location.as_ref().strip_prefix(&self.prefix)?.to_owned();
            Some((path, Meta { etag: meta.e_tag, size: meta.size }))
        };
        Ok(listed.into_iter().filter_map(below).collect())
    }

    /// An object, or `None` where there is none.
    pub fn get(&self, path: &str) -> Result<Option<Object>, EdgeError> {
        self.fetch(path, GetOptions::default())
    }

    /// The first bytes of an object. A store that serves no ranges gives the whole.
    pub fn start(&self, path: &str, bytes: u64) -> Result<Option<Object>, EdgeError> {
        self.fetch(path, GetOptions { range: Some(GetRange::Bounded(0..bytes)), ..GetOptions::default() })
            .or_else(|_| self.get(path))
    }

    /// An object without its bytes. Unlike a range, every store serves that, also of an empty object.
    pub fn head(&self, path: &str) -> Result<Option<Object>, EdgeError> {
        self.fetch(path, GetOptions { head: true, ..GetOptions::default() })
    }

    /// Puts an object; its new entity tag.
    pub fn put(&self, path: &str, bytes: Vec<u8>, said: &Said, when: &When) -> Result<Option<String>, NotPut> {
        self.wait(self.putting(path, bytes, said, when))
    }

    /// Puts many objects, up to sixteen at once, and returns their new entity tags. `bytes` is called for each when
    /// its turn comes. The first error stops the loop; puts under way are finished.
    pub fn put_all<'a>(
        &self,
        paths: &'a [(&'a str, Said)],
        bytes: impl Fn(&str) -> Result<Vec<u8>, EdgeError>,
    ) -> Result<BTreeMap<String, Option<String>>, EdgeError> {
        let one = |(path, said): &'a (&'a str, Said)| {
            let bytes = bytes(path);
            async move {
                let put = self.putting(path, bytes?, said, &When::Always).await;
                put.map(|etag| ((*path).to_owned(), etag)).map_err(|fault| match fault {
                    NotPut::Failed(fault) => fault,
                    NotPut::Overtaken | NotPut::Unconditional => self.store_error(path, "the store refuses it"),
                })
            }
        };
        let work = async {
            let mut puts = stream::iter(paths).map(one).buffer_unordered(AT_ONCE);
            let (mut etags, mut first) = (BTreeMap::new(), None);
            while let Some(put) = puts.next().await {
                match put {
                    Ok((path, etag)) => drop(etags.insert(path, etag)),
                    Err(fault) => {
                        first.get_or_insert(fault);
                        break;
                    }
                }
            }
            first.map_or(Ok(etags), Err)
        };
        self.wait(work)
    }

    /// Deletes an object; a missing one counts as deleted.
    pub fn delete(&self, path: &str) -> Result<(), EdgeError> {
        let key = self.key(&self.prefix, path)?;
        match self.wait(self.store.delete(&key)) {
            Err(Error::NotFound { .. }) | Ok(()) => Ok(()),
            Err(why) => Err(self.fault(path, &why)),
        }
    }

    /// Runs a task in the background, until the bucket is dropped.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(task);
    }

    async fn putting(&self, path: &str, bytes: Vec<u8>, said: &Said, when: &When) -> Result<Option<String>, NotPut> {
        let key = self.key(&self.prefix, path).map_err(NotPut::Failed)?;
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, said.media_type.clone().into());
        attributes.insert(Attribute::CacheControl, said.cache_control.clone().into());
        if let Some(publisher) = &said.publisher {
            attributes.insert(Attribute::Metadata(PUBLISHER.into()), publisher.clone().into());
        }
        let mode = match when {
            When::Always => PutMode::Overwrite,
            When::Absent => PutMode::Create,
            When::Still(etag) => PutMode::Update(UpdateVersion { e_tag: Some(etag.clone()), version: None }),
        };
        let options = PutOptions { mode, attributes, ..PutOptions::default() };
        match self.store.put_opts(&key, PutPayload::from(bytes), options).await {
            Ok(put) => Ok(put.e_tag),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Err(NotPut::Overtaken),
            Err(Error::NotImplemented { .. } | Error::NotSupported { .. }) => Err(NotPut::Unconditional),
            Err(why) => Err(NotPut::Failed(self.fault(path, &why))),
        }
    }

    fn fetch(&self, path: &str, options: GetOptions) -> Result<Option<Object>, EdgeError> {
        let key = self.key(&self.prefix, path)?;
        let is_head = options.head;
        let work = async {
            let found = self.store.get_opts(&key, options).await?;
            let etag = found.meta.e_tag.clone();
            let publisher = found.attributes.get(&Attribute::Metadata(PUBLISHER.into())).map(|who| who.to_string());
            let bytes = if is_head { Vec::new() } else { found.bytes().await?.to_vec() };
            Ok(Object { bytes, etag, publisher })
        };
        match self.wait(work) {
            Ok(object) => Ok(Some(object)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(why) => Err(self.fault(path, &why)),
        }
    }

    fn key(&self, prefix: &str, path: &str) -> Result<Path, EdgeError> {
        Path::parse(format!("{prefix}{path}")).map_err(|why| self.store_error(path, &why.to_string()))
    }

    fn fault(&self, path: &str, why: &Error) -> EdgeError {
        self.store_error(path, &said(&why.to_string()))
    }

    fn store_error(&self, path: &str, why: &str) -> EdgeError {
        EdgeError::store(&format!("{}/{path}", self.name), why)
    }

    /// Also from within another runtime: a ledger is written by workers that speak to hubs.
    fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        match Handle::try_current() {
            Ok(_) => tokio::task::block_in_place(|| self.runtime.handle().block_on(work)),
            Err(_) => self.runtime.block_on(work),
        }
    }
}

/// The error text of the store's client. Without credentials the client asks the machine's metadata service, and its
/// error names only that.
fn said(why: &str) -> String {
    match why.contains(METADATA) {
        true => format!(
            "no credentials are set (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ~/.aws/credentials), and this machine gives none: {why}"
        ),
        false => why.to_owned(),
    }
}

/// The address at which Amazon's machines serve their credentials.
const METADATA: &str = "//169.254.169.254/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_no_credentials_is_told_which_are_wanted() {
        let why = "Generic S3 error: Error performing PUT http://169.254.169.254/latest/api/token in 1 s";
        assert!(said(why).starts_with("no credentials are set (AWS_ACCESS_KEY_ID") && said(why).ends_with(why));
        assert_eq!(said("Generic S3 error: 403"), "Generic S3 error: 403");
    }
}
