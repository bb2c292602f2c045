package io.pagestream.schemas.lz;

/** What decoding a stream showed. */
public enum Outcome {
  /** The stream ends within the bytes, and every check of its format holds. */
  WHOLE,
  /** The stream continues beyond the visible bytes, or beyond the room for its output. */
  CUT,
  /** The bytes are not such a stream. */
  NOT
}
