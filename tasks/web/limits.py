"""How we behave on the web."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class WebLimits:
    """How to behave on the web. All times in seconds.

    `contact` is an address or URL of whoever runs this, for publishers; `allowed` lists hosts (`intranet.example`) and networks
    (`10.2.0.0/16`) that may be fetched although they are not on the public Internet; `proxies` maps http and https to a proxy's URL.
    """

    contact: str = ""
    host_delay: float = 1.0
    host_jitter: float = 0.25
    host_concurrency: int = 1
    concurrency: int = 128
    # A host that wants a longer pause is left for a later run.
    patience: float = 60.0
    connect: float = 10.0
    idle: float = 15.0
    total: float = 40.0
    max_body: int = 15 * MIB  # miniflux's default for a response
    max_redirects: int = 5
    respect_tdm: bool = True
    respect_ai: bool = False
    allowed: tuple[str, ...] = ()
    proxies: Mapping[str, str] = field(default_factory=dict)

    @property
    def user_agent(self) -> str:
        """The honest name under which we come."""
        return f"Dateline/0.1 (news research; {self.contact})" if self.contact else "Dateline/0.1 (news research)"
