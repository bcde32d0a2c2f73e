"""What a release promises: a version that fails live goes, and an older one is never undone."""

import pytest
from stand_ins import FOLDER, Cluster, Service

from delivery.__main__ import main

IMAGE = "registry.example.org/model@sha256:" + "0" * 64
LIVE = ["--cases", str(FOLDER / "smoke" / "cases.json"), "--pause", "0", "--tries", "1"]


def release(service: Service, version: str, image: str = IMAGE) -> int:
    where = ["--overlay", "deploy/overlays/staging", "--namespace", "model-staging"]
    what = ["--image", image, "--version", version, "--url", service.url]
    return main(["release", *where, *what, *LIVE])


def test_a_good_version_stays(service: Service, cluster: Cluster) -> None:
    assert release(service, "three") == 0
    assert cluster.version == "three"
    assert "rollout undo" not in cluster.read()["calls"]


@pytest.mark.parametrize("version", ["wrong", "crash", "text", "misnamed", "unready", "stuck"])
def test_a_version_that_fails_live_is_taken_back(
    version: str, service: Service, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(service, version) == 1
    assert cluster.version == "two"
    assert "Version two serves again." in capsys.readouterr().out


def test_manifests_that_are_refused_undo_nothing(service: Service, cluster: Cluster) -> None:
    cluster.breaks("apply")
    assert release(service, "three") == 1
    assert cluster.version == "two"


def test_the_same_version_again_does_not_undo_the_one_before(
    service: Service, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    cluster.write({**cluster.read(), "versions": ["one", "wrong"]})
    assert release(service, "wrong") == 2
    assert cluster.version == "wrong"
    assert "does not serve either" in capsys.readouterr().err


def test_a_first_version_that_fails_has_nothing_to_go_back_to(
    service: Service, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    cluster.write({**cluster.read(), "versions": []})
    assert release(service, "wrong") == 2
    assert "no version before" in capsys.readouterr().err


def test_a_rollback_that_fails_is_told_apart(
    service: Service, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    cluster.breaks("rollout undo")
    assert release(service, "wrong") == 2
    assert "kubectl rollout failed: error: rollout is broken" in capsys.readouterr().err


def test_an_image_by_tag_is_refused_before_anything_changes(
    service: Service, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(service, "three", image="registry.example.org/model:latest") == 2
    assert "has no digest" in capsys.readouterr().err
    assert cluster.read()["calls"] == []


def test_an_overlay_that_cannot_be_rendered_changes_nothing(
    service: Service, cluster: Cluster
) -> None:
    cluster.breaks("kustomize")
    assert release(service, "three") == 2
    assert cluster.read()["calls"] == ["kustomize deploy/overlays/staging"]


def test_without_kubectl_a_sentence_says_so(
    service: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert release(service, "three") == 2
    assert "kubectl is not installed" in capsys.readouterr().err


def rollback(service: Service, *more: str) -> int:
    return main(["rollback", "--namespace", "model-staging", "--url", service.url, *LIVE, *more])


def test_one_command_goes_back_by_one_version(service: Service, cluster: Cluster) -> None:
    assert rollback(service, "--version", "one") == 0
    assert cluster.version == "one"


def test_a_rollback_to_a_version_that_does_not_serve_is_no_success(
    service: Service, cluster: Cluster
) -> None:
    cluster.write({**cluster.read(), "versions": ["crash", "two"]})
    assert rollback(service) == 2
