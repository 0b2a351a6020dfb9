"""``python -m assessment.book.live``: the site of this checkout in the browser, following every change."""

from assessment.book.live.live_loop import main

if __name__ == "__main__":
    main()
