"""Run the command line as ``python -m discograph``."""

from discograph.cli import main

if __name__ == "__main__":
    main()
