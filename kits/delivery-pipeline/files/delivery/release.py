"""Puts a version into a cluster, tests it there, and puts the one before it back when it fails."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from delivery.smoke import BadInput, NoAnswer, version_of

DEPLOYMENT = "deployment/model-service"
IMAGE, VERSION = "image-of-this-release", "version-of-this-release"
# Longer than the Deployment's progressDeadlineSeconds, so that its own reason is reported.
TIMEOUT = "--timeout=240s"

Test = Callable[[str | None], list[str]]
Say = Callable[[str], None]


class Failed(Exception):
    """A command in the cluster failed; the message holds its own words."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A namespace, reached by kubectl with the credentials of its environment."""

    namespace: str

    def apply(self, manifests: str) -> None:
        _kubectl("apply", "--namespace", self.namespace, "-f", "-", given=manifests)

    def wait(self) -> None:
        _kubectl("rollout", "status", DEPLOYMENT, "--namespace", self.namespace, TIMEOUT)

    def revision(self) -> str:
        """The number of what is deployed now; empty when nothing is."""
        path = r"jsonpath={.metadata.annotations.deployment\.kubernetes\.io/revision}"
        where = ("--namespace", self.namespace, "--ignore-not-found", "-o", path)
        return _kubectl("get", DEPLOYMENT, *where).strip()

    def undo(self, revision: str = "") -> None:
        """Back to a revision, or to the one before the present one."""
        to = (f"--to-revision={revision}",) if revision else ()
        _kubectl("rollout", "undo", DEPLOYMENT, "--namespace", self.namespace, *to)


def render(overlay: Path, image: str, version: str) -> str:
    """The manifests of an environment with this image; `BadInput` if they have no place for it."""
    if "@sha256:" not in image:
        raise BadInput(f'The image "{image}" has no digest; a tag may name another image tomorrow.')
    try:
        manifests = _kubectl("kustomize", str(overlay))
    except Failed as error:
        raise BadInput(f"{overlay} cannot be rendered: {error}") from error
    for place, value in ((IMAGE, image), (VERSION, version)):
        found = manifests.count(place)
        if found != 1:
            raise BadInput(f'{overlay} must hold "{place}" once; it stands there {found} times.')
        manifests = manifests.replace(place, value)
    return manifests


def release(cluster: Cluster, manifests: str, version: str, url: str, test: Test, say: Say) -> bool:
    """Whether the new version serves; if not, the one before does again, or `Failed` is raised."""
    # A release that fails early, or changes nothing, must not undo an older one: name the revision.
    revision, before = cluster.revision(), _running(url)
    try:
        cluster.apply(manifests)
        cluster.wait()
        faults = test(version)
    except Failed as error:
        faults = [str(error)]
    if not faults:
        say(f"Version {version} serves.")
        return True
    say(f"Version {version} failed:")
    for fault in faults:
        say(f"- {fault}")
    if not revision:
        raise Failed("There is no version before to go back to; take the service out by hand.")
    take_back(cluster, before, test, say, revision)
    return False


def take_back(
    cluster: Cluster, version: str | None, test: Test, say: Say, revision: str = ""
) -> None:
    """Puts the version before this one back and tests it; `Failed` when it does not serve."""
    cluster.undo(revision)
    cluster.wait()
    faults = test(version)
    if faults:
        raise Failed(f"The version before does not serve either: {' '.join(faults)}")
    say(f"Version {version or 'before'} serves again.")


def _running(url: str) -> str | None:
    """The version that serves now, to tell later whether it is back; None when none does."""
    try:
        return version_of(url)
    except NoAnswer:
        return None


def _kubectl(*arguments: str, given: str | None = None) -> str:
    command = ["kubectl", *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise BadInput("kubectl is not installed, or not on the PATH.") from error
    if done.returncode != 0:
        words = " ".join(done.stderr.split()) or f"exit code {done.returncode}"
        raise Failed(f"kubectl {arguments[0]} failed: {words}")
    return done.stdout
