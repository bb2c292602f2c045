package io.pagestream.analyzers.decoders;

/** Decodes one format. An instance serves one thread and keeps its buffers. */
interface StreamDecoder extends AutoCloseable {
  /** What decoding showed. */
  enum Outcome {
    /** The stream ends within the bytes, and every check of its format holds. */
    WHOLE,
    /** The stream continues beyond the visible bytes, or beyond the room for its output. */
    CUT,
    /** The bytes are not such a stream. */
    NOT
  }

  /**
   * Decodes as far as the visible bytes and the room for output reach. Adds to {@link
   * EncodedBytes#spend} what it costs, in proportion to the bytes that were read and written.
   *
   * @param in the bytes from the stream's first on; its anchor has been compared already
   * @param out empty; receives the content, undefined if the outcome is {@link Outcome#NOT}
   */
  Outcome decode(EncodedBytes in, DecodedBytes out);

  /** Frees native memory. */
  @Override
  default void close() {}
}
