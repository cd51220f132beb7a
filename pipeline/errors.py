"""What can go wrong, by who has to act on it."""


class PipelineError(Exception):
    """Anything this package raises on purpose; its message is meant for the user."""


class EditError(PipelineError):
    """An edit does not fit the text it is applied to: a fault of the code, never of the input."""


class RuleError(PipelineError):
    """A rule table is malformed."""


class SettingsError(PipelineError):
    """A setting is unknown or out of range."""


class InputError(PipelineError):
    """An input cannot be found or opened at all."""


class DecodeError(PipelineError):
    """One document's bytes are not text; it becomes a row in `rejects/`."""


class OutputError(PipelineError):
    """The output folder cannot be used, or its tables cannot be read."""


class TranslatorError(PipelineError):
    """The translator that the user set does not answer, or not as agreed."""


class WorkerError(PipelineError):
    """The processes or machines that do the work cannot be had, or die, and no document can be blamed for it."""
