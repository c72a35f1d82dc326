"""Every lab keeps the rules of labs: the starter is derived and worth nothing, the exam knows right from wrong."""

import math
import re
import shutil
import time
from functools import cache
from pathlib import Path

import pytest
from forgeries import forged
from lab_runs import Lab
from suite import LONG, SEEDS

from letitcrash.classroom import parts, references, starter
from letitcrash.classroom.exam import AGREES
from letitcrash.classroom.judge import judge, runs
from letitcrash.classroom.mutants import mutants
from letitcrash.classroom.release import releases
from letitcrash.classroom.verdict import CORRECT

ROOT = Path(__file__).parents[1]
BOOK = [Lab(path.name) for path in sorted((ROOT / "labs").glob("[0-9][0-9]_*"))]
NOT_SEARCHED_YET: set[str] = set()
"""Labs whose exercises have no search; the list is to become empty."""
HANG = 2_000
"""Steps after which a hang is judged: a verdict is the same as after 200,000, and comes at once."""
LABS = {lab.name: lab for folder in (ROOT / "labs", ROOT / "tests" / "toy_labs") for lab in releases(folder)}
NOUNS = "answer|clerk|customer|day|erlang|item|line|message|minute|question|restart|second|start|till|time"
ONE_OF_MANY = re.compile(rf"(?<![\w.,-])1 (?:{NOUNS})s\b(?!:)")
ALWAYS = (None, True, False, 0, 1, 0.5, "", [], {})

EXERCISES = [pytest.param(lab, name, id=f"{lab.name}-{name}") for lab in LABS.values() for name in lab.exercises]
ACCEPTS = [
    pytest.param(lab, each, id=f"{lab.name}-{each.path.stem}") for lab in LABS.values() for each in lab.accepts()
]
REJECTS = [
    pytest.param(lab, each, id=f"{lab.name}-{each.path.stem}") for lab in LABS.values() for each in lab.rejects()
]
each_lab = pytest.mark.parametrize("lab", [pytest.param(lab, id=name) for name, lab in LABS.items()])
each_lab_of_the_book = pytest.mark.parametrize(
    "lab", [pytest.param(lab, id=lab.name) for lab in BOOK if not lab.is_draft]
)
each_exercise = pytest.mark.parametrize(("lab", "name"), EXERCISES)


def failed(verdict):
    return {finding.criterion for finding in verdict.findings if not finding.holds}


@cache
def of_the_solution(lab, name, seed):
    """The evidence of the solution, which several tests of an exercise share."""
    return lab.gathered(lab.exercises[name], lab.reference(lab.exercises[name]), seed)


@each_lab
def test_the_starter_is_what_the_solution_gives(lab):
    derived = starter.write(starter.derive(lab.solution))
    assert (lab.folder / "lab.ipynb").read_text(encoding="utf-8") == derived, "stale: `make labs` derives it again"


@each_lab
def test_no_line_of_the_solution_stands_in_the_starter_outside_its_skeletons(lab):
    """The third hint is a skeleton: it may quote the lines that hold the others, and at most half of them all."""
    written = starter.solution_lines(lab.solution)
    for cell in starter.read(lab.folder / "lab.ipynb")["cells"]:
        quoted = written & {line.strip() for line in cell["source"].splitlines()}
        if not re.fullmatch(r"hint-.*-3", cell["id"]):
            assert not quoted, cell["id"]
            continue
        (own,) = (each for each in lab.solution["cells"] if each["id"] == f"exercise-{cell['id'][5:-2]}")
        assert len(quoted) <= len(starter.solution_lines({"cells": [own]})) / 2, cell["id"]


@each_lab
def test_the_exam_and_the_notebook_name_the_same_exercises(lab):
    cells = {cell["id"] for cell in lab.solution["cells"] if "exercise" in starter.tags(cell)}
    assert cells == {exercise.cell_id for exercise in lab.exercises.values()}


@each_lab
def test_every_exercise_has_three_hints_and_a_check_and_the_last_cell_finishes(lab):
    ids = [cell["id"] for cell in lab.solution["cells"]]
    for exercise in lab.exercises.values():
        name = exercise.cell_id.removeprefix("exercise-")
        assert [each for each in ids if each.startswith(f"hint-{name}-")] == [
            f"hint-{name}-{number}" for number in (1, 2, 3)
        ]
        assert f"check-{name}" in ids
    assert [cell["source"].strip() for cell in lab.solution["cells"]][-1] == "finish()"


