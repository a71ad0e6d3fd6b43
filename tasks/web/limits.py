"""How we behave on the web."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class WebLimits:
    """How to behave on the web. All times in seconds.

    `contact` is an address or URL of whoever runs this, for publishers; `allowed` lists hosts (`intranet.example`) and networks
    (`10.2.0.0/16`) that may be fetched although they are not on the public Internet; `proxies` maps http and https to a proxy's URL,
    `unproxied` lists the hosts that are asked without one, as NO_PROXY has them.
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
    unproxied: str = ""

    @property
    def user_agent(self) -> str:
        """The honest name under which we come."""
        return f"Dateline/0.1 (news research; {self.contact})" if self.contact else "Dateline/0.1 (news research)"

    def proxy_for(self, scheme: str, host: str) -> str | None:
        """The proxy to ask for a URL of this scheme and host; None: the host itself."""
        proxy = self.proxies.get(scheme)
        return None if proxy and self._is_unproxied(host) else proxy

    def _is_unproxied(self, host: str) -> bool:
        """True for a host that is listed, or is under a listed domain; `*` stands for all."""
        entries = [entry.strip().lower() for entry in self.unproxied.split(",") if entry.strip()]
        names = [entry.removeprefix("*").removeprefix(".") for entry in entries]
        return any(not name or host == name or host.endswith(f".{name}") for name in names)
