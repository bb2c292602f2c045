package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;

/** Decodes one format. An instance serves one thread and keeps its buffers. */
interface StreamDecoder extends AutoCloseable {
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
