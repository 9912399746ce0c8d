"""``digest draft``: a language model drafts the texts of entries, with evidence for each sentence.

Automatic checks, the *gates*, remove what is not supported. A person reviews the rest with ``digest review``.
"""

import argparse
import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.build.safe_files import is_tracked, write_whole
from generator.commands.add import RecordFinder, user_agent
from generator.commands.arguments import add_content_option, add_folder_option, dollars, project_settings, whole_number
from generator.commands.draft_entry import (
    DraftedEntry,
    read_all_papers,
    reason_against_draft,
    reason_to_keep_review,
    unknown_ids_message,
)
from generator.commands.draft_source import MAX_FILE_SIZE, read_source
from generator.commands.verbosity import add_verbosity_options, print_note, progress
from generator.drafting.drafter import Ask, Draft, Model, NoAnswer, connect, draft
from generator.drafting.evidence import EVIDENCE_FOLDER, draft_report, make_evidence, save_evidence
from generator.drafting.gates import Context
from generator.drafting.prompt import BadPrompt, Prompt, read_template, render_prompt
from generator.drafting.source_text import NoText
from generator.fetch.cache import FETCH_CACHE, ResponseCache
from generator.fetch.client import Client, FetchFailed, Limits
from generator.fetch.model_endpoint import (
    BudgetExceeded,
    Exported,
    JournaledTransport,
    RequestOptions,
    import_responses,
)
from generator.fetch.model_journal import Journal, Price
from generator.model.catalog import Content
from generator.model.localized import in_digest_language
from generator.model.paper import Paper
from generator.model.settings import Settings
from generator.store.load import load

