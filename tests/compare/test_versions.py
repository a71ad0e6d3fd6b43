"""What is new, what is a new version, and what is known."""

from articles import article_of

from storage.records import Article, Ending, KnownVersion, Version
from tasks.compare.versions import plan_versions

URL = "https://post.example/crane"


def known(*versions: Version) -> list[KnownVersion]:
    return [
        KnownVersion(
            article_id=v.article.article_id,
            version_id=v.version_id,
            version_no=v.version_no,
            content_sha256=v.article.content_sha256,
            document_url=v.article.document_url,
            stated_url=v.article.canonical_url is not None,
        )
        for v in versions
    ]


def at(text: str, url: str = URL, canonical: str | None = URL) -> Article:
    return article_of(text, url=url, canonical_url=canonical)


def store(*texts: str) -> list[Version]:
    """Versions after polling one URL once for each text."""
    stored: list[Version] = []
    for text in texts:
        stored += plan_versions([at(text)], known(*stored)).versions
    return stored


def test_the_first_text_is_version_1() -> None:
    assert [version.version_no for version in store("A")] == [1]


def test_the_same_text_again_is_unchanged() -> None:
    plan = plan_versions([at("A")], known(*store("A")))
    assert plan.versions == ()
    assert [(e.status, e.detail) for e in plan.endings] == [("unchanged", "equals version 1")]


def test_a_text_that_changes_and_changes_back_has_three_versions_with_ids_of_their_own() -> None:
    versions = store("A", "B", "A")
    assert [version.version_no for version in versions] == [1, 2, 3]
    assert len({version.version_id for version in versions}) == 3


def test_a_changed_headline_is_a_new_version() -> None:
    first = store("A")
    retitled = article_of("A", url=URL, canonical_url=URL, title="New headline")
    assert [v.version_no for v in plan_versions([retitled], known(*first)).versions] == [2]


def test_two_saved_pages_of_one_article_are_two_versions_once() -> None:
    pages = [at("A", "file:///morning.html"), at("B", "file:///evening.html")]
    stored = plan_versions(pages, []).versions
    assert [version.version_no for version in stored] == [1, 2]
    again = plan_versions(pages, known(*stored))
    assert again.versions == ()
    assert [ending.status for ending in again.endings] == ["unchanged", "unchanged"]


def test_versions_are_numbered_in_the_order_read() -> None:
    pages = [at("B", "file:///b.html"), at("A", "file:///a.html")]
    together = plan_versions(pages, []).versions
    first = plan_versions(pages[:1], []).versions
    second = plan_versions(pages[1:], known(*first)).versions
    assert [v.version_id for v in together] == [v.version_id for v in (*first, *second)]
    assert [v.article.text for v in together] == ["B", "A"]


def test_a_copy_of_a_file_without_an_address_of_its_own_is_a_duplicate() -> None:
    original = plan_versions([at("A", "file:///x/a.txt", None)], []).versions
    plan = plan_versions([at("A", "file:///y/a.txt", None)], known(*original))
    assert [(e.status, e.detail) for e in plan.endings] == [("duplicate", "same words as file:///x/a.txt")]


def test_two_outlets_with_the_same_words_stay_two_articles() -> None:
    copies = [
        at("A", "https://one.example/a", "https://one.example/a"),
        at("A", "https://two.example/b", "https://two.example/b"),
    ]
    assert len({version.article.article_id for version in plan_versions(copies, []).versions}) == 2


def test_planning_twice_gives_the_same_ids() -> None:
    def ids() -> list[str]:
        return [version.version_id for version in store("A", "B")]

    assert ids() == ids()


def test_every_article_gets_exactly_one_outcome() -> None:
    articles = [at("A"), at("A", "file:///b.html"), at("B", "file:///c.html"), at("Z", "file:///z.txt", None)]
    plan = plan_versions(articles, [])
    outcomes: list[Version | Ending] = [*plan.versions, *plan.endings]
    assert len(outcomes) == len(articles)
