"""python -m opsdata …"""

import sys

from opsdata.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
