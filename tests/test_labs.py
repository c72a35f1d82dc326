"""Every lab keeps the rules of labs: the starter is derived and worth nothing, the exam knows right from wrong."""

import math
import re
import shutil
import time
from pathlib import Path

import pytest
from lab_runs import Lab

from letitcrash.classroom import drive, parts, starter
from letitcrash.classroom.judge import CORRECT, _failures, judge
from letitcrash.classroom.mutants import mutants
from letitcrash.classroom.release import releases

ROOT = Path(__file__).parents[1]
BOOK = [Lab(path.name) for path in sorted((ROOT / "labs").glob("[0-9][0-9]_*"))]
SEEDS = range(20)
LABS = {lab.name: lab for folder in (ROOT / "labs", ROOT / "tests" / "toy_labs") for lab in releases(folder)}
ALWAYS = (None, True, False, 0, 1, 0.5, "", [], {})

EXERCISES = [pytest.param(lab, name, id=f"{lab.name}-{name}") for lab in LABS.values() for name in lab.exercises]
ACCEPTS = [
    pytest.param(lab, each, id=f"{lab.name}-{each.path.stem}") for lab in LABS.values() for each in lab.accepts()
]
REJECTS = [
    pytest.param(lab, each, id=f"{lab.name}-{each.path.stem}") for lab in LABS.values() for each in lab.rejects()
]
each_lab = pytest.mark.parametrize("lab", [pytest.param(lab, id=name) for name, lab in LABS.items()])
each_lab_of_the_book = pytest.mark.parametrize("lab", [pytest.param(lab, id=lab.name) for lab in BOOK])
each_exercise = pytest.mark.parametrize(("lab", "name"), EXERCISES)


def failed(verdict):
    return {finding.criterion for finding in verdict.findings if not finding.holds}


@each_lab
def test_the_starter_is_what_the_solution_gives(lab):
    derived = starter.write(starter.derive(lab.solution))
    assert (lab.folder / "lab.ipynb").read_text(encoding="utf-8") == derived, "stale: `make labs` derives it again"


@each_lab
def test_no_line_of_the_solution_stands_in_the_starter(lab):
    lines = {
        line.strip() for cell in starter.read(lab.folder / "lab.ipynb")["cells"] for line in cell["source"].splitlines()
    }
    assert not lines & starter.solution_lines(lab.solution)


@each_lab
def test_the_exam_and_the_notebook_name_the_same_exercises(lab):
    cells = {cell["id"] for cell in lab.solution["cells"] if "exercise" in starter.tags(cell)}
    assert cells == {exercise.cell_id for exercise in lab.exercises.values()}


@each_lab
def test_every_exercise_has_two_hints_and_a_check_and_the_last_cell_finishes(lab):
    ids = [cell["id"] for cell in lab.solution["cells"]]
    for exercise in lab.exercises.values():
        name = exercise.cell_id.removeprefix("exercise-")
        assert {f"hint-{name}-1", f"hint-{name}-2", f"check-{name}"} <= set(ids)
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
def test_a_lab_takes_an_hour(lab):
    marks = [int(mark) for mark in re.findall(r"\*To here: (\d+) minutes", lab.text)]
    *_, ticket = lab.exercises.values()
    assert marks == sorted(marks) and 45 <= marks[-1] + ticket.minutes <= 60


@each_lab_of_the_book
def test_every_exercise_has_five_misconceptions_and_two_other_right_answers(lab):
    for name in lab.exercises:
        assert sum(sample.exercise == name for sample in lab.rejects()) >= 5, name
        assert sum(sample.exercise == name for sample in lab.accepts()) >= 2, name


@each_exercise
def test_the_solution_scores_full(lab, name):
    exercise = lab.exercises[name]
    for seed in SEEDS:
        verdict = lab.tried(exercise, lab.reference(exercise), seed)
        assert verdict.status == CORRECT, f"seed {seed}: {verdict}"


