"""How the state of tasks is shown: colour, sign and word together."""

from __future__ import annotations

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from atvsld.oversight.programme.standing import LOOKS, Look, TaskLine

register = template.Library()


@register.simple_tag
def look_badge(look: Look, count: int | None = None) -> SafeString:
    """One state; with a count, how many tasks are in it."""
    tone, sign, word = LOOKS[Look(look)]
    number = "" if count is None else format_html(" <b>{}</b>", count)
    return format_html(
        '<span class="tag tag-{} look"><span aria-hidden="true">{}</span> {}{}</span>', tone, sign, word, number
    )


@register.filter
def look_word(look: Look) -> str:
    """A state in a word, for a title or a file."""
    return str(LOOKS[Look(look)][2])


@register.simple_tag
def task_url(task: TaskLine) -> str:
    """The page of a task in the room that keeps it; empty while there is none."""
    try:
        return reverse("workplans:task", args=[task.public_id])
    except NoReverseMatch:
        return ""


@register.simple_tag
def task_link(task: TaskLine) -> SafeString:
    """A task by its title, leading to its page."""
    url = task_url(task)
    return format_html('<a href="{}">{}</a>', url, task.title) if url else format_html("{}", task.title)


@register.filter
def add_px(value: float, more: int) -> str:
    """A place in a drawing moved by some units, written with a point whatever the language."""
    return f"{float(value) + more:.1f}"
