"""What is wrong is said in one sentence, and nothing passes by accident."""

from pathlib import Path

import mlflow
import pytest
from conftest import FACTS, MODEL, Printed, Run, free_port, write_facts

from modelcard.__main__ import main


@pytest.mark.parametrize("empty", ["", "<owner>", "tbd", "None.", "n/a", "...", [], None, ["-"]])
@pytest.mark.parametrize("name", ["owner", "limits"])
def test_a_text_that_says_nothing_is_not_filled_in(
    name: str, empty: object, run: Run, printed: Printed
) -> None:
    write_facts(**{name: empty})
    assert run("write") == 1
    assert f"{name} is not filled in." in printed().out
    assert not Path("MODEL_CARD.md").exists()


def test_the_template_as_it_comes_is_not_filled_in(run: Run, printed: Printed) -> None:
    template = Path(__file__).parent.parent / "card.yaml"
    assert run("write", "--facts", str(template)) == 1
    told = printed().out
    assert all(f"{name} is not filled in." in told for name in FACTS if name != "metrics")


def test_the_check_tells_what_is_not_filled_in(run: Run, printed: Printed) -> None:
    run("write")
    write_facts(limits=[])
    assert run("check") == 1
    told = printed().out
    assert "limits is not filled in." in told
    assert "To be put right by Ada Example" in told


def test_a_card_that_is_not_there_fails_the_check(run: Run, printed: Printed) -> None:
    assert run("check") == 1
    assert "There is no MODEL_CARD.md." in printed().out


def test_an_empty_card_fails_the_check(run: Run, printed: Printed) -> None:
    Path("MODEL_CARD.md").write_text("", encoding="utf-8")
    assert run("check") == 1
    assert 'The section "Purpose" is missing.' in printed().out


def test_a_card_that_is_no_text_cannot_be_read(run: Run, printed: Printed) -> None:
    Path("MODEL_CARD.md").write_bytes(b"\xff\xfe\x00")
    assert run("check") == 2
    assert "MODEL_CARD.md cannot be read." in printed().err


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("- a list", "holds no facts"),
        ("owner: [", "cannot be read"),
        ("", "holds no facts"),
        ("owner: Ada\ncolour: red", "lines that no card shows: colour"),
        ("owner: 7", "owner has to be text"),
    ],
)
def test_facts_of_another_kind_are_refused(
    written: str, told: str, run: Run, printed: Printed
) -> None:
    Path("card.yaml").write_text(written, encoding="utf-8")
    assert run("write") == 2
    assert told in printed().err


def test_a_missing_file_of_facts_is_named(run: Run, printed: Printed) -> None:
    Path("card.yaml").unlink()
    assert run("write") == 2
    assert "card.yaml cannot be read" in printed().err


def test_a_figure_that_the_run_lacks_is_named(run: Run, printed: Printed) -> None:
    write_facts(metrics=["accuracy", "f1"])
    assert run("write") == 2
    told = printed().err
    assert "has no f1; it has accuracy, precision_weighted." in told


def test_metrics_that_name_nothing_are_a_fault(run: Run, printed: Printed) -> None:
    write_facts(metrics=[])
    assert run("write") == 1
    assert "metrics names no figure of the run." in printed().out


@pytest.mark.parametrize("version", ["9", "nobody"])
def test_a_version_that_is_not_there_is_named(version: str, run: Run, printed: Printed) -> None:
    assert run("write", "--version", version) == 2
    assert f"The registry has no churn {version}." in printed().err


def test_a_model_that_is_not_there_is_named(run: Run, printed: Printed) -> None:
    assert run("write", "--model", "nothing") == 2
    assert "The registry has no nothing champion." in printed().err


def test_a_version_without_a_run_is_refused(run: Run, registry: str, printed: Printed) -> None:
    client = mlflow.MlflowClient(registry)
    client.create_registered_model("orphan")
    client.create_model_version("orphan", source="s3://shop/model")
    assert run("write", "--model", "orphan", "--version", "1") == 2
    assert "has no run" in printed().err


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("command", ["write", "check"])
def test_a_server_that_is_down_is_said(command: str, printed: Printed) -> None:
    Path("MODEL_CARD.md").write_text("# Model card\n", encoding="utf-8")
    address = f"http://ada:secret@127.0.0.1:{free_port()}"
    assert main([command, "--model", MODEL, "--server", address]) == 2
    told = printed().err
    assert "does not answer" in told
    assert "secret" not in told


@pytest.mark.usefixtures("place")
def test_without_an_address_nothing_is_guessed(printed: Printed) -> None:
    assert main(["write", "--model", MODEL]) == 2
    assert "No tracking server is named" in printed().err


def test_a_card_that_cannot_be_written_is_said(run: Run, printed: Printed) -> None:
    assert run("write", "--card", "no/such/folder.md") == 2
    assert "cannot be written" in printed().err
