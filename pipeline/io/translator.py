"""Opens the translator that a setting names."""

import shlex
import shutil
from contextlib import AbstractContextManager, nullcontext

from pipeline.errors import SettingsError
from pipeline.io.translate_command import CommandTranslator
from pipeline.io.translate_http import HttpTranslator
from pipeline.repairs.translation import Translator

NONE = "none"
"""The setting for no translator: the default."""

_COMMAND = "command:"
_COMMAND_SECONDS = 600.0
"""For all that one batch of documents asks: a model may have to be loaded first, and answer one by one."""
_HTTP_SECONDS = 120.0
"""For one exchange of at most 64 requests."""


def open_translator(setting: str, *, allow_network: bool) -> AbstractContextManager[Translator | None]:
    """Return the translator that `setting` names, to be used in a `with` block; None for `none`.

    A setting is `none`, `command:PROGRAM ARGUMENT...` (quoted as for a shell, but run without one) or the URL of a
    service. Raises SettingsError for anything else, for a program that is not there, and for a URL unless
    `allow_network`; TranslatorError where the program cannot be started.

    >>> with open_translator("none", allow_network=False) as translator:
    ...     print(translator)
    None
    """
    if setting == NONE:
        return nullcontext()
    if setting.startswith(_COMMAND):
        return CommandTranslator(_arguments(setting.removeprefix(_COMMAND)), _COMMAND_SECONDS)
    if setting.lower().startswith(("http://", "https://")):
        translator = HttpTranslator(setting, _HTTP_SECONDS)
        if not allow_network:
            raise SettingsError("translator: a URL sends text over the network; pass --allow-network to allow that")
        return nullcontext(translator)
    # What else it is stays unsaid: it may be a URL with a password in it.
    raise SettingsError("translator: has to be none, command:PROGRAM ARGUMENT..., http://... or https://...")


def _arguments(command: str) -> list[str]:
    try:
        arguments = shlex.split(command)
        found = bool(arguments) and shutil.which(arguments[0]) is not None
    except ValueError as error:
        raise SettingsError(f"translator: the command cannot be read: {error}") from error
    if not arguments:
        raise SettingsError("translator: there is no program after command:")
    if not found:
        raise SettingsError(f"translator: there is no program {arguments[0]!r}")
    return arguments
