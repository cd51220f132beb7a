"""BCP 47 language tags."""


def primary(tag: str) -> str:
    """Return a tag without script and region.

    >>> primary("zh-Hans")
    'zh'
    """
    return tag.partition("-")[0]
