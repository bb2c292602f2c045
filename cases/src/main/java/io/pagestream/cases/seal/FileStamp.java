package io.pagestream.cases.seal;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The metadata of a file. A link itself is examined, not its target.
 *
 * @param kind kind of the file
 * @param sizeBytes its size, in bytes
 * @param modifiedNanos when its content last changed, in nanoseconds since 1970; every user with
 *     write permission can set it
 * @param changedNanos when content or attributes last changed, in nanoseconds since 1970; the
 *     kernel sets it, users cannot. 0 if the file system has no such time
 * @param identity device and inode, or their equivalent in the file system; empty if there is none
 * @param links number of names of the file; 1 if the file system does not count them
 */
public record FileStamp(
    Kind kind, long sizeBytes, long modifiedNanos, long changedNanos, String identity, int links) {
  /** The kind of a directory entry. */
  public enum Kind {
    /** No entry. */
    MISSING,
    /** A regular file. */
    FILE,
    /** A folder. */
    FOLDER,
    /** A symbolic link to any target. */
    SYMBOLIC_LINK,
    /** A device, a pipe or a socket. */
    SPECIAL_FILE
  }

  private static final FileStamp MISSING = new FileStamp(Kind.MISSING, 0, 0, 0, "", 0);

  /**
   * Reads the metadata of a file.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_READABLE} if its folder cannot be read
   */
  public static FileStamp of(Path file) {
    try {
      BasicFileAttributes basic =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      long modified = basic.lastModifiedTime().to(TimeUnit.NANOSECONDS);
      String identity = basic.fileKey() == null ? "" : String.valueOf(basic.fileKey());
      if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        return new FileStamp(kind(basic), basic.size(), modified, 0, identity, 1);
      }
      Map<String, Object> unix =
          Files.readAttributes(file, "unix:ctime,nlink", LinkOption.NOFOLLOW_LINKS);
      long changed = unix.get("ctime") instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
      int links = unix.get("nlink") instanceof Integer count ? count : 1;
      return new FileStamp(kind(basic), basic.size(), modified, changed, identity, links);
    } catch (NoSuchFileException e) {
      return MISSING;
    } catch (IOException e) {
      throw SystemFailure.reading(file.toString(), "cannot be read", e);
    }
  }

  private static Kind kind(BasicFileAttributes file) {
    if (file.isRegularFile()) {
      return Kind.FILE;
    }
    if (file.isSymbolicLink()) {
      return Kind.SYMBOLIC_LINK;
    }
    return file.isDirectory() ? Kind.FOLDER : Kind.SPECIAL_FILE;
  }

  /** Whether it is a regular file. */
  public boolean isFile() {
    return kind == Kind.FILE;
  }

  /** The kind of the entry, as part of a sentence. */
  public String what() {
    return switch (kind) {
      case MISSING -> "is missing";
      case FILE -> "is a file";
      case FOLDER -> "is a folder";
      case SYMBOLIC_LINK -> "is a symbolic link, which is not followed";
      case SPECIAL_FILE -> "is a device, pipe or socket";
    };
  }
}
