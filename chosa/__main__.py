"""``python -m chosa``: the same as the ``chosa`` command."""

from chosa.cli import main

if __name__ == "__main__":
    main()
