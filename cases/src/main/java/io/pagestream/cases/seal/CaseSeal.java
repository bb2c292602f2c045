package io.pagestream.cases.seal;

import com.fasterxml.jackson.core.JacksonException;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The seal in a case folder.
 *
 * @param manifestSha256 SHA-256 of {@code manifest.json} in its current state: the hash that
 *     represents the whole case
 * @param statedSha256 the hash in {@code manifest.json.sha256}; empty if that file is missing or
 *     malformed
 * @param files the files that the manifest seals; empty if it has no seal
 * @param unreadable why the manifest cannot be read; empty if it can
 */
public record CaseSeal(
    String manifestSha256,
    Optional<String> statedSha256,
    List<SealedFile> files,
    Optional<PagestreamException> unreadable) {
  private static final Pattern SUM =
      Pattern.compile("([0-9a-f]{64})  " + Pattern.quote(CaseFiles.MANIFEST) + "\n");
  private static final int MOST_SUM_BYTES = 1024;

  /** Copies its list. */
  public CaseSeal {
    files = List.copyOf(files);
  }

  /**
   * Reads the seal of a case.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_FOUND} if there is no manifest, {@link
   *     ErrorCode#CASE_ALTERED} if it is not a regular file, {@link ErrorCode#READ_FAILED}
   */
  public static CaseSeal read(Path folder) {
    Path manifest = folder.resolve(CaseFiles.MANIFEST);
    try (InputStream in = NoFollow.stream(manifest);
        HashingStream hashing = new HashingStream(in)) {
      List<SealedFile> files = List.of();
      Optional<PagestreamException> unreadable = Optional.empty();
      try {
        files = SealReader.read(manifest, hashing);
      } catch (PagestreamException e) {
        unreadable = Optional.of(e);
      }
      hashing.skipAll();
      return new CaseSeal(hashing.finish().sha256(), stated(folder), files, unreadable);
    } catch (JacksonException e) {
      throw new IllegalStateException("the reader handles what is not JSON", e);
    } catch (IOException e) {
      throw FileHash.failed(manifest, e);
    }
  }

  private static Optional<String> stated(Path folder) {
    Path file = folder.resolve(CaseFiles.MANIFEST_HASH);
    if (!FileStamp.of(file).isFile()) {
      return Optional.empty();
    }
    try (InputStream in = NoFollow.stream(file)) {
      String line = new String(in.readNBytes(MOST_SUM_BYTES), StandardCharsets.UTF_8);
      Matcher sum = SUM.matcher(line);
      return sum.matches() ? Optional.of(sum.group(1)) : Optional.empty();
    } catch (IOException e) {
      throw FileHash.failed(file, e);
    }
  }

  /** The line of {@code manifest.json.sha256} that states a hash. */
  public static String statement(String manifestSha256) {
    return manifestSha256 + "  " + CaseFiles.MANIFEST + "\n";
  }

  /** The entry of a file in the seal. */
  public Optional<SealedFile> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** Whether the manifest has the hash that is recorded in the file next to it. */
  public boolean manifestHolds() {
    return statedSha256.isPresent() && statedSha256.get().equals(manifestSha256);
  }
}
