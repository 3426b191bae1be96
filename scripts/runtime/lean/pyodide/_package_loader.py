"""No packages: the runtime holds all that the calculator imports."""

from pyodide_js import loadedPackages  # noqa: F401  A snapshot counts this import.


class Place:
    """Where packages would be. JavaScript asks for its name, so it cannot be a string."""

    def __str__(self) -> str:
        return "/lib/site-packages"


SITE_PACKAGES = DSO_DIR = Place()


def init_loaded_packages() -> None:
    """Called at the end of a start, once the packages of the lock file are known."""
