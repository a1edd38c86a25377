// @ts-check

/** @type {import('@docusaurus/types').Config} */
const config = {
  title: 'A Docusaurus Site',
  tagline: 'Posts for a recording',

  future: {
    v4: true, // Improve compatibility with the upcoming Docusaurus v4
  },

  // Set the production url of your site here
  url: 'https://example.org',
  baseUrl: '/site/',

  trailingSlash: true,
  onBrokenLinks: 'ignore',

  i18n: {
    defaultLocale: 'en',
    locales: ['en'],
  },

  presets: [
    [
      'classic',
      /** @type {import('@docusaurus/preset-classic').Options} */
      ({
        docs: false,
        blog: {
          routeBasePath: '/',
          showReadingTime: true,
          feedOptions: {
            type: ['rss', 'atom'],
          },
          onInlineTags: 'ignore',
          onInlineAuthors: 'ignore',
          onUntruncatedBlogPosts: 'ignore',
        },
      }),
    ],
  ],

  themeConfig: {
    navbar: {
      title: 'A Docusaurus Site',
      items: [{to: '/blog', label: 'Blog', position: 'left'}],
    },
  },
};

export default config;
