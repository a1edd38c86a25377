import path from 'node:path'
import { writeFileSync } from 'node:fs'
import { Feed } from 'feed'
import { createContentLoader, type SiteConfig } from 'vitepress'

const baseUrl = 'https://example.org'

export async function genFeed(config: SiteConfig) {
  const feed = new Feed({
    title: 'A VitePress Site',
    description: 'Posts for a recording.',
    id: baseUrl,
    link: baseUrl,
    language: 'en',
    copyright: 'Ed Itor',
  })

  const posts = await createContentLoader('posts/**/*.md', { render: true }).load()
  posts.sort((a, b) => +new Date(b.frontmatter.date) - +new Date(a.frontmatter.date))

  for (const { url, frontmatter, html } of posts) {
    feed.addItem({
      title: frontmatter.title,
      id: `${baseUrl}${url}`,
      link: `${baseUrl}${url}`,
      content: html,
      date: new Date(frontmatter.date),
    })
  }

  writeFileSync(path.join(config.outDir, 'feed.rss'), feed.rss2())
  writeFileSync(path.join(config.outDir, 'feed.atom'), feed.atom1())
  writeFileSync(path.join(config.outDir, 'feed.json'), feed.json1())
}
