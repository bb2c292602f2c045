package io.pagestream.images.container;

import io.pagestream.images.identity.FileContent;
import io.pagestream.images.source.ImageBytes;
import java.io.IOException;

/**
 * The SHA-256 of a compressed file, computed shortly behind its decoder, which may skip parts and
 * go back: the bytes are read from the page cache.
 */
final class HashingFollower {
  private final HashingInput input;
  private final byte[] chunk = new byte[1 << 16];
  private boolean unreadable;

  HashingFollower(ImageBytes bytes) {
    this.input = new HashingInput(bytes);
  }

  /** Hashes up to an offset that has not been reached yet. */
  void follow(long offset) {
    try {
      while (!unreadable && input.count() < offset) {
        int wanted = (int) Math.min(chunk.length, offset - input.count());
        if (input.read(chunk, 0, wanted) < 0) {
          return;
        }
      }
    } catch (IOException e) {
      unreadable = true; // a bad sector: the decoder reports it
    }
  }

  /** The content of the whole file; call once, at the end. */
  FileContent content() {
    input.readToEnd();
    return input.content();
  }
}
