package io.pagestream.analyzers.yara;

import io.pagestream.schemas.digest.Sha256;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that hold the user's rules.
 *
 * @param paths the files and folders that the user named
 * @param files in the order in which they are compiled
 */
public record RuleFiles(List<Path> paths, List<RuleFile> files) {
  private static final int MOST_NAMED = 20;

  /** Copies its lists. */
  public RuleFiles {
    paths = List.copyOf(paths);
    files = List.copyOf(files);
  }

  /**
   * One file of rules.
   *
   * @param namespace the namespace of its rules: the file's name, below the folder that was given
   * @param path the file
   */
  public record RuleFile(String namespace, Path path) {}

  /**
   * The files that an option names.
   *
   * @param option files and folders, separated by the system's path separator; of a folder, all
   *     files whose names end in {@code .yar}, {@code .yara} or {@code .rule}, with subfolders, in
   *     the order of their names
   * @throws PagestreamException if there is no such file, or no rule in a folder
   */
  public static RuleFiles named(String option) {
    return of(
        Arrays.stream(option.split(File.pathSeparator))
            .filter(name -> !name.isBlank())
            .map(Path::of)
            .toList());
  }

  /**
   * The files at paths.
   *
   * @param paths files and folders, as in {@link #named}
   * @throws PagestreamException if there is no such file, or no rule in a folder
   */
  public static RuleFiles of(List<Path> paths) {
    if (paths.isEmpty()) {
      throw PagestreamException.of(
          ErrorCode.USAGE, "the analyzer yara needs rules", "name them with '--yara FILE|DIR'");
    }
    return new RuleFiles(paths, paths.stream().flatMap(path -> below(path).stream()).toList());
  }

  /** The paths as the value of an option that {@link #named} reads. */
  public String option() {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Checks the hash.
   *
   * @param expected the hash that the rules must have; empty for any
   * @throws PagestreamException if they have another one
   */
  void requireHash(String expected) {
    if (!expected.isEmpty() && !expected.equals(sha256())) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          "the rules of YARA in %s have the hash %s, not %s"
              .formatted(option(), sha256(), expected),
          "restore the rules with which the job was started");
    }
  }

  /** A warning that names the rules whose condition reads a whole file; empty if there are none. */
  public Optional<String> wholeFileWarning() {
    List<String> rules =
        files.stream()
            .flatMap(file ->
                WholeFileConditions.in(new String(bytes(file.path()), StandardCharsets.ISO_8859_1))
                    .stream())
            .toList();
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    String more =
        rules.size() > MOST_NAMED ? ", and %d more".formatted(rules.size() - MOST_NAMED) : "";
    return Optional.of(
        "warning: YARA rules that examine a whole file (filesize, entrypoint, a module such as pe) see"
            + " only one page and the bytes after it: "
            + String.join(", ", rules.subList(0, Math.min(MOST_NAMED, rules.size())))
            + more);
  }

  private static List<RuleFile> below(Path path) {
    if (!Files.isDirectory(path)) {
      if (!Files.isReadable(path)) {
        throw unreadable(path, "does not exist or cannot be read");
      }
      return List.of(new RuleFile(String.valueOf(path.getFileName()), path));
    }
    try (Stream<Path> walk = Files.walk(path)) {
      List<RuleFile> found =
          walk.filter(Files::isRegularFile)
              .filter(RuleFiles::isNamedAsRules)
              .map(file -> new RuleFile(path.relativize(file).toString(), file))
              .sorted(Comparator.comparing(RuleFile::namespace))
              .toList();
      if (found.isEmpty()) {
        throw unreadable(path, "holds no file *.yar, *.yara or *.rule");
      }
      return found;
    } catch (IOException e) {
      throw unreadable(path, "cannot be read").causedBy(e);
    }
  }

  private static boolean isNamedAsRules(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".yar") || name.endsWith(".yara") || name.endsWith(".rule");
  }

  /**
   * The SHA-256 hash of the names and contents of all files, in hexadecimal: the same for the same
   * rules. Files that rules include are not part of it.
   *
   * @throws PagestreamException if a file cannot be read
   */
  public String sha256() {
    Sha256 digest = new Sha256();
    for (RuleFile file : files) {
      byte[] bytes = bytes(file.path());
      digest.text(file.namespace()).number(bytes.length).bytes(bytes);
    }
    return digest.hex(Sha256.BYTES);
  }

  /** The bytes of one file. */
  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, "cannot be read").causedBy(e);
    }
  }

  static PagestreamException unreadable(Path path, String what) {
    return PagestreamException.inFile(
        ErrorCode.USAGE, path.toString(), "rules of YARA: it " + what, "check the path");
  }
}
