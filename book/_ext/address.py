"""The addresses of the site and of its repository: three settings, from the environment, and what follows from them.

    REPOSITORY_URL   such as https://github.com/someone/let-it-crash: issue link, and launch buttons from it
    REPOSITORY_TAG   the commit or tag that launch buttons open; tools/build.py fills in the commit that it builds
    SITE_URL         where the site is published: canonical addresses, previews, the 404 page of a site under a path

The publishing workflow sets them from the repository that runs it, so that a fork's site points to the fork. Where one
is not set, all that needs it is left out: no link goes nowhere.
"""

import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config


def set_addresses(app: Sphinx, config: Config) -> None:
    """Hand the three settings to the theme and to the extensions that use them."""
    repository = os.environ.get("REPOSITORY_URL", "").rstrip("/")
    site = os.environ.get("SITE_URL", "").rstrip("/")
    config.repository_url = repository
    config.repository_tag = os.environ.get("REPOSITORY_TAG", "") or "main"
    if repository:
        config.html_theme_options.update(
            repository_url=repository, repository_branch=config.repository_tag, use_issues_button=True
        )
    if site:
        config.html_baseurl = f"{site}/"
        config.ogp_site_url = f"{site}/"
        config.ogp_image = f"{site}/_static/card.png"
        config.ogp_custom_meta_tags = ('<meta name="twitter:card" content="summary_large_image">',)
        printed = f'<p><a href="{site}/let-it-crash.pdf">The whole book as a PDF</a></p>'  # the workflow prints it
        config.html_theme_options["extra_footer"] = config.html_theme_options.get("extra_footer", "") + printed


def commit_dates(root: Path) -> dict[str, date]:
    """The day of the last commit of each file; nothing outside a git clone. One call for all pages."""
    command = ["git", "-c", "core.quotePath=false", "log", "--format=%x00%cs", "--name-only", "--relative"]
    try:
        log = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return {}
    days: dict[str, date] = {}
    for commit in log.split("\0")[1:]:
        day, *names = commit.strip().split("\n")
        for name in filter(None, names):
            days.setdefault(name, date.fromisoformat(day))
    return days


def show_last_update(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Say when a page's source was last committed: the same words in every build of the same commit."""
    if doctree is None:
        return
    source = Path(app.env.doc2path(page)).relative_to(app.srcdir).as_posix()
    if day := app.commit_dates.get(source):
        context["last_updated"] = f"{day.day} {day:%B %Y}"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_config_value("repository_url", "", "html")
    app.add_config_value("repository_tag", "main", "html")
    app.commit_dates = commit_dates(Path(app.srcdir))
    app.connect("config-inited", set_addresses, priority=100)
    app.connect("html-page-context", show_last_update)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
