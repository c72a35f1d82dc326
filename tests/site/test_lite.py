"""The browser lane as a learner meets it: from a page's button to a marked exercise, with no kernel elsewhere."""

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import build
import lite
import pytest
import test_determinism
from complaints import watch
from playwright.sync_api import expect

from letitcrash import World
from letitcrash.show.player import reducer
from letitcrash.trace import as_dict

PAGE = "notebooks/01_the_till_and_the_queue"
LABS = sorted(path.parent.name for path in build.ROOT.glob("labs/*/solution.ipynb"))
LONG_EACH_LAB = [pytest.param(lab, marks=pytest.mark.long) for lab in LABS]
EACH_LAB = [*LONG_EACH_LAB[:-1], LABS[-1]]
"""The newest lab; the long suite runs every lab in the browser."""
PATIENCE = 180_000  # milliseconds; a lab's whole solution runs in the browser, on a machine that may be busy

OPEN = "globalThis.jupyterapp?.shell.currentWidget?.context?.isReady"
STARTED = "globalThis.jupyterapp?.shell.currentWidget?.context?.sessionContext?.session?.kernel?.status === 'idle'"
SETTLED = """() => {
    const notebook = globalThis.jupyterapp?.shell.currentWidget?.content;
    if (!notebook?.widgets?.length) return false;
    const cells = notebook.widgets.filter((cell) => cell.model.type === "code" && cell.model.sharedModel.source.trim());
    const errors = cells.some((cell) => cell.model.outputs.toJSON().some((output) => output.output_type === "error"));
    const running = cells.some((cell) => cell.model.executionState === "running");
    return errors ? !running : cells.every((cell) => cell.model.executionCount);
}"""
KEEP_ONE_CELL = """(source) => {
    const notebook = globalThis.jupyterapp.shell.currentWidget.content.model.sharedModel;
    notebook.deleteCellRange(0, notebook.cells.length);
    notebook.insertCell(0, { cell_type: "code", source });
}"""
ANSWER = """([id, source]) => {
    const cells = globalThis.jupyterapp.shell.currentWidget.content.widgets;
    cells.find((cell) => cell.model.id === id).model.sharedModel.setSource(source);
}"""
OUTPUTS = """() => globalThis.jupyterapp.shell.currentWidget.content.widgets.map((cell) => ({
    id: cell.model.id,
    source: cell.model.sharedModel.source,
    outputs: cell.model.type === "code" ? cell.model.outputs.toJSON() : [],
}))"""

WORLD = """from letitcrash import World
from letitcrash.show import watch

async def clerk(me):
    while await me.receive() != "eggs":
        await me.sleep(0.5)
    raise ValueError("dropped eggs")

world = World(seed=6)
pid = world.spawn(clerk, name="till 1")
for second in range(40):
    world.at(second / 4, world.send, pid, "eggs" if second == 9 else f"item {second}")
watch(world, until=8)
"""


class Lane:
    """A page in the browser lane, driven through JupyterLite's own commands."""

    def __init__(self, page):
        self.page = page

    def wait_until_open(self) -> None:
        """Wait until the notebook is there to read and edit; Python may still be starting."""
        self.page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=PATIENCE)
        self.page.wait_for_function(OPEN, timeout=PATIENCE)

    def do(self, command: str) -> None:
        self.page.evaluate("(command) => globalThis.jupyterapp.commands.execute(command)", command)

    def run_all(self) -> dict[str, list[dict]]:
        """Run every cell; the outputs of each, by the cell's id."""
        self.page.wait_for_function(STARTED, timeout=PATIENCE)
        self.page.evaluate("() => { void globalThis.jupyterapp.commands.execute('notebook:run-all-cells'); }")
        self.page.wait_for_function(SETTLED, timeout=PATIENCE)
        return {cell["id"]: cell["outputs"] for cell in self.page.evaluate(OUTPUTS)}

    def sources(self) -> dict[str, str]:
        return {cell["id"]: cell["source"] for cell in self.page.evaluate(OUTPUTS)}

    def save(self) -> None:
        self.do("docmanager:save")


