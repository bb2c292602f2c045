package io.pagestream.analyzers.files;

import io.pagestream.schemas.avro.Confidence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Property lists of Apple's systems.
 *
 * <ul>
 *   <li>Binary (CoreFoundation, CFBinaryPList.c): "bplist00", objects, a table of their offsets,
 *       and a trailer of 32 bytes: 5 zeros, sort version, sizes of an offset and of a reference u8,
 *       number of objects, root object, offset of the table, u64 big-endian. If the trailer is
 *       within 4 KiB, the table must end at it, and each of its first offsets must be that of an
 *       object; otherwise the first object must have a known type, and the confidence is low.
 *   <li>XML (Apple's PropertyList-1.0 DTD): an XML declaration, then the document type or the root
 *       element "plist" of version 1.0.
 * </ul>
 */
final class PlistFormats {
  static final FileFormat BINARY = new FileFormat("plist", "bplist00", 40, PlistFormats::binary);
  static final FileFormat XML = new FileFormat("plist", "<?xml vers", 40, PlistFormats::xml);

  static final List<FileFormat> ALL = List.of(BINARY, XML);

  private static final int FIRST_OBJECT = 8;
  private static final int TRAILER = 32;
  private static final int MOST_CHECKED = 16;
  private static final int MOST_PROLOG = 256;
  private static final int MOST_XML = 4096;
  private static final byte[] NEXT_BINARY = ascii("bplist00");
  private static final byte[] NEXT_XML = ascii("<?xml");
  private static final byte[] ROOT = ascii("<plist version=\"1.0\"");
  private static final byte[] END = ascii("</plist>");

  private PlistFormats() {}

  private static @Nullable FileDescription binary(HeaderBytes header) {
    if (!isObject(header.u8(FIRST_OBJECT))) {
      return null;
    }
    int trailer = trailer(header);
    Map<String, String> attributes = new TreeMap<>();
    if (trailer < 0) {
      boolean isContainer = header.u8(FIRST_OBJECT) >= 0xa0;
      return isContainer
          ? new FileDescription("binary plist", FIRST_OBJECT, attributes, Confidence.LOW)
          : null;
    }
    long objects = header.s64be(trailer + 8);
    attributes.put("objects", Long.toString(objects));
    attributes.put(FileDescription.DECLARED_SIZE, Integer.toString(trailer + TRAILER));
    return new FileDescription(
        "binary plist, %d objects".formatted(objects), trailer + TRAILER, attributes);
  }

  /** Offset of the trailer; -1 if it is not visible or not before the next plist. */
  private static int trailer(HeaderBytes header) {
    for (int at = FIRST_OBJECT + 2; at + TRAILER <= header.size(); at++) {
      if (header.u8(at) == 'b' && header.startsWith(at, NEXT_BINARY)) {
        return -1;
      }
      if (header.u8(at) == 0 && header.s64be(at) >>> 24 == 0 && isTrailer(header, at)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isTrailer(HeaderBytes header, int at) {
    int offsetSize = header.u8(at + 6);
    int referenceSize = header.u8(at + 7);
    long objects = header.s64be(at + 8);
    long root = header.s64be(at + 16);
    long table = header.s64be(at + 24);
    boolean valid =
        isNumberSize(offsetSize)
            && isNumberSize(referenceSize)
            && objects >= 1
            && objects <= at
            && root >= 0
            && root < objects
            && table > FIRST_OBJECT
            && table + objects * offsetSize == at;
    if (!valid) {
      return false;
    }
    for (int i = 0; i < Math.min(MOST_CHECKED, objects); i++) {
      long object = 0;
      for (int j = 0; j < offsetSize; j++) {
        object = (object << 8) | header.u8((int) table + i * offsetSize + j);
      }
      if (object < FIRST_OBJECT || object >= table || !isObject(header.u8((int) object))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumberSize(int size) {
    return size >= 1 && size <= 8;
  }

  /** The marker of an object: constants, numbers, dates, data, texts, references, collections. */
  private static boolean isObject(int marker) {
    int low = marker & 15;
    return switch (marker >> 4) {
      case 0 -> low == 0 || low == 8 || low == 9 || low >= 12;
      case 1 -> low <= 4;
      case 2 -> low == 2 || low == 3;
      case 3 -> low == 3;
      case 4, 5, 6, 7, 10, 11, 12, 13 -> true;
      case 8 -> low <= 7;
      default -> false;
    };
  }

  private static @Nullable FileDescription xml(HeaderBytes header) {
    int root = find(header, NEXT_XML.length, MOST_PROLOG, ROOT);
    if (root < 0) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    int end = find(header, root, MOST_XML, END);
    if (end >= 0) {
      attributes.put(FileDescription.DECLARED_SIZE, Integer.toString(end + END.length));
    }
    return new FileDescription("XML plist", root + ROOT.length, attributes);
  }

  /** Offset of a visible text before the next XML declaration; -1 if there is none. */
  private static int find(HeaderBytes header, int from, int most, byte[] text) {
    int limit = Math.min(header.size(), most) - text.length;
    for (int at = from; at <= limit; at++) {
      if (header.u8(at) == '<') {
        if (header.startsWith(at, text)) {
          return at;
        }
        if (header.startsWith(at, NEXT_XML)) {
          return -1;
        }
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
