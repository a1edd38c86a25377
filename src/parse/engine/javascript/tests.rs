//! Forms found in real configs, and damaged input.

use super::Literals;

#[test]
fn keys_with_the_keys_around_them() {
    let read = Literals::new(
        r#"
        // title: "no"
        import {themes} from "x"; /* url: 'no' */
        const SITE = 'https://e.org';
        const config: Config = {
          title: "It's",
          url: SITE, baseUrl: `/docs/`,
          'trailingSlash': true,
          i18n: { defaultLocale: 'en', locales: ['en', "ru"] },
          presets: [['classic', /** @type {x} */ ({ blog: { routeBasePath: "/news", path: './b' } })]],
          themeConfig: { navbar: { title: 'Other' }, re: /["']{/g },
          computed: `${SITE}/x`, called: f('no'), env: process.env.URL || "https://f.org",
          sum: "a" + "b", fn() { return { title: 'no' } },
          last: 'yes' as const,
        };
        export default config;
    "#,
    );
    assert_eq!(read.text("title"), Some("It's"));
    assert_eq!(read.text("url"), Some("https://e.org"));
    assert_eq!(read.text("baseUrl"), Some("/docs/"));
    assert_eq!(read.word("trailingSlash"), Some("true"));
    assert_eq!(read.text("i18n.defaultLocale"), Some("en"));
    assert_eq!(read.all("i18n.locales"), ["en", "ru"]);
    assert_eq!(read.text("blog.routeBasePath"), Some("/news"));
    assert_eq!(read.text("computed"), None);
    assert_eq!(read.text("called"), None);
    assert_eq!(read.text("sum"), None);
    assert_eq!(read.text("env"), Some("https://f.org"));
    assert_eq!(read.text("last"), Some("yes"));
}

#[test]
fn other_forms() {
    let read = Literals::new("module.exports = {\n site: {title: 'A',\n url: 'https://e.org'}\n}");
    assert_eq!(read.text("site.title"), Some("A"));
    let read = Literals::new("export default defineConfig({ site: \"https://e.org\", base: '/b' })");
    assert_eq!((read.text("site"), read.text("base")), (Some("https://e.org"), Some("/b")));
    let read = Literals::new("export const SITE_TITLE = 'Blog'\nexport const SITE_DESCRIPTION = `About`\n");
    assert_eq!((read.constant("SITE_TITLE"), read.constant("SITE_DESCRIPTION")), (Some("Blog"), Some("About")));
    let read = Literals::new("export const SITE: Site = {\n  website: \"https://e.org/\", // x\n  title: 'T'\n}");
    assert_eq!((read.text("website"), read.text("title")), (Some("https://e.org/"), Some("T")));
    let read = Literals::new("module.exports = function(c) { return { dir: { input: \"src\" }, pathPrefix: '/x/' } }");
    assert_eq!((read.text("dir.input"), read.text("pathPrefix")), (Some("src"), Some("/x/")));
}

#[test]
fn damage_ends() {
    for text in ["{", "}", "'", "\"\\", "`${", "/*", "/", "a: b: c", "[[[[{a:", "x = ", "{a:'б", "é: '"] {
        let _ = Literals::new(text);
        let _ = Literals::new(&text.repeat(3_000));
    }
}

#[test]
fn the_config_lies_higher_up_than_what_functions_in_the_file_make() {
    let read = Literals::new(
        "const users = list.map(user => ({ title: 'no', url: `x${1}` }));\n\
         function f(a) { a.push({ title: 'no', url: a.b || 'no' }); return [{ title: 'no' }]; }\n\
         const siteConfig = { x: [{ title: 'no' }], title: 'Yes', url: 'https://e.org' };\nmodule.exports = siteConfig;",
    );
    assert_eq!((read.text("title"), read.text("url")), (Some("Yes"), Some("https://e.org")));
}
