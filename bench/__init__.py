"""Speed, measured side by side with others: `python -m bench`, or `make bench`."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "tools"))  # the server and the browser that they are measured with
