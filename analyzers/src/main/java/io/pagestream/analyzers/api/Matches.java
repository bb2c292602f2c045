package io.pagestream.analyzers.api;

/**
 * Where an analyzer's patterns match in a window, in the order in which matches end. Each pattern
 * matches at most once at an end. The window may show more bytes than are searched for this
 * analyzer, and matches outside of what it asked for may be among these.
 */
public interface Matches {
  /** None, for an analyzer without patterns. */
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

  /** How many there are. */
  int count();

  /** Index of the expression that matches. */
  int pattern(int index);

  /** Offset in the window after the match's last byte; never decreases. */
  int end(int index);
}
