package io.pagestream.analyzers.yara;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.ADDRESS_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * What a compiled rule says of itself.
 *
 * @param name its identifier
 * @param namespace the file that defines it
 * @param tags its tags
 * @param metadata its metadata, each as {@code key=value}
 * @param strings the strings that it defines
 */
record Rule(
    String name, String namespace, List<String> tags, List<String> metadata, List<Text> strings) {
  /** {@code META_TYPE_STRING} and {@code META_TYPE_BOOLEAN} of {@code yara/types.h}. */
  private static final int STRING_VALUE = 2;

  private static final int BOOLEAN_VALUE = 3;

  /** Bounds for structures that are read until a mark. */
  private static final int MOST = 10_000;

  /**
   * A string of a rule.
   *
   * @param index its index in the array of matches
   * @param name its identifier, for example {@code $a}
   */
  record Text(int index, String name) {}

  /**
   * Reads a rule.
   *
   * @param pointer a {@code YR_RULE} that libyara passed
   */
  @SuppressWarnings("restricted")
  static Rule read(MemorySegment pointer, StructLayout layout) {
    MemorySegment rule = pointer.reinterpret(layout.ruleName() + 5 * ADDRESS.byteSize());
    long at = layout.ruleName();
    return new Rule(
        LibYara.text(rule.get(ADDRESS_UNALIGNED, at)),
        LibYara.text(
            rule.get(ADDRESS_UNALIGNED, at + 32)
                .reinterpret(ADDRESS.byteSize())
                .get(ADDRESS_UNALIGNED, 0)),
        tags(rule.get(ADDRESS_UNALIGNED, at + 8)),
        metadata(rule.get(ADDRESS_UNALIGNED, at + 16)),
        strings(rule.get(ADDRESS_UNALIGNED, at + 24)));
  }

  /** C strings one after the other, the last one empty. */
  private static List<String> tags(MemorySegment first) {
    List<String> tags = new ArrayList<>();
    MemorySegment next = first;
    while (!next.equals(MemorySegment.NULL) && tags.size() < MOST) {
      String tag = LibYara.text(next);
      if (tag.isEmpty()) {
        break;
      }
      tags.add(tag);
      next = MemorySegment.ofAddress(next.address() + tag.length() + 1);
    }
    return tags;
  }

  @SuppressWarnings("restricted")
  private static List<String> metadata(MemorySegment first) {
    List<String> all = new ArrayList<>();
    MemorySegment next = first;
    while (!next.equals(MemorySegment.NULL) && all.size() < MOST) {
      MemorySegment entry = next.reinterpret(StructLayout.META_BYTES);
      long integer = entry.get(JAVA_LONG_UNALIGNED, 16);
      String value =
          switch (entry.get(JAVA_INT_UNALIGNED, 24)) {
            case STRING_VALUE -> LibYara.text(entry.get(ADDRESS_UNALIGNED, 8));
            case BOOLEAN_VALUE -> Boolean.toString(integer != 0);
            default -> Long.toString(integer);
          };
      all.add(LibYara.text(entry.get(ADDRESS_UNALIGNED, 0)) + "=" + value);
      boolean last = (entry.get(JAVA_INT_UNALIGNED, 28) & 1) != 0;
      next =
          last
              ? MemorySegment.NULL
              : MemorySegment.ofAddress(next.address() + StructLayout.META_BYTES);
    }
    return all;
  }

  @SuppressWarnings("restricted")
  private static List<Text> strings(MemorySegment first) {
    List<Text> all = new ArrayList<>();
    MemorySegment next = first;
    while (!next.equals(MemorySegment.NULL) && all.size() < MOST) {
      MemorySegment string = next.reinterpret(StructLayout.STRING_BYTES);
      all.add(
          new Text(
              string.get(JAVA_INT_UNALIGNED, StructLayout.PatternString.INDEX),
              LibYara.text(string.get(ADDRESS_UNALIGNED, StructLayout.PatternString.NAME))));
      int flags = string.get(JAVA_INT_UNALIGNED, StructLayout.PatternString.FLAGS);
      next =
          (flags & StructLayout.PatternString.LAST_IN_RULE) != 0
              ? MemorySegment.NULL
              : MemorySegment.ofAddress(next.address() + StructLayout.STRING_BYTES);
    }
    return all;
  }
}
