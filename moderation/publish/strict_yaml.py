"""YAML that is data and nothing else: no tags, no aliases, no key twice, not deep, not long.

MkDocs itself runs ``!!python/object/apply`` and reads the environment for ``!ENV``; what is read
here is written out again as plain data, so MkDocs never meets the school's own file.
"""

from dataclasses import dataclass

import yaml

from moderation.model import PolicyError

MOST = 256 * 1024
DEEPEST = 12
_PLAIN = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null"))
_TEXT = frozenset({"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:value"})


@dataclass(frozen=True, slots=True)
class _Reader:
    source: str
    loader: yaml.SafeLoader

    def error(self, node: yaml.Node | yaml.Event, trouble: str) -> PolicyError:
        return PolicyError(f"{self.source}{_line(node.start_mark)}: {trouble}")

    def value(self, node: yaml.Node) -> object:
        if isinstance(node, yaml.MappingNode):
            return self._table(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each) for each in node.value]
        if node.tag in _TEXT:
            return node.value
        if node.tag not in _PLAIN:
            raise self.error(node, "is not plain text, a number, true or false; write it in quotes")
        return self.loader.construct_object(node)

    def _table(self, node: yaml.MappingNode) -> dict[str, object]:
        table: dict[str, object] = {}
        for key, value in node.value:
            name = self.value(key)
            if not isinstance(name, str):
                raise self.error(key, "a key must be a word; write it in quotes")
            if name in table:
                raise self.error(key, "this key stands here twice; remove one")
            table[name] = self.value(value)
        return table


def load_yaml(data: bytes, *, source: str) -> dict[str, object]:
    """Read a YAML file whose top is a table.

    Args:
        data: the file, UTF-8
        source: name of the file, for errors

    Raises:
        PolicyError: it cannot be read, or is more than plain data; the message names the line

    """
    if len(data) > MOST:
        raise PolicyError(f"{source}: is larger than {MOST} bytes; make it smaller")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        trouble = f"{source}: byte {error.start + 1} is not UTF-8; save the file as UTF-8"
        raise PolicyError(trouble) from None
    try:
        _refuse_power(text, source)
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise PolicyError(f"{source}: must be a table of settings, such as site_name: Oak")
        return _Reader(source, loader)._table(node)
    except yaml.MarkedYAMLError as error:
        where = f"{source}{_line(error.problem_mark)}"
        raise PolicyError(f"{where}: is not valid YAML ({error.problem})") from None
    except (yaml.YAMLError, ValueError, OverflowError):
        raise PolicyError(f"{source}: is not valid YAML") from None


def _refuse_power(text: str, source: str) -> None:
    """Refuse, event by event and before anything is built, what could do more than hold data."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        where = f"{source}{_line(event.start_mark)}"
        if depth > DEEPEST:
            raise PolicyError(f"{where}: is nested more than {DEEPEST} deep; make it flatter")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise PolicyError(f"{where}: anchors and aliases are not allowed; write it out")
        if getattr(event, "tag", None):
            raise PolicyError(f"{where}: tags such as !ENV are not allowed; write the value itself")


def _line(mark: object) -> str:
    """Write a mark of PyYAML, of its Python or its C parser."""
    line = getattr(mark, "line", None)
    return "" if line is None else f":{line + 1}"
