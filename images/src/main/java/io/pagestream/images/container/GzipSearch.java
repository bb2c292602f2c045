package io.pagestream.images.container;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/** Finds the next member of a damaged gzip file. */
final class GzipSearch {
  /** Deflate may read this far into a member before it detects invalid data. */
  static final int REACH_BACK = 1 << 16;

  /** Bytes that a candidate must inflate to; three magic bytes occur anywhere by chance. */
  private static final int TRIAL_BYTES = 1 << 15;

  private GzipSearch() {}

  /**
   * Offset of the first member from an offset on that can be inflated, or the input's length. The
   * position of the input is undefined afterwards.
   */
  static long next(CompressedInput input, long from) {
    long at = from;
    while (at < input.length()) {
      input.seek(at);
      try {
        long candidate = magic(input);
        if (candidate < 0) {
          return input.length();
        }
        if (inflates(input, candidate)) {
          return candidate;
        }
        at = candidate + 1;
      } catch (BadSector e) {
        at = e.next();
      }
    }
    return input.length();
  }

  /** The next 1F 8B 08, or -1. */
  private static long magic(CompressedInput input) throws BadSector {
    int last = -1;
    int before = -1;
    for (int value = input.next(); value >= 0; value = input.next()) {
      if (before == 0x1F && last == 0x8B && value == 8) {
        return input.position() - 3;
      }
      before = last;
      last = value;
    }
    return -1;
  }

  private static boolean inflates(CompressedInput input, long candidate) {
    input.seek(candidate);
    Trial trial = new Trial();
    try (DeflatedData member = new DeflatedData(input, trial, new CRC32())) {
      if (!GzipHeader.skip(input)) {
        return false;
      }
      member.inflate();
      return trial.isFull() || (input.u32() == member.checksum() && input.u32() == member.length());
    } catch (DataFormatException e) {
      return false;
    } catch (EOFException | BadSector e) {
      return trial.length() > 0; // a truncated member is a member too
    } catch (IOException e) {
      return false;
    }
  }

  /** ISIZE of the member that ends where another begins: the last of its 8 bytes of trailer. */
  static long sizeBefore(CompressedInput input, long member) {
    if (member < 4) {
      return 0;
    }
    input.seek(member - 4);
    try {
      return input.u32();
    } catch (IOException e) {
      return -1;
    }
  }

  /** Counts bytes up to a small limit. */
  private static final class Trial extends CountingSink {
    @Override
    public boolean isFull() {
      return length() >= TRIAL_BYTES;
    }

    @Override
    public void append(ByteBuffer bytes) {
      count(bytes.remaining());
    }
  }
}
