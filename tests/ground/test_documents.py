"""What the documents say is so: variables, commands, links, the words on the screen, the glossary."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import click
import pytest
import typer
from django.urls import Resolver404, resolve

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"
GUIDES = sorted((DOCS / "guide").glob("*.md"))
OPERATOR = DOCS / "guide" / "operator.md"
DOCUMENTS = [REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")] + sorted(DOCS.rglob("*.md"))
VARIABLE = r"PANOH_[A-Z_]+|DATABASE_URL|DATABASE_OWNER_URL"
TRANSLATED = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}
PLACEHOLDER = r"%\(\w+\)s|\{\{.*?\}\}"
LEAST_LETTERS = 4


def _name(file: Path) -> str:
    return str(file.relative_to(REPOSITORY))


def _sources(suffix: str) -> list[Path]:
    found = (REPOSITORY / "panoh").rglob(f"*{suffix}")
    return [file for file in sorted(found) if "tests" not in file.parts and "migrations" not in file.parts]


# --- variables ---------------------------------------------------------------------------------------------------


def _variables_in_code() -> set[str]:
    """Return the variables that stand in quotes in our Python or after a dollar in our shell."""
    found: set[str] = set()
    for file in _sources(".py"):
        text = file.read_text()
        found |= set(re.findall(rf"""["']({VARIABLE})["']""", text))
        found |= {f"{name}_FILE" for name in re.findall(rf"""env_secret\(["']({VARIABLE})["']""", text)}
    for file in (REPOSITORY / "scripts").glob("*.sh"):
        found |= set(re.findall(rf"\$\{{?({VARIABLE})", file.read_text()))
    return found


def _variables_described() -> set[str]:
    """Return the variables of the first column of the table."""
    lines = (DOCS / "deployment.md").read_text().splitlines()
    return {name for line in lines if line.startswith("| `") for name in re.findall(VARIABLE, line.split("|")[1])}


def test_deployment_describes_every_variable_that_the_code_reads() -> None:
    assert {"PANOH_HOME", "PANOH_SECRET_KEY_FILE", "PANOH_CHROMIUM", "DATABASE_URL"} <= _variables_in_code()
    assert _variables_in_code() - _variables_described() == set()


@pytest.mark.parametrize("file", DOCUMENTS, ids=_name)
def test_a_document_names_only_variables_that_the_code_reads(file: Path) -> None:
    assert set(re.findall(VARIABLE, file.read_text())) - _variables_in_code() == set()


# --- commands ----------------------------------------------------------------------------------------------------


@cache
def _commands() -> dict[tuple[str, ...], click.Command]:
    """Return every command of `panoh` by its words."""
    from panoh.web.cli import app  # noqa: PLC0415

    found: dict[tuple[str, ...], click.Command] = {}

    def walk(words: tuple[str, ...], command: click.Command) -> None:
        under = getattr(command, "commands", None)
        if under is None:
            found[words] = command
        for name, each in (under or {}).items():
            walk((*words, name), each)

    walk((), typer.main.get_command(app))
    return found


def _options(command: click.Command) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name.startswith("--")}


def _code(text: str) -> Iterator[str]:
    """Return what stands as code or as a shell's line in a document, line by line."""
    for block in re.findall(r"^ *```(?:sh)?\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        yield from block.splitlines()
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL))


def _shown(text: str) -> list[list[str]]:
    """Return the words after `panoh` of each command that a document shows."""
    found = (re.search(r"(?:^|[\s/])panoh +(\S[^#|]*)", line) for line in _code(text))
    return [match[1].split() for match in found if match]


def _wrong(words: list[str]) -> str:
    if words[0] == "--help":
        return ""
    known = [path for path in _commands() if tuple(words[: len(path)]) == path]
    if not known:
        return f"no command: panoh {' '.join(words)}"
    strange = {word for word in words if word.startswith("--")} - _options(_commands()[known[0]]) - {"--help"}
    return f"no option of panoh {' '.join(known[0])}: {strange}" if strange else ""


@pytest.mark.parametrize("file", DOCUMENTS, ids=_name)
def test_every_command_that_a_document_shows_exists(file: Path) -> None:
    assert [wrong for words in _shown(file.read_text()) if (wrong := _wrong(words))] == []


def test_the_operators_guide_describes_every_command_and_option() -> None:
    text = OPERATOR.read_text()
    rows = {tuple(row.split()) for row in re.findall(r"^\| `panoh ([a-z -]+)` \|", text, re.MULTILINE)}
    assert rows == set(_commands())
    options = {option for command in _commands().values() for option in _options(command)}
    assert {option for option in options if not re.search(rf"{option}\b", text)} == set()


