"""Where do I find which topics of published frameworks the questions support, in words? Here, for every format."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from checklist.model import Checklist, Framework, Item

CAVEAT = (
    "“Supports” means that what a question asks for helps with a topic, in part or as a whole. It is no claim of "
    "compliance, and no level of this checklist shows that a requirement of a framework or a law is met."
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What of an item (`by`) supports a topic of a framework; everything is plain text, `source` an address."""

    item: str
    item_name: str
    framework: str
    name: str
    edition: str
    source: str
    topic: str
    title: str
    by: str

    @property
    def reference(self) -> str:
        """The topic with the edition it stands in: "ML Test Score (2017), Infra 7: Serving models can …"."""
        return f"{self.name} ({self.edition}), {self.topic}: {self.title}"

    @property
    def sentence(self) -> str:
        """The relation as a sentence that claims no more than it is."""
        return f"{self.item_name} supports {self.reference}, by {self.by}."


def relations(checklist: Checklist) -> tuple[Relation, ...]:
    """What the questions of the checklist support, in order of the questions and, within one, of the frameworks."""
    frameworks = {framework.id: framework for framework in checklist.frameworks}
    place = {framework: number for number, framework in enumerate(frameworks)}
    known = sorted(
        (one for one in checklist.references if checklist.has(one.item)),
        key=lambda one: (checklist.order[one.item], place[one.framework]),
    )
    return tuple(_relation(checklist.item(one.item), frameworks[one.framework], one.topic, one.by) for one in known)


def by_item(checklist: Checklist) -> tuple[tuple[Item, tuple[Relation, ...]], ...]:
    """The relations of each question that has any, in order of the checklist."""
    grouped = groupby(relations(checklist), key=lambda one: one.item)
    return tuple((checklist.item(item), tuple(found)) for item, found in grouped)


def by_framework(checklist: Checklist) -> tuple[tuple[Framework, tuple[Relation, ...]], ...]:
    """The relations of each framework that has any, in order of its topics."""
    known = relations(checklist)
    found = ((framework, _in_topic_order(framework, known)) for framework in checklist.frameworks)
    return tuple((framework, own) for framework, own in found if own)


def editions(checklist: Checklist) -> tuple[tuple[str, str, str], ...]:
    """Each framework as name with edition, what has to be known about it, and the address of its source."""
    return tuple(
        (f"{one.name} ({one.edition}), {one.publisher}", one.about, one.source) for one in checklist.frameworks
    )


def _relation(item: Item, framework: Framework, topic: str, by: str) -> Relation:
    title = framework.topic(topic).title
    return Relation(
        item.id, item.name, framework.id, framework.name, framework.edition, framework.source, topic, title, by
    )


def _in_topic_order(framework: Framework, known: Iterable[Relation]) -> tuple[Relation, ...]:
    order = [topic.id for topic in framework.topics]
    own = (one for one in known if one.framework == framework.id)
    return tuple(sorted(own, key=lambda one: order.index(one.topic)))
