"""
What can go wrong, stage by stage.

    AudioedError
      ConfigError        audioed.toml or a voice card
      StoreError         the output folder: full, read-only, in use
        SchemaError      a file that a newer audioed wrote
      ExtractionError    a page that gives no article
        FetchError       an address that gives no page
          Unreachable    a server that did not answer, or not to the end
        Withheld         an article that its author does not want read
      ScriptError        an article that gives nothing to say
      SynthesisError     an utterance that does not become sound
        Unspeakable      one that a voice fails at again and again
        EngineNotFound
        VoiceNotFound
      MasteringError     a recording that cannot be finished
        FfmpegError
        LoudnessError
      ProofError         a recording that cannot be heard again, or that says something else than its script
      VerificationError  a recording whose file, chapters, cues or tags are not what they have to be
      PublishingError    an episode that may not enter the feed
      ServingError       an address or a port at which nothing can be served
      AdoptionError      a show, or an episode of one, that cannot be imported
      ListenerError      a listener of a private feed whom nobody knows, or a name that cannot be one
      DeployError        a target that the show cannot be published at
        ConnectionLost   one whose connection broke off; asked again, it may go on
      StudioError        something that the studio cannot do, or not now
        Conflict         a change of what somebody else has changed meanwhile

Each says one sentence that names its subject and the remedy, carries the
subject as an attribute, and is raised from its cause. ValueError and TypeError
mean a bug of ours and are never caught wholesale.
"""

from pathlib import Path

from audioed.characters import line, plain


class AudioedError(Exception):
    """Something that the user can understand and mend; its sentence never commands the terminal that shows it."""

    def __init__(self, message: str) -> None:
        super().__init__(plain(message))


class ConfigError(AudioedError):
    """A setting that audioed does not understand."""

    def __init__(self, message: str, *, path: Path | None = None, key: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.key = key


class StoreError(AudioedError):
    """A file of ours that cannot be read or written."""

    def __init__(self, message: str, *, path: Path) -> None:
        super().__init__(message)
        self.path = path


class SchemaError(StoreError):
    """A file of ours that a newer audioed wrote."""


class ExtractionError(AudioedError):
    """A page without an article worth hearing."""

    def __init__(self, message: str, *, name: str) -> None:
        super().__init__(line(message))
        self.name = line(name)


class FetchError(ExtractionError):
    """A page that could not be fetched."""

    def __init__(self, message: str, *, name: str, status: int = 0, retry_after: float = 0.0) -> None:
        super().__init__(message, name=name)
        self.status = status
        """What the server answered (RFC 9110, 15); 0 where none did."""
        self.retry_after = retry_after
        """Seconds for which the server asked to be left alone (RFC 9110, 10.2.3); 0 where it did not."""


class Unreachable(FetchError):
    """A server that did not answer, or not to the end; it may tomorrow."""


class Withheld(ExtractionError):
    """An article that its author does not want read; nothing went wrong."""


class ScriptError(AudioedError):
    """An edition with nothing to say."""

    def __init__(self, message: str, *, text: str = "") -> None:
        super().__init__(message)
        self.text = text


class SynthesisError(AudioedError):
    """An utterance that did not become sound."""

    def __init__(self, message: str, *, text: str = "") -> None:
        super().__init__(message)
        self.text = text


class Unspeakable(SynthesisError):
    """An utterance that no voice could speak as it is written, however often it was tried."""


class EngineNotFound(SynthesisError):
    """An engine that is not installed, or installed twice."""

    def __init__(self, message: str, *, engine: str) -> None:
        super().__init__(message)
        self.engine = engine


class ExtraNotFound(EngineNotFound):
    """An engine of ours that is installed as an extra, and is not."""


class VoiceNotFound(SynthesisError):
    """A voice that is not installed."""

    def __init__(self, message: str, *, voice: str) -> None:
        super().__init__(message)
        self.voice = voice


class MasteringError(AudioedError):
    """A recording that could not be finished; `clip` is the content key of a clip that is gone."""

    def __init__(self, message: str, *, clip: str = "") -> None:
        super().__init__(message)
        self.clip = clip


class FfmpegError(MasteringError):
    """Ffmpeg refused or broke off."""


class LoudnessError(MasteringError):
    """The encoded file misses its target."""


class ProofError(AudioedError):
    """A recording that cannot be heard again, or that says something else than its script."""


class VerificationError(AudioedError):
    """A recording whose file, chapters, cues or tags are not what they have to be."""

    def __init__(self, message: str, *, episode: str, rule: str) -> None:
        super().__init__(message)
        self.episode = episode
        self.rule = rule


class PublishingError(AudioedError):
    """An episode that may not enter the feed."""

    def __init__(self, message: str, *, episode: str, rule: str) -> None:
        super().__init__(message)
        self.episode = episode
        self.rule = rule


class ServingError(AudioedError):
    """An address or a port at which nothing can be served."""

    def __init__(self, message: str, *, host: str, port: int) -> None:
        super().__init__(message)
        self.host = host
        self.port = port


class AdoptionError(AudioedError):
    """A show, or an episode of one, that cannot be imported."""

    def __init__(self, message: str, *, name: str) -> None:
        super().__init__(line(message))
        self.name = line(name)


class ListenerError(AudioedError):
    """A listener of a private feed whom nobody knows, or a name that cannot be one."""

    def __init__(self, message: str, *, name: str) -> None:
        super().__init__(line(message))
        self.name = line(name)


class DeployError(AudioedError):
    """A place that the show cannot be published at."""

    def __init__(self, message: str, *, target: str) -> None:
        super().__init__(message)
        self.target = target
        """The name of its table in audioed.toml."""


class ConnectionLost(DeployError):
    """A target whose connection broke off, or that did not answer; it may go on where it was."""


class StudioError(AudioedError):
    """Something that the studio cannot do, or not now."""

    def __init__(self, message: str, *, status: int = 422) -> None:
        super().__init__(message)
        self.status = status
        """What the studio answers with it (RFC 9110, 15)."""


class Conflict(StudioError):
    """A change of what somebody else has changed meanwhile."""

    def __init__(self, message: str, *, theirs: object) -> None:
        super().__init__(message, status=409)
        self.theirs = theirs
        """What stands there now."""
