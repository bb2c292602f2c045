package io.pagestream.analyzers.stage;

import io.pagestream.schemas.digest.Sha256;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values that the user has listed, for example those known from a clean system, or those of
 * interest.
 *
 * <p>The file is UTF-8 text with one entry on a line: a value; a value, a tab and its context; or,
 * as in feature files of bulk_extractor, an offset, a tab, a value, a tab and its context. Empty
 * lines and lines that begin with {@code #} are ignored. An entry with a context lists the value
 * only where the context of the finding contains it.
 *
 * @param contexts the contexts of each value; an empty list for every context
 * @param sha256 SHA-256 hash of the file; empty if there is none
 */
public record ListedValues(Map<String, List<String>> contexts, String sha256) {
  /** No values. */
  public static final ListedValues NONE = new ListedValues(Map.of(), "");

  /** Copies its map. */
  public ListedValues {
    contexts = Map.copyOf(contexts);
  }

  /**
   * The values in a file.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if it cannot be read
   */
  public static ListedValues read(Path file) {
    try {
      // Malformed characters are replaced: a value with them is never found, and no other is lost.
      byte[] bytes = Files.readAllBytes(file);
      return new ListedValues(
          contexts(new String(bytes, StandardCharsets.UTF_8).lines().toList()),
          new Sha256().bytes(bytes).hex(Sha256.BYTES));
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.USAGE, file.toString(), "the list cannot be read", "check the path")
          .causedBy(e);
    }
  }

  private static Map<String, List<String>> contexts(List<String> lines) {
    Map<String, List<String>> contexts = new HashMap<>();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] fields = line.split("\t", -1);
        String value = (fields.length > 2 ? fields[1] : fields[0]).strip();
        String context = fields.length == 1 ? "" : fields[fields.length > 2 ? 2 : 1].strip();
        add(contexts, value, context);
      }
    }
    contexts.replaceAll((value, all) -> List.copyOf(all));
    return contexts;
  }

  /** An entry without a context makes all others of its value superfluous. */
  private static void add(Map<String, List<String>> contexts, String value, String context) {
    List<String> known = contexts.get(value);
    if (context.isEmpty()) {
      contexts.put(value, new ArrayList<>());
    } else if (known == null) {
      contexts.put(value, new ArrayList<>(List.of(context)));
    } else if (!known.isEmpty()) {
      known.add(context);
    }
  }

  /**
   * Whether a value is listed.
   *
   * @param context the finding's context
   */
  boolean lists(String value, String context) {
    List<String> known = contexts.get(value);
    return known != null && (known.isEmpty() || known.stream().anyMatch(context::contains));
  }
}