ABOUT = "let a language model draft texts, with evidence for each sentence"
CACHE = Path(".cache/drafts")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="entries to draft (default: all without a tldr)")
    add_content_option(parser)
    parser.add_argument("--language", default="en,de", metavar="CODES", help="languages of the texts (default: en,de)")
    parser.add_argument(
        "--source", default="", metavar="FILE|URL", help="read the paper from this PDF, HTML or text (one ID)"
    )
    parser.add_argument("--from", dest="text_kind", choices=("paper", "abstract"), default="paper",
                        help="read the public full text (default) or only the abstract")  # fmt: skip
    parser.add_argument("--most", type=whole_number, metavar="N", help="draft at most N entries")
    parser.add_argument("--most-cost", type=dollars, metavar="DOLLARS", help="spend at most this amount in 24 hours")
    parser.add_argument("--price", metavar="IN,OUT", help="price in dollars per million input and output tokens")
    parser.add_argument(
        "--most-tokens", type=whole_number, default=6000, metavar="N",
        help="maximum length of a response in tokens (default: 6000)",
    )  # fmt: skip
    parser.add_argument(
        "--timeout", type=float, default=300, metavar="SECONDS",
        help="maximum time to wait for a response (default: 300)",
    )  # fmt: skip
    parser.add_argument(
        "--rewrite", action="store_true", help="also draft entries whose text a model wrote and nobody reviewed"
    )
    parser.add_argument("--again", action="store_true", help="repeat requests that may already have been charged")
    parser.add_argument(
        "--export", type=Path, metavar="FILE", help="write requests for a batch API instead of sending them"
    )
    parser.add_argument("--import", dest="responses", type=Path, metavar="FILE", help="read the responses of a batch")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write a Markdown report of texts and evidence")
    add_folder_option(parser, "--cache", CACHE, "folder for requests and responses")
    add_folder_option(parser, "--evidence", EVIDENCE_FOLDER, "folder for evidence")
    add_verbosity_options(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    model = _model(arguments)
    if model is None:
        return 2
    try:
        price = _price(arguments.price, model)
    except ValueError:
        print(f"--price {arguments.price}: write two numbers, such as 0.15,0.6", file=sys.stderr)
        return 2
    if arguments.source and len(arguments.ids) != 1:
        print("--source is the text of one paper: name its id", file=sys.stderr)
        return 2
    if arguments.most_cost is not None and price is None:
        print(
            f"the price of {model.name} is not known: --price IN,OUT states it (0,0 for a local one)", file=sys.stderr
        )
        return 2
    settings = project_settings()
    if settings is None:
        return 1
    if is_tracked(arguments.cache):  # a pull request could have added the folder
        print(f"{arguments.cache}: git tracks this folder, so its responses may be forged: delete it", file=sys.stderr)
        return 2
    journal = Journal(arguments.cache, price)
    if arguments.responses:
        count, faults = import_responses(arguments.responses, journal)
        for fault in faults:
            print(fault, file=sys.stderr)
        print_note(f"{count} responses imported")
    # This client reads sources. Requests to the model cost money, so their client keeps a journal.
    with Client(user_agent(settings), ResponseCache(FETCH_CACHE), Limits(size=MAX_FILE_SIZE)) as client:
        try:
            with connect(model, _model_client(journal, arguments)) as ask:
                return DraftRun(arguments, settings, journal, model.name, RecordFinder(client), ask).run()
        # Only this command needs the packages of the extra ``draft``, so most installations lack them.
        except ModuleNotFoundError as error:
            print(f"{error.name} is not installed: pip install 'curated-paper-digest[draft]'", file=sys.stderr)
            return 1


def _model(arguments: argparse.Namespace) -> Model | None:
    """Return the model that environment variables name. If they are missing, prints an example and returns None."""
    name, url = os.environ.get("DIGEST_MODEL", ""), os.environ.get("DIGEST_MODEL_URL", "")
    if not name or not url:
        print("DIGEST_MODEL and DIGEST_MODEL_URL name a model and its address, such as", file=sys.stderr)
        print("    DIGEST_MODEL=llama3.3 DIGEST_MODEL_URL=http://127.0.0.1:11434/v1", file=sys.stderr)
        print("DIGEST_MODEL_KEY is its key, if it wants one (docs/drafting.md)", file=sys.stderr)
        return None
    return Model(name, url, os.environ.get("DIGEST_MODEL_KEY", ""), arguments.most_tokens)


def _price(option: str | None, model: Model) -> Price | None:
    """Return the price in ``option``, else that in a public list, else None. Raises ValueError for a bad option."""
    if option:
        price_in, price_out = map(dollars, option.split(","))
        return Price(price_in, price_out)
    try:
        # A list of public prices, a package of the extra ``draft``.
        from genai_prices import Usage, calc_price
    except ImportError:
        return None
    try:
        # Each cost is that of a million tokens, the unit of ``Price``.
        costs = [
            calc_price(Usage(**{kind: 1_000_000}), model_ref=model.name, provider_api_url=model.url).total_price
            for kind in ("input_tokens", "output_tokens")
        ]
    except LookupError:
        return None
    return Price(float(costs[0]), float(costs[1]))


def _model_client(journal: Journal, arguments: argparse.Namespace) -> Any:
    """Return an HTTP client for the model, which records requests and responses in the journal."""
    import httpx2

    options = RequestOptions(
        timeout=arguments.timeout,
        max_cost=arguments.most_cost,
        repeat_uncertain=arguments.again,
        export_file=arguments.export,
    )
    return httpx2.AsyncClient(transport=JournaledTransport(journal, options), timeout=arguments.timeout)


@dataclass
class DraftRun:
    """One run of the command. ``model`` is the name of the model, and ``ask`` sends a question to the model."""

    arguments: argparse.Namespace
    settings: Settings
    journal: Journal
    model: str
    finder: RecordFinder
    ask: Ask

    def run(self) -> int:
        """Draft the requested entries.

        Returns 1 if any entry gets no draft or a draft with an empty field, or if the template of the prompt is wrong.
        Returns 2 if no entry has one of the ids.
        """
        content, papers = load(self.arguments.content).content, read_all_papers(self.arguments.content)
        if unknown := [paper_id for paper_id in self.arguments.ids if paper_id not in papers]:
            print(unknown_ids_message(unknown), file=sys.stderr)
            return 2
        languages = tuple(code.strip() for code in self.arguments.language.split(","))
        try:
            template = read_template(self.arguments.content)
            prompt = render_prompt(template, languages, self._topics(content), self._tags(content))
        except BadPrompt as error:
            print(error, file=sys.stderr)
            return 1
        chosen = [papers[paper_id] for paper_id in self.arguments.ids]
        chosen = chosen or [paper for paper in papers.values() if not paper.tldr]
        chosen = chosen[: self.arguments.most]
        spent_before = self.journal.spent()
        drafts: list[tuple[Paper, Draft]] = []
        with progress(len(chosen), "drafts") as bar:
            for paper in chosen:
                try:
                    drafted = self._draft_paper(paper, prompt, content, languages)
                except BudgetExceeded as error:
                    print(f"stopped before {paper.id}: {error}", file=sys.stderr)
                    break
                drafts += [(paper, drafted)] if drafted else []
                bar.advance()
        if self.arguments.report:
            text = draft_report(drafts)
            write_whole(self.arguments.report, text.encode(), self.arguments.report.parent)
        cost = f", ${self.journal.spent() - spent_before:.4f}" if self.journal.price else ""
        next_step = f'; next: digest review {drafts[0][0].id} --by "YOUR NAME"' if drafts else ""
        print_note(f"drafted: {len(drafts)}, requests: {len(self.journal.sent)}{cost}{next_step}")
        return 1 if len(drafts) < len(chosen) or any(drafted.failed for _, drafted in drafts) else 0

    def _draft_paper(
        self, paper: Paper, prompt: Prompt, content: Content, languages: tuple[str, ...]
    ) -> Draft | None:  # fmt: skip
        """Draft one paper and write the draft into its entry.

        Returns None if there is no draft, and prints why, unless the request was exported. Raises BudgetExceeded.
        """
        context = self._context(paper, content, languages)
        if isinstance(context, str):  # the reason why the paper is not drafted
            print(f"{paper.id}: {context}", file=sys.stderr)
            return None
        for sentence in context.source.left_out:
            print(f"{paper.id}: left out, because it addresses a language model: {sentence[:120]!r}", file=sys.stderr)
        try:
            drafted = draft(paper, prompt, context, self.ask)
        except (NoAnswer, FetchFailed) as error:
            cause = _cause(error)
            if isinstance(cause, BudgetExceeded):
                raise cause from None
            if not isinstance(cause, Exported):  # an exported request needs no message
                print(f"{paper.id}: no draft: {cause}", file=sys.stderr)
            return None
        # Saved before the entry is written, so that no entry has a text without evidence if the run is killed.
        save_evidence(self.arguments.evidence, make_evidence(paper.id, context.source, drafted))
        entry = DraftedEntry(self.arguments.content, paper)
        print(f"{entry.path}: {entry.write_draft(drafted, context.source, prompt, self.model, date.today())}")
        for (language, field), reasons in sorted(drafted.failed.items()):
            print(f"    {f'{language} {field}'.strip()} stays empty: {'; '.join(reasons)}")
        return drafted

    def _context(self, paper: Paper, content: Content, languages: tuple[str, ...]) -> Context | str:
        """Return what the gates compare a draft with, or the reason why the paper is not drafted."""
        if reason := reason_against_draft(paper, rewrite=self.arguments.rewrite):
            return reason
        if reason := reason_to_keep_review(self.arguments.evidence, paper.id):
            return reason
        try:
            source = read_source(paper, self.finder, self.arguments.source, self.arguments.text_kind)
        except (NoText, FetchFailed, OSError) as error:
            return f"no source: {error}"
        # The entry states title and keywords already, so a draft may repeat them without evidence.
        known = " ".join((paper.title, *paper.other_titles, *paper.keywords))
        topics = frozenset(topic_id for topic_id, _ in self._topics(content))
        return Context(source, known, languages, topics, frozenset(tag.id for tag in content.tags))

    def _topics(self, content: Content) -> list[tuple[str, str]]:
        """Return pairs of id and description of the topics without subtopics, which are the most specific ones."""
        language = self.settings.language
        parents = {topic.parent for topic in content.topics}
        return [
            (topic.id, in_digest_language(topic.description or topic.name, language))
            for topic in content.topics
            if topic.id not in parents
        ]

    def _tags(self, content: Content) -> list[tuple[str, str]]:
        """Return pairs of id and description of the tags."""
        language = self.settings.language
        return [(tag.id, in_digest_language(tag.description, language)) for tag in content.tags]


def _cause(error: BaseException) -> BaseException:
    """Return the FetchFailed that caused ``error``, or ``error`` if there is none.

    The client of the model raises its own exceptions, from those of the transport.
    """
    cause: BaseException | None = error
    for _ in range(20):  # a chain of causes may contain a cycle
        if cause is None or isinstance(cause, FetchFailed):
            break
        cause = cause.__cause__ or cause.__context__
    return cause if isinstance(cause, FetchFailed) else error
