"""New article, new version, or nothing new: decided from what is known, without touching anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from storage.records import TAKEN_DOWN, Article, Candidate, Ending, KnownVersion, Status, Version, identifier


class Plan(NamedTuple):
    """Versions to store, in order, and articles that bring nothing new."""

    versions: tuple[Version, ...]
    endings: tuple[Ending, ...]


def plan_versions(articles: Iterable[Article], known: Sequence[KnownVersion]) -> Plan:
    """What each article is, given the versions known, in the order read: how a load is cut into batches changes nothing.

    A text is nothing new if it equals the newest version of its article, or the newest one read at the same URL. So a
    page that changes from A to B and back to A has three versions, and two saved pages of one article that are loaded
    again have none.
    """
    history = _History(known)
    versions: list[Version] = []
    endings: list[Ending] = []
    for article in articles:
        outcome = history.place(article)
        if isinstance(outcome, Version):
            versions.append(outcome)
        else:
            endings.append(outcome)
    return Plan(tuple(versions), tuple(endings))


@dataclass
class _History:
    """Known versions, growing while a batch is placed."""

    known: Sequence[KnownVersion]
    by_article: dict[str, list[KnownVersion]] = field(default_factory=dict)
    by_content: dict[str, KnownVersion] = field(default_factory=dict)
    taken_down: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for version in self.known:
            if version.taken_down:
                self.taken_down.add(version.article_id)
            else:
                self._remember(version)

    def _remember(self, version: KnownVersion) -> None:
        self.by_article.setdefault(version.article_id, []).append(version)
        if not version.stated_url:
            self.by_content.setdefault(version.content_sha256, version)

    def place(self, article: Article) -> Version | Ending:
        """The version an article is, or the ending that says it brings nothing new."""
        if article.article_id in self.taken_down:
            return _refused(article)
        earlier = self.by_article.get(article.article_id, [])
        same_place = [version for version in earlier if version.document_url == article.document_url]
        for newest in (earlier[-1:], same_place[-1:]):
            if newest and newest[0].content_sha256 == article.content_sha256:
                return _ending(article, "unchanged", newest[0], f"equals version {newest[0].version_no}")
        copy = self.by_content.get(article.content_sha256)
        if copy and not earlier and article.canonical_url is None:
            return _ending(article, "duplicate", copy, f"same words as {copy.document_url}")
        return self._next_version(article, earlier[-1] if earlier else None)

    def _next_version(self, article: Article, previous: KnownVersion | None) -> Version:
        previous_id = previous.version_id if previous else ""
        version = Version(
            article=article,
            version_id=identifier("version", article.article_id, article.content_sha256, previous_id),
            version_no=previous.version_no + 1 if previous else 1,
        )
        self._remember(
            KnownVersion(
                article_id=article.article_id,
                version_id=version.version_id,
                version_no=version.version_no,
                content_sha256=article.content_sha256,
                document_url=article.document_url,
                stated_url=article.canonical_url is not None,
            )
        )
        return version


def _ending(article: Article, status: Status, known: KnownVersion, detail: str) -> Ending:
    return Ending(
        candidate=article.candidate,
        status=status,
        stage="compare",
        detail=detail,
        article_id=known.article_id,
        version_id=known.version_id,
    )


def _refused(article: Article) -> Ending:
    """The ending of an article that was taken down: without its address and without what was said of it."""
    nameless = Candidate(url=f"forgotten:{article.article_id}", source_id=article.candidate.source_id)
    return Ending(candidate=nameless, status="quarantined", stage="compare", detail=TAKEN_DOWN)


def archive_keys_taken_down(articles: Sequence[Article], known: Sequence[KnownVersion]) -> frozenset[str]:
    """Where the raw bodies of articles are that were taken down and came again; not of those that another article has, too."""
    gone = {version.article_id for version in known if version.taken_down}
    kept = frozenset(article.archive_key for article in articles if article.article_id not in gone)
    return frozenset(article.archive_key for article in articles if article.article_id in gone) - kept