@each_lab_of_the_book
def test_each_exercise_says_the_minutes_and_lines_that_its_exam_and_its_solution_have(lab):
    told = re.findall(r"^## \d\..* \((\d+) minutes, (\d+) lines\)$", lab.text, re.MULTILINE)
    table = re.findall(r"^\| \d \| .* \| (\d+) \| (\d+) \|$", lab.text, re.MULTILINE)
    exam = [(str(exercise.minutes), str(exercise.lines)) for exercise in lab.exercises.values()]
    assert told == table == exam
    assert 3 <= len(exam) <= 5
    for exercise in lab.exercises.values():
        assert len(lab.written(exercise)) == exercise.lines, exercise.name


@each_lab_of_the_book
def test_a_lab_takes_an_hour_and_a_quarter_at_most(lab):
    marks = [int(mark) for mark in re.findall(r"\*To here: (\d+) minutes", lab.text)]
    *_, ticket = lab.exercises.values()
    assert marks == sorted(marks) and 45 <= marks[-1] + ticket.minutes <= 75


@each_lab_of_the_book
def test_every_exercise_has_five_misconceptions_and_two_other_right_answers(lab):
    for name in lab.exercises:
        assert sum(sample.exercise == name for sample in lab.rejects()) >= 5, name
        assert sum(sample.exercise == name for sample in lab.accepts()) >= 2, name


@each_exercise
def test_the_solution_scores_full(lab, name):
    exercise = lab.exercises[name]
    for seed in SEEDS:
        verdict = judge(exercise, seed, of_the_solution(lab, name, seed))
        assert verdict.status == CORRECT, f"seed {seed}: {verdict}"


@each_exercise
def test_the_starter_runs_and_what_is_wrong_in_every_lab_scores_nothing(lab, name):
    """Only what returns something could be right by chance, so other answers are asked under one seed."""
    exercise = lab.exercises[name]
    for what, answer in lab.blunders(exercise).items():
        for seed in SEEDS if LONG or what.startswith("returns") else SEEDS[:1]:
            verdict = lab.tried(exercise, answer, seed, steps=HANG if what.startswith("hangs") else None)
            assert verdict.points == 0, f"{what}, seed {seed}: {verdict}"
            if what == "the stub":
                assert verdict.note.startswith("not done yet"), f"{what}: {verdict}"


@each_exercise
def test_an_answer_that_always_says_the_same_scores_nothing(lab, name):
    """Also when what it says is right for one of the cases: the evidence of one case is replayed for all."""
    exercise = lab.exercises[name]
    right = of_the_solution(lab, name, 0)["evidence"]
    for evidence in [*right, *({"value": value} for value in ALWAYS)]:
        verdict = judge(exercise, 0, {"evidence": [evidence] * len(right)})
        assert verdict.points == 0, f"{evidence}: {verdict}"


def numbers_are(instead):
    def change(value):
        if isinstance(value, dict):
            return {key: change(item) for key, item in value.items()}
        if isinstance(value, list):
            return [change(item) for item in value]
        return instead if isinstance(value, int | float) and not isinstance(value, bool) else value

    return change


@each_exercise
@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 10**18, -(10**18), 1e300, 10**299], ids=str)
def test_numbers_beyond_measure_are_judged_at_once_and_make_nothing_right(lab, name, number):
    exercise = lab.exercises[name]
    right = of_the_solution(lab, name, 1)["evidence"]
    changed = [{"value": numbers_are(number)(each["value"])} for each in right]
    if changed == right:
        return  # no number in its evidence
    started = time.process_time()
    verdict = judge(exercise, 1, {"evidence": changed})
    assert verdict.status != CORRECT and time.process_time() - started < 5


@each_exercise
def test_evidence_of_another_seed_is_not_right_for_this_one(lab, name):
    """A forger must know the right answers to cases that are drawn anew."""
    exercise = lab.exercises[name]
    learnt = of_the_solution(lab, name, 0)["evidence"]
    for seed in range(1, 6):
        assert judge(exercise, seed, {"evidence": learnt}).status != CORRECT, seed


