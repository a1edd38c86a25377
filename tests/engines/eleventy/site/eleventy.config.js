import { feedPlugin } from "@11ty/eleventy-plugin-rss";

const feed = (type, outputPath) => ({
  type, // or "rss", "json"
  outputPath,
  collection: {
    name: "posts", // iterate over `collections.posts`
    limit: 0, // 0 means no limit
  },
  metadata: {
    language: "en",
    title: "An Eleventy Site",
    subtitle: "Posts for a recording.",
    base: "https://example.org/",
    author: {
      name: "Ed Itor",
      email: "", // Optional
    },
  },
});

export default function (eleventyConfig) {
  eleventyConfig.addPreprocessor("drafts", "*", (data) => {
    if (data.draft && process.env.ELEVENTY_RUN_MODE === "build") {
      return false;
    }
  });
  eleventyConfig.addPlugin(feedPlugin, feed("atom", "/feed.xml"));
  eleventyConfig.addPlugin(feedPlugin, feed("rss", "/feed.rss"));
  eleventyConfig.addPlugin(feedPlugin, feed("json", "/feed.json"));
}

export const config = {
  dir: { input: "content", output: "_site" },
};
