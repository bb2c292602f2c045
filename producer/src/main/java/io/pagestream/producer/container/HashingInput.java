package io.pagestream.producer.container;

import io.pagestream.producer.source.ImageBytes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads a file from beginning to end, and hashes what passes. */
final class HashingInput extends InputStream {
  private final ImageBytes bytes;
  private final MessageDigest digest;
  private final byte[] single = new byte[1];
  private long count;

  HashingInput(ImageBytes bytes) {
    this.bytes = bytes;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Bytes read so far. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int read = (int) bytes.read(count, MemorySegment.ofArray(target).asSlice(offset, length));
    if (read == 0) {
      if (count < bytes.length()) {
        throw new IOException("cannot be read at offset 0x" + Long.toHexString(count));
      }
      return -1;
    }
    digest.update(target, offset, read);
    count += read;
    return read;
  }

  /** Hashes what the decompressor left: after damage, or rubbish after the end. */
  void readToEnd() {
    byte[] chunk = new byte[1 << 16];
    while (count < bytes.length()) {
      int read = (int) bytes.read(count, MemorySegment.ofArray(chunk));
      if (read == 0) {
        throw bytes.truncated(count, "what could be read before");
      }
      digest.update(chunk, 0, read);
      count += read;
    }
  }

  /** SHA-256 of all that was read, lower-case hex; call once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
