"""The instructions for a model are a template that a pull request can change, so it has no access to anything else."""

import pytest

from generator.drafting.prompt import BadPrompt, render_prompt


def test_a_template_gets_languages_topics_and_tags() -> None:
    prompt = render_prompt(
        "{{ languages[0] }} {{ topics[0][0] }} {{ tags[0][1] }}", ("en",), [("a", "A")], [("t", "T")]
    )
    assert prompt.text == "English (en) a T"
    assert len(prompt.short_hash) == 16


@pytest.mark.parametrize(
    "template",
    [
        "{% if %}",
        "{{ nothing }}",
        "{{ 1 / 0 }}",
        "{{ topics() }}",
        "{{ languages[99] }}",
        "{{ " + "(" * 2000 + ")" * 2000 + " }}",
        "{{ cycler.__init__.__globals__.os.environ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% for x in range(10 ** 9) %}{% endfor %}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_a_faulty_or_hostile_template_is_refused(template: str) -> None:
    with pytest.raises(BadPrompt, match=r"^prompts/draft\.md\.j2: "):
        render_prompt(template, ("en",), [], [])
