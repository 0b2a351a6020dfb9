import sys

# JupyterLab brings along a grammar of addresses in JSON schemas, which is compiled anew by every process
# that imports it, for seconds, and which no schema here asks for: marked as not there.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
