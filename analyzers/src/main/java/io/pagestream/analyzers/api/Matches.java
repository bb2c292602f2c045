package io.pagestream.analyzers.api;

/**
 * The matches of an analyzer's patterns in a window, sorted by their ends. Each pattern matches at
 * most once for each end. The window may show more bytes than are searched for this analyzer, and
 * matches outside of the requested part may be included.
 */
public interface Matches {
  /** No matches, for an analyzer without patterns. */
  Matches NONE =
      new Matches() {
        @Override
        public int count() {
          return 0;
        }

        @Override
        public int pattern(int index) {
          throw new IndexOutOfBoundsException(index);
        }

        @Override
        public int end(int index) {
          throw new IndexOutOfBoundsException(index);
        }
      };

  /** Number of matches. */
  int count();

  /** Index of the expression that matches. */
  int pattern(int index);

  /** Offset in the window after the match's last byte; never decreases. */
  int end(int index);
}