@each_exercise
def test_the_case_at_which_an_answer_stopped_is_told_in_words(lab, name):
    exercise = lab.exercises[name]
    stopped = {"error": {"type": "KeyError", "says": "'eggs'", "line": 3, "text": "x['eggs']"}}
    for seed in range(1, 6):
        cases, scenarios = exercise.cases_for(seed), exercise.scenarios_for(seed)
        evidence = {"evidence": [stopped] * len(cases), "searched": [stopped] * len(scenarios)}
        for finding in judge(exercise, seed, evidence).findings:
            told = {str(cell) for row in finding.rows for cell in row}
            raw = {"kind", *(key for case in cases for key in case if "_" in key)}
            assert finding.message.startswith("it stopped with KeyError: 'eggs'")
            assert len(finding.rows) > 1
            assert not told & raw
            assert not [cell for cell in told if re.search(r"\{\W", cell)]


@each_exercise
def test_the_same_seed_asks_the_same_and_another_seed_something_else(lab, name):
    exercise = lab.exercises[name]
    assert exercise.cases_for(3) == exercise.cases_for(3)
    assert exercise.cases_for(3) != exercise.cases_for(4)


@pytest.mark.parametrize(("lab", "sample"), ACCEPTS)
def test_a_correct_answer_of_another_kind_scores_full(lab, sample):
    for seed in SEEDS:
        verdict = lab.tried(lab.exercises[sample.exercise], sample.source, seed)
        assert verdict.status == CORRECT, f"seed {seed}: {verdict}"


@pytest.mark.parametrize(("lab", "sample"), REJECTS)
def test_a_misconception_fails_exactly_what_its_header_names_and_is_told_so(lab, sample):
    """The search finds it under every seed, unless the header says why it need not; its run, if any, is one.

    `check` leaves the run out when the exam cannot make it; here it must be made.
    """
    exercise = lab.exercises[sample.exercise]
    fails, holds = sample.names("fails"), sample.names("holds")
    named = {criterion.name for criterion in exercise.criteria}
    assert (fails | holds) - {AGREES} == named and not fails & holds
    words = sample.fields["word"].split(" or ")
    for seed in SEEDS:
        if LONG or seed == SEEDS[0]:
            evidence = lab.gathered(exercise, sample.source, seed)
            verdict = judge(exercise, seed, evidence)
            failing = failed(verdict)
            for finding in verdict.findings:
                assert not ONE_OF_MANY.search(f"{finding.message} {finding.rows}"), finding.message
                if finding.criterion in fails and not finding.holds:
                    assert any(word in finding.message for word in words), f"seed {seed}: {finding.message}"
            for scene in runs(exercise, seed, evidence):
                assert list(scene.events) == sorted(scene.events, key=lambda event: event.at)
        else:
            failing = lab.failing(exercise, sample.source, seed)
        assert failing - {AGREES} == fails - {AGREES}, f"seed {seed}: {failing}"
        if exercise.searches and "search" not in sample.fields:
            assert AGREES in failing, f"seed {seed}: the search does not find it"


@each_exercise
def test_every_exercise_is_searched_and_a_class_with_two_objects_that_must_not_be_one(lab, name):
    exercise = lab.exercises[name]
    if lab.name in NOT_SEARCHED_YET:
        return
    own = references.names(exercise)
    classes = [each for each in exercise.defines if isinstance(own[each], type)]
    for seed in SEEDS:
        assert judge(exercise, seed, references.expected(exercise, seed)).status == CORRECT
        for each in classes:
            one = references.played(exercise, exercise.job("", seed), {**own, each: sharing(own[each])})
            assert AGREES in failed(judge(exercise, seed, one)), f"seed {seed}: all {each} are one, and nothing tells"


def sharing(cls):
    """A class like `cls` whose objects have all their attributes in common."""
    common = {}

    def __new__(kind, *arguments, **named):
        made = object.__new__(kind)
        made.__dict__ = common
        return made

    return type(cls.__name__, (cls,), {"__new__": __new__, "__module__": cls.__module__})


@each_lab_of_the_book
def test_a_green_ticket_prints_the_figures_that_it_was_judged_by(lab):
    *_, ticket = lab.exercises.values()
    if lab.name in NOT_SEARCHED_YET:
        return
    for seed in SEEDS:
        figures = lab.tried(ticket, lab.reference(ticket), seed).figures
        assert len(re.findall(r"\d+", figures)) >= 2 and figures.endswith("."), figures


