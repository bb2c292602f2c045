package io.pagestream.cases.seal;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Hashes a file of a case by reading all of it. */
public final class FileHash {
  private static final int BUFFER_BYTES = 1 << 18;

  private FileHash() {}

  /**
   * The hash of a file; a link is not followed.
   *
   * @param progress receives the number of bytes read so far
   * @throws PagestreamException as {@link NoFollow#open}, and {@link ErrorCode#READ_FAILED}
   */
  public static ContentHash.Hashed of(Path file, LongConsumer progress) {
    try (InputStream in = NoFollow.stream(file)) {
      return of(in, progress);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  static ContentHash.Hashed of(InputStream in, LongConsumer progress) throws IOException {
    ContentHash hash = new ContentHash();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      hash.add(buffer, 0, read);
      progress.accept(hash.sizeBytes());
    }
    return hash.finish();
  }

  static PagestreamException failed(Path file, IOException cause) {
    return PagestreamException.inFile(
            ErrorCode.READ_FAILED, file.toString(), cause.toString(), "check the disk")
        .causedBy(cause);
  }
}
