"""The kinds of list that can be imported, each a table of sheets and columns."""
