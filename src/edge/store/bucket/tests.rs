//! The bucket against stores in memory: a crash between any two writes, two publishers, a store that ignores conditions.

use super::*;
use crate::edge::images::lock::ImageLock;
use crate::edge::websub::{PublishedDocuments, PushState};
use crate::ledger::Ledger;
use crate::model::{AbsUrl, Accept, Format, Timestamp, trial};
use crate::pipeline::Build;
use crate::plan::{self, PlanContext};
use futures_util::stream::BoxStream;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore, PutMode,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

mod stores;

/// A store in memory that counts writes, fails after some, and may ignore conditions.
#[derive(Debug, Clone)]
struct Store {
    inner: Arc<InMemory>,
    writes: Arc<AtomicUsize>,
    /// Writes that succeed.
    allowed: usize,
    conditions: Conditions,
    /// Whether it serves parts of an object and lists entity tags.
    is_complete: bool,
}

impl Store {
    fn new() -> Self {
        let writes = Arc::new(AtomicUsize::new(0));
        let conditions = Conditions::Honoured;
        Self { inner: Arc::new(InMemory::new()), writes, allowed: usize::MAX, conditions, is_complete: true }
    }

    /// The same objects, to be changed alone, by so many writes.
    fn fork(&self, allowed: usize) -> Self {
        Self { inner: Arc::new(self.inner.fork()), writes: Arc::new(AtomicUsize::new(0)), allowed, ..self.clone() }
    }

    fn objects(&self) -> Objects {
        Objects::new(Arc::new(self.clone()), "bucket", "a/feeds").unwrap()
    }

    fn bucket(&self) -> Bucket {
        Bucket::open(self.objects(), "public, max-age=300").unwrap()
    }

    fn writes(&self) -> usize {
        self.writes.swap(0, Ordering::SeqCst)
    }

    /// All objects but feedmill's own.
    fn feeds(&self) -> BTreeMap<String, String> {
        let objects = self.objects();
        let paths = objects.list().unwrap().into_keys().filter(|path| !path.starts_with('.'));
        paths.map(|path| (path.clone(), text(&objects, &path))).collect()
    }

    fn manifest(&self) -> Manifest {
        Manifest::read(&self.objects().get(MANIFEST).unwrap().unwrap().bytes).unwrap()
    }

    fn write(&self) -> Result<()> {
        match self.writes.fetch_add(1, Ordering::SeqCst) < self.allowed {
            true => Ok(()),
            false => Err(Error::Generic { store: "test", source: "the machine went away".into() }),
        }
    }
}

fn text(objects: &Objects, path: &str) -> String {
    String::from_utf8(objects.get(path).unwrap().unwrap().bytes).unwrap()
}

impl std::fmt::Display for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("test")
    }
}

#[async_trait::async_trait]
impl ObjectStore for Store {
    async fn put_opts(&self, location: &Path, payload: PutPayload, mut opts: PutOptions) -> Result<PutResult> {
        self.write()?;
        if self.conditions == Conditions::Ignored {
            opts.mode = PutMode::Overwrite;
        }
        self.inner.put_opts(location, payload, opts).await
    }

    async fn put_multipart_opts(&self, at: &Path, opts: PutMultipartOptions) -> Result<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(at, opts).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        if options.range.is_some() && !self.is_complete {
            return Err(Error::Generic { store: "test", source: "Requested 0..1, got 0..14834".into() });
        }
        self.inner.get_opts(location, options).await
    }

    fn delete_stream(&self, locations: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        match self.write() {
            Ok(()) => self.inner.delete_stream(locations),
            Err(why) => Box::pin(futures_util::stream::iter([Err(why)])),
        }
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        let listed = self.inner.list(prefix);
        if self.is_complete {
            return listed;
        }
        let without = |meta: Result<ObjectMeta>| meta.map(|meta| ObjectMeta { e_tag: None, ..meta });
        Box::pin(futures_util::StreamExt::map(listed, without))
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}

const ONE: &[(&str, &str)] =
    &[("rss.xml", "1"), ("tags/a/rss.xml", "1"), ("tags/b/rss.xml", "1"), ("tags/c/rss.xml", "1")];
const TWO: &[(&str, &str)] =
    &[("rss.xml", "2"), ("tags/a/rss.xml", "2"), ("tags/b/rss.xml", "1"), ("tags/d/rss.xml", "2")];

fn set(documents: &[(&str, &str)]) -> BTreeMap<String, String> {
    documents.iter().map(|(path, version)| ((*path).to_owned(), body(path, version))).collect()
}

