#!/usr/bin/env python3
"""Holds `--report sarif` to the schema of SARIF 2.1.0, through the PyPI package that was generated from it.

    python3 -m venv V && V/bin/pip install pydantic-sarif==0.1.1 && V/bin/python tests/sarif.py target/release/feedmill

The document of a folder with faults and the one of a run that failed must both be valid, without a property that the
schema does not know. Exit code 1 where one is not.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Schema

CONFIG = 'site: {title: Test, url: "https://example.org/"}\n'
ARTICLES = {
    "a b.md": "---\ntitle: x\ndate: 30.02.2025\n---\nText.\n",
    "ж%.md": "```\n---\ntitle: y\ndate: 2025-01-01\n---\n<script>alert(1)</script>\n```\n",
    "c.md": "No front matter.\n",
}


def document(mill, folder):
    ran = subprocess.run([mill, "check", "--report", "sarif"], cwd=folder, capture_output=True, check=False)
    return json.loads(ran.stdout)


def main():
    mill = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        failed = document(mill, folder)
        Schema.model_validate(failed)
        pathlib.Path(folder, "content").mkdir()
        pathlib.Path(folder, "feedmill.yaml").write_text(CONFIG)
        for name, text in ARTICLES.items():
            pathlib.Path(folder, "content", name).write_text(text)
        whole = document(mill, folder)
        log = Schema.model_validate(whole)
    results = log.runs[0].results
    # What the schema cannot say: every result is one of a rule, and all articles are told of.
    assert all(log.runs[0].tool.driver.rules[r.ruleIndex].id == r.ruleId for r in results)
    assert len({r.locations[0].physicalLocation.artifactLocation.uri for r in results if r.locations}) >= len(ARTICLES)
    print(f"SARIF 2.1.0: {len(results)} results of {len(log.runs[0].tool.driver.rules)} rules are valid")


if __name__ == "__main__":
    main()
