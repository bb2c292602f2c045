package io.pagestream.pipeline;

import io.pagestream.images.identity.InputFile;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Reads a file to which runs refer. The file is opened and closed for each run, which takes a
 * thousandth of the time to analyze a run, and compared with its state when it was hashed: bytes of
 * a changed file are never used.
 */
final class ReferencedFile {
  private ReferencedFile() {}

  /**
   * Fills a buffer.
   *
   * @throws PagestreamException PS-206 if the file has changed, PS-300 if it cannot be read
   */
  static void read(InputFile file, long offset, MemorySegment destination) {
    requireUnchanged(file);
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      fill(channel, file, offset, destination.asByteBuffer());
    } catch (IOException e) {
      throw PagestreamException.at(
              ErrorCode.READ_FAILED,
              file.path().toString(),
              offset,
              "cannot be read: " + e.getMessage(),
              "check the disk, then 'pagestream retry'")
          .causedBy(e);
    }
    requireUnchanged(file);
  }

  private static void fill(FileChannel channel, InputFile file, long offset, ByteBuffer destination)
      throws IOException {
    while (destination.hasRemaining()) {
      if (channel.read(destination, offset + destination.position()) < 0) {
        throw changed(file.path(), "is truncated");
      }
    }
  }

  private static void requireUnchanged(InputFile file) {
    Optional<String> change = file.stamp().changeOf(file.path());
    if (change.isPresent()) {
      throw changed(file.path(), change.get());
    }
  }

  private static PagestreamException changed(Path file, String what) {
    return PagestreamException.inFile(
        ErrorCode.IMAGE_CHANGED,
        file.toString(),
        what + " while it was analyzed",
        "analyze it again when no program writes to it");
  }
}