@each_exercise
def test_the_starter_runs_and_what_is_wrong_in_every_lab_scores_nothing(lab, name):
    exercise = lab.exercises[name]
    for what, answer in lab.blunders(exercise).items():
        for seed in range(2) if what.startswith("hangs") else SEEDS:  # a hang takes its steps under any seed
            verdict = lab.tried(exercise, answer, seed)
            assert verdict.points == 0, f"{what}, seed {seed}: {verdict}"
            if what == "the stub":
                assert verdict.note.startswith("not done yet"), f"{what}: {verdict}"


@each_exercise
def test_an_answer_that_always_says_the_same_scores_nothing(lab, name):
    """Also when what it says is right for one of the cases: the evidence of one case is replayed for all."""
    exercise = lab.exercises[name]
    right = drive.gather(lab.job(exercise, lab.reference(exercise), 0))["evidence"]
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
    right = drive.gather(lab.job(exercise, lab.reference(exercise), 1))["evidence"]
    changed = [{"value": numbers_are(number)(each["value"])} for each in right]
    if changed == right:
        return  # no number in its evidence
    started = time.process_time()
    verdict = judge(exercise, 1, {"evidence": changed})
    assert verdict.status != CORRECT and time.process_time() - started < 5


@each_exercise
def test_evidence_of_another_seed_is_not_right_for_this_one(lab, name):
    """Who forges evidence must know what would be right, for cases that are drawn anew."""
    exercise = lab.exercises[name]
    learnt = drive.gather(lab.job(exercise, lab.reference(exercise), 0))["evidence"]
    for seed in range(1, 6):
        assert judge(exercise, seed, {"evidence": learnt}).status != CORRECT, seed


@each_exercise
def test_the_case_at_which_an_answer_stopped_is_told_in_words(lab, name):
    exercise = lab.exercises[name]
    cases = exercise.cases_for(1)
    stopped = {"error": {"type": "KeyError", "says": "'eggs'", "line": 3, "text": "x['eggs']"}}
    for finding in judge(exercise, 1, {"evidence": [stopped] * len(cases)}).findings:
        told = {str(cell) for row in finding.rows for cell in row}
        raw = {"kind", *(key for case in cases for key in case if "_" in key)}
        assert finding.message.startswith("it stopped with KeyError: 'eggs'")
        assert len(finding.rows) > 1 and not told & raw and not any("{" in cell for cell in told), told


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
    exercise = lab.exercises[sample.exercise]
    fails, holds = sample.names("fails"), sample.names("holds")
    assert fails | holds == {criterion.name for criterion in exercise.criteria} and not fails & holds
    for seed in SEEDS:
        verdict = lab.tried(exercise, sample.source, seed)
        assert failed(verdict) == fails, f"seed {seed}: {verdict}"
        for finding in verdict.findings:
            assert finding.holds or sample.fields["word"] in finding.message, f"seed {seed}: {finding.message}"


@pytest.mark.parametrize(("lab", "sample"), REJECTS)
def test_a_run_that_shows_a_misconception_is_one_and_has_its_guilty_event(lab, sample):
    """`check` leaves the run out when the exam cannot make it; here it must be made."""
    exercise = lab.exercises[sample.exercise]
    if not any(criterion.shows for criterion in exercise.criteria):
        return
    with parts.put_away(exercise.parts, exercise.hides) as hide:
        gathered = drive.gather(lab.job(exercise, sample.source, 0), hide=hide)
    for criterion in exercise.criteria:
        for _, case, item in _failures(criterion, exercise.cases_for(0), gathered["evidence"]):
            scene = criterion.scene(case, item["value"]) if "value" in item else None
            assert scene is None or list(scene.events) == sorted(scene.events, key=lambda event: event.at)


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
        for mutant in mutants(lab.reference(exercise)):
            count += 1
            if all(lab.tried(exercise, mutant.source, seed).status == CORRECT for seed in range(5)):
                alive.append(f"{exercise.name}: {mutant}")
    listed = lab.folder / "survivors.md"
    explained = listed.read_text(encoding="utf-8") if listed.exists() else ""
    assert [mutant for mutant in alive if mutant not in explained] == []
    assert explained.count("\n- ") == len(alive), "survivors.md lists one that no longer lives"
    assert len(alive) <= count / 10, f"{len(alive)} of {count} live"
