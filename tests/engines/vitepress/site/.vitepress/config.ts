import { defineConfig } from 'vitepress'
import { genFeed } from './genFeed'

export default defineConfig({
  title: 'A VitePress Site',
  description: 'Posts for a recording.',
  cleanUrls: true,
  buildEnd: genFeed,
})
