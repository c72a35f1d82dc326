"""Mine or reference: what readers build, and where the library has its own."""

PARTS = {
    "erlang_b": "letitcrash.queueing:erlang_b",
    "erlang_c": "letitcrash.queueing:erlang_c",
}
"""Each part that a lab yields, and the library's own as "module:name"."""