fn body(path: &str, version: &str) -> String {
    format!(
        "<rss xmlns:atom='http://www.w3.org/2005/Atom'><channel><generator>feedmill</generator><!-- {version} -->\
         <atom:link rel='self' href='https://e.org/{path}'/></channel></rss>"
    )
}

/// Reads and plans; the plan is to be committed.
fn planned(bucket: &mut Bucket, documents: &[(&str, &str)]) -> Result<Plan, EdgeError> {
    planned_as(bucket, documents, Accept::ALL)
}

fn planned_as(bucket: &mut Bucket, documents: &[(&str, &str)], accept: Accept) -> Result<Plan, EdgeError> {
    let before = bucket.before()?;
    let mut build = Build::default();
    for (path, version) in documents {
        let document = Document {
            path: (*path).into(),
            feed: (*path).into(),
            format: Format::of_path(path).unwrap(),
            topic: AbsUrl::parse(&format!("https://e.org/{path}")).unwrap(),
            items: 1,
            updated: Timestamp::from_unix(0).unwrap(),
            bytes: body(path, version).into_bytes(),
        };
        build.staged.push(bucket.put(document).unwrap());
    }
    let (site, ledger) = (&trial::site("https://e.org/"), &Ledger::default());
    Ok(plan::plan(&build, &before, &PlanContext { site, ledger, accept }))
}

fn publish(bucket: &mut Bucket, documents: &[(&str, &str)]) -> Result<Committed, EdgeError> {
    let plan = planned(bucket, documents)?;
    bucket.commit(&plan, &())
}

#[test]
fn only_what_changed_is_put_and_another_machine_changes_nothing() {
    let store = Store::new();
    assert_eq!(publish(&mut store.bucket(), ONE).unwrap(), Committed::Done);
    assert_eq!((store.feeds(), store.writes()), (set(ONE), 5));
    publish(&mut store.bucket(), ONE).unwrap();
    assert_eq!(store.writes(), 0, "a second machine finds nothing to do");
    publish(&mut store.bucket(), TWO).unwrap();
    // Three documents, the manifest with what leaves, one deletion, the manifest without it.
    assert_eq!((store.feeds(), store.writes()), (set(TWO), 6));
    let object = store.objects().get("tags/d/rss.xml").unwrap().unwrap();
    let noted = store.manifest().documents.remove("tags/d/rss.xml").unwrap().object.unwrap();
    assert_eq!((noted.etag, noted.topic.as_str()), (object.etag, "https://e.org/tags/d/rss.xml"));
}

#[test]
fn a_crash_between_any_two_writes_leaves_whole_feeds_and_the_next_run_completes() {
    let base = Store::new();
    publish(&mut base.bucket(), ONE).unwrap();
    let (one, two) = (set(ONE), set(TWO));
    for allowed in 0..6 {
        let broken = base.fork(allowed);
        assert!(publish(&mut broken.bucket(), TWO).is_err(), "{allowed}");
        for (path, text) in broken.feeds() {
            assert!(one.get(&path) == Some(&text) || two.get(&path) == Some(&text), "{allowed}: {path} is torn");
        }
        let kept = one.keys().filter(|path| two.contains_key(*path));
        assert!(kept.clone().all(|path| broken.feeds().contains_key(path)), "{allowed}: a feed is missing");
        let mended = broken.fork(usize::MAX);
        publish(&mut mended.bucket(), TWO).unwrap();
        assert_eq!(mended.feeds(), two, "{allowed}");
        assert!(mended.manifest().leaving.is_empty());
        assert!(mended.writes() <= 6);
        publish(&mut mended.bucket(), TWO).unwrap();
        assert_eq!(mended.writes(), 0, "{allowed}: the set is complete");
    }
}

#[test]
fn of_two_publishers_one_wins_and_the_other_begins_again() {
    for known in [false, true] {
        let store = Store::new();
        if known {
            publish(&mut store.bucket(), &[("rss.xml", "0")]).unwrap();
        }
        let (mut first, mut second) = (store.bucket(), store.bucket());
        let (plan_of_first, plan_of_second) = (planned(&mut first, ONE).unwrap(), planned(&mut second, TWO).unwrap());
        assert_eq!(first.commit(&plan_of_first, &()).unwrap(), Committed::Done);
        let Committed::Overtaken(by) = second.commit(&plan_of_second, &()).unwrap() else { panic!("both won") };
        assert!(by.contains(&format!("pid {}", std::process::id())), "{by}");
        assert_eq!(publish(&mut second, TWO).unwrap(), Committed::Done);
        assert_eq!(store.feeds(), set(TWO));
        store.writes();
        publish(&mut store.bucket(), TWO).unwrap();
        assert_eq!(store.writes(), 0);
    }
}

