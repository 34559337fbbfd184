"""Who listens to a show by a feed of their own: invited, told where it is, and uninvited."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from audioed import build
from audioed.characters import is_title
from audioed.errors import ListenerError
from audioed.place import Listener, Place
from audioed.publishing import invited
from audioed.publishing.invited import Invited
from audioed.textkey import folded

BYTES = 20
"""Of chance in a token, 160 bits: whoever tried a million a second would look for 10^34 years."""
LONGEST = 200
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A listener, and where their feed is."""

    name: str
    address: str
    """Secret: whoever knows it, listens."""
    since: date


@dataclass(frozen=True, slots=True)
class Listeners:
    """The listeners of a show who have feeds of their own; ListenerError for a name that is none, or nobody's."""

    place: Place
    today: date
    listener: Listener
    """Hears how publishing goes on."""

    def __iter__(self) -> Iterator[Feed]:
        """Everybody, in the order in which they were invited."""
        return map(self._feed, self._known())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._known())

    def add(self, *names: str) -> tuple[Feed, ...]:
        """The feeds of these listeners, published; whoever has one keeps it."""
        wanted = [_named(name) for name in names]
        with self.place.store.lock("listeners"):
            known = {folded(each.name): each for each in self._known()}
            for name in wanted:
                known.setdefault(folded(name), Invited(name=name, token=secrets.token_hex(BYTES), since=self.today))
            invited.keep(tuple(known.values()), self.place.store)
            self._publish()
        return tuple(self._feed(known[folded(name)]) for name in dict.fromkeys(wanted))

    def revoke(self, *names: str) -> None:
        """Take their feeds away from these listeners: the files go now, and from a server with the next deploy."""
        with self.place.store.lock("listeners"):
            known = self._known()
            gone = {self._one(name).token for name in names}
            invited.keep(tuple(each for each in known if each.token not in gone), self.place.store)
            invited.shut_out(gone, self.place.store)
            self._publish()

    def address(self, name: str) -> str:
        """Where the feed of a listener is."""
        return self._feed(self._one(name)).address

    def _known(self) -> tuple[Invited, ...]:
        return invited.known(self.place.store) or ()

    def _one(self, name: str) -> Invited:
        found = next((each for each in self._known() if folded(each.name) == folded(name)), None)
        if found is None:
            raise ListenerError(f"{name} is not a listener; `audioed listeners list` names them all.", name=name)
        return found

    def _feed(self, listener: Invited) -> Feed:
        address = invited.address_of(listener, self.place.config.publishing, self.place.store)
        return Feed(listener.name, address, listener.since)

    def _publish(self) -> None:
        """Bring the folders to who is invited; before the first episode there is nothing to publish."""
        if any(True for _ in self.place.store.finished()):
            build.publish(self.place, self.listener, anew=False)


def _named(name: str) -> str:
    if not is_title(name) or len(name) > LONGEST:
        raise ListenerError(f"{name!r} is not a name; write one on a line, or an email address.", name=name)
    return name.strip()
