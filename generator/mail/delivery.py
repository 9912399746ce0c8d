"""Send a mailing: one message per recipient, each once. An interrupted run can be resumed."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from generator.mail.journal import Journal
from generator.mail.server import Access, Rejected, Server, Unreachable
from generator.model.record import record

ROUNDS = 3
"""The number of attempts for a recipient whom the server rejects temporarily."""
_PAUSES = (1.0, 5.0, 15.0)  # seconds before reconnecting, and before another round


@record
class Letter:
    """A message for one recipient, which is written when its turn comes."""

    recipient: str
    make: Callable[[], bytes]


@dataclass
class Outcome:
    """The results by recipient. ``reason`` says why sending stopped early, or is ''."""

    sent: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    uncertain: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every recipient has the message."""
        return not (self.refused or self.uncertain or self.left)


class Delivery:
    """Sends letters with a journal. ``may_continue`` is called before each letter; ``pauses`` are seconds."""

    def __init__(
        self,
        where: Access,
        sender: str,
        journal: Journal,
        *,
        may_continue: Callable[[], bool] = lambda: True,
        pauses: Sequence[float] = _PAUSES,
    ) -> None:
        self._where = where
        self._sender = sender
        self._journal = journal
        self._may_continue = may_continue
        self._pauses = pauses
        self._server: Server | None = None

    def send(self, letters: Sequence[Letter], *, again: bool = False) -> Outcome:
        """Send the letters that the journal does not list as sent. ``again`` retries uncertain and rejected ones."""
        outcome = Outcome()
        waiting = [letter for letter in letters if self._is_due(letter.recipient, outcome, again=again)]
        for round_number in range(ROUNDS):
            if round_number and waiting and not outcome.reason:
                time.sleep(self._pauses[min(round_number, len(self._pauses)) - 1])
            waiting = self._round(waiting, outcome)
        if self._server:
            self._server.close()
        return outcome

    def _is_due(self, recipient: str, outcome: Outcome, *, again: bool) -> bool:
        who, journal = self._journal.hashed(recipient), self._journal
        if who in journal.sent:
            outcome.before.append(recipient)
        elif who in journal.refused and not again:
            outcome.refused[recipient] = "refused before"
        elif who in journal.open and not again:
            outcome.uncertain.append(recipient)
        else:
            return True
        return False

    def _round(self, letters: list[Letter], outcome: Outcome) -> list[Letter]:
        """Try each letter once; return those that may be retried."""
        waiting = []
        for letter in letters:
            if outcome.reason or not self._may_go_on(outcome):
                outcome.left.setdefault(letter.recipient, "not tried")
            elif not self._try(letter, outcome):
                waiting.append(letter)
        return waiting

    def _may_go_on(self, outcome: Outcome) -> bool:
        if not self._may_continue():
            outcome.reason = "stopped"
        return not outcome.reason

    def _try(self, letter: Letter, outcome: Outcome) -> bool:
        """Try one letter; return whether its result is final."""
        recipient, message = letter.recipient, letter.make()
        for pause in (*self._pauses, None):
            try:
                self._hand_over(recipient, message)
            except Rejected as answer:
                return self._rejected(recipient, answer, outcome)
            except Unreachable as failure:
                self._server = None
                if self._journal.hashed(recipient) in self._journal.open:
                    outcome.uncertain.append(recipient)
                    return True
                if pause is None:
                    outcome.reason = str(failure)
                    outcome.left[recipient] = str(failure)
                    return True
                time.sleep(pause)
            else:
                outcome.left.pop(recipient, None)
                outcome.sent.append(recipient)
                return True
        raise AssertionError("the last pause is None")

    def _hand_over(self, recipient: str, message: bytes) -> None:
        if self._server is None:
            self._server = Server(self._where)
        self._server.deliver(self._sender, recipient, message, lambda: self._journal.begin(recipient))
        self._journal.done(recipient)

    def _rejected(self, recipient: str, answer: Rejected, outcome: Outcome) -> bool:
        if answer.is_permanent:
            self._journal.refuse(recipient)
            outcome.refused[recipient] = str(answer)
            outcome.left.pop(recipient, None)
        else:
            if self._journal.hashed(recipient) in self._journal.open:
                self._journal.undo(recipient)
            outcome.left[recipient] = str(answer)
        try:
            if self._server:
                self._server.forget()
        except Unreachable:
            self._server = None
        return answer.is_permanent


def outliving(work: Callable[[Callable[[], bool]], int]) -> int:
    """Run ``work`` in a separate process, which finishes the current letter even if this process is killed.

    ``work`` takes a function that returns whether this process is alive, and returns an exit code.
    """
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.setsid()  # a session of its own, so that signals to the parent's group, such as Ctrl+C, do not reach it
        code = 1
        try:
            code = work(lambda: os.getppid() == parent)
        except BaseException:  # noqa: BLE001 - the process ends here, so no caller could report it
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
