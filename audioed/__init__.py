"""
Turns articles into a podcast that people want to listen to.

    import audioed

    show = audioed.open("myshow")
    episode = show.render("article.html")
    print(episode.title, episode.duration, show.audio(episode))

What the world may import is in `__all__`: the show (`open`, `Show`), who hears how it goes on (`Listener`), the nouns
and the errors. Each is loaded when it is first asked for, so that importing audioed costs nothing.
"""

import os
from importlib import import_module

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
"""onnxruntime, which runs our voices, tells its maker of each network since 1.29, unless this stands here first."""

TYPE_CHECKING = False  # as type checkers take it; `typing` would take most of our time
if TYPE_CHECKING:
    from audioed.adopting import Adoption
    from audioed.build import Skip
    from audioed.config import Config
    from audioed.deploying import Deployed
    from audioed.drafting import Draft
    from audioed.errors import (
        AdoptionError,
        AudioedError,
        ConfigError,
        Conflict,
        ConnectionLost,
        DeployError,
        EngineNotFound,
        ExtractionError,
        ExtraNotFound,
        FetchError,
        FfmpegError,
        ListenerError,
        LoudnessError,
        MasteringError,
        ProofError,
        PublishingError,
        SchemaError,
        ScriptError,
        ServingError,
        StoreError,
        StudioError,
        SynthesisError,
        Unreachable,
        Unspeakable,
        VerificationError,
        VoiceNotFound,
        Withheld,
    )
    from audioed.linting.finding import Finding
    from audioed.model import (
        Adopted,
        Article,
        Block,
        Channel,
        Chapter,
        Clip,
        Cue,
        Cut,
        Edition,
        Enclosure,
        Episode,
        Feed,
        Loudness,
        Page,
        Script,
        Segment,
        Source,
        Speech,
        Utterance,
        Voice,
        Word,
    )
    from audioed.nightly import Report
    from audioed.opening import open  # noqa: A004 - `audioed.open`, as `wave.open` and `tarfile.open`
    from audioed.place import Listener
    from audioed.promos.library import PromoStanding
    from audioed.proofing.report import Proof
    from audioed.show import Extracted, Show
    from audioed.status import Status
    from audioed.swapping import Swapped
    from audioed.verifying.report import Verification

    __version__: str

__all__ = [
    "Adopted",
    "Adoption",
    "AdoptionError",
    "Article",
    "AudioedError",
    "Block",
    "Channel",
    "Chapter",
    "Clip",
    "Config",
    "ConfigError",
    "Conflict",
    "ConnectionLost",
    "Cue",
    "Cut",
    "DeployError",
    "Deployed",
    "Draft",
    "Edition",
    "Enclosure",
    "EngineNotFound",
    "Episode",
    "ExtraNotFound",
    "Extracted",
    "ExtractionError",
    "Feed",
    "FetchError",
    "FfmpegError",
    "Finding",
    "Listener",
    "ListenerError",
    "Loudness",
    "LoudnessError",
    "MasteringError",
    "Page",
    "PromoStanding",
    "Proof",
    "ProofError",
    "PublishingError",
    "Report",
    "SchemaError",
    "Script",
    "ScriptError",
    "Segment",
    "ServingError",
    "Show",
    "Skip",
    "Source",
    "Speech",
    "Status",
    "StoreError",
    "StudioError",
    "Swapped",
    "SynthesisError",
    "Unreachable",
    "Unspeakable",
    "Utterance",
    "Verification",
    "VerificationError",
    "Voice",
    "VoiceNotFound",
    "Withheld",
    "Word",
    "open",
]
_ROOMS = (
    "errors",
    "model",
    "show",
    "opening",
    "nightly",
    "status",
    "adopting",
    "linting.finding",
    "proofing.report",
    "verifying.report",
    "deploying",
    "drafting",
    "swapping",
    "promos.library",
)
"""Where these names are, what loads quickly first."""

if not TYPE_CHECKING:  # so that a type checker refuses a name that there is not

    def __getattr__(name: str) -> object:
        """What a name of `__all__` stands for, loaded now (PEP 562)."""
        if name == "__version__":
            from importlib.metadata import version

            return version("audioed")
        if name not in __all__:
            raise AttributeError(f"module 'audioed' has no attribute {name!r}", name=name)
        rooms = (import_module(f"audioed.{room}") for room in _ROOMS)
        found = next(getattr(room, name) for room in rooms if hasattr(room, name))
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        return sorted([*globals(), *__all__, "__version__"])
