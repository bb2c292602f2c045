package io.pagestream.analyzers.yara;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads memory of this process at addresses that may be invalid, through {@code /proc/self/mem}: a
 * read of an invalid address fails instead of ending the process.
 */
final class ProcessMemory implements AutoCloseable {
  private final FileChannel memory;

  /**
   * Opens it.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if the system has no such file
   */
  ProcessMemory() {
    try {
      memory = FileChannel.open(Path.of("/proc/self/mem"), StandardOpenOption.READ);
    } catch (IOException e) {
      throw LibYara.missing("/proc/self/mem cannot be read").causedBy(e);
    }
  }

  /** The 8 bytes at an address; 0 if they cannot be read. */
  long pointer(long address) {
    ByteBuffer bytes = read(address, Long.BYTES);
    return bytes.remaining() < Long.BYTES ? 0 : bytes.getLong();
  }

  /** The bytes at an address, one character each; fewer if they cannot all be read. */
  String text(long address, int length) {
    return StandardCharsets.ISO_8859_1.decode(read(address, length)).toString();
  }

  private ByteBuffer read(long address, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    if (address > 0) {
      try {
        memory.read(bytes, address);
      } catch (IOException unmapped) {
        bytes.clear().limit(0);
        return bytes;
      }
    }
    return bytes.flip();
  }

  @Override
  public void close() {
    try {
      memory.close();
    } catch (IOException e) {
      throw LibYara.missing("/proc/self/mem cannot be closed").causedBy(e);
    }
  }
}
