// What rss-parser and feedsmith read of a feed, as JSON: parse.mjs FILE.
import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";
import Parser from "rss-parser";

const text = readFileSync(process.argv[2], "utf8");
const read = { feedsmith: parseFeed(text).feed };
if (text.startsWith("<")) read.rssParser = await new Parser().parseString(text);
console.log(JSON.stringify(read));
