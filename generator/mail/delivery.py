"""Send a mailing: one message per recipient, each once. An interrupted run can be resumed."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from generator.mail.journal import Journal
from generator.mail.server import Account, Connection, Rejected, Unreachable
from generator.model.record import record

ROUNDS = 3
"""The number of attempts for a recipient that the server rejects temporarily."""
_PAUSES = (1.0, 5.0, 15.0)  # seconds before reconnecting, and before another round


@record
class Letter:
    """A message for one recipient. ``make`` writes the message, just before it is sent, and returns its bytes."""

    recipient: str
    make: Callable[[], bytes]


@dataclass
class Outcome:
    """The recipients by result.

    ``sent_before`` got the message in an earlier run, and ``uncertain`` may have got it. ``refused`` and ``unsent``
    contain the reason for each recipient. ``reason`` says why sending stopped early, or is ''.
    """

    sent: list[str] = field(default_factory=list)
    sent_before: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    uncertain: list[str] = field(default_factory=list)
    unsent: dict[str, str] = field(default_factory=dict)
    reason: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether every recipient has the message."""
        return not (self.refused or self.uncertain or self.unsent)


class Delivery:
    """Sends letters and journals them.

    Before each letter, ``may_continue`` returns whether to go on. ``pauses`` are the seconds before each new attempt.
    """

    def __init__(
        self,
        account: Account,
        sender: str,
        journal: Journal,
        *,
        may_continue: Callable[[], bool] = lambda: True,
        pauses: Sequence[float] = _PAUSES,
    ) -> None:
        self._account = account
        self._sender = sender
        self._journal = journal
        self._may_continue = may_continue
        self._pauses = pauses
        self._connection: Connection | None = None

    def send(self, letters: Sequence[Letter], *, again: bool = False) -> Outcome:
        """Send the letters that were not sent before. With ``again``, also send the refused and the uncertain ones."""
        outcome = Outcome()
        pending = [letter for letter in letters if self._is_due(letter.recipient, outcome, again=again)]
        for round_number in range(ROUNDS):
            if round_number and pending and not outcome.reason:
                time.sleep(self._pauses[min(round_number, len(self._pauses)) - 1])
            pending = self._try_each(pending, outcome)
        if self._connection:
            self._connection.close()
        return outcome

    def _is_due(self, recipient: str, outcome: Outcome, *, again: bool) -> bool:
        """Whether the message to a recipient must be sent. If not, add the recipient to the outcome."""
        recipient_hash, journal = self._journal.address_hash(recipient), self._journal
        if recipient_hash in journal.sent:
            outcome.sent_before.append(recipient)
        elif recipient_hash in journal.refused and not again:
            outcome.refused[recipient] = "refused before"
        elif recipient_hash in journal.uncertain and not again:
            outcome.uncertain.append(recipient)
        else:
            return True
        return False

    def _try_each(self, letters: list[Letter], outcome: Outcome) -> list[Letter]:
        """Try to send each letter. Returns the letters to try again in the next round."""
        pending = []
        for letter in letters:
            if outcome.reason or not self._should_continue(outcome):
                outcome.unsent.setdefault(letter.recipient, "not tried")
            elif not self._send_letter(letter, outcome):
                pending.append(letter)
        return pending

    def _should_continue(self, outcome: Outcome) -> bool:
        """Whether to send another letter. If the run was stopped, set the reason in the outcome."""
        if not self._may_continue():
            outcome.reason = "stopped"
        return not outcome.reason

    def _send_letter(self, letter: Letter, outcome: Outcome) -> bool:
        """Try to send a letter, also after reconnecting. Returns False if the server rejects it temporarily."""
        recipient, message = letter.recipient, letter.make()
        is_begun = False

        def begin() -> None:
            nonlocal is_begun
            self._journal.begin(recipient)
            is_begun = True

        for pause in (*self._pauses, None):  # None: no further attempt
            try:
                self._transmit(recipient, message, begin)
            except Rejected as rejection:
                return self._record_rejection(recipient, rejection, outcome, is_begun=is_begun)
            except Unreachable as failure:
                self._connection = None
                # The connection broke after the final dot: the message may have arrived, so it is not sent again.
                if is_begun:
                    outcome.unsent.pop(recipient, None)
                    outcome.uncertain.append(recipient)
                    return True
                if pause is None:
                    outcome.reason = str(failure)
                    outcome.unsent[recipient] = str(failure)
                    return True
                time.sleep(pause)
            else:
                outcome.unsent.pop(recipient, None)
                outcome.sent.append(recipient)
                return True
        raise AssertionError("the last pause is None")

    def _transmit(self, recipient: str, message: bytes, begin: Callable[[], None]) -> None:
        """Deliver a message, and record that. ``begin`` is called before the end of the message is sent."""
        if self._connection is None:
            self._connection = Connection(self._account)
        self._connection.deliver(self._sender, recipient, message, begin)
        self._journal.accept(recipient)

    def _record_rejection(self, recipient: str, rejection: Rejected, outcome: Outcome, *, is_begun: bool) -> bool:
        """Record a rejection, after ``Journal.begin`` if ``is_begun``. Returns whether it is permanent."""
        if rejection.is_permanent:
            self._journal.refuse(recipient)
            outcome.refused[recipient] = str(rejection)
            outcome.unsent.pop(recipient, None)
        else:
            # If the server rejects the message after its final dot, the message was certainly not accepted.
            if is_begun:
                self._journal.undo(recipient)
            outcome.unsent[recipient] = str(rejection)
        try:
            if self._connection:
                self._connection.reset()
        except Unreachable:
            self._connection = None
        return rejection.is_permanent


def run_in_new_session(work: Callable[[Callable[[], bool]], int]) -> int:
    """Run ``work`` in a separate process, which finishes the current letter even if this process is killed.

    ``work`` takes a function that returns whether this process is alive. Returns the exit code that ``work`` returns.
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
