"""The HTML of figures, explorables, bets and quizzes: the same for a page and for a notebook; scripts fill it."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from letitcrash.show.answers import Curve, Number
from letitcrash.show.controls import Control, choice

HEIGHT = 340  # pixels of a picture that names no height
LINE, NARROW_LINE = 88, 38  # characters of a reading in a line, on a desk and on a phone
ROOM = 24  # characters of options that stand side by side in half the width
FEW = 4  # options shown side by side; more go into a menu


def inline(text: str) -> str:
    """`text` as HTML, with `code`, *emphasis* and **weight** as in Markdown.

    >>> inline("`a < b` is *not* b")
    '<code>a &lt; b</code> is <em>not</em> b'
    """
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", text)


def spoken(text: str) -> str:
    """`text` without the marks that `inline` reads, for names that are read aloud.

    >>> spoken("How long with **six** `tills`?")
    'How long with six tills?'
    """
    return re.sub(r"`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*", lambda found: found[1] or found[2] or found[3], text)


def tag(element: str, inner: str = "", /, **attributes: Any) -> str:
    """An element; `class_` is class, `data_x` is data-x, None is left out, True stands without a value."""
    parts = [element]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        key = key.rstrip("_").replace("_", "-")
        parts.append(key if value is True else f'{key}="{html.escape(str(value))}"')
    opening = f"<{' '.join(parts)}>"
    return opening if element == "input" else f"{opening}{inner}</{element}>"


def card(kind: str, label: str, *parts: str, covered: bool = False, gzipped: int | None = None) -> str:
    """The wrapper that every picture has: a group with a name. `gzipped` notes the weight of its data in bytes."""
    css = f"lic lic-{kind}{' lic-covered' if covered else ''}"
    return tag(
        "div", "".join(parts), class_=css, role="group", aria_label=spoken(label), data_lic=kind, data_gzipped=gzipped
    )


def title(text: str | None) -> str:
    """The title above a picture, or nothing."""
    return tag("p", inline(text), class_="lic-title") if text else ""


def data(json_text: str) -> str:
    """The JSON that a page's script reads."""
    return tag("script", json_text, type="application/json", class_="lic-data")


def stage(reading: str, height: int | None, *, longest: int | None = None, curtain: bool = False) -> str:
    """The reserved place of a picture with its reading below; `longest` is the length of its longest reading."""
    cover = tag("p", "The picture comes after your bet.", class_="lic-curtain") if curtain else ""
    inner = tag("p", class_="lic-axis", aria_hidden="true") + tag("div", class_="lic-plot") + cover
    place = tag("div", inner, class_="lic-stage", style=f"--lic-height:{int(height or HEIGHT)}px")
    room = longest and f"--lic-lines:{-(-longest // LINE)};--lic-lines-narrow:{-(-longest // NARROW_LINE)}"
    below = tag("p", html.escape(reading), class_="lic-reading", style=room)
    return place + below + tag("p", class_="lic-status", role="status")


def floor(most: int, tills: int, reading: str, *, last: int, at: int, drops: bool = False) -> str:
    """A store's floor: a button for each of `most` tills, room for the people, a clock from minute 0 to `last`."""
    buttons = "".join(
        tag("button", tag("span", f"till {till}", class_="lic-floor-name"), type="button", data_till=till,
            aria_pressed="true" if till <= tills else "false")
        for till in range(1, most + 1)
    )  # fmt: skip
    clock = tag(
        "label",
        tag("span", "time of day ", class_="lic-name") + tag("span", class_="lic-floor-time", aria_hidden="true")
        + tag("input", type="range", class_="lic-floor-clock", min=0, max=last, step=1, value=at),
    )  # fmt: skip
    act = tag("button", "Play", type="button", class_="lic-floor-play lic-go") + tag(
        "button", "Walk in now", type="button", class_="lic-floor-walk-in"
    )
    if drops:
        act += tag("button", "Drop the eggs", type="button", class_="lic-floor-drop")
    return (
        tag("form", tag("div", buttons, class_="lic-floor-tills", role="group", aria_label="tills")
            + tag("div", class_="lic-floor-hall", aria_hidden="true")
            + tag("p", class_="lic-floor-more")
            + tag("p", html.escape(reading), class_="lic-floor-reading")
            + tag("div", act + clock, class_="lic-floor-controls"))
        + tag("p", class_="lic-status", role="status")
    )  # fmt: skip


