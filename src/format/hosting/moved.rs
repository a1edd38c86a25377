//! 301 and 410 for addresses of the config, for exactly these paths, with any query.

use super::{Served, literal};

impl Served<'_> {
    /// A regular expression for each redirected path, with the URL it leads to.
    fn redirects(&self) -> Vec<(String, String)> {
        let all = self.old.redirects.iter();
        all.map(|one| (self.exact(one.from.address()), format!("{}{}", self.base, one.to.address()))).collect()
    }

    /// A regular expression for each path that is gone.
    fn gone(&self) -> Vec<String> {
        self.old.gone.iter().map(|(path, _)| self.exact(path.address())).collect()
    }

    fn exact(&self, address: &str) -> String {
        format!("^{}{}$", literal(&self.plain_path), literal(address))
    }
}

/// Locations of nginx.
pub(super) fn nginx(served: &Served<'_>) -> String {
    let redirects = served.redirects().into_iter();
    let redirects = redirects.map(|(from, to)| format!("location ~ \"{from}\" {{\n    return 301 '{to}';\n}}\n"));
    let gone = served.gone().into_iter().map(|path| format!("location ~ \"{path}\" {{\n    return 410;\n}}\n"));
    redirects.chain(gone).collect()
}

/// Lines of mod_alias.
pub(super) fn apache(served: &Served<'_>) -> String {
    let redirects = served.redirects().into_iter().map(|(from, to)| format!("RedirectMatch 301 \"{from}\" \"{to}\"\n"));
    let gone = served.gone().into_iter().map(|path| format!("RedirectMatch 410 \"{path}\"\n"));
    redirects.chain(gone).collect()
}

/// Matchers of Caddy.
pub(super) fn caddy(served: &Served<'_>) -> String {
    let redirects = served.redirects().into_iter().enumerate().map(|(n, (from, to))| {
        let name = format!("feedmill_redirect_{n}");
        format!("@{name} path_regexp `{from}`\nredir @{name} `{to}` 301\n")
    });
    let gone = served.gone().into_iter().enumerate().map(|(n, path)| {
        let name = format!("feedmill_gone_{n}");
        format!("@{name} path_regexp `{path}`\nhandle @{name} {{\n    error 410\n}}\n")
    });
    redirects.chain(gone).collect()
}

/// `_redirects` of Netlify and Cloudflare Pages, where folders are answered with their feeds as well. Cloudflare knows no 410.
pub(super) fn list(served: &Served<'_>, knows_gone: bool) -> Option<String> {
    let path = served.path;
    let mut text = String::new();
    for one in &served.old.redirects {
        text.push_str(&format!("{path}{} {path}{} 301\n", one.from.address(), one.to.address()));
    }
    for (gone, _) in &served.old.gone {
        text.push_str(&match knows_gone {
            true => format!("{path}{} /404.html 410\n", gone.address()),
            false => format!("# Cloudflare Pages cannot answer 410 at {path}{}\n", gone.address()),
        });
    }
    for (document, format) in &served.documents {
        if let [folder, file] = served.addresses(document, *format).as_slice() {
            text.push_str(&format!("{path}{folder} {path}{file} 200\n"));
        }
    }
    (!text.is_empty()).then_some(text)
}
