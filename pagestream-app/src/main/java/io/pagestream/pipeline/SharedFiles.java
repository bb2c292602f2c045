package io.pagestream.pipeline;

import io.pagestream.analyzers.stage.PayloadFiles;
import io.pagestream.images.identity.FileStamp;
import io.pagestream.images.identity.InputFile;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The image files of a job, which its analyzers read themselves. Only files that the job was given
 * are ever opened: no record names a path.
 *
 * <p>A file is opened for each run and closed again, which takes a thousandth of what analyzing the
 * run does, and held against the state in which it was hashed: analyzers never take the bytes of a
 * file that has changed.
 */
final class SharedFiles implements PayloadFiles {
  private final Map<String, List<InputFile>> images = new ConcurrentHashMap<>();

  /** Makes the files of an image readable, before its first run is sent. */
  void add(String imageId, List<InputFile> files) {
    images.put(imageId, List.copyOf(files));
  }

  @Override
  public void read(String imageId, int index, long offset, MemorySegment destination) {
    List<InputFile> files = images.get(imageId);
    if (files == null || index < 0 || index >= files.size()) {
      PayloadFiles.NONE.read(imageId, index, offset, destination);
      return;
    }
    InputFile file = files.get(index);
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
        throw changed(file.path(), "ends early");
      }
    }
  }

  private static void requireUnchanged(InputFile file) {
    FileStamp stamp = file.stamp();
    Optional<String> change = stamp.changeOf(file.path());
    if (change.isPresent()) {
      throw changed(file.path(), change.get());
    }
  }

  private static PagestreamException changed(Path file, String what) {
    return PagestreamException.inFile(
        ErrorCode.IMAGE_CHANGED,
        file.toString(),
        what + " while it was analyzed",
        "analyze it again when nothing writes to it");
  }
}
