package io.pagestream.cases.seal;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Opens files of a case. The folder may come from another person, who may have replaced a file by a
 * pipe or by a link to a file of the user. Neither is opened. The kernel refuses the link when it
 * is opened ({@code O_NOFOLLOW}), so that no link can be inserted after a check.
 */
public final class NoFollow {
  private NoFollow() {}

  /**
   * Opens a regular file for reading.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#CASE_ALTERED} if
   *     it is not a regular file, {@link ErrorCode#FILE_NOT_READABLE}
   */
  public static FileChannel open(Path file) {
    FileStamp stamp = FileStamp.of(file); // opening a pipe would wait for a writer
    if (!stamp.isFile()) {
      throw irregular(file, stamp);
    }
    try {
      return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      throw SystemFailure.reading(file.toString(), "cannot be opened", e);
    }
  }

  /** The same as a stream. */
  public static InputStream stream(Path file) {
    return Channels.newInputStream(open(file));
  }

  private static PagestreamException irregular(Path file, FileStamp stamp) {
    return stamp.kind() == FileStamp.Kind.MISSING
        ? PagestreamException.inFile(
            ErrorCode.FILE_NOT_FOUND,
            file.toString(),
            "is not there",
            "give the folder of a finished case; analyze the images again if a file was lost")
        : PagestreamException.inFile(
            ErrorCode.CASE_ALTERED,
            file.toString(),
            stamp.what(),
            "put the file itself in its place, or analyze the images again");
  }
}
