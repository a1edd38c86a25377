"""The cases of `run.py`: every project folder that both programs are run on, each with its name and its first command."""
import dataclasses
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
ARTICLE_SITE = """site: {title: Corpus, url: "https://example.org/", language: en, timezone: Europe/Moscow}
sources: {Known: {url: "https://known.example/", feed: "https://known.example/rss.xml"}}
"""
BENCH_SITE = """site: {title: Bench, url: "https://example.org/", language: ru, since: 2019, timezone: Europe/Moscow}
output: {limit: 20}
"""
MARKDOWN = {".md", ".markdown", ".mdx", ".qmd", ".txt"}
CONFIGS = {"feedmill.yaml", "feedmill.yml", "_config.yml", "hugo.toml", "config.toml", "pelicanconf.py", "package.json",
           "docusaurus.config.js", "_quarto.yml"}


@dataclasses.dataclass
class Case:
    """A project: `source` is copied whole, then `files` are written; `first` is the command line that runs before the others."""
    name: str
    source: pathlib.Path | None = None
    files: dict = dataclasses.field(default_factory=dict)
    leave_out: tuple = ()
    first: tuple = ()

    def write(self, folder):
        """Writes the project into a folder that does not exist."""
        if self.source:
            shutil.copytree(self.source, folder, symlinks=True, ignore=self.ignored)
            subprocess.run(["chmod", "-R", "u+w", folder], check=True)
        for path, content in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def ignored(self, folder, _names):
        return self.leave_out if pathlib.Path(folder) == self.source else ()


def articles():
    """Each article of tests/corpus/articles in a site of its own."""
    for path in sorted((ROOT / "tests/corpus/articles").iterdir()):
        if path.suffix in MARKDOWN:
            files = {"feedmill.yaml": ARTICLE_SITE.encode(), f"content/{path.name}": path.read_bytes()}
            yield Case(f"articles/{path.name}", files=files)


def sites():
    """Each site of tests/corpus/sites, as tests/corpus.rs runs it: `before/` is the output folder, `args` the first command."""
    for path in sorted((ROOT / "tests/corpus/sites").iterdir()):
        before = path / "before"
        files = {f"feeds/{p.relative_to(before)}": p.read_bytes() for p in before.rglob("*") if p.is_file()}
        args = (path / "args").read_text().split("\n") if (path / "args").exists() else []
        args = [arg for arg in args if arg]
        first = args if args[:1] == ["check"] else ["build", *args]
        yield Case(f"sites/{path.name}", path, files, ("feeds", "before", "report.txt", "args"), tuple(first))


def project():
    """The project's own articles."""
    paths = [ROOT / "feedmill.yaml", ROOT / "images.lock", *(p for p in (ROOT / "content").rglob("*") if p.is_file())]
    yield Case("project/content", files={str(path.relative_to(ROOT)): path.read_bytes() for path in paths})


def corpora():
    """Each folder of ../shared/corpora."""
    for path in folders(SHARED / "corpora"):
        yield Case(f"corpora/{path.name}", path)


def reported():
    """Each project in ../shared/cases."""
    for case in (case for group in folders(SHARED / "cases") for case in folders(group)):
        for path in projects(case):
            yield Case(str(path.relative_to(SHARED)), path, leave_out=("README.md",))


def projects(case):
    """The projects of a case's folder: those of its folders that have a config, else the case itself if it has articles."""
    inside = [folder for folder in folders(case) if has_config(folder)]
    if inside and not has_config(case):
        return inside
    has_articles = any(p.suffix in MARKDOWN and p != case / "README.md" for p in case.rglob("*"))
    return [case] if has_articles or has_config(case) else []


def has_config(folder):
    return any((folder / name).exists() for name in CONFIGS)


def folders(folder):
    return sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []


def bench(count, folder):
    """Generated articles of ../shared/bench/gen.py."""
    generator = SHARED / "bench/gen.py"
    subprocess.run([sys.executable, generator, "-n", str(count), "-t", "300", "-o", folder, "-f", "ours"], check=True,
                   stdout=subprocess.DEVNULL)
    yield Case(f"bench/{count}", folder / "ours", {"feedmill.yaml": BENCH_SITE.encode()})


# The name of each corpus, and what gives its cases.
CORPORA = {"articles": articles, "sites": sites, "project": project, "corpora": corpora, "cases": reported}
