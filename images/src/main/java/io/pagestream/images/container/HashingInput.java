package io.pagestream.images.container;

import io.pagestream.images.identity.ContentDigest;
import io.pagestream.images.identity.FileContent;
import io.pagestream.images.identity.FileHashing;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.text.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Reads a file from beginning to end, and hashes all bytes. */
final class HashingInput extends InputStream {
  private final ImageBytes bytes;
  private final ContentDigest digest = new ContentDigest();
  private final byte[] single = new byte[1];

  HashingInput(ImageBytes bytes) {
    this.bytes = bytes;
  }

  /** Bytes read so far. */
  long count() {
    return digest.count();
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
    long at = digest.count();
    int read = (int) bytes.read(at, MemorySegment.ofArray(target).asSlice(offset, length));
    if (read == 0) {
      if (at < bytes.length()) {
        throw new IOException("cannot be read at offset " + Hex.of(at));
      }
      return -1;
    }
    digest.add(target, offset, read);
    return read;
  }

  /**
   * Hashes the bytes that the decompressor did not read, such as those after damage or after the
   * end. Unreadable bytes are listed and count as zeros.
   */
  void readToEnd() {
    try {
      FileHashing.rest(digest, this::readAt, bytes.length(), done -> {});
    } catch (IOException e) {
      throw bytes.truncated(digest.count(), "what could be read before");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PagestreamException.of(ErrorCode.INTERNAL, "interrupted while hashing", "").causedBy(e);
    }
  }

  private int readAt(ByteBuffer destination, long offset) throws IOException {
    int read = (int) bytes.read(offset, MemorySegment.ofBuffer(destination));
    if (read == 0 && offset < bytes.length()) {
      throw new IOException("cannot be read at offset " + Hex.of(offset));
    }
    destination.position(destination.position() + read);
    return read;
  }

  /** The content of everything that was read; call once, at the end. */
  FileContent content() {
    return digest.finish();
  }
}
