import time

BLOG_AUTHOR = "Ed Itor"  # (translatable)
BLOG_TITLE = "A Nikola Site"  # (translatable)
SITE_URL = "https://example.org/blog/"
BLOG_EMAIL = "editor@example.org"
BLOG_DESCRIPTION = "Posts for a recording."  # (translatable)
DEFAULT_LANG = "en"
TRANSLATIONS = {
    DEFAULT_LANG: "",
}
TRANSLATIONS_PATTERN = '{path}.{lang}.{ext}'
NAVIGATION_LINKS = {
    DEFAULT_LANG: (
        ("/archive.html", "Archives"),
        ("/categories/index.html", "Tags"),
        ("/rss.xml", "RSS feed"),
    ),
}
THEME = "bootblog4"
POSTS = (
    ("posts/*.rst", "posts", "post.tmpl"),
    ("posts/*.md", "", "post.tmpl"),
)
PAGES = (
    ("pages/*.rst", "pages", "page.tmpl"),
    ("pages/*.md", "pages", "page.tmpl"),
)
TIMEZONE = "Europe/Berlin"
COMPILERS = {
    "rest": ['.rst', '.txt'],
    "markdown": ['.md', '.mdown', '.markdown'],
    "html": ['.html', '.htm'],
}
STRIP_INDEXES = True
PRETTY_URLS = False
MARKDOWN_EXTENSIONS = ['markdown.extensions.fenced_code', 'markdown.extensions.codehilite', 'markdown.extensions.extra']
ATOM_FILENAME_BASE = "feed"
COMMENT_SYSTEM = ""
LICENSE = ""
CONTENT_FOOTER = 'Contents &copy; {date} {author}'
CONTENT_FOOTER_FORMATS = {
    DEFAULT_LANG: ((), {"email": BLOG_EMAIL, "author": BLOG_AUTHOR, "date": time.gmtime().tm_year, "license": LICENSE})
}
RSS_COPYRIGHT = ''
RSS_COPYRIGHT_PLAIN = ''
RSS_COPYRIGHT_FORMATS = CONTENT_FOOTER_FORMATS
GLOBAL_CONTEXT = {}
GLOBAL_CONTEXT_FILLER = []
