"""What a browser may do with answers: load from here alone, and show no page in a frame but those made for one."""

POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; script-src 'self';"
    " style-src-elem 'self'; style-src-attr 'unsafe-inline'; connect-src 'self'; img-src 'self' data: blob:;"
    " font-src 'self'; manifest-src 'self'"
)
FRAMED = {"Content-Security-Policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")}
"""For a page that may stand in a frame of any site: it takes no input and shows what anybody may read."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
"""For every answer that says nothing else."""
