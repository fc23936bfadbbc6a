"""The shapes of all answers, for OpenAPI and for the tests that hold every answer's bytes against them.

One file for each resource, named as its routes are; `common.py` holds what several are made of. Nothing is validated
or rendered with these when answering: an action's bytes were rendered when it was projected.
"""