def test_the_operators_guide_explains_every_key_of_the_report_of_a_list() -> None:
    from panoh.casework.actions.registering import Registered  # noqa: PLC0415
    from panoh.casework.queries.lists import report_of  # noqa: PLC0415
    from panoh.casework.reading import ReadList  # noqa: PLC0415

    read = ReadList(**{each.name: () for each in fields(ReadList)})
    explained = set(re.findall(r"`(\w+)`", OPERATOR.read_text()))
    assert {*report_of(read), "error", "created"} - explained == set()
    assert {each.name for each in fields(Registered)} - {"code"} - explained == set()


@pytest.mark.parametrize("file", DOCUMENTS, ids=_name)
def test_every_target_of_make_that_a_document_shows_exists(file: Path) -> None:
    targets = set(re.findall(r"^([a-z]+)(?:[ :])", (REPOSITORY / "Makefile").read_text(), re.MULTILINE))
    shown = {match[1] for line in _code(file.read_text()) if (match := re.match(r" *make ([a-z]+)", line))}
    assert shown - targets == set()


@pytest.mark.parametrize("file", DOCUMENTS, ids=_name)
def test_every_name_that_a_document_imports_exists(file: Path) -> None:
    for module, names in re.findall(r"from (panoh[\w.]*) import (\w+(?:, \w+)*)", file.read_text()):
        assert [name for name in names.split(", ") if not hasattr(importlib.import_module(module), name)] == []


# --- links -------------------------------------------------------------------------------------------------------