#[test]
fn what_a_loser_put_is_mended_and_its_orphans_go() {
    let store = Store::new();
    publish(&mut store.bucket(), &[("rss.xml", "0")]).unwrap();
    let mut loser = store.bucket();
    let plan = planned(&mut loser, TWO).unwrap();
    publish(&mut store.bucket(), ONE).unwrap();
    assert!(matches!(loser.commit(&plan, &()).unwrap(), Committed::Overtaken(_)));
    assert_ne!(store.feeds(), set(ONE), "the loser's documents lie over the winner's");
    // The loser tries again with what it reads now: other content, without the tag it had put.
    assert_eq!(publish(&mut loser, ONE).unwrap(), Committed::Done);
    assert_eq!(store.feeds(), set(ONE));
}

#[test]
fn a_store_that_ignores_conditions_is_found_out() {
    let good = Store::new();
    assert_eq!(good.bucket().try_conditions().unwrap(), None);
    assert!(good.objects().list().unwrap().is_empty(), "the key is deleted");
    let bad = Store { conditions: Conditions::Ignored, ..Store::new() };
    let mut bucket = bad.bucket();
    assert_eq!(bucket.try_conditions().unwrap().map(|finding| finding.code), Some(Code::NoConditionalPut));
    assert!(bad.objects().list().unwrap().is_empty());
    assert_eq!(publish(&mut bucket, ONE).unwrap(), Committed::Done);
    publish(&mut bucket, TWO).unwrap();
    assert_eq!(bad.feeds(), set(TWO));
    bad.writes();
    assert_eq!(bad.bucket().try_conditions().unwrap(), None, "where a manifest is, nothing is tried");
    assert_eq!(bad.writes(), 0);
}

#[test]
fn a_page_of_the_sites_own_is_left_alone() {
    let store = Store::new();
    let mine = "<html>mine</html>";
    store.objects().put("index.html", mine.into(), &Said::default(), &When::Always).unwrap();
    let mut bucket = store.bucket();
    let plan = planned(&mut bucket, &[("rss.xml", "1"), ("index.html", "1")]).unwrap();
    assert_eq!(plan.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::ForeignPage]);
    bucket.commit(&plan, &()).unwrap();
    assert_eq!(text(&store.objects(), "index.html"), mine);
}

#[test]
fn a_feed_of_another_program_is_put_over_only_when_accepted() {
    let store = Store::new();
    for path in ["rss.xml", "tags/a/rss.xml"] {
        store.objects().put(path, b"<rss/>".to_vec(), &Said::default(), &When::Always).unwrap();
    }
    store.objects().put("tags/b/rss.xml", Vec::new(), &Said::default(), &When::Always).unwrap();
    let mut bucket = store.bucket();
    assert!(matches!(bucket.before().unwrap(), Before::Nothing), "none of them is feedmill's");
    let plan = |bucket: &mut Bucket, consent| planned_as(bucket, ONE, consent).unwrap();
    let asked = plan(&mut bucket, Accept::NONE);
    assert_eq!(asked.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::ForeignFeed; 2]);
    let accepted = plan(&mut bucket, Accept::ALL);
    assert!(accepted.findings.is_empty());
    bucket.commit(&accepted, &()).unwrap();
    assert_eq!(store.feeds(), set(ONE));
    // What the manifest lists is put again, whatever the bucket holds there.
    store.objects().put("rss.xml", b"<rss/>".to_vec(), &Said::default(), &When::Always).unwrap();
    assert!(plan(&mut store.bucket(), Accept::NONE).findings.is_empty());
}

#[test]
fn only_objects_with_the_recorded_entity_tag_are_deleted() {
    let store = Store::new();
    publish(&mut store.bucket(), ONE).unwrap();
    for path in ["CNAME", "tags/c/rss.xml", "tags/x/rss.xml"] {
        store.objects().put(path, b"mine".to_vec(), &Said::default(), &When::Always).unwrap();
    }
    let listing = store.objects().list().unwrap();
    let mut forged = store.manifest();
    for path in ["CNAME", "tags/x/rss.xml"] {
        let object = Some(AtStore { etag: Some("another".into()), topic: "https://e.org/".into() });
        forged.documents.insert(path.into(), ManifestDocument { digest: "x".into(), size: 4, object });
        forged.leaving.insert(path.into(), Some("another".into()));
    }
    forged.leaving.insert("CNAME".into(), listing["CNAME"].etag.clone());
    store.objects().put(MANIFEST, forged.to_bytes(), &Said::default(), &When::Always).unwrap();
    publish(&mut store.bucket(), TWO).unwrap();
    for path in ["CNAME", "tags/c/rss.xml", "tags/x/rss.xml"] {
        assert_eq!(text(&store.objects(), path), "mine", "{path}");
    }
    assert!(store.manifest().leaving.is_empty() && !store.manifest().documents.contains_key("CNAME"));
}

