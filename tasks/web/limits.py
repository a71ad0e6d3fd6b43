"""How we behave on the web."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebLimits:
    """How to behave on the web. `contact` is an address or URL of whoever runs this, for publishers."""

    contact: str = ""
    host_delay_seconds: float = 1.0
    allow_private: bool = False

    @property
    def user_agent(self) -> str:
        """The honest name under which we come."""
        return f"Dateline/0.1 (news research; {self.contact})" if self.contact else "Dateline/0.1 (news research)"