@each_exercise
def test_forged_evidence_is_worth_a_quarter_at_most(lab, name):
    """An answer that knows the case and not what is right: it says nothing, a constant, or gives pieces of the case."""
    exercise = lab.exercises[name]
    if lab.name in NOT_SEARCHED_YET:
        return
    for seed in SEEDS[:: 1 if LONG else 3]:  # a seed has hundreds of forgeries
        for how, evidence in forged(exercise, seed):
            verdict = judge(exercise, seed, evidence)
            held = [finding.criterion for finding in verdict.findings if finding.holds]
            assert verdict.points <= verdict.total / 4, f"seed {seed}: {how} is worth {verdict.points}: {held}"


@each_exercise
def test_every_criterion_is_failed_by_some_misconception(lab, name):
    """A column of the kill matrix that is empty is a criterion that nobody needs."""
    exercise = lab.exercises[name]
    killed = set().union(*(sample.names("fails") for sample in lab.rejects() if sample.exercise == name))
    assert {criterion.name for criterion in exercise.criteria} <= killed
    assert any(sample.exercise == name for sample in lab.accepts()), "no accept: a correct answer of another kind"


def test_a_lab_that_breaks_a_rule_is_named(tmp_path):
    lab = shutil.copytree(ROOT / "tests" / "toy_labs" / "00_the_corner_shop", tmp_path / "00_the_corner_shop")
    (lab / "reject" / "no_header.py").write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(starter.LabError, match=r"reject/no_header\.py: its header lacks belief, exercise, fails, word"):
        releases(lab)[0].rejects()


def test_a_sample_that_says_what_differs_is_the_solution_in_all_the_rest(tmp_path):
    lab = shutil.copytree(ROOT / "tests" / "toy_labs" / "00_the_corner_shop", tmp_path / "00_the_corner_shop")
    header = "# exercise: line\n# idea: it says so\n# rest: as in the solution\n"
    last = (
        "class Line:\n    def serve(self):\n        return 'you'\n\n    def close(self):\n        return 'come again'\n"
    )
    (lab / "accept" / "differs.py").write_text(header + last, encoding="utf-8")
    (release,) = releases(lab)
    (sample,) = (each for each in release.accepts() if each.path.stem == "differs")
    exec(sample.source, names := {})
    own, whole = names["Line"], release.reference(release.exercises["line"])
    exec(whole, others := {})
    assert (own.serve(None), own.close(None)) == ("you", "come again")
    assert {name for name in vars(others["Line"])} <= {name for name in vars(own)}
    assert [line for line in sample.source.splitlines() if line in whole.splitlines()].count("class Line:") == 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def f():\n    ### BEGIN SOLUTION\n    ### END SOLUTION", "says what to do"),
        ("### BEGIN SOLUTION all of it\n### END SOLUTION", "inside one function"),
        ("def f():\n    ### BEGIN SOLUTION count", "nothing ends"),
        ("def f():\n    ### END SOLUTION", "no BEGIN"),
        ("def f():\n    ### BEGIN SOLUTION a\n    ### BEGIN SOLUTION b\n    ### END SOLUTION", "before the next one"),
    ],
)
def test_a_solution_region_that_cannot_become_a_stub_is_refused_in_words(source, words):
    with pytest.raises(starter.LabError, match=words):
        starter.stubbed(source)


@each_exercise
def test_the_library_has_its_own_of_every_part(lab, name):
    for part in lab.exercises[name].parts:
        assert callable(parts.reference(part))


@each_lab
def test_of_the_solution_s_mutants_nine_in_ten_are_killed_and_the_others_are_explained(lab):
    """survivors.md of the lab lists each that lives, with the reason why nobody can tell it from the solution."""
    count, alive = 0, []
    for exercise in lab.exercises.values():
        right = lab.reference(exercise)
        steps = HANG if not any(lab.failing(exercise, right, seed, steps=HANG) for seed in range(5)) else None
        for mutant in mutants(right):
            count += 1
            if not any(lab.failing(exercise, mutant.source, seed, steps=steps) for seed in range(5)):
                alive.append(f"{exercise.name}: {mutant}")
    listed = lab.folder / "survivors.md"
    explained = listed.read_text(encoding="utf-8") if listed.exists() else ""
    assert [mutant for mutant in alive if mutant not in explained] == []
    assert explained.count("\n- ") == len(alive), "survivors.md lists one that no longer lives"
    assert len(alive) <= count / 10, f"{len(alive)} of {count} live"
