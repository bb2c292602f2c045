package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.ManifestSigner;
import io.pagestream.cases.seal.NoFollow;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.temporary.LockedFolder;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of a case. Files are replaced as a whole; {@code manifest.json} is removed first and
 * written last, so that a folder with a manifest is always complete.
 */
public final class CaseFolder implements AutoCloseable {
  /** The folder for temporary files of a job; locked while the job runs. */
  static final String SCRATCH = ".scratch";

  /**
   * The folder in which a new case is written before it replaces the old one, see {@link
   * ReplacedCase}.
   */
  static final String RETRY = ".retry";

  /**
   * The files of a case. Notes are kept when a case is created again, because ids stay the same.
   */
  private static final List<String> FILES =
      Stream.of(CaseFiles.REQUIRED, CaseFiles.UNSEALED).flatMap(List::stream).toList();

  /** Files that are created from the others when they are needed. */
  static final List<String> MADE_FROM_OTHERS =
      List.of(CaseFiles.SIGNATURE, CaseFiles.STORE, CaseFiles.STORE_SEAL, CaseFiles.STORE_LOG);

  private static final Set<String> OURS =
      Stream.concat(
              Stream.of(SCRATCH, RETRY, CaseFiles.UNFINISHED),
              FILES.stream().flatMap(name -> Stream.of(name, name + PrivateFiles.PARTIAL)))
          .collect(Collectors.toUnmodifiableSet());

  private final Path folder;
  private final LockedFolder scratch;
  private final boolean made;
  private final boolean adds;
  private final Optional<ManifestSigner> signer;

  /** What happens to a case that the folder holds already. */
  public enum Earlier {
    /** It is an error. */
    REFUSE,
    /** Images are added to it. */
    ADD,
    /** It is replaced. */
    REPLACE
  }

  private CaseFolder(
      Path folder,
      LockedFolder scratch,
      boolean made,
      boolean adds,
      Optional<ManifestSigner> signer) {
    this.folder = folder;
    this.scratch = scratch;
    this.made = made;
    this.adds = adds;
    this.signer = signer;
  }

  /**
   * Opens a folder for a new case and creates it if it does not exist.
   *
   * @param force whether a previous case may be replaced; files that do not belong to a case are
   *     never changed
   * @throws PagestreamException {@link ErrorCode#OUTPUT_EXISTS} if the folder is not empty and is
   *     not a previous case, or {@code force} is not given; {@link SystemFailure#writing} if it
   *     cannot be written
   */
  public static CaseFolder open(Path folder, boolean force) {
    return open(folder, force, Optional.empty());
  }

  /**
   * The same for a signed case.
   *
   * @param signer signs the manifest; empty for no signature
   */
  public static CaseFolder open(Path folder, boolean force, Optional<ManifestSigner> signer) {
    return open(folder, force ? Earlier.REPLACE : Earlier.REFUSE, signer);
  }

