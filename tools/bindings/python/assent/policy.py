"""Compiled policies."""
from __future__ import annotations

import os
import pathlib
from typing import Any, Union

from ._handle import Handle, ask
from ._json import said
from ._library import library


class Policy(Handle):
    """A compiled policy. Never changes: any number of threads may use one at once. To change policies while running,
    load the new one and make new evaluators of it; the old ones go on with theirs."""
    _kind = 'policy'
    name: str
    title: str
    hash: str  # 64 hexadecimal digits: the content of the artifact, which each decision bears

    @classmethod
    def load(cls, artifact: Union[bytes, str, os.PathLike[str]]) -> Policy:
        """Of the bytes that `assent compile` makes, or of the file that has them. They are verified before they are
        trusted: AssentError for what is damaged, or of another version. OSError for a file that cannot be read."""
        content = artifact if isinstance(artifact, bytes) else pathlib.Path(artifact).read_bytes()
        policy = cls(library.assent_policy_load, content, len(content))
        about = said(ask(library.assent_policy_about, policy._open().pointer))
        policy.name, policy.title, policy.hash = about['policy'], about.get('title', ''), about['policy_hash']
        return policy

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the quotes that it reads."""
        schema: dict[str, Any] = said(ask(library.assent_policy_schema, self._open().pointer))
        return schema