@pytest.fixture
def press_run(open_page):
    """`press_run(PAGE)` opens a page of the site and presses its button; what comes is a Lane."""

    def press_run(page: str) -> Lane:
        opened = open_page(f"{page}.html")
        opened.get_by_role("link", name="Run in your browser").click()
        lane = Lane(opened)
        lane.wait_until_open()
        return lane

    return press_run


def errors(outputs: dict[str, list[dict]]) -> list[str]:
    """The cells that raised, with what they said."""
    return [
        f"{name}: {output['ename']}: {output['evalue']}"
        for name, cell in outputs.items()
        for output in cell
        if output["output_type"] == "error"
    ]


def said(outputs: list[dict]) -> str:
    """All text of a cell's outputs."""
    return json.dumps(outputs)


def work_with(folder: Path, path: str, notebook: Path) -> Path:
    """A file of work in which `path` holds the notebook `notebook`."""
    files = {path: {"format": "json", "content": json.loads(notebook.read_text())}}
    file = folder / "work.json"
    file.write_text(json.dumps({"letitcrash": "work", "version": 1, "files": files, "bets": {}}))
    return file


def bring(page, site: str, file: Path) -> str:
    """Bring `file` back on the page Your work; what the page says."""
    page.goto(f"{site}book/your-work.html")
    page.locator(".lic-work input").set_input_files(file)
    page.locator(".lic-work-said p").first.wait_for()
    return page.locator(".lic-work-said").inner_text()


def test_a_page_says_what_the_start_costs_before_it_is_pressed(open_page):
    link = open_page(f"{PAGE}.html").get_by_role("link", name="Run in your browser")
    assert " s, " in link.inner_text() and " MB" in link.inner_text()


def test_a_notebooks_links_lead_to_files_of_the_lane(site_folder):
    files = site_folder / "lite" / "files"
    links = {
        (notebook, target)
        for notebook in files.rglob("*.ipynb")
        for cell in json.loads(notebook.read_text())["cells"]
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", re.sub("`.*?`", "", "".join(cell["source"])))
        if cell["cell_type"] == "markdown"
    }
    assert len(links) > len(LABS)
    assert [f"{notebook.name}: {target}" for notebook, target in links if not (notebook.parent / target).exists()] == []
    assert (site_folder / "lite" / "tree" / "index.html").exists(), "the list of files, behind the logo"


def test_a_chapter_runs_to_its_end_and_then_this_python_gives_the_same_traces_and_a_world_to_watch(press_run):
    """To start Python takes longest, so one kernel does it all."""
    lane = press_run(PAGE)
    runs_to_its_end(lane)
    gives_the_same_traces(lane)
    goes_on_with_a_world_that_is_watched(lane)


def runs_to_its_end(lane: Lane) -> None:
    outputs = lane.run_all()
    assert errors(outputs) == []
    assert lane.page.locator(".lic").count() >= 8, "the chapter's explorables are not there"
    assert lane.page.complaints.all() == [], "among them that Python did not start from the picture of its memory"


def test_the_site_has_no_file_of_an_earlier_lane(site_folder):
    here, made = ({path.relative_to(top) for path in top.rglob("*")} for top in (site_folder / "lite", lite.LITE))
    assert here == made


