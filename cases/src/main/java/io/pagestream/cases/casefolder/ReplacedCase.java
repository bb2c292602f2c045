package io.pagestream.cases.casefolder;

import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.ManifestSigner;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the files of a finished case by new ones, in one step. The new case is written
 * completely into a folder within the case; its manifest, which is written last, makes it valid.
 * From then on the old case is replaced file by file, the manifest last, and the next {@link
 * #complete} completes an interrupted replacement.
 */
public final class ReplacedCase {
  private final Path folder;

  /** The case in a folder. */
  public ReplacedCase(Path folder) {
    this.folder = folder;
  }

  /** Opens the folder for the new case, which is then {@linkplain CaseFolder#write written}. */
  public CaseFolder open() {
    return open(Optional.empty());
  }

  /** The same for a signed case. */
  CaseFolder open(Optional<ManifestSigner> signer) {
    try {
      PrivateFiles.deleteTree(next());
    } catch (IOException e) {
      throw failed(e);
    }
    return CaseFolder.open(next(), false, signer);
  }

  /** Replaces the old case by the new one, if there is a complete new one. */
  public void complete() {
    try {
      // A link to a folder is not followed: the case may come from another person.
      if (!Files.isDirectory(next(), LinkOption.NOFOLLOW_LINKS)
          || !Files.isRegularFile(next().resolve(CaseFiles.MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      for (String made : CaseFolder.MADE_FROM_OTHERS) {
        Files.deleteIfExists(folder.resolve(made));
      }
      for (Path file : files()) {
        if (!file.getFileName().toString().equals(CaseFiles.MANIFEST)) {
          replace(file);
        }
      }
      replace(next().resolve(CaseFiles.MANIFEST));
      PrivateFiles.deleteTree(next());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(next())) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  private void replace(Path file) throws IOException {
    Files.move(
        file,
        folder.resolve(file.getFileName()),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private Path next() {
    return folder.resolve(CaseFolder.RETRY);
  }

  private PagestreamException failed(IOException cause) {
    return PagestreamException.inFile(
            ErrorCode.DISK_FULL,
            folder.toString(),
            "the case cannot be replaced: " + cause,
            "check its permissions and the free space, then run the same command again")
        .causedBy(cause);
  }
}
