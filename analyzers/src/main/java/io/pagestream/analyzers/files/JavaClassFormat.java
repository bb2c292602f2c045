package io.pagestream.analyzers.files;

import io.pagestream.schemas.avro.Confidence;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Java class (JVM specification, chapter 4): 0xcafebabe, minor and major version u16, number of
 * constants u16, the constants (4.4), access flags u16, this class and super class u16. Every
 * constant in the first page must be valid; if all of them are in it, the class must refer to
 * constants of type Class. If they are not, the confidence is medium.
 */
final class JavaClassFormat {
  static final FileFormat FORMAT =
      new FileFormat("java-class", "\u00ca\u00fe\u00ba\u00be", 24, JavaClassFormat::describe);

  private static final int FIRST_CONSTANT = 10;
  private static final int UTF8 = 1;
  private static final int CLASS = 7;

  /** Number of constants that must be valid if the others are in another page. */
  private static final int ENOUGH = 4;

  /** Major version of Java 1; 45 is Java 1.0 and 1.1. */
  private static final int JAVA_1 = 44;

  /** Java 52, about 13 years from now. */
  private static final int MOST_VERSION = 96;

  private JavaClassFormat() {}

  private static @Nullable FileDescription describe(HeaderBytes header) {
    FileDescription complete = describe(header, header.size());
    boolean isComplete = complete != null && complete.confidence() == null;
    return isComplete ? complete : describe(header, header.inPage());
  }

  private static @Nullable FileDescription describe(HeaderBytes header, int end) {
    int minor = header.u16be(4);
    int count = header.u16be(8);
    int major = header.u16be(6);
    if ((minor > 3 && minor != 0xffff) || major <= JAVA_1 || major > MOST_VERSION || count < 4) {
      return null;
    }
    int at = FIRST_CONSTANT;
    int index = 1;
    while (index < count && at + 3 <= end) {
      int size = constantSize(header, at, count, end);
      if (size < 0) {
        return null;
      }
      index += isWide(header.u8(at)) ? 2 : 1;
      at += size;
    }
    boolean complete = index >= count && at + 6 <= end;
    if (complete ? index > count || !isClass(header, at, count, end) : index <= ENOUGH) {
      return null;
    }
    int java = major - JAVA_1;
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("version", "%d.%d".formatted(major, minor));
    String name = complete ? className(header, header.u16be(at + 2), end) : null;
    if (name != null) {
      attributes.put("name", name);
    }
    String value =
        "Java %d class%s".formatted(Math.max(1, java), name == null ? "" : " \"" + name + "\"");
    int length = complete ? at + 6 : Math.min(at, end);
    return new FileDescription(value, length, attributes, complete ? null : Confidence.MEDIUM);
  }

  /** Number of bytes of a constant, or -1 if it is not valid. */
  private static int constantSize(HeaderBytes header, int at, int count, int end) {
    return switch (header.u8(at)) {
      case UTF8 -> 3 + header.u16be(at + 1);
      case 3, 4 -> 5;
      case 5, 6 -> 9;
      case CLASS, 8, 16, 19, 20 -> isIndex(header, at + 1, count, end) ? 3 : -1;
      case 9, 10, 11, 12 ->
          isIndex(header, at + 1, count, end) && isIndex(header, at + 3, count, end) ? 5 : -1;
      case 15 -> header.u8(at + 1) >= 1 && header.u8(at + 1) <= 9 ? 4 : -1;
      case 17, 18 -> isIndex(header, at + 3, count, end) ? 5 : -1;
      default -> -1;
    };
  }

  /** Long and double constants take two indexes (4.4.5). */
  private static boolean isWide(int tag) {
    return tag == 5 || tag == 6;
  }

  /** An index of a constant; true if it is in another page. */
  private static boolean isIndex(HeaderBytes header, int at, int count, int end) {
    return at + 2 > end || (header.u16be(at) > 0 && header.u16be(at) < count);
  }

  /** This class must be a Class constant; the super class too, or 0 (java.lang.Object, modules). */
  private static boolean isClass(HeaderBytes header, int at, int count, int end) {
    int self = constant(header, header.u16be(at + 2), count, end);
    int parent = header.u16be(at + 4);
    int parentAt = constant(header, parent, count, end);
    return self > 0
        && header.u8(self) == CLASS
        && (parent == 0 || (parentAt > 0 && header.u8(parentAt) == CLASS));
  }

  private static @Nullable String className(HeaderBytes header, int index, int end) {
    int type = constant(header, index, 0xffff, end);
    int name = type < 0 ? -1 : constant(header, header.u16be(type + 1), 0xffff, end);
    if (name < 0 || header.u8(name) != UTF8) {
      return null;
    }
    byte[] text = header.copy(name + 3, header.u16be(name + 1));
    for (byte letter : text) {
      if (letter >= 0 && letter < ' ') {
        return null;
      }
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Offset of the constant with an index, all of which are before {@code end}; -1 if none has. */
  private static int constant(HeaderBytes header, int index, int count, int end) {
    int at = FIRST_CONSTANT;
    int i = 1;
    while (i < Math.min(index, count) && at + 3 <= end) {
      i += isWide(header.u8(at)) ? 2 : 1;
      int size = constantSize(header, at, count, end);
      if (size < 0) {
        return -1;
      }
      at += size;
    }
    return index > 0 && i == index && at + 3 <= end ? at : -1;
  }
}
