package io.pagestream.images.source;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Positional reads of a file, see docs/decisions/0002-positional-reads.md. */
public final class FileBytes implements ImageBytes {
  /** A single read of the system is at most 2 GiB less a page on Linux. */
  private static final long LARGEST_READ = 1L << 30;

  private static final int PAGE = 4096;
  private static final int SECTOR = 512;

  /** Returned in place of a count of bytes. */
  private static final int BAD_SECTOR = -2;

  private final String name;
  private final FileChannel channel;
  private final long length;

  /** Where its holes can be found; null if they were searched for, or cannot be found. */
  private @Nullable Path holesOf;

  /** Device and inode when it was opened. */
  private @Nullable Object fileKey;

  private @Nullable FileHoles holes;

  /**
   * Takes over an open file.
   *
   * @param name the file's name in messages
   * @param length bytes of the file that are to be read
   */
  public FileBytes(String name, FileChannel channel, long length) {
    this.name = name;
    this.channel = channel;
    this.length = length;
  }

  @Override
  public boolean isFile() {
    return true;
  }

  /**
   * Opens a file.
   *
   * @throws PagestreamException FILE_NOT_FOUND, FILE_NOT_READABLE
   */
  public static FileBytes open(Path path) {
    if (Files.isDirectory(path)) {
      throw PagestreamException.inFile(
          ErrorCode.FILE_NOT_READABLE,
          path.toString(),
          "is a directory",
          "give the image files in it");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw PagestreamException.inFile(
          ErrorCode.FILE_NOT_READABLE,
          path.toString(),
          "is not a regular file",
          "copy its contents into a file");
    }
    try {
      Object key = FileHoles.keyOf(path);
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      FileBytes bytes = new FileBytes(path.toString(), channel, channel.size());
      bytes.holesOf = path;
      bytes.fileKey = key;
      return bytes;
    } catch (NoSuchFileException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_FOUND, path.toString(), "does not exist", "check the path")
          .causedBy(e);
    } catch (AccessDeniedException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_READABLE,
              path.toString(),
              "may not be read by this user",
              "check its permissions")
          .causedBy(e);
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_READABLE,
              path.toString(),
              "cannot be opened: " + e.getMessage(),
              "check the file and the disk")
          .causedBy(e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public long zerosFrom(long offset) {
    if (holesOf != null) {
      holes = FileHoles.open(holesOf, fileKey, length).orElse(null);
      holesOf = null;
    }
    return holes == null ? 0 : holes.zerosFrom(offset);
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    if (offset < 0 || offset >= length) {
      return 0;
    }
    long wanted = Math.min(destination.byteSize(), length - offset);
    long done = 0;
    while (done < wanted) {
      ByteBuffer buffer =
          destination.asSlice(done, Math.min(wanted - done, LARGEST_READ)).asByteBuffer();
      int count = readOnce(offset + done, buffer);
      if (count == BAD_SECTOR) {
        return done + readSectors(offset + done, destination.asSlice(done, wanted - done));
      }
      if (count <= 0) {
        break;
      }
      done += count;
    }
    return done;
  }

  /**
   * Reads as much as possible: in a failed read, only the last sector may be unreadable. Pieces end
   * at multiples of the unit in which the system reads, and then of the unit in which disks lose
   * data.
   */
  private long readSectors(long offset, MemorySegment destination) {
    long done = readPieces(offset, destination, PAGE);
    return done + readPieces(offset + done, destination.asSlice(done), SECTOR);
  }

  private long readPieces(long offset, MemorySegment destination, int unit) {
    long done = 0;
    while (done < destination.byteSize()) {
      long end = ((offset + done) / unit + 1) * unit;
      long size = Math.min(end - (offset + done), destination.byteSize() - done);
      int count = readOnce(offset + done, destination.asSlice(done, size).asByteBuffer());
      if (count <= 0) {
        break;
      }
      done += count;
    }
    return done;
  }

  private int readOnce(long offset, ByteBuffer buffer) {
    try {
      return channel.read(buffer, offset);
    } catch (ClosedChannelException e) {
      throw PagestreamException.at(
              ErrorCode.READ_FAILED, name, offset, "is no longer open", "start again")
          .causedBy(e);
    } catch (IOException e) {
      return BAD_SECTOR;
    }
  }

  @Override
  public void close() {
    if (holes != null) {
      holes.close();
      holes = null;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
