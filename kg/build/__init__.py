"""Build: everything from seeds to page, published atomically."""

from kg.build.run import Report, build

__all__ = ["Report", "build"]
