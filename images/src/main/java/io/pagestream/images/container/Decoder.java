package io.pagestream.images.container;

import java.io.IOException;

/**
 * Decompresses a whole file, as far as it goes: whatever is damaged becomes a {@linkplain
 * PlainSink#doubt doubt}, and what stands by itself behind the damage is decompressed all the same.
 */
@FunctionalInterface
interface Decoder {
  /**
   * Decompresses from the input's beginning to its end, or until the sink is full.
   *
   * @throws IOException if nothing at all can be made of the file; the message says why
   * @throws io.pagestream.schemas.error.PagestreamException DECODER_TOO_LARGE, FORMAT_UNSUPPORTED
   */
  void decode(CompressedInput input, PlainSink sink) throws IOException;
}