  /**
   * The same for a folder that may hold a case already.
   *
   * @param earlier what happens to the case in the folder
   */
  public static CaseFolder open(Path folder, Earlier earlier, Optional<ManifestSigner> signer) {
    try {
      requireUsable(folder, earlier);
      boolean made = !Files.exists(folder);
      PrivateFiles.createFolder(folder);
      PrivateFiles.closeToOthers(folder);
      LockedFolder scratch =
          LockedFolder.take(folder.resolve(SCRATCH)).orElseThrow(() -> inUse(folder));
      new ReplacedCase(folder).complete();
      if (earlier == Earlier.REPLACE) {
        new UnfinishedImages(folder).delete();
      }
      boolean adds =
          earlier == Earlier.ADD
              && Files.isRegularFile(folder.resolve(CaseFiles.MANIFEST), LinkOption.NOFOLLOW_LINKS);
      return new CaseFolder(folder, scratch, made, adds, signer);
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  private static void requireUsable(Path folder, Earlier earlier) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<String> names;
    try (var entries = Files.list(folder)) {
      names = entries.map(entry -> entry.getFileName().toString()).toList();
    } catch (NotDirectoryException e) {
      throw exists(folder, "it is a file, not a folder", "choose another --out").causedBy(e);
    }
    if (names.isEmpty()) {
      return;
    }
    if (!OURS.containsAll(names) && !isOurs(folder.resolve(CaseFiles.MANIFEST))) {
      throw exists(folder, "it is not empty and not a case folder", "choose another --out");
    }
    boolean unfinished = isUnfinished(folder, names);
    boolean added = earlier == Earlier.ADD && names.contains(CaseFiles.MANIFEST);
    if (earlier != Earlier.REPLACE && !added && !unfinished) {
      throw exists(
          folder, "it holds a case already", "choose another --out, or replace it with --force");
    }
  }

  /**
   * Whether a job was killed in a folder before it had written a case. Remains of a killed job next
   * to a case are deleted.
   */
  private static boolean isUnfinished(Path folder, List<String> names) throws IOException {
    if (!names.contains(SCRATCH)) {
      return names.contains(CaseFiles.UNFINISHED) && !names.contains(CaseFiles.MANIFEST);
    }
    LockedFolder left = LockedFolder.take(folder.resolve(SCRATCH)).orElseThrow(() -> inUse(folder));
    left.close();
    return !names.contains(CaseFiles.MANIFEST);
  }

  private static PagestreamException inUse(Path folder) {
    return exists(
        folder, "another pagestream is making a case in it", "wait, or choose another --out");
  }

  private static PagestreamException exists(Path folder, String what, String next) {
    return PagestreamException.inFile(ErrorCode.OUTPUT_EXISTS, folder.toString(), what, next);
  }

  private static PagestreamException notWritable(Path folder, IOException cause) {
    return SystemFailure.writing(folder.toString(), "the case folder cannot be written", cause);
  }

  /** Whether a file begins like a manifest of Pagestream. */
  private static boolean isOurs(Path manifest) throws IOException {
    if (!Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (JsonParser json = new JsonFactory().createParser(NoFollow.stream(manifest))) {
      return json.nextToken() == JsonToken.START_OBJECT
          && "tool".equals(json.nextFieldName())
          && ManifestJson.TOOL.equals(json.nextTextValue());
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      return false; // some other manifest.json
    }
  }

  /** The path of the folder. */
  public Path path() {
    return folder;
  }

  /** A private folder for temporary files, deleted with its content on {@link #close()}. */
  public Path scratch() {
    return scratch.path();
  }

  /** Whether the folder holds a case to which images are added. */
  public boolean adds() {
    return adds;
  }

  /** The images that a job in this folder has completed, and those that it will. */
  public UnfinishedImages unfinished() {
    return new UnfinishedImages(folder);
  }

  /**
   * Writes the case and seals it. Anything that could be mistaken for a finished case is removed
   * first, and the manifest is written last, when everything else is on the disk. A case to which
   * images are added is replaced by the new one when that is complete.
   *
   * @throws PagestreamException {@link SystemFailure#writing} if the folder cannot be written
   */
  public WrittenCase write(CaseFacts facts, CollectedCase collected) {
    WrittenCase written;
    if (adds) {
      ReplacedCase replaced = new ReplacedCase(folder);
      try (CaseFolder next = replaced.open(signer)) {
        written = next.write(facts, collected);
      }
      replaced.complete();
    } else {
      try {
        written = new CaseWriter(folder, signer).write(facts, collected);
      } catch (IOException e) {
        throw notWritable(folder, e);
      }
    }
    unfinished().delete();
    return written;
  }

  /** Deletes the temporary files, and the folder if the job created it and left it empty. */
  @Override
  public void close() {
    if (unfinished().count() == 0) {
      unfinished().delete();
    }
    scratch.close();
    if (made) {
      deleteIfEmpty();
    }
  }

  private void deleteIfEmpty() {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException withCase) {
      return;
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }
}
