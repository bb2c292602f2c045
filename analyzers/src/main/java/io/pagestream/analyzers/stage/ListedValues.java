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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that the user has listed, for example those known from a clean system, or those of
 * interest.
 *
 * <p>The file is UTF-8 text with one entry on a line: a value; a value, a tab and its context; or,
 * as in feature files of bulk_extractor, an offset, a tab, a value, a tab and its context. Empty
 * lines and lines that begin with {@code #} are ignored. An entry with a context lists the value
 * only where the context of the finding contains it. Characters of a context that are not printable
 * ASCII match the dots of the finding's context; bulk_extractor's escapes ({@code \x0A}, {@code
 * \012}) stand for one byte each.
 *
 * @param contexts the contexts of each value; an empty list for every context
 * @param sha256 SHA-256 hash of the file; empty if there is none
 */
public record ListedValues(Map<String, List<String>> contexts, String sha256) {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\x([0-9A-Fa-f]{2})|\\\\([0-3][0-7]{2})");

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
        if (fields.length > 2) {
          add(contexts, fields[1].strip(), unescaped(shown(fields[2].strip())));
        } else {
          add(contexts, fields[0].strip(), fields.length == 1 ? "" : shown(fields[1].strip()));
        }
      }
    }
    contexts.replaceAll((value, all) -> List.copyOf(all));
    return contexts;
  }

  /** The bytes for which bulk_extractor's escapes stand. */
  private static String unescaped(String context) {
    return ESCAPE
        .matcher(context)
        .replaceAll(match -> {
          String hex = match.group(1);
          int value = hex == null ? parse(match.group(2), 8) : parse(hex, 16);
          return Matcher.quoteReplacement(isPrintable(value) ? Character.toString(value) : ".");
        });
  }

  private static int parse(String digits, int radix) {
    return Integer.parseInt(digits, radix);
  }

  private static boolean isPrintable(int character) {
    return character >= 0x20 && character < 0x7f;
  }

  /** The context as a finding has it: a dot for each byte that is not printable. */
  private static String shown(String context) {
    StringBuilder text = new StringBuilder(context.length());
    for (int i = 0; i < context.length(); i++) {
      char character = context.charAt(i);
      text.append(
          isPrintable(character) ? String.valueOf(character) : ".".repeat(utf8Bytes(character)));
    }
    return text.toString();
  }

  /** Bytes of a character in UTF-8; each half of a surrogate pair has two of four. */
  private static int utf8Bytes(char character) {
    if (character < 0x80) {
      return 1;
    }
    return character < 0x800 || Character.isSurrogate(character) ? 2 : 3;
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
