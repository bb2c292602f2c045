package io.pagestream.analyzers.job;

import io.pagestream.analyzers.yara.RuleFiles;
import io.pagestream.schemas.digest.Sha256;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files that a stage has for jobs: lists of values, hashes of known pages, and rules of YARA. A job
 * finds them by their SHA-256. They are hashed once, when the stage is started.
 */
public final class JobFiles {
  /** No files. */
  public static final JobFiles NONE = new JobFiles(Map.of(), Map.of());

  private static final int BUFFER_BYTES = 1 << 16;

  /** A folder with more files than this is probably the wrong one. */
  private static final int MOST_FILES = 10_000;

  private final Map<String, Path> files;
  private final Map<String, RuleFiles> rules;

  private JobFiles(Map<String, Path> files, Map<String, RuleFiles> rules) {
    this.files = Map.copyOf(files);
    this.rules = Map.copyOf(rules);
  }

  /**
   * The files at paths.
   *
   * @param paths files, and folders whose files are taken (without subfolders); each path, and all
   *     of them together, can also be a set of YARA rules
   * @throws PagestreamException {@link ErrorCode#USAGE} if a file cannot be read
   */
  public static JobFiles of(List<Path> paths) {
    Map<String, Path> files = new HashMap<>();
    Map<String, RuleFiles> rules = new HashMap<>();
    for (Path path : paths) {
      for (Path file : filesOf(path)) {
        files.putIfAbsent(sha256(file), file);
      }
      addRules(rules, List.of(path));
    }
    if (paths.size() > 1) {
      addRules(rules, paths);
    }
    return new JobFiles(files, rules);
  }

  private static void addRules(Map<String, RuleFiles> rules, List<Path> paths) {
    List<Path> withRules = paths.stream().filter(JobFiles::holdsRules).toList();
    if (!withRules.isEmpty()) {
      RuleFiles set = RuleFiles.of(withRules);
      rules.put(set.sha256(), set);
    }
  }

  private static boolean holdsRules(Path path) {
    try {
      return !RuleFiles.of(List.of(path)).files().isEmpty();
    } catch (PagestreamException e) {
      return false; // a folder without rules
    }
  }

  private static List<Path> filesOf(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> list = Files.list(path)) {
      List<Path> all = list.filter(Files::isRegularFile).sorted().limit(MOST_FILES + 1L).toList();
      if (all.size() > MOST_FILES) {
        throw unreadable(path, "has more than %,d files".formatted(MOST_FILES));
      }
      return all;
    } catch (IOException e) {
      throw unreadable(path, "cannot be read").causedBy(e);
    }
  }

  /**
   * SHA-256 hash of a file, in lower-case hexadecimal.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if it cannot be read
   */
  static String sha256(Path file) {
    MessageDigest digest = Sha256.algorithm();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw unreadable(file, "cannot be read").causedBy(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The file with a hash. */
  Optional<Path> file(String sha256) {
    return Optional.ofNullable(files.get(sha256));
  }

  /** The rules with a hash. */
  Optional<RuleFiles> rules(String sha256) {
    return Optional.ofNullable(rules.get(sha256));
  }

  private static PagestreamException unreadable(Path path, String what) {
    return PagestreamException.inFile(ErrorCode.USAGE, path.toString(), what, "check --job-files");
  }
}