# Both are unpacked by the same function and in the same moment; the long suite damages each.
@pytest.mark.parametrize("damaged", ["memory", pytest.param("packages", marks=pytest.mark.long)])
def test_python_starts_from_nothing_where_its_picture_is_damaged(damaged, browser, site_folder, served, tmp_path):
    shutil.copytree(site_folder / "lite", tmp_path / "lite", copy_function=os.symlink)
    (part,) = (tmp_path / "lite" / "static" / "pyodide").glob(f"{damaged}.*.bin")
    half = part.read_bytes()[: part.stat().st_size // 2]
    part.unlink()
    part.write_bytes(half)
    site = served(tmp_path)
    page = browser.new_context().new_page()
    complaints = watch(page, site)
    page.goto(f"{site}lite/notebooks/index.html?path={PAGE}.ipynb")
    lane = Lane(page)
    lane.wait_until_open()
    page.evaluate(KEEP_ONE_CELL, "import simpy, letitcrash; print(letitcrash.World(seed=1).random('eggs').random())")
    (outputs,) = [cell for cell in lane.run_all().values() if cell]
    assert str(World(seed=1).random("eggs").random()) in said(outputs)
    assert any("starts without the picture" in words for words in complaints.console) and complaints.foreign == []
    page.context.close()


def gives_the_same_traces(lane: Lane) -> None:
    lane.page.evaluate(KEEP_ONE_CELL, test_determinism.STORES)
    (outputs,) = [cell for cell in lane.run_all().values() if cell]
    printed = "".join(output["text"] for output in outputs)
    assert hashlib.sha256(printed.encode()).hexdigest() == test_determinism.GOLDEN


def goes_on_with_a_world_that_is_watched(lane: Lane) -> None:
    """Play makes the world in the browser's Python go on to its end; what is drawn is what it recorded."""
    lane.page.evaluate(KEEP_ONE_CELL, WORLD)
    assert errors(lane.run_all()) == []
    lane.page.wait_for_function("document.querySelector('.lic-player')?.player", timeout=PATIENCE)
    lane.page.locator(".lic-speed select").select_option("16")
    lane.page.get_by_role("button", name="Play", exact=True).click()
    lane.page.wait_for_function("document.querySelector('.lic-player').player.line.over", timeout=PATIENCE)
    lane.page.wait_for_function("!document.querySelector('.lic-player').player.playing", timeout=PATIENCE)
    n, state = lane.page.evaluate(
        "(({ n, runs }) => [n, runs[0].replay.seek(n)])(document.querySelector('.lic-player').player)"
    )
    names: dict = {}
    exec(WORLD, names)  # the same world here, run by hand
    names["world"].run(until=8)
    events = [as_dict(event) for event in names["world"].trace]
    assert n == len(events)
    assert state == json.loads(json.dumps(reducer.state_at(events, n)))


@pytest.mark.parametrize("lab", LONG_EACH_LAB)
def test_an_untouched_lab_runs_to_its_last_cell_and_scores_nothing(lab, press_run):
    outputs = press_run(f"labs/{lab}/lab").run_all()
    (last,) = errors(outputs)
    words = last.split()
    count = words[words.index("of") - 1]
    assert last.startswith("finish:") and f"{count} of {count} exercises are left" in last


def test_a_check_marks_where_no_file_can_be_seen(open_page, site):
    """In a browser without service workers, as in private mode, the kernel has no folder of ours.

    It is the newest lab, untouched; the long suite runs each also where its files can be seen.
    """
    page = open_page("book/your-work.html")
    page.context.add_init_script("delete Navigator.prototype.serviceWorker")
    page.goto(f"{site}lite/notebooks/index.html?path=labs/{LABS[-1]}/lab.ipynb")
    lane = Lane(page)
    lane.wait_until_open()
    (last,) = errors(lane.run_all())
    assert "exercises are left" in last


@pytest.mark.parametrize("lab", EACH_LAB)
def test_a_labs_solution_runs_to_its_end(lab, press_run, open_page, site, tmp_path):
    page = open_page("book/your-work.html")
    path = f"labs/{lab}/lab.ipynb"
    assert "brought back" in bring(page, site, work_with(tmp_path, path, build.ROOT / f"labs/{lab}/solution.ipynb"))
    page.goto(f"{site}lite/notebooks/index.html?path={path}")
    lane = Lane(page)
    lane.wait_until_open()
    outputs = lane.run_all()
    assert errors(outputs) == []
    assert "exercises stand" in said(outputs["finish"])
    assert not page.complaints.foreign


def test_work_survives_a_reload_and_a_journey_to_another_browser(press_run, open_page, site, tmp_path):
    lane = press_run(f"labs/{LABS[0]}/lab")
    page = lane.page
    page.evaluate(
        """() => {
            const notebook = globalThis.jupyterapp.shell.currentWidget.content;
            notebook.widgets.find((cell) => cell.model.type === "code").model.sharedModel.setSource("mine = 'é'");
        }"""
    )
    lane.save()
    page.reload()
    lane.wait_until_open()
    assert "mine = 'é'" in lane.sources().values()

    page.goto(f"{site}book/your-work.html")
    expect(page.locator(".lic-work-count")).to_contain_text("1 notebook")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my work").click()
    file = tmp_path / "work.json"
    download.value.save_as(file)

    other = open_page("book/your-work.html")
    assert "brought back" in bring(other, site, file)
    assert "here already" in bring(other, site, file)
    other.goto(f"{site}lite/notebooks/index.html?path=labs/{LABS[0]}/lab.ipynb")
    arrived = Lane(other)
    arrived.wait_until_open()
    assert "mine = 'é'" in arrived.sources().values()


def test_what_was_there_is_set_aside(open_page, site, tmp_path):
    page = open_page("book/your-work.html")
    path = f"labs/{LABS[0]}/lab.ipynb"
    bring(page, site, work_with(tmp_path, path, build.ROOT / f"labs/{LABS[0]}/lab.ipynb"))
    words = bring(page, site, work_with(tmp_path, path, build.ROOT / f"labs/{LABS[0]}/solution.ipynb"))
    assert f".letitcrash/before/{path}" in words


@pytest.mark.parametrize(
    "text, word",
    [
        ('{"letitcrash": "work", "ver', "damaged"),
        ("[]", "another kind"),
        ('{"letitcrash": "work", "version": 9}', "version 9"),
    ],
)
def test_a_file_that_is_no_work_is_refused_in_words(text, word, open_page, site, tmp_path):
    file = tmp_path / "work.json"
    file.write_text(text)
    words = bring(open_page("book/your-work.html"), site, file)
    assert word in words and "Nothing here was lost" in words


def test_where_storage_is_full_neither_notebooks_nor_bets_change(open_page, site, tmp_path):
    page = open_page("book/your-work.html")
    page.context.add_init_script(
        """IDBObjectStore.prototype.put = () => { throw new DOMException("no room", "QuotaExceededError"); };"""
    )
    file = work_with(tmp_path, f"labs/{LABS[0]}/lab.ipynb", build.ROOT / f"labs/{LABS[0]}/lab.ipynb")
    file.write_text(json.dumps({**json.loads(file.read_text()), "bets": {"letitcrash/a/bet": "17"}}))
    assert "storage is full; nothing was changed" in bring(page, site, file)
    assert page.evaluate("localStorage.getItem('letitcrash/a/bet')") is None


def test_a_browser_that_keeps_nothing_is_told_so_before_and_on_the_page_your_work(open_page, site):
    page = open_page("book/your-work.html")
    page.context.add_init_script(
        """IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); };"""
    )
    page.reload()
    page.locator(".lic-work-said p", has_text="keeps nothing").wait_for()
    page.goto(f"{site}{PAGE}.html")
    page.get_by_role("link", name="Run in your browser").click()
    page.get_by_role("button", name="Run it all the same").wait_for()
    expect(page.locator(".lic-start")).to_contain_text("keeps nothing")


def test_the_start_shows_how_far_it_is(open_page):
    page = open_page(f"{PAGE}.html")
    held = []
    page.route("**/memory.*.bin", lambda route: held.append(route))
    page.get_by_role("link", name="Run in your browser").click()
    page.wait_for_function("document.querySelector('.lic-start progress')?.value > 1e7")
    assert 0 < page.evaluate("(({ value, max }) => value / max)(document.querySelector('.lic-start progress'))") < 1
    expect(page.locator(".lic-start")).to_contain_text(re.compile(r"Fetching Python: \d+ of \d+ MB"))
    held[0].abort()
    page.locator(".lic-start", has_text="could not be fetched").wait_for()


def test_under_a_path_a_reader_gets_from_the_welcome_page_to_a_passed_exercise(browser, site_folder, served, tmp_path):
    """As on the pages of a project, whose site is not at the root of its host."""
    (tmp_path / "fork").symlink_to(site_folder)
    site = f"{served(tmp_path)}fork/"
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    complaints = watch(page, site)
    page.goto(site)
    page.get_by_role("link", name="Put a number on the line").click()
    page.get_by_role("link", name="Run in your browser").click()
    lane = Lane(page)
    lane.wait_until_open()
    solution = json.loads((build.ROOT / f"labs/{LABS[0]}/solution.ipynb").read_text())["cells"]
    answer = next(cell for cell in solution if "exercise" in cell["metadata"].get("tags", []))
    page.evaluate(ANSWER, [answer["id"], "".join(answer["source"])])
    check = next(
        cell for cell in solution if f'check("{answer["id"].removeprefix("exercise-")}")' in "".join(cell["source"])
    )
    assert "stands" in said(lane.run_all()[check["id"]])
    assert complaints.foreign == []
    page.context.close()


def test_a_browser_without_webassembly_is_told_before_it_leaves_the_page(open_page):
    page = open_page(f"{PAGE}.html")
    page.evaluate("delete globalThis.WebAssembly")
    page.get_by_role("link", name="Run in your browser").click()
    expect(page.locator(".lic-start")).to_contain_text("WebAssembly")
    assert page.url.endswith(f"{PAGE}.html")


def test_a_browser_without_service_workers_is_told_what_will_not_last(open_page):
    page = open_page(f"{PAGE}.html")
    page.evaluate("delete Navigator.prototype.serviceWorker")
    page.get_by_role("link", name="Run in your browser").click()
    place = page.locator(".lic-start")
    place.get_by_role("button", name="Run it all the same").wait_for()
    expect(place).to_contain_text("service workers")


def test_a_browser_that_refuses_the_service_worker_is_told_so_and_may_go_on(open_page):
    page = open_page(f"{PAGE}.html")
    refuse = "async () => { throw new Error('no cookies, no worker'); }"
    page.evaluate(f"() => {{ ServiceWorkerContainer.prototype.register = {refuse}; }}")
    page.get_by_role("link", name="Run in your browser").click()
    place = page.locator(".lic-start")
    place.get_by_role("button", name="Run it all the same").wait_for()
    expect(place).to_contain_text("no cookies, no worker")
    expect(place).to_contain_text("Save your notebook as a file")


def test_the_start_asks_the_browser_to_keep_what_is_done_there(open_page):
    page = open_page(f"{PAGE}.html")
    note = "async () => { globalThis.asked = true; return false; }"
    page.evaluate(f"() => {{ StorageManager.prototype.persist = {note}; }}")
    page.route("**/memory.*.bin", lambda route: None)
    page.get_by_role("link", name="Run in your browser").click()
    page.wait_for_function("globalThis.asked")


@pytest.mark.parametrize("kept, words", [("true", "until you clear them"), ("false", "save a copy")])
def test_the_page_your_work_says_how_long_a_browser_keeps_it(kept, words, open_page, site, tmp_path):
    page = open_page("book/your-work.html")
    page.context.add_init_script(f"StorageManager.prototype.persisted = async () => {kept};")
    file = work_with(tmp_path, f"labs/{LABS[0]}/lab.ipynb", build.ROOT / f"labs/{LABS[0]}/lab.ipynb")
    bring(page, site, file)
    page.reload()
    page.locator(".lic-work-count", has_text=words).wait_for()


def test_every_page_of_the_lane_names_a_favicon_that_is_there(site_folder):
    pages = list((site_folder / "lite").rglob("index.html"))
    assert len(pages) >= 4
    for page in pages:
        icon = re.search(r'<link rel="icon"[^>]* href="([^"]+)"', page.read_text())
        assert icon and (page.parent / icon[1]).resolve().is_file(), page


def test_no_notebook_of_the_lane_shows_a_role(site_folder):
    notebooks = list((site_folder / "lite" / "files").rglob("*.ipynb"))
    assert len(notebooks) >= len(LABS)
    for notebook in notebooks:
        assert re.findall(r"\{[a-z][\w:.-]*\}`", notebook.read_text()) == [], notebook


def test_a_notebook_that_is_opened_again_says_that_its_pictures_need_another_run(press_run):
    lane = press_run(PAGE)
    lane.page.evaluate(KEEP_ONE_CELL, WORLD)
    assert errors(lane.run_all()) == []
    lane.page.locator(".lic-player").wait_for(timeout=PATIENCE)
    lane.save()
    lane.page.reload()
    lane.wait_until_open()
    lane.page.locator(".jp-OutputArea-output", has_text="Run this cell again").first.wait_for(timeout=PATIENCE)
    assert "Loading widget" not in lane.page.inner_text("body")


def test_a_page_opened_from_a_file_says_what_works_instead(browser, site_folder):
    context = browser.new_context()
    page = context.new_page()
    page.goto((site_folder / f"{PAGE}.html").as_uri())
    page.get_by_role("link", name="Run in your browser").click()
    expect(page.locator(".lic-start")).to_contain_text("opened from a file")
    context.close()
