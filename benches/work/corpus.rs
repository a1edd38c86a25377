//! The articles that the stage benchmarks work on: the same on every machine, in the project's own dialect, with bodies of
//! about five kilobytes, half of them Russian; every eighth holds raw HTML. Held in memory: no disk is measured.

use feedmill::internals::model::{
    Article, ArticlePath, BodyFault, Extent, FileBytes, Image, ImageFacts, ReadFault, World,
};
use feedmill::internals::parse;
use std::collections::HashMap;

const ENGLISH: &str = "market network protocol exchange investor capital fee user developer layer scaling security asset \
                       yield upgrade launch wallet regulator report growth decline the a of in for with by that which";
const RUSSIAN: &str = "рынок сеть протокол биржа инвестор капитал комиссия пользователь разработчик решение уровня актив \
                       доходность обновление запуск кошелёк регулятор отчёт рост снижение в на с для по из от при";
const TAGS: [&str; 12] = [
    "Ethereum",
    "Layer2",
    "DeFi",
    "Биткоин",
    "NFT",
    "Starknet",
    "Регулирование",
    "DAO",
    "Mining",
    "Биржи",
    "Rollups",
    "C++",
];

/// Files by path, and the paths in their order.
pub struct Corpus {
    pub paths: Vec<ArticlePath>,
    pub files: HashMap<ArticlePath, String>,
}

impl Corpus {
    /// Of so many articles.
    pub fn with_articles(articles: usize) -> Self {
        let mut dice = Dice(20_250_608);
        let made = (0..articles).map(|n| {
            let day = 1 + n % 28;
            let path = ArticlePath::new(&format!("{}/{:02}/post-{n:05}.md", 2019 + n % 6, 1 + n % 12));
            (path, front_matter(n, day, &mut dice) + &body(n, &mut dice))
        });
        let files: HashMap<ArticlePath, String> = made.collect();
        let mut paths: Vec<ArticlePath> = files.keys().cloned().collect();
        paths.sort();
        Self { paths, files }
    }

    pub fn text(&self, path: &ArticlePath) -> &str {
        &self.files[path]
    }
}

impl World for Corpus {
    fn read(&self, path: &ArticlePath, extent: Extent) -> Result<FileBytes, ReadFault> {
        let text = self.text(path).as_bytes();
        let short = extent == Extent::Start && text.len() > 4096;
        let bytes = if short { &text[..4096] } else { text };
        Ok(FileBytes { bytes: bytes.to_vec(), extent: if short { Extent::Start } else { Extent::Whole } })
    }

    fn body(&self, article: &Article) -> Result<String, BodyFault> {
        Ok(parse::body(self.text(&article.path), article.body).to_owned())
    }

    fn image(&self, _: &Image) -> Option<ImageFacts> {
        None
    }
}

fn front_matter(n: usize, day: usize, dice: &mut Dice) -> String {
    let (month, year) = (1 + n % 12, 2019 + n % 6);
    let date = match n % 3 {
        0 => format!("{day:02}.{month:02}.{year}"),
        1 => format!("{year}-{month:02}-{day:02}T{:02}:{:02}:00+03:00", n % 24, n % 60),
        _ => format!("{year}-{month:02}-{day:02}"),
    };
    let (first, second) = (TAGS[dice.below(TAGS.len())], TAGS[dice.below(TAGS.len())]);
    format!(
        "---\ntitle: \"{} {n}\"\nslug: post-{n}\ndate: {date}\nimage: https://img.example.org/{n}.webp\nimage_alt: {}\n\
         tags: [{first}, {second}]\nsource: DeFiBank\nauthor: Анна Петрова\n---\n",
        sentence(n, dice).trim_end_matches('.'),
        sentence(n + 1, dice).trim_end_matches('.'),
    )
}

fn body(n: usize, dice: &mut Dice) -> String {
    let mut text = String::new();
    while text.len() < 4500 {
        match dice.below(9) {
            0 => text.push_str(&format!("## {}\n\n", sentence(n, dice))),
            1 => text.push_str(
                "```rust\nlet total: u64 = blocks.iter().map(|b| b.fee).sum();\nif a < b && c > d {}\n```\n\n",
            ),
            2 => text.push_str(&format!("- {}\n- **{}**\n\n", sentence(n, dice), sentence(n, dice))),
            3 => text.push_str(&format!("> {}\n\n", sentence(n, dice))),
            4 if n.is_multiple_of(8) => {
                text.push_str("<div class=\"x\" onclick=\"no()\"><b>Raw</b> &amp; <i>HTML</i></div>\n\n")
            }
            _ => {
                let link =
                    format!("[{}](https://example.org/{}?a=1&b=2)", TAGS[dice.below(TAGS.len())], dice.below(999));
                text.push_str(&format!("{} {link} {} {}\n\n", sentence(n, dice), sentence(n, dice), sentence(n, dice)));
            }
        }
    }
    text
}

fn sentence(n: usize, dice: &mut Dice) -> String {
    let words: Vec<&str> = if n.is_multiple_of(2) { RUSSIAN } else { ENGLISH }.split_whitespace().collect();
    let picked: Vec<&str> = (0..8 + dice.below(8)).map(|_| words[dice.below(words.len())]).collect();
    picked.join(" ") + "."
}

/// A linear congruential generator (Knuth, MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}
