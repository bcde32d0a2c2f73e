"""What the manifests promise: valid, locked up, limited, and always with enough copies."""

import re
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from stand_ins import FOLDER

from delivery.release import DEPLOYMENT, IMAGE, VERSION

OVERLAYS = ("staging", "production")
KUBERNETES = "1.36"


def rendered(folder: Path) -> list[dict[str, Any]]:
    """What kustomize makes of a folder, for the fields that are used here; others are refused."""
    text = (folder / "kustomization.yaml").read_text(encoding="utf-8")
    wanted = yaml.safe_load(text)
    assert set(wanted) <= {"apiVersion", "kind", "resources", "namespace", "replicas"}
    found: list[dict[str, Any]] = []
    for name in wanted["resources"]:
        path = folder / name
        found += rendered(path) if path.is_dir() else [yaml.safe_load(path.read_text("utf-8"))]
    for document in found:
        if "namespace" in wanted:
            document["metadata"]["namespace"] = wanted["namespace"]
    for replicas in wanted.get("replicas", []):
        deployment = next(one for one in found if one["kind"] == "Deployment")
        assert deployment["metadata"]["name"] == replicas["name"]
        deployment["spec"]["replicas"] = replicas["count"]
    return found


@pytest.fixture(params=OVERLAYS)
def manifests(request: pytest.FixtureRequest) -> dict[str, dict[str, Any]]:
    found = rendered(FOLDER / "deploy" / "overlays" / request.param)
    assert {one["metadata"]["namespace"] for one in found} == {f"model-{request.param}"}
    return {one["kind"]: one for one in found}


def container(manifests: dict[str, Any]) -> dict[str, Any]:
    (found,) = manifests["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert isinstance(found, dict)
    return found


def test_every_manifest_is_valid(manifests: dict[str, Any]) -> None:
    assert set(manifests) == {"Deployment", "Service", "PodDisruptionBudget"}
    for document in manifests.values():
        kubernetes_validate.validate(document, KUBERNETES, strict=True)


def test_a_field_that_kubernetes_does_not_know_would_be_found(manifests: dict[str, Any]) -> None:
    container(manifests)["readinesProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(manifests["Deployment"], KUBERNETES, strict=True)


def test_a_release_has_one_place_for_the_image_and_one_for_the_version(
    manifests: dict[str, Any],
) -> None:
    text = "".join(yaml.safe_dump(document) for document in manifests.values())
    assert (text.count(IMAGE), text.count(VERSION)) == (1, 1)
    assert container(manifests)["image"] == IMAGE
    assert f"deployment/{manifests['Deployment']['metadata']['name']}" == DEPLOYMENT


def test_three_probes_ask_the_paths_that_the_smoke_test_asks(manifests: dict[str, Any]) -> None:
    found = container(manifests)
    paths = {name: probe["httpGet"]["path"] for name, probe in found.items() if "Probe" in name}
    assert paths == {
        "startupProbe": "/healthz",
        "readinessProbe": "/readyz",
        "livenessProbe": "/healthz",
    }


def test_the_container_may_do_nothing_that_it_need_not(manifests: dict[str, Any]) -> None:
    pod = manifests["Deployment"]["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container(manifests)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def test_it_states_what_it_needs_and_has_a_limit(manifests: dict[str, Any]) -> None:
    resources = container(manifests)["resources"]
    assert set(resources["requests"]) == set(resources["limits"]) == {"cpu", "memory"}
    assert resources["requests"]["memory"] == resources["limits"]["memory"]


def test_a_release_takes_no_copy_away_before_a_new_one_is_ready(manifests: dict[str, Any]) -> None:
    spec = manifests["Deployment"]["spec"]
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert spec["replicas"] >= 2
    assert spec["revisionHistoryLimit"] >= 1


def test_service_and_budget_select_the_pods_of_the_deployment(manifests: dict[str, Any]) -> None:
    labels = manifests["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert manifests["Deployment"]["spec"]["selector"]["matchLabels"] == labels
    assert manifests["Service"]["spec"]["selector"] == labels
    assert manifests["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert manifests["PodDisruptionBudget"]["spec"]["maxUnavailable"] == 1


def test_the_deadline_of_a_rollout_passes_before_the_release_stops_waiting() -> None:
    from delivery.release import TIMEOUT

    (deployment,) = [
        one for one in rendered(FOLDER / "deploy" / "base") if one["kind"] == "Deployment"
    ]
    seconds = int(re.findall(r"\d+", TIMEOUT)[0])
    assert deployment["spec"]["progressDeadlineSeconds"] < seconds < 250


def test_the_image_runs_as_the_user_of_the_manifests() -> None:
    pod = next(
        one["spec"]["template"]["spec"]
        for one in rendered(FOLDER / "deploy" / "base")
        if one["kind"] == "Deployment"
    )
    user = f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}"
    assert f"USER {user}" in (FOLDER / "Dockerfile").read_text(encoding="utf-8")