def scene(said: Sequence[str], results: Sequence[Sequence[str]], height: int, asks: str, options: Sequence[str]) -> str:
    """A scene to drag: its place, the sentences of the first result with room for any, and a question's options."""
    lines = lambda width: max(sum(-(-len(sentence) // width) for sentence in each) for each in results)
    room = f"--lic-lines:{lines(LINE)};--lic-lines-narrow:{lines(NARROW_LINE)}"
    asked = _control("option", choice(*options, label=asks)) if asks else ""
    listed = "".join(tag("li", html.escape(sentence)) for sentence in said)
    hint = "Drag the pieces. Or tap one, or reach it with Tab and press the arrow keys."
    return (
        tag("form", asked, class_="lic-scene-asks")
        + tag("div", class_="lic-scene-box", style=f"--lic-height:{height}px")
        + tag("p", hint, class_="lic-hint")
        + tag("ol", listed, class_="lic-scene-said", style=room)
        + tag("p", class_="lic-status", role="status")
    )


TABLE = (
    '<details class="lic-table"><summary>The numbers</summary>'
    '<div class="lic-rows" role="group" tabindex="0" aria-label="The numbers of the picture"></div></details>'
)


def controls(items: Mapping[str, Control], note: str = "") -> str:
    """The inputs, labelled and native."""
    if not items:
        return ""
    rows = "".join(_control(name, item) for name, item in items.items())
    below = tag("p", html.escape(note), class_="lic-note") if note else ""
    return tag("form", rows, class_="lic-controls") + below


def _control(name: str, item: Control) -> str:
    label, texts = html.escape(item.label or name), item.texts()
    fixed = len(item.values) < 2
    if item.kind == "slider":
        value = tag("span", html.escape(texts[item.start]), class_="lic-value", aria_hidden="true")
        last = len(texts) - 1
        widest = max(map(len, texts))
        attributes = {"min": 0, "max": last, "step": 1, "value": item.start, "aria_valuetext": texts[item.start]}
        slide = tag("input", type="range", data_control=name, disabled=fixed, **attributes)
        inner = tag("label", tag("span", label, class_="lic-name") + slide)
        return tag("div", inner + value, class_="lic-control lic-slider", style=f"--lic-widest:{widest}ch")
    if item.kind == "toggle":
        box = tag("input", type="checkbox", role="switch", data_control=name, checked=item.values[item.start],
                  disabled=fixed)  # fmt: skip
        return tag("div", tag("label", box + tag("span", label, class_="lic-name")), class_="lic-control lic-toggle")
    if len(texts) <= FEW:
        radios = "".join(
            tag("label", tag("input", type="radio", name=name, value=index, data_control=name,
                             checked=index == item.start) + tag("span", html.escape(text)))
            for index, text in enumerate(texts)
        )  # fmt: skip
        inner = tag("legend", label, class_="lic-name") + tag("div", radios, class_="lic-segments")
        wide = " lic-wide" if sum(map(len, texts)) > ROOM else ""
        return tag("fieldset", inner, class_=f"lic-control lic-choice{wide}")
    options = "".join(
        tag("option", html.escape(text), value=index, selected=index == item.start) for index, text in enumerate(texts)
    )
    menu = tag("select", options, data_control=name)
    return tag("div", tag("label", tag("span", label, class_="lic-name") + menu), class_="lic-control lic-menu")


def bet_form(question: str, kind: Number | Curve | Control, why: str) -> str:
    """The question, the input for its answer, and the place of the verdict."""
    form = tag(
        "form",
        tag("fieldset", tag("legend", inline(question), class_="lic-question") + _answer(kind))
        + tag("p", class_="lic-problem", role="alert")
        + tag("div", tag("button", "Place the bet", type="submit", class_="lic-go")
              + tag("button", "Show me without one", type="button", class_="lic-skip"), class_="lic-buttons"),
        class_="lic-bet", novalidate=True,
    )  # fmt: skip
    reason = tag("p", inline(why), class_="lic-why") if why else ""
    result = tag("p", class_="lic-outcome") + tag("div", class_="lic-scale", aria_hidden="true") + reason
    again = tag("button", "Bet again", type="button", class_="lic-again")
    asked = tag("p", inline(question), class_="lic-question")
    return form + tag("div", asked + result + again, class_="lic-verdict", tabindex=-1, hidden=True)


def _answer(kind: Number | Curve | Control) -> str:
    if isinstance(kind, Number):
        unit = tag("span", html.escape(kind.unit or "your number"))
        box = tag("input", type="number", name="answer", step="any", min=kind.low, max=kind.high, inputmode="decimal",
                  autocomplete="off")  # fmt: skip
        hint = tag("span", f"from {kind.low:g} to {kind.high:g}", class_="lic-hint")
        return tag("div", tag("label", box + unit) + hint, class_="lic-number")
    if isinstance(kind, Curve):
        return tag("div", class_="lic-sketch")
    return _radios("answer", [str(option) for option in kind.values])


def _radios(name: str, options: Sequence[str]) -> str:
    return tag("div", "".join(
        tag("label", tag("input", type="radio", name=name, value=index) + tag("span", inline(option)))
        for index, option in enumerate(options)
    ), class_="lic-options")  # fmt: skip


def quiz(questions: Sequence[Any]) -> str:
    """The questions as forms, each with its explanation folded away until it is answered."""
    forms = "".join(
        tag("form",
            tag("fieldset", tag("legend", tag("span", f"{number}.", class_="lic-count") + " " + inline(item.text),
                                class_="lic-question") + _radios("answer", item.options))
            + tag("div", tag("button", "Check", type="submit", class_="lic-go"), class_="lic-buttons")
            + tag("div", tag("p", class_="lic-mark")
                  + tag("p", inline(item.because), class_="lic-because", hidden=True),
                  role="status", class_="lic-answer"),
            data_right=item.options.index(item.right), novalidate=True)
        for number, item in enumerate(questions, start=1)
    )  # fmt: skip
    score = tag("p", class_="lic-score", role="status")
    return forms + score + tag("button", "Start again", type="button", class_="lic-again", hidden=True)
