import pytest

from access import ACTIONS, ROLES, Actor, Forbidden, may, permit


@pytest.mark.parametrize("action", ACTIONS)
def test_what_a_role_may_do_every_higher_role_may_do(action: str) -> None:
    allowed = [may(Actor("A", role), action) for role in ROLES]
    assert allowed == sorted(allowed)
    assert allowed[-1], "an owner may do everything"


def test_a_viewer_may_look_and_change_nothing() -> None:
    assert [action for action in ACTIONS if may(Actor("Vera", "viewer"), action)] == [
        "glance", "see-draft", "read", "badge", "browse", "read-form", "meet", "enter", "rescore",
    ]  # fmt: skip


def test_an_editor_fills_in_and_plans_but_does_not_own() -> None:
    refused = [action for action in ACTIONS if not may(Actor("Emil", "editor"), action)]
    assert refused == ["purge", "own", "admit", "found", "bring-in", "operate"]


@pytest.mark.parametrize(
    ("role", "action", "sentence"),
    [
        ("viewer", "answer", "A viewer may not change answers; ask an editor or owner of the workspace to do it."),
        ("editor", "purge", "An editor may not delete anything for good; ask an owner of the workspace to do it."),
    ],
)
def test_a_refusal_is_a_sentence_that_says_whom_to_ask(role: str, action: str, sentence: str) -> None:
    with pytest.raises(Forbidden) as refusal:
        permit(Actor("A", role), action)  # type: ignore[arg-type]
    assert str(refusal.value) == sentence


def test_an_unknown_role_is_no_actor() -> None:
    with pytest.raises(ValueError, match='"admin" is no role'):
        Actor("A", "admin")  # type: ignore[arg-type]


def test_an_unknown_action_is_an_error_and_never_allowed() -> None:
    with pytest.raises(KeyError):
        permit(Actor("Olga", "owner"), "fly")
