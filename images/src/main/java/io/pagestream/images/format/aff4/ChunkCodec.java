package io.pagestream.images.format.aff4;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.lz4.Lz4JavaDecompressor;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The compressions of chunks, by the IRIs that name them. */
enum ChunkCodec {
  /** Not compressed. */
  STORED {
    @Override
    int decode(byte[] packed, int size, byte[] plain) {
      return -1;
    }
  },
  /** A block of snappy without framing. */
  SNAPPY {
    @Override
    int decode(byte[] packed, int size, byte[] plain) {
      return new SnappyJavaDecompressor().decompress(packed, 0, size, plain, 0, plain.length);
    }
  },
  /** A block of LZ4 without framing. */
  LZ4 {
    @Override
    int decode(byte[] packed, int size, byte[] plain) {
      return new Lz4JavaDecompressor().decompress(packed, 0, size, plain, 0, plain.length);
    }
  },
  /** RFC 1950. */
  ZLIB {
    @Override
    int decode(byte[] packed, int size, byte[] plain) throws DataFormatException {
      return inflate(packed, size, plain, false);
    }
  },
  /** RFC 1951. */
  DEFLATE {
    @Override
    int decode(byte[] packed, int size, byte[] plain) throws DataFormatException {
      return inflate(packed, size, plain, true);
    }
  };

  abstract int decode(byte[] packed, int size, byte[] plain) throws DataFormatException;

  /**
   * Decodes a chunk.
   *
   * @return the length of its content, or -1 if it is damaged
   */
  int unpack(byte[] packed, int size, byte[] plain) {
    try {
      return decode(packed, size, plain);
    } catch (DataFormatException | MalformedInputException | IllegalArgumentException e) {
      return -1;
    } catch (IndexOutOfBoundsException e) {
      return -1; // hostile lengths in snappy and LZ4
    }
  }

  private static int inflate(byte[] packed, int size, byte[] plain, boolean raw)
      throws DataFormatException {
    try (Inflater inflater = new Inflater(raw)) {
      inflater.setInput(packed, 0, size);
      int done = 0;
      while (done < plain.length && !inflater.finished()) {
        int count = inflater.inflate(plain, done, plain.length - done);
        if (count == 0) {
          break;
        }
        done += count;
      }
      return done == 0 ? -1 : done;
    }
  }

  /** The compression with an IRI; empty if it is not known. */
  static Optional<ChunkCodec> of(String iri) {
    String name = iri.toLowerCase(Locale.ROOT);
    if (name.contains("snappy")) {
      return Optional.of(SNAPPY);
    }
    if (name.contains("lz4")) {
      return Optional.of(LZ4);
    }
    if (name.contains("rfc1950")) {
      return Optional.of(ZLIB);
    }
    if (name.contains("rfc1951")) {
      return Optional.of(DEFLATE);
    }
    boolean stored = name.contains("nullcompressor") || name.endsWith("stored");
    return stored ? Optional.of(STORED) : Optional.empty();
  }
}
