"""The explorer: a view model without HTML, and the one page that draws it."""