#[test]
fn the_shelf_reads_only_what_differs_from_the_manifest() {
    let store = Store::new();
    publish(&mut store.bucket(), ONE).unwrap();
    store
        .objects()
        .put("strange/rss.xml", body("strange/rss.xml", "").into(), &Said::default(), &When::Always)
        .unwrap();
    let shelf = BucketDocuments::new(store.objects());
    let documents = shelf.documents().unwrap();
    assert_eq!(
        documents.iter().map(|d| d.path.as_str()).collect::<Vec<_>>(),
        ONE.iter().map(|d| d.0).collect::<Vec<_>>()
    );
    assert!(documents.iter().all(|d| d.hubs.is_none() && d.topic.as_str() == format!("https://e.org/{}", d.path)));
    store.objects().put("rss.xml", body("rss.xml", "edited").into(), &Said::default(), &When::Always).unwrap();
    let read = shelf.documents().unwrap().remove(0);
    assert!(read.hubs.is_some() && Some(read.print) == shelf.print("rss.xml"));
    store.objects().delete(MANIFEST).unwrap();
    assert_eq!(shelf.documents().unwrap().len(), 5);
}

#[test]
fn acceptances_are_saved_by_the_hundred_and_two_machines_merge() {
    let store = Store::new();
    let url = |n: usize| AbsUrl::parse(&format!("https://e.org/{n}")).unwrap();
    let (hub, digest) = (AbsUrl::parse("https://hub.example/").unwrap(), "a".repeat(64));
    let (one, two) = (BucketPushState::open(store.objects()).unwrap(), BucketPushState::open(store.objects()).unwrap());
    (0..250).for_each(|n| one.accept(&hub, &url(n), &digest).unwrap());
    assert_eq!(store.writes(), 2);
    two.accept(&hub, &url(999), &digest).unwrap();
    let all: Vec<AbsUrl> = (0..1000).map(url).collect();
    one.close(&all).unwrap();
    two.close(&all).unwrap();
    let read = BucketPushState::open(store.objects()).unwrap();
    assert!([0, 249, 999].iter().all(|n| read.last(&hub, &url(*n)).is_some()));
    store.writes();
    read.close(&all).unwrap();
    assert_eq!(store.writes(), 0, "nothing new, nothing put");
}

#[test]
fn what_is_known_of_images_is_shared_and_the_newer_stands() {
    let store = Store::new();
    let line = |url: &str, size: u32, day: u32| {
        format!("{{\"url\":\"https://e.org/{url}\",\"size\":{size},\"learned\":\"2030-01-{day:02}T00:00:00Z\"}}\n")
    };
    let knows = |lines: &[String]| {
        let mut known = ImageLock::default();
        known.merge(lines.concat().as_bytes(), &mut ());
        known
    };
    let size = |known: &ImageLock, url: &str| {
        known.facts(&AbsUrl::parse(&format!("https://e.org/{url}")).unwrap()).map(|facts| facts.length)
    };
    let mut nothing = ImageLock::default();
    SharedFacts::read(store.objects(), &mut nothing, &mut ()).unwrap().save(&mut nothing).unwrap();
    assert_eq!(store.writes(), 0);
    let (mut one, mut two) = (knows(&[line("a", 1, 1), line("b", 1, 9)]), knows(&[line("a", 2, 2), line("b", 2, 2)]));
    let mut of_one = SharedFacts::read(store.objects(), &mut one, &mut ()).unwrap();
    let mut of_two = SharedFacts::read(store.objects(), &mut two, &mut ()).unwrap();
    of_one.save(&mut one).unwrap();
    of_two.save(&mut two).unwrap();
    assert_eq!((size(&two, "a"), size(&two, "b")), (Some(2), Some(1)));
    let mut third = ImageLock::default();
    let mut of_three = SharedFacts::read(store.objects(), &mut third, &mut ()).unwrap();
    assert_eq!(third.to_bytes(), two.to_bytes());
    store.writes();
    of_three.save(&mut third).unwrap();
    assert_eq!(store.writes(), 0, "what did not change is not put");
}