def _anchors(file: Path) -> set[str]:
    headings = re.findall(r"^#+ +(.+?) *$", file.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _broken(file: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    aim = (file.parent / path).resolve() if path else file
    return not aim.is_relative_to(REPOSITORY) or not aim.exists() or bool(anchor and anchor not in _anchors(aim))


@pytest.mark.parametrize("file", DOCUMENTS, ids=_name)
def test_every_link_leads_somewhere(file: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", file.read_text())
    ours = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in ours if _broken(file, target)] == []


def test_every_document_is_found_from_the_readme() -> None:
    seen: set[Path] = set()
    ahead = [REPOSITORY / "README.md"]
    while ahead:
        file = ahead.pop()
        if file in seen or file.suffix != ".md":
            continue
        seen.add(file)
        targets = re.findall(r"\]\(([^)#\s]+)", file.read_text())
        ahead += [aim for target in targets if (aim := (file.parent / target).resolve()).exists()]
    assert [_name(file) for file in sorted(DOCS.rglob("*.md")) if file not in seen] == []


@pytest.mark.parametrize("file", DOCUMENTS, ids=_name)
def test_a_document_holds_no_path_of_a_machine_and_no_registry(file: Path) -> None:
    assert (
        re.findall(r"(?<![\w.~])/(?:work|root|home|opt)\b\S*|\S*(?:pypi|npmjs|registry)\.\w+\S*", file.read_text())
        == []
    )


# --- paths and addresses -----------------------------------------------------------------------------------------

TOPS = {each.name for folder in (REPOSITORY, REPOSITORY / "panoh") for each in folder.iterdir() if each.is_dir()}
PATH, PAGE = re.compile(r"([a-z_]+)(?:/[\w.-]+)+"), re.compile(r"/?(?:[\w<>-]+/)+")
OPERATION = re.compile(r"(?:(GET|POST|PUT|DELETE) )?(…?)(?:/api/v1)?(/[\w{}/-]+)(?:\?\S*)?")


@cache
def _operations() -> set[str]:
    """Return each operation of the API, such as “GET /families/{}”."""
    from panoh.web.api import api  # noqa: PLC0415

    paths = api.get_openapi_schema(path_prefix="")["paths"]
    return {f"{method.upper()} {_blank(path)}" for path, methods in paths.items() for method in methods}


def _blank(path: str) -> str:
    return re.sub(r"\{\w*\}", "{}", path)


def _is_page(span: str) -> bool:
    try:
        return bool(resolve("/" + re.sub(r"<\w+>", "1", span).lstrip("/")))
    except Resolver404:
        return False


def _is_operation(method: str, rest: str, path: str) -> bool:
    """Tell whether there is one; rest: "…" where only its end is written."""
    asked = re.compile(f"{method or '[A-Z]+'} {'.*' if rest else ''}{re.escape(_blank(path))}")
    return any(asked.fullmatch(operation) for operation in _operations())


def _is_nowhere(span: str) -> bool:
    """Tell whether a span of code looks like a path, a page or an operation, and there is none."""
    if (path := PATH.fullmatch(span)) and path[1] in TOPS:
        return not any((folder / span).exists() for folder in (REPOSITORY, REPOSITORY / "panoh"))
    if PAGE.fullmatch(span):
        return not ((REPOSITORY / span).is_dir() or _is_page(span))
    said = OPERATION.fullmatch(span)
    return bool(said and (said[1] or said[2]) and not _is_operation(said[1], said[2], said[3]))


@pytest.mark.parametrize("file", [*DOCUMENTS, REPOSITORY / "CHANGELOG.md"], ids=_name)
def test_every_path_page_and_operation_that_a_document_names_exists(file: Path) -> None:
    text = re.sub(r"^ *```.*?^ *```", "", file.read_text(), flags=re.MULTILINE | re.DOTALL)
    assert [span for span in re.findall(r"`([^`\n]+)`", text) if _is_nowhere(span)] == []


def test_a_path_a_page_and_an_operation_that_are_not_there_are_found() -> None:
    there = ["casework/guards.py", "families/<code>/board/", "GET /families/{code}", "PUT …/words"]
    assert not any(_is_nowhere(span) for span in there)
    gone = ["casework/guard.py", "families/<code>/boards/", "PUT /families/{code}", "DELETE …/words", "…/word-for-word"]
    assert all(_is_nowhere(span) for span in gone)


# --- words on the screen -----------------------------------------------------------------------------------------


@cache
def _screen() -> frozenset[str]:
    """Return every text that is meant for a reader, with its placeholders."""
    found: set[str] = set()
    for file in _sources(".py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATED:
                found |= {
                    each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    for file in _sources(".html"):
        text = file.read_text()
        found |= {words for _, words in re.findall(r"""\{% translate (["'])(.*?)\1""", text)}
        found |= {words for _, words in re.findall(r"""\b_\((["'])(.*?)\1\)""", text)}
        for block in re.findall(r"\{% blocktranslate\b[^%]*%\}(.*?)\{% endblocktranslate %\}", text, re.DOTALL):
            found |= {part.strip() for part in re.split(r"\{% plural %\}", block)}
    return frozenset(found)


def _pattern(text: str, placeholder: str) -> str:
    return ".+".join(re.escape(part) for part in re.split(placeholder, text))


@cache
def _patterns() -> list[re.Pattern[str]]:
    """Return the texts with placeholders as patterns; what is hardly more than a placeholder fits anything."""
    templated = [text for text in _screen() if re.search(PLACEHOLDER, text)]
    said = [text for text in templated if len(re.sub(rf"{PLACEHOLDER}|\W", "", text)) >= LEAST_LETTERS]
    return [re.compile(_pattern(text, PLACEHOLDER)) for text in said]


def _is_on_the_screen(words: str) -> bool:
    """Tell whether a guide's words are a text of ours; "…" in a guide stands for whatever is there."""
    if words in _screen() or any(pattern.fullmatch(words) for pattern in _patterns()):
        return True
    open_words = re.compile(_pattern(words, "…"))
    return "…" in words and len(words) > LEAST_LETTERS and any(open_words.fullmatch(text) for text in _screen())


def _bold(file: Path) -> list[str]:
    return [" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", file.read_text(), re.DOTALL)]


@pytest.mark.parametrize("file", GUIDES, ids=_name)
def test_what_a_guide_writes_in_bold_stands_on_the_screen(file: Path) -> None:
    assert file.read_text().count("**") % 2 == 0
    assert [words for words in _bold(file) if words != "bold" and not _is_on_the_screen(words)] == []


def test_the_guides_name_many_words_of_the_screen() -> None:
    assert len({words for file in GUIDES for words in _bold(file)}) > 100
    assert not _is_on_the_screen("Import the list")
    assert not _is_on_the_screen("…")


def test_every_role_has_a_guide() -> None:
    from panoh.access.roles import roles  # noqa: PLC0415

    assert {file.stem for file in GUIDES} == {*roles(), "README"}


# --- the glossary ------------------------------------------------------------------------------------------------


def _terms() -> list[str]:
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", (DOCS / "glossary.md").read_text(), re.MULTILINE)
    return [term for term, _ in rows if term not in {"word", "---"}]


def test_the_glossary_defines_each_word_once_and_in_order() -> None:
    assert _terms() == sorted(set(_terms()))


def test_the_glossary_holds_only_words_that_are_used() -> None:
    texts = " ".join(file.read_text().lower() for file in [*_sources(".py"), *_sources(".html"), *GUIDES])
    assert [term for term in _terms() if not re.search(rf"\b{term.replace(' ', '[ _]?')}", texts)] == []
