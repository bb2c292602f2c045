package io.pagestream.images.container;

import java.io.IOException;

/**
 * Decompresses a whole file as far as possible: damage becomes a {@linkplain PlainSink#doubt
 * doubt}, and independent data after the damage is still decompressed.
 */
@FunctionalInterface
interface Decoder {
  /**
   * Decompresses the input completely, or until the sink is full.
   *
   * @throws IOException if nothing can be decompressed; the message contains the reason
   * @throws io.pagestream.schemas.error.PagestreamException DECODER_TOO_LARGE, FORMAT_UNSUPPORTED
   */
  void decode(CompressedInput input, PlainSink sink) throws IOException;
}
