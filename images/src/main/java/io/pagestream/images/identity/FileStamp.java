package io.pagestream.images.identity;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a file according to the file system. Two equal stamps mean that the file was not
 * written to in between: the kernel sets the change time itself, and no system call resets it.
 *
 * @param sizeBytes its size
 * @param modified time of the last write, which a user may set
 * @param changed time of the last change of content or attributes ({@code st_ctime}); null if the
 *     file system has none
 * @param fileKey device and inode; null if the file system has none
 */
public record FileStamp(
    long sizeBytes, FileTime modified, @Nullable FileTime changed, @Nullable Object fileKey) {

  /**
   * The stamp of a file.
   *
   * @throws PagestreamException FILE_NOT_READABLE if the file system does not provide it
   */
  public static FileStamp of(Path file) {
    try {
      BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(basic.size(), basic.lastModifiedTime(), changed(file), basic.fileKey());
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_READABLE,
              file.toString(),
              "its size and times cannot be read: " + e.getMessage(),
              "check that the file still exists and that you may read it")
          .causedBy(e);
    }
  }

  private static @Nullable FileTime changed(Path file) throws IOException {
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    return unix ? (FileTime) Files.getAttribute(file, "unix:ctime") : null;
  }

  /**
   * The change of the file since this stamp.
   *
   * @return the end of a sentence that begins with the file; empty if nothing has changed
   */
  public Optional<String> changeOf(Path file) {
    try {
      return changeTo(of(file));
    } catch (PagestreamException e) {
      return Optional.of("no longer exists or can no longer be read");
    }
  }

  /** The same for a later stamp. */
  public Optional<String> changeTo(FileStamp now) {
    List<String> changes = new ArrayList<>();
    if (!Objects.equals(fileKey, now.fileKey)) {
      changes.add("was replaced by another file");
    }
    if (now.sizeBytes != sizeBytes) {
      changes.add(
          "%s from %d to %d bytes"
              .formatted(now.sizeBytes > sizeBytes ? "grew" : "shrank", sizeBytes, now.sizeBytes));
    }
    if (!now.modified.equals(modified)) {
      changes.add("was modified at " + now.modified);
    } else if (!Objects.equals(changed, now.changed)) {
      changes.add("was changed (ctime) at " + now.changed);
    }
    return changes.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", changes));
  }
}
